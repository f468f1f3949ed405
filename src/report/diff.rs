//! What fixes would change, as a unified diff that `git apply` takes.
//!
//! Compares lines as bytes, so that line ends and bytes that are not UTF-8 stay what they are.

use std::io::{self, Write};
use std::ops::Range;
use std::time::{Duration, Instant};

use owo_colors::Style as Paint;
use similar::{Algorithm, DiffOp, DiffTag, capture_diff_slices_deadline, group_diff_ops};

use super::clean;

/// Who reads the diff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A program: every byte as it is.
    Program,
    /// A person at a terminal: nothing that a terminal would obey.
    Terminal {
        /// Whether to use colours.
        color: bool,
    },
}

/// After so long any difference will do: to find the smallest takes time with the square of the changes.
const LONGEST_SEARCH: Duration = Duration::from_secs(1);

/// Lines shown around a change.
const CONTEXT: usize = 3;

/// Writes the difference between two contents of the file at `path`; nothing if there is none.
///
/// # Errors
/// If `out` cannot be written.
pub fn render(path: &str, before: &[u8], after: &[u8], reader: Reader, out: &mut dyn Write) -> io::Result<()> {
    let (old, new) = (lines(before), lines(after));
    let deadline = Instant::now() + LONGEST_SEARCH;
    let operations = capture_diff_slices_deadline(Algorithm::Myers, &old, &new, Some(deadline));
    let hunks: Vec<Vec<DiffOp>> =
        group_diff_ops(operations, CONTEXT).into_iter().filter(|hunk| hunk.iter().any(changes)).collect();
    if hunks.is_empty() {
        return Ok(());
    }
    let color = reader == Reader::Terminal { color: true };
    let paint = |paint: Paint| if color { paint } else { Paint::new() };
    let bold = paint(Paint::new().bold());
    writeln!(out, "{}", bold.style(format!("--- {}", name("a/", path))))?;
    writeln!(out, "{}", bold.style(format!("+++ {}", name("b/", path))))?;
    for hunk in &hunks {
        let header = header(hunk);
        writeln!(out, "{}", paint(Paint::new().cyan()).style(header))?;
        for operation in hunk {
            let (tag, was, is) = operation.as_tag_tuple();
            if tag == DiffTag::Equal {
                write_lines(" ", &old[was], reader, Paint::new(), out)?;
            } else {
                write_lines("-", &old[was], reader, paint(Paint::new().red()), out)?;
                write_lines("+", &new[is], reader, paint(Paint::new().green()), out)?;
            }
        }
    }
    Ok(())
}

fn changes(operation: &DiffOp) -> bool {
    operation.tag() != DiffTag::Equal
}

/// The lines, each with its line feed.
fn lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split_inclusive(|&byte| byte == b'\n').collect()
}

/// `@@ -1,4 +1,3 @@`
fn header(hunk: &[DiffOp]) -> String {
    let whole = |side: fn(&DiffOp) -> Range<usize>| {
        let start = hunk.first().map_or(0, |operation| side(operation).start);
        start..hunk.last().map_or(start, |operation| side(operation).end)
    };
    let range = |range: Range<usize>| match range.len() {
        0 => format!("{},0", range.start),
        1 => format!("{}", range.start + 1),
        length => format!("{},{length}", range.start + 1),
    };
    format!("@@ -{} +{} @@", range(whole(DiffOp::old_range)), range(whole(DiffOp::new_range)))
}

fn write_lines(sign: &str, lines: &[&[u8]], reader: Reader, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
    for line in lines {
        match reader {
            Reader::Program => {
                out.write_all(sign.as_bytes())?;
                out.write_all(line)?;
            }
            Reader::Terminal { .. } => {
                let text = String::from_utf8_lossy(line);
                let text = text.strip_suffix('\n').unwrap_or(&text);
                let text = clean::line(text.strip_suffix('\r').unwrap_or(text));
                writeln!(out, "{}", paint.style(format!("{sign}{text}")))?;
            }
        }
        if !line.ends_with(b"\n") {
            let lead = if reader == Reader::Program { "\n" } else { "" };
            writeln!(out, "{lead}\\ No newline at end of file")?;
        }
    }
    Ok(())
}

/// A file's name as git writes it: in quotes with escapes if it holds anything that would end or spoil the line, and with
/// a tab behind it if it holds white space.
fn name(side: &str, path: &str) -> String {
    if path.contains(|c: char| c.is_control() || clean::is_hidden(c) || c == '"' || c == '\\') {
        let mut quoted = format!("\"{side}");
        for byte in path.bytes() {
            match byte {
                b'"' | b'\\' => quoted.extend(['\\', char::from(byte)]),
                b' '..=b'~' => quoted.push(char::from(byte)),
                _ => quoted.push_str(&format!("\\{byte:03o}")),
            }
        }
        return quoted + "\"";
    }
    let tab = if path.contains(char::is_whitespace) { "\t" } else { "" };
    format!("{side}{path}{tab}")
}
