//! An officer imports contractors from a sheet: three errors first, then none.

use azukari::database::Kind;
use azukari::web::{Language, locale};

use super::{Browser, Look};
use crate::app::App;
use crate::import::{CONTRACTOR, xlsx_of};

async fn import(look: Look) {
    let app = App::spawn(Kind::Sqlite);
    let mie = app.principal("三重野県");
    let browser = Browser::start(&app.base, look).await;
    let say = |key: &str| locale::text(look.language, key);
    browser.sign_in_as(&mie.officer).await;
    browser.visit("/imports/contractors").await;
    let folder = tempfile::tempdir().unwrap();
    let good: &[&str] = &["会社などの法人", "髙橋商店", "", "津島市", "髙橋", "t@sr.example", "1"];
    let upload = async |rows: &[&[&str]], until: String| {
        let file = folder.path().join("台帳.xlsx");
        std::fs::write(&file, xlsx_of("台帳", rows)).unwrap();
        browser.attach(&say("import-file"), &file).await;
        browser.press_here(&say("import-check"), &until).await;
        browser.check().await;
    };
    let faults = [("count", 3.into())];
    let title = locale::text_with(look.language, "import-faults-title", &faults);
    upload(
        &[
            CONTRACTOR,
            good,
            &["組合", "𠮷田商店", "", "津島市", "𠮷田", "y@sr.example", "1"],
            &["company", "", "4.01E+12", "津島市", "﨑山", "s@sr.example", "1"],
        ],
        title,
    )
    .await;
    let words = browser.words().await;
    for (row, column) in [("3", "A"), ("4", "B"), ("4", "C")] {
        let at = [("sheet", "台帳".into()), ("row", row.into()), ("column", column.into())];
        let place = locale::text_with(look.language, "sheet-at-cell", &at);
        assert!(words.contains(&place), "{place} is not in {words}");
    }
    assert!(!words.contains(&say("import-ready-text")));
    browser.visit("/imports/contractors").await;
    upload(&[CONTRACTOR, good], say("import-ready-text")).await;
    let rows = [("count", 1.into())];
    browser.press(&locale::text_with(look.language, "import-confirm", &rows)).await;
    assert!(browser.words().await.contains("髙橋商店"));
}

#[tokio::test]
async fn a_sheet_with_three_errors_shows_three_cells_on_a_wide_screen_in_japanese() {
    import(Look { width: 1280, language: Language::Ja, scripts: true, withheld: false }).await;
}

#[tokio::test]
async fn a_sheet_with_three_errors_shows_three_cells_on_a_narrow_screen_in_english() {
    import(Look { width: 375, language: Language::En, scripts: true, withheld: false }).await;
}
