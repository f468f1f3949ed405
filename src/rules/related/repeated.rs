//! `related/repeated`

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Keys, List, lists};
use crate::document::front_matter::{Data, Format, FrontMatter, Style};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::Article;
use crate::site::target::Parts;
use crate::span::Span;

/// Reports an article that is listed as related twice.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Repeated {
    keys: Keys,
}

impl Define for Repeated {
    const META: Meta = Meta {
        id: "related/repeated",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/related/repeated.md"),
    };
}

impl Rule for Repeated {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for list in lists(article, &self.keys) {
            let mut first: FxHashMap<(String, &str), Span> = FxHashMap::default();
            for item in &list.items {
                let parts = Parts::of(item.text);
                let target = match item.target() {
                    Some(file) => format!("file:{file}"),
                    None => item.text.trim_end_matches('/').to_owned(),
                };
                let key = (target, parts.fragment.unwrap_or(""));
                let Some(earlier) = first.get(&key) else {
                    first.insert(key, item.name.span);
                    continue;
                };
                let message = match item.target() {
                    Some(target) => format!("`{target}` is listed as related twice"),
                    None => format!("`{}` is listed as related twice", item.text),
                };
                let finding = sink.report(item.name.span, message);
                finding.help("list it once").also(*earlier, "here already");
                let deletion = article.facts.front_matter.as_ref().and_then(|f| deletion(f, &list, item.whole.span));
                if let Some(span) = deletion {
                    finding.fix(Fix::safe("take the repeated item out", [Edit::delete(span)]));
                }
            }
        }
    }
}

/// The bytes of an item that stands on a line of its own: from the end of the item before it to its own end. `None` where
/// more than the item would go, or where that cannot be told.
fn deletion(front: &FrontMatter, list: &List, item: Span) -> Option<Span> {
    let value = &list.entry.value;
    if front.format != Format::Yaml || !front.complete || value.style != Style::Tree {
        return None;
    }
    let items = value.as_list()?;
    let at = items.iter().position(|value| value.span == item)?;
    let before = items.get(at.checked_sub(1)?)?;
    let simple = |index: usize| {
        let style = items[index].style;
        matches!(items[index].data, Data::String(_))
            && matches!(style, Style::Plain | Style::SingleQuoted | Style::DoubleQuoted)
    };
    if !simple(at) || !simple(at - 1) {
        return None;
    }
    // A comment in the bytes would go with them, one behind the item would move to the line above.
    let key_after =
        || front.map.entries.iter().map(|entry| entry.key_span.start).filter(|&start| start >= item.end).min();
    let next = items.get(at + 1).map(|next| next.span.start).or_else(key_after).unwrap_or(front.content.end);
    let commented = front.comments.iter().any(|comment| before.span.end <= comment.start && comment.start < next);
    (!commented).then(|| Span::new(before.span.end, item.end))
}
