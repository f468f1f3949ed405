//! The language of an article: what it says itself, else what its commonest words say.
//!
//! Owns the guess, which only has to be good enough to tell whether a word is a label or an everyday word.

use crate::document::Document;
use crate::document::front_matter::Data;

/// Keys of front matter that name the language.
const KEYS: &[&str] = &["lang", "language", "locale"];

/// So much of an article, in bytes, is enough to tell.
const SAMPLE: usize = 6_000;

/// Words that hardly a sentence does without, and that other languages of the list do not use as much.
const WORDS: &[(&str, &[&str])] = &[
    ("en", &["the", "of", "and", "to", "is", "that", "was", "with", "for", "from", "it", "by"]),
    ("de", &["der", "die", "und", "das", "ist", "nicht", "ein", "eine", "mit", "auf", "den", "von", "zu", "im"]),
    ("fr", &["le", "les", "des", "et", "est", "une", "dans", "du", "pour", "que", "qui", "au", "sur", "pas"]),
    ("es", &["el", "los", "las", "y", "del", "una", "por", "con", "que", "se", "en", "para", "es", "su"]),
    ("it", &["il", "di", "che", "della", "per", "una", "con", "sono", "gli", "nel", "è", "non", "del", "alla"]),
    ("pt", &["o", "os", "as", "e", "do", "da", "uma", "não", "em", "com", "para", "que", "ao", "dos"]),
    ("nl", &["het", "een", "van", "en", "dat", "niet", "op", "zijn", "met", "voor", "aan", "ook", "bij"]),
    ("sv", &["och", "att", "det", "som", "en", "är", "på", "inte", "med", "för", "av", "till", "ett"]),
    ("da", &["og", "at", "det", "som", "er", "på", "ikke", "med", "af", "til", "et", "har", "blev"]),
    ("no", &["og", "å", "det", "som", "er", "på", "ikke", "med", "av", "til", "et", "har", "ble"]),
    ("fi", &["ja", "on", "ei", "että", "oli", "se", "hän", "kun", "mutta", "myös"]),
    ("pl", &["i", "w", "na", "nie", "się", "z", "do", "jest", "że", "to", "od"]),
    ("cs", &["a", "v", "na", "se", "je", "že", "to", "s", "do", "za", "jsou"]),
    ("ro", &["și", "în", "de", "la", "nu", "este", "cu", "care", "pe", "din", "o"]),
    ("hr", &["i", "u", "je", "na", "se", "da", "za", "su", "od", "ne", "koji"]),
    ("sl", &["in", "je", "na", "da", "se", "so", "za", "ki", "ne", "pa", "v"]),
    ("ca", &["el", "els", "i", "la", "que", "amb", "per", "les", "dels", "no", "una", "és"]),
    ("sq", &["dhe", "të", "në", "për", "një", "me", "që", "është", "nga"]),
];

/// The language of `document`, as in `de`.
pub fn of(document: &Document) -> Option<String> {
    stated(document).or_else(|| guessed(document.prose.text()).map(str::to_owned))
}

fn stated(document: &Document) -> Option<String> {
    let front_matter = document.front_matter.as_ref()?;
    let value = KEYS.iter().find_map(|key| front_matter.map.get(key))?;
    let Data::String(tag) = &value.data else { return None };
    let tag = tag.split(['-', '_']).next()?.to_lowercase();
    (2..=3).contains(&tag.len()).then_some(tag)
}

/// The language whose words are the commonest in the beginning of `text`, if one stands out.
fn guessed(text: &str) -> Option<&'static str> {
    let end = (SAMPLE.min(text.len())..=text.len()).find(|&end| text.is_char_boundary(end)).unwrap_or(text.len());
    let mut scores = [0_usize; WORDS.len()];
    let mut total = 0;
    for word in text[..end].split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty() && word.len() <= 8) {
        let word = word.to_lowercase();
        total += 1;
        for (score, (_, words)) in scores.iter_mut().zip(WORDS) {
            *score += usize::from(words.contains(&word.as_str()));
        }
    }
    let best = (0..WORDS.len()).max_by_key(|&index| scores[index])?;
    let second = (0..WORDS.len()).filter(|&index| index != best).map(|index| scores[index]).max().unwrap_or(0);
    // One word in twelve, and more than any other language has.
    (scores[best] >= 3 && scores[best] * 12 >= total && scores[best] > second).then_some(WORDS[best].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_or_two_are_enough() {
        for (language, text) in [
            ("en", "The path begins behind the church, and it ends at the lake. That was all of it."),
            ("de", "Der Weg beginnt hinter der Kirche und endet am See. Das ist nicht weit von der Stadt."),
            ("fr", "Le chemin commence derrière l'église et les barques sont dans le port. Il est une heure."),
            ("es", "El camino empieza en la iglesia y las barcas están en el puerto. Se alquilan por horas."),
            ("da", "Vejen begynder ved kirken og ender ved søen. Det er ikke langt, og det blev brugt af mange."),
            ("nl", "Het pad begint achter de kerk en eindigt bij het meer. Dat is niet ver van de stad."),
        ] {
            assert_eq!(guessed(text), Some(language), "{text}");
        }
        assert_eq!(guessed("ADVERTISEMENT"), None);
        assert_eq!(guessed(""), None);
        assert_eq!(guessed("広告の後にも続きます"), None);
    }
}
