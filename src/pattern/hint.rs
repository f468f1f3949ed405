//! Where in a text one of many words may begin, told by a few rare bytes of each.
//!
//! Owns the choice of these bytes. A few dozen short pieces can be looked for sixteen bytes of text at a time; a thousand
//! words in all their spellings cannot.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

/// So many bytes of a word tell it from most others.
const PIECE: usize = 4;

/// More pieces than these are not told apart quickly when they are looked for at once.
const AT_ONCE: usize = 32;

/// Marks by which most words are told that hold one, of those that stand for something to be put in: rare in running text,
/// where links are without their brackets.
const MARKS: [u8; 3] = [b'[', b'$', b'%'];

/// The pieces of some words by which a text is searched.
#[derive(Debug, Default)]
pub struct Hints {
    /// The marks by which words are told, and how far from their beginning each stands.
    marks: Vec<(u8, usize)>,
    pieces: Vec<Pieces>,
}

/// Pieces that are looked for at once, and the words that each of them tells.
#[derive(Debug)]
struct Pieces {
    automaton: AhoCorasick,
    told: Vec<Vec<Told>>,
}

/// A word in lower case.
#[derive(Debug, Clone)]
struct Told {
    word: Vec<u8>,
    /// Where in it the piece stands.
    offset: usize,
}

impl Hints {
    /// What tells `words`, none of which is empty.
    pub fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let (mut marks, mut others) = (Vec::new(), Vec::new());
        for word in words {
            match word.bytes().enumerate().find(|(_, byte)| MARKS.contains(byte)) {
                Some((offset, mark)) => marks.push((mark, offset)),
                None => others.push(telling(word).to_ascii_lowercase().into_bytes()),
            }
        }
        marks.sort_unstable();
        marks.dedup();
        // Those of one length go together: a single short one would have all of them told by as few bytes.
        let chosen = choose(others);
        let alike = chosen.chunk_by(|(one, _), (next, _)| one.len() == next.len());
        let pieces = alike.flat_map(|alike| alike.chunks(AT_ONCE)).filter_map(|chunk| {
            let mut automaton = AhoCorasick::builder();
            automaton.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostFirst);
            let automaton = automaton.build(chunk.iter().map(|(piece, _)| piece)).ok()?;
            Some(Pieces { automaton, told: chunk.iter().map(|(_, told)| told.clone()).collect() })
        });
        Self { marks, pieces: pieces.collect() }
    }

    /// Calls `look` with each byte of `text` at which one of the words may begin, some of them more than once.
    pub fn each(&self, text: &str, mut look: impl FnMut(usize)) {
        if !self.marks.is_empty() {
            for at in memchr::memchr3_iter(MARKS[0], MARKS[1], MARKS[2], text.as_bytes()) {
                let told = self.marks.iter().filter(|(mark, _)| *mark == text.as_bytes()[at]);
                told.filter_map(|(_, offset)| at.checked_sub(*offset)).for_each(&mut look);
            }
        }
        let folded = if self.pieces.is_empty() { String::new() } else { text.to_ascii_lowercase() };
        for Pieces { automaton, told } in &self.pieces {
            let mut from = 0;
            while let Some(found) = automaton.find(Input::new(&folded).range(from..)) {
                // Within one piece another may begin.
                from = found.start() + 1;
                let starts = told[found.pattern()].iter().filter_map(|Told { word, offset }| {
                    let start = found.start().checked_sub(*offset)?;
                    folded.as_bytes()[start..].starts_with(word).then_some(start)
                });
                starts.for_each(&mut look);
            }
        }
    }
}

/// The rarest piece of each of `words`, which are in lower case, the shortest first, with the words that it tells. A word that
/// holds a piece of another is told by that, which keeps them few; and so none of them is the beginning of another.
fn choose(mut words: Vec<Vec<u8>>) -> Vec<(Vec<u8>, Vec<Told>)> {
    words.sort_unstable_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    words.dedup();
    let mut chosen: Vec<(Vec<u8>, Vec<Told>)> = Vec::new();
    for word in words {
        let place = |piece: &[u8]| word.windows(piece.len()).position(|window| window == piece);
        let known = chosen.iter_mut().find_map(|(piece, told)| Some((place(piece)?, told)));
        if let Some((offset, told)) = known {
            told.push(Told { word, offset });
            continue;
        }
        let windows = word.windows(PIECE.min(word.len())).enumerate();
        let rarity = |piece: &[u8]| piece.iter().map(|&byte| self::rarity(byte)).sum::<usize>();
        if let Some((offset, piece)) = windows.max_by_key(|(_, piece)| rarity(piece)) {
            chosen.push((piece.to_vec(), vec![Told { word: word.clone(), offset }]));
        }
    }
    chosen
}

/// `word` without the digits at its end, of which there are ten kinds, if it holds anything else.
fn telling(word: &str) -> &str {
    let telling = word.trim_end_matches(|c: char| c.is_ascii_digit());
    if telling.is_empty() { word } else { telling }
}

/// How rare a byte is in running text, roughly.
fn rarity(byte: u8) -> usize {
    /// The commonest first.
    const LETTERS: &[u8] = b" etaoinsrhldcumfpgybwvkxjqz";
    LETTERS.iter().position(|&letter| letter == byte).unwrap_or(LETTERS.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn words_share_their_pieces() {
        let words = ["the post ", "repost", "ite:", "oaicite:", "tk!"].map(|word| word.as_bytes().to_vec());
        let chosen = choose(words.to_vec());
        let offsets = |told: &[Told]| told.iter().map(|told| told.offset).collect::<Vec<_>>();
        let chosen: Vec<_> = chosen.iter().map(|(piece, told)| (piece.as_slice(), offsets(told))).collect();
        assert_eq!(chosen, [(&b"tk!"[..], vec![0]), (b"ite:", vec![0, 4]), (b"post", vec![2, 4])]);
    }

    proptest! {
        #[test]
        fn every_word_is_told(
            words in prop::collection::vec("[\\[abA%é0]{1,6}", 1..80),
            text in "[\\[abABé%0]{0,60}",
        ) {
            let mut told = Vec::new();
            Hints::new(words.iter().map(String::as_str)).each(&text, |at| told.push(at));
            for (at, _) in text.char_indices() {
                let begins = words.iter().any(|word| text[at..].starts_with(word.as_str()));
                prop_assert!(!begins || told.contains(&at), "{} of {:?}", at, text);
            }
        }
    }
}
