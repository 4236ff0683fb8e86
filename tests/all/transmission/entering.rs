use super::steps::{by_mail, desk, entered, good};
use crate::app::{App, both};

both! {
    async fn a_transmission_is_entered_seen_by_both_and_corrected_by_its_own_side(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let path = entered(&desk, person).await;
        assert_eq!(app.acts(desk.mie.id).last().unwrap(), "transmission.entered");
        for reader in [person, &desk.mie.officer, &desk.mie.auditor, &desk.mie.approver] {
            let page = reader.get(&path).await;
            assert_eq!(page.status, 200);
            for words in ["令和8年4月1日（水）08:00", "監査結果の報告", "確認待ち", "10人", "手渡し", "氏名", "合わないところはありません"] {
                assert!(page.body.contains(words), "{words}: {}", page.body);
            }
            assert!(reader.get(&desk.home).await.has("tbody th a"));
        }
        let own = format!("/entrustments/{}", desk.entrustment);
        assert!(person.get(&own).await.body.contains("確認待ち 1件"));
        assert!(person.in_english().get(&path).await.body.contains("Not confirmed yet"));

        let edit = person.get(&format!("{path}/edit")).await.main_form();
        assert_eq!((edit.value("sent_time"), edit.value("persons")), ("08:00", "10"));
        assert_eq!(edit.value("receiver_who_0"), "principal");
        assert_eq!(edit.set("persons", "12").submit().await.status, 303);
        assert!(person.get(&path).await.body.contains("12人"));
        assert_eq!(app.acts(desk.mie.id).last().unwrap(), "transmission.corrected");
        assert_eq!(desk.mie.officer.get(&format!("{path}/edit")).await.status, 403);

        let id = path.rsplit('/').next().unwrap();
        let copy = person.get(&format!("{}/new?from={id}", desk.home)).await.main_form();
        assert_eq!((copy.value("purpose"), copy.value("sent_on")), ("監査結果の報告", ""));
        let copied = copy.set_all(&[("sent_on", "R8.4.1"), ("sent_time", "8:30")]).submit().await;
        assert_eq!(copied.status, 303);
        assert_ne!(copied.path, path);
    }

    async fn a_stale_correction_says_so_and_keeps_what_was_typed(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let edit = format!("{}/edit", entered(&desk, person).await);
        let slow = person.get(&edit).await.main_form();
        let quick = person.get(&edit).await.main_form();
        assert_eq!(quick.set("persons", "12").submit().await.status, 303);
        let stale = slow.set("persons", "13").submit().await;
        assert_eq!((stale.status, stale.main_form().value("persons")), (409, "13"));
        assert_eq!(stale.main_form().submit().await.status, 303, "replaced knowingly");
    }

    async fn every_wrong_field_is_said_and_nothing_is_written(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let before = app.ledger(desk.mie.id).len();
        let long = "1".repeat(2001);
        for (field, typed) in [
            ("sent_on", ""), ("sent_on", "R9.4.1"), ("sent_on", "昨日"), ("sent_time", ""), ("sent_time", "25:00"),
            ("sent_time", "朝"), ("sender", "nobody"), ("handler", "018f0000-0000-7000-8000-000000000001"),
            ("way", ""), ("way", "pigeon"), ("persons", ""), ("persons", "-1"), ("persons", "十"), ("purpose", ""),
            ("purpose", &*long), ("description", ""), ("description", &*long), ("content_hash", "abc"),
            ("protection", "magic"), ("key_way", "magic"), ("receiver_who_0", ""),
            ("receiver_who_0", "018f0000-0000-7000-8000-000000000001"), ("receiver_name_1", &*long),
            ("receiver_field_0", "reply"), ("receiver_lines", &*long), ("checked_by", &*long),
        ] {
            let again = good(&desk, person).await.set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{field} {typed:?}");
            let typing = ["sent_on", "sent_time", "persons", "purpose", "description", "content_hash", "checked_by"];
            if typing.contains(&field) {
                assert_eq!(again.main_form().value(field), typed, "{field} is kept");
            }
        }
        let nobody = good(&desk, person).await.set("receiver_who_0", "other").submit().await;
        assert_eq!(nobody.wrong_fields(), ["receiver_name_0"]);
        let nameless = good(&desk, person).await.set("receiver_name_1", "誰か").submit().await;
        assert_eq!(nameless.wrong_fields(), ["receiver_who_1"]);
        let form = by_mail(&desk, person).await;
        let unaddressed = form.set("receiver_who_0", "other").set("receiver_name_0", "誰か").submit().await;
        assert_eq!(unaddressed.wrong_fields(), ["receiver_address_0"]);
        let nothing = good(&desk, person).await.uncheck("items").submit().await;
        assert_eq!(nothing.wrong_fields(), ["items"]);
        assert_eq!(app.ledger(desk.mie.id).len(), before);
        assert!(!person.get(&desk.home).await.has("tbody"));
    }

    async fn the_list_is_filtered_and_sorted(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        entered(&desk, person).await;
        let form = good(&desk, person).await.set("sent_time", "7:00").set("way", "hand_over");
        let earlier = form.set("sender", "principal").set("handler", "").set("receiver_who_0", "contractor");
        assert_eq!(earlier.submit().await.status, 303);
        let times = |query: &str| {
            let path = format!("{}?{query}", desk.home);
            async move { person.get(&path).await.texts("tbody td:first-child") }
        };
        assert_eq!(times("").await, ["1", "2"], "the latest first");
        assert_eq!(times("sort=sent_at").await, ["2", "1"]);
        assert_eq!(times("way=hand_over").await, ["2"]);
        assert_eq!(times("confirmation=waiting").await.len(), 2);
        assert_eq!(times("confirmation=confirmed").await.len(), 0);
        assert_eq!(times("party=principal").await.len(), 2, "sent or received");
        assert_eq!(times("party=other").await.len(), 0);
        for odd in ["page=0", "page=x", "sort=x", "way=x", "confirmation=x", "party=x"] {
            assert_eq!(person.get(&format!("{}?{odd}", desk.home)).await.status, 200, "{odd}");
        }
    }
}
