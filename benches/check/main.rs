//! A whole check against its floor, in one run on the same files and threads, as a ratio.
//!
//! `cargo bench` measures a made-up site; `cargo bench -- FOLDER…` measures real ones. These machines are noisy: rounds of
//! both alternate, the fastest round of each counts, and only the ratio means anything. Below each ratio stands where the
//! time goes, and what the packs cost. `-- --check` runs checks alone, and `-- --floor` the floor, for a profiler, `--once` a single
//! time, to count instructions; `-- --lychee` runs lychee, which must be on the PATH, and copydesk in turn.

#![allow(clippy::print_stdout, missing_docs, reason = "a benchmark prints its result")]

mod beside;
mod floor;
mod made_up;
mod phases;
mod schema;

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use copydesk::config::{Config, Plan, site_settings};
use copydesk::date::Today;
use copydesk::discover::{Found, Request, Root, discover, read, site_root};
use copydesk::engine::{self, Input};
use copydesk::pattern::Scanner;
use copydesk::site::Tree;
use copydesk::source::{Kind, Source};

const ROUNDS: usize = 15;

/// What counts as now.
const TODAY: Today = Today::Day(jiff::civil::date(2026, 6, 30));

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folders = args.iter().filter(|arg| !arg.starts_with("--"));
    let folders: Vec<PathBuf> =
        folders.map(|arg| Path::new(arg).canonicalize().expect("a folder that is there")).collect();
    let only = |name: &str| args.iter().any(|arg| arg == name);
    if only("--lychee") {
        beside::lychee("5,000 articles, 50,000 links", made_up::site(5_000).path());
        return;
    }
    let rounds = if only("--once") { 1 } else { ROUNDS };
    let measure = |name: &str, folder: &Path| match () {
        () if only("--check") => (0..rounds).for_each(|_| _ = black_box(check(folder, &Config::default()))),
        () if only("--floor") => (0..rounds).for_each(|_| _ = black_box(floor::run(folder))),
        () => self::measure(name, folder, &Config::default()),
    };
    println!("{:<32} {:>8} {:>9} {:>9} {:>6}", "site", "articles", "floor ms", "check ms", "ratio");
    if folders.is_empty() {
        let site = made_up::site(5_000);
        measure("made up (5,000 articles)", site.path());
        let site = made_up::site(10_000);
        if !only("--check") && !only("--floor") {
            self::measure("with a schema (10,000 articles)", site.path(), &schema::house());
            schema::alone(site.path());
        }
    }
    for folder in &folders {
        let name = folder.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        measure(&name, folder);
    }
}

fn measure(name: &str, folder: &Path, config: &Config) {
    let (mut floor, mut whole, mut bare, mut articles) = (Duration::MAX, Duration::MAX, Duration::MAX, 0);
    // What a check leaves is freed in the background, which must not slow down what is measured next.
    let settle = || std::thread::sleep(Duration::from_millis(30));
    for _ in 0..ROUNDS {
        settle();
        let begun = Instant::now();
        black_box(floor::run(folder));
        floor = floor.min(begun.elapsed());

        let begun = Instant::now();
        articles = black_box(check(folder, config));
        whole = whole.min(begun.elapsed());

        settle();
        let begun = Instant::now();
        black_box(check_with(folder, config, Scanner::default));
        bare = bare.min(begun.elapsed());
    }
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    let ratio = ms(whole) / ms(floor);
    println!("{name:<32} {articles:>8} {:>9.1} {:>9.1} {ratio:>6.2}", ms(floor), ms(whole));
    let packs = 100.0 * (1.0 - ms(bare) / ms(whole));
    println!("  without packs {:.1} ms: they are {packs:.0} % of a check", ms(bare));
    println!("{}", phases::shares(folder));
}

/// All that `copydesk check` does in `folder`, but for printing; gives the number of articles.
fn check(folder: &Path, config: &Config) -> usize {
    check_with(folder, config, Scanner::embedded)
}

fn check_with(folder: &Path, config: &Config, scanner: impl FnOnce() -> Scanner + Send) -> usize {
    let (root, found) = find(folder, config);
    let survey = || {
        let tree = Arc::new(Tree::new(found.files.iter().cloned()));
        let read = |path: &str| std::fs::read_to_string(root.file(path)).ok();
        let settings = site_settings(config, &tree, TODAY, read);
        (tree, settings)
    };
    let (scanner, (tree, settings)) = rayon::join(scanner, survey);
    let plan = Plan::new(config, scanner, settings);
    let outcome = black_box(engine::check(&found.inputs, |input: &Input| load(&root, input), &tree, &plan));
    let articles = found.inputs.len();
    rayon::spawn(move || drop((outcome, plan, tree, found)));
    articles
}

fn find(folder: &Path, config: &Config) -> (Root, Found) {
    let root = site_root(folder);
    let names = [folder.to_string_lossy().into_owned()];
    let found = discover(&Request { root: &root, cwd: folder, names: &names, stdin: None, config });
    (root, found)
}

fn load(root: &Root, input: &Input) -> std::io::Result<Source> {
    let bytes = read(&root.file(&input.path))?;
    Ok(Source::from_bytes(Arc::clone(&input.path), Kind::of_path(&input.path).unwrap_or(Kind::Text), bytes))
}
