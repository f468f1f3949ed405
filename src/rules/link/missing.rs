//! What `link/broken` says of links and `link/image` of images.

use super::{is_placeholder, noun, replace_path, verdicts};
use crate::finding::Fix;
use crate::rule::Sink;
use crate::site::{Article, Verdict};

/// Reports the links of the article, or the images if `embeds`, that lead to nothing.
pub(super) fn report(article: &Article, sink: &mut Sink, embeds: bool) {
    for (link, verdict) in verdicts(article).filter(|(link, _)| link.embeds == embeds) {
        let Verdict::Missing { path, suggestion } = verdict else { continue };
        if is_placeholder(&link.url) {
            continue;
        }
        let mut message = format!("the {} `{}` leads to nothing", noun(link), link.url);
        if *path != link.url {
            message.push_str(&format!(": there is no `{path}`"));
        }
        let finding = sink.report(link.destination, message);
        match suggestion {
            Some(meant) => {
                finding.help(format!("did you mean `{meant}`?"));
                if let Some(edit) = replace_path(article, link, meant) {
                    finding.fix(Fix::risky(format!("lead to `{meant}`"), [edit]));
                }
            }
            None if link.embeds => {
                finding.help("add the file, or take the image out");
            }
            None => {
                finding.help("lead to a page that is there, or take the link out");
            }
        }
    }
}
