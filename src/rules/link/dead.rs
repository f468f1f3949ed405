//! `link/dead`

use serde::Deserialize;

use super::elsewhere;
use crate::finding::Level;
use crate::rule::{Define, Meta, Needs, Rule, Sink};
use crate::site::Article;
use crate::site::web::State;

/// Reports links to pages of other sites that are gone.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Dead {}

impl Define for Dead {
    const META: Meta = Meta {
        id: "link/dead",
        level: Some(Level::Warning),
        fix: None,
        page: include_str!("../../../rules/link/dead.md"),
    };
}

impl Rule for Dead {
    fn needs(&self) -> Needs {
        Needs { web: true, ..Needs::default() }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        elsewhere::tell(
            article,
            State::Dead,
            "is dead",
            "lead to where it is now or to an archived copy, or take the link out",
            sink,
        );
    }
}
