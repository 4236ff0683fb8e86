//! What the readers have in common, and text tables. Each kind of workbook has its own tests.

use std::io::{Cursor, Write as _};

use encoding_rs::{EUC_JP, SHIFT_JIS};
use proptest::prelude::*;

use super::{Next, RowRead, Rows, TableHead, rows};
use crate::contents::model::{Bounds, Format, Unreadable};

/// A row as it was handed on: number, whether hidden, cells.
type TakenRow = (u32, bool, Vec<(u16, String)>);

/// A table as it was handed on.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub head: TableHead,
    pub rows: Vec<TakenRow>,
}

impl Taken {
    /// The texts of a row by its number.
    pub fn row(&self, number: u32) -> Vec<&str> {
        let row = self.rows.iter().find(|row| row.0 == number).unwrap();
        row.2.iter().map(|(_, text)| text.as_str()).collect()
    }
}

/// Takes everything.
#[derive(Default)]
pub struct All(pub Vec<Taken>);

impl Rows for All {
    fn table(&mut self, table: &TableHead) -> Next {
        self.0.push(Taken { head: table.clone(), rows: Vec::new() });
        Next::Go
    }

    fn row(&mut self, row: &RowRead<'_>) -> Next {
        let table = self.0.last_mut().unwrap();
        table.rows.push((row.number, row.hidden, row.cells.to_vec()));
        Next::Go
    }
}

pub fn taken(format: Format, bytes: &[u8]) -> Result<Vec<Taken>, Unreadable> {
    within(format, bytes, &Bounds::default())
}

pub fn within(format: Format, bytes: &[u8], bounds: &Bounds) -> Result<Vec<Taken>, Unreadable> {
    let mut all = All::default();
    rows(format, &mut Cursor::new(bytes), bounds, &mut all).unwrap().map(|()| all.0)
}

/// A package of parts.
pub fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn csv(text: &str) -> Vec<Taken> {
    taken(Format::Csv, text.as_bytes()).unwrap()
}

#[test]
fn text_is_read_in_every_encoding_of_japan() {
    let text = "氏名,住所\r\n山田 太郎,東京都千代田区\r\n";
    let utf16 = |bom: char, big: bool| -> Vec<u8> {
        let units = std::iter::once(bom).chain(text.chars()).collect::<String>();
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        units.encode_utf16().flat_map(bytes).collect()
    };
    for bytes in [
        text.as_bytes().to_vec(),
        [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat(),
        SHIFT_JIS.encode(text).0.into_owned(),
        EUC_JP.encode(text).0.into_owned(),
        utf16('\u{feff}', false),
        utf16('\u{feff}', true),
    ] {
        let tables = taken(Format::Csv, &bytes).unwrap();
        assert_eq!(tables.len(), 1);
        assert_eq!(tables[0].row(1), ["氏名", "住所"]);
        assert_eq!(tables[0].row(2), ["山田 太郎", "東京都千代田区"]);
    }
}

#[test]
fn an_encoding_is_known_where_the_first_japanese_comes_late() {
    let text = format!("{}山田 太郎,東京都\n", "1,2\n".repeat(400_000));
    let tables = taken(Format::Csv, &SHIFT_JIS.encode(&text).0).unwrap();
    assert_eq!(tables[0].row(400_001), ["山田 太郎", "東京都"]);
}

#[test]
fn text_in_no_encoding_is_refused() {
    for bytes in [&b"a,b\n\xff\xff\xff\xff"[..], b"a\0b\0c"] {
        assert_eq!(taken(Format::Csv, bytes), Err(Unreadable::Encoding));
    }
}

#[test]
fn quotes_hold_commas_line_breaks_and_quotes() {
    let tables = csv("a,\"b,c\",\"d\"\"e\"\n\"f\ng\",\"\",h\n");
    assert_eq!(tables[0].row(1), ["a", "b,c", "d\"e"]);
    assert_eq!(tables[0].rows[1], (2, false, vec![(0, "f\ng".into()), (2, "h".into())]));
}

#[test]
fn rows_are_numbered_as_programs_do() {
    let tables = csv("a\r\n\r\n,,\r\nb,c,d\re");
    let numbers: Vec<u32> = tables[0].rows.iter().map(|row| row.0).collect();
    assert_eq!(numbers, [1, 4, 5]);
}

#[test]
fn quotes_that_never_close_are_refused() {
    assert_eq!(taken(Format::Csv, b"a,\"b\nc,d\ne,f\n"), Err(Unreadable::Broken));
}

#[test]
fn a_formula_around_digits_is_what_it_shows() {
    assert_eq!(csv("=\"0123\",x")[0].row(1), ["0123", "x"]);
}

#[test]
fn tabs_and_semicolons_part_cells_too() {
    assert_eq!(csv("a\tb\nc\td\n")[0].row(2), ["c", "d"]);
    assert_eq!(csv("a;b\nc;d\n")[0].row(2), ["c", "d"]);
    assert_eq!(taken(Format::Tsv, b"a,b\tc\n").unwrap()[0].row(1), ["a,b", "c"]);
}

#[test]
fn more_than_is_looked_at_is_refused() {
    let few = Bounds { rows: 2, columns: 3, ..Bounds::default() };
    let read = |text: &str| within(Format::Csv, text.as_bytes(), &few);
    assert_eq!(read("a\nb\nc\n"), Err(Unreadable::TooLarge));
    assert_eq!(read("a,b,c,d\n"), Err(Unreadable::TooLarge));
    assert!(read("a,,,,,d\n\n\nb\n").is_ok());
}

#[test]
fn whoever_has_enough_gets_no_more() {
    struct Once(u32);
    impl Rows for Once {
        fn table(&mut self, _: &TableHead) -> Next {
            Next::Go
        }
        fn row(&mut self, _: &RowRead<'_>) -> Next {
            self.0 += 1;
            if self.0 == 2 { Next::Stop } else { Next::Go }
        }
    }
    let mut once = Once(0);
    let read =
        rows(Format::Csv, &mut Cursor::new("a\nb\nc\n"), &Bounds::default(), &mut once).unwrap();
    assert_eq!((read, once.0), (Ok(()), 2));
}

#[test]
fn a_file_that_cant_be_read_isnt_a_broken_one() {
    struct Gone;
    impl std::io::Read for Gone {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("gone"))
        }
    }
    impl std::io::Seek for Gone {
        fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
            Ok(0)
        }
    }
    for format in [Format::Csv, Format::Xlsx, Format::Xls, Format::Ods] {
        assert!(rows(format, &mut Gone, &Bounds::default(), &mut All::default()).is_err());
    }
}

proptest! {
    #[test]
    fn any_bytes_end(bytes in proptest::collection::vec(any::<u8>(), 0..2000)) {
        for format in [Format::Csv, Format::Tsv, Format::Xlsx, Format::Xls, Format::Ods] {
            let _ = taken(format, &bytes);
        }
    }

    #[test]
    fn what_is_written_is_read(cells in proptest::collection::vec(
        proptest::collection::vec("[^\0\u{feff}\u{200b}\\s]{1,8}", 1..5), 1..10)) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(",");
        let text = cells.iter().map(line).collect::<Vec<_>>().join("\n");
        let tables = csv(&text);
        let read: Vec<Vec<&str>> = (1..).take(cells.len()).map(|row| tables[0].row(row)).collect();
        let plain = |cell: &str| !cell.starts_with("=\"");
        prop_assume!(cells.iter().flatten().all(|cell| plain(cell)));
        prop_assert_eq!(read, cells);
    }
}
