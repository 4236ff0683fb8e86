use std::io::{Cursor, Write as _};
use std::sync::LazyLock;

use proptest::prelude::*;

use crate::contents::model::{Bounds, Format, Hidden, Unreadable, Watch};
use crate::contents::tables::look;
use crate::contents::tables::tests::taken;

/// Writes records of BIFF8, as few as a test needs.
#[derive(Default)]
struct Stream(Vec<u8>);

impl Stream {
    fn record(&mut self, id: u16, data: &[u8]) -> &mut Self {
        self.0.extend(id.to_le_bytes());
        self.0.extend(u16::try_from(data.len()).unwrap().to_le_bytes());
        self.0.extend(data);
        self
    }

    fn begin(&mut self, kind: u16) -> &mut Self {
        let version = 0x600_u16.to_le_bytes();
        let data = [&version[..], &kind.to_le_bytes(), &[0; 12]].concat();
        self.record(0x809, &data)
    }

    fn end(&mut self) -> &mut Self {
        self.record(0x0a, &[])
    }

    fn cell(&mut self, id: u16, (row, column, format): (u16, u16, u16), value: &[u8]) -> &mut Self {
        let place = [row, column, format].map(u16::to_le_bytes).concat();
        self.record(id, &[&place, value].concat())
    }
}

/// Characters of two bytes each, behind their marks.
fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    [&[1], &units[..]].concat()
}

/// A text behind its length.
fn long(text: &str) -> Vec<u8> {
    let length = u16::try_from(text.encode_utf16().count()).unwrap();
    [&length.to_le_bytes()[..], &wide(text)].concat()
}

fn sheet_at(name: &str, state: u8, start: u32) -> Vec<u8> {
    let length = u8::try_from(name.encode_utf16().count()).unwrap();
    [&start.to_le_bytes()[..], &[state, 0, length], &wide(name)].concat()
}

/// The shared texts in two records: the second goes on in the middle of a text, and narrow.
fn shared(stream: &mut Stream) {
    let furigana =
        [&[2, 0, 5][..], &4_u32.to_le_bytes(), &wide("氏名")[1..], &[9, 9, 9, 9]].concat();
    let counts = [2_u32, 2].map(u32::to_le_bytes).concat();
    let split = [&[4, 0][..], &wide("AB")].concat();
    stream.record(0xfc, &[counts, furigana, split].concat());
    stream.record(0x3c, &[&[0][..], b"CD"].concat());
}

fn globals(sheets: &[(&str, u8)], starts: &[u32]) -> Stream {
    let mut stream = Stream::default();
    stream.begin(5);
    // Three formats: plain, a date, digits with zeros.
    stream.record(0x41e, &[&164_u16.to_le_bytes()[..], &long("000000")].concat());
    for format in [0_u16, 14, 164] {
        stream.record(0xe0, &[&[0, 0][..], &format.to_le_bytes(), &[0; 16]].concat());
    }
    for ((name, state), start) in sheets.iter().zip(starts) {
        stream.record(0x85, &sheet_at(name, *state, *start));
    }
    shared(&mut stream);
    stream.end();
    stream
}

fn book(sheets: &[(&str, u8)], write: &[fn(&mut Stream)]) -> Vec<u8> {
    let length = globals(sheets, &vec![0; sheets.len()]).0.len();
    let mut starts = Vec::new();
    let mut body = Stream::default();
    for write in write {
        starts.push(u32::try_from(length + body.0.len()).unwrap());
        body.begin(0x10);
        write(&mut body);
        body.end();
    }
    compound(&[globals(sheets, &starts).0, body.0].concat())
}

fn compound(workbook: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("/Workbook").unwrap().write_all(workbook).unwrap();
    file.flush().unwrap();
    file.into_inner().into_inner()
}

fn cells(stream: &mut Stream) {
    stream.cell(0xfd, (0, 0, 0), &0_u32.to_le_bytes());
    stream.cell(0xfd, (0, 1, 0), &1_u32.to_le_bytes());
    stream.cell(0x204, (0, 2, 0), &long("山田"));
    stream.cell(0x203, (1, 0, 1), &29_222.0_f64.to_le_bytes());
    // An integer, and a hundredth of one.
    stream.cell(0x27e, (1, 1, 2), &((123_i32 << 2) | 2).to_le_bytes());
    let hundredth = ((1250_i32 << 2) | 3).to_le_bytes();
    let negative = ((-7_i32 << 2) | 2).to_le_bytes();
    let more = [&hundredth[..], &[0, 0], &negative, &[3, 0]].concat();
    stream.cell(0xbd, (1, 2, 0), &more);
    // Formulas: a text, a truth, an error, a number.
    stream.cell(0x06, (2, 0, 0), &[0, 0, 0, 0, 0, 0, 0xff, 0xff]);
    stream.record(0x207, &long("結果"));
    stream.cell(0x06, (2, 1, 0), &[1, 0, 1, 0, 0, 0, 0xff, 0xff]);
    stream.cell(0x06, (2, 2, 0), &[2, 0, 0x2a, 0, 0, 0, 0xff, 0xff]);
    stream.cell(0x06, (2, 3, 0), &12.5_f64.to_le_bytes());
    stream.cell(0x205, (2, 4, 0), &[0, 0]);
}

#[test]
fn cells_are_read_as_they_are_shown() {
    let tables = taken(Format::Xls, &book(&[("名簿", 0)], &[cells])).unwrap();
    assert_eq!(tables[0].head.name, "名簿");
    assert_eq!(tables[0].row(1), ["氏名", "ABCD", "山田"]);
    assert_eq!(tables[0].row(2), ["1980-01-02", "000123", "12.5", "-7"]);
    assert_eq!(tables[0].row(3), ["結果", "TRUE", "#N/A", "12.5", "FALSE"]);
}

#[test]
fn everything_hidden_is_told() {
    fn hidden(stream: &mut Stream) {
        let shorts = |of: &[u16]| of.iter().flat_map(|n| n.to_le_bytes()).collect::<Vec<u8>>();
        stream.record(0x7d, &shorts(&[1, 1, 2000, 0, 1, 0]));
        stream.record(0x208, &shorts(&[1, 0, 3, 255, 0, 0, 0x20, 0]));
        stream.record(0x9b, &[]);
        cells(stream);
        stream.record(0x1b6, &shorts(&[0, 0, 0, 0, 0, 14, 16, 0, 0]));
        stream.record(0x3c, &[&[0][..], b"1234-5678-9018"].concat());
        stream.record(0x3c, &[0; 16]);
        stream.record(0x1c, &shorts(&[0, 0, 0, 1, 0]));
    }
    let bytes = book(&[("一覧", 0), ("控え", 1), ("裏", 2)], &[hidden, cells, cells]);
    let contents =
        look(Format::Xls, &mut Cursor::new(&bytes), &Watch::default(), &Bounds::default()).unwrap();
    let found: Vec<(Hidden, &str, u64)> =
        contents.hidden.iter().map(|at| (at.what, at.place.as_str(), at.count)).collect();
    for wanted in [
        (Hidden::Rows, "一覧", 1),
        (Hidden::Columns, "一覧", 1),
        (Hidden::Filter, "一覧", 1),
        (Hidden::Comments, "一覧", 1),
        (Hidden::Sheet, "控え", 1),
        (Hidden::VeryHiddenSheet, "裏", 1),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} {found:?}");
    }
    assert_eq!((contents.unreadable, contents.my_numbers), (None, 1));
}

#[test]
fn what_cant_be_read_says_why() {
    let stream = |write: fn(&mut Stream)| {
        let mut stream = Stream::default();
        write(&mut stream);
        compound(&stream.0)
    };
    let locked = stream(|stream| {
        stream.begin(5).record(0x2f, &[1, 0]).end();
    });
    assert_eq!(taken(Format::Xls, &locked), Err(Unreadable::Encrypted));
    let older = stream(|stream| {
        stream.record(0x809, &[0, 5, 5, 0, 0, 0, 0, 0]).end();
    });
    assert_eq!(taken(Format::Xls, &older), Err(Unreadable::Unknown));
    let cut = stream(|stream| {
        stream.begin(5);
    });
    assert_eq!(taken(Format::Xls, &cut), Err(Unreadable::Broken));
    assert_eq!(taken(Format::Xls, b"a,b"), Err(Unreadable::Broken));
}

/// Written once: it is changed many times.
static BYTES: LazyLock<Vec<u8>> = LazyLock::new(|| book(&[("名簿", 0)], &[cells]));

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn changed_bytes_end(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..20)) {
        let mut bytes = BYTES.clone();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let _ = taken(Format::Xls, &bytes);
    }
}
