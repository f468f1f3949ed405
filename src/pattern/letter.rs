//! The normal form of a single character.
//!
//! Owns which characters are taken for each other. `build.rs` needs it too: it knows nothing of the crate.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Gives `emit` what `c` is in normal form: nothing, itself, or a few characters.
pub fn fold(c: char, mut emit: impl FnMut(char)) {
    match c {
        c if c.is_ascii() => emit(c.to_ascii_lowercase()),
        // Hangul syllables would fall apart into their letters.
        '가'..='힣' => emit(c),
        _ => match common(c) {
            Some(c) => emit(c),
            None => fold_any(c, emit),
        },
    }
}

/// What the commonest characters are in normal form: known without a look at the tables of Unicode.
fn common(c: char) -> Option<char> {
    Some(match c {
        'à'..='å' | 'À'..='Å' => 'a',
        'ç' | 'Ç' => 'c',
        'è'..='ë' | 'È'..='Ë' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' => 'i',
        'ñ' | 'Ñ' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' => 'u',
        '‘' | '’' | '“' | '”' | '–' | '—' | 'а'..='и' | 'к'..='я' => plain(c),
        '、' | '。' | '\u{4E00}'..='\u{9FFF}' => c,
        _ => return None,
    })
}

/// As [`fold`], by the tables of Unicode.
fn fold_any(c: char, mut emit: impl FnMut(char)) {
    decompose_compatible(c, |c| {
        if is_combining_mark(c) || is_invisible(c) {
            return;
        }
        for c in c.to_lowercase() {
            match c {
                'ß' => {
                    emit('s');
                    emit('s');
                }
                _ if is_combining_mark(c) => {}
                _ => emit(plain(c)),
            }
        }
    });
}

/// Characters that show nothing: soft hyphen, zero-width spaces and joiners, direction marks, variation selectors.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0000}'..='\u{E01EF}')
}

/// The ASCII character that `c` is drawn as: a straight quote, a hyphen, or the Latin letter that a lower-case Greek or Cyrillic one looks like, in either of its cases. Patterns go through it as
/// well, so that `реклама` still equals itself, and `Pеклама` with a Latin P too.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‛' | 'ʼ' => '\'',
        '“' | '”' | '„' | '‟' => '"',
        '‐'..='―' | '−' => '-',
        'а' | 'α' => 'a',
        'в' | 'β' => 'b',
        'с' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'ε' => 'e',
        'һ' | 'н' | 'η' => 'h',
        'і' | 'ӏ' | 'ι' | 'ı' => 'i',
        'ј' => 'j',
        'к' | 'κ' => 'k',
        'м' | 'μ' => 'm',
        'ν' => 'n',
        'о' | 'ο' => 'o',
        'р' | 'ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' => 's',
        'т' | 'τ' => 't',
        'у' | 'υ' | 'ү' => 'y',
        'ԝ' => 'w',
        'х' | 'χ' => 'x',
        'ζ' => 'z',
        'ς' => 'σ',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commonest_characters_are_what_unicode_says() {
        for (c, known) in ('\0'..=char::MAX).filter_map(|c| Some((c, common(c)?))) {
            let mut folded = Vec::new();
            fold_any(c, |c| folded.push(c));
            assert_eq!(folded, [known], "{c}");
        }
    }
}
