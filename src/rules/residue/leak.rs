//! Lines of code, data or broken markup in running text.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use memchr::memchr_iter;

/// What scripts and data of web pages have and prose has not.
static MARKS: &[&str] = &[
    "googletag.",
    "adsbygoogle",
    "window.",
    "document.",
    "!function(",
    "(function",
    "function(",
    "jQuery(",
    "$(document)",
    "gtag(",
    "fbq(",
    "_gaq",
    "ga('",
    "\"@context\"",
    "@media ",
    "@import ",
    "CDATA[",
    "OBR.extern",
    "{display:",
    "{color:",
    "{margin",
    "{padding",
    "{font",
    "!important",
    "data:image/",
    "Created with Sketch",
    "image/svg+xml",
    "var ",
];

/// What pages show to whoever runs no scripts, in place of an e-mail address.
pub const HIDDEN_ADDRESSES: [&str; 3] =
    ["[email protected]", "[email\u{A0}protected]", "[javascript protected email address]"];

/// The signs but `{`, which are all looked for at once. None is shorter than two bytes, so that few places look like one.
static SIGNS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    // What is built in the shortest time: the vectors that look for signs also tell which one is there.
    let (kind, first) = (AhoCorasickKind::NoncontiguousNFA, MatchKind::LeftmostFirst);
    let signs = ["})", ");", ";base64,", "\"@", "+xml", "Sketch", "function"];
    AhoCorasick::builder().kind(Some(kind)).match_kind(first).build(signs).expect("the signs are few and short")
});

/// Where in `prose` signs stand one of which at least is in each line that is none of prose, in order. Nearly all texts have
/// none; [`what`] looks for nothing that is not here.
pub fn signs(prose: &str) -> Vec<usize> {
    let mut signs: Vec<usize> = memchr_iter(b'{', prose.as_bytes()).collect();
    // Of two that overlap, the second is left out: no sign goes beyond a line, so that its line has the first.
    signs.extend(SIGNS.find_iter(prose).map(|sign| sign.start()));
    signs.sort_unstable();
    signs
}

/// What `line` is, if it is none of prose.
pub fn what(line: &str) -> Option<&'static str> {
    let line = line.trim();
    let normal = line.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '[' | ']'));
    if matches!(normal, "Created with Sketch" | "image/svg+xml") {
        return Some("the name of a drawing's format");
    }
    if line.contains("data:image/") && line.contains(";base64,") && line.len() > 200 {
        return Some("the data of an image");
    }
    if !line.ends_with([';', '}', ')', ']', '>', ',', '{']) {
        return None;
    }
    let code = line
        .chars()
        .filter(|c| matches!(c, '{' | '}' | '(' | ')' | ';' | '=' | '[' | ']' | '"' | '\'' | ':' | '<' | '>'))
        .count();
    // Prose about code has a bracket or two; code has them everywhere.
    let styled = line.starts_with(['.', '#', '@', '*']) && line.contains('{') && line.ends_with('}');
    let dense = code >= if styled { 3 } else { 6 } && code * 12 >= line.chars().count();
    if !dense || is_mostly_words(line) || !MARKS.iter().any(|mark| line.contains(mark)) {
        return None;
    }
    if line.starts_with('{') && line.contains("\"@") || line.contains("\"@context\"") {
        return Some("data for search engines");
    }
    let style = line.starts_with(['.', '#', '@', '*']) || line.contains("!important");
    if style && line.contains('{') && line.contains(':') && !line.contains("function") {
        return Some("a style sheet");
    }
    let calls = line.contains("();") || line.contains(");") || line.contains("function") || line.contains("})");
    calls.then_some("a script")
}

/// Whether at least half of it are words as prose has them.
fn is_mostly_words(line: &str) -> bool {
    let word = |word: &&str| {
        let bare = word.trim_end_matches(['.', ',', ';', ':', '?', '!']);
        !bare.is_empty() && bare.chars().all(|c| c.is_alphabetic() || c == '’')
    };
    let words = line.split_whitespace().filter(word).count();
    words * 2 >= line.split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_no_prose_has_a_sign(
            parts in prop::collection::vec(prop_oneof![
                3 => prop::sample::select(MARKS).prop_map(str::to_owned),
                3 => prop::sample::select(
                    &["{", "}", "(", ")", ";", "=", "[", "]", "\"", "'", ":", "<", ">", "@", ".", "#", "*", ",", "function",
                      ";base64,", "\"@type\":", "é", "word ", "\n", "();", "})", " "][..],
                ).prop_map(str::to_owned),
            ], 0..24),
            many in prop_oneof![Just(0_usize), Just(220)],
        ) {
            let prose = parts.concat() + &"a".repeat(many);
            let signs = signs(&prose);
            prop_assert!(signs.is_sorted());
            let mut start = 0;
            for line in prose.split('\n') {
                let signed = signs.iter().any(|&at| start <= at && at < start + line.len());
                prop_assert!(signed || what(line).is_none(), "{line}");
                start += line.len() + 1;
            }
        }
    }

    #[test]
    fn code_is_told_from_prose() {
        for (line, said) in [
            ("googletag.cmd.push(function() { googletag.display('div-gpt-ad-1'); });", "a script"),
            ("(adsbygoogle = window.adsbygoogle || []).push({});", "a script"),
            ("!function(d,s,id){var js,fjs=d.getElementsByTagName(s)[0];}(document,\"script\",\"tw\");", "a script"),
            (
                "{\"@context\":\"https://schema.org\",\"@type\":\"Article\",\"headline\":\"é\"}",
                "data for search engines",
            ),
            (".post .title{display:none!important;margin:0;padding:0}", "a style sheet"),
            (".share-bar{display:none}", "a style sheet"),
            ("Created with Sketch.", "the name of a drawing's format"),
        ] {
            assert_eq!(what(line), Some(said), "{line}");
        }
    }

    #[test]
    fn prose_about_code_is_prose() {
        for line in [
            "The function(s) of document.write() and window.open() are old; use the window. (So we do.)",
            "var is a keyword, and so is let.",
            "In the window. There: a cat (grey), a dog (brown); \"both\" asleep.",
            "jQuery() and gtag() are calls.",
        ] {
            assert_eq!(what(line), None, "{line}");
        }
    }
}
