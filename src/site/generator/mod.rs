//! What makes pages of the articles: found by its configuration file, or named by the user.

/// A site generator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Generator {
    /// No generator: files are pages, links lead to files.
    #[default]
    Plain,
}
