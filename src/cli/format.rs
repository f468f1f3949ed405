//! The formats of `--format`: their names, and where each report goes.

use std::path::PathBuf;
use std::str::FromStr;

/// A format of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Pretty,
    Concise,
    Json,
    JsonLines,
    Github,
    Gitlab,
    Sarif,
    Junit,
    Checkstyle,
    Rdjson,
    Markdown,
    Html,
}

impl Format {
    /// Each with its name.
    pub const NAMES: [(&'static str, Self); 12] = [
        ("pretty", Self::Pretty),
        ("concise", Self::Concise),
        ("json", Self::Json),
        ("jsonl", Self::JsonLines),
        ("github", Self::Github),
        ("gitlab", Self::Gitlab),
        ("sarif", Self::Sarif),
        ("junit", Self::Junit),
        ("checkstyle", Self::Checkstyle),
        ("rdjson", Self::Rdjson),
        ("markdown", Self::Markdown),
        ("html", Self::Html),
    ];
}

/// A format and where it goes: `json`, `json=report.json`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Output {
    pub format: Format,
    /// Standard output if there is none.
    pub file: Option<PathBuf>,
}

impl FromStr for Output {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let known = Format::NAMES.iter().find(|(known, _)| *known == name);
        let Some((_, format)) = known else {
            return Err(format!("no such format; there are {}", Format::NAMES.map(|(name, _)| name).join(", ")));
        };
        match file {
            Some("") => Err("the file has no name".into()),
            file => Ok(Self { format: *format, file: file.map(PathBuf::from) }),
        }
    }
}
