//! A site to measure on where there is none: the same bytes every time.

use std::fmt::Write;
use std::fs;

use tempfile::TempDir;

const WORDS: &[&str] = &[
    "archive", "harbour", "winter", "editor", "garden", "railway", "market", "council", "river", "library", "café",
    "naïve", "Straße", "the", "a", "of", "and", "in", "with", "on", "was", "were", "has", "new", "old", "next",
    "first",
];

/// A small generator of numbers (SplitMix64), so that the site is always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % end as u64) as usize
    }
}

/// A plain site of `articles` articles with ten links each, in a folder that goes when the value does.
pub fn site(articles: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut numbers = Numbers(7);
    for section in 0..=articles / 100 {
        fs::create_dir_all(folder.path().join(format!("posts/{section}"))).expect("a folder");
    }
    for article in 0..articles {
        let path = folder.path().join(path(article));
        fs::write(path, text(article, articles, &mut numbers)).expect("a file");
    }
    folder
}

fn path(article: usize) -> String {
    format!("posts/{}/article-{article}.md", article / 100)
}

fn text(article: usize, articles: usize, numbers: &mut Numbers) -> String {
    let mut text = format!(
        "---\ntitle: Article {article}\ndescription: \"What article {article} says\"\ndate: 2025-{:02}-{:02}\ntags: [one, two]\n---\n\n",
        1 + article % 12,
        1 + article % 28
    );
    for section in 0..5 {
        write!(text, "## Section {section}\n\n").expect("a string");
        for paragraph in 0..2 {
            for _ in 0..8 {
                for word in 0..12 {
                    text.push_str(WORDS[numbers.below(WORDS.len())]);
                    text.push(if word == 11 { '.' } else { ' ' });
                }
                text.push('\n');
            }
            let target = numbers.below(articles);
            let fragment = if paragraph == 0 { "#section-2" } else { "" };
            writeln!(text, "See *[article {target}](../../{}{fragment})* for more.\n", path(target)).expect("a string");
        }
    }
    text
}
