//! The first and the last bytes of a text, each packed in a number, so that many are compared in no time.
//!
//! `build.rs` needs them too: they know nothing of the crate.

use super::written::{Written, written};

/// So many bytes fit.
pub const MOST: usize = 8;

/// The first bytes of a text: the first one is the highest, and there are noughts behind the last one. In their order what
/// begins another stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Start {
    /// The bytes.
    pub bytes: u64,
    /// How many there are.
    pub length: u32,
}

written!(Start { bytes, length });

impl Start {
    /// The first bytes of `text`.
    #[inline]
    pub fn of(text: &[u8]) -> Self {
        match text.first_chunk() {
            Some(first) => Self::full(*first),
            None => text.iter().fold(Self::default(), |start, &byte| start.with(byte)),
        }
    }

    /// All of `bytes`.
    #[inline]
    pub fn full(bytes: [u8; MOST]) -> Self {
        Self { bytes: u64::from_be_bytes(bytes), length: MOST as u32 }
    }

    /// With `byte` behind them. There must be room for it.
    #[inline]
    pub fn with(self, byte: u8) -> Self {
        Self { bytes: self.bytes | u64::from(byte) << (u64::BITS - 8 - 8 * self.length), length: self.length + 1 }
    }

    /// The byte at `at`.
    #[inline]
    pub fn get(self, at: u32) -> Option<u8> {
        (at < self.length).then(|| self.bytes.to_be_bytes()[at as usize])
    }

    /// Its first bytes, at most `length`.
    #[inline]
    pub fn cut(self, length: u32) -> Self {
        let length = length.min(self.length);
        let behind = u64::MAX.checked_shr(8 * length).unwrap_or(0);
        Self { bytes: self.bytes & !behind, length }
    }

    /// Whether `other` begins with it.
    #[inline]
    pub fn begins(self, other: Self) -> bool {
        self.length <= other.length && other.cut(self.length).bytes == self.bytes
    }
}

/// The last bytes of a text: the last one is the lowest, and there are noughts before the first one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct End {
    /// The bytes.
    pub bytes: u64,
    /// How many there are.
    pub length: u32,
}

written!(End { bytes, length });

impl End {
    /// The last bytes of `text`.
    #[inline]
    pub fn of(text: &[u8]) -> Self {
        match text.last_chunk() {
            Some(last) => Self::full(*last),
            None => text.iter().rev().fold(Self::default(), |end, &byte| end.with(byte)),
        }
    }

    /// All of `bytes`.
    #[inline]
    pub fn full(bytes: [u8; MOST]) -> Self {
        Self { bytes: u64::from_be_bytes(bytes), length: MOST as u32 }
    }

    /// With `byte` before them. There must be room for it.
    #[inline]
    pub fn with(self, byte: u8) -> Self {
        Self { bytes: self.bytes | u64::from(byte) << (8 * self.length), length: self.length + 1 }
    }

    /// Whether `other` ends with it.
    #[inline]
    pub fn ends(self, other: Self) -> bool {
        let before = u64::MAX.checked_shl(8 * self.length).unwrap_or(0);
        self.length <= other.length && (self.bytes ^ other.bytes) & !before == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn edges_are_those_of_texts(one in "[ab\0é]{0,9}", other in "[ab\0é]{0,9}") {
            let cut = |text: &[u8]| text[..text.len().min(MOST)].to_vec();
            let (first, second) = (cut(one.as_bytes()), cut(other.as_bytes()));
            prop_assert_eq!(Start::of(one.as_bytes()).begins(Start::of(other.as_bytes())), second.starts_with(&first));
            prop_assert_eq!(Start::of(&first).cmp(&Start::of(&second)), first.cmp(&second));
            prop_assert_eq!(Start::of(&first).cut(2), Start::of(&first[..first.len().min(2)]));
            let last = |text: &[u8]| text[text.len().saturating_sub(MOST)..].to_vec();
            let (first, second) = (last(one.as_bytes()), last(other.as_bytes()));
            prop_assert_eq!(End::of(one.as_bytes()).ends(End::of(other.as_bytes())), second.ends_with(&first));
        }
    }
}
