//! Wrong recipients: asked, chased, answered by hand or in writing, and open until somebody says why not.

use chrono::{Duration, NaiveDate};
use diesel::connection::SimpleConnection as _;

use super::assessment::released;
use super::cause;
use super::plan::{opened, settled};
use super::report::token;
use crate::app::{App, FilledForm, Page, Person, both};
use crate::handover::{Two, two};

const ABSENT: &str = "018f0000-0000-7000-8000-000000000001";

async fn filled(person: &Person, incident: &str) -> FilledForm {
    let page = person.get(&format!("{incident}/wrong-recipients/new")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form().set_all(&[
        ("wrong_name", "三重野商事"),
        ("wrong_way", "mail"),
        ("wrong_email", "soumu@mieno.example"),
        ("wrong_copies", "49"),
    ])
}

/// A wrong recipient that the contractor registered.
async fn registered(two: &Two, incident: &str) -> String {
    let page = filled(&two.office.representative, incident).await.submit().await;
    assert_eq!(page.status, 303, "{:?} {}", page.wrong_fields(), page.body);
    page.path
}

/// Sends it a link, and gives the link's path.
async fn linked(app: &App, person: &Person, path: &str) -> String {
    let sent = person.get(path).await.form("#link").submit().await;
    assert_eq!(sent.status, 303, "{:?} {}", sent.wrong_fields(), sent.body);
    app.link_in_last_mail()
}

/// How many mails of a kind there are.
fn mailed(app: &App, kind: &str) -> usize {
    app.mails().iter().filter(|mail| mail.kind == kind).count()
}

fn last(app: &App, two: &Two) -> String {
    app.acts(two.mie.id).pop().unwrap()
}

fn confirmed(page: &Page) -> FilledForm {
    page.main_form()
        .set("wrong_seen", "unseen")
        .set("wrong_kept", "deleted")
        .set("wrong_passed_on", "no")
        .check("wrong_agreed", "on")
        .set("wrong_signer", "三重野商事 総務課 花子")
}

both! {
    async fn one_that_is_silent_is_chased_and_keeps_the_incident_open_until_somebody_says_why(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        released(&two, &incident).await;
        settled(&two.mie.officer, &incident).await;
        cause::recorded(&two.mie.officer, &incident).await;
        let path = registered(&two, &incident).await;
        assert_eq!(last(&app, &two), "incident.wrong_registered");
        let page = two.office.representative.get(&path).await;
        let asked = page.form("#asking").check("wrong_asked_way", "call").submit().await;
        assert_eq!(asked.status, 303, "{:?} {}", asked.wrong_fields(), asked.body);
        assert_eq!(last(&app, &two), "incident.wrong_asked");
        let first = linked(&app, &two.office.representative, &path).await;
        assert_eq!(last(&app, &two), "incident.wrong_link_sent");
        let shown = two.mie.officer.get(&incident).await;
        assert!(shown.body.contains("三重野商事：回答待ち"), "{}", shown.body);

        let mut days: Vec<NaiveDate> = Vec::new();
        for _ in 0..30 {
            app.clock.advance(Duration::days(1));
            let before = mailed(&app, "incident_wrong_reminded");
            app.run_jobs();
            app.run_jobs();
            if mailed(&app, "incident_wrong_reminded") > before {
                days.push(app.clock.now().date());
            }
        }
        let expected = ["2026-04-02", "2026-04-06", "2026-04-10", "2026-04-17", "2026-04-24", "2026-05-01"];
        assert_eq!(days.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
        assert_eq!(mailed(&app, "incident_wrong_reminded"), expected.len(), "one mail each");
        let digests: Vec<_> = app.mails().into_iter().filter(|mail| mail.kind == "incident_wrong_silent").collect();
        for told in [&two.office.representative, &two.mie.officer] {
            assert_eq!(digests.iter().filter(|mail| mail.to_address == told.email).count(), expected.len());
        }
        assert!(digests.iter().all(|mail| !mail.text_body.contains("三重野商事")));
        assert_eq!(app.visitor().get(&first).await.status, 410, "a newer one has replaced it");

        for person in [&two.mie.officer, &two.mie.approver, &two.office.representative] {
            app.comes_back(person);
        }
        let shown = two.mie.officer.get(&incident).await;
        assert!(shown.body.contains("三重野商事：回答がない") && shown.body.contains("1件のうち0件"));
        let close = format!("{incident}/close");
        let page = two.mie.officer.get(&close).await;
        assert!(page.body.contains("確認できていない相手がいます（残り1件）") && !page.has("form[action$='/close']"), "{}", page.body);
        let csrf = token(&two.mie.officer).await;
        let fields = [("csrf", &*csrf), ("version", "2"), ("closing_note", "終わり")];
        assert_eq!(two.mie.officer.post(&close, &fields).await.status, 422);

        for barred in [&two.office.representative, &two.mie.officer] {
            let csrf = token(barred).await;
            let fields = [("csrf", &*csrf), ("version", "3"), ("wrong_closed_reason", "返事がない")];
            let tried = barred.post(&format!("{path}/closing"), &fields).await;
            assert_eq!(tried.status, 403, "an approver decides");
            assert!(!barred.get(&path).await.has("#closing"));
        }
        let page = two.mie.approver.get(&path).await;
        let bare = page.form("#closing").submit().await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["wrong_closed_reason".to_owned()]));
        let done = bare.form("#closing").set("wrong_closed_reason", "3回訪問したが閉鎖されていた").submit().await;
        assert_eq!(done.status, 303, "{:?} {}", done.wrong_fields(), done.body);
        assert_eq!(last(&app, &two), "incident.wrong_closed");
        assert!(done.body.contains("3回訪問したが閉鎖されていた") && !done.has("#closing"));
        let timeline = two.mie.officer.get(&format!("{incident}/timeline")).await;
        assert!(timeline.body.contains("理由を付けて終了した"));

        let page = two.mie.officer.get(&close).await;
        let closed = page.main_form().set("closing_note", "対応を終えた").submit().await;
        assert_eq!(closed.status, 303, "{:?} {}", closed.wrong_fields(), closed.body);
        assert!(!two.mie.officer.get(&path).await.has("#answer"), "nothing changes any more");
        let record = two.mie.officer.download(&format!("{incident}/record")).await;
        assert!(record.starts_with(b"%PDF"));
        let before = mailed(&app, "incident_wrong_reminded");
        app.clock.advance(Duration::days(7));
        app.run_jobs();
        assert_eq!(mailed(&app, "incident_wrong_reminded"), before);
    }

    async fn one_confirms_in_writing_by_a_link_once(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let path = registered(&two, &incident).await;
        let older = linked(&app, &two.office.representative, &path).await;
        let mail = app.last_mail("incident_wrong_asked");
        assert_eq!((&*mail.to_address, mailed(&app, "incident_wrong_asked")), ("soumu@mieno.example", 1));
        for secret in ["職員名簿", "指導監査", "給与"] {
            assert!(!mail.text_body.contains(secret) && !mail.html_body.contains(secret), "{secret}");
        }
        assert!(mail.text_body.contains("消去") && mail.text_body.contains("delete or return"), "{}", mail.text_body);
        let link = linked(&app, &two.mie.officer, &path).await;
        for none in [&*older, "/confirmations/x", &format!("{link}x")] {
            assert_eq!(app.visitor().get(none).await.status, 410, "{none}");
        }
        app.clock.advance(Duration::days(30));
        let late = app.visitor().get(&link).await;
        assert!(late.status == 410 && late.body.contains("新しいリンクを依頼"), "{}", late.body);

        app.comes_back(&two.mie.officer);
        let link = linked(&app, &two.mie.officer, &path).await;
        let english = app.visitor().in_english().get(&link).await;
        assert!(english.body.contains("deleted or returned every copy") && english.body.contains("すべての写しを消去"));
        let visitor = app.visitor();
        let page = visitor.get(&link).await;
        assert!(page.status == 200 && page.text("main").contains("三重野県"), "{}", page.body);
        for secret in ["職員名簿", "指導監査", "49", "soumu@mieno.example"] {
            assert!(!page.text("main").contains(secret), "{secret}");
        }
        let bare = page.main_form().submit().await;
        let all = ["wrong_seen", "wrong_kept", "wrong_passed_on", "wrong_signer"];
        assert_eq!((bare.status, bare.wrong_fields()), (422, all.map(str::to_owned).to_vec()));
        let early = confirmed(&page).set("wrong_kept", "not_deleted").submit().await;
        assert_eq!((early.status, early.wrong_fields()), (422, vec!["wrong_agreed".to_owned()]));
        assert_eq!(early.main_form().value("wrong_signer"), "三重野商事 総務課 花子");
        let again = confirmed(&page);
        let thanks = confirmed(&page).submit().await;
        assert_eq!((thanks.status, last(&app, &two)), (303, "incident.wrong_confirmed".into()), "{}", thanks.body);
        assert!(thanks.body.contains("回答を受け付けました") && thanks.body.contains("見ていない"));
        assert_eq!(again.submit().await.status, 409, "it is final");
        app.run_jobs();
        assert_eq!(app.last_mail("incident_wrong_confirmed").to_address, two.mie.officer.email);
        let shown = two.mie.officer.get(&path).await;
        assert_eq!(shown.text("code.code"), page.main_form().value("wrong_text"), "the hash of what was agreed to");
        assert!(shown.body.contains("消去・返却を確認") && shown.body.contains("すべての写しを消去"));
        let part = two.mie.officer.get(&incident).await;
        assert!(part.body.contains("1件のうち1件") && part.body.contains("見ずに消去した"));
        for sql in ["UPDATE incident_wrong_answer SET kept = 'x'", "DELETE FROM incident_wrong_answer"] {
            let refused = app.connection().batch_execute(sql).unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
        }
        let record = two.mie.officer.download(&format!("{incident}/record")).await;
        assert!(record.starts_with(b"%PDF"));
    }

    async fn who_says_that_it_is_still_there_stays_a_risk_and_nobody_else_sees_it(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let path = registered(&two, &incident).await;
        let link = linked(&app, &two.office.representative, &path).await;
        let page = app.visitor().get(&link).await;
        let told = confirmed(&page).set("wrong_kept", "not_deleted").uncheck("wrong_agreed").submit().await;
        assert!(told.status == 303 && told.body.contains("あらためてご連絡"), "{:?}", told.wrong_fields());
        let shown = two.office.representative.get(&path).await;
        assert!(shown.body.contains("未消去または転送あり"));
        let answered = shown.form("#answer").set("wrong_answered_by", "総務課の担当者").check("wrong_answered_way", "visit");
        let answered = answered.check("wrong_seen", "unseen").check("wrong_kept", "returned").check("wrong_passed_on", "no");
        let answered = answered.submit().await;
        assert_eq!(answered.status, 303, "{:?} {}", answered.wrong_fields(), answered.body);
        assert_eq!(last(&app, &two), "incident.wrong_answered");
        assert!(answered.body.contains("消去・返却を確認") && answered.body.contains("まだ消去も返却もしていない"));

        let list = format!("{incident}/wrong-recipients");
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for other in [&town.officer, &stranger] {
            for theirs in [&list, &path, &format!("{path}/edit")] {
                assert_eq!(other.get(theirs).await.status, 404, "{theirs}");
            }
        }
        assert_eq!(two.mie.officer.get(&format!("{list}/{ABSENT}")).await.status, 404);
        for (person, status) in [(&two.mie.auditor, 403), (&town.approver, 404)] {
            let csrf = token(person).await;
            let fields = [("csrf", &*csrf), ("version", "3")];
            for act in ["", "/asking", "/answer", "/link", "/closing"] {
                assert_eq!(person.post(&format!("{path}{act}"), &fields).await.status, status, "{act}");
            }
            assert_eq!(person.post(&list, &fields).await.status, status);
        }
    }

    async fn what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let person = &two.office.representative;
        for (field, typed, wrong) in [
            ("wrong_name", "", "wrong_name"), ("wrong_name", "番号 123456789018", "wrong_name"),
            ("wrong_email", "mieno", "wrong_email"), ("wrong_note", "電話は 059-224-1234", "text_confirmed"),
            ("wrong_copies", "たくさん", "wrong_copies"),
        ] {
            let again = filled(person, &incident).await.set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{field} {typed}");
            assert_eq!(again.main_form().value(field), typed);
        }
        let path = registered(&two, &incident).await;
        let future = person.get(&path).await.form("#asking").set("wrong_asked_on", "令和20年1月1日");
        let future = future.check("wrong_asked_way", "letter").submit().await;
        assert_eq!((future.status, future.wrong_fields()), (422, vec!["wrong_asked_on".to_owned()]));
        assert_eq!(future.form("#asking").value("wrong_asked_on"), "令和20年1月1日");

        let edit = format!("{path}/edit");
        let slow = two.mie.officer.get(&edit).await.main_form().set("wrong_phone", "059-000-0000");
        let link = linked(&app, person, &path).await;
        let own = person.get(&edit).await.main_form().set("wrong_email", "jimu@mieno.example");
        let corrected = own.submit().await;
        assert_eq!(corrected.status, 303, "{:?}", corrected.wrong_fields());
        assert_eq!(last(&app, &two), "incident.wrong_corrected");
        assert_eq!(app.visitor().get(&link).await.status, 410, "it went to another address");
        let stale = slow.submit().await;
        assert!(stale.status == 409 && stale.main_form().value("wrong_phone") == "059-000-0000");
        assert_eq!(stale.main_form().submit().await.status, 303, "who has seen the conflict may save");

        let bare = person.get(&edit).await.main_form().set("wrong_email", "").submit().await;
        assert!(bare.status == 303 && !bare.has("#link"), "without an address there is no link");
    }
}
