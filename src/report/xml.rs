//! Text in XML 1.0: escaped, and without the characters that it cannot hold at all.

use std::fmt::{self, Display, Write};

use super::clean;

/// Text as it stands in an attribute or between tags. Shows characters that XML 1.0 cannot hold, and those that would
/// hide or reorder text, as their codes. Source: <https://www.w3.org/TR/xml/#charsets>.
pub(super) struct Text<'t>(pub &'t str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        for c in clean::line(self.0).chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\u{FFFE}' | '\u{FFFF}' => f.write_str(&clean::code(c).replace('<', "&lt;").replace('>', "&gt;"))?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_breaks_out() {
        assert_eq!(Text("a \"b\" <c>&]]>").to_string(), "a &quot;b&quot; &lt;c&gt;&amp;]]&gt;");
        assert_eq!(Text("\u{1B}[2J\u{FFFE}\0é😀").to_string(), "&lt;U+001B&gt;[2J&lt;U+FFFE&gt;&lt;U+0000&gt;é😀");
    }
}
