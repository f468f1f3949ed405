//! What the rules on links to other sites have in common.

use crate::rule::Sink;
use crate::site::web::{Address, Answer, State};
use crate::site::{Article, LinkFact};

/// The links to other sites that were asked for, with what came back.
pub(super) fn answered<'a>(
    article: &'a Article,
) -> impl Iterator<Item = (&'a LinkFact, Address<'a>, &'a Answer)> + use<'a> {
    let answers = article.site.settings.web.as_deref();
    answers.into_iter().flat_map(move |answers| {
        article.links().filter_map(move |(link, _)| {
            let address = article.site.elsewhere(article.facts, link)?;
            let answer = answers.get(&address.page)?;
            Some((link, address, answer))
        })
    })
}

/// What stands before the address in a message.
pub(super) fn lead(link: &LinkFact) -> &'static str {
    if link.embeds { "the image at" } else { "the link to" }
}

/// Reports the links of which `state` came back.
pub(super) fn tell(article: &Article, state: State, what: &str, help: &str, sink: &mut Sink) {
    for (link, address, answer) in answered(article).filter(|(_, _, answer)| answer.state == state) {
        let message = format!("{} `{}` {what}: {}", lead(link), address.page, answer.why);
        sink.report(link.destination, message).help(help);
    }
}
