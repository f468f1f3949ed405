//! `link/own-origin`

use serde::Deserialize;

use crate::document::LinkForm;
use crate::finding::{Edit, Fix, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::target::{self, Parts};
use crate::site::{Article, Generator, LinkFact, Verdict};
use crate::span::Span;

/// Reports links to the site itself that name its origin.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnOrigin {
    form: Form,
}

/// How the house writes links to its own pages.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Form {
    /// As files where links lead to files, else from the root.
    #[default]
    Auto,
    /// `/posts/b/`
    Root,
    /// `../posts/b.md`, where the file is known.
    File,
}

impl Define for OwnOrigin {
    const META: Meta = Meta {
        id: "link/own-origin",
        level: None,
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/link/own-origin.md"),
    };
}

impl Rule for OwnOrigin {
    fn article(&self, article: &Article, sink: &mut Sink) {
        let Some(origin) = &article.site.settings.origin else { return };
        for (link, verdict) in article.links() {
            // An autolink shows its address; a field may need it whole, as a canonical address does.
            if link.foreign || matches!(link.form, LinkForm::Autolink | LinkForm::Field) || !target::is_web(&link.url) {
                continue;
            }
            let Some((before, rest)) = article.site.internal(&link.url) else { continue };
            let shorter = self.house_form(article, origin, rest, verdict);
            let message = format!("the link `{}` names the site's own origin", link.url);
            let finding = sink.report(link.destination, message);
            finding.help(format!("write `{shorter}`: it works in a preview and under another domain too"));
            if let Some(span) = replaceable(link, before) {
                finding.fix(Fix::safe(format!("write `{shorter}`"), [Edit::replace(span, shorter)]));
            }
        }
    }
}

impl OwnOrigin {
    fn house_form(&self, article: &Article, origin: &str, rest: &str, verdict: &Verdict) -> String {
        let by_file =
            matches!(article.site.settings.generator, Generator::Plain | Generator::Docusaurus | Generator::MkDocs);
        let file = match verdict {
            Verdict::Exact { target } => article.site.at(target).map(|facts| &facts.path),
            _ => None,
        };
        if let (Some(file), true) = (file, self.form == Form::File || (self.form == Form::Auto && by_file)) {
            let path = target::relative_to(&article.facts.path, file);
            let tail = &rest[Parts::of(rest).path.len()..];
            return format!("{path}{tail}");
        }
        // Of an origin with a path (`https://example.org/docs`), the path stays.
        let host = origin.find("//").map_or(0, |at| at + 2);
        let folder = origin[host..].find('/').map_or("", |at| &origin[host + at..]).trim_end_matches('/');
        let slash = if rest.starts_with('/') { "" } else { "/" };
        format!("{folder}{slash}{rest}")
    }
}

/// The bytes of the destination, if they are those of the address.
fn replaceable(link: &LinkFact, before: usize) -> Option<Span> {
    (link.destination.len() == link.url.len() && before > 0).then_some(link.destination)
}
