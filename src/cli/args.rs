//! What may be said on the command line.

use std::ops::Deref;
use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::asking::{self, Asking};
use super::format::Output;
use super::offer;
use crate::date::Today;
use crate::finding::Level;

/// The copy desk for content repositories.
///
/// Reads articles in Markdown, MDX, HTML and plain text, and reports what a reader would see wrong or a publisher would
/// regret: incomplete front matter, page residue, dead links, wrong dates.
#[derive(Debug, Parser)]
#[command(name = "copydesk", version, propagate_version = true, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check articles
    #[command(after_help = CHECK_AFTER)]
    Check(Box<Check>),
    /// Ask other sites whether what the articles link to is there, and check nothing else
    #[command(after_help = LINKS_AFTER, mut_args(asking::fits_links))]
    Links(Box<Check>),
    /// Write down all findings of today, so that only later ones are reported
    #[command(after_help = BASELINE_AFTER)]
    Baseline(Box<BaselineArgs>),
    /// Write the link graph of the site: which article links to which, and what leads to nothing
    Graph(Graph),
    /// Explain a rule: what it reports, why, its options, good and bad examples
    Explain {
        /// The rule's id, such as `residue/advertisement`
        #[arg(value_parser = offer::rules(), hide_possible_values = true)]
        rule: String,
        /// Whether to use colours
        #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
        color: Color,
    },
    /// Look at the repository and write a copydesk.yaml that fits it
    Init(Init),
    /// Try packs of patterns by their own bad and good lines
    #[command(after_help = TEST_AFTER)]
    Test {
        /// The packs [default: those that the nearest copydesk.yaml names]
        #[arg(value_name = "PACK")]
        packs: Vec<PathBuf>,
    },
    /// List all rules: level here, kind of fix, and what each reports
    ///
    /// With the packs and the levels of the nearest copydesk.yaml; collections and overrides may say otherwise for some
    /// files: `copydesk config FILE`.
    Rules {
        /// Only this group, such as `residue`
        #[arg(value_parser = offer::groups(), hide_possible_values = true)]
        group: Option<String>,
        /// As JSON
        #[arg(long)]
        json: bool,
        /// Whether to use colours
        #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
        color: Color,
    },
    /// Show what holds for the site or for a file, and where each setting comes from
    Config(Box<ConfigArgs>),
    /// Print the completions for a shell
    #[command(after_help = COMPLETIONS_AFTER)]
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page, or write one for each command
    Man {
        /// Write copydesk.1, copydesk-check.1 and so on into this folder
        #[arg(value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
}

const TEST_AFTER: &str = "\
Exit codes:
  0  every bad line is found by its entry, and no good line by any entry of the pack
  1  some are not
  2  a pack cannot be read, or says something that cannot be meant";

const CHECK_AFTER: &str = "\
Exit codes:
  0  nothing found, or nothing at or above the --fail-on level
  1  findings
  2  something could not be done: wrong usage, an invalid configuration, a path that does not exist";

const LINKS_AFTER: &str = "\
Links within the site need no network: `copydesk check` judges them. Answers are kept for some days (a page that is there),
for half a day (one that is gone) or for some minutes (a server that could not tell), so a run that was interrupted goes on
where it stopped. Servers are asked few questions at a time, and what robots.txt and Retry-After say is heeded.

Exit codes:
  0  no dead links; pages that servers hide from programs, or that could not be reached, are notes
  1  dead links
  2  something could not be done: wrong usage, an invalid configuration, a damaged cache";

const COMPLETIONS_AFTER: &str = "\
bash:        copydesk completions bash > ~/.local/share/bash-completion/completions/copydesk
zsh:         copydesk completions zsh > ~/.zfunc/_copydesk   (with ~/.zfunc in $fpath)
fish:        copydesk completions fish > ~/.config/fish/completions/copydesk.fish
powershell:  copydesk completions powershell >> $PROFILE
elvish:      copydesk completions elvish >> ~/.config/elvish/rc.elv";

const BASELINE_AFTER: &str = "\
The baseline, copydesk-baseline.yaml beside the configuration, is meant to be committed. A finding in it stays known when
its line moves or its file is renamed. Written anew for some paths only, it keeps what it holds on all others.";

/// What is looked at, and how.
#[derive(Debug, Args)]
pub(super) struct Selection {
    /// Files, folders and globs to report on; `-` reads one article from standard input [default: the working directory]
    ///
    /// The whole site is always read, so that links are judged rightly; paths only choose what is reported. Ignore files
    /// and `exclude` hold for named files too.
    #[arg(value_name = "PATH")]
    pub paths: Vec<String>,

    /// Use this configuration instead of the nearest copydesk.yaml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,

    /// Use no configuration
    #[arg(long)]
    pub no_config: bool,

    /// The day, or the moment with its time zone, to take for now [default: the clock]
    ///
    /// Decides what lies in the future and what has gone stale, so that a run can be repeated: `--today 2025-07-18`,
    /// `--today 2025-07-18T10:00:00Z`.
    #[arg(long, value_name = "DATE", value_parser = Today::from_str)]
    pub today: Option<Today>,

    /// Use this baseline instead of the copydesk-baseline.yaml beside the configuration
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,

    /// Whether to use colours
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto)]
    pub color: Color,

    /// Print findings only: no summary, no progress, no hints
    #[arg(short, long)]
    pub quiet: bool,

    /// How many threads to use [default: one for each processor]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub threads: Option<u16>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub on: Selection,

    /// How to write findings, and where; may be given more than once [default: pretty on a terminal, else concise]
    ///
    /// For people: `pretty` shows the lines in question, `concise` writes `path:line:col: level[rule] message`, `html` is a
    /// page to look at, `markdown` a comment or a job summary. For programs: `json`, `jsonl`, `github`, `gitlab`, `sarif`,
    /// `junit`, `checkstyle`, `rdjson`. `--format sarif=report.sarif` writes to a file.
    #[arg(long, value_name = "FORMAT[=FILE]", hide_possible_values = true)]
    #[arg(value_parser = offer::formats(Output::from_str))]
    pub format: Vec<Output>,

    /// Mend what can be mended without looking at it, and report the rest
    #[arg(long, group = "mend")]
    pub fix: bool,

    /// Show what --fix would change as a diff, and change nothing
    #[arg(long, group = "mend", conflicts_with = "format")]
    pub diff: bool,

    /// Mend also what a person should look at afterwards
    #[arg(long, requires = "mend")]
    pub unsafe_fixes: bool,

    /// Write comments into the articles that suppress all findings reported now, with this reason
    ///
    /// Each comment names the rules it is for and goes where it changes nothing else: above the line, at its end, or into
    /// the front matter for the whole file. Plain text has no comments.
    #[arg(long, value_name = "REASON", num_args = 0..=1, require_equals = true, value_parser = reason)]
    #[arg(default_missing_value = "", conflicts_with = "mend")]
    pub add_suppressions: Option<String>,

    /// The path that the article on standard input would have
    #[arg(long, value_name = "FILE")]
    pub stdin_filename: Option<PathBuf>,

    /// Look at these rules alone: ids, or groups such as `link`
    ///
    /// A rule that is named is on, whatever the configuration says; of a group, what the configuration has on.
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub only: Vec<String>,

    /// Report only what the change since REV brought: findings on changed lines, and what it broke elsewhere
    ///
    /// Compared with the commit where the history of HEAD parted from REV. `--since origin/main` in a pull request,
    /// `--since HEAD` for what is not committed.
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,

    /// Compare with REV itself, not with the commit where histories parted
    #[arg(long, requires = "since")]
    pub no_merge_base: bool,

    /// Report only what the next commit brings: staged content is read in place of the files
    #[arg(long, conflicts_with_all = ["since", "mend", "add_suppressions"])]
    pub staged: bool,

    /// What to report of a change [default: lines]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub scope: Option<ScopeOf>,

    /// Report what the baseline knows, too
    #[arg(long, conflicts_with = "baseline")]
    pub no_baseline: bool,

    /// Exit with 0 even if there are findings
    #[arg(long)]
    pub exit_zero: bool,

    /// The lowest level that fails the run
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = FailOn::Warning)]
    pub fail_on: FailOn,

    /// Let up to this many warnings pass
    #[arg(long, value_name = "N")]
    pub max_warnings: Option<usize>,

    /// Tell how often each rule speaks instead of each finding
    #[arg(long, conflicts_with = "format")]
    pub statistics: bool,

    /// Ask other sites, too, whether what the articles link to is there (rules `link/dead`, `link/moved` and others)
    #[arg(long, conflicts_with = "watch")]
    pub online: bool,

    #[command(flatten)]
    pub asking: Asking,

    /// Check again whenever a file changes, until Ctrl-C
    #[arg(long, conflicts_with_all = ["mend", "add_suppressions", "staged", "show_files", "stdin_filename"])]
    pub watch: bool,

    /// List the files that would be checked, and stop
    #[arg(long)]
    pub show_files: bool,
}

impl Deref for Check {
    type Target = Selection;

    fn deref(&self) -> &Selection {
        &self.on
    }
}

/// What is reported of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum ScopeOf {
    /// Findings on changed lines, and new ones anywhere else
    Lines,
    /// All findings in changed files, and new ones anywhere else
    Files,
    /// All findings
    All,
}

/// `baseline`
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Take out what has been mended, and put nothing in
    #[arg(long)]
    pub prune: bool,

    #[command(flatten)]
    pub on: Selection,
}

/// `config`
#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// Print the JSON Schema of copydesk.yaml, for editors that check it as it is written
    #[arg(long)]
    pub schema: bool,

    #[command(flatten)]
    pub on: Selection,
}

/// A reason that can stand in a comment of any kind.
fn reason(text: &str) -> Result<String, String> {
    if text.contains(['\n', '\r']) {
        return Err("a reason is one line".to_owned());
    }
    match ["-->", "--!>", "*/", "#}"].iter().find(|end| text.contains(**end)) {
        Some(end) => Err(format!("`{end}` would end the comment that the reason stands in")),
        None => Ok(text.trim().to_owned()),
    }
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// Make a rule of what nearly all articles have, though a few do not
    ///
    /// Otherwise only what all articles have is required, so that a check passes today.
    #[arg(long)]
    pub strict: bool,

    /// Replace a copydesk.yaml that is there
    #[arg(long)]
    pub force: bool,

    /// Print the configuration instead of writing it
    #[arg(long)]
    pub stdout: bool,

    /// Write what a check finds today into a baseline, so that from now on only what is new is reported
    #[arg(long, conflicts_with = "stdout")]
    pub baseline: bool,
}

/// What `copydesk check` with these arguments would be told.
pub(super) fn check_args(args: &[&str]) -> Check {
    let line = ["copydesk", "check", "--quiet"].iter().chain(args);
    match Cli::try_parse_from(line).map(|cli| cli.command) {
        Ok(Command::Check(check)) => *check,
        _ => unreachable!("the arguments are our own"),
    }
}

/// What `copydesk baseline` with these arguments would be told.
pub(super) fn baseline_args(args: &[&str]) -> BaselineArgs {
    let line = ["copydesk", "baseline"].iter().chain(args);
    match Cli::try_parse_from(line).map(|cli| cli.command) {
        Ok(Command::Baseline(baseline)) => *baseline,
        _ => unreachable!("the arguments are our own"),
    }
}

#[derive(Debug, Args)]
pub(super) struct Graph {
    #[command(flatten)]
    pub selection: Selection,

    /// How to write it: `dot` for Graphviz, `json` for programs, `html` is a page to look at
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = GraphFormat::Html)]
    pub format: GraphFormat,

    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// A format of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum GraphFormat {
    Dot,
    Json,
    Html,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR says otherwise
    Auto,
    Always,
    Never,
}

/// The lowest level that fails a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Error,
    Warning,
    Note,
}

impl FailOn {
    pub fn level(self) -> Level {
        match self {
            Self::Error => Level::Error,
            Self::Warning => Level::Warning,
            Self::Note => Level::Note,
        }
    }
}
