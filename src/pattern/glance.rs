//! What the first and the last bytes of a line tell of its normal form, before any of it is made: most lines are known by them
//! to be none that is looked for.
//!
//! Owns the glance. What the normal form is, is for [`super::normal`].

use super::edge::{End, MOST, Start};
use super::normal::decorates;

/// The first bytes of the normal form of `line`, as far as a glance at its beginning tells, which it does unless the line is
/// empty, begins with other letters than those of ASCII, or may be spaced out.
pub fn front(line: &str) -> Option<Start> {
    if let Some((first, rest)) = line.as_bytes().split_first_chunk()
        && is_plain(first)
        && first[1] != b' '
        && (first[MOST - 1] != b' ' || rest.first().is_some_and(u8::is_ascii_alphanumeric))
    {
        return Some(Start::full(lower(*first)));
    }
    // What decorates may be the end of the line, unless something stands behind it.
    let (mut start, mut sure, mut space) = (Start::default(), 0, false);
    for &byte in line.as_bytes() {
        let decorates = decorates(byte);
        if is_space(byte) || (decorates && start.length == 0) {
            space |= is_space(byte);
            continue;
        }
        if !byte.is_ascii_graphic() {
            break;
        }
        if std::mem::take(&mut space) && start.length > 0 {
            start = start.with(b' ');
        }
        if (start.length as usize) < MOST {
            start = start.with(byte.to_ascii_lowercase());
        }
        sure = if decorates { sure } else { start.length };
        if start.length as usize == MOST {
            break;
        }
    }
    let start = start.cut(sure);
    let apart = |at| start.get(at).is_none_or(|byte| byte == b' ');
    if apart(1) && apart(3) { None } else { Some(start) }
}

fn lower(mut bytes: [u8; MOST]) -> [u8; MOST] {
    bytes.make_ascii_lowercase();
    bytes
}

/// Whether `some` are letters and digits, with single spaces between them.
fn is_plain(some: &[u8; MOST]) -> bool {
    let mut before = b' ';
    some.iter().all(|&byte| {
        let before = std::mem::replace(&mut before, byte);
        byte.is_ascii_alphanumeric() || (byte == b' ' && before != b' ')
    })
}

/// The last bytes of the normal form of `line`, if a glance at its end tells them, which it does if they are of ASCII and no
/// exclamation mark is the last one; perhaps with some before them that decorate its beginning. It must not be
/// spaced out.
pub fn back(line: &str) -> Option<End> {
    let mut bytes = line.as_bytes();
    while let [rest @ .., last] = bytes
        && decorates(*last)
    {
        bytes = rest;
    }
    if let Some(last) = bytes.last_chunk().filter(|last| is_plain(last)) {
        return Some(End::full(lower(*last)));
    }
    let (mut end, mut space) = (End::default(), false);
    for &byte in line.as_bytes().iter().rev() {
        if is_space(byte) || (decorates(byte) && end.length == 0) {
            space |= is_space(byte);
            continue;
        }
        if !byte.is_ascii_graphic() || (byte == b'!' && end.length == 0) {
            return None;
        }
        if std::mem::take(&mut space) && end.length > 0 {
            end = end.with(b' ');
        }
        if (end.length as usize) < MOST {
            end = end.with(byte.to_ascii_lowercase());
        }
        if end.length as usize == MOST {
            break;
        }
    }
    Some(end)
}

/// Whether white space of ASCII looks like this.
#[inline]
fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\n' | b'\r' | b'\t')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::normal::{calm, normal_form};
    use super::*;

    proptest! {
        #[test]
        fn a_glance_sees_the_normal_form(line in "[ *\"!?a-dA-D1é\u{301}\n\t\u{B}-]{0,14}") {
            let normal = normal_form(&line);
            if let Some(start) = front(&line).filter(|_| !normal.is_empty()) {
                prop_assert!(start.length > 0 && start.begins(Start::of(normal.as_bytes())), "{:?} {:?}", start, normal);
                if let Some(end) = back(&line) {
                    let (length, known) = (end.length as usize, End::of(normal.as_bytes()));
                    prop_assert!(end.ends(known) || (known.ends(end) && length > normal.len()), "{:?} {:?}", end, normal);
                    prop_assert!(length >= MOST.min(normal.len()), "{:?} {:?}", end, normal);
                    prop_assert_eq!(calm(&normal), &normal);
                }
            }
        }
    }
}
