//! What the terminal can do.

use std::env;

use super::args::Color;
use crate::report::pretty::Style;

/// Narrower than this nothing can be laid out.
const MIN_WIDTH: usize = 40;

/// Whether to use colours on a stream that is a terminal or not. See <https://no-color.org> and
/// <https://bixense.com/clicolors>.
pub(super) fn colors(when: Color, terminal: bool) -> bool {
    let set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    let forced = |name: &str| set(name) && env::var_os(name).is_some_and(|value| value != "0");
    match when {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if forced("FORCE_COLOR") || forced("CLICOLOR_FORCE") => true,
        Color::Auto => terminal && env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// What a stream that is a terminal or not can do.
pub(super) fn style(when: Color, terminal: bool) -> Style {
    Style { color: colors(when, terminal), width: width(), unicode: unicode() }
}

/// Whether words can be links on a stream that is a terminal or not: where colours can be, but for the console of Linux,
/// which shows what it does not understand. `FORCE_HYPERLINK` decides otherwise, as in other programs.
pub(super) fn links(when: Color, terminal: bool) -> bool {
    match env::var_os("FORCE_HYPERLINK").filter(|value| !value.is_empty()) {
        Some(value) => value != "0",
        None => terminal && colors(when, terminal) && env::var_os("TERM").is_none_or(|term| term != "linux"),
    }
}

/// Whether more than ASCII can be shown: everywhere but in a locale that says otherwise, as `C` does.
fn unicode() -> bool {
    let set = |name: &str| env::var(name).ok().filter(|value| !value.is_empty());
    let locale = set("LC_ALL").or_else(|| set("LC_CTYPE")).or_else(|| set("LANG"));
    locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8") || !matches!(locale.as_str(), "c" | "posix")
    })
}

/// How many columns there are: `COLUMNS`, else what the terminal says, else 80.
pub(super) fn width() -> usize {
    let said = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns > 0);
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    said.or_else(seen).unwrap_or(80).max(MIN_WIDTH)
}
