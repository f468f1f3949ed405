//! Where in a text one of many words may begin.
//!
//! Owns the cheapest ways to tell. A few short words can be looked for sixteen bytes of text at a time; a thousand words in
//! all their spellings cannot. But a word of some length covers one of a few places that lie far apart, so that only these
//! have to be looked at.

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};

/// Words of so many bytes are told by samples.
const LONG: usize = 12;

/// So many bytes make a sample.
const SAMPLE: usize = 5;

/// So many samples of each word are known, and so far apart are the places that are looked at: a word covers one of them.
const STRIDE: usize = LONG - SAMPLE + 1;

/// So many bytes of a short word tell it from most others.
const PIECE: usize = 4;

/// More pieces than these are not told apart quickly when they are looked for at once.
const AT_ONCE: usize = 32;

/// Marks by which most words are told that hold one, of those that stand for something to be put in: rare in running text,
/// where links are without their brackets.
const MARKS: [u8; 3] = [b'[', b'$', b'%'];

/// What tells some words in a text.
#[derive(Debug, Default)]
pub struct Hints {
    /// The marks by which words are told, and how far from their beginning each stands.
    marks: Vec<(u8, usize)>,
    pieces: Vec<Pieces>,
    samples: Option<Samples>,
}

/// Pieces that are looked for at once, and the words that each of them tells.
#[derive(Debug)]
struct Pieces {
    automaton: AhoCorasick,
    told: Vec<Vec<Told>>,
}

/// A word that is told by a piece of it.
#[derive(Debug, Clone)]
struct Told {
    word: Vec<u8>,
    /// Where in it the piece stands.
    offset: usize,
}

impl Hints {
    /// What tells `words`, none of which is empty.
    pub fn new<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let (mut marks, mut long, mut short) = (Vec::new(), Vec::new(), Vec::new());
        for word in words {
            match word.bytes().enumerate().find(|(_, byte)| MARKS.contains(byte)) {
                Some((offset, mark)) => marks.push((mark, offset)),
                None if word.len() >= LONG => long.push(word.as_bytes()),
                None => short.push(telling(word).as_bytes().to_vec()),
            }
        }
        marks.sort_unstable();
        marks.dedup();
        // Those of one length go together: a single short one would have all of them told by as few bytes.
        let chosen = choose(short);
        let alike = chosen.chunk_by(|(one, _), (next, _)| one.len() == next.len());
        let pieces = alike.flat_map(|alike| alike.chunks(AT_ONCE)).filter_map(|chunk| {
            let mut automaton = AhoCorasick::builder();
            automaton.kind(Some(AhoCorasickKind::DFA)).match_kind(MatchKind::LeftmostFirst);
            let automaton = automaton.build(chunk.iter().map(|(piece, _)| piece)).ok()?;
            Some(Pieces { automaton, told: chunk.iter().map(|(_, told)| told.clone()).collect() })
        });
        let pieces = pieces.collect();
        Self { marks, pieces, samples: (!long.is_empty()).then(|| Samples::new(&long)) }
    }

    /// Calls `look` with each byte of `text` at which one of the words may begin, some of them more than once.
    pub fn each(&self, text: &[u8], mut look: impl FnMut(usize)) {
        if !self.marks.is_empty() {
            for at in memchr::memchr3_iter(MARKS[0], MARKS[1], MARKS[2], text) {
                let told = self.marks.iter().filter(|(mark, _)| *mark == text[at]);
                told.filter_map(|(_, offset)| at.checked_sub(*offset)).for_each(&mut look);
            }
        }
        for Pieces { automaton, told } in &self.pieces {
            let mut from = 0;
            while let Some(found) = automaton.find(Input::new(text).range(from..)) {
                // Within one piece another may begin.
                from = found.start() + 1;
                let starts = told[found.pattern()].iter().filter_map(|Told { word, offset }| {
                    let start = found.start().checked_sub(*offset)?;
                    text[start..].starts_with(word).then_some(start)
                });
                starts.for_each(&mut look);
            }
        }
        if let Some(samples) = &self.samples {
            samples.each(text, look);
        }
    }
}

/// Samples of long words.
#[derive(Debug)]
struct Samples {
    /// Which samples are worth a second look: a bit for each, which some of them share.
    bits: Box<[u64; Self::WORDS]>,
    /// The samples in order, each with how far from the beginning of a word it may stand, and how that word begins.
    known: Vec<(Sample, usize, Sample)>,
}

/// The bytes of a sample, the first one the lowest.
type Sample = u64;

impl Samples {
    /// 2^16 bits: 8 KiB stay in the fastest memory.
    const BITS: u32 = 16;
    const WORDS: usize = 1 << (Self::BITS - 6);

    /// Those of `words`, each of which is [`LONG`].
    fn new(words: &[&[u8]]) -> Self {
        let (mut known, mut bits) = (Vec::new(), Box::new([0; Self::WORDS]));
        for samples in words.iter().map(|word| word.windows(SAMPLE).take(STRIDE).filter_map(sample_at)) {
            let first = samples.clone().next().unwrap_or_default();
            known.extend(samples.enumerate().map(|(offset, sample)| (sample, offset, first)));
        }
        known.sort_unstable();
        known.dedup();
        for (sample, ..) in &known {
            let (word, bit) = Self::bit(*sample);
            bits[word] |= bit;
        }
        Self { bits, known }
    }

    fn each(&self, text: &[u8], mut look: impl FnMut(usize)) {
        // Of any STRIDE places that follow each other one is that many times STRIDE away from the beginning of the text, and
        // there one of the samples of a word stands.
        let (places, rest) = text.as_chunks::<STRIDE>();
        let mut from = 0;
        while let Some(next) = places[from..].iter().position(|place| self.may_know(sample_of(*place))) {
            let index = from + next;
            self.starts(text, sample_of(places[index]), index * STRIDE).for_each(&mut look);
            from = index + 1;
        }
        if let Some(sample) = sample_at(rest) {
            self.starts(text, sample, text.len() - rest.len()).for_each(&mut look);
        }
    }

    #[inline]
    fn may_know(&self, sample: Sample) -> bool {
        let (word, bit) = Self::bit(sample);
        self.bits[word] & bit != 0
    }

    /// Where words may begin in `text` of which `sample`, which stands at byte `at`, is a part.
    fn starts(&self, text: &[u8], sample: Sample, at: usize) -> impl Iterator<Item = usize> {
        let first = self.known.partition_point(|(known, ..)| *known < sample);
        let known = self.known[first..].iter().take_while(move |(known, ..)| *known == sample);
        known.filter_map(move |(_, offset, first)| {
            let start = at.checked_sub(*offset)?;
            (sample_at(&text[start..]) == Some(*first)).then_some(start)
        })
    }

    /// The word of the bit for `sample`, and the bit in it.
    #[inline]
    fn bit(sample: Sample) -> (usize, u64) {
        // Fibonacci hashing: the upper bits of a product with 2^64 / φ.
        let hash = (sample.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (u64::BITS - Self::BITS)) as usize;
        (hash / 64, 1 << (hash % 64))
    }
}

/// The sample with which `place` begins.
#[inline]
fn sample_of(place: [u8; STRIDE]) -> Sample {
    u64::from_le_bytes(place) & ((1 << (8 * SAMPLE)) - 1)
}

/// The sample with which `bytes` begin, if there are enough of them.
fn sample_at(bytes: &[u8]) -> Option<Sample> {
    let mut place = [0; STRIDE];
    place[..SAMPLE].copy_from_slice(bytes.get(..SAMPLE)?);
    Some(sample_of(place))
}

/// The rarest piece of each of `words`, the shortest first, with the words that it tells. A word that holds a piece of another
/// is told by that, which keeps them few; and so none of them is the beginning of another.
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
            words in prop::collection::vec("[\\[abA%é0]{1,6}|[abé]{6,16}", 1..80),
            text in "[\\[abABé%0]{0,60}|[abé]{0,60}",
        ) {
            let mut told = Vec::new();
            Hints::new(words.iter().map(String::as_str)).each(text.as_bytes(), |at| told.push(at));
            for (at, _) in text.char_indices() {
                let begins = words.iter().any(|word| text[at..].starts_with(word.as_str()));
                prop_assert!(!begins || told.contains(&at), "{} of {:?}", at, text);
            }
        }

        #[test]
        fn a_long_word_is_told_wherever_it_stands(
            word in "[abcé ]{12,20}",
            before in "[abcé ]{0,30}",
            after in "[abcé ]{0,30}",
        ) {
            let mut told = Vec::new();
            Hints::new([word.as_str()].into_iter()).each(format!("{before}{word}{after}").as_bytes(), |at| told.push(at));
            prop_assert!(told.contains(&before.len()), "{:?}", told);
        }
    }
}
