//! `link/broken`

use serde::Deserialize;

use super::{noun, replace_path, verdicts};
use crate::finding::Safety;
use crate::finding::{Fix, Level};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, Verdict};

/// Reports links and images whose target is not there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Broken {}

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
        for (link, verdict) in verdicts(article) {
            let Verdict::Missing { path, suggestion } = verdict else { continue };
            let mut message = format!("the {} `{}` leads to nothing", noun(link), link.url);
            if *path != link.url {
                message.push_str(&format!(": there is no `{path}`"));
            }
            let finding = sink.report(link.destination, message);
            match suggestion {
                Some(meant) => {
                    finding.help(format!("did you mean `{meant}`?"));
                    if let Some(edit) = replace_path(article, link, meant) {
                        finding.fix(Fix::risky(format!("lead to `{meant}`"), [edit]));
                    }
                }
                None if link.embeds => {
                    finding.help("add the file, or take the image out");
                }
                None => {
                    finding.help("lead to a page that is there, or take the link out");
                }
            }
        }
    }
}
