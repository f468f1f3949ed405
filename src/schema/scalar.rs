//! Types, texts and numbers: checks that look at one value alone.

use super::near::count;
use super::place::{At, Subject};
use super::{Aspect, Detail, Pattern, Type, Violation};
use crate::date;
use crate::document::front_matter::{Data, Value};

impl Type {
    /// What it is, in the words of [`Value::describe`].
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Text | Self::String => "text",
            Self::Number => "a number",
            Self::Integer => "a whole number",
            Self::Bool => "true or false",
            Self::Null => "empty",
            Self::List => "a list",
            Self::Map => "a map",
            Self::Date => "a date",
            Self::Url => "an address",
            Self::Slug => "a slug",
            Self::Email => "an e-mail address",
            Self::Image => "an image",
            Self::Article => "an article",
        }
    }

    /// Whether `subject` is one.
    pub(super) fn takes(self, subject: &Subject) -> bool {
        let Some(value) = subject.value else { return self == Self::Map };
        match (self, &value.data) {
            (Self::Text | Self::String | Self::Article | Self::Image, Data::String(_))
            | (Self::String, Data::Date(_))
            | (Self::Number, Data::Number(_))
            | (Self::Bool, Data::Bool(_))
            | (Self::Null, Data::Null)
            | (Self::Date, Data::Date(_))
            | (Self::List, Data::List(_))
            | (Self::Map | Self::Article | Self::Image, Data::Map(_)) => true,
            (Self::Integer, Data::Number(number)) => number.fract() == 0.0,
            (Self::Date, Data::String(text)) => date::read(text).is_some(),
            (Self::Url, Data::String(text)) => is_absolute(text),
            (Self::Slug, Data::String(text)) => is_slug(text),
            (Self::Email, Data::String(text)) => is_email(text.trim()),
            _ => false,
        }
    }

    /// How to write a value that is not one.
    fn help(self, value: Option<&Value>) -> String {
        let Some(value) = value else { return "write it as the schema asks".into() };
        let help = match (self, &value.data) {
            (Self::Text | Self::String, Data::Number(_) | Data::Bool(_) | Data::Date(_)) => "put it in quotes",
            (Self::Bool, Data::String(_)) => "write `true` or `false`, without quotes",
            (Self::Number, Data::String(_)) => "write digits, without quotes",
            (Self::Integer, _) => "write digits, without quotes and without a fraction",
            (Self::Date, _) => "write it as `2025-07-18`",
            (Self::List, Data::String(_) | Data::Number(_) | Data::Date(_) | Data::Bool(_)) => {
                "write it as `[one, two]`"
            }
            (Self::Url, _) => "write it in full, as `https://example.org/page`",
            (Self::Slug, Data::String(text)) => return slug_help(text),
            (Self::Slug, _) => "write it as `lower-case-words`",
            (Self::Email, _) => "write it as `name@example.org`",
            (Self::Image, _) => "give the path of an image",
            (Self::Map, _) => "write it as keys and values",
            (_, Data::Null) => "give it a value",
            _ => "write it as the schema asks",
        };
        help.to_owned()
    }
}

/// Says that `subject` is of none of `types`.
pub(super) fn wrong_type(subject: &Subject, types: &[Type], at: &At) -> Violation {
    let mut words: Vec<&str> = Vec::new();
    for kind in types {
        if !words.contains(&kind.describe()) {
            words.push(kind.describe());
        }
    }
    let wanted = or(&words);
    let help = types.first().map_or(String::new(), |kind| kind.help(subject.value));
    let found = match (subject.text(), types) {
        // A text that is no address: to call it text would say nothing.
        (Some(text), [Type::Url | Type::Slug | Type::Email]) if !text.trim().is_empty() => {
            format!("`{}`", super::near::shortened(text))
        }
        _ => subject.describe().to_owned(),
    };
    let mut violation = Violation::new(Aspect::Type, subject.span, format!("{at} is {found}, not {wanted}"), help);
    violation.detail = Detail::Types(types.to_vec());
    violation
}

/// `a, b or c`
pub(super) fn or(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

/// The length of a text in code points.
fn length(text: &str, house: bool) -> usize {
    if house { text.trim().chars().count() } else { text.chars().count() }
}

pub(super) fn min_length(subject: &Subject, least: usize, house: bool, at: &At) -> Option<Violation> {
    let length = length(subject.text()?, house);
    let short = || {
        let message = format!("{at} is only {} long", count(length, "character"));
        Violation::new(Aspect::Value, subject.span, message, format!("write at least {least}"))
    };
    (length < least).then(short)
}

pub(super) fn max_length(subject: &Subject, most: usize, house: bool, at: &At) -> Option<Violation> {
    let length = length(subject.text()?, house);
    let long = || {
        let message = format!("{at} is {} long, {} too many", count(length, "character"), length - most);
        Violation::new(Aspect::Value, subject.span, message, format!("shorten it to at most {most}"))
    };
    (length > most).then(long)
}

pub(super) fn pattern(subject: &Subject, pattern: &Pattern, house: bool, at: &At) -> Option<Violation> {
    let text = subject.text()?;
    let wrong = || {
        let message = format!("{at} does not have the form that is asked for");
        Violation::new(Aspect::Value, subject.span, message, format!("it must match `{}`", pattern.as_str()))
    };
    (!pattern.finds(if house { text.trim() } else { text })).then(wrong)
}

pub(super) fn min(subject: &Subject, least: f64, exclusive: bool, at: &At) -> Option<Violation> {
    let number = subject.number()?;
    let fits = if exclusive { number > least } else { number >= least };
    let help = if exclusive { format!("write more than {least}") } else { format!("write at least {least}") };
    (!fits).then(|| Violation::new(Aspect::Value, subject.span, format!("{at} is {number}, which is too little"), help))
}

pub(super) fn max(subject: &Subject, most: f64, exclusive: bool, at: &At) -> Option<Violation> {
    let number = subject.number()?;
    let fits = if exclusive { number < most } else { number <= most };
    let help = if exclusive { format!("write less than {most}") } else { format!("write at most {most}") };
    (!fits).then(|| Violation::new(Aspect::Value, subject.span, format!("{at} is {number}, which is too much"), help))
}

pub(super) fn multiple_of(subject: &Subject, step: f64, at: &At) -> Option<Violation> {
    let number = subject.number()?;
    let times = number / step;
    // 0.3 is a multiple of 0.1, though not for a machine.
    let fits = (times - times.round()).abs() < 1e-9 * times.abs().max(1.0);
    let message = format!("{at} is {number}, which is no multiple of {step}");
    (!fits).then(|| Violation::new(Aspect::Value, subject.span, message, format!("write a multiple of {step}")))
}

/// Whether a text is an absolute address: a scheme, `://`, a host, and no white space.
pub(super) fn is_absolute(text: &str) -> bool {
    let text = text.trim();
    text.split_once("://").is_some_and(|(scheme, rest)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
            && rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')
            && !rest.contains(char::is_whitespace)
    })
}

/// Whether a text is a slug: letters without case distinction or in lower case, digits, single hyphens between them.
fn is_slug(text: &str) -> bool {
    let fits = |c: char| c == '-' || (c.is_alphanumeric() && c.to_lowercase().eq([c]));
    !text.is_empty() && text.chars().all(fits) && !text.starts_with('-') && !text.ends_with('-') && !text.contains("--")
}

fn slug_help(text: &str) -> String {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    match words.is_empty() {
        true => "write it as `lower-case-words`".into(),
        false => format!("write it as `{}`", words.join("-")),
    }
}

/// Whether a text is an e-mail address: something, one `@`, a host.
pub(super) fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else { return false };
    let quoted = name.len() > 2 && name.starts_with('"') && name.ends_with('"');
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
    let dots = !name.starts_with('.') && !name.ends_with('.') && !name.contains("..");
    (quoted || (!name.is_empty() && name.chars().all(plain) && dots)) && super::form::is_host(host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_and_addresses() {
        for slug in ["a", "what-we-know", "2025", "日本語", "é-1"] {
            assert!(is_slug(slug), "{slug}");
        }
        for none in ["", "What", "a--b", "-a", "a-", "a_b", "a b", "a/b"] {
            assert!(!is_slug(none), "{none}");
        }
        assert_eq!(slug_help("What_We Know?"), "write it as `what-we-know`");
        assert!(is_email("a.b+c@example.org") && is_email("jané@exämple.org"));
        for none in ["a@", "@b.org", "a b@c.org", "a@b@c.org", "a..b@c.org", "a@b c.org", "a"] {
            assert!(!is_email(none), "{none}");
        }
        assert!(is_absolute("https://example.org/é") && !is_absolute("example.org") && !is_absolute("mailto:a@b.c"));
    }
}
