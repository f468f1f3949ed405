//! Where signs stand in a source that most markup begins with.
//!
//! What several readers of a document look for begins with one of a few bytes. Each is looked for once, when first asked
//! for: of a text that has none of them, nothing needs to be read again.

use std::sync::OnceLock;

/// The places of a few bytes in a text, each in order.
#[derive(Debug, Default)]
pub(super) struct Places {
    angles: OnceLock<Vec<usize>>,
    braces: OnceLock<Vec<usize>>,
    brackets: OnceLock<Vec<usize>>,
    leads: OnceLock<Vec<usize>>,
}

impl Places {
    /// Where `<` stands in `text`.
    pub fn angles(&self, text: &str) -> &[usize] {
        self.angles.get_or_init(|| memchr::memchr_iter(b'<', text.as_bytes()).collect())
    }

    /// Where `{` stands in `text`; of several in a row, the last.
    pub fn braces(&self, text: &str) -> &[usize] {
        self.braces.get_or_init(|| braces(text.as_bytes()))
    }

    /// Where `[` stands in `prose`.
    pub fn brackets(&self, prose: &str) -> &[usize] {
        self.brackets.get_or_init(|| memchr::memchr_iter(b'[', prose.as_bytes()).collect())
    }

    /// Where a character that is not ASCII begins in `text`.
    pub fn beyond_ascii(&self, text: &str) -> &[usize] {
        self.leads.get_or_init(|| leads(text.as_bytes()))
    }
}

/// The offsets of `{` that none follows. Templates have two of them each.
fn braces(bytes: &[u8]) -> Vec<usize> {
    let (mut braces, mut from) = (Vec::new(), 0);
    while let Some(found) = memchr::memchr(b'{', &bytes[from..]) {
        let first = from + found;
        let count = bytes[first..].iter().take_while(|byte| **byte == b'{').count();
        from = first + count;
        braces.push(from - 1);
    }
    braces
}

/// The offsets of the first bytes of characters that are not ASCII.
fn leads(bytes: &[u8]) -> Vec<usize> {
    let mut leads = Vec::new();
    if bytes.is_ascii() {
        return leads;
    }
    // Such characters are few: most chunks have none.
    let (chunks, rest) = bytes.as_chunks::<64>();
    for (index, chunk) in chunks.iter().enumerate().filter(|(_, chunk)| !chunk.is_ascii()) {
        for (word, eight) in chunk.as_chunks::<8>().0.iter().enumerate() {
            // Of the eight bytes those with both their highest bits set.
            let word_bits = u64::from_le_bytes(*eight);
            let mut found = word_bits & (word_bits << 1) & 0x8080_8080_8080_8080;
            while found != 0 {
                leads.push(index * 64 + word * 8 + (found.trailing_zeros() / 8) as usize);
                found &= found - 1;
            }
        }
    }
    let start = bytes.len() - rest.len();
    leads.extend((start..).zip(rest).filter(|(_, byte)| **byte >= 0xC0).map(|(at, _)| at));
    leads
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn every_character_beyond_ascii_is_found(text in "([a ]{0,70}[éß日😀\u{7F}\u{80}]{0,9}){0,5}[a-z]{0,70}") {
            let expected: Vec<usize> =
                text.char_indices().filter(|(_, c)| !c.is_ascii()).map(|(at, _)| at).collect();
            let places = Places::default();
            prop_assert_eq!(places.beyond_ascii(&text), expected);
        }
    }

    #[test]
    fn the_signs_are_found_in_order() {
        let places = Places::default();
        let text = "a < é{b<\r\n{{ x }}{";
        assert_eq!(places.angles(text), [2, 8]);
        assert_eq!(places.braces(text), [6, 12, 18]);
        assert_eq!(places.brackets("é[x[1]"), [2, 4]);
        assert_eq!(Places::default().angles("none"), [0; 0]);
    }
}
