use azukari::sheet::read;

use crate::app::{App, both, contractor, entrustment};

both! {
    async fn a_list_is_handed_out_whole_as_its_page_has_it(app: App) {
        let mie = app.principal("三重野県");
        let side = app.joined_contractor(&mie, "髙橋商店");
        for n in 0..60 {
            let title = if n % 2 == 0 { "=監査" } else { "点検" };
            app.entrustment(&mie, &entrustment(side.id, mie.division, &format!("{n:03}"), title));
        }
        let all = read("a.xlsx", &mie.officer.download("/entrustments.xlsx").await).unwrap();
        assert_eq!((all.rows.len(), &*all.name), (61, "委託案件"));
        let some = mie.officer.download("/entrustments.csv?q=%E7%9B%A3%E6%9F%BB&sort=-number").await;
        let text = std::str::from_utf8(&some).unwrap();
        assert!(text.starts_with('\u{feff}') && text.contains(",'=監査,") && text.contains("\r\n"));
        let some = read("a.csv", &some).unwrap();
        let numbers: Vec<&str> = some.rows.iter().skip(1).map(|row| row.cell(0)).collect();
        assert_eq!((numbers.len(), numbers[0], numbers[29]), (30, "058", "000"));
        assert!(text.contains("委託元だけの控え"));
        let theirs = side.representative.download("/entrustments.csv").await;
        assert!(!String::from_utf8(theirs).unwrap().contains("委託元だけの控え"));
        let foreign = app.principal("津島町");
        assert_eq!(read("a.csv", &foreign.officer.download("/entrustments.csv").await).unwrap().rows.len(), 1);
        assert_eq!(side.representative.get("/contractors.xlsx").await.status, 403);
        for path in ["/questionnaires.xlsx", "/questionnaires.csv"] {
            assert!(!side.representative.download(path).await.is_empty());
        }
        let page = mie.officer.get("/entrustments?sort=-number&page=2").await;
        assert!(page.has("a[href='/entrustments.xlsx?sort=-number']"), "{}", page.body);
    }

    async fn cp932_names_what_it_cannot_carry_and_drops_nothing(app: App) {
        let mie = app.principal("三重野県");
        let mut plain = contractor("髙橋商店");
        "髙橋".clone_into(&mut plain.person_in_charge);
        app.contractor(&mie, &plain);
        let bytes = mie.officer.download("/contractors.csv?encoding=cp932").await;
        assert!(std::str::from_utf8(&bytes).is_err());
        assert_eq!(read("a.csv", &bytes).unwrap().rows[1].cell(1), "髙橋商店");
        app.contractor(&mie, &contractor("𠮷田商店"));
        let page = mie.officer.get("/contractors.csv?encoding=cp932&sort=name").await;
        assert_eq!(page.status, 422);
        assert_eq!(page.texts("tbody th"), ["𠮷"]);
        assert!(page.has("a[href='/contractors.csv?sort=name']"));
    }

    async fn an_exported_register_can_be_imported_elsewhere(app: App) {
        let (mie, tsushima) = (app.principal("三重野県"), app.principal("津島町"));
        app.contractor(&mie, &contractor("髙橋商店"));
        for ending in ["xlsx", "csv"] {
            let bytes = mie.officer.download(&format!("/contractors.{ending}")).await;
            let page = crate::import::upload(&tsushima.officer, "contractors", &format!("a.{ending}"), &bytes).await;
            assert!(page.has("#confirm"), "{}", page.body);
        }
    }
}
