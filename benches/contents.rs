//! What is in a workbook of 100,000 rows and 30 columns, beside its floor: the same parts unpacked and
//! every event of their XML counted, in the same run (3 s; 150 MB). The workbook is written to a
//! file row by row, so that nothing of it is in memory before.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

use std::fs::File;
use std::io::{BufReader, Read, Seek as _, Write as _};
use std::time::{Duration, Instant};

use azukari::contents::{Bounds, Contents, Watch, look};
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const ROWS: usize = 100_000;
const OFFICE: &str = "http://schemas.openxmlformats.org";
/// Headings; the first eight have a text of their own in each row, the next twelve share texts, and
/// the rest hold numbers.
const HEADINGS: [&str; 30] = [
    "受給者番号",
    "氏名",
    "フリガナ",
    "住所",
    "電話番号",
    "メールアドレス",
    "口座番号",
    "備考",
    "性別",
    "続柄",
    "障害等級",
    "区分",
    "事業所名",
    "所管課",
    "状態",
    "都道府県",
    "市区町村",
    "国籍",
    "資格",
    "審査結果",
    "年齢",
    "生年月日",
    "給付額",
    "所得",
    "日数",
    "単価",
    "合計",
    "年度",
    "回数",
    "連番",
];
const OWN: usize = 8;
const SHARED: usize = 12;
const WORDS: usize = 5;

fn main() {
    let mut file = tempfile::tempfile().unwrap();
    write(&mut file);
    println!("{ROWS} rows, {} columns, {} bytes", HEADINGS.len(), file.stream_position().unwrap());
    println!("\n| | time | more memory at most |\n|---|--:|--:|");
    for round in 1..=3 {
        let (floor, events, more) = measured(&mut file, floor);
        println!("| floor {round}: {events} events | {floor:.2?} | {more} MB |");
        let (time, found, more) = measured(&mut file, contents);
        let table = found.tables.first().unwrap();
        assert_eq!((found.unreadable, table.rows), (None, 100_000));
        assert_eq!(table.columns.len(), HEADINGS.len());
        let ratio = time.as_secs_f64() / floor.as_secs_f64();
        println!(
            "| contents {round}: {} persons | {time:.2?}, {ratio:.1} times the floor | {more} MB |",
            found.persons
        );
    }
}

fn contents(file: &mut File) -> Contents {
    look("名簿.xlsx", file, &Watch::default(), &Bounds::default()).unwrap()
}

/// Unpacks every part and counts the events of its XML.
fn floor(file: &mut File) -> usize {
    let mut archive = ZipArchive::new(file).unwrap();
    let mut events = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).unwrap();
        let mut reader = Reader::from_reader(BufReader::new(part));
        let mut buffer = Vec::new();
        while !matches!(reader.read_event_into(&mut buffer).unwrap(), Event::Eof) {
            events += 1;
            buffer.clear();
        }
    }
    events
}

/// How long something takes, and how many megabytes more it needs at most.
fn measured<T>(file: &mut File, act: fn(&mut File) -> T) -> (Duration, T, u64) {
    file.rewind().unwrap();
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = memory("VmRSS:");
    let start = Instant::now();
    let done = act(file);
    (start.elapsed(), done, memory("VmHWM:").saturating_sub(before))
}

fn memory(what: &str) -> u64 {
    let mut status = String::new();
    File::open("/proc/self/status").unwrap().read_to_string(&mut status).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(what)).unwrap();
    line.split_whitespace().next().unwrap().parse::<u64>().unwrap() / 1024
}

/// Writes the workbook as Excel does: texts once in a part of their own, by number in the cells.
fn write(file: &mut File) {
    let mut zip = ZipWriter::new(file);
    let mut part = |name: &str, write: &dyn Fn(&mut dyn std::io::Write)| {
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        let mut buffered = std::io::BufWriter::new(&mut zip);
        write(&mut buffered);
        buffered.flush().unwrap();
    };
    part("[Content_Types].xml", &|to| {
        write!(
            to,
            "<Types xmlns=\"{OFFICE}/package/2006/content-types\"><Default Extension=\"rels\" \
             ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
             <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"
        )
        .unwrap();
    });
    part("_rels/.rels", &|to| relations(to, &[("officeDocument", "xl/workbook.xml")]));
    part("xl/_rels/workbook.xml.rels", &|to| {
        let parts =
            [("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml")];
        relations(to, &parts);
    });
    part("xl/workbook.xml", &|to| {
        write!(
            to,
            "<workbook xmlns=\"{OFFICE}/spreadsheetml/2006/main\" \
             xmlns:r=\"{OFFICE}/officeDocument/2006/relationships\"><sheets>\
             <sheet name=\"名簿\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
        )
        .unwrap();
    });
    part("xl/sharedStrings.xml", &texts);
    part("xl/worksheets/sheet1.xml", &sheet);
    zip.finish().unwrap();
}

fn relations(to: &mut dyn std::io::Write, of: &[(&str, &str)]) {
    write!(to, "<Relationships xmlns=\"{OFFICE}/package/2006/relationships\">").unwrap();
    for (n, (kind, target)) in of.iter().enumerate() {
        write!(
            to,
            "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/officeDocument/2006/relationships/{kind}\" Target=\"{target}\"/>",
            n + 1
        )
        .unwrap();
    }
    write!(to, "</Relationships>").unwrap();
}

fn texts(to: &mut dyn std::io::Write) {
    write!(to, "<sst xmlns=\"{OFFICE}/spreadsheetml/2006/main\">").unwrap();
    let mut text = |text: &str| write!(to, "<si><t>{text}</t></si>").unwrap();
    for heading in HEADINGS {
        text(heading);
    }
    for n in 0..SHARED * WORDS {
        text(&format!("{}{}", HEADINGS.iter().cycle().nth(n + OWN).unwrap(), n % WORDS));
    }
    for n in 0..ROWS {
        text(&format!("{n:08}"));
        text(&format!("山田 {n}花子"));
        text("ヤマダ ハナコ");
        text(&format!("三重野県津島市中央町{}番地{}", n / 20, n % 20));
        text(&format!("059-{:03}-{:04}", n / 10_000, n % 10_000));
        text(&format!("hanako{n}@sr.example"));
        text(&format!("{:07}", n * 7));
        text(&format!("第{n}回の面談による"));
    }
    write!(to, "</sst>").unwrap();
}

fn sheet(to: &mut dyn std::io::Write) {
    write!(to, "<worksheet xmlns=\"{OFFICE}/spreadsheetml/2006/main\"><sheetData><row r=\"1\">")
        .unwrap();
    let letters: Vec<String> = (0..HEADINGS.len())
        .map(|column| azukari::sheet::letters(u16::try_from(column).unwrap()))
        .collect();
    for (n, letters) in letters.iter().enumerate() {
        write!(to, "<c r=\"{letters}1\" t=\"s\"><v>{n}</v></c>").unwrap();
    }
    write!(to, "</row>").unwrap();
    for row in 0..ROWS {
        let number = row + 2;
        write!(to, "<row r=\"{number}\">").unwrap();
        for (column, letters) in letters.iter().enumerate() {
            let text = match column {
                _ if column < OWN => Some(HEADINGS.len() + SHARED * WORDS + row * OWN + column),
                _ if column < OWN + SHARED => {
                    Some(HEADINGS.len() + (column - OWN) * WORDS + row % WORDS)
                }
                _ => None,
            };
            match text {
                Some(text) => {
                    write!(to, "<c r=\"{letters}{number}\" t=\"s\"><v>{text}</v></c>").unwrap();
                }
                None => {
                    write!(to, "<c r=\"{letters}{number}\"><v>{}</v></c>", row % 40_000).unwrap();
                }
            }
        }
        write!(to, "</row>").unwrap();
    }
    write!(to, "</sheetData></worksheet>").unwrap();
}
