//! A small sample of a text's wording, by which two texts can be told to be nearly the same.
//!
//! Owns the sample (a bottom-k sketch of hashed word shingles) and how alike two are. Source of the method: Broder, "On the
//! resemblance and containment of documents" (1997). Two texts that share a part of their shingles share about the same part
//! of their smallest hashes.

use std::collections::BinaryHeap;

/// Words in a shingle.
const SHINGLE: usize = 5;

/// Hashes that are kept of each text: two texts are told to be 90 % alike within 3 % or so.
const KEPT: usize = 96;

/// Words that a text needs at least: short ones are alike by chance (stubs, forms).
const FEWEST_WORDS: u32 = 80;

/// The smallest hashes of a text's shingles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch {
    /// In rising order, each once.
    hashes: Box<[u64]>,
    words: u32,
}

impl Sketch {
    /// The sketch of a text; `None` if it is too short for one.
    pub fn of(text: &str) -> Option<Self> {
        let mut kept: BinaryHeap<u64> = BinaryHeap::with_capacity(KEPT + 1);
        let mut ring = [0_u64; SHINGLE];
        let mut words = 0_u32;
        each_word(text.as_bytes(), |word| {
            ring[words as usize % SHINGLE] = word;
            words += 1;
            if (words as usize) < SHINGLE {
                return;
            }
            // From the oldest word of the ring to the newest.
            let mut shingle = 0_u64;
            for back in 0..SHINGLE {
                shingle = mix(shingle ^ ring[(words as usize + back) % SHINGLE]);
            }
            if kept.len() < KEPT {
                kept.push(shingle);
            } else if kept.peek().is_some_and(|largest| shingle < *largest) && !kept.iter().any(|h| *h == shingle) {
                kept.pop();
                kept.push(shingle);
            }
        });
        let mut hashes = kept.into_sorted_vec();
        hashes.dedup();
        (words >= FEWEST_WORDS).then(|| Self { hashes: hashes.into(), words })
    }

    /// The smallest hashes, in rising order.
    pub fn hashes(&self) -> &[u64] {
        &self.hashes
    }

    /// How alike two texts are: the part of all shingles of both that both have, 0 to 1, estimated.
    pub fn likeness(&self, other: &Self) -> f64 {
        let (mut a, mut b) = (self.hashes.iter().peekable(), other.hashes.iter().peekable());
        let (mut seen, mut shared) = (0_u32, 0_u32);
        let most = self.hashes.len().max(other.hashes.len());
        while (seen as usize) < most {
            let order = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) => x.cmp(y),
                // The rest of the longer list stands in no list of the other.
                _ => break,
            };
            seen += 1;
            if order.is_le() {
                a.next();
            }
            if order.is_ge() {
                b.next();
            }
            shared += u32::from(order.is_eq());
        }
        if seen == 0 { 0.0 } else { f64::from(shared) / f64::from(seen) }
    }

    /// Words in the text.
    pub fn words(&self) -> u32 {
        self.words
    }
}

/// Hands out the hash of each word: a run of letters and digits, ASCII ones in lower case. A character of a script that is
/// written without spaces is a word.
fn each_word(bytes: &[u8], mut each: impl FnMut(u64)) {
    let mut at = 0;
    let mut hash = 0_u64;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | 0x80..=0xE2 | 0xF0.. => {
                hash = (hash.rotate_left(5) ^ u64::from(byte | 0x20)).wrapping_mul(0x517c_c1b7_2722_0a95);
                at += 1;
            }
            0xE3..=0xEF => {
                if hash != 0 {
                    each(std::mem::take(&mut hash));
                }
                let rest = bytes.get(at + 1..at + 3).unwrap_or(&[]);
                let c = rest.iter().fold(u64::from(byte), |c, b| c << 8 | u64::from(*b));
                each(mix(c));
                at += 3;
            }
            _ => {
                if hash != 0 {
                    each(std::mem::take(&mut hash));
                }
                at += 1;
            }
        }
    }
    if hash != 0 {
        each(hash);
    }
}

/// Spreads every bit over all others (the finalizer of SplitMix64, Steele et al. 2014).
fn mix(hash: u64) -> u64 {
    let hash = hash.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of `count` words that does not repeat itself.
    fn text(seed: u64, count: u64) -> Vec<String> {
        (0..count).map(|n| format!("w{}", mix(seed.wrapping_mul(1_000_003).wrapping_add(n)) % 5_000)).collect()
    }

    fn likeness(a: &[String], b: &[String]) -> f64 {
        let sketch = |words: &[String]| Sketch::of(&words.join(" ")).expect("long enough");
        sketch(a).likeness(&sketch(b))
    }

    #[test]
    fn alike_texts_are_found_alike() {
        let a = text(1, 1_000);
        assert!((likeness(&a, &a) - 1.0).abs() < f64::EPSILON);
        let mut b = a.clone();
        for at in [100, 400, 700] {
            b[at] = "changed".to_owned();
        }
        // Three words are fifteen shingles of a thousand on either side.
        assert!(likeness(&a, &b) > 0.93, "{}", likeness(&a, &b));
        let half: Vec<_> = a[..500].iter().cloned().chain(text(2, 500)).collect();
        let shared = likeness(&a, &half);
        assert!((0.2..0.5).contains(&shared), "{shared}");
        assert!(likeness(&a, &text(3, 1_000)) < 0.02);
    }

    #[test]
    fn case_and_punctuation_do_not_count_and_scripts_without_spaces_do() {
        let a = text(1, 200);
        let upper = a.join(", ").to_uppercase();
        assert_eq!(Sketch::of(&upper), Sketch::of(&a.join(" ")));
        let cjk: String = (0..200_u32).filter_map(|n| char::from_u32(0x4E00 + n * 7)).collect();
        assert_eq!(Sketch::of(&cjk).map(|sketch| sketch.words()), Some(200));
        assert_eq!(Sketch::of("too short"), None);
    }
}
