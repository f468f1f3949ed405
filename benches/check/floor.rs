//! The floor under a whole check: walk, read, and pulldown-cmark over the same files on the same threads, nothing else.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use pulldown_cmark::{Options, Parser};
use rayon::prelude::*;

/// What the engine asks of the parser, so that both do the same work.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM);

/// Walks `root`, reads every article-like file and runs the Markdown parser over it; the number of events keeps the
/// optimiser honest.
pub fn run(root: &Path) -> usize {
    let mut files: Vec<PathBuf> = WalkBuilder::new(root)
        .hidden(false)
        .require_git(false)
        .build()
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(ignore::DirEntry::into_path)
        .filter(|path| {
            let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
            ["md", "markdown", "mdx", "html", "htm", "txt"].contains(&extension)
        })
        .collect();
    files.sort_unstable();
    files
        .par_iter()
        .with_max_len(32)
        .map(|path| {
            let text = std::fs::read_to_string(path).unwrap_or_default();
            Parser::new_ext(&text, OPTIONS).into_offset_iter().count()
        })
        .sum()
}
