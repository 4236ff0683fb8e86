//! 10,000 rows in and out. Times and memory are printed: `docs/performance.md` has them.

use std::time::Instant;

use super::given::{HANDED, HANDLER, HOLDING, OFFICE, SAKURA, TRANSMISSION};
use super::{CONTRACTOR, ENTRUSTMENT, csv_of, upload};
use crate::app::{App, both, contractor, entrustment};

const ROWS: usize = 10_000;

/// The most memory that this process has had, in MB; 0 where the system doesn't say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).unwrap_or(0) / 1024
}

/// Entrustments among which the rows of registers are.
const ENTRUSTMENTS: usize = 100;

/// 10,000 rows like `row`, each another by the cell at `varied`, of a hundred entrustments.
fn rows_like(row: &[&str], varied: usize) -> Vec<Vec<String>> {
    let other = |n: usize| {
        let mut row: Vec<String> = row.iter().map(|&cell| cell.to_owned()).collect();
        row[0] = format!("{:03}", n % ENTRUSTMENTS);
        row[varied] = format!("{} 第{n}", row[varied]);
        row
    };
    (0..ROWS).map(other).collect()
}

both! {
    async fn ten_thousand_rows_of_each_register_are_imported(app: App) {
        let mie = app.principal("三重野県");
        let side = app.joined_contractor(&mie, "髙橋商店");
        for n in 0..ENTRUSTMENTS {
            let mut new = entrustment(side.id, mie.division, &format!("{n:03}"), "監査");
            "氏名".clone_into(&mut new.items[0].name);
            new.items.push(azukari::entrustment::NewItem { name: "給与".into(), ..new.items[0].clone() });
            app.entrustment(&mie, &new);
        }
        // Every second holding is at home: it breaks a rule, and a finding is raised.
        let mut at_home = OFFICE.to_vec();
        at_home[4] = "自宅";
        for (kind, head, row, varied, list) in [
            ("handlers", HANDLER, SAKURA, 1, "handler.entered"),
            ("holdings", HOLDING, &at_home, 5, "holding.entered"),
            ("transmissions", TRANSMISSION, HANDED, 13, "transmission.entered"),
        ] {
            let mut rows = rows_like(row, varied);
            if kind == "holdings" {
                rows.iter_mut().step_by(2).for_each(|row| OFFICE[4].clone_into(&mut row[4]));
            }
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            let all: Vec<&[&str]> = std::iter::once(head).chain(rows.iter().map(Vec::as_slice)).collect();
            let sheet = csv_of(&all);
            let person = if kind == "transmissions" { &mie.officer } else { &side.representative };
            let start = Instant::now();
            let page = upload(person, kind, "a.csv", &sheet).await;
            let checked = start.elapsed();
            let mut form = page.form("#confirm");
            if kind == "holdings" {
                form = form.set("reason", "在宅勤務");
            }
            let start = Instant::now();
            let done = form.submit().await;
            let entered = start.elapsed();
            assert_eq!(done.status, 303, "{kind}: {}", page.body);
            println!("import of {ROWS} {kind}: upload and preview {checked:?}, confirmation {entered:?}, peak {} MB", peak());
            let ledger = app.ledger(mie.id);
            assert_eq!(ledger.iter().filter(|e| e.act == list).count(), ROWS);
            if kind == "holdings" {
                assert_eq!(ledger.iter().filter(|e| e.act == "finding.raised").count(), ROWS / 2);
            }
        }
        azukari::ledger::verify(&mut app.connection(), mie.id).unwrap();
    }

    async fn ten_thousand_contractors_are_imported(app: App) {
        let mie = app.principal("三重野県");
        let names: Vec<String> = (0..ROWS).map(|n| format!("髙橋商店 第{n}")).collect();
        let mut rows: Vec<Vec<&str>> = vec![CONTRACTOR.to_vec()];
        rows.extend(names.iter().map(|name| {
            vec!["会社などの法人", name, "", "津島市1-1", "髙橋 𠮷之助", "t@sr.example", "059-000-0000"]
        }));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let sheet = csv_of(&rows);
        let start = Instant::now();
        let page = upload(&mie.officer, "contractors", "a.csv", &sheet).await;
        let checked = start.elapsed();
        let start = Instant::now();
        let done = page.form("#confirm").submit().await;
        let entered = start.elapsed();
        assert_eq!(done.status, 303, "{}", page.body);
        assert!(done.text(".page-count").contains("10,000"));
        assert_eq!(app.ledger(mie.id).iter().filter(|e| e.act == "contractor.registered").count(), ROWS);
        println!("import of {ROWS}: upload and preview {checked:?}, confirmation {entered:?}, peak {} MB", peak());
    }

    async fn ten_thousand_entrustments_are_exported(app: App) {
        let mie = app.principal("三重野県");
        app.contractor(&mie, &contractor("髙橋商店"));
        let numbers: Vec<String> = (0..ROWS).map(|n| format!("{n:05}")).collect();
        let mut rows: Vec<Vec<&str>> = vec![ENTRUSTMENT.to_vec()];
        rows.extend(numbers.iter().map(|number| {
            vec![
                number, "監査", "髙橋商店", "子ども課", "監査", "R8.4.1", "R9.3.31", "R9.3.31", "1",
                "氏名、住所", "", "", "",
            ]
        }));
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let sheet = csv_of(&rows);
        let start = Instant::now();
        let page = upload(&mie.officer, "entrustments", "a.csv", &sheet).await;
        let checked = start.elapsed();
        let start = Instant::now();
        assert_eq!(page.form("#confirm").submit().await.status, 303, "{}", page.body);
        println!("import of {ROWS} entrustments: preview {checked:?}, confirmation {:?}", start.elapsed());
        for ending in ["xlsx", "csv"] {
            let start = Instant::now();
            let bytes = mie.officer.download(&format!("/entrustments.{ending}?sort=number")).await;
            println!("export of {ROWS} as {ending}: {:?}, {} bytes, peak {} MB", start.elapsed(), bytes.len(), peak());
            let sheet = azukari::sheet::read(&format!("a.{ending}"), &bytes).unwrap();
            assert_eq!(sheet.rows.len(), ROWS + 1);
            assert_eq!(sheet.rows[ROWS].cell(0), "09999");
        }
    }
}
