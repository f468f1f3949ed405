//! Links at a terminal, by OSC 8: words that lead somewhere when they are clicked.
//!
//! Source: <https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda>.

/// Where names in a report lead.
#[derive(Clone, Copy)]
pub struct Links<'a> {
    /// The address of the file at a path; `None` if it has none.
    pub file: &'a dyn Fn(&str) -> Option<String>,
    /// The address of a rule's page; `None` if it has none.
    pub page: &'a dyn Fn(&str) -> Option<String>,
}

/// `text` as a link to `address`; as it is without one, or if the address holds what cannot stand in one.
pub(super) fn linked(text: &str, address: Option<&str>) -> String {
    match address {
        Some(address) if address.bytes().all(|byte| byte.is_ascii_graphic()) => {
            format!("\x1B]8;;{address}\x1B\\{text}\x1B]8;;\x1B\\")
        }
        _ => text.to_owned(),
    }
}

/// The address of the file at `path`, which is absolute.
pub fn file_url(path: &str) -> String {
    let path = path.replace('\\', "/");
    let mut url = String::from(if path.starts_with('/') { "file://" } else { "file:///" });
    for byte in path.bytes() {
        match byte {
            b'/' | b':' | b'-' | b'.' | b'_' | b'~' => url.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => url.push(char::from(byte)),
            _ => url.push_str(&format!("%{byte:02X}")),
        }
    }
    url
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_an_address() {
        assert_eq!(file_url("/é b/100%;a#.md"), "file:///%C3%A9%20b/100%25%3Ba%23.md");
        assert_eq!(file_url("C:\\a\\b.md"), "file:///C:/a/b.md");
    }

    #[test]
    fn nothing_breaks_out_of_a_link() {
        assert_eq!(linked("a", Some("https://x/")), "\x1B]8;;https://x/\x1B\\a\x1B]8;;\x1B\\");
        assert_eq!(linked("a", Some("https://x/\x1B")), "a");
        assert_eq!(linked("a", None), "a");
    }
}
