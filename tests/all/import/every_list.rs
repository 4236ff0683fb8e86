//! Every list is handed out whole in both forms, says its columns in words, and is seen by nobody
//! else.

use azukari::sheet::read;

use super::given::{HANDED, HANDLER, HOLDING, OFFICE, SAKURA, TRANSMISSION, given};
use crate::app::{App, Person, both};

/// The rows of a list below its headings, the same as .xlsx and as CSV.
async fn rows(person: &Person, list: &str) -> Vec<Vec<String>> {
    let (path, query) = list.split_once('?').unwrap_or((list, ""));
    let mut both = Vec::new();
    for ending in ["xlsx", "csv"] {
        let bytes = person.download(&format!("{path}.{ending}?{query}")).await;
        if ending == "csv" {
            let text = std::str::from_utf8(&bytes).unwrap();
            assert!(text.starts_with('\u{feff}') && text.ends_with("\r\n"), "{list}");
        }
        let sheet = read(&format!("a.{ending}"), &bytes).unwrap();
        let columns = sheet.rows[0].cells.iter().map(|(column, _)| *column).max().unwrap();
        let cells =
            |row: &azukari::sheet::Row| (0..=columns).map(|c| row.cell(c).to_owned()).collect();
        both.push(sheet.rows.iter().map(cells).collect::<Vec<Vec<String>>>());
    }
    let (xlsx, csv) = (both.remove(0), both.remove(0));
    assert_eq!(xlsx, csv, "{list}");
    assert!(!xlsx.iter().flatten().any(|cell| cell.contains('⟦')), "{list}: {xlsx:?}");
    let mut headings = xlsx[0].clone();
    headings.sort();
    headings.dedup();
    assert_eq!(headings.len(), xlsx[0].len(), "{list}: two columns of one name");
    xlsx[1..].to_vec()
}

both! {
    async fn every_list_is_handed_out_as_its_page_has_it(app: App) {
        let given = given(&app);
        let person = &given.side.representative;
        let mut formula = SAKURA.to_vec();
        formula[1] = "=髙橋 桜";
        given.upload("handlers", &[HANDLER, &formula]).await.form("#confirm").submit().await;
        let mut abroad = OFFICE.to_vec();
        abroad[6] = "US";
        given.upload("holdings", &[HOLDING, OFFICE, &abroad]).await.form("#confirm").check("facts", "on").submit().await;
        let sent = given.upload_as(&given.mie.officer, "transmissions", &[TRANSMISSION, HANDED]).await;
        sent.form("#confirm").submit().await;
        let own = |list: &str| given.home(list);
        for (list, count, words) in [
            (own("handlers"), 1, "=髙橋 桜"),
            (own("handlers?status=left"), 0, ""),
            (own("holdings"), 2, "アメリカ合衆国（US）"),
            (own("holdings?country=US"), 1, "アメリカ合衆国（US）"),
            (own("transmissions"), 1, "給与台帳1冊"),
            (own("transmissions?way=fax"), 0, ""),
            (own("findings"), 1, "許可されていない国"),
            ("/findings?severity=high".to_owned(), 1, "令8子-12"),
            ("/findings?severity=low".to_owned(), 0, ""),
            (own("recipients"), 0, ""),
            (own("sub-entrustments"), 0, ""),
            (own("inspections"), 0, ""),
            ("/inspections".to_owned(), 1, "計画なし"),
            (own("disposals"), 0, ""),
            ("/overview/entrustments?show=ordinary".to_owned(), 1, "髙橋商店"),
            ("/overview/entrustments?country=US".to_owned(), 1, "令8子-12"),
        ] {
            for reader in [person, &given.mie.officer, &given.mie.auditor] {
                let rows = rows(reader, &list).await;
                assert_eq!(rows.len(), count, "{list}: {rows:?}");
                assert!(rows.iter().flatten().any(|cell| cell == words) || count == 0, "{list}: {rows:?}");
            }
            let page = given.mie.officer.get(&list).await;
            let path = list.split('?').next().unwrap();
            assert_eq!(page.has(&format!("a[href^='{path}.xlsx']")), count > 0 && page.has("tbody"), "{list}");
        }
        let history = rows(&given.mie.auditor, &own("history")).await;
        assert_eq!(history.len(), app.ledger(given.mie.id).iter().filter(|e| e.entrustment_id.is_some()).count());
        assert_eq!(history.last().unwrap()[3], "委託案件を登録");
        let english = given.mie.auditor.in_english().download(&format!("{}.csv", own("holdings"))).await;
        assert!(String::from_utf8(english).unwrap().contains("United States"));
        let raw = person.download(&format!("{}.csv", own("handlers"))).await;
        assert!(String::from_utf8(raw).unwrap().contains("'=髙橋 桜"), "never a formula");
    }

    async fn lists_of_the_organisation_are_the_administrators(app: App) {
        let given = given(&app);
        let divisions = rows(&given.mie.administrator, "/divisions").await;
        assert_eq!(divisions[0][0], "子ども課");
        let members = rows(&given.mie.administrator, "/members").await;
        assert_eq!(members.len(), 4);
        for path in ["/divisions.xlsx", "/members.csv"] {
            assert_eq!(given.mie.officer.get(path).await.status, 403);
        }
        let representative = &given.side.representative;
        assert_eq!(representative.get("/divisions.xlsx").await.status, 403);
        let own = rows(representative, "/members").await;
        assert_eq!(own.len(), 1, "the contractor's own people alone");
        let stranger = app.principal("津島町").officer;
        for list in ["handlers", "holdings", "transmissions", "recipients", "sub-entrustments", "findings", "inspections", "disposals", "history"] {
            for ending in ["xlsx", "csv"] {
                assert_eq!(stranger.get(&format!("{}.{ending}", given.home(list))).await.status, 404, "{list}");
            }
        }
        assert!(rows(&stranger, "/findings").await.is_empty());
        assert!(rows(&stranger, "/inspections").await.is_empty());
        assert_eq!(stranger.get("/overview/entrustments.csv?show=nothing").await.status, 404);
    }
}
