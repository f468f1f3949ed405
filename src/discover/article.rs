//! Which files are articles, by their name and place, where the configuration does not say.

use crate::source::Kind;

/// Folders whose files are never articles, wherever they stand.
const MACHINE_FOLDERS: [&str; 9] = [
    "node_modules",
    "bower_components",
    "__pycache__",
    "_includes",
    "_layouts",
    "_site",
    "_sass",
    "_plugins",
    "site-packages",
];

/// Folders whose files are not articles where a site or a repository begins: below, `templates` may well be a section.
const TOP_FOLDERS: [&str; 24] = [
    "archetypes",
    "assets",
    "bin",
    "build",
    "coverage",
    "dist",
    "exampleSite",
    "i18n",
    "includes",
    "layouts",
    "lib",
    "out",
    "public",
    "resources",
    "scripts",
    "static",
    "target",
    "template",
    "templates",
    "theme",
    "themes",
    "third_party",
    "vendor",
    "venv",
];

/// What a repository's own pages are called, extension and suffixes (`README.zh-CN.md`, `LICENSE-MIT.txt`) left out.
const REPOSITORY_FILES: [&str; 36] = [
    "ACKNOWLEDGEMENTS",
    "ACKNOWLEDGMENTS",
    "AGENTS",
    "ARCHITECTURE",
    "AUTHORS",
    "BACKERS",
    "BUILDING",
    "CHANGELOG",
    "CHANGES",
    "CLAUDE",
    "CODE_OF_CONDUCT",
    "CODEOWNERS",
    "CONTRIBUTING",
    "CONTRIBUTORS",
    "COPYING",
    "COPYRIGHT",
    "CREDITS",
    "DEVELOPMENT",
    "GEMINI",
    "GOVERNANCE",
    "HACKING",
    "HISTORY",
    "INSTALL",
    "ISSUE_TEMPLATE",
    "LICENCE",
    "LICENSE",
    "MAINTAINERS",
    "NOTICE",
    "PATRONS",
    "PULL_REQUEST_TEMPLATE",
    "README",
    "RELEASE",
    "RELEASES",
    "SECURITY",
    "SUPPORT",
    "UPGRADING",
];

/// Plain text that programs read.
const MACHINE_TEXTS: [&str; 10] = [
    "ads.txt",
    "app-ads.txt",
    "cmakelists.txt",
    "constraints.txt",
    "humans.txt",
    "llms-full.txt",
    "llms.txt",
    "requirements.txt",
    "robots.txt",
    "security.txt",
];

/// Whether the file at `path` is an article. `bases` are the folders in which a site or a repository begins, each with its
/// trailing slash, the root as an empty text.
pub(super) fn is_article(path: &str, bases: &[String]) -> bool {
    if Kind::of_path(path).is_none() {
        return false;
    }
    let end = memchr::memrchr(b'/', path.as_bytes());
    let (folders, name) = end.map_or(("", path), |end| (&path[..end], &path[end + 1..]));
    let hidden = |part: &[u8]| part.first() == Some(&b'.') && part != b"..";
    let of_machine = |folder: &[u8]| MACHINE_FOLDERS.iter().any(|known| known.as_bytes() == folder);
    let mut parts = folders.as_bytes().split(|b| *b == b'/');
    if hidden(name.as_bytes()) || parts.any(|folder| hidden(folder) || of_machine(folder)) {
        return false;
    }
    let at_top = bases.iter().any(|base| path.strip_prefix(base.as_str()).is_some_and(|rest| !rest.contains('/')));
    let first_folder = |base: &String| {
        let rest = path.strip_prefix(base.as_str())?;
        Some(&rest[..rest.bytes().position(|b| b == b'/')?])
    };
    !bases.iter().filter_map(first_folder).any(|folder| TOP_FOLDERS.contains(&folder))
        && !is_repository_file(name, at_top)
        && !is_machine_file(name)
}

/// Whether the name of the file at `path` says that it is about the repository, or for a program, wherever it stands.
pub(super) fn is_no_page(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    is_repository_file(name, false) || is_machine_file(name)
}

/// Whether a file is a page about the repository. In small letters it is one only at the top, and without a suffix: an
/// article may well be called `security.md` or `changes-in-the-law.md`. A readme is one everywhere.
fn is_repository_file(name: &str, at_top: bool) -> bool {
    // Below the top, those that are not in capitals are told from most articles by their first letter.
    let begins = |b: &u8| at_top || b.is_ascii_uppercase() || *b == b'r';
    if !name.as_bytes().first().is_some_and(begins) {
        return false;
    }
    let stem = name.split('.').next().unwrap_or(name);
    REPOSITORY_FILES.iter().any(|known| {
        let Some((head, suffix)) = stem.split_at_checked(known.len()) else { return false };
        let capitals = head == *known;
        let readme = *known == "README" && head.eq_ignore_ascii_case(known);
        match suffix.chars().next() {
            None => capitals || readme || (at_top && head.eq_ignore_ascii_case(known)),
            Some(next) => (capitals || readme) && !next.is_alphanumeric(),
        }
    })
}

fn is_machine_file(name: &str) -> bool {
    // All that are known are plain text or pages.
    if !matches!(Kind::of_path(name), Some(Kind::Text | Kind::Html)) {
        return false;
    }
    let name = name.to_ascii_lowercase();
    let requirements = name.starts_with("requirements") && name.ends_with(".txt");
    // Google's proof that a site is somebody's.
    let proof = name.strip_prefix("google").and_then(|rest| rest.strip_suffix(".html"));
    let proof = proof.is_some_and(|code| code.len() == 16 && code.bytes().all(|b| b.is_ascii_hexdigit()));
    requirements || proof || MACHINE_TEXTS.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_are_told_from_what_stands_around_them() {
        let bases = [String::new(), "docs/".to_owned()];
        let is = |path: &str| is_article(path, &bases);
        for path in [
            "posts/a.md",
            "a.txt",
            "content/en/templates/intro.md",
            "content/security.md",
            "docs/a.mdx",
            "history-of-print.md",
            "changes-at-the-top.md",
            "content/public/a.html",
            "../other/a.md",
            "google.html",
        ] {
            assert!(is(path), "{path}");
        }
        for path in [
            "README.md",
            "docs/content/readme.md",
            "README.zh-CN.md",
            "readme_ja.md",
            "LICENSE-MIT.txt",
            "license.txt",
            "x/CONTRIBUTING.md",
            "AGENTS.md",
            ".github/ISSUE_TEMPLATE/bug.md",
            "a/node_modules/x/y.md",
            "layouts/a.html",
            "docs/templates/a.html",
            "public/index.html",
            "content/_includes/a.html",
            "static/a.html",
            "requirements-dev.txt",
            "CMakeLists.txt",
            "x/robots.txt",
            "google16a62a069d0c4fa4.html",
            "a.png",
            "noext",
        ] {
            assert!(!is(path), "{path}");
        }
    }
}
