//! Encodings of one byte a character, from the character back to the byte.

/// An encoding that UTF-8 is often misread in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// Windows-1252, with the control characters of Latin-1 where it has nothing: what browsers take for Latin-1.
    Windows1252,
    /// The encoding of old Macs.
    MacRoman,
}

/// 0x80 to 0x9F of Windows-1252. Source: the WHATWG Encoding Standard.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}', '\u{90}', '‘', '’',
    '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// 0x80 to 0xFF of Mac OS Roman. Source: the WHATWG Encoding Standard, `macintosh`.
const MAC_ROMAN: &str = "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰\
ÂÊÁËÈÍÎÏÌÓÔ\u{F8FF}ÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ";

/// The byte above 0x7F that `character` is in `charset`.
pub fn byte(charset: Charset, character: char) -> Option<u8> {
    let at = match charset {
        Charset::Windows1252 if ('\u{80}'..='\u{FF}').contains(&character) => return u8::try_from(character).ok(),
        Charset::Windows1252 => WINDOWS_1252.iter().position(|&known| known == character)?,
        Charset::MacRoman if character.is_ascii() => return None,
        Charset::MacRoman => MAC_ROMAN.chars().position(|known| known == character)?,
    };
    u8::try_from(0x80 + at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_the_standard() {
        assert_eq!(MAC_ROMAN.chars().count(), 128);
        assert_eq!(byte(Charset::MacRoman, '√'), Some(0xC3));
        assert_eq!(byte(Charset::MacRoman, '‚'), Some(0xE2));
        assert_eq!(byte(Charset::MacRoman, 'ˇ'), Some(0xFF));
        assert_eq!(byte(Charset::Windows1252, '™'), Some(0x99));
        assert_eq!(byte(Charset::Windows1252, '\u{99}'), Some(0x99));
        assert_eq!(byte(Charset::Windows1252, 'Ã'), Some(0xC3));
        assert_eq!((byte(Charset::Windows1252, 'a'), byte(Charset::MacRoman, '中')), (None, None));
    }
}
