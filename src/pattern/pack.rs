//! A pack: one YAML file that makes one rule out of phrases and patterns.
//!
//! Owns what may stand in that file and how it is read; what is refused is in `vet`. Matches nothing itself.

use serde::Deserialize;

use super::expression::Words;
use super::sought::Sought;
use super::written::Written;
use crate::document::BlockKind;
use crate::finding::Level;
use crate::span::Span;

/// A pack as written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Pack {
    /// The rule that it makes: `group/name`.
    pub rule: String,
    /// The rule's level unless configured; without one the rule is off by default.
    pub level: Option<Level>,
    /// What the rule reports, in a sentence.
    pub summary: String,
    /// What a finding says.
    pub message: Message,
    /// What to do about a finding.
    pub help: String,
    /// Whether deleting a hit is offered, unless an entry says otherwise.
    #[serde(default)]
    pub fix: Removal,
    /// Named alternatives: `{name}` in a pattern stands for any of these words.
    #[serde(default)]
    pub words: Words,
    /// What the rule looks for.
    pub entries: Vec<Entry>,
}

/// What a finding says: lower case, no final period.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// Of a single hit.
    pub one: String,
    /// Of hits in a row; `{count}` is how many.
    pub many: String,
}

/// One thing that a rule looks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Entry {
    /// Its name in the pack: kebab-case.
    pub id: String,
    /// How sure a hit is.
    #[serde(default)]
    pub confidence: Confidence,
    /// What the whole phrase or pattern has to be.
    #[serde(default, rename = "where")]
    pub place: Place,
    /// Words as a reader sees them; letter case, accents, decoration and spacing do not matter.
    #[serde(default)]
    pub phrases: Vec<String>,
    /// Regular expressions, in the syntax of the `regex` crate.
    #[serde(default)]
    pub patterns: Vec<String>,
    /// Whether letter case matters in a sentence, a link or an attribute. In a whole line it never does.
    #[serde(default)]
    pub exact: bool,
    /// Whether the line may as well end with an exclamation mark.
    #[serde(default)]
    pub exclaimed: bool,
    /// Whether it must be written in capitals.
    #[serde(default)]
    pub capitals: bool,
    /// Lines that the patterns match but that are fine.
    #[serde(default)]
    pub allow: Vec<String>,
    /// The blocks in which it may stand.
    #[serde(default = "running_text")]
    pub blocks: Vec<Within>,
    /// The part of the article in which it must stand.
    pub at: Option<Part>,
    /// The languages that the article must be in, as in `de`; any if there are none.
    #[serde(default)]
    pub languages: Vec<String>,
    /// Whether it must be a block of its own, with blank lines around it where the format has them.
    #[serde(default)]
    pub blank_lines: bool,
    /// Whether no image, figure or video may stand at most so many lines away.
    pub apart_from_images: Option<usize>,
    /// Whether a line that links somewhere is left alone.
    #[serde(default)]
    pub unlinked: bool,
    /// Whether a line that is set in bold or italics as a whole is left alone: it may be meant as a heading.
    #[serde(default)]
    pub plain: bool,
    /// What must hold besides all that; any one of these is enough.
    pub needs: Option<Needs>,
    /// Whether deleting is offered, if it differs from the pack's.
    pub fix: Option<Removal>,
    /// What to do, if it differs from the pack's.
    pub help: Option<String>,
    /// Markdown that this entry must hit.
    pub bad: Vec<String>,
    /// Markdown that no entry may hit.
    #[serde(default)]
    pub good: Vec<String>,
}

/// How sure a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Most likely a leftover: at most a warning, and nothing is deleted unseen. Beside a certain hit it is certain too.
    Likely,
    /// A leftover: the rule's own level, and a safe fix.
    #[default]
    Certain,
}

/// What a phrase or pattern has to cover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Place {
    /// A whole line, or a whole block, however it is wrapped.
    #[default]
    Line,
    /// A whole block.
    Block,
    /// Part of a sentence.
    Sentence,
    /// Part of where a link or an image leads.
    LinkTarget,
    /// Part of an attribute of an HTML element, or of the alternative text of an image.
    Attribute,
}

impl Place {
    /// Whether the words must be all there is, so that they are compared in normal form.
    pub fn is_whole(self) -> bool {
        matches!(self, Self::Line | Self::Block)
    }
}

/// A part of an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Before the running text has well begun: at most one paragraph of some length stands above.
    Start,
    /// In the last two fifths of the text, or below its last paragraph of some length.
    Tail,
}

/// A kind of block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Within {
    /// Running text.
    Paragraph,
    /// A heading of any level.
    Heading,
    /// The text of a list item.
    ListItem,
    /// A quote.
    Quote,
    /// A cell of a table.
    TableCell,
    /// Raw HTML that holds no text of its own; only attributes can stand in it.
    Html,
}

impl Within {
    /// Whether a block of `kind` is one of these.
    pub fn takes(self, kind: BlockKind) -> bool {
        matches!(
            (self, kind),
            (Self::Paragraph, BlockKind::Paragraph)
                | (Self::Heading, BlockKind::Heading(_))
                | (Self::ListItem, BlockKind::ListItem)
                | (Self::Quote, BlockKind::Quote)
                | (Self::TableCell, BlockKind::TableCell)
                | (Self::Html, BlockKind::Html)
        )
    }
}

fn running_text() -> Vec<Within> {
    vec![Within::Paragraph, Within::Quote]
}

/// What must hold besides the words; any one of these is enough.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Needs {
    /// The line is a block of its own, with blank lines around it where the format has them.
    pub alone: bool,
    /// Another hit of a rule of the same group, which holds, stands at most so many lines away.
    pub another_hit: Option<usize>,
    /// Another hit of the same rule, which holds, stands at most so many lines away.
    pub own_hit: Option<usize>,
    /// At least so many hits that hold or may make up a run follow each other, with only blank lines between.
    pub run: Option<usize>,
    /// The article is a plain text that looks like a saved web page.
    pub page: bool,
    /// It stands in this part of the article.
    pub at: Option<Part>,
}

/// Whether a hit may be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Removal {
    /// The line, or the words in the sentence, can go.
    #[default]
    Delete,
    /// It takes a person to mend it.
    None,
}

/// Why a pack is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {}{message}", .entry.as_ref().map(|id| format!("entry `{id}`: ")).unwrap_or_default())]
pub struct PackError {
    /// The pack's file.
    pub file: String,
    /// The entry that is at fault, if it is one.
    pub entry: Option<String>,
    /// What is wrong.
    pub message: String,
    /// Where in the file, in bytes, if that is known.
    pub span: Option<Span>,
}

impl PackError {
    /// What is wrong, without the file's name.
    pub fn what(&self) -> String {
        match &self.entry {
            Some(entry) => format!("entry `{entry}`: {}", self.message),
            None => self.message.clone(),
        }
    }

    /// Two packs make the same rule.
    pub(super) fn clash(file: &str, text: &str, rule: &str) -> Self {
        let span = text.find(rule).map(|at| Span::new(at, at + rule.len()));
        Self {
            file: file.to_owned(),
            entry: None,
            message: format!("another pack makes the rule `{rule}` already"),
            span,
        }
    }
}

impl Pack {
    /// Reads and checks the pack in `text`; `file` is its name in messages.
    ///
    /// # Errors
    /// If it is no YAML, has unknown or missing fields, or says something that cannot be meant.
    pub fn parse(file: &str, text: &str) -> Result<Self, PackError> {
        let pack = Self::read(file, text)?;
        pack.check().map_err(|fault| fault.in_file(file, text))?;
        Ok(pack)
    }

    /// Reads a pack that was checked and written down by `build.rs`, and what its entries are matched by.
    pub(super) fn from_build(file: &str, text: &str, mut written: &'static [u8]) -> Result<(Self, Sought), PackError> {
        let fault = |message| PackError { file: file.to_owned(), entry: None, message, span: None };
        let pack = serde_json::from_str(text).map_err(|error| fault(error.to_string()))?;
        let sought = Sought::read(&mut written).ok_or_else(|| fault("it was not written down as it is read".into()))?;
        Ok((pack, sought))
    }

    /// Reads the pack in `text` without checking that what it says can be meant.
    fn read(file: &str, text: &str) -> Result<Self, PackError> {
        let deserializer = serde_yaml::Deserializer::from_str(text);
        serde_path_to_error::deserialize(deserializer).map_err(|error| {
            let path = error.path().to_string();
            let error = error.into_inner();
            let place = error.location();
            PackError {
                file: file.to_owned(),
                entry: None,
                message: plain(&path, &error.to_string()),
                span: place.map(|place| {
                    // The reader tells where a value begins, and not where it ends.
                    let start = place.index().min(text.len());
                    let rest = text[start..].lines().next().map_or(0, |line| line.trim_end().len());
                    Span::new(start, start + rest)
                }),
            }
        })
    }

    /// The page of the rule, made of what the pack says: for packs that have none of their own.
    pub(super) fn page(&self) -> String {
        let mut page = format!("# {}\n\n{}\n", self.rule, self.summary);
        if !self.help.is_empty() {
            page.push_str(&format!("\n## What to do\n\n{}\n", self.help));
        }
        let bad: Vec<&String> = self.entries.iter().flat_map(|entry| &entry.bad).collect();
        let good: Vec<&String> = self.entries.iter().flat_map(|entry| &entry.good).collect();
        for (title, lines) in [("Bad", bad), ("Good", good)] {
            if !lines.is_empty() {
                page.push_str(&format!("\n## {title}\n"));
            }
            for line in lines {
                // A line may hold a fence of its own.
                page.push_str(&format!("\n~~~~~~md\n{}\n~~~~~~\n", line.trim_end()));
            }
        }
        page
    }

    /// What its entries are matched by.
    pub(super) fn sought(&self) -> Sought {
        let mut sought = Sought::default();
        for entry in &self.entries {
            sought.add(&entry.patterns, &entry.phrases, entry.place.is_whole(), entry.exact, &self.words);
        }
        sought
    }
}

/// What the YAML reader says, with the path once and without the place, which goes with the message anyway.
fn plain(path: &str, error: &str) -> String {
    let error = error.strip_prefix(path).and_then(|rest| rest.strip_prefix(": ")).unwrap_or(error);
    let error = error.rfind(" at line ").map_or(error, |at| &error[..at]);
    if path == "." { error.to_owned() } else { format!("{path}: {error}") }
}
