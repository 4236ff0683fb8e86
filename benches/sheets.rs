//! Sheets beside their floors: 10,000 contractors read from CSV against the csv crate alone, and
//! 10,000 rows written as CSV and .xlsx; then, once each, what a person waits for over HTTP: the import
//! of 10,000 contractors, handlers, holdings, transmissions and entrustments and the export of 10,000 contractors,
//! with the database and everything (5 s; 200 MB). On SQLite, and on PostgreSQL where
//! `AZUKARI_TEST_POSTGRES` names a cluster.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

#[expect(dead_code, reason = "each benchmark takes its part of the house")]
mod house;

use std::sync::LazyLock;
use std::time::{Duration, Instant};

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
    // Asked for one benchmark by its name, it is enough to run that one.
    if std::env::args().skip(1).all(|argument| argument.starts_with("--")) {
        house::on_each(measure);
    }
}

// What a person waits for

/// Entrustments among which the rows of registers are.
const ENTRUSTMENTS: usize = 100;
/// Who has them, and those that are imported.
const CONTRACTOR: &str = "𠮷田社会保険労務士事務所 第500";

fn measure(database: &str, url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let portal = house::open(folder.path(), url);
    let body = house::PublicBody::founded(&portal, "青波県");
    let person = house::cookie_of(&portal, body.with_representative(&portal, ENTRUSTMENTS));
    let officer = body.cookie(&portal);
    let base = house::serve(portal);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    println!(
        "\n## {database}\n\n| {ROWS} rows of | upload and preview | confirmation | more memory at most |\n|---|--:|--:|--:|"
    );
    for (kind, cookie) in [
        ("contractors", &officer),
        ("handlers", &person),
        ("holdings", &person),
        ("transmissions", &officer),
        ("entrustments", &officer),
    ] {
        let sheet = if kind == "contractors" { CSV.clone() } else { register(kind) };
        let before = forget_peak();
        let (seen, entered) = runtime.block_on(import(&base, cookie, kind, sheet));
        let more = memory("VmHWM:").saturating_sub(before);
        println!("| {kind} | {seen:.2?} | {entered:.2?} | {more} MB |");
    }
    for path in ["/contractors.xlsx", "/contractors.csv"] {
        let before = forget_peak();
        let start = Instant::now();
        let bytes = runtime.block_on(async {
            let asked = client().get(format!("{base}{path}")).header("cookie", &officer);
            asked.send().await.unwrap().error_for_status().unwrap().bytes().await.unwrap()
        });
        let more = memory("VmHWM:").saturating_sub(before);
        println!("| {path}, {} bytes | | {:.2?} | {more} MB |", bytes.len(), start.elapsed());
    }
}

/// A browser that has the portal's own page open.
fn client() -> reqwest::Client {
    use reqwest::header::{HOST, HeaderMap, HeaderValue};
    let mut headers = HeaderMap::new();
    headers.insert(HOST, HeaderValue::from_static("127.0.0.1"));
    headers.insert("sec-fetch-site", HeaderValue::from_static("same-origin"));
    let builder = reqwest::Client::builder().no_proxy().default_headers(headers);
    builder.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// Uploads a sheet, looks at the preview, and confirms: how long each takes.
async fn import(base: &str, cookie: &str, kind: &str, sheet: Vec<u8>) -> (Duration, Duration) {
    let client = client();
    let get = |path: String| client.get(format!("{base}{path}")).header("cookie", cookie).send();
    let page = get(format!("/imports/{kind}")).await.unwrap().text().await.unwrap();
    let file = reqwest::multipart::Part::bytes(sheet).file_name("a.csv");
    let form = reqwest::multipart::Form::new().text("csrf", token(&page)).part("file", file);
    let start = Instant::now();
    let upload = client.post(format!("{base}/imports/{kind}")).header("cookie", cookie);
    let answer = upload.multipart(form).send().await.unwrap();
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    let preview = answer.headers().get("location").unwrap().to_str().unwrap().to_owned();
    let page = get(preview.clone()).await.unwrap().text().await.unwrap();
    let seen = start.elapsed();
    assert!(page.contains("id=\"confirm\""), "{page}");
    let said =
        format!("csrf={}&reason=%E5%9C%A8%E5%AE%85%E5%8B%A4%E5%8B%99&facts=on", token(&page));
    let start = Instant::now();
    let confirm = client.post(format!("{base}{preview}")).header("cookie", cookie).body(said);
    let confirm = confirm.header("content-type", "application/x-www-form-urlencoded");
    let answer = confirm.send().await.unwrap();
    assert_eq!(answer.status(), 303, "{}", answer.text().await.unwrap());
    (seen, start.elapsed())
}

/// The token that the page's own forms send.
fn token(page: &str) -> String {
    let main = page.split_once("<main").unwrap().1;
    let rest = main.split_once("name=\"csrf\" value=\"").unwrap().1;
    rest.split_once('"').unwrap().0.to_owned()
}

/// A sheet of a register. Every second holding is at home, which breaks a rule.
#[expect(clippy::too_many_lines, reason = "one sheet after the other")]
fn register(kind: &str) -> Vec<u8> {
    let (headings, row, varied): (&[&str], &[&str], usize) = match kind {
        "handlers" => (
            &[
                "entrustment",
                "name",
                "duty",
                "starts_on",
                "pledged_on",
                "trained_on",
                "training_content",
            ],
            &["", "髙橋 桜", "handler", "2026-04-01", "2026-04-01", "2026-04-01", "特記事項"],
            1,
        ),
        "holdings" => (
            &[
                "entrustment",
                "items",
                "persons",
                "kind",
                "place",
                "place_detail",
                "country",
                "access_countries",
                "medium",
                "encryption",
                "starts_on",
            ],
            &[
                "",
                "氏名、給与",
                "49",
                "original",
                "office",
                "事務所",
                "JP",
                "JP",
                "server",
                "at_rest",
                "2026-04-01",
            ],
            5,
        ),
        "entrustments" => (
            &[
                "number",
                "contractor",
                "title",
                "division",
                "purpose",
                "starts_on",
                "ends_on",
                "erase_by",
                "persons",
                "items",
            ],
            &[
                "",
                CONTRACTOR,
                "保育所等指導監査業務委託",
                "子ども課",
                "指導監査",
                "2026-04-01",
                "2027-03-31",
                "2027-04-30",
                "49",
                "氏名、給与",
            ],
            2,
        ),
        _ => (
            &[
                "entrustment",
                "sent_on",
                "sent_time",
                "sender",
                "receivers",
                "way",
                "items",
                "persons",
                "protection",
                "key_way",
                "checked_by",
                "purpose",
                "description",
            ],
            &[
                "",
                "2026-04-01",
                "08:05",
                "principal",
                "委託先",
                "hand",
                "氏名、給与",
                "49",
                "sealed",
                "none",
                "川村",
                "監査",
                "台帳",
            ],
            12,
        ),
    };
    let columns = headings.iter().map(|name| Column::new((*name).to_owned(), Kind::Code));
    let columns: Vec<Column> = columns.collect();
    let rows = (0..ROWS).map(|n| {
        let cell = |(column, cell): (usize, &&str)| match (column, n % 2) {
            (0, _) if kind == "entrustments" => format!("2026-{n}"),
            (0, _) => format!("{:03}", n % ENTRUSTMENTS),
            (4, 1) if kind == "holdings" => "home".to_owned(),
            (column, _) if column == varied => format!("{cell} 第{n}"),
            _ => (*cell).to_owned(),
        };
        Ok::<_, Error>(row.iter().enumerate().map(cell).collect())
    });
    write_csv(Encoding::Utf8, &columns, rows).unwrap().unwrap()
}

/// Memory of this process, server and client together, in MB; 0 where the system doesn't say.
fn memory(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Lets the system forget the most memory so far: what there is now.
fn forget_peak() -> u64 {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
    memory("VmRSS:")
}

// Sheets beside their floors

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
