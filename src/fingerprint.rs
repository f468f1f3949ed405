//! Names of findings that stay the same when lines are put in elsewhere.
//!
//! A fingerprint is XXH3-64 of the rule, the path from the root, the text of the line on which the finding begins with its
//! white space collapsed, and how many such findings come before it in the file in decimal digits, each ended by a zero
//! byte. Where that line holds no letter and no digit (a fence of front matter, an empty line) the message takes its place.

use std::collections::HashMap;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::finding::Finding;
use crate::source::Source;

/// Fewer findings are not worth the work of a second thread.
const FEW: usize = 64;

/// The fingerprint of each finding, in the same order. `path_of` gives the path that a finding is to be known by.
pub fn of(
    findings: &[Finding],
    sources: &HashMap<Arc<str>, Source>,
    path_of: impl Fn(&Arc<str>) -> Arc<str>,
) -> Vec<u64> {
    // Rule, path and line of each, every one ended by a zero byte.
    let text = |(finding, path): (&Finding, Arc<str>)| {
        let source = sources.get(&finding.path);
        let line = source.map_or("", |source| source.slice(source.line_at(finding.span.start)));
        let line = if line.contains(char::is_alphanumeric) { line } else { &finding.message };
        // Room for the digits, too.
        let mut text = String::with_capacity(finding.rule.len() + path.len() + line.len() + 8);
        text.extend([&*finding.rule, "\0", &*path, "\0"]);
        let start = text.len();
        for word in line.split_whitespace() {
            text.push_str(if text.len() > start { " " } else { "" });
            text.push_str(word);
        }
        text.push('\0');
        text
    };
    let paths: Vec<Arc<str>> = findings.iter().map(|finding| path_of(&finding.path)).collect();
    let mut texts: Vec<String> = findings.par_iter().zip(paths).with_min_len(FEW).map(text).collect();
    // Under one path, texts are equal if rules and lines are: neither path nor rule holds a zero byte.
    let mut seen: FxHashMap<(&Arc<str>, &str), usize> = FxHashMap::default();
    seen.reserve(findings.len());
    let before: Vec<usize> = findings
        .iter()
        .zip(&texts)
        .map(|(finding, text)| {
            let count = seen.entry((&finding.path, text)).or_default();
            *count += 1;
            *count - 1
        })
        .collect();
    for (text, before) in texts.iter_mut().zip(before) {
        text.push_str(&before.to_string());
        text.push('\0');
    }
    texts.iter().map(|text| xxh3_64(text.as_bytes())).collect()
}

/// Writes its fingerprint into each finding.
pub fn stamp(findings: &mut [Finding], sources: &HashMap<Arc<str>, Source>) {
    let prints = of(findings, sources, Arc::clone);
    findings.iter_mut().zip(prints).for_each(|(finding, print)| finding.fingerprint = print);
}

/// A fingerprint as it is written: sixteen hexadecimal digits.
pub fn written(fingerprint: u64) -> String {
    format!("{fingerprint:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;
    use crate::rule::Sink;
    use crate::source::Kind;
    use crate::span::Span;

    fn prints(text: &str, message: &str, path: &str) -> Vec<u64> {
        let mut findings = Vec::new();
        let path: Arc<str> = path.into();
        let mut sink = Sink::new(&mut findings, "residue/advertisement", Level::Warning, &path);
        for (at, found) in text.match_indices(['A', '-']) {
            sink.report(Span::new(at, at + found.len()), message);
        }
        let sources = HashMap::from([(Arc::clone(&path), Source::new(path, Kind::Markdown, text))]);
        stamp(&mut findings, &sources);
        findings.iter().map(|finding| finding.fingerprint).collect()
    }

    #[test]
    fn survive_lines_put_in_above_and_tell_equal_lines_apart() {
        let (one, more) = (prints("an A\nA\nA\n", "x", "a"), prints("x\n\n  an   A\r\nA\nA\n", "x", "a"));
        assert_eq!(one, more);
        assert_eq!(one.iter().collect::<std::collections::HashSet<_>>().len(), 3);
        assert_ne!(one, prints("an A\nA\nA\n", "x", "b"));
    }

    #[test]
    fn a_line_without_words_is_known_by_the_message() {
        assert_ne!(prints("-\n", "no title", "a"), prints("-\n", "no date", "a"));
        assert_eq!(prints("A\n", "no title", "a"), prints("A\n", "no date", "a"));
    }

    #[test]
    fn are_the_specified_hash() {
        let expected = xxh3_64(b"residue/advertisement\0posts/a.md\0an A\x000\0");
        assert_eq!(prints("an \t A\n", "x", "posts/a.md"), [expected]);
        assert_eq!(written(0x1F), "000000000000001f");
    }
}
