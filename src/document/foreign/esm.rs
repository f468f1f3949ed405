//! MDX's `import` and `export` blocks.

use super::{code, js};

/// How many blocks without an end a file may have before each ends with its paragraph.
const MOST_UNCLOSED: usize = 16;

/// Where the block ends whose first line begins at byte `at`; none if the line is prose that begins with such a word.
/// `unclosed` counts the blocks that never ended.
pub(super) fn block_end(text: &str, at: usize, unclosed: &mut usize) -> Option<usize> {
    let bytes = text.as_bytes();
    // Nearly no line does, and then its end need not be known.
    let begins = bytes[at..].starts_with(b"import") || bytes[at..].starts_with(b"export ");
    if !begins || !is_statement(&text[at..code::line_end(bytes, at)]) {
        return None;
    }
    let mut scan = js::Scan::new(bytes, at);
    let mut first_blank = None;
    while scan.step().is_some() {
        if bytes.get(scan.at) == Some(&b'\n') {
            let next = scan.at + 1;
            if next >= bytes.len() || code::is_blank(bytes, next) {
                if scan.is_balanced() || *unclosed > MOST_UNCLOSED {
                    return Some(scan.at);
                }
                first_blank.get_or_insert(scan.at);
            }
        }
    }
    // Never balanced: it ends where a paragraph would.
    *unclosed += usize::from(!scan.is_balanced());
    Some(first_blank.filter(|_| !scan.is_balanced()).unwrap_or(bytes.len()))
}

/// Whether the line begins an ECMAScript module statement.
pub(super) fn is_statement(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix("import") {
        let what = rest.trim_start();
        if what.starts_with(['{', '*', '"', '\'']) {
            return true;
        }
        let name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$');
        let after = what.trim_start_matches(name);
        let between = after.trim_start();
        return rest.starts_with(' ')
            && after.len() < what.len()
            && (between.starts_with("from ") || between.starts_with(',') || what.starts_with("type "));
    }
    let Some(rest) = line.strip_prefix("export ") else { return false };
    let what = rest.trim_start();
    let word = what.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
    match word {
        "" => what.starts_with(['{', '*']),
        "const" | "let" | "var" | "default" | "function" | "class" | "async" | "type" | "interface" | "enum" => {
            what.len() > word.len()
        }
        _ => false,
    }
}

/// Whether the line is a whole `import … from '…'`.
pub(super) fn is_import(line: &str) -> bool {
    let line = line.trim_end().trim_end_matches(';');
    is_statement(line)
        && line.starts_with("import")
        && line.ends_with(['"', '\''])
        && (line.contains(" from ") || line[6..].trim_start().starts_with(['"', '\'']))
}
