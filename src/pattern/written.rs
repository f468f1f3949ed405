//! What `build.rs` writes down of the packs that come with copydesk, and a start reads: one number or text after the other,
//! which takes a small part of the time that a format takes which can be read by anybody else.
//!
//! Owns that form. Both sides are always of one build.

use std::borrow::Cow;

/// A text, which is left where it was written.
pub type Text = Cow<'static, str>;

/// What can be written down.
pub trait Written: Sized {
    /// Adds it to `out`.
    #[allow(dead_code, reason = "only `build.rs` writes")]
    fn write(&self, out: &mut Vec<u8>);
    /// Takes it from the beginning of `from`; `None` if something else was written there.
    fn read(from: &mut &'static [u8]) -> Option<Self>;
    /// Takes so many of them.
    fn read_all(from: &mut &'static [u8], count: usize) -> Option<Vec<Self>> {
        // Nothing takes less than a byte.
        let mut all = Vec::with_capacity(count.min(from.len()));
        for _ in 0..count {
            all.push(Self::read(from)?);
        }
        Some(all)
    }
}

/// A struct, field by field.
macro_rules! written {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl Written for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $(self.$field.write(out);)+
            }

            fn read(from: &mut &'static [u8]) -> Option<Self> {
                Some(Self { $($field: Written::read(from)?),+ })
            }
        }
    };
}
pub(crate) use written;

/// Takes as many bytes as the number before them says.
pub fn bytes(from: &mut &'static [u8]) -> Option<&'static [u8]> {
    let length = usize::read(from)?;
    from.split_off(..length)
}

/// As it is: bits, and bytes that stand for themselves, are seldom few.
impl Written for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        from.split_off(..size_of::<Self>())?.try_into().ok().map(Self::from_le_bytes)
    }
}

/// A number of things, which mostly are few: seven bits in a byte, the lowest first; the eighth says that there are more.
impl Written for u32 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        let mut number = 0;
        for place in 0..5 {
            let byte = *from.split_off_first()?;
            number |= Self::from(byte & 0x7F) << (7 * place);
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }
}

impl Written for usize {
    fn write(&self, out: &mut Vec<u8>) {
        u32::try_from(*self).expect("packs are far smaller").write(out);
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        Self::try_from(u32::read(from)?).ok()
    }
}

impl Written for bool {
    fn write(&self, out: &mut Vec<u8>) {
        u8::from(*self).write(out);
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        Some(u8::read(from)? != 0)
    }
}

impl Written for char {
    fn write(&self, out: &mut Vec<u8>) {
        u32::from(*self).write(out);
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        Self::from_u32(u32::read(from)?)
    }
}

impl Written for u8 {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(*self);
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        from.split_off_first().copied()
    }

    fn read_all(from: &mut &'static [u8], count: usize) -> Option<Vec<Self>> {
        from.split_off(..count).map(<[u8]>::to_vec)
    }
}

impl Written for Text {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend(self.as_bytes());
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        std::str::from_utf8(bytes(from)?).ok().map(Cow::Borrowed)
    }
}

impl<A: Written, B: Written> Written for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        Some((A::read(from)?, B::read(from)?))
    }
}

impl<T: Written> Written for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        if bool::read(from)? { T::read(from).map(Some) } else { Some(None) }
    }
}

impl<T: Written> Written for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|value| value.write(out));
    }

    fn read(from: &mut &'static [u8]) -> Option<Self> {
        let count = usize::read(from)?;
        T::read_all(from, count)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Anything = Vec<((u64, (u32, bool)), (Option<Text>, (char, Vec<u8>)))>;

    proptest! {
        #[test]
        fn what_is_written_down_is_read_again(written: Anything, behind: u8) {
            let mut out = Vec::new();
            written.write(&mut out);
            let length = out.len();
            out.push(behind);
            let all: &'static [u8] = out.leak();
            let mut rest = all;
            prop_assert_eq!(Anything::read(&mut rest), Some(written));
            prop_assert_eq!(rest, [behind]);
            for length in 0..length.min(20) {
                // What is cut short is not read, and does no harm.
                let _ = Anything::read(&mut &all[..length]);
            }
        }
    }
}
