//! Character references of HTML that a reader sees as such: `&nbsp;`, `&#8217;`.

use crate::span::Span;

/// A character reference in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reference {
    /// All of it, from `&` to `;`.
    pub span: Span,
    /// What it stands for.
    pub character: char,
}

/// The names that articles have; `<` and `>` are left out, since whoever shows their names writes about markup.
#[rustfmt::skip]
const NAMES: &[(&str, char)] = &[
    ("amp", '&'), ("nbsp", '\u{A0}'), ("quot", '"'), ("apos", '\''), ("mdash", '—'), ("ndash", '–'), ("hellip", '…'),
    ("lsquo", '‘'), ("rsquo", '’'), ("ldquo", '“'), ("rdquo", '”'), ("sbquo", '‚'), ("bdquo", '„'), ("laquo", '«'), ("raquo", '»'),
    ("lsaquo", '‹'), ("rsaquo", '›'), ("bull", '•'), ("middot", '·'), ("copy", '©'), ("reg", '®'), ("trade", '™'), ("deg", '°'),
    ("euro", '€'), ("pound", '£'), ("cent", '¢'), ("yen", '¥'), ("sect", '§'), ("para", '¶'), ("times", '×'), ("frac12", '½'),
    ("frac14", '¼'), ("frac34", '¾'), ("shy", '\u{AD}'), ("ensp", '\u{2002}'), ("emsp", '\u{2003}'), ("thinsp", '\u{2009}'),
    ("zwnj", '\u{200C}'), ("rarr", '→'), ("larr", '←'), ("iexcl", '¡'), ("iquest", '¿'), ("ordf", 'ª'), ("ordm", 'º'),
    ("agrave", 'à'), ("aacute", 'á'), ("acirc", 'â'), ("atilde", 'ã'), ("auml", 'ä'), ("aring", 'å'), ("aelig", 'æ'),
    ("ccedil", 'ç'), ("egrave", 'è'), ("eacute", 'é'), ("ecirc", 'ê'), ("euml", 'ë'), ("igrave", 'ì'), ("iacute", 'í'),
    ("icirc", 'î'), ("iuml", 'ï'), ("ntilde", 'ñ'), ("ograve", 'ò'), ("oacute", 'ó'), ("ocirc", 'ô'), ("otilde", 'õ'),
    ("ouml", 'ö'), ("oslash", 'ø'), ("oelig", 'œ'), ("szlig", 'ß'), ("ugrave", 'ù'), ("uacute", 'ú'), ("ucirc", 'û'), ("uuml", 'ü'),
    ("Agrave", 'À'), ("Aacute", 'Á'), ("Acirc", 'Â'), ("Atilde", 'Ã'), ("Auml", 'Ä'), ("Aring", 'Å'), ("Ccedil", 'Ç'),
    ("Egrave", 'È'), ("Eacute", 'É'), ("Ecirc", 'Ê'), ("Iacute", 'Í'), ("Ntilde", 'Ñ'), ("Oacute", 'Ó'), ("Ocirc", 'Ô'),
    ("Ouml", 'Ö'), ("Oslash", 'Ø'), ("Uacute", 'Ú'), ("Uuml", 'Ü'),
];

/// All references in `text`, in order.
pub fn all(text: &str) -> impl Iterator<Item = Reference> + '_ {
    memchr::memchr_iter(b'&', text.as_bytes()).filter_map(|at| read(text, at))
}

fn read(text: &str, at: usize) -> Option<Reference> {
    /// The longest of the names and numbers.
    const LONGEST: usize = 8;
    let rest = &text.as_bytes()[at + 1..];
    let length = rest.iter().take(LONGEST + 1).position(|&byte| byte == b';')?;
    let name = &text[at + 1..at + 1 + length];
    let character = match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16).ok()?,
                None => number.parse().ok()?,
            };
            // Windows-1252, as browsers read it.
            char::from_u32(code).filter(|c| !c.is_control() && !matches!(c, '<' | '>'))?
        }
        None => NAMES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some(Reference { span: Span::new(at, at + length + 2), character })
}

/// Whether `line` speaks of such references, and shows them on purpose.
pub fn is_about_markup(line: &str) -> bool {
    const WORDS: [&str; 9] = ["entit", "escap", "html", "xml", "encod", "markup", "character ref", "unicode", "ascii"];
    let lower = line.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_known_by_name_and_number() {
        let text = "é Tom &amp; Jerry&#8217;s caf&eacute;&#x2026;";
        let found: Vec<(&str, char)> = all(text).map(|found| (found.span.of(text), found.character)).collect();
        assert_eq!(found, [("&amp;", '&'), ("&#8217;", '’'), ("&eacute;", 'é'), ("&#x2026;", '…')]);
        assert_eq!(all("R&D; &lt; &unknown; & &; &#60; AT&T &#xD800; &#99999999;").count(), 0);
    }
}
