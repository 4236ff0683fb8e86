//! Sheets beside their floors: 10,000 contractors read from CSV against the csv crate alone, and
//! 10,000 rows written as CSV and .xlsx; then, once each, what a person waits for: the import of
//! 10,000 contractors and the export of 10,000 entrustments with the database and everything. On
//! SQLite, and on PostgreSQL where `AZUKARI_TEST_POSTGRES` names a cluster.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

use std::sync::LazyLock;

use azukari::error::Error;
use azukari::sheet::{Column, Encoding, Kind, csv as write_csv, read, xlsx};
use divan::{Bencher, black_box};

const ROWS: usize = 10_000;
const HEADINGS: [&str; 8] = [
    "kind",
    "name",
    "corporate_number",
    "postcode",
    "address",
    "person_in_charge",
    "email",
    "phone",
];

fn main() {
    divan::main();
}

fn columns() -> Vec<Column> {
    HEADINGS.map(|heading| Column::new(heading.to_owned(), Kind::Code)).to_vec()
}

fn rows() -> impl Iterator<Item = Vec<String>> {
    (0..ROWS).map(|n| {
        vec![
            "company".to_owned(),
            format!("株式会社髙橋商店 第{n}"),
            String::new(),
            "514-0001".to_owned(),
            format!("青波県波音市{n}-1"),
            "髙橋 𠮷之助".to_owned(),
            format!("contractor.{n}@sr.example"),
            "059-000-0000".to_owned(),
        ]
    })
}

static CSV: LazyLock<Vec<u8>> = LazyLock::new(|| {
    write_csv(Encoding::Utf8, &columns(), rows().map(Ok::<_, Error>)).unwrap().unwrap()
});
static XLSX: LazyLock<Vec<u8>> =
    LazyLock::new(|| xlsx("委託先", &columns(), rows().map(Ok::<_, Error>)).unwrap());

/// The floor: the csv crate alone on the same bytes.
#[divan::bench]
fn read_csv_floor(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let mut reader = csv::Reader::from_reader(black_box(CSV.as_slice()));
        reader.records().map(|record| record.unwrap().len()).sum::<usize>()
    });
}

#[divan::bench]
fn read_csv(bencher: Bencher<'_, '_>) {
    bencher.bench(|| read("a.csv", black_box(&CSV)).unwrap().rows.len());
}

#[divan::bench]
fn read_xlsx(bencher: Bencher<'_, '_>) {
    bencher.bench(|| read("a.xlsx", black_box(&XLSX)).unwrap().rows.len());
}

/// The floor: the csv crate alone on the same rows.
#[divan::bench]
fn write_csv_floor(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let mut writer = csv::Writer::from_writer(Vec::new());
        rows().for_each(|row| writer.write_record(row).unwrap());
        writer.into_inner().unwrap().len()
    });
}

#[divan::bench]
fn write_csv_of_ours(bencher: Bencher<'_, '_>) {
    bencher.bench(|| {
        let rows = rows().map(Ok::<_, Error>);
        write_csv(Encoding::Utf8, &columns(), rows).unwrap().unwrap().len()
    });
}

#[divan::bench]
fn write_xlsx(bencher: Bencher<'_, '_>) {
    bencher.bench(|| xlsx("委託先", &columns(), rows().map(Ok::<_, Error>)).unwrap().len());
}
