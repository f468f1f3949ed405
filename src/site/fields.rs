//! Links in front matter: an image that a page is shown with, a page that a reader is sent on to.
//!
//! Lists of related articles are named in many more ways and are not among them (see [`super::reference`]).

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::{LinkFact, related, target};
use crate::document::LinkForm;
use crate::document::front_matter::{Data, Entry, FrontMatter, Value};

/// Keys whose values, or the addresses in them, are shown.
static SHOWING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| FxHashSet::from_iter(SHOWING_KEYS.iter().copied()));

const SHOWING_KEYS: &[&str] = &[
    "image",
    "images",
    "img",
    "cover",
    "thumbnail",
    "thumb",
    "banner",
    "hero",
    "teaser",
    "logo",
    "avatar",
    "photo",
    "featured_image",
    "featuredImage",
    "featured-image",
    "feature_image",
    "cover_image",
    "coverImage",
    "cover-image",
    "header_image",
    "headerImage",
    "header",
    "og_image",
    "ogImage",
    "og-image",
    "social_image",
    "socialImage",
    "social-image",
    "hero_image",
    "heroImage",
    "hero-image",
    "thumbnail_image",
    "preview_image",
    "overlay_image",
    "image_path",
    "imagePath",
    "image_src",
    "twitter_image",
    "card_image",
    "poster",
];

/// Keys whose values a reader is sent to.
const LEADING: &[&str] = &["redirect_to", "redirectTo", "redirect-to", "redirect"];

/// Keys in a map under one of those that hold its address.
const ADDRESS: &[&str] = &["src", "path", "url", "image", "teaser", "overlay_image", "file", "feature"];

/// Endings of what is shown.
const MEDIA: &[&str] = &[".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif"];

/// The links in the front matter, in source order.
pub(super) fn links(front: &FrontMatter, mut each: impl FnMut(LinkFact)) {
    for Entry { key, value, .. } in &front.map.entries {
        let embeds = SHOWING.contains(key.as_str());
        if !embeds && !LEADING.contains(&key.as_str()) {
            continue;
        }
        match &value.data {
            Data::List(items) => items.iter().for_each(|item| one_of(item, embeds, &mut each)),
            _ => one_of(value, embeds, &mut each),
        }
    }
}

fn one_of(value: &Value, embeds: bool, each: &mut impl FnMut(LinkFact)) {
    match &value.data {
        Data::Map(map) => {
            let addresses = map.entries.iter().filter(|entry| ADDRESS.contains(&entry.key.as_str()));
            addresses.for_each(|entry| each_of(&entry.value, embeds, each));
        }
        _ => each_of(value, embeds, each),
    }
}

fn each_of(value: &Value, embeds: bool, each: &mut impl FnMut(LinkFact)) {
    let Data::String(text) = &value.data else { return };
    let url = text.trim();
    let path = target::Parts::of(url).path.to_ascii_lowercase();
    let media = MEDIA.iter().any(|ending| path.len() > ending.len() && path.ends_with(ending));
    let address =
        media || url.starts_with('/') || url.starts_with("./") || url.starts_with("../") || target::is_web(url);
    let foreign = url.contains("{{") || url.contains("{%") || url.contains("${");
    if !address || foreign || url.len() < 2 || url.contains(['\n', '<']) {
        return;
    }
    let destination = related::inner(value, url).unwrap_or(value.span);
    each(LinkFact { form: LinkForm::Field, embeds, span: value.span, destination, url: url.to_owned(), foreign });
}
