//! One line of a plain text, and what it looks like by itself: a sentence, a headline, a date, the remains of a button.

use std::cell::OnceCell;

use crate::date;
use crate::span::Span;

/// A line that is not blank.
#[derive(Debug)]
pub(crate) struct Line<'s> {
    /// Its place, white space around it left out.
    pub span: Span,
    /// Its text.
    pub text: &'s str,
    /// Its length in letters of the Latin alphabet: an ideograph says as much as three.
    pub weight: usize,
    /// Whether it is the first line, or a blank line stands before it.
    pub after_blank: bool,
    date: OnceCell<Option<Span>>,
}

/// Sentences at the foot of a page or in its margins are shorter than this; paragraphs seldom are.
const PARAGRAPH: usize = 160;

/// A line with a date and more than this besides it is no date line.
const BESIDE_DATE: usize = 90;

/// What stands at the foot of a page below everything else, by its beginning, in lower case.
static FOOT: &[&str] = &[
    "©",
    "(c) ",
    "copyright",
    "all rights reserved",
    "comments",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "newsletter",
    "subscribe",
    "sign up",
    "most popular",
    "most read",
    "trending",
    "popular posts",
    "categories",
    "tags",
    "archives",
    "about us",
    "about the author",
    "contact us",
    "privacy policy",
    "terms of",
    "cookie",
    "follow us",
    "advertise with",
    "join the conversation",
    "share your thoughts",
    "latest news",
    "back to top",
];

impl<'s> Line<'s> {
    /// The lines within `body` that are not blank.
    pub fn all(text: &'s str, body: Span) -> Vec<Self> {
        let mut lines = Vec::new();
        let mut after_blank = true;
        let mut start = body.start;
        for full in body.of(text).split_inclusive('\n') {
            let span = Span::new(start, start + full.len()).trimmed(text);
            start += full.len();
            if span.is_empty() {
                after_blank = true;
                continue;
            }
            let line = span.of(text);
            lines.push(Self { span, text: line, weight: weight(line), after_blank, date: OnceCell::new() });
            after_blank = false;
        }
        lines
    }

    /// Whether it ends as a sentence does.
    pub fn ends_sentence(&self) -> bool {
        let end = self.text.trim_end_matches(|c: char| "\"'”’»)]“』」*".contains(c));
        end.ends_with(['.', '!', '?', '…', '。', '！', '？'])
    }

    /// Whether it is a paragraph of running text.
    pub fn is_paragraph(&self) -> bool {
        let ideographs = self.weight > 2 * self.text.chars().count();
        self.weight >= PARAGRAPH && self.ends_sentence() && (ideographs || self.words() >= 20) && !self.has_fields()
    }

    /// How many words it has.
    pub fn words(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// The date in it, if it is a date line: a date, and beside it at most a label, a name or a reading time.
    pub fn date(&self) -> Option<Span> {
        *self.date.get_or_init(|| {
            if self.has_markup() || self.has_fields() {
                return None;
            }
            let (date, _) = date::find(self.text)?;
            let beside = weight(&self.text[..date.start]) + weight(&self.text[date.end..]);
            let sentence = self.ends_sentence() && self.words() > 8;
            (beside <= BESIDE_DATE && !sentence).then(|| date.shifted(self.span.start))
        })
    }

    /// Whether it could be a headline.
    pub fn is_headline(&self) -> bool {
        let long_enough = self.words() >= 4 || self.weight >= 24;
        long_enough
            && (12..=220).contains(&self.weight)
            && !self.text.ends_with([':', ',', ';', '/', '|', '>', '›', '»'])
            && !self.text.starts_with('©')
            && !self.text.contains(" > ")
            && !self.has_markup()
            && !self.has_fields()
            && !self.is_byline()
            && !self.is_chrome()
            && !self.text.contains("://")
            && self.date().is_none()
    }

    /// Whether it begins like Markdown, code or a list.
    pub fn has_markup(&self) -> bool {
        let mut chars = self.text.chars();
        let first = chars.next().unwrap_or(' ');
        "#>*|<{}[]`~=+$;\\/".contains(first) || (matches!(first, '-' | '•' | '–') && chars.next() == Some(' '))
    }

    /// Whether it holds fields of a table: tabs, or commas without a space behind them.
    fn has_fields(&self) -> bool {
        let bare = |pair: &[u8]| pair[0] == b',' && !pair[1].is_ascii_whitespace() && pair[1].is_ascii();
        let digits = |pair: &[u8]| pair[1].is_ascii_digit();
        self.text.contains('\t')
            || self.text.as_bytes().windows(2).filter(|pair| bare(pair) && !digits(pair)).count() >= 2
            || self.text.contains(",\"") && self.text.contains("\",")
    }

    /// Whether it names an author or an account.
    pub fn is_byline(&self) -> bool {
        let lower = self.text.to_lowercase();
        let by = [
            "by ",
            "von ",
            "par ",
            "por ",
            "di ",
            "door ",
            "av ",
            "af ",
            "autor:",
            "author:",
            "written by ",
            "words by ",
        ];
        self.text.starts_with('@') || (self.words() <= 8 && by.iter().any(|by| lower.starts_with(by)))
    }

    /// Whether it may be nothing but names: few words, each with a capital.
    pub fn is_all_names(&self) -> bool {
        let capital = |word: &str| word == "and" || word == "for" || word.starts_with(char::is_uppercase);
        self.words() <= 8 && self.text.split_whitespace().all(capital) && !self.ends_sentence()
    }

    /// Whether it is what is left of a page's furniture: an advertising marker or a row of sharing buttons.
    pub fn is_chrome(&self) -> bool {
        self.is_marker() || self.is_share_bar()
    }

    /// Whether it is an advertising marker.
    pub fn is_marker(&self) -> bool {
        const MARKERS: [&str; 16] = [
            "advertisement",
            "advertisements",
            "advertising",
            "advert",
            "ad",
            "ads",
            "sponsored",
            "sponsored content",
            "anzeige",
            "werbung",
            "publicité",
            "publicidad",
            "pubblicità",
            "publicidade",
            "reklama",
            "реклама",
        ];
        self.weight <= 40 && MARKERS.contains(&self.simplified().as_str())
    }

    /// Whether it is a row of sharing buttons.
    pub fn is_share_bar(&self) -> bool {
        const BUTTONS: [&str; 31] = [
            "facebook",
            "twitter",
            "reddit",
            "linkedin",
            "pinterest",
            "whatsapp",
            "telegram",
            "email",
            "e-mail",
            "mail",
            "share",
            "sharing",
            "tweet",
            "print",
            "copy",
            "messenger",
            "tumblr",
            "flipboard",
            "pocket",
            "instagram",
            "threads",
            "bluesky",
            "mastodon",
            "google+",
            "pin",
            "xing",
            "teilen",
            "drucken",
            "partager",
            "compartir",
            "condividi",
        ];
        const BETWEEN: [&str; 14] = [
            "x", "on", "this", "article", "via", "link", "line", "with", "show", "more", "options", "it", "to", "page",
        ];
        if self.weight > 120 {
            return false;
        }
        let lower = self.text.to_lowercase();
        let words = || lower.split(|c: char| c.is_whitespace() || "|/·•,:".contains(c)).filter(|word| !word.is_empty());
        words().count() >= 2
            && words().all(|word| BUTTONS.contains(&word) || BETWEEN.contains(&word))
            && words().any(|word| BUTTONS.contains(&word))
    }

    /// Whether it belongs to the foot of a page: rights, comments, newsletters, further menus.
    pub fn is_foot(&self) -> bool {
        let lower = self.text.to_lowercase();
        self.weight <= 120 && FOOT.iter().any(|word| lower.starts_with(word)) || lower.contains("all rights reserved")
    }

    /// It in lower case, with plain apostrophes and without the decoration around it.
    pub fn simplified(&self) -> String {
        simplified(self.text)
    }
}

/// A text in lower case, with plain apostrophes and without the decoration around it.
pub(super) fn simplified(text: &str) -> String {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric());
    let lower = bare.to_lowercase();
    if lower.is_ascii() { lower } else { lower.replace('’', "'") }
}

/// The length of a text in letters of the Latin alphabet.
pub(super) fn weight(text: &str) -> usize {
    text.chars()
        .map(|c| {
            if matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}') { 3 } else { 1 }
        })
        .sum()
}

/// A link in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MarkdownLink {
    /// All of it.
    pub whole: Span,
    /// What a reader clicks.
    pub text: Span,
    /// Where it leads.
    pub destination: Span,
}

/// The first `[text](destination)` within `line`.
pub(super) fn markdown_link(text: &str, line: Span) -> Option<MarkdownLink> {
    let slice = line.of(text);
    let at = |start: usize, end: usize| Span::new(line.start + start, line.start + end);
    let mut from = 0;
    while let Some(found) = slice[from..].find("](") {
        let middle = from + found;
        let target = middle + "](".len();
        let open = slice[from..middle].rfind('[').map(|open| from + open);
        // A destination ends where it must, so that many openings without an end cost one pass.
        let length = slice[target..].find(|c: char| c.is_whitespace() || ")[]".contains(c));
        let closed = length.filter(|&length| length > 0 && slice[target + length..].starts_with(')'));
        if let (Some(open), Some(length)) = (open, closed) {
            let end = target + length;
            return Some(MarkdownLink {
                whole: at(open, end + 1),
                text: at(open + 1, middle),
                destination: at(target, end),
            });
        }
        from = target;
    }
    None
}

/// The first `http://…` or `https://…` within `line`.
pub(super) fn address(text: &str, line: Span) -> Option<Span> {
    let slice = line.of(text);
    let mut from = 0;
    while let Some(found) = slice[from..].find("http") {
        let start = from + found;
        let rest = &slice[start..];
        from = start + "http".len();
        let scheme = if rest.starts_with("https://") { "https://" } else { "http://" };
        let glued = slice[..start].chars().next_back().is_some_and(char::is_alphanumeric);
        if glued || !rest.starts_with(scheme) {
            continue;
        }
        let end = rest.find(|c: char| c.is_whitespace() || "<>\"“”„«»`|".contains(c)).unwrap_or(rest.len());
        let mut written = &rest[..end];
        let mut surplus = written.matches(')').count().saturating_sub(written.matches('(').count());
        // Punctuation behind an address belongs to the sentence; a bracket does unless it was opened in the address.
        while let Some(last) = written.chars().next_back() {
            if last == ')' && surplus > 0 {
                surplus -= 1;
            } else if !".,;:!?'’]*_…".contains(last) {
                break;
            }
            written = &written[..written.len() - last.len_utf8()];
        }
        if written.len() > scheme.len() {
            return Some(Span::new(line.start + start, line.start + start + written.len()));
        }
    }
    None
}
