//! `date/format`, `date/invalid` and `related/unlinked`: what they report, where, and what their fixes write.

use std::sync::Arc;

use copydesk::document::Document;
use copydesk::document::front_matter::{Data, Entry, Format, FrontMatter, Map, Style, Value};
use copydesk::finding::{Finding, Safety};
use copydesk::rule::Sink;
use copydesk::rules::RULES;
use copydesk::source::{Kind, Source};
use copydesk::span::Span;

fn run(rule: &str, options: &str, document: &Document) -> Vec<Finding> {
    let definition = RULES.iter().find(|row| row.meta.id == rule).expect("it is in the table");
    let rule = definition.build(serde_yaml::from_str(options).expect("YAML")).unwrap_or_else(|error| panic!("{error}"));
    let mut findings = Vec::new();
    let path = Arc::from("page");
    let level = definition.meta.level.expect("it is on");
    rule.document(document, &mut Sink::new(&mut findings, definition.meta.id, level, &path));
    findings
}

/// The source with the edits of the finding's first fix.
fn fixed(source: &Source, finding: &Finding) -> Option<(Safety, String)> {
    let fix = finding.fixes.first()?;
    let mut text = source.text().to_owned();
    for edit in fix.edits.iter().rev() {
        text.replace_range(edit.span.start..edit.span.end, &edit.replacement);
    }
    Some((fix.safety, text))
}

/// An article whose front matter has the one field `date`, its value written as `written` in the manner of `style`.
fn article(format: Format, written: &str, style: Style) -> (Source, FrontMatter) {
    let (open, key, close) = match format {
        Format::Yaml => ("---\n", "date: ", "\n---\n"),
        Format::Toml => ("+++\n", "date = ", "\n+++\n"),
        Format::Json => ("{", "\"date\": ", "}\n"),
    };
    let text = format!("{open}{key}{written}{close}");
    let start = open.len() + key.len();
    let span = Span::new(start, start + written.len());
    let inner = match style {
        Style::SingleQuoted | Style::DoubleQuoted => &written[1..written.len() - 1],
        _ => written,
    };
    let data = if format == Format::Toml && style == Style::Plain {
        Data::Date(inner.to_owned())
    } else if let Ok(number) = inner.parse() {
        Data::Number(number)
    } else {
        Data::String(inner.to_owned())
    };
    let key_span = Span::new(open.len(), open.len() + "date".len());
    let entry = Entry { key: "date".to_owned(), key_span, value: Value { span, data, style } };
    let front_matter = FrontMatter {
        format,
        span: Span::new(0, text.len() - 1),
        opening: Span::new(0, 1),
        content: Span::new(open.len(), span.end),
        complete: true,
        map: Map { entries: vec![entry] },
        comments: Vec::new(),
    };
    (Source::new("a.md", Kind::Text, text), front_matter)
}

/// What `rule` says of a YAML value: message and fixed value.
fn yaml(rule: &str, options: &str, written: &str) -> Option<(String, Option<(Safety, String)>)> {
    on(Format::Yaml, Style::Plain, rule, options, written)
}

fn on(
    format: Format,
    style: Style,
    rule: &str,
    options: &str,
    written: &str,
) -> Option<(String, Option<(Safety, String)>)> {
    let (source, front_matter) = article(format, written, style);
    let mut document = Document::parse(&source);
    document.front_matter = Some(front_matter);
    let findings = run(rule, options, &document);
    assert!(findings.len() <= 1);
    let finding = findings.first()?;
    let bare = written.trim_matches(['"', '\'']);
    assert_eq!(source.slice(finding.span), bare);
    let value = fixed(&source, finding).map(|(safety, text)| {
        let value = text.lines().find_map(|line| line.split_once(['=', ':'])).expect("the field").1;
        (safety, value.trim().trim_end_matches('}').to_owned())
    });
    Some((finding.message.clone(), value))
}

#[test]
fn iso_is_silent_on_every_standard_form() {
    for written in [
        "2025-07-18",
        "2025-07-18T10:00:00Z",
        "2015-11-17 16:16:01 -0600",
        "2014-01-01 9:00:00 -5",
        "2025",
        "20250718",
        "1752796800",
        "\u{7b}{ .Date }}",
        "<% tp.date.now() %>",
        "yes",
        "tomorrow",
        "2024-13-45",
        "Tuesday, July 18, 2025",
        "~",
    ] {
        assert_eq!(yaml("date/format", "{}", written), None, "{written}");
    }
}

#[test]
fn other_forms_are_written_in_iso() {
    let safe = |written: &str| Some((Safety::Safe, written.to_owned()));
    for (written, value) in [
        ("July 18, 2025", safe("2025-07-18")),
        ("2025-7-8", safe("2025-07-08")),
        ("18.07.2025", safe("2025-07-18")),
        ("le 18 août 2025", safe("2025-08-18")),
        ("2025年7月18日", safe("2025-07-18")),
        ("July 18, 2025 3:00 pm", safe("2025-07-18T15:00:00")),
        ("July 18, 2025 3:00 pm IST", Some((Safety::Unsafe, "2025-07-18T15:00:00".to_owned()))),
        ("18/07/25", Some((Safety::Unsafe, "2025-07-18".to_owned()))),
    ] {
        let (message, fixed) = yaml("date/format", "{}", written).expect("a finding");
        assert_eq!(message, format!("`{written}` is not an ISO 8601 date"));
        assert_eq!(fixed, value, "{written}");
    }
    let (message, fixed) = yaml("date/format", "{}", "03/04/2025").expect("a finding");
    assert_eq!((message.as_str(), fixed), ("`03/04/2025` can mean 3 April 2025 or 4 March 2025", None));
}

#[test]
fn a_fix_keeps_the_language_of_the_front_matter() {
    let long = "{format: '%B %-d, %Y'}";
    let value = |format, style, written| {
        let (_, fixed) = on(format, style, "date/format", long, written).expect("a finding");
        fixed
    };
    let written = |text: &str| Some((Safety::Safe, text.to_owned()));
    assert_eq!(value(Format::Yaml, Style::Plain, "2025-07-18"), written("July 18, 2025"));
    assert_eq!(value(Format::Yaml, Style::SingleQuoted, "'2025-07-18'"), written("'July 18, 2025'"));
    assert_eq!(value(Format::Toml, Style::Plain, "2025-07-18"), written("\"July 18, 2025\""));
    assert_eq!(value(Format::Toml, Style::DoubleQuoted, "\"2025-07-18\""), written("\"July 18, 2025\""));
    assert_eq!(value(Format::Json, Style::DoubleQuoted, "\"2025-07-18\""), written("\"July 18, 2025\""));
    assert_eq!(
        value(Format::Toml, Style::Plain, "2025-07-18T10:00:00Z"),
        Some((Safety::Unsafe, "\"July 18, 2025\"".to_owned()))
    );
    let (_, fixed) = yaml("date/format", "{format: \"%d o'clock %m, %Y: x\"}", "2025-07-18").expect("a finding");
    assert_eq!(fixed, written("\"18 o'clock 07, 2025: x\""));
    let (_, fixed) = yaml("date/format", "{format: '%Y-%m-%dT%H:%M:%S%:z'}", "2025-07-18").expect("a finding");
    assert_eq!(fixed, None);
}

#[test]
fn dates_in_brackets_are_quoted_and_lists_are_judged_by_item() {
    let text = "---\ndate: [July 18 2025, 2025-07-19]\nlast_update: {date: 18.07.2025}\n---\n";
    let source = Source::new("a.md", Kind::Text, text);
    let at = |needle: &str| {
        let start = text.find(needle).expect("it is there");
        Span::new(start, start + needle.len())
    };
    let plain = |needle: &str| Value { span: at(needle), data: Data::String(needle.to_owned()), style: Style::Plain };
    let entry = |key: &str, value| Entry { key: key.to_owned(), key_span: at(key), value };
    let list = Value {
        span: at("[July 18 2025, 2025-07-19]"),
        data: Data::List(vec![plain("July 18 2025"), plain("2025-07-19")]),
        style: Style::Flow,
    };
    let map = Value {
        span: at("{date: 18.07.2025}"),
        data: Data::Map(Map { entries: vec![entry("date", plain("18.07.2025"))] }),
        style: Style::Flow,
    };
    let mut document = Document::parse(&source);
    document.front_matter = Some(FrontMatter {
        format: Format::Yaml,
        span: at("---\ndate"),
        opening: at("---"),
        content: Span::new(4, text.len() - 4),
        complete: true,
        map: Map { entries: vec![entry("date", list), entry("last_update", map)] },
        comments: Vec::new(),
    });
    let findings = run("date/format", "{format: '%B %-d, %Y'}", &document);
    let spans: Vec<_> = findings.iter().map(|finding| source.slice(finding.span)).collect();
    assert_eq!(spans, ["July 18 2025", "2025-07-19", "18.07.2025"]);
    assert!(findings.iter().all(|finding| finding.fixes[0].edits[0].replacement.starts_with('"')));
}

#[test]
fn options_are_checked() {
    let build = |options: &str| {
        let row = RULES.iter().find(|row| row.meta.id == "date/format").expect("it is in the table");
        row.build(serde_yaml::from_str(options).expect("YAML")).map(|_| ()).map_err(|error| error.to_string())
    };
    assert!(build("{format: 'YYYY-MM-DD'}").is_err_and(|error| error.contains("write it with % signs")));
    assert!(build("{formats: {date: '%'}}").is_err_and(|error| error.contains("formats.date")));
    assert!(build("{formta: iso}").is_err());
    assert!(yaml("date/format", "{fields: [seen]}", "July 18, 2025").is_some(), "the usual fields stay");
    assert!(yaml("date/format", "{fields: [], formats: {date: '%Y'}}", "July 18, 2025").is_some());
}

#[test]
fn impossible_dates_wrong_days_and_words() {
    let said = |rule: &str, written: &str| yaml(rule, "{}", written).map(|(message, _)| message);
    for written in ["Tuesday, July 18, 2025", "Dienstag, 18. Juli 2025"] {
        assert_eq!(said("date/weekday", written).as_deref(), Some("2025-07-18 is a Friday, not a Tuesday"));
        assert_eq!(said("date/invalid", written), None);
    }
    let message = |written: &str| said("date/invalid", written);
    for (written, wanted) in [
        ("2024-13-45", "`2024-13-45` is no date: there is no month 13"),
        ("30 February 2025", "`30 February 2025` is no date: February 2025 has 28 days, not 30"),
        ("2025-06-31T10:00:00Z", "`2025-06-31T10:00:00Z` is no date: June has 30 days, not 31"),
        ("tomorrow", "`tomorrow` is not a date"),
        ("TBD", "`TBD` is not a date"),
    ] {
        assert_eq!(message(written).as_deref(), Some(wanted));
    }
    for written in [
        "2025-07-18",
        "July 18, 2025",
        "03/04/2025",
        "2025",
        "no",
        "{{ page.date }}",
        "{% now %}",
        "1752796800",
        "Friday, July 18, 2025",
    ] {
        assert_eq!(message(written), None, "{written}");
        assert_eq!(said("date/weekday", written), None, "{written}");
    }
}

#[test]
fn a_page_dump_tells_all_its_dates_and_lost_links() {
    let source = Source::new("page.txt", Kind::Text, include_str!("../fixtures/articles/winter-bread.txt"));
    let document = Document::parse(&source);
    let findings = run("date/format", "{}", &document);
    let spans: Vec<_> = findings.iter().map(|finding| source.slice(finding.span)).collect();
    assert_eq!(spans, ["January 16, 2026", "January 09, 2026", "December 28, 2025"]);
    assert_eq!(findings[1].fixes[0].edits[0].replacement, "2026-01-09");
    let findings = run("date/format", "{format: '%B %-d, %Y'}", &document);
    assert_eq!(findings.iter().map(|finding| source.slice(finding.span)).collect::<Vec<_>>(), ["January 09, 2026"]);
    assert!(run("date/format", "{format: '%B %d, %Y'}", &document).is_empty());
    assert!(run("date/invalid", "{}", &document).is_empty());

    let findings = run("related/unlinked", "{}", &document);
    let starts: Vec<_> = findings.iter().map(|finding| source.slice(finding.span).split(' ').next()).collect();
    assert_eq!(starts, [Some("Rye"), Some("A"), Some("Steam"), Some("From")]);
    assert!(findings.iter().all(|finding| finding.message == "related article has no title and no link"));
    assert!(findings.iter().all(|finding| !source.slice(finding.span).contains('\n')));

    let text = source
        .text()
        .replace("January 16, 2026", "February 30, 2026")
        .replace("January 09, 2026", "Monday, January 9, 2026");
    let source = Source::new("page.txt", Kind::Text, text);
    let messages = |rule: &str| -> Vec<String> {
        run(rule, "{}", &Document::parse(&source)).into_iter().map(|finding| finding.message).collect()
    };
    assert_eq!(messages("date/invalid"), ["`February 30, 2026` is no date: February 2026 has 28 days, not 30"]);
    assert_eq!(messages("date/weekday"), ["2026-01-09 is a Friday, not a Monday"]);
}
