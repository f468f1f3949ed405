//! `residue/tracking-parameter`

use std::borrow::Cow;

use memchr::{memchr, memchr_iter};
use serde::Deserialize;

use crate::document::front_matter::{Data, Value};
use crate::document::{Document, LinkForm};
use crate::finding::{Edit, Fix, Level, Safety};
use crate::rule::{Define, Meta, Rule, Sink};
use crate::span::Span;

/// Reports parameters of an address that only tell a site where its reader came from.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct TrackingParameter {
    /// Further parameters that are reported.
    parameters: Vec<String>,
    /// Parameters that are not.
    allow: Vec<String>,
    /// Hosts, and all below them, whose addresses are left alone.
    allow_hosts: Vec<String>,
}

impl Define for TrackingParameter {
    const META: Meta = Meta {
        id: "residue/tracking-parameter",
        level: Some(Level::Warning),
        fix: Some(Safety::Safe),
        page: include_str!("../../../rules/residue/tracking-parameter.md"),
    };
}

/// Parameters that have no other use, in lower case.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "gad_source", "gad_campaignid", "msclkid", "twclid", "ttclid",
    "yclid", "ysclid", "_openstat", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "_hsenc", "_hsmi", "hsctatracking",
    "__hstc", "__hssc", "__hsfp", "vero_id", "vero_conv", "oly_enc_id", "oly_anon_id", "s_cid", "ncid", "cmpid", "wt_mc",
    "wt_zmc", "_ga", "_gl", "srsltid", "epik", "__twitter_impression", "_branch_match_id", "rb_clickid", "at_campaign",
    "at_medium", "at_custom1", "at_custom2", "at_custom3", "at_custom4", "xtor", "icid", "guccounter", "guce_referrer",
    "guce_referrer_sig", "sc_cid", "wickedid",
];

/// Beginnings of such parameters.
const PREFIXES: &[&str] = &["utm_", "hsa_", "piwik_", "pk_", "matomo_", "mtm_"];

/// Parameters that mean this on some sites only.
const ON_HOSTS: &[(&str, &[&str])] = &[
    ("si", &["youtube.com", "youtu.be", "spotify.com"]),
    ("feature", &["youtube.com", "youtu.be"]),
    ("trk", &["linkedin.com"]),
    ("s", &["twitter.com", "x.com"]),
    ("t", &["twitter.com", "x.com"]),
    ("cmp", &["theguardian.com"]),
    ("smid", &["nytimes.com"]),
];

/// Parameters that seal an address: without any other one it may no longer hold.
const SEALS: &[&str] = &["sig", "signature", "hmac", "hash", "x-amz-signature", "policy", "token", "expires"];

impl Rule for TrackingParameter {
    fn document(&self, document: &Document, sink: &mut Sink) {
        let text = document.source.text();
        // An address has parameters behind a question mark, and most articles have none.
        if memchr(b'?', text.as_bytes()).is_none() {
            return;
        }
        let asks = |span: Span| memchr(b'?', span.of(text).as_bytes()).is_some();
        // Where a reference leads is said once, in its definition.
        let direct = document.links.iter().filter(|link| link.form != LinkForm::Reference);
        let destinations = direct.filter_map(|link| link.destination.as_ref());
        let defined = document.definitions.iter().map(|definition| &definition.destination);
        for destination in destinations.chain(defined).filter(|to| !to.foreign && asks(to.span)) {
            self.check(text, destination.span, sink);
        }
        for address in addresses(document) {
            self.check(text, address, sink);
        }
        if let Some(front_matter) = document.front_matter.as_ref().filter(|front_matter| asks(front_matter.span)) {
            front_matter.map.entries.iter().for_each(|entry| self.value(text, &entry.value, sink));
        }
    }
}

impl TrackingParameter {
    /// Looks at what is an address in a value of front matter.
    fn value(&self, text: &str, value: &Value, sink: &mut Sink) {
        match &value.data {
            Data::String(address) if address.starts_with("http") && !address.contains(char::is_whitespace) => {
                self.check(text, value.span, sink);
            }
            Data::List(values) => values.iter().for_each(|value| self.value(text, value, sink)),
            Data::Map(map) => map.entries.iter().for_each(|entry| self.value(text, &entry.value, sink)),
            _ => {}
        }
    }

    /// Looks at one address. `span` may have quotes around it.
    fn check(&self, text: &str, span: Span, sink: &mut Sink) {
        let written = span.of(text);
        let Some(question) = memchr(b'?', written.as_bytes()) else { return };
        let (start, rest) = (span.start + question + 1, &written[question + 1..]);
        let query = Span::new(start, start + rest.find(['#', '"', '\'', ')']).unwrap_or(rest.len()));
        let before = &written[..question];
        let host = host(before);
        let parameters = parameters(text, query);
        let names: Vec<Cow<str>> = parameters.iter().map(|parameter| lower(parameter.name.of(text))).collect();
        let tracks: Vec<bool> = names.iter().map(|name| self.tracks(name, host)).collect();
        let Some(first) = tracks.iter().position(|&tracks| tracks) else { return };
        // `{{ … }}` is for a template to fill; an archive knows a page by the whole address it was found at.
        let nested = before.rfind("://").is_some_and(|at| before[..at].contains("://"));
        let sealed = names.iter().any(|name| SEALS.contains(&&**name));
        let allowed = self.allow_hosts.iter().any(|allowed| is_below(host, &allowed.to_lowercase()));
        if query.of(text).contains("{{") || nested || sealed || allowed {
            return;
        }
        let count = tracks.iter().filter(|&&tracks| tracks).count();
        let kept = tracks.iter().any(|&tracks| !tracks);
        let deleted: Vec<Span> =
            if kept { runs(&parameters, &tracks) } else { vec![Span::new(query.start - 1, query.end)] };
        let name = parameters[first].name.of(text);
        let message = match count {
            1 => format!("the address has the tracking parameter `{name}`"),
            2 => format!("the address has the tracking parameter `{name}` and another one"),
            count => format!("the address has the tracking parameter `{name}` and {} more", count - 1),
        };
        let finding = sink.report(deleted[0], message);
        finding.help("delete it; the address leads to the same page without it");
        let title = if count == 1 { "delete the parameter" } else { "delete the parameters" };
        finding.fix(Fix::safe(title, deleted.iter().map(|&span| Edit::delete(span)).collect::<Vec<_>>()));
    }

    /// Whether the parameter `name`, in lower case, tells `host` nothing but where its reader came from.
    fn tracks(&self, name: &str, host: &str) -> bool {
        let listed = |names: &[String]| names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        let known = NAMES.contains(&name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        let on_host =
            |(known, hosts): &(&str, &[&str])| *known == name && hosts.iter().any(|known| is_below(host, known));
        !listed(&self.allow) && (known || listed(&self.parameters) || ON_HOSTS.iter().any(on_host))
    }
}

/// `name` in lower case, in which most are written.
fn lower(name: &str) -> Cow<'_, str> {
    let is_lower = name.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase());
    if is_lower { name.into() } else { name.to_lowercase().into() }
}

/// A parameter of an address.
struct Parameter {
    name: Span,
    /// Its name, its value, and the separator behind it, if there is one.
    whole: Span,
    /// Where the separator before it begins; its own beginning if it is the first.
    separator: usize,
    /// Where its value ends.
    end: usize,
}

fn parameters(text: &str, query: Span) -> Vec<Parameter> {
    let mut parameters: Vec<Parameter> = Vec::new();
    let mut start = query.start;
    let mut separator = query.start;
    while start < query.end {
        let rest = Span::new(start, query.end).of(text);
        let length = rest.find('&').unwrap_or(rest.len());
        let end = start + length;
        let behind = &rest[length..];
        let joined = ["&amp;", "&#38;", "&#038;", "&"].iter().find(|joined| behind.starts_with(**joined));
        let next = end + joined.map_or(0, |joined| joined.len());
        let name = &rest[..rest[..length].find('=').unwrap_or(length)];
        let name = Span::new(start, start + name.len());
        parameters.push(Parameter { name, whole: Span::new(start, next), separator, end });
        (separator, start) = (end, next);
    }
    parameters
}

/// What to take out so that the parameters that do not track are left, with one separator between each two.
fn runs(parameters: &[Parameter], tracks: &[bool]) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    let first_kept = tracks.iter().position(|&tracks| !tracks).unwrap_or(0);
    for (index, parameter) in parameters.iter().enumerate().filter(|(index, _)| tracks[*index]) {
        let span = if index < first_kept { parameter.whole } else { Span::new(parameter.separator, parameter.end) };
        match runs.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => runs.push(span),
        }
    }
    runs
}

/// The host of an address, in the letter case in which it is written; empty for a path.
fn host(address: &str) -> &str {
    let Some((_, rest)) = address.split_once("//") else { return "" };
    let authority = &rest[..rest.find('/').unwrap_or(rest.len())];
    authority.rsplit('@').next().unwrap_or(authority)
}

/// Whether `host` is `domain` or below it.
fn is_below(host: &str, domain: &str) -> bool {
    let Some(before) = host.len().checked_sub(domain.len()) else { return false };
    let (before, end) = (host.as_bytes().get(..before), host.as_bytes().get(before..));
    end.is_some_and(|end| end.eq_ignore_ascii_case(domain.as_bytes()))
        && before.is_some_and(|before| before.is_empty() || before.ends_with(b"."))
}

/// Whether an address in running text is over at `c`.
fn ends_address(c: char) -> bool {
    matches!(c, '<' | '>' | '"' | '\'' | '`' | ')' | ']' | '}' | '|' | '“' | '”' | '«' | '»' | '\u{FFFC}')
        || c.is_whitespace()
}

/// Addresses in running text, with a question mark, that the format does not make links of.
fn addresses<'a>(document: &'a Document) -> impl Iterator<Item = Span> + 'a {
    let prose = document.prose.text();
    let text = document.source.text();
    let mut behind = 0;
    // What stands around a question mark without a space, mostly a word.
    let words = memchr_iter(b'?', prose.as_bytes()).filter_map(move |at| {
        if at < behind {
            return None;
        }
        let start =
            prose[..at].char_indices().rev().find(|(_, c)| ends_address(*c)).map_or(0, |(at, c)| at + c.len_utf8());
        behind = at + prose[at..].find(ends_address).unwrap_or(prose.len() - at);
        // Shorter ones are words.
        Some(Span::new(start, behind)).filter(|word| word.len() > "http://".len())
    });
    let found = words.flat_map(move |word| {
        let colons = memchr_iter(b':', word.of(prose).as_bytes()).map(move |at| word.start + at);
        colons.filter(move |&at| prose[at..].starts_with("://")).filter_map(move |at| {
            let scheme = ["https", "http"].into_iter().find(|scheme| prose[..at].ends_with(scheme))?;
            let span = Span::new(at - scheme.len(), word.end);
            span.of(prose).contains('?').then(|| document.prose.source_span(span))
        })
    });
    let linked = move |span: Span| document.links.iter().any(|link| link.span.overlaps(span));
    let trimmed = move |span: Span| {
        let kept = span.of(text).trim_end_matches(['.', ',', ';', ':', '!', '*', '_']).len();
        Span::new(span.start, span.start + kept)
    };
    found.filter(move |&span| !linked(span)).map(trimmed)
}
