//! What findings do by themselves.

use azukari::finding::Severity;
use chrono::Duration;

use crate::app::{App, both};

use super::steps::World;

/// Runs the rounds of so many days, each twice; gives day and kind of the mails about findings.
fn days(app: &App, count: i64) -> Vec<(i64, String)> {
    let mut sent = Vec::new();
    for day in 1..=count {
        app.clock.advance(Duration::days(1));
        let before = app.mails().len();
        app.run_jobs();
        app.run_jobs();
        let new = app.mails().split_off(before);
        let new = new.into_iter().filter(|mail| mail.kind.starts_with("finding_"));
        sent.extend(new.map(|mail| (day, mail.kind)));
    }
    sent
}

both! {
    async fn what_rules_find_is_told_once_a_day_reminded_and_escalated(app: App) {
        let world = World::of(&app);
        app.run_jobs();
        // Many at once are one letter.
        for country in ["US", "FR", "SG"] {
            world.rule(&app, country, Severity::High);
        }
        let sent = days(&app, 22);
        let sent: Vec<_> = sent.iter().map(|(day, kind)| (*day, kind.as_str())).collect();
        // Raised on 1 April, due on the 8th.
        assert_eq!(sent, [
            (1, "finding_digest"),
            (6, "finding_digest"),
            (7, "finding_digest"),
            (14, "finding_digest"),
            (14, "finding_escalation"),
            (21, "finding_digest"),
        ]);
        let mails = app.mails();
        let first = mails.iter().find(|mail| mail.kind == "finding_digest").unwrap();
        assert!(first.text_body.contains("新しい指摘が3件"), "{}", first.text_body);
        assert_eq!(first.to_address, world.representative().email);
        assert_eq!(app.last_mail("finding_escalation").to_address, world.mie.officer.email);
        let acts = app.acts(world.mie.id);
        assert_eq!(acts.iter().filter(|act| *act == "finding.reminded").count(), 5);
        assert_eq!(acts.iter().filter(|act| *act == "finding.escalated").count(), 1);
        azukari::ledger::verify(&mut app.connection(), world.mie.id).unwrap();
    }

    async fn what_was_answered_is_not_reminded_and_a_later_date_moves_everything(app: App) {
        let world = World::of(&app);
        app.run_jobs();
        let mut paths = Vec::new();
        for (title, due_on) in [("鍵の管理簿がない", "2026-04-03"), ("持出し台帳に記入がない", "2026-04-05")] {
            let path = world.raise(title, "high").await;
            let page = world.mie.officer.get(&format!("{path}/terms")).await;
            page.main_form().set_all(&[("due_on", due_on), ("reason", "急ぐため")]).submit().await;
            paths.push(path);
        }
        world.answer(&paths[0], "管理簿を作った").await;
        let sent = days(&app, 8);
        assert_eq!(sent, [(3, "finding_digest".to_owned()), (4, "finding_digest".to_owned())]);
        assert!(app.last_mail("finding_digest").text_body.contains("期限が今日または明日の指摘が1件"));
    }
}
