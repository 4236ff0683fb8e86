//! What happened in the seed incidents, entered: pointed out before it is saved, found afterwards.

use azukari::database::schema::finding;
use diesel::prelude::*;

use super::steps::{by_mail, desk, entered, findings};
use crate::app::{App, Page, both};

fn warned(page: &Page) -> Vec<String> {
    assert_eq!(page.status, 422);
    let mut fields = page.wrong_fields();
    fields.sort();
    fields
}

both! {
    async fn forwarding_to_the_own_address_mistyped_is_pointed_out(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let form = by_mail(&desk, person).await.set("sender_address", "takahashi@sr.example").set_all(&[
            ("receiver_who_0", "other"), ("receiver_address_0", "takahashi@sr.example"), ("receiver_field_0", "bcc"),
            ("receiver_who_1", "other"), ("receiver_address_1", "takahasi.sr@gmail.com"), ("receiver_field_1", "bcc"),
        ]);
        let page = form.submit().await;
        assert_eq!(warned(&page), ["fact_own_address", "fact_recipient", "reason_free_mail"]);
        assert!(page.body.contains("takahasi.sr@gmail.com"));
        assert!(!person.get(&desk.home).await.has("tbody"), "nothing is saved yet");
        assert!(findings(&app, &desk).is_empty());
        let form = page.main_form().check("fact_own_address", "on").check("fact_recipient", "on");
        let saved = form.set("reason_free_mail", "自宅で続けるため").submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
        assert!(saved.body.contains("自宅で続けるため"));
        let rules: Vec<_> = findings(&app, &desk);
        assert!(rules.contains(&("free_mail".to_owned(), "自宅で続けるため".to_owned())), "{rules:?}");
        assert!(rules.iter().any(|(rule, _)| rule == "own_address"));
        assert!(rules.iter().any(|(rule, _)| rule == "recipient"));
        assert!(person.get(&desk.home).await.has("tbody .tag-warn"));
        let acts = app.acts(desk.mie.id);
        assert!(acts.contains(&"transmission.entered".to_owned()));
        let entry = app.ledger(desk.mie.id).into_iter().find(|e| e.act == "transmission.entered").unwrap();
        assert!(!entry.details.0.to_string().contains("takahas"), "no address in the ledger");
    }

    async fn twenty_five_addresses_in_the_to_field_are_pointed_out(app: App) {
        let desk = desk(&app);
        let lines: Vec<String> = (1..=25).map(|n| format!("顧客{n} <c{n}@customer.example>")).collect();
        let page = by_mail(&desk, desk.representative()).await.set("receiver_who_0", "")
            .set("receiver_lines", &lines.join("\n")).submit().await;
        assert_eq!(warned(&page), ["fact_open_recipients", "fact_recipient"]);
        assert!(page.body.contains("25"));
        let hidden = page.main_form().set("receiver_lines_field", "bcc").submit().await;
        assert_eq!(warned(&hidden), ["fact_recipient"]);
        let saved = hidden.main_form().check("fact_recipient", "on").submit().await;
        assert_eq!(saved.status, 303);
        let edit = desk.representative().get(&format!("{}/edit", saved.path)).await;
        assert_eq!(edit.main_form().value("receiver_address_24"), "c25@customer.example");
    }

    async fn a_password_by_the_same_way_is_pointed_out(app: App) {
        let desk = desk(&app);
        let form = by_mail(&desk, desk.representative()).await;
        let page = form.set("protection", "password").set("key_way", "same_way").submit().await;
        assert_eq!(warned(&page), ["fact_password_same_way"]);
        let kept = page.main_form().set("key_way", "other_way").submit().await;
        assert_eq!(kept.status, 303, "{:?}", kept.wrong_fields());
        assert!(findings(&app, &desk).is_empty());
    }

    async fn sensitive_items_by_a_way_that_is_not_for_them_are_pointed_out(app: App) {
        let desk = desk(&app);
        let person = desk.representative();
        let page = person.get(&format!("{}/new", desk.home)).await;
        let sensitive = page.attributes("input[name=items]", "value").remove(1);
        let page = by_mail(&desk, person).await.check("items", &sensitive).submit().await;
        assert_eq!(warned(&page), ["fact_sensitive_way"]);
        let edited = page.main_form().check("fact_sensitive_way", "on").submit().await;
        assert_eq!(edited.status, 303);
        let edit = person.get(&format!("{}/edit", edited.path)).await.main_form();
        let mended = edit.set("way", "hand").submit().await;
        assert_eq!(mended.status, 303);
        assert_eq!(findings(&app, &desk).len(), 1, "the finding stays until it is closed");
        assert!(mended.body.contains("合わないところはありません"));
    }

    async fn rules_that_change_are_held_against_what_was_entered(app: App) {
        let desk = desk(&app);
        entered(&desk, desk.representative()).await;
        app.run_jobs();
        assert!(findings(&app, &desk).is_empty());
        let path = format!("/entrustments/{}/edit", desk.entrustment);
        let edit = desk.mie.officer.get(&path).await.main_form();
        let saved = edit.uncheck("ways").check("ways", "hand_over").uncheck("ways_sensitive").submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
        app.run_jobs();
        assert_eq!(findings(&app, &desk), [("way".to_owned(), String::new())]);
        app.clock.advance(chrono::Duration::minutes(1));
        let edit = desk.mie.officer.get(&path).await.main_form().check("ways", "hand");
        let saved = edit.set("clouds", "なみクラウド\nうみクラウド").submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
        assert!(saved.body.contains("うみクラウド"));
        app.run_jobs();
        let mended: Vec<Option<chrono::NaiveDateTime>> = finding::table
            .filter(finding::entrustment_id.eq(desk.entrustment.to_string()))
            .select(finding::mended_at)
            .load(&mut app.connection())
            .unwrap();
        assert!(mended.len() == 1 && mended[0].is_some());
    }
}
