//! `link/insecure`

use serde::Deserialize;

use super::noun;
use crate::document::LinkForm;
use crate::finding::{Edit, Fix, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::site::{Article, target};
use crate::span::Span;

/// Reports links of `http:`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Insecure {
    /// Hosts, those below them included, that are known to have nothing better.
    except: Vec<String>,
}

impl Define for Insecure {
    const META: Meta = Meta {
        id: "link/insecure",
        level: None,
        fix: Some(Safety::Unsafe),
        page: include_str!("../../../rules/link/insecure.md"),
    };
}

/// Endings of hosts that nobody meets on the web.
const NOT_PUBLIC: &[&str] = &["localhost", "local", "internal", "test", "invalid", "example", "onion"];

impl Rule for Insecure {
    fn article(&self, article: &Article, sink: &mut Sink) {
        for (link, _) in article.links() {
            let scheme = target::scheme(&link.url).filter(|scheme| scheme.eq_ignore_ascii_case("http"));
            let (Some(scheme), Some(host)) = (scheme, target::host(&link.url)) else { continue };
            let number = host.starts_with('[') || host.chars().all(|c| c.is_ascii_digit() || c == '.');
            let known = NOT_PUBLIC.iter().copied().chain(self.except.iter().map(String::as_str));
            if number || !host.contains('.') || known.into_iter().any(|named| target::is_host_of(host, named)) {
                continue;
            }
            let message = format!("the {} to `{host}` is not encrypted", noun(link));
            let finding = sink.report(link.destination, message);
            finding.help("see whether the page is there under `https:` too, and lead to that");
            let start = link.destination.start;
            if link.destination.len() == link.url.len() && link.form != LinkForm::Autolink {
                let edit = Edit::replace(Span::new(start, start + scheme.len()), "https");
                finding.fix(Fix::risky("lead to `https:`", [edit]));
            }
        }
    }
}
