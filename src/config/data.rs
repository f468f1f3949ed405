//! Values that a file of data allows: `one-of-file`.
//!
//! Owns which formats such a file may have and where in it the values are looked for.

use std::rc::Rc;

use super::reader::Reader;
use super::suggest;
use crate::document::front_matter::{Data, Format, Style, Value, parse_data};
use crate::schema::Choices;
use crate::source::Source;
use crate::span::Span;

/// Reads `one-of-file`: a path, or a map with a `path` and the `key` under which the values are.
pub(super) fn choices(reader: &mut Reader, value: &Value) -> Option<Choices> {
    let (mut path, mut key) = (None, None);
    match &value.data {
        Data::Map(_) => {
            for entry in reader.entries("one-of-file", value, &["path", "key"]) {
                let slot = if entry.key == "path" { &mut path } else { &mut key };
                *slot = Some(&entry.value);
            }
        }
        _ => path = Some(value),
    }
    let Some(path) = path else {
        let help = "write it as `one-of-file: data/authors.yaml`";
        reader.wrong(value.span, "`one-of-file` names no file").help(help);
        return None;
    };
    let file = reader.file("one-of-file", path)?;
    let key = match key {
        Some(key) => Some((reader.text("key", key)?, key.span)),
        None => None,
    };
    let values = match extension(file.path()) {
        "csv" | "tsv" => table(reader, &file, key)?,
        "txt" | "text" | "lst" | "" => {
            if let Some((_, span)) = key {
                reader.wrong(span, "a file with one value a line has no keys").help("take `key` out");
                return None;
            }
            lines(&file)
        }
        _ => tree(reader, &file, key, path.span)?,
    };
    if values.is_empty() {
        reader.wrong_in(
            &file,
            Span::empty(file.start()),
            "there are no values in this file, so nothing would ever fit",
        );
        return None;
    }
    Some(Choices::from_file(values, file.path()))
}

fn extension(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// The format of a file of data or a schema, by its name.
pub(super) fn format_of(path: &str) -> Option<Format> {
    match extension(path).to_ascii_lowercase().as_str() {
        "yaml" | "yml" => Some(Format::Yaml),
        "toml" => Some(Format::Toml),
        "json" | "json5" | "jsonc" => Some(Format::Json),
        _ => None,
    }
}

/// What a file of data holds. What is wrong with it is told in the file itself; `named` is where the configuration names it.
pub(super) fn parse(reader: &mut Reader, file: &Rc<Source>, named: Span) -> Option<Value> {
    let Some(format) = format_of(file.path()) else {
        let message = format!("`{}` is of no kind that can be read", file.path());
        reader.wrong(named, message).help("give it a name that ends in `.yaml`, `.toml` or `.json`");
        return None;
    };
    let (value, problems) = parse_data(format, file.text(), Span::new(file.start(), file.text().len()));
    let sound = problems.is_empty();
    for problem in problems {
        let finding = reader.wrong_in(file, problem.span, problem.message);
        finding.help = problem.help;
        problem.labels.into_iter().for_each(|(span, message)| _ = finding.also(span, message));
    }
    if sound && value.is_none() {
        reader.wrong_in(file, Span::empty(file.start()), "the file is empty");
    }
    value.filter(|_| sound)
}

/// A value for each line that holds more than white space and a `#` comment.
fn lines(file: &Source) -> Vec<Value> {
    let whole = (0..file.line_count()).map(|line| file.line(line).trimmed(file.text()));
    let told = whole.filter(|span| !span.is_empty() && !file.slice(*span).starts_with('#'));
    told.map(|span| text(span, file.slice(span).trim_start_matches('\u{FEFF}'))).collect()
}

fn text(span: Span, text: &str) -> Value {
    Value { span, data: Data::String(text.to_owned()), style: Style::Plain }
}

/// The values in the column called `key` of a table, in its first column if no name is given.
fn table(reader: &mut Reader, file: &Source, key: Option<(&str, Span)>) -> Option<Vec<Value>> {
    let separator = if extension(file.path()) == "tsv" { '\t' } else { ',' };
    let mut rows = rows(&file.text()[file.start()..], separator, file.start());
    let header = if rows.is_empty() { Vec::new() } else { rows.remove(0) };
    let column = match key {
        None => 0,
        Some((key, span)) => {
            let names: Vec<&str> = header.iter().map(|(name, _)| name.trim()).collect();
            let Some(column) = names.iter().position(|name| *name == key) else {
                let finding = reader.wrong(span, format!("`{}` has no column `{key}`", file.path()));
                finding.help = suggest::help(key, &names);
                return None;
            };
            column
        }
    };
    let cells = rows.iter().filter_map(|row| row.get(column)).filter(|(cell, _)| !cell.trim().is_empty());
    Some(cells.map(|(cell, span)| text(*span, cell.trim())).collect())
}

/// The rows of a table whose cells may stand in double quotes, with the place of each cell in the file.
fn rows(text: &str, separator: char, base: usize) -> Vec<Vec<(String, Span)>> {
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut quoted, mut start) = (false, 0);
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' if quoted && letters.peek().is_some_and(|(_, next)| *next == '"') => {
                letters.next();
                cell.push('"');
            }
            '"' if quoted || cell.trim().is_empty() => quoted = !quoted,
            '\n' if !quoted => {
                row.push((std::mem::take(&mut cell), Span::new(base + start, base + at)));
                rows.push(std::mem::take(&mut row));
                start = at + 1;
            }
            letter if letter == separator && !quoted => {
                row.push((std::mem::take(&mut cell), Span::new(base + start, base + at)));
                start = at + letter.len_utf8();
            }
            '\r' if !quoted => {}
            letter => cell.push(letter),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push((cell, Span::new(base + start, base + text.len())));
        rows.push(row);
    }
    rows
}

/// The values in a tree: under `key`, a dotted path in which `*` stands for every item or key, else all there are: the
/// items of a list, the keys of a map.
fn tree(reader: &mut Reader, file: &Rc<Source>, key: Option<(&str, Span)>, named: Span) -> Option<Vec<Value>> {
    let whole = parse(reader, file, named)?;
    let mut found = vec![&whole];
    for step in key.iter().flat_map(|(key, _)| key.split('.')).filter(|step| *step != "$") {
        let (bare, each) =
            step.strip_suffix("[]").or(step.strip_suffix("[*]")).map_or((step, false), |bare| (bare, true));
        if !bare.is_empty() && bare != "*" {
            // A list in between stands for each of its items.
            let items = |value: &'_ &Value| value.as_list().is_some();
            let (lists, single): (Vec<&Value>, Vec<&Value>) = found.iter().copied().partition(items);
            let inside = lists.into_iter().flat_map(children);
            let maps: Vec<_> = single.into_iter().chain(inside).filter_map(Value::as_map).collect();
            let next: Vec<&Value> = maps.iter().filter_map(|map| map.get(bare)).collect();
            if next.is_empty() {
                let mut known: Vec<&str> = maps.iter().copied().flat_map(keys_of).collect();
                known.sort_unstable();
                known.dedup();
                let span = key.map_or(named, |(_, span)| span);
                let finding = reader.wrong(span, format!("`{}` has nothing under `{bare}`", file.path()));
                finding.help = suggest::help(bare, &known);
                return None;
            }
            found = next;
        }
        if each || bare == "*" {
            found = found.into_iter().flat_map(children).collect();
        }
    }
    let mut values = Vec::new();
    for value in found {
        match &value.data {
            Data::List(items) => values.extend(items.iter().cloned()),
            Data::Map(map) => values.extend(map.entries.iter().map(|entry| text(entry.key_span, &entry.key))),
            Data::Null => {}
            _ => values.push(value.clone()),
        }
    }
    if let Some(item) = values.iter().find(|value| matches!(value.data, Data::List(_) | Data::Map(_))) {
        let known: Vec<&str> = item.as_map().map(|map| keys_of(map).collect()).unwrap_or_default();
        let finding = reader.wrong_in(file, item.span, "this is no single value");
        let path = key.map_or(String::new(), |(key, _)| format!("{key}."));
        finding.help = Some(match known.first() {
            Some(first) => format!("say which key names it, such as `key: {path}{first}`: {}", suggest::list(&known)),
            None => "write words or numbers".to_owned(),
        });
        return None;
    }
    Some(values)
}

fn keys_of(map: &crate::document::front_matter::Map) -> impl Iterator<Item = &str> {
    map.entries.iter().map(|entry| entry.key.as_str())
}

fn children(value: &Value) -> Vec<&Value> {
    match &value.data {
        Data::List(items) => items.iter().collect(),
        Data::Map(map) => map.entries.iter().map(|entry| &entry.value).collect(),
        _ => Vec::new(),
    }
}
