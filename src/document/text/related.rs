//! The list of related articles at the end of a saved page: where it begins, and what is left of each entry.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::line::{Line, address, markdown_link, simplified};
use super::{RelatedEntry, RelatedList};
use crate::span::Span;

/// What such lists are headed by, in lower case. Grown from the headings that news sites and blog themes print.
#[rustfmt::skip]
static HEADINGS: &[&str] = &[
    // English
    "related", "related articles", "related article", "related posts", "related post", "related stories", "related story",
    "related content", "related news", "related coverage", "related reading", "related reads", "related links",
    "you may also like", "you might also like", "you may also enjoy", "you might also enjoy", "you may like",
    "you may also be interested in", "you might also be interested in", "you might be interested in", "more like this",
    "read next", "what to read next", "read more", "read also", "also read", "see also", "recommended",
    "recommended reading", "recommended articles", "recommended stories", "recommended for you", "more stories",
    "more articles", "more to read", "more on this topic", "more on this story", "more stories like this one", "keep reading",
    "don't miss", "similar articles", "similar posts", "similar stories", "we recommend", "from around the web",
    // German
    "ähnliche artikel", "ähnliche beiträge", "verwandte artikel", "weitere artikel", "mehr zum thema", "lesen sie auch",
    "lies auch", "auch interessant", "das könnte sie auch interessieren", "das könnte dich auch interessieren",
    // French
    "articles similaires", "articles liés", "articles connexes", "à lire aussi", "lire aussi", "à lire également",
    "sur le même sujet", "vous aimerez aussi", "dans la même rubrique",
    // Spanish, Portuguese
    "artículos relacionados", "noticias relacionadas", "entradas relacionadas", "contenido relacionado", "lee también",
    "te puede interesar", "también te puede interesar", "artigos relacionados", "notícias relacionadas", "posts relacionados",
    "leia também", "veja também", "você pode gostar", "você também pode gostar",
    // Italian
    "articoli correlati", "leggi anche", "potrebbe interessarti", "potrebbe interessarti anche", "ti potrebbe interessare",
    // Dutch, Swedish, Danish, Norwegian
    "gerelateerde artikelen", "lees ook", "lees verder", "meer over dit onderwerp", "relaterade artiklar", "läs också",
    "läs även", "läs mer", "relaterede artikler", "læs også", "relaterte artikler", "les også",
    // Polish, Russian, Turkish
    "powiązane artykuły", "podobne artykuły", "czytaj także", "czytaj też", "przeczytaj także", "zobacz także",
    "читайте также", "похожие статьи", "похожие материалы", "материалы по теме", "по теме", "ilgili haberler",
    "ilgili yazılar", "benzer yazılar", "ilgili içerikler",
    // Japanese, Chinese, Korean
    "関連記事", "あわせて読みたい", "おすすめ記事", "相关文章", "相關文章", "相关阅读", "推荐阅读", "延伸阅读", "관련 기사",
];

/// A related article's teaser is shorter than this, a paragraph of the body may be longer.
const LONGEST_TEASER: usize = 450;

/// A sentence shorter than this makes no entry by itself.
const SHORTEST_TEASER: usize = 60;

/// A line without end mark and shorter than this is a title, a longer one a teaser.
const LONGEST_TITLE: usize = 150;

/// The list of related articles among `lines` from index `from`: its heading stands below two paragraphs at least, and nothing
/// below it is as long as a paragraph can be.
pub(super) fn read(lines: &[Line], from: usize) -> Option<RelatedList> {
    let tail = lines.iter().rposition(|line| line.weight > LONGEST_TEASER).map_or(from, |last| last + 1).max(from);
    let mut paragraphs = lines[..tail].iter().filter(|line| line.is_paragraph()).count();
    for (index, line) in lines.iter().enumerate().skip(tail) {
        paragraphs += usize::from(line.is_paragraph());
        if paragraphs >= 2 && is_heading(line) {
            let entries = entries(&lines[index + 1..]);
            if !entries.is_empty() {
                return Some(RelatedList { heading: line.span, entries });
            }
        }
    }
    None
}

/// The same, to look up.
static KNOWN: LazyLock<FxHashSet<&str>> = LazyLock::new(|| HEADINGS.iter().copied().collect());

/// Those in ASCII are no longer than this, in bytes.
const LONGEST_ASCII: usize = 31;

/// Whether a heading of this text stands above a list of related articles.
pub fn is_related_heading(text: &str) -> bool {
    // Longer ones are none; most headings are looked at no further.
    if text.len() > 120 {
        return false;
    }
    if !text.is_ascii() {
        return KNOWN.contains(simplified(text).as_str());
    }
    // The same, without a text made for it.
    let bare = text.trim_matches(|c: char| !c.is_ascii_alphanumeric()).as_bytes();
    let mut lower = [0; LONGEST_ASCII];
    let Some(lower) = lower.get_mut(..bare.len()) else { return false };
    lower.copy_from_slice(bare);
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).is_ok_and(|lower| KNOWN.contains(lower))
}

fn is_heading(line: &Line) -> bool {
    line.weight <= 60 && KNOWN.contains(line.simplified().as_str())
}

fn entries(lines: &[Line]) -> Vec<RelatedEntry> {
    let mut list = Entries::default();
    for line in lines {
        if line.is_foot() {
            break;
        }
        if line.is_chrome() || is_heading(line) {
            continue;
        }
        if !list.add(line) {
            break;
        }
    }
    list.entries
}

/// What a line in the list is.
enum Part {
    Date(Span),
    Link(Span),
    /// A Markdown link: its text, its destination, and the words behind it.
    LinkedTitle(Span, Span, Option<Span>),
    /// Words and an address behind them.
    TitleAndLink(Span, Span),
    Title(Span),
    Teaser(Span),
    /// A name, a number, a topic: nothing that makes an entry.
    Other,
}

#[derive(Default)]
struct Entries {
    entries: Vec<RelatedEntry>,
}

impl Entries {
    /// Takes the next line in; `false` if the list ended before it.
    fn add(&mut self, line: &Line) -> bool {
        let last = self.entries.last();
        let untold = last.is_some_and(|last| last.teaser.is_none() && last.date.is_none());
        match part(line) {
            Part::Other => {}
            Part::Date(date) => {
                if let Some(last) = self.entries.last_mut().filter(|last| last.date.is_none()) {
                    last.date = Some(date);
                    last.span = last.span.to(line.span);
                }
            }
            Part::Link(link) => match self.entries.last_mut().filter(|last| last.link.is_none()) {
                Some(last) => {
                    last.link = Some(link);
                    last.span = last.span.to(line.span);
                }
                None => self.start(line.span).link = Some(link),
            },
            Part::LinkedTitle(title, link, teaser) => {
                let entry = self.start(line.span);
                (entry.title, entry.link, entry.teaser) = (Some(title), Some(link), teaser);
            }
            Part::TitleAndLink(title, link) => {
                let entry = self.start(line.span);
                (entry.title, entry.link) = (Some(title), Some(link));
            }
            Part::Title(title) => match self.entries.last_mut().filter(|last| untold && last.title.is_none()) {
                Some(last) => {
                    last.title = Some(title);
                    last.span = last.span.to(line.span);
                }
                None => self.start(line.span).title = Some(title),
            },
            Part::Teaser(teaser) => {
                // A list of bare titles has no teasers: the text goes on.
                let bare =
                    |entry: &RelatedEntry| entry.title.is_some() && entry.teaser.is_none() && entry.link.is_none();
                if self.entries.len() >= 2 && self.entries.iter().all(bare) && line.is_paragraph() {
                    return false;
                }
                match self.entries.last_mut().filter(|last| untold && (last.title.is_some() || last.link.is_some())) {
                    Some(last) => {
                        last.teaser = Some(teaser);
                        last.span = last.span.to(line.span);
                    }
                    None if line.weight < SHORTEST_TEASER => {}
                    None => self.start(line.span).teaser = Some(teaser),
                }
            }
        }
        true
    }

    fn start(&mut self, span: Span) -> &mut RelatedEntry {
        self.entries.push(RelatedEntry { span, title: None, link: None, teaser: None, date: None });
        self.entries.last_mut().expect("one was just pushed")
    }
}

fn part(line: &Line) -> Part {
    let words = without_bullet(line);
    // Spans of a line's own text; `place` takes them into the source.
    let text = line.text;
    let place = |span: Span| span.shifted(line.span.start);
    if let Some(link) = markdown_link(text, words) {
        let rest = Span::new(link.whole.end, words.end);
        let behind = rest.of(text).trim_start_matches(|c: char| c.is_whitespace() || "-–—:|".contains(c));
        let teaser = (!behind.is_empty()).then(|| Span::new(text.len() - behind.len(), text.len()));
        return Part::LinkedTitle(place(link.text), place(link.destination), teaser.map(place));
    }
    if let Some(link) = address(text, words) {
        let before = Span::new(words.start, link.start);
        let title = before.of(text).trim_end_matches(|c: char| c.is_whitespace() || "-–—:|(<".contains(c));
        return if title.is_empty() {
            Part::Link(place(link))
        } else {
            Part::TitleAndLink(place(Span::new(words.start, words.start + title.len())), place(link))
        };
    }
    let words_text = words.of(text);
    if words_text.starts_with('/') && !words_text.contains(char::is_whitespace) && words_text.len() > 1 {
        return Part::Link(place(words));
    }
    if let Some(date) = line.date() {
        return Part::Date(date);
    }
    let too_short = line.weight < 15 || line.words() < 3 && line.weight < 24;
    if too_short || line.is_byline() {
        return Part::Other;
    }
    let asks = words_text.ends_with('?') && line.weight <= 100;
    if line.weight <= LONGEST_TITLE && (asks || !line.ends_sentence()) {
        Part::Title(place(words))
    } else {
        Part::Teaser(place(words))
    }
}

/// The line's own text behind `- `, `• ` or `1. `.
fn without_bullet(line: &Line) -> Span {
    let text = line.text;
    let unmarked = text.trim_start_matches(['-', '*', '•', '–', '»', '›', '→']);
    let unnumbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match unnumbered.strip_prefix(['.', ')']) {
        Some(rest) if unnumbered.len() < text.len() && rest.starts_with(' ') => rest,
        _ => unmarked,
    };
    let rest = rest.trim_start();
    Span::new(text.len() - rest.len(), text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_in_any_letter_case() {
        for heading in HEADINGS {
            assert!(!heading.is_ascii() || heading.len() <= LONGEST_ASCII, "{heading}");
            assert!(
                is_related_heading(heading) && is_related_heading(&format!("» {} :", heading.to_ascii_uppercase()))
            );
            assert!(is_related_heading(&format!("{}…", heading.replace('\'', "’"))), "{heading}");
        }
        assert!(
            !is_related_heading("A heading that is far longer than any of them, and then some")
                && !is_related_heading("")
        );
    }
}
