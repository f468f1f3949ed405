//! Whether one of many spans holds another.

use crate::span::Span;

/// Spans by where they begin, each drawn out to where one of those before it ends, if that is later: so of all that begin in
/// front of a place, the last one tells how far they reach.
pub(super) struct Cover(Vec<Span>);

impl Cover {
    pub fn of(spans: impl Iterator<Item = Span>) -> Self {
        let mut spans: Vec<Span> = spans.collect();
        spans.sort_unstable_by_key(|span| span.start);
        let mut reach = 0;
        for span in &mut spans {
            reach = reach.max(span.end);
            span.end = reach;
        }
        Self(spans)
    }

    /// Whether one of the spans holds all of `span`.
    pub fn holds(&self, span: Span) -> bool {
        let next = self.0.partition_point(|known| known.start <= span.start);
        self.0[..next].last().is_some_and(|known| span.end <= known.end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn span() -> impl Strategy<Value = Span> {
        (0..40_usize, 0..12_usize).prop_map(|(start, length)| Span::new(start, start + length))
    }

    proptest! {
        #[test]
        fn it_is_told_as_if_each_were_looked_at(spans in prop::collection::vec(span(), 0..8), asked in span()) {
            let cover = Cover::of(spans.iter().copied());
            prop_assert_eq!(cover.holds(asked), spans.iter().any(|span| span.contains(asked)));
        }
    }
}
