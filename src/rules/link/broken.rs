//! `link/broken`

use serde::Deserialize;

use super::missing;
use crate::finding::{Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;

/// Reports links whose target is not there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Broken {
    /// Destinations, as they are written or as they are resolved, that something else than this repository serves; `*` stands for
    /// anything.
    except: Vec<String>,
}

impl Define for Broken {
    const META: Meta = Meta {
        id: "link/broken",
        level: Some(Level::Error),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/link/broken.md"),
    };
}

impl Rule for Broken {
    fn article(&self, article: &Article, sink: &mut Sink) {
        missing::report(article, sink, false, &self.except);
    }
}
