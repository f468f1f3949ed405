//! `link/blocked`

use serde::Deserialize;

use super::elsewhere;
use crate::finding::Level;
use crate::rule::{Define, Meta, Needs, Rule, Sink};
use crate::site::Article;
use crate::site::web::State;

/// Reports links to pages that servers do not show to programs.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Blocked {}

impl Define for Blocked {
    const META: Meta = Meta {
        id: "link/blocked",
        level: Some(Level::Note),
        fix: None,
        page: include_str!("../../../rules/link/blocked.md"),
    };
}

impl Rule for Blocked {
    fn needs(&self) -> Needs {
        Needs { web: true, ..Needs::default() }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        elsewhere::tell(
            article,
            State::Blocked,
            "cannot be checked",
            "look at it in a browser; `online.exclude` in copydesk.yaml stops asking for it",
            sink,
        );
    }
}
