//! Another link checker on the same site: both programs, from start to end, in turn.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const ROUNDS: usize = 7;

/// Prints how long `lychee --offline --include-fragments` takes on `folder`, and how long `copydesk check` does, with all
/// rules and with those on links alone.
pub fn lychee(name: &str, folder: &Path) {
    let files = format!("{}/**/*.md", folder.display());
    let copydesk = env!("CARGO_BIN_EXE_copydesk");
    let mut runs: [(&str, Vec<&str>, Duration); 3] = [
        ("lychee", vec!["--offline", "--include-fragments", "--no-progress", "--quiet", &files], Duration::MAX),
        (copydesk, vec!["check", "--no-config", "--quiet", "."], Duration::MAX),
        (copydesk, vec!["check", "--no-config", "--quiet", "--only", "link", "."], Duration::MAX),
    ];
    for _ in 0..ROUNDS {
        for (program, args, least) in &mut runs {
            let begun = Instant::now();
            let ran = Command::new(*program).args(&*args).current_dir(folder).stdout(Stdio::null()).status();
            match ran {
                Ok(status) => assert!(status.success(), "{program} found something on a site where all links hold"),
                Err(error) => return println!("{name}: cannot run `{program}`: {error}"),
            }
            *least = (*least).min(begun.elapsed());
        }
    }
    let [lychee, all, links] = runs.map(|(.., least)| least.as_secs_f64() * 1000.0);
    println!("{name}: lychee {lychee:.0} ms, copydesk {all:.0} ms ({:.1} times as fast)", lychee / all);
    println!("  with the rules on links alone {links:.0} ms ({:.1} times as fast)", lychee / links);
}
