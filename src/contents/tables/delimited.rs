//! Text tables: comma- or tab-separated, in whichever encoding spreadsheets write in Japan.

use std::io::{Read as _, Seek as _, SeekFrom};

use encoding_rs::{CoderResult, Decoder, EUC_JP, Encoding, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE};

use super::TableHead;
use super::bounded::{End, Go, Source};
use super::feed::{Feed, RowCells};
use crate::contents::model::Unreadable;
use crate::sheet::decode;

/// Bytes read in one go.
const PIECE: usize = 64 * 1024;
/// Bytes by which an encoding is recognised.
const SAMPLE: usize = 1024 * 1024;

/// Reads the one table of a text file.
pub(super) fn read(source: &Source<'_>, delimiter: u8, feed: &mut Feed<'_>) -> Go {
    let encoding = encoding(source)?;
    if !feed.table(&TableHead::default())? {
        return Ok(());
    }
    let mut lines = Lines::new(delimiter, feed);
    decoded(source, encoding, |text| lines.take(text))?;
    lines.finish()
}

/// The encoding of a file: by its mark, UTF-8 where all of it fits, CP932 or EUC-JP.
fn encoding(source: &Source<'_>) -> Go<&'static Encoding> {
    let start = sample(source, 0, 3)?;
    match start.as_slice() {
        [0xff, 0xfe, ..] => return Ok(UTF_16LE),
        [0xfe, 0xff, ..] => return Ok(UTF_16BE),
        _ => {}
    }
    let Some(odd) = first_odd(source)? else {
        return Ok(UTF_8);
    };
    if start.starts_with(&[0xef, 0xbb, 0xbf]) {
        return Err(End::Why(Unreadable::Encoding));
    }
    // From the beginning if the first character that isn't ASCII is near, else from its line on.
    let near = odd < u64::try_from(SAMPLE / 2).unwrap_or(0);
    let from = if near { 0 } else { odd };
    let bytes = sample(source, from, SAMPLE)?;
    let cut = if bytes.len() < SAMPLE {
        bytes.len()
    } else {
        bytes.iter().rposition(|byte| *byte == b'\n').map_or(bytes.len(), |at| at + 1)
    };
    match decode::text(bytes.get(..cut).unwrap_or_default()) {
        Ok(_) => Ok(SHIFT_JIS),
        Err(decode::Unreadable::EucJp) => Ok(EUC_JP),
        Err(_) => Err(End::Why(Unreadable::Encoding)),
    }
}

fn sample(source: &Source<'_>, from: u64, most: usize) -> Go<Vec<u8>> {
    let mut source = source.clone();
    source.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    source.take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where the line begins in which the file first isn't UTF-8; nothing if all of it is.
fn first_odd(source: &Source<'_>) -> Go<Option<u64>> {
    let mut source = source.clone();
    source.seek(SeekFrom::Start(0))?;
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let mut piece = vec![0; PIECE];
    let mut text = String::with_capacity(PIECE * 3 + 16);
    let (mut at, mut line) = (0_u64, 0_u64);
    loop {
        let read = source.read(&mut piece)?;
        let bytes = piece.get(..read).unwrap_or_default();
        if bytes.contains(&0) {
            return Err(End::Why(Unreadable::Encoding));
        }
        text.clear();
        let (result, taken) =
            decoder.decode_to_string_without_replacement(bytes, &mut text, read == 0);
        let good = bytes.get(..taken).unwrap_or_default();
        if let Some(end) = good.iter().rposition(|byte| *byte == b'\n') {
            line = at + u64::try_from(end).unwrap_or(0) + 1;
        }
        if matches!(result, encoding_rs::DecoderResult::Malformed(..)) {
            return Ok(Some(line));
        }
        if read == 0 {
            return Ok(None);
        }
        at += u64::try_from(read).unwrap_or(0);
    }
}

/// The text of the whole file, piece by piece.
fn decoded(
    source: &Source<'_>,
    encoding: &'static Encoding,
    mut take: impl FnMut(&str) -> Go<bool>,
) -> Go {
    let mut source = source.clone();
    source.seek(SeekFrom::Start(0))?;
    let mut decoder: Decoder = encoding.new_decoder_with_bom_removal();
    let mut piece = vec![0; PIECE];
    let mut text = String::with_capacity(PIECE * 3 + 16);
    loop {
        let read = source.read(&mut piece)?;
        let mut bytes = piece.get(..read).unwrap_or_default();
        loop {
            text.clear();
            let (result, taken, replaced) = decoder.decode_to_string(bytes, &mut text, read == 0);
            if replaced || text.contains('\0') {
                return Err(End::Why(Unreadable::Encoding));
            }
            if !take(&text)? {
                return Ok(());
            }
            bytes = bytes.get(taken..).unwrap_or_default();
            if result == CoderResult::InputEmpty {
                break;
            }
        }
        if read == 0 {
            return Ok(());
        }
    }
}

/// Where a character stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first character of a cell.
    Start,
    /// In a cell without quotes.
    Plain,
    /// Between quotes.
    Quoted,
    /// Behind a quote within quotes: the end, or one of two.
    Quote,
}

/// Cells and rows out of text (RFC 4180, as forgiving as spreadsheets are).
struct Lines<'f, 'a> {
    feed: &'f mut Feed<'a>,
    row: RowCells,
    /// The cell's bytes; characters may be split by the pieces of text no further than here.
    cell: String,
    delimiter: char,
    /// Whether the delimiter is the one that the first line uses, or the name's ending was right.
    settled: bool,
    state: State,
    column: u16,
    number: u32,
    after_return: bool,
}

impl<'f, 'a> Lines<'f, 'a> {
    fn new(delimiter: u8, feed: &'f mut Feed<'a>) -> Self {
        Self {
            row: RowCells::new(feed.bounds),
            feed,
            cell: String::new(),
            delimiter: char::from(delimiter),
            settled: false,
            state: State::Start,
            column: 0,
            number: 1,
            after_return: false,
        }
    }

    /// Takes the next piece of text; whether more is wanted.
    fn take(&mut self, text: &str) -> Go<bool> {
        if !self.settled && !text.is_empty() {
            self.delimiter = delimiter(text, self.delimiter);
            self.settled = true;
        }
        for c in text.chars() {
            let line_feed_of_pair = std::mem::take(&mut self.after_return) && c == '\n';
            if line_feed_of_pair && self.state == State::Start && self.column == 0 {
                continue;
            }
            if !self.character(c)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn character(&mut self, c: char) -> Go<bool> {
        match (self.state, c) {
            (State::Start, '"') => self.state = State::Quoted,
            (State::Quoted, '"') => self.state = State::Quote,
            (State::Quoted, _) => self.push(c)?,
            (State::Quote, '"') => {
                self.push('"')?;
                self.state = State::Quoted;
            }
            (_, '\r' | '\n') => {
                self.after_return = c == '\r';
                return self.end_row();
            }
            (_, c) if c == self.delimiter => self.end_cell()?,
            (_, c) => {
                self.push(c)?;
                self.state = State::Plain;
            }
        }
        Ok(true)
    }

    fn push(&mut self, c: char) -> Go {
        self.cell.push(c);
        if self.cell.len() > super::feed::MAX_ROW {
            return Err(End::Why(Unreadable::TooLarge));
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Go {
        self.row.put(self.column, as_shown(&self.cell))?;
        self.cell.clear();
        self.state = State::Start;
        self.column = self.column.checked_add(1).ok_or(End::Why(Unreadable::TooLarge))?;
        Ok(())
    }

    fn end_row(&mut self) -> Go<bool> {
        self.end_cell()?;
        self.column = 0;
        let more = self.feed.row(self.number, false, &mut self.row)?;
        self.row.clear();
        self.number = self.number.checked_add(1).ok_or(End::Why(Unreadable::TooLarge))?;
        Ok(more)
    }

    /// The last row, which may lack its line break. Quotes that never close have swallowed rows.
    fn finish(mut self) -> Go {
        if self.state == State::Quoted {
            return Err(End::BROKEN);
        }
        if self.column > 0 || !self.cell.is_empty() {
            self.end_row()?;
        }
        Ok(())
    }
}

/// The text without the ="…" that keeps a spreadsheet from taking digits for a number.
fn as_shown(text: &str) -> &str {
    let inner = text.strip_prefix("=\"").and_then(|text| text.strip_suffix('"'));
    inner.unwrap_or(text)
}

/// What parts the cells of the first lines: files are named .csv whatever parts their cells.
fn delimiter(text: &str, expected: char) -> char {
    let lines = || text.lines().filter(|line| !line.trim().is_empty()).take(20);
    let uses = |c: char| lines().filter(|line| line.contains(c)).count();
    if uses(expected) > 0 {
        return expected;
    }
    let others = ['\t', ',', ';'].into_iter().filter(|c| *c != expected);
    let most = others.max_by_key(|c| uses(*c)).filter(|c| uses(*c) > 0);
    most.unwrap_or(expected)
}
