//! What a run works on, settled before the first article is checked: root, configuration, articles, plan.

use std::collections::{BTreeSet, HashMap};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use super::args::Selection;
use super::changes::changes;
use crate::config::{self, Config, Plan};
use crate::date::Today;
use crate::discover::{self, Found, Request, Root, RootBy};
use crate::engine::Input;
use crate::finding::Finding;
use crate::pattern::Scanner;
use crate::site::Tree;
use crate::source::{Kind, Source};

/// The name on the command line that stands for standard input.
const STDIN: &str = "-";

/// The article on standard input if no `--stdin-filename` says what it is.
const STDIN_NAME: &str = "stdin.md";

/// All that a check needs.
pub(super) struct Run {
    pub root: Root,
    pub cwd: PathBuf,
    pub config: Config,
    /// The configuration's text, if there is one.
    pub config_source: Option<Source>,
    pub found: Found,
    /// The article on standard input.
    pub stdin: Option<Piped>,
    /// What is to be done.
    pub plan: Plan,
    /// The files that links may lead to.
    pub tree: Arc<Tree>,
    /// Content that stands in for that of files, by path.
    pub overlay: HashMap<Arc<str>, Vec<u8>>,
}

/// Why nothing can be checked.
pub(super) enum Refusal {
    /// In words.
    Said(String),
    /// Because of what is wrong in the configuration.
    Config(Box<Refused>),
}

/// A configuration that cannot be used.
pub(super) struct Refused {
    pub source: Source,
    /// The files that it names.
    pub named: HashMap<Arc<str>, Source>,
    /// What is wrong in all of them.
    pub findings: Vec<Finding>,
}

impl From<String> for Refusal {
    fn from(said: String) -> Self {
        Self::Said(said)
    }
}

/// An article from standard input.
pub(super) struct Piped {
    /// Where it is taken to be, relative to the root.
    pub path: Arc<str>,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Settles a run.
///
/// # Errors
/// If it cannot be done at all.
pub(super) fn prepare(args: &Selection, stdin_filename: Option<&Path>) -> Result<Run, Refusal> {
    let cwd = std::env::current_dir()
        .map_err(|error| format!("cannot tell the working directory: {}", discover::plain_error(&error)))?;
    let from_stdin = args.paths.iter().any(|name| name == STDIN);
    if stdin_filename.is_some() && !from_stdin {
        return Err("`--stdin-filename` goes with the path `-`".to_owned().into());
    }
    let names: Vec<String> = args.paths.iter().filter(|name| *name != STDIN).cloned().collect();
    if from_stdin && !names.is_empty() {
        return Err("`-` cannot be mixed with other paths".to_owned().into());
    }
    let stdin_path = from_stdin.then(|| stdin_filename.map_or_else(|| STDIN_NAME.into(), Path::to_owned));

    let config_path = match (&args.config, args.no_config) {
        (Some(path), _) => Some(discover::absolute(&cwd, path)),
        (None, true) => None,
        (None, false) => match discover::find_config(&cwd) {
            Some(path) => Some(path),
            None => config_of_named(&cwd, &names, stdin_path.as_deref())?,
        },
    };
    let root = match config_path.as_deref().and_then(Path::parent) {
        Some(folder) if cwd.starts_with(folder) => Root { path: folder.to_owned(), by: RootBy::Config },
        Some(folder) if args.config.is_none() => Root { path: folder.to_owned(), by: RootBy::ConfigOfNamed },
        // A configuration from elsewhere (`--config /etc/house-style.yaml`) says what to check, not where the site is.
        _ => root(&cwd, &names, stdin_path.as_deref()),
    };
    let today = args.today.unwrap_or_else(|| Today::Moment(Timestamp::now()));
    let find = |config: &Config| {
        discover::discover(&Request { root: &root, cwd: &cwd, names: &names, stdin: stdin_path.as_deref(), config })
    };
    // All that is known of a site before its articles are read.
    let survey = |config: &Config, found: &Found| {
        let tree = Tree::new(found.files.iter().cloned());
        let tree = if found.whole { tree } else { tree.partial() };
        let folder = root.path.clone();
        let tree = tree.probed_by(move |path, most| discover::head(&folder.join(path), most));
        let read = |path: &str| std::fs::read_to_string(root.file(path)).ok();
        let site = config::site_settings(config, &tree, today, read);
        (Arc::new(tree), site)
    };
    let (scanner, config, config_source, found, (tree, mut site)) = match &config_path {
        Some(path) => {
            let source = read_config(&root, &cwd, path)?;
            let scanner = Scanner::embedded();
            let folder = path.parent().unwrap_or(&root.path);
            let load = |named: &str| std::fs::read(folder.join(named));
            let config::Reading { config, findings, packs, named } = config::read(&source, &scanner, &load);
            if !findings.is_empty() {
                return Err(Refusal::Config(Box::new(Refused { source, named, findings })));
            }
            let found = find(&config);
            let surveyed = survey(&config, &found);
            (packs.unwrap_or(scanner), config, Some(source), found, surveyed)
        }
        None => {
            let config = Config::default();
            // The walk takes all threads, what follows it is work for two.
            let found = find(&config);
            let (scanner, surveyed) = rayon::join(Scanner::embedded, || survey(&config, &found));
            (scanner, config, None, found, surveyed)
        }
    };
    let stdin = stdin_path.map(|path| read_stdin(&root, &cwd, &path)).transpose()?.flatten();
    site.changes = changes(&config, &root.path, &found).map_err(|error| error.to_string())?;
    let plan = Plan::new(&config, scanner, site);
    Ok(Run { root, cwd, config, config_source, found, stdin, plan, tree, overlay: HashMap::new() })
}

/// The configuration of what is named, where the working directory has none: of a site in a folder of a repository, asked
/// about from its top, as hooks and editors do.
fn config_of_named(cwd: &Path, names: &[String], stdin: Option<&Path>) -> Result<Option<PathBuf>, String> {
    let bases: BTreeSet<PathBuf> = bases(cwd, names, stdin).into_iter().collect();
    let configs: BTreeSet<PathBuf> = bases.iter().filter_map(|base| discover::find_config(base)).collect();
    let mut configs = configs.into_iter();
    match (configs.next(), configs.next()) {
        (Some(one), Some(other)) => {
            let shown = |path: &Path| discover::relative(cwd, path).unwrap_or_else(|| path.display().to_string());
            let (one, other) = (shown(&one), shown(&other));
            Err(format!("what is named belongs to `{one}` and to `{other}`: check one site at a time"))
        }
        (config, _) => Ok(config),
    }
}

/// The folders in which what is named lies.
fn bases(cwd: &Path, names: &[String], stdin: Option<&Path>) -> Vec<PathBuf> {
    let mut bases: Vec<PathBuf> = names.iter().map(|name| discover::base_of(cwd, name)).collect();
    bases.extend(stdin.and_then(|path| discover::absolute(cwd, path).parent().map(Path::to_owned)));
    bases
}

fn root(cwd: &Path, names: &[String], stdin: Option<&Path>) -> Root {
    discover::site_root(&discover::common(&bases(cwd, names, stdin)).unwrap_or_else(|| cwd.to_owned()))
}

fn read_config(root: &Root, cwd: &Path, path: &Path) -> Result<Source, String> {
    let from = if root.by == RootBy::ConfigOfNamed { cwd } else { &root.path };
    let shown = discover::relative(from, path).unwrap_or_else(|| path.display().to_string());
    let bytes = std::fs::read(path).map_err(|error| {
        format!("cannot read the configuration `{}`: {}", path.display(), discover::plain_error(&error))
    })?;
    Ok(Source::from_bytes(shown, Kind::Text, bytes))
}

fn read_stdin(root: &Root, cwd: &Path, path: &Path) -> Result<Option<Piped>, String> {
    let mut bytes = Vec::new();
    let read = io::stdin().lock().read_to_end(&mut bytes);
    read.map_err(|error| format!("cannot read standard input: {}", discover::plain_error(&error)))?;
    let path = discover::relative(&root.path, &discover::absolute(cwd, path));
    Ok(path.map(|path| Piped { path: path.into(), bytes }))
}

impl Run {
    /// How the articles that are asked about are to be shown: seen from the configuration, else from the working directory.
    pub fn shown(&self, path: &str) -> Option<String> {
        if self.root.by == RootBy::Config {
            return None;
        }
        let path = discover::absolute(&self.root.path, Path::new(path));
        discover::relative(&self.cwd, &path)
    }

    /// What leads from the repository's root to the folder that shown paths begin at: empty, or `site/`. Services that
    /// know the repository look for paths from there.
    pub fn prefix(&self) -> String {
        let base = self.base();
        let repository = base.ancestors().find(|folder| folder.join(".git").exists());
        let below = repository.and_then(|folder| discover::relative(folder, base));
        below.filter(|path| !path.is_empty() && path != ".").map(|path| format!("{path}/")).unwrap_or_default()
    }

    /// Where a path stands that is shown.
    pub fn absolute(&self, shown: &str) -> PathBuf {
        discover::absolute(self.base(), Path::new(shown))
    }

    /// The folder from which paths are shown.
    fn base(&self) -> &Path {
        if self.root.by == RootBy::Config { &self.root.path } else { &self.cwd }
    }

    /// The articles that are asked about.
    pub fn wanted(&self) -> impl Iterator<Item = &Input> {
        self.found.inputs.iter().filter(|input| input.report)
    }

    /// Reads an article.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn load(&self, input: &Input) -> io::Result<Source> {
        let bytes = match &self.stdin {
            Some(piped) if piped.path == input.path => piped.bytes.clone(),
            _ => match self.overlay.get(&input.path) {
                Some(bytes) => bytes.clone(),
                None => discover::read(&self.root.file(&input.path))?,
            },
        };
        let kind = Kind::of_path(&input.path).unwrap_or(Kind::Text);
        Ok(Source::from_bytes(Arc::clone(&input.path), kind, bytes))
    }
}
