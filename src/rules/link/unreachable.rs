//! `link/unreachable`

use serde::Deserialize;

use super::elsewhere;
use crate::finding::Level;
use crate::rule::{Define, Meta, Needs, Rule, Sink};
use crate::site::Article;
use crate::site::web::State;

/// Reports links to pages whose servers could not tell.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Unreachable {}

impl Define for Unreachable {
    const META: Meta = Meta {
        id: "link/unreachable",
        level: Some(Level::Note),
        fix: None,
        page: include_str!("../../../rules/link/unreachable.md"),
    };
}

impl Rule for Unreachable {
    fn needs(&self) -> Needs {
        Needs { web: true, ..Needs::default() }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        elsewhere::tell(article, State::Transient, "could not be reached", "ask again later", sink);
    }
}
