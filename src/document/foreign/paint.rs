//! Painting over foreign syntax, byte for byte, with what a Markdown parser reads nothing into.

use std::ops::Range;

use super::{Fill, Node, code};

/// `body` with its nodes painted over and its dents (see `mdx`) moved.
pub(super) fn painted(body: &str, nodes: &[Node], dents: &[Range<usize>]) -> String {
    let mut canvas = Canvas { body, dents, out: String::with_capacity(body.len()) };
    let mut at = 0;
    let mut rest = nodes;
    while let Some(first) = rest.first() {
        let (group, others) = rest.split_at(neighbours(body, rest));
        rest = others;
        let last = group.last().unwrap_or(first);
        // Only what puts out nothing may vanish with its lines.
        let alone = group.iter().all(|node| node.fill != Fill::Word)
            && begins_line(body, first.bytes.start)
            && ends_line(body, last.bytes.end);
        for node in group {
            canvas.copy(at..node.bytes.start);
            canvas.paint(node, alone);
            at = node.bytes.end;
        }
    }
    canvas.copy(at..body.len());
    canvas.out
}

struct Canvas<'b> {
    body: &'b str,
    dents: &'b [Range<usize>],
    out: String,
}

impl Canvas<'_> {
    fn copy(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while let Some((dent, others)) = self.dents.split_first().filter(|(dent, _)| dent.start < range.end) {
            self.dents = others;
            if dent.start >= at && dent.end <= range.end {
                let moved = &self.body[dent.clone()];
                let (newline, blanks) = moved.split_at(moved.len() - moved.trim_start_matches(['\r', '\n']).len());
                self.out.push_str(&self.body[at..dent.start]);
                self.out.push_str(blanks);
                self.out.push_str(newline);
                at = dent.end;
            }
        }
        self.out.push_str(&self.body[at..range.end]);
    }

    fn paint(&mut self, node: &Node, alone: bool) {
        let slice = &self.body[node.bytes.clone()];
        // Blanks before a line's text would make it indented code.
        let begins_block = node.fill == Fill::Blank && code::begins_block(self.out.as_bytes(), self.out.len());
        let out = &mut self.out;
        let mut fill = |with: &str, count: usize| repeat(out, with, count);
        match node.fill {
            Fill::Word => fill(WORD, slice.len()),
            _ if alone => {
                for line in slice.split_inclusive('\n') {
                    let content = line.trim_end_matches(['\n', '\r']);
                    fill(BLANKS, content.len());
                    fill(&line[content.len()..], line.len() - content.len());
                }
            }
            Fill::Auto => fill(WORD, slice.len()),
            Fill::Blank if !begins_block => fill(BLANKS, slice.len()),
            Fill::Blank | Fill::Tag if slice.len() >= 3 => {
                fill("<", 1);
                fill(WORD, slice.len() - 2);
                fill(">", 1);
            }
            Fill::Blank | Fill::Tag | Fill::Break => {
                fill(BLANKS, slice.len().saturating_sub(2));
                fill("\n\n", slice.len().min(2));
            }
        }
    }
}

const WORD: &str = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
const BLANKS: &str = "                                                                ";

/// Adds `count` bytes of `with`, which is ASCII, over and over.
fn repeat(out: &mut String, with: &str, mut count: usize) {
    while count > 0 {
        let step = count.min(with.len());
        out.push_str(&with[..step]);
        count -= step;
    }
}

/// How many of the first nodes stand next to each other, with only white space of one line between them.
fn neighbours(body: &str, nodes: &[Node]) -> usize {
    let is_gap = |pair: &[Node]| body[pair[0].bytes.end..pair[1].bytes.start].bytes().all(is_blank);
    1 + nodes.windows(2).take_while(|pair| is_gap(pair)).count()
}

/// Whether nothing but white space and quote markers stands before byte `at` in its line.
fn begins_line(body: &str, at: usize) -> bool {
    body.as_bytes()[..at].iter().rev().find(|byte| !is_blank(**byte)).is_none_or(|byte| *byte == b'\n')
}

/// Whether nothing but white space stands after byte `at` in its line.
fn ends_line(body: &str, at: usize) -> bool {
    body.as_bytes()[at..].iter().find(|byte| !is_blank(**byte)).is_none_or(|byte| *byte == b'\n')
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r' | b'>')
}
