//! What was probably meant by a link that leads to nothing. Only asked for those, so it may look around a little.

use std::sync::Arc;

use super::Site;
use super::ids::Ids;
use super::resolve::{is_article, join, page_spellings};
use super::target;
use super::tree::{directory_of, extension_of, name_of, stem_of};

/// At most so many neighbours are looked at.
pub(super) const BOUND: usize = 5_000;

/// Bytes that a name needs at least, for another that begins with it to be meant.
pub(super) const SHORTEST_STEM: usize = 4;

/// Letters that a name needs at least, for a similar one to be meant: `a` is one edit from every other letter.
const SHORTEST_NEAR: usize = 3;

/// The one file that was probably meant by `path`: the only one of that name in the site, else the one in the same
/// directory whose name is nearest.
pub(super) fn path(site: &Site, path: &str) -> Option<Arc<str>> {
    let spellings = std::iter::once(path.to_owned()).chain(page_spellings(path));
    if let Some(file) = spellings.into_iter().find_map(|path| site.renames.now(&path, &site.tree)) {
        return Some(file);
    }
    // A Windows path in a link is one long name.
    let name = name_of(path).rsplit('\\').next().unwrap_or(path);
    let mut names = vec![name.to_owned()];
    if extension_of(name).is_empty() {
        names.extend(["md", "mdx"].map(|extension| format!("{name}.{extension}")));
    } else if extension_of(name) == "html" || is_article(name) {
        names.extend(["md", "mdx"].map(|extension| format!("{}.{extension}", stem_of(name))));
        names.dedup();
    }
    // `index.md` in another directory is another page, not the same one moved.
    if !matches!(stem_of(name), "index" | "_index" | "README") {
        for name in &names {
            match site.tree.named(name) {
                [] => {}
                [only] => return Some(Arc::clone(only)),
                _ => return None,
            }
        }
    }
    // Names are compared without their extensions, but a page is not meant where a picture is asked for.
    let directory = directory_of(path);
    let alike = |file: &str| extension_of(name).is_empty() || is_article(file) == is_article(name);
    let neighbours = site.tree.below(directory).iter().take(BOUND);
    let neighbours = neighbours.filter(|file| directory_of(file) == directory && alike(file));
    nearest(stem_of(name), neighbours.map(|file| (stem_of(name_of(file)).to_owned(), file))).map(Arc::clone)
}

/// `file` as the path part of a link in the article `from`, in the manner of `written`.
pub(super) fn as_link(from: &str, written: &str, file: &str) -> Option<String> {
    let pretty = extension_of(name_of(written.trim_end_matches('/'))).is_empty();
    let mut shown = file.to_owned();
    if pretty && is_article(file) {
        let stem = stem_of(name_of(file));
        shown = match stem {
            "index" | "_index" | "README" => directory_of(file).to_owned(),
            _ => join(directory_of(file), stem),
        };
    }
    if shown.is_empty() {
        return None;
    }
    let slash = if pretty && written.ends_with('/') { "/" } else { "" };
    let link = if written.starts_with('/') {
        format!("/{}", shown.split('/').map(target::encode).collect::<Vec<_>>().join("/"))
    } else {
        let link = target::relative(directory_of(from), &shown);
        let dotted = written.starts_with("./") && !link.starts_with("../");
        // A first segment with a colon would be read as a scheme.
        if dotted || link.split('/').next()?.contains(':') { format!("./{link}") } else { link }
    };
    Some(link + slash)
}

/// The id of `ids` that was probably meant: the one with the same letters and digits, else the nearest, else the only one that
/// goes on where `wanted` ends (`dispatch`, `dispatchaction`).
pub(super) fn id<'a>(wanted: &str, ids: &'a [String], index: &Ids) -> Option<&'a str> {
    let name = |at: usize| ids[at].as_str();
    let near = || index.near(wanted).into_iter().map(name).map(|name| (name.to_owned(), name));
    let longer = || {
        let mut longer = index.longer(wanted, ids).map(name);
        let first = longer.next();
        first.filter(|first| longer.all(|other| other == *first))
    };
    let alike = index.alike(wanted).first().map(|&at| name(at));
    alike.or_else(|| nearest(wanted, near())).or_else(longer)
}

/// The candidate whose name is nearest to `wanted`, if one is near and no other just as near. Near is one edit for every
/// three letters (research: Damerau ≤ max(1, len/3)), letter case left out.
pub fn nearest<T: PartialEq>(wanted: &str, candidates: impl IntoIterator<Item = (String, T)>) -> Option<T> {
    let wanted = wanted.to_lowercase();
    let length = wanted.chars().count();
    if length < SHORTEST_NEAR {
        return None;
    }
    let limit = (length / 3).max(1);
    let mut best: Option<(usize, T)> = None;
    let mut tied = false;
    for (name, candidate) in candidates {
        let name = name.to_lowercase();
        if name.chars().count().abs_diff(length) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&wanted, &name);
        match &best {
            _ if distance > limit => {}
            Some((least, _)) if distance > *least => {}
            Some((least, known)) if distance == *least => tied |= *known != candidate,
            _ => {
                best = Some((distance, candidate));
                tied = false;
            }
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}
