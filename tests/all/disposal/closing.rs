use azukari::entrustment;
use azukari::entrustment::EntrustmentStatus;
use chrono::Duration;

use super::steps::{
    approve_closing, attest, close, decide, dispose, held, propose_closing, token, write,
};
use crate::app::{App, both};

/// The fields of a retention by law.
const RETAINED: &[(&str, &str)] = &[
    ("kind", "retained"),
    ("method", ""),
    ("method_note", ""),
    ("retained_reason", "法人税法施行規則59条により帳簿を保存する"),
    ("retained_until", "令和8年6月30日"),
];

both! {
    async fn the_last_holdings_disposal_lets_the_entrustment_close_and_not_before(app: App) {
        let held = held(&app, 2);
        let (officer, person) = (&held.mie.officer, held.person());
        let page = officer.get(&held.home).await;
        assert!(page.body.contains("終わっていない保管が2件あります"));
        dispose(&held, &[&held.holdings[0]], &[]).await;
        let closing = format!("{}/closing", held.home);
        let page = officer.get(&closing).await;
        assert!(page.body.contains("終わっていない保管が1件あります"));
        assert!(!page.has("form[action$='/closing']"));
        let csrf = token(officer).await;
        let refused = officer.post(&closing, &[("csrf", &csrf)]).await;
        assert_eq!((refused.status, refused.wrong_fields()), (409, vec!["hindrances".to_owned()]));

        let last = write(person, &held.home, &[&held.holdings[1]], &[]).await.path;
        assert!(officer.get(&closing).await.body.contains("受理されていない返還・消去・廃棄が1件"));
        assert_eq!(attest(person, &last).await.status, 303);
        assert!(!officer.get(&closing).await.has("form[action$='/closing']"), "attested is not accepted");
        assert_eq!(decide(officer, &last, "accept", "").await.status, 303);
        assert_eq!(close(&held).await.status, 303);
        assert!(officer.get(&held.home).await.body.contains("この委託案件は終了しました"));
        assert_eq!(app.acts(held.mie.id).pop().unwrap(), "entrustment.closed");
        assert_eq!(app.last_mail("entrustment-closed").to_address, person.email);

        assert_eq!(person.get(&format!("{}/disposals/new", held.home)).await.status, 409);
        let edit = officer.get(&format!("{}/edit", held.home)).await.main_form();
        assert_eq!(edit.set("title", "別").submit().await.status, 409);
        assert_eq!(officer.post(&closing, &[("csrf", &csrf)]).await.status, 409);
    }

    async fn who_proposed_to_close_does_not_close_in_whatever_role(app: App) {
        let held = held(&app, 0);
        let (administrator, approver) = (&held.mie.administrator, &held.mie.approver);
        let closing = format!("{}/closing", held.home);
        assert_eq!(propose_closing(administrator, &held.home).await.status, 303);
        assert_eq!(app.acts(held.mie.id).pop().unwrap(), "entrustment.closing_proposed");
        let mail = app.last_mail("closing-proposed");
        assert!([&approver.email, &administrator.email].contains(&&mail.to_address));
        let page = administrator.get(&closing).await;
        assert!(page.body.contains("ご自身が申請した") && !page.has("form[action$='/approval']"));
        let csrf = token(administrator).await;
        let approval = format!("{closing}/approval");
        assert_eq!(administrator.post(&approval, &[("csrf", &csrf)]).await.status, 403);
        assert_eq!(administrator.post(&closing, &[("csrf", &csrf)]).await.status, 409, "once is enough");
        let csrf = token(&held.mie.officer).await;
        assert_eq!(held.mie.officer.post(&approval, &[("csrf", &csrf)]).await.status, 403, "no approver");

        let page = approver.get(&closing).await;
        let unsaid = page.form("form[action$='/refusal']").submit().await;
        assert_eq!((unsaid.status, unsaid.wrong_fields()), (422, vec!["refusal".to_owned()]));
        let refused = page.form("form[action$='/refusal']").set("refusal", "まだ届いていない").submit().await;
        assert_eq!((refused.status, app.acts(held.mie.id).pop().unwrap().as_str()), (303, "entrustment.closing_refused"));
        let csrf = token(approver).await;
        assert_eq!(approver.post(&approval, &[("csrf", &csrf)]).await.status, 409, "nothing is proposed any more");

        assert_eq!(propose_closing(&held.mie.officer, &held.home).await.status, 303);
        crate::disposal::steps::hold(&app, &held.mie, held.id, 1);
        let csrf = token(approver).await;
        let hindered = approver.post(&approval, &[("csrf", &csrf)]).await;
        assert_eq!((hindered.status, hindered.wrong_fields()), (409, vec!["hindrances".to_owned()]));
        assert!(!approver.get(&closing).await.has("form[action$='/approval']"), "what is held is looked at again");
    }

    async fn a_sub_entrustments_holding_hinders_the_one_above(app: App) {
        use azukari::database::schema::entrustment_ancestor as a;
        use diesel::prelude::*;
        let held = held(&app, 0);
        let new = crate::app::entrustment(held.contractor.id, held.mie.division, "再1", "印刷");
        let below = app.entrustment(&held.mie, &new);
        diesel::insert_into(a::table)
            .values((a::tenant_id.eq(held.mie.id), a::entrustment_id.eq(below), a::ancestor_id.eq(held.id),
                a::contractor_id.eq(held.contractor.id), a::distance.eq(1)))
            .execute(&mut app.connection())
            .unwrap();
        crate::disposal::steps::hold(&app, &held.mie, below, 1);
        let page = held.mie.officer.get(&format!("{}/closing", held.home)).await;
        assert!(page.body.contains("再委託先で終わっていない保管が1件あります"));
        assert!(page.body.contains("再委託「印刷」（再1）が終了していません"));
        assert!(!page.has("form[action$='/closing']"));
    }

    async fn open_findings_are_confirmed_and_nothing_else(app: App) {
        let held = held(&app, 0);
        app.as_operator(|tx, _| {
            let found = entrustment::find_for_system(tx.connection, tx.actor, held.id)?;
            let new = azukari::finding::NewFinding {
                english: azukari::finding::English::default(),
                source: azukari::finding::Source::Officer,
                subject: azukari::finding::Subject { kind: "inspection", id: "0" },
                rule: "", title: "鍵の管理", detail: "", reason: "",
                severity: azukari::finding::Severity::Low, due_on: None,
            };
            azukari::finding::raise(tx, &found, &new)
        });
        let officer = &held.mie.officer;
        let refused = propose_closing(officer, &held.home).await;
        assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["confirm".to_owned()]));
        let form = refused.form("form[action$='/closing']").check("confirm", "on");
        assert_eq!(form.submit().await.status, 303);
        assert_eq!(approve_closing(&held.mie.approver, &held.home).await.status, 303);
        assert_eq!(app.acts(held.mie.id).pop().unwrap(), "entrustment.closed");
    }

    async fn what_was_returned_is_corrected_and_attested_again(app: App) {
        let held = held(&app, 1);
        let (officer, person) = (&held.mie.officer, held.person());
        let path = write(person, &held.home, &[&held.holdings[0]], &[]).await.path;
        assert_eq!(officer.get(&format!("{path}/certificate")).await.status, 404, "nothing is attested");
        let shown = person.get(&path).await;
        let hash = shown.attributes("input[name=shown]", "value").remove(0);
        let upload = shown.form("form[action$='/files']").file("file", "写真.png", b"\x89PNG\r\n\x1a\n after");
        assert_eq!(upload.submit().await.status, 303);
        let page = person.get(&path).await;
        assert_ne!(page.attributes("input[name=shown]", "value"), std::slice::from_ref(&hash), "a file changes the hash");
        let stale = shown.form("form[action$='/attestation']");
        let stale = stale.set_all(&[("attested_title", "所長"), ("attested_name", "髙橋")]).check("consent", "on");
        let stale = stale.submit().await;
        assert_eq!((stale.status, stale.wrong_fields()), (409, vec!["attested".to_owned()]));

        assert_eq!(attest(person, &path).await.status, 303);
        let first = person.get(&path).await.text(".code");
        let unsaid = decide(officer, &path, "return", "").await;
        assert_eq!((unsaid.status, unsaid.wrong_fields()), (422, vec!["comment".to_owned()]));
        assert_eq!(decide(officer, &path, "return", "機器番号が違います").await.status, 303);
        assert_eq!(officer.get(&format!("{path}/certificate")).await.status, 404);
        assert!(person.get(&path).await.body.contains("機器番号が違います"));

        let edit = person.get(&format!("{path}/edit")).await.main_form();
        assert_eq!(edit.set("device_number", "SN-0002").submit().await.status, 303);
        let old = person.get(&path).await.attributes("form[action$='/removal']", "action").remove(0);
        let csrf = token(person).await;
        assert_eq!(person.post(&old, &[("csrf", &csrf)]).await.status, 303);
        assert_eq!(attest(person, &path).await.status, 303);
        assert_ne!(person.get(&path).await.text(".code"), first);
        assert_eq!(decide(officer, &path, "accept", "").await.status, 303);
        let acts = app.acts(held.mie.id);
        let own: Vec<_> = acts.iter().filter(|a| a.starts_with("disposal") || a.starts_with("holding") || a.starts_with("attachment")).collect();
        assert_eq!(own, [
            "disposal.drafted", "attachment.added", "disposal.attested", "disposal.returned", "disposal.changed",
            "attachment.removed", "disposal.attested", "disposal.accepted", "holding.ended",
        ]);
        let form = person.get(&path).await;
        assert!(!form.has("form[action$='/attestation']") && !form.has("form[action$='/files']"));
    }

    async fn a_holding_is_in_one_disposal_and_a_withdrawn_one_lets_it_go(app: App) {
        let held = held(&app, 1);
        let person = held.person();
        let path = write(person, &held.home, &[&held.holdings[0]], &[]).await.path;
        let new = person.get(&format!("{}/disposals/new", held.home)).await;
        assert!(!new.has("input[name=holdings]"));
        let csrf = token(person).await;
        let fields = [
            ("csrf", csrf.as_str()), ("holdings", held.holdings[0].as_str()), ("kind", "returned"), ("method", "handed_back"),
            ("quantity", "1"), ("done_on", "2026-04-01"), ("responsible", "x"), ("performed_by", "x"), ("backups", "x"),
            ("subs", "x"),
        ];
        let twice = person.post(&format!("{}/disposals", held.home), &fields).await;
        assert_eq!((twice.status, twice.wrong_fields()), (422, vec!["holdings".to_owned()]));
        assert_eq!(person.post(&format!("{path}/withdrawal"), &[("csrf", &csrf)]).await.status, 303);
        let again = person.post(&format!("{}/disposals", held.home), &fields).await;
        assert_eq!(again.status, 303);
        assert_eq!(person.post(&path, &fields).await.status, 409, "what was withdrawn isn't written any more");
    }

    async fn what_stays_by_law_is_stated_and_the_division_is_told_once_when_it_ends(app: App) {
        let held = held(&app, 1);
        let officer = &held.mie.officer;
        dispose(&held, &[&held.holdings[0]], RETAINED).await;
        assert_eq!(close(&held).await.status, 303);
        let page = officer.get(&held.home).await;
        assert!(page.body.contains("法人税法施行規則59条により帳簿を保存する"));
        assert!(page.body.contains("令和8年6月30日"));
        app.run_jobs();
        app.clock.advance(Duration::days(80));
        app.run_jobs();
        assert!(app.mails().iter().all(|mail| mail.kind != "disposal-retained"));
        app.clock.advance(Duration::days(10));
        app.run_jobs();
        app.run_jobs();
        app.clock.advance(Duration::days(1));
        app.run_jobs();
        let told: Vec<_> = app.mails().into_iter().filter(|mail| mail.kind == "disposal-retained").collect();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].to_address, officer.email);
        let acts = app.acts(held.mie.id);
        assert_eq!(acts.iter().filter(|act| *act == "disposal.reminded").count(), 1);
    }

    async fn an_administrator_opens_again_what_was_closed_to_have_the_rest_disposed_of(app: App) {
        let held = held(&app, 1);
        let officer = &held.mie.officer;
        let path = dispose(&held, &[&held.holdings[0]], RETAINED).await;
        assert_eq!(close(&held).await.status, 303);
        let closing = format!("{}/closing", held.home);
        let csrf = token(officer).await;
        assert_eq!(officer.post(&format!("{}/reopening", held.home), &[("csrf", &csrf)]).await.status, 403);
        let admin = &held.mie.administrator;
        let form = || async { admin.get(&closing).await.form("form[action$='/reopening']") };
        let unsaid = form().await.submit().await;
        assert_eq!((unsaid.status, unsaid.wrong_fields()), (422, vec!["reason".to_owned()]));
        assert_eq!(form().await.set("reason", "保存の期限が来たため").submit().await.status, 303);
        assert_eq!(app.acts(held.mie.id).pop().unwrap(), "entrustment.reopened");
        let csrf = token(admin).await;
        let again = admin.post(&format!("{}/reopening", held.home), &[("csrf", &csrf), ("reason", "x")]).await;
        assert_eq!(again.status, 409);
        dispose(&held, &[&held.holdings[0]], &[]).await;
        assert!(!officer.get(&closing).await.body.contains(&path), "nothing is retained any more");
        assert_eq!(close(&held).await.status, 303);
        let mut c = app.connection();
        let found = entrustment::find_for_system(&mut c, &azukari::actor::Actor::System, held.id).unwrap();
        assert_eq!(found.status, EntrustmentStatus::Closed);
        assert!(found.closed_at.is_some());
    }
}

/// On SQLite there is one writer: nothing can come between.
#[tokio::test]
async fn a_closing_waits_for_what_is_just_being_entered_and_counts_it() {
    use std::sync::mpsc::channel;
    use std::time::Duration;

    use azukari::actor::Actor;
    use azukari::web::{Ctx, Language};

    let app = App::spawn(azukari::database::Kind::Postgresql);
    let held = held(&app, 0);
    let (entering, is_entering) = channel();
    let (finish, may_finish) = channel();
    let (portal, id) = (app.portal.clone(), held.id);
    let writer = std::thread::spawn(move || {
        Ctx::outside(portal, Actor::Operator, Language::Ja).write_now(|tx, _| {
            let found = entrustment::find_for_system(tx.connection, tx.actor, id)?;
            entrustment::keep_open(tx, &found)?;
            entering.send(()).unwrap();
            may_finish.recv().unwrap();
            Ok(())
        })
    });
    is_entering.recv().unwrap();
    let (officer, home) = (held.mie.officer.clone(), held.home.clone());
    let csrf = token(&officer).await;
    let closing =
        tokio::spawn(
            async move { officer.post(&format!("{home}/closing"), &[("csrf", &csrf)]).await },
        );
    tokio::time::sleep(Duration::from_millis(300)).await;
    assert!(!closing.is_finished());
    crate::disposal::steps::hold(&app, &held.mie, held.id, 1);
    finish.send(()).unwrap();
    let refused = closing.await.unwrap();
    assert_eq!((refused.status, refused.wrong_fields()), (409, vec!["hindrances".to_owned()]));
    writer.join().unwrap().unwrap();
}
