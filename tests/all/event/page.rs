use azukari::actor::Role;
use azukari::ledger::{self, NewEntry};

use crate::app::{App, both};

both! {
    async fn administrators_and_representatives_see_what_happened_in_their_own_organisation(app: App) {
        let mie = app.principal("三重野県");
        let side = app.joined_contractor(&mie, "髙橋");
        let stranger = app.principal("津島町").administrator;
        mie.officer.get("/members").await;
        let page = mie.administrator.get("/events").await;
        assert_eq!((page.status, page.title()), (200, "セキュリティの記録".to_owned()));
        let newest = page.text("tbody tr:first-child");
        for words in ["操作の拒否", "役割の権限外", "﨑山 officer", "三重野県", "127.0.0.1", "/members", "令和8年"] {
            assert!(newest.contains(words), "{words}: {newest}");
        }
        let rows = page.texts("tbody th[scope=row]").len();
        assert_eq!(rows, 11, "four joined and signed in, one invited and joined, one refused: {}", page.text("tbody"));
        for person in [&mie.administrator, &side.representative] {
            assert!(person.get("/members").await.has("main a[href='/events']"), "{}", person.email);
        }
        let own = side.representative.get("/events").await;
        assert_eq!(own.texts("tbody th[scope=row]").len(), 2, "{}", own.text("tbody"));
        assert!(own.text("tbody").contains("髙橋 𠮷之助") && !own.text("tbody").contains("﨑山"));
        assert!(!stranger.get("/events").await.text("tbody").contains("/members"));
        for person in [&mie.officer, &mie.approver, &mie.auditor] {
            assert_eq!(person.get("/events").await.status, 403);
            assert_eq!(person.get("/events.csv").await.status, 403);
        }
        assert_eq!(mie.administrator.in_english().get("/events").await.title(), "Security events");
    }

    async fn the_list_is_filtered_and_paged_newest_first(app: App) {
        let mie = app.principal("三重野県");
        let administrator = &mie.administrator;
        let entries = |count: usize| {
            let entry = |_| NewEntry {
                tenant_id: mie.id, act: "invitation.sent", subject_kind: "invitation", subject_id: "", entrustment_id: None, details: vec![],
            };
            app.as_operator(|tx, _| ledger::append_all(tx, mie.id, (0..count).map(entry).collect()));
        };
        entries(60);
        app.clock.advance(chrono::Duration::days(1));
        let late = app.member(mie.id, Role::Auditor, None);
        late.get("/members").await;
        let administrator_again = app.member(mie.id, Role::Administrator, None);
        let count = async |query: &str| {
            let page = administrator_again.get(&format!("/events?{query}")).await;
            assert_eq!(page.status, 200, "{query}");
            page.texts("tbody th[scope=row]").len()
        };
        let all = administrator_again.get("/events").await;
        assert_eq!(all.texts("tbody th[scope=row]").len(), 50);
        assert!(all.text(".page-count").contains("73"), "{}", all.text(".page-count"));
        assert_eq!(count("page=2").await, 23);
        for (query, expected) in [
            ("kind=refused", 1),
            ("kind=member_joined", 6),
            ("category=sign_in", 6),
            ("category=refusal", 1),
            ("outcome=refused", 1),
            ("outcome=refused&kind=signed_in", 0),
            ("kind=member_joined&until=2026-04-01", 4),
            ("kind=member_joined&from=R8.4.2", 2),
            ("from=2026-04-03", 0),
            ("q=%E5%B4%8E%E5%B1%B1%20approver", 2),
            ("q=%25", 50),
            ("kind=nonsense", 50),
        ] {
            assert_eq!(count(query).await, expected, "{query}");
        }
        let refused = administrator_again.get("/events?kind=refused").await;
        let person = refused.attributes("tbody a[href*='person=']", "href").remove(0);
        let of_person = administrator_again.get(&person.replace("kind=refused", "kind=")).await;
        assert_eq!(of_person.texts("tbody th[scope=row]").len(), 3);
        let wrong = administrator_again.get("/events?from=nonsense").await;
        assert_eq!(wrong.wrong_fields(), ["from"]);
        let csv = String::from_utf8(administrator_again.download("/events.csv?kind=refused").await).unwrap();
        assert_eq!(csv.lines().count(), 2, "{csv}");
        assert!(csv.contains("操作の拒否") && csv.contains("127.0.0.1"), "{csv}");
        let _ = administrator;
        let exported = administrator_again.get("/events?kind=exported").await;
        let told = exported.text("tbody");
        assert!(told.contains("セキュリティの記録") && told.contains("1件") && told.contains("CSV"), "{told}");
    }
}
