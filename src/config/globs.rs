//! Globs over paths relative to the root, with forward slashes.
//!
//! `*` and `?` stay within a folder, `**` crosses folders, `{a,b}` and `[ab]` choose; a pattern that names a folder stands
//! for all that is in it. Patterns hold from the root on, so `*.md` is the Markdown in the root only.

use globset::{GlobBuilder, GlobMatcher, GlobSet, GlobSetBuilder};

use crate::span::Span;

/// One glob, as written.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The text in the configuration.
    pub text: String,
    /// Where it stands there.
    pub span: Span,
    globs: [globset::Glob; 2],
}

/// A list of globs.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    patterns: Vec<Pattern>,
    set: GlobSet,
}

impl Pattern {
    /// Compiles `text`.
    ///
    /// # Errors
    /// In plain words, if it is no glob.
    pub fn new(text: &str, span: Span) -> Result<Self, String> {
        let bare = text.strip_prefix("./").unwrap_or(text);
        let bare = bare.strip_prefix('/').unwrap_or(bare).trim_end_matches('/');
        if bare.starts_with('!') {
            return Err("a glob cannot exclude with `!`".into());
        }
        if bare.starts_with("../") || bare == ".." {
            return Err("a glob cannot leave the folder of the configuration".into());
        }
        if text.trim().is_empty() {
            return Err("the glob is empty".into());
        }
        let whole = if bare.is_empty() || bare == "." { "**" } else { bare };
        let compile = |glob: &str| {
            let built = GlobBuilder::new(glob).literal_separator(true).backslash_escape(true).build();
            built.map_err(|error| error.kind().to_string())
        };
        let folder = if whole.ends_with("**") { whole.to_owned() } else { format!("{whole}/**") };
        Ok(Self { text: text.to_owned(), span, globs: [compile(whole)?, compile(&folder)?] })
    }

    /// What tells whether a path is meant; compile once, use often.
    pub fn matcher(&self) -> impl Fn(&str) -> bool + use<> {
        let matchers: [GlobMatcher; 2] = [self.globs[0].compile_matcher(), self.globs[1].compile_matcher()];
        move |path| matchers.iter().any(|matcher| matcher.is_match(path))
    }

    /// The two globs that it stands for: the path itself, and everything in it if it is a folder.
    pub fn globs(&self) -> &[globset::Glob; 2] {
        &self.globs
    }
}

impl Globs {
    /// Puts patterns together.
    pub fn new(patterns: Vec<Pattern>) -> Self {
        let mut set = GlobSetBuilder::new();
        for glob in patterns.iter().flat_map(Pattern::globs) {
            set.add(glob.clone());
        }
        // Each glob compiled alone; together they can only outgrow the size limit of the regex engine.
        let set = set.build().unwrap_or_default();
        Self { patterns, set }
    }

    /// Whether any of them means `path`.
    pub fn matches(&self, path: &str) -> bool {
        // An empty set takes the path apart all the same.
        !self.set.is_empty() && self.set.is_match(path)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.patterns.is_empty()
    }

    /// Each of them, in source order.
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(glob: &str, path: &str) -> bool {
        let pattern = Pattern::new(glob, Span::empty(0)).expect("it is a glob");
        let alone = pattern.matcher()(path);
        assert_eq!(alone, Globs::new(vec![pattern]).matches(path));
        alone
    }

    #[test]
    fn a_star_stays_in_its_folder_and_a_folder_is_all_in_it() {
        assert!(matches("content/**/*.md", "content/a.md"));
        assert!(matches("content/**/*.md", "content/a/b.md"));
        assert!(!matches("content/*.md", "content/a/b.md"));
        assert!(!matches("*.md", "content/b.md"));
        assert!(matches("archive", "archive/a/b.md"));
        assert!(matches("./archive/", "archive/a.md"));
        assert!(matches("/archive/*", "archive/x/a.md"));
        assert!(!matches("archive", "archived/a.md"));
        assert!(matches(".", "a/b.md"));
        assert!(matches("p/{a,b}.md", "p/b.md"));
    }

    #[test]
    fn what_is_no_glob_is_said_in_words() {
        let wrong = |glob: &str| Pattern::new(glob, Span::empty(0)).expect_err("it is wrong");
        assert!(wrong("a/[b").contains("unclosed"), "{}", wrong("a/[b"));
        assert!(wrong("!a").contains('!'));
        wrong(" ");
        wrong("../a");
    }
}
