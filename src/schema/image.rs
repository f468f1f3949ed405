//! Images in front matter: whether they are there, and what their headers say.

use imagesize::ImageType;

use super::near::shortened;
use super::seek::Sought;
use super::{Aspect, ImageLimits, Violation};
use crate::document::front_matter::{Map, Value};
use crate::site::{Article, Head, Verdict};

/// Keys of a map that hold the address of its image.
const ADDRESS: &[&str] = &["src", "path", "url", "image", "file"];

/// How far the ratio of an image may be off: a pixel is easily lost.
const TOLERANCE: f64 = 0.01;

/// What an image's header says.
struct Header {
    format: &'static str,
    /// Pixels; `None` where the format has none, or the header is not understood.
    size: Option<(usize, usize)>,
}

/// What is wrong with an image.
pub(super) fn violations(article: &Article, limits: &ImageLimits, sought: &Sought) -> Vec<Violation> {
    let Some(value) = address(sought.value) else { return Vec::new() };
    let Some(text) = value.as_text().map(str::trim).filter(|text| !text.is_empty()) else { return Vec::new() };
    let tell = |message: String, help: String| Violation::new(Aspect::Image, value.span, message, help);
    let name = &sought.name;
    let path = match article.site.resolve_image(article.facts, text) {
        Verdict::Exact { target } => target,
        // What is a link to the rules on links is told by them.
        Verdict::WrongCase { actual, .. } if !is_link(article, value) => {
            let message = format!("{name} is `{}`, which is there only in other letters", shortened(text));
            return vec![tell(message, format!("write `{actual}`"))];
        }
        Verdict::Missing { .. } if !is_link(article, value) => {
            let message = format!("{name} is `{}`, but there is no such image", shortened(text));
            return vec![tell(message, "add the image, or mend the path".into())];
        }
        _ => return Vec::new(),
    };
    let Some(head) = article.site.tree.head(&path, FIRST) else { return Vec::new() };
    let mut out = Vec::new();
    if let Some(most) = limits.max_weight.filter(|most| head.weight > *most) {
        let message = format!("`{path}` weighs {}, more than {}", bytes(head.weight), bytes(most));
        out.push(tell(message, format!("compress it to at most {}", bytes(most))));
    }
    let Some(header) = header(article, &path, head) else {
        let message = format!("`{path}` is no image that can be read");
        out.push(tell(message, "save it as JPEG, PNG, WebP or the like".into()));
        return out;
    };
    if !limits.formats.is_empty() && !limits.formats.iter().any(|format| format == header.format) {
        let message = format!("`{path}` is {}, not {}", described(header.format), or(&limits.formats));
        out.push(tell(message, format!("save it as {}", or(&limits.formats))));
    }
    let Some((width, height)) = header.size else { return out };
    let mut side = |what: &str, is: usize, least: Option<usize>, most: Option<usize>| {
        if let Some(least) = least.filter(|least| is < *least) {
            let message = format!("`{path}` is {is} pixels {what}, {} too few", least - is);
            out.push(tell(message, format!("take an image of at least {least} pixels")));
        }
        if let Some(most) = most.filter(|most| is > *most) {
            let message = format!("`{path}` is {is} pixels {what}, {} too many", is - most);
            out.push(tell(message, format!("scale it to at most {most} pixels")));
        }
    };
    side("wide", width, limits.min_width, limits.max_width);
    side("high", height, limits.min_height, limits.max_height);
    if let Some((wide, high)) = limits.ratio {
        #[expect(clippy::cast_precision_loss, reason = "no image has that many pixels")]
        let (is, wanted) = (width as f64 / height as f64, wide / high);
        if (is / wanted - 1.0).abs() > TOLERANCE {
            let message = format!("`{path}` is {width} × {height} pixels, which is not {}", ratio(wide, high));
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                clippy::cast_precision_loss,
                reason = "pixels"
            )]
            let (wide, high) = if is > wanted {
                ((height as f64 * wanted).round() as usize, height)
            } else {
                (width, (width as f64 / wanted).round() as usize)
            };
            out.push(tell(message, format!("crop it to {wide} × {high} pixels")));
        }
    }
    out
}

/// How many bytes are read of an image first; in most, the header ends before.
const FIRST: usize = 4096;

/// Whether a value is one of the links that the rules on links look at.
fn is_link(article: &Article, value: &Value) -> bool {
    article.facts.links.iter().any(|link| value.span.contains(link.destination))
}

fn address(value: &Value) -> Option<&Value> {
    let within = |map: &'_ Map| ADDRESS.iter().find(|key| map.get(key).is_some()).copied();
    match value.as_map() {
        Some(map) => map.get(within(map)?),
        None => Some(value),
    }
}

/// What the header of an image says; `None` if it is none.
fn header(article: &Article, path: &str, head: Head) -> Option<Header> {
    let named_svg = path.rsplit('.').next().is_some_and(|extension| extension.eq_ignore_ascii_case("svg"));
    if named_svg {
        return Some(Header { format: "svg", size: svg_size(&String::from_utf8_lossy(&head.bytes)) });
    }
    let format = format(imagesize::image_type(&head.bytes).ok()?)?;
    let size = |bytes: &[u8]| imagesize::blob_size(bytes).ok().map(|size| (size.width, size.height));
    let found = size(&head.bytes).or_else(|| {
        // A JPEG can carry a preview and a profile in front of its size.
        let whole = head.bytes.len() as u64 >= head.weight;
        if whole { None } else { size(&article.site.tree.head(path, usize::MAX)?.bytes) }
    });
    Some(Header { format, size: found })
}

fn format(kind: ImageType) -> Option<&'static str> {
    Some(match kind {
        ImageType::Bmp => "bmp",
        ImageType::Gif => "gif",
        ImageType::Heif(imagesize::Compression::Av1) => "avif",
        ImageType::Heif(_) => "heif",
        ImageType::Ico => "ico",
        ImageType::Jpeg => "jpeg",
        ImageType::Jxl => "jxl",
        ImageType::Png => "png",
        ImageType::Tiff => "tiff",
        ImageType::Webp => "webp",
        _ => "another format",
    })
}

fn described(format: &str) -> String {
    match format {
        "webp" => "a WebP".to_owned(),
        "avif" | "ico" | "svg" => format!("an {}", format.to_uppercase()),
        "another format" => format.to_owned(),
        _ => format!("a {}", format.to_uppercase()),
    }
}

/// The size that an SVG gives itself, in pixels, or that of its view box.
fn svg_size(text: &str) -> Option<(usize, usize)> {
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let attribute = |name: &str| {
        let at = tag.match_indices(name).map(|(at, _)| at).find(|at| tag[..*at].ends_with(char::is_whitespace))?;
        let rest = tag[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is checked to be a size")]
    let pixels = |text: &str| {
        let number = text.trim().trim_end_matches("px").parse::<f64>().ok()?;
        (1.0..1e6).contains(&number).then(|| number.round() as usize)
    };
    let own = attribute("width").and_then(pixels).zip(attribute("height").and_then(pixels));
    own.or_else(|| {
        let mut numbers = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty()).skip(2);
        Some((pixels(numbers.next()?)?, pixels(numbers.next()?)?))
    })
}

fn bytes(number: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "it is rounded anyway")]
    let number = number as f64;
    match number {
        n if n < 1e3 => format!("{n} bytes"),
        n if n < 1e6 => format!("{:.0} kB", n / 1e3),
        n => format!("{:.1} MB", n / 1e6),
    }
}

fn ratio(wide: f64, high: f64) -> String {
    if high == 1.0 && wide.fract() != 0.0 { format!("{wide} to 1") } else { format!("{wide}:{high}") }
}

fn or(words: &[String]) -> String {
    let words: Vec<String> =
        words.iter().map(|word| if word == "webp" { "WebP".into() } else { word.to_uppercase() }).collect();
    super::scalar::or(&words.iter().map(String::as_str).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_svg_has_a_size() {
        assert_eq!(svg_size("<?xml?>\n<svg width=\"120px\" height='80'>"), Some((120, 80)));
        assert_eq!(svg_size("<svg stroke-width=\"3\" viewBox=\"0 0 16.4,9\">"), Some((16, 9)));
        assert_eq!(svg_size("<svg width=\"100%\" height=\"100%\">"), None);
    }

    #[test]
    fn numbers_are_told_as_people_say_them() {
        assert_eq!((bytes(999), bytes(1_500), bytes(2_340_000)), ("999 bytes".into(), "2 kB".into(), "2.3 MB".into()));
        assert_eq!((ratio(16.0, 9.0), ratio(1.91, 1.0)), ("16:9".into(), "1.91 to 1".into()));
    }
}
