//! Where in an article a byte stands: whether a reader sees it as text.

use crate::document::{BlockKind, Document, ForeignKind};
use crate::span::Span;

/// Whether byte `offset` of the source belongs to code: a block of it, inline code, a script, an expression of MDX.
pub fn is_code(document: &Document, offset: usize) -> bool {
    let blocks = &document.blocks;
    let next = blocks.partition_point(|block| block.span.start <= offset);
    let code_block =
        blocks[..next].last().is_some_and(|block| block.kind == BlockKind::Code && block.span.end > offset);
    let code = |kind| matches!(kind, ForeignKind::Esm | ForeignKind::Expression);
    code_block
        || document.prose.object_at(offset).is_some_and(|object| !is_image(document, object))
        || document.foreign.iter().any(|foreign| code(foreign.kind) && covers(foreign.span, offset))
}

/// Whether byte `offset` of the source belongs to a comment.
pub fn is_comment(document: &Document, offset: usize) -> bool {
    document.comments.iter().any(|&comment| covers(comment, offset))
}

fn is_image(document: &Document, span: Span) -> bool {
    document.links.iter().any(|link| link.embeds && link.span == span)
}

fn covers(span: Span, offset: usize) -> bool {
    span.start <= offset && offset < span.end
}
