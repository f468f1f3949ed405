//! What a rule is: what it says of itself, what it may look at, and where its findings go.
//!
//! A rule is a struct whose fields are its options. It sees one document, or one article in its site, and nothing else:
//! no configuration, no levels, no terminal, no other rule.

use std::borrow::Cow;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use crate::document::Document;
use crate::finding::{Finding, Level, Safety};
use crate::schema::{Aspect, Violation};
use crate::site::{Article, Site};
use crate::span::Span;

/// What a rule says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Meta {
    /// `group/name`, kebab-case.
    pub id: &'static str,
    /// Its level unless configured; `None` if it is off by default.
    pub level: Option<Level>,
    /// The best fix it can offer; `None` if it offers none.
    pub fix: Option<Safety>,
    /// Its page, `rules/<group>/<name>.md`: documentation, and examples that are tests.
    pub page: &'static str,
}

/// What a rule says of itself, whoever checks it: Rust, a pack, or the configuration's reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// `group/name`.
    pub id: String,
    /// Its level unless configured; `None` if it is off by default.
    pub level: Option<Level>,
    /// The best fix it can offer; `None` if it offers none.
    pub fix: Option<Safety>,
    /// Its documentation, in Markdown.
    pub text: String,
}

impl From<&Meta> for Page {
    fn from(meta: &Meta) -> Self {
        Self { id: meta.id.into(), level: meta.level, fix: meta.fix, text: meta.page.into() }
    }
}

impl Page {
    /// The first paragraph of the page, in one line.
    pub fn summary(&self) -> String {
        summary(&self.text)
    }
}

/// The first paragraph of a rule's page, in one line.
pub fn summary(page: &str) -> String {
    let paragraph = page.lines().skip_while(|line| line.starts_with('#') || line.trim().is_empty());
    paragraph.take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ")
}

/// What a rule needs to know that costs time to find out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Needs {
    /// A sketch of every text.
    pub sketch: bool,
    /// What other sites answer.
    pub web: bool,
    /// Which article leads to which.
    pub graph: bool,
}

/// A check. All methods are pure; a rule implements the one it needs, seldom two.
pub trait Rule: Send + Sync {
    /// What must be known of every article for it.
    fn needs(&self) -> Needs {
        Needs::default()
    }

    /// Looks at one document on its own.
    fn document(&self, _document: &Document, _sink: &mut Sink) {}

    /// What it tells of what a schema does not allow; `None` if that is not for it to tell.
    fn aspect(&self) -> Option<Aspect> {
        None
    }

    /// Makes what it will ask of the site as a whole, before it looks at the first article: later, all threads would wait
    /// for the one that asks first. May ask for summaries and pages alone, since all else is made at the same time, and must
    /// not share its work among threads.
    fn prepare(&self, _site: &Site) {}

    /// Looks at one article in its site, when all documents have been read.
    fn article(&self, _article: &Article, _sink: &mut Sink) {}

    /// Whether what it finds in a site gives way to findings of its group at the same place: they say more.
    fn yields(&self) -> bool {
        false
    }
}

/// A rule that can stand in the table: its fields are its options, read with `#[serde(default, deny_unknown_fields)]`.
pub trait Define: Rule + DeserializeOwned + 'static {
    /// What it says of itself.
    const META: Meta;
}

/// Options as written in the configuration, and what is wrong with them.
pub type OptionsError = serde_path_to_error::Error<serde_yaml::Error>;

/// A row of the table of rules.
pub struct Definition {
    /// What the rule says of itself.
    pub meta: Meta,
    build: fn(serde_yaml::Value) -> Result<Box<dyn Rule>, OptionsError>,
}

impl Definition {
    /// The row for rule `R`.
    pub const fn of<R: Define>() -> Self {
        Self { meta: R::META, build: |options| Ok(Box::new(serde_path_to_error::deserialize::<_, R>(options)?)) }
    }

    /// The rule with these options, a map that may be empty.
    ///
    /// # Errors
    /// If an option is unknown or its value does not fit; the error holds the path to it.
    pub fn build(&self, options: serde_yaml::Value) -> Result<Box<dyn Rule>, OptionsError> {
        (self.build)(options)
    }
}

/// Takes the findings of one rule on one file, and stamps rule, level and path on them.
pub struct Sink<'a> {
    findings: &'a mut Vec<Finding>,
    rule: &'static str,
    /// The rule's id if it is not known to the program, but to a pack.
    of_pack: Option<String>,
    level: Level,
    path: &'a Arc<str>,
}

impl<'a> Sink<'a> {
    /// A sink for findings of `rule` at `level` in the file at `path`.
    pub fn new(
        findings: &'a mut Vec<Finding>,
        rule: impl Into<Cow<'static, str>>,
        level: Level,
        path: &'a Arc<str>,
    ) -> Self {
        let (rule, of_pack) = match rule.into() {
            Cow::Borrowed(rule) => (rule, None),
            Cow::Owned(rule) => ("", Some(rule)),
        };
        Self { findings, rule, of_pack, level, path }
    }

    /// From here on takes the findings of another rule, which is written in Rust. Most rules find nothing.
    #[inline]
    pub fn hand_to(&mut self, rule: &'static str, level: Level) {
        debug_assert!(self.of_pack.is_none(), "a sink for a pack's rule is for that rule alone");
        (self.rule, self.level) = (rule, level);
    }

    /// Reports what a schema does not allow and is of this aspect.
    pub fn tell_all(&mut self, violations: &[Violation], aspect: Option<Aspect>) {
        violations.iter().filter(|violation| Some(violation.aspect) == aspect).for_each(|one| self.tell(one));
    }

    fn tell(&mut self, violation: &Violation) {
        let finding = self.report(violation.span, violation.message.as_str());
        finding.help = violation.help.clone();
        finding.labels = violation.labels.clone();
        finding.fixes.extend(violation.fix.clone());
    }

    /// Reports that something is wrong at `span`. The message is lower case without a final period; what to do, further
    /// places and fixes are added to the finding that comes back.
    pub fn report(&mut self, span: Span, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding {
            rule: self.of_pack.clone().map_or(Cow::Borrowed(self.rule), Cow::Owned),
            level: self.level,
            path: Arc::clone(self.path),
            span,
            message: message.into(),
            help: None,
            label: None,
            labels: Vec::new(),
            fixes: Vec::new(),
            fingerprint: 0,
        });
        self.findings.last_mut().expect("one was just pushed")
    }
}
