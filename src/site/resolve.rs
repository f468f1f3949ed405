//! What a link leads to: one [`Verdict`] for each.

use super::{Facts, LinkFact, Site};

/// What a link leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// To a page, a file or a place in it, just as written.
    Exact,
    /// Only an engine knows, or it leads out of the site.
    Unresolvable,
}

impl Site {
    /// What `link` of the article `from` leads to.
    pub fn resolve_link(&self, _from: &Facts, _link: &LinkFact) -> Verdict {
        Verdict::Unresolvable
    }
}
