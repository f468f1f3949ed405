//! One line of an article, cut to a terminal's width around the places that matter, and made safe to show.
//!
//! Owns what a character looks like in an excerpt and how many columns it takes; knows where each shown character came from.
//! Looks only at what it shows, so that a line of a megabyte costs no more than a short one.

use std::borrow::Cow;
use std::ops::Range;

use super::clean;

/// Columns of a tab. Fixed, because a cut line has no tab stops.
const TAB: &str = "    ";

/// Columns that a label may ask for at the right of its place; a longer one is wrapped.
const LABEL_ROOM: usize = 28;

/// A line to show. `bytes` are the file's own, of the same length; they differ from `text` where those are not UTF-8.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The line, without its end.
    pub text: &'a str,
    /// The same in the file.
    pub bytes: &'a [u8],
}

/// A place in the line that must be seen, as byte offsets in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Its first byte.
    pub start: usize,
    /// Just past its last byte.
    pub end: usize,
    /// How many columns the label wants that stands below its middle; 0 if there is none.
    pub label: usize,
}

/// What is left of a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cropped {
    /// The text to show.
    pub text: String,
    /// Each character of the line that is shown: its bytes in the line, and in `text`.
    shown: Vec<(Range<usize>, Range<usize>)>,
}

impl Cropped {
    /// Where in the shown text a place begins that begins at byte `at` of the line.
    pub fn start(&self, at: usize) -> usize {
        let next = self.shown.partition_point(|(line, _)| line.start < at);
        self.shown.get(next).map_or(self.text.len(), |(_, text)| text.start)
    }

    /// Where in the shown text a place ends that ends at byte `at` of the line.
    pub fn end(&self, at: usize) -> usize {
        let next = self.shown.partition_point(|(line, _)| line.end <= at);
        next.checked_sub(1).map_or(0, |last| self.shown[last].1.end)
    }
}

/// A part of the line that is shown.
#[derive(Debug, Clone, Copy)]
struct Window {
    start: usize,
    end: usize,
    /// How wide it is.
    columns: usize,
    /// How much of that has been added at its left.
    added: usize,
}

/// A place in a window: how many columns behind where the window began before it was widened.
#[derive(Debug, Clone, Copy)]
struct Anchor {
    window: usize,
    columns: usize,
}

/// What has to stay within the width: the column in the middle between two anchors, and some more behind it.
#[derive(Debug, Clone, Copy)]
struct Need {
    start: Anchor,
    end: Anchor,
    room: usize,
}

/// Cuts `line` to `width` columns around `pieces`, with `cut` where something is left out. `None` if the pieces do not fit
/// into that width together; a single piece always does, cut in the middle if it must be.
pub fn crop(line: Line, pieces: &[Piece], width: usize, cut: &str) -> Option<Cropped> {
    let hidden = pieces.iter().map(|piece| piece.start..piece.end).filter(|range| line.takes_no_room(range.clone()));
    let cropping = Cropping { line, pieces, width, cut, cut_columns: clean::width(cut), revealed: hidden.collect() };
    let mut windows = cropping.smallest();
    if cropping.columns(&windows) > width {
        return None;
    }
    cropping.grow(&mut windows);
    Some(cropping.write(&windows))
}

impl Line<'_> {
    fn takes_no_room(&self, range: Range<usize>) -> bool {
        !range.is_empty() && self.text[range].chars().all(|c| clean::columns(c) == 0)
    }
}

struct Cropping<'a> {
    line: Line<'a>,
    pieces: &'a [Piece],
    width: usize,
    cut: &'a str,
    cut_columns: usize,
    /// What takes no room but is pointed at, and so must be seen.
    revealed: Vec<Range<usize>>,
}

impl Cropping<'_> {
    /// How the character at byte `at` is shown, unless as itself.
    fn stand_in(&self, at: usize, c: char) -> Option<Cow<'static, str>> {
        match c {
            ' '..='~' => None,
            '\t' => Some(Cow::Borrowed(TAB)),
            '\u{1A}' if self.line.bytes.get(at).is_some_and(|&byte| byte != 0x1A) => {
                Some(Cow::Owned(format!("<0x{:02X}>", self.line.bytes[at])))
            }
            _ if c.is_control() || clean::is_hidden(c) || self.revealed.iter().any(|range| range.contains(&at)) => {
                Some(Cow::Owned(clean::code(c)))
            }
            _ => None,
        }
    }

    fn columns_of(&self, at: usize, c: char) -> usize {
        self.stand_in(at, c).map_or_else(|| clean::columns(c), |text| clean::width(&text))
    }

    /// How wide a stretch of the line is, or something more than `limit` if it is wider than that.
    fn measure(&self, start: usize, end: usize, limit: usize) -> usize {
        let mut columns = 0;
        for (at, c) in self.line.text[start..end].char_indices() {
            columns += self.columns_of(start + at, c);
            if columns > limit {
                break;
            }
        }
        columns
    }

    /// The pieces themselves; of one that is too long, its two ends.
    fn smallest(&self) -> Vec<Window> {
        let limit = self.width.saturating_sub(2 * self.cut_columns);
        let mut windows: Vec<Window> = Vec::with_capacity(self.pieces.len());
        for &Piece { start, end, .. } in self.pieces {
            let columns = self.measure(start, end, limit);
            if columns <= limit {
                windows.push(Window { start, end, columns, added: 0 });
            } else {
                windows.push(Window { start, end: start, columns: 0, added: 0 });
                windows.push(Window { start: end, end, columns: 0, added: 0 });
            }
        }
        windows.sort_by_key(|window| (window.start, window.end));
        let mut apart: Vec<Window> = Vec::with_capacity(windows.len());
        for window in windows {
            match apart.last_mut() {
                Some(last) if window.start <= last.end => {
                    last.end = last.end.max(window.end);
                    last.columns = self.measure(last.start, last.end, usize::MAX);
                }
                _ => apart.push(window),
            }
        }
        apart
    }

    /// What carets and labels need at the right of their places.
    fn needs(&self, windows: &[Window]) -> Vec<Need> {
        let anchor = |at: usize| {
            let window = windows.iter().position(|window| window.start <= at && at <= window.end)?;
            Some(Anchor { window, columns: self.measure(windows[window].start, at, usize::MAX) })
        };
        let needs = self.pieces.iter().filter_map(|&Piece { start, end, label }| {
            let room = match label {
                0 if start < end => return None,
                0 => 1,
                _ => "╰── ".chars().count() + label.min(LABEL_ROOM),
            };
            Some(Need { start: anchor(start)?, end: anchor(end)?, room })
        });
        needs.collect()
    }

    /// The column at which a window begins; with as many as there are windows, that behind them all.
    fn offset(&self, windows: &[Window], index: usize) -> usize {
        let mut columns = 0;
        let mut last = 0;
        let end = Window { start: self.line.text.len(), end: self.line.text.len(), columns: 0, added: 0 };
        for window in windows.iter().chain([&end]).take(index + 1) {
            columns += if window.start > last { self.cut_columns } else { 0 } + window.columns;
            last = window.end;
        }
        columns - windows.get(index).map_or(0, |window| window.columns)
    }

    /// How wide the line becomes with these windows.
    fn columns(&self, windows: &[Window]) -> usize {
        self.offset(windows, windows.len())
    }

    /// How many columns the needs go beyond the width.
    fn lacking(&self, windows: &[Window], needs: &[Need]) -> usize {
        let column = |at: Anchor| self.offset(windows, at.window) + windows[at.window].added + at.columns;
        let ends = needs.iter().map(|need| usize::midpoint(column(need.start), column(need.end)) + need.room);
        ends.max().unwrap_or(0).saturating_sub(self.width)
    }

    /// Widens the windows in turn, a character to the left, one to the right, as long as all of it fits.
    fn grow(&self, windows: &mut [Window]) {
        let needs = self.needs(windows);
        let mut lacking = self.lacking(windows, &needs);
        let mut grown = true;
        while grown {
            grown = false;
            for index in 0..windows.len() {
                for widen in [Self::leftwards, Self::rightwards] {
                    let Some(wider) = widen(self, windows, index) else { continue };
                    let narrow = std::mem::replace(&mut windows[index], wider);
                    let lacks = self.lacking(windows, &needs);
                    if self.columns(windows) <= self.width && lacks <= lacking {
                        lacking = lacks;
                        grown = true;
                    } else {
                        windows[index] = narrow;
                    }
                }
            }
        }
    }

    fn leftwards(&self, windows: &[Window], index: usize) -> Option<Window> {
        let narrow = windows[index];
        let floor = index.checked_sub(1).map_or(0, |previous| windows[previous].end);
        let mut wider = narrow;
        for (at, c) in self.line.text[floor..narrow.start].char_indices().rev() {
            let more = self.columns_of(floor + at, c);
            wider.start = floor + at;
            wider.columns += more;
            wider.added += more;
            // What takes no room belongs to the character before it.
            if more > 0 {
                break;
            }
        }
        (wider.start < narrow.start).then_some(wider)
    }

    fn rightwards(&self, windows: &[Window], index: usize) -> Option<Window> {
        let narrow = windows[index];
        let ceiling = windows.get(index + 1).map_or(self.line.text.len(), |next| next.start);
        let mut wider = narrow;
        for (at, c) in self.line.text[narrow.end..ceiling].char_indices() {
            let more = self.columns_of(narrow.end + at, c);
            if wider.columns > narrow.columns && more > 0 {
                break;
            }
            wider.end = narrow.end + at + c.len_utf8();
            wider.columns += more;
        }
        (wider.end > narrow.end).then_some(wider)
    }

    fn write(&self, windows: &[Window]) -> Cropped {
        let mut cropped = Cropped::default();
        let mut last = 0;
        for window in windows {
            if window.start > last {
                cropped.text.push_str(self.cut);
            }
            for (at, c) in self.line.text[window.start..window.end].char_indices() {
                let from = cropped.text.len();
                let at = window.start + at;
                match self.stand_in(at, c) {
                    Some(text) => cropped.text.push_str(&text),
                    None => cropped.text.push(c),
                }
                cropped.shown.push((at..at + c.len_utf8(), from..cropped.text.len()));
            }
            last = window.end;
        }
        if last < self.line.text.len() {
            cropped.text.push_str(self.cut);
        }
        cropped
    }
}
