//! `link/moved`

use serde::Deserialize;

use super::elsewhere::{answered, lead};
use crate::document::LinkForm;
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Needs, Rule, Sink};
use crate::site::{Article, target};

/// Reports links to pages of other sites that have moved for good.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Moved {}

impl Define for Moved {
    const META: Meta = Meta {
        id: "link/moved",
        level: Some(Level::Note),
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/link/moved.md"),
    };
}

impl Rule for Moved {
    fn needs(&self) -> Needs {
        Needs { web: true, ..Needs::default() }
    }

    fn article(&self, article: &Article, sink: &mut Sink) {
        for (link, address, answer) in answered(article) {
            let Some(new) = &answer.moved_to else { continue };
            let finding = sink
                .report(link.destination, format!("{} `{}` has moved for good to `{new}`", lead(link), address.page));
            // Of the pages that it takes away, many a site leads to its front page.
            let page = new.split('#').next().unwrap_or(new);
            if is_front(page) && !is_front(&address.page) {
                finding.help("see whether the page is still there: this is the front page");
                continue;
            }
            finding.help("see whether it is the same page, and lead to it");
            if link.destination.len() == link.url.len() && link.form != LinkForm::Autolink {
                let tail = address.fragment.filter(|_| page.len() == new.len());
                let tail = tail.map_or(String::new(), |fragment| format!("#{fragment}"));
                // A bracket could end the address in Markdown, an apostrophe in HTML and in front matter.
                let new = new.replace('(', "%28").replace(')', "%29").replace('\'', "%27");
                finding.fix(Fix::risky("lead to the new address", [Edit::replace(link.destination, new + &tail)]));
            }
        }
    }
}

/// Whether an address is that of a site, not of a page in it.
fn is_front(page: &str) -> bool {
    let rest = target::host(page).and_then(|host| page.split_once(host)).map_or("", |(_, rest)| rest);
    rest.split_once('/').is_none_or(|(_, path)| path.is_empty())
}
