//! Shortcodes in square brackets, as WordPress, its page builders and forums have them.
//!
//! A word in brackets is most often an editor's: `[Syrian]`, `[sic]`. A shortcode has attributes, an end, or a name that is no
//! word.

use crate::span::Span;

/// Names that are no words, in lower case.
#[rustfmt::skip]
const NAMES: &[&str] = &[
    "wp_caption", "contact-form-7", "contact-form", "gravityform", "gravityforms", "ninja_form", "ninja_forms", "wpforms",
    "mc4wp_form", "newsletter_form", "elementor-template", "adrotate", "latexpage", "sociallocker", "googlemaps", "sourcecode",
    "nextpage", "wpvideo", "ngg", "nggallery", "metaslider", "rev_slider", "smartslider3", "tablepress", "dropcap", "pullquote",
    "one_half", "one_third", "two_third", "one_half_last", "one_third_last", "blockquote_end", "wp_ad_camp", "ad-inserter",
];

/// Names that are words too, but hardly ever alone in their line.
const WORDS: &[&str] = &["gallery", "embed", "playlist", "caption"];

/// Beginnings of the names that page builders use.
const PREFIXES: &[&str] =
    &["su_", "vc_", "et_pb_", "fusion_", "av_", "tatsu_", "cs_", "wpdm_", "woocommerce_", "mk_", "ultimate_"];

/// A bracket that may be a shortcode, with places in the text it was found in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bracket {
    /// All of it, brackets included.
    pub span: Span,
    /// Its name.
    pub name: Span,
    /// Whether it is `[/name]`.
    pub closes: bool,
    /// Whether it has attributes.
    has_attributes: bool,
    /// Whether nothing else stands in its line.
    alone: bool,
}

impl Bracket {
    /// The same, `by` bytes further on.
    pub fn shifted(self, by: usize) -> Self {
        Self { span: self.span.shifted(by), name: self.name.shifted(by), ..self }
    }

    /// Whether it can be nothing but a shortcode. `paired` says whether its other end is there.
    pub fn is_sure(&self, text: &str, paired: bool) -> bool {
        let name = self.name.of(text).to_lowercase();
        let known = NAMES.contains(&&*name) || PREFIXES.iter().any(|prefix| name.starts_with(prefix));
        known || paired || self.has_attributes || self.alone && WORDS.contains(&&*name)
    }
}

/// All brackets in `text` that may be shortcodes.
pub fn all(text: &str) -> impl Iterator<Item = Bracket> + '_ {
    memchr::memchr_iter(b'[', text.as_bytes()).filter_map(|at| read(text, at))
}

fn read(text: &str, at: usize) -> Option<Bracket> {
    /// Longer ones are no shortcodes.
    const LONGEST: usize = 600;
    let inner = &text[at + 1..];
    let closes = inner.starts_with('/');
    let start = at + 1 + usize::from(closes);
    let length = text[start..].find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(0);
    let name = Span::new(start, start + length);
    if length == 0 || !text[start..].starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let rest = &text[name.end..];
    // BBCode: `[url=https://…]`.
    let value = rest.starts_with('=');
    let end = name.end + rest.find(']').filter(|&end| end <= LONGEST)?;
    let attributes = Span::new(name.end, end).of(text);
    if !(attributes.is_empty() || value || attributes.starts_with(char::is_whitespace) || attributes == "/") {
        return None;
    }
    let has_attributes = !closes && is_attributes(attributes);
    // `[Syrian forces]` is prose.
    if !has_attributes && !value && !attributes.trim_matches([' ', '/']).is_empty() {
        return None;
    }
    let span = Span::new(at, end + 1);
    let before = text[..at].rsplit('\n').next().unwrap_or("");
    let after = text[span.end..].split('\n').next().unwrap_or("");
    let alone = before.trim().is_empty() && after.trim().is_empty();
    Some(Bracket { span, name, closes, has_attributes, alone })
}

/// Whether `text` begins with ` name="value"`, whatever quotation marks became of the quotes.
fn is_attributes(text: &str) -> bool {
    let text = text.trim_start();
    let Some((name, value)) = text.split_once('=') else { return false };
    let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    named && value.starts_with(|c: char| "\"'“”„″«’‘".contains(c) || c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sure(text: &str) -> Vec<&str> {
        let found: Vec<Bracket> = all(text).collect();
        let paired = |bracket: &Bracket| {
            found.iter().any(|other| other.name.of(text) == bracket.name.of(text) && other.closes != bracket.closes)
        };
        found
            .iter()
            .filter(|bracket| bracket.is_sure(text, paired(bracket)))
            .map(|bracket| bracket.span.of(text))
            .collect()
    }

    #[test]
    fn shortcodes_have_attributes_an_end_or_a_name_that_is_no_word() {
        assert_eq!(
            sure("é [caption id=\"a\" align=alignleft]x[/caption]"),
            ["[caption id=\"a\" align=alignleft]", "[/caption]"]
        );
        assert_eq!(sure("[button link=”http://a.example/b” type=”big”] Send[/button]").len(), 2);
        assert_eq!(sure("[gallery]\n[vc_row]\n[su_note]a"), ["[gallery]", "[vc_row]", "[su_note]"]);
        assert_eq!(sure("[b]so[/b] and [url=https://a.example]it[/url]").len(), 4);
    }

    #[test]
    fn words_in_brackets_are_an_editors() {
        for text in [
            "[Syrian] forces [sic] [the gallery] and a [gallery] of [b]",
            "[1] [x] [ ] [Smith 2004] [a=b] [see p. 3] [if x = y]",
            "[data-name=\"x\"] selects it; a[i] and [video]",
        ] {
            assert_eq!(sure(text), [""; 0], "{text}");
        }
    }
}
