//! The duties of an incident: computed anew with the facts, decided by people, by two where it is less
//! than what was computed.

use super::cause::recorded;
use super::plan::settled;
use super::report::token;
use crate::app::{App, FilledForm, Page, Person, both};
use crate::handover::{Two, two};

/// The path of an incident that the contractor reported: 49 persons, and nothing else is known.
async fn reported(two: &Two) -> String {
    let new = format!("/entrustments/{}/incidents/new", two.entrustment);
    let form = two.office.representative.get(&new).await.main_form().set_all(&[
        ("kind", "misdirected"),
        ("summary", "職員名簿を別の事業所に送った"),
        ("persons", "49"),
        ("counted", "exact"),
    ]);
    form.submit().await.path
}

async fn form(person: &Person, incident: &str, what: &str) -> FilledForm {
    let page = person.get(&format!("{incident}/duties/{what}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form()
}

/// Nothing of what makes a duty is there.
fn harmless(form: FilledForm) -> FilledForm {
    let fields = ["my_number_included", "sensitive", "ordinance", "property", "unlawful"];
    fields.iter().fold(form, |form, field| form.set(field, "no"))
}

async fn decide(person: &Person, incident: &str, verdict: &str) -> Page {
    let form = form(person, incident, "decision").await;
    let form =
        form.set("assessment_verdict", verdict).set("assessment_reason", "電話と書面で確かめた");
    let done = form.submit().await;
    assert_eq!(done.status, 303, "{:?} {}", done.wrong_fields(), done.body);
    done
}

async fn answer(person: &Person, incident: &str, outcome: &str, note: &str) -> Page {
    let form = form(person, incident, "confirmation").await;
    form.set("assessment_outcome", outcome).set("assessment_note", note).submit().await
}

/// The principal decides to report, which nobody has to confirm.
pub async fn decided(two: &Two, incident: &str) {
    decide(&two.mie.officer, incident, "report").await;
}

/// The principal decides not to report what may be a duty, and the approver confirms it.
pub async fn released(two: &Two, incident: &str) {
    decide(&two.mie.officer, incident, "no_report").await;
    assert_eq!(answer(&two.mie.approver, incident, "confirm", "").await.status, 303);
}

both! {
    async fn duties_follow_the_facts_and_every_computation_stays(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let page = two.mie.officer.get(&format!("{incident}/duties")).await;
        assert_eq!(page.texts("#results tbody tr").len(), 1, "{}", page.body);
        for said in ["分からない事実があります", "人の判断が必要", "第一報", "未決定", "令和4年4月1日"] {
            assert!(page.body.contains(said), "{said} is not in {}", page.body);
        }
        let facts = harmless(form(&two.office.representative, &incident, "facts").await);
        let saved = facts.set("persons_known", "60").set("persons_at_most", "90").submit().await;
        assert_eq!(saved.status, 303, "{:?} {}", saved.wrong_fields(), saved.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.facts_changed");
        assert_eq!(saved.texts("#results tbody tr").len(), 2);
        assert!(saved.body.contains("報告・通知は不要") && saved.body.contains("事実の入力"));
        let timeline = two.mie.officer.get(&format!("{incident}/timeline")).await;
        assert!(timeline.body.contains("人の判断が必要から、報告・通知は不要へ"), "{}", timeline.body);

        let edit = format!("{incident}/edit");
        let words = two.mie.officer.get(&edit).await.main_form();
        assert_eq!(words.value("persons"), "60", "the number follows the facts");
        assert_eq!(words.set("summary", "名簿を送った").submit().await.status, 303);
        let kept = form(&two.mie.officer, &incident, "facts").await;
        assert_eq!((kept.value("persons_at_most"), kept.value("sensitive")), ("90", "no"), "the rest stays");
        let numbers = kept.set("my_number_included", "yes").set("my_number_persons", "50");
        assert_eq!(numbers.set("my_number_system", "no").submit().await.status, 303);
        let fewer = two.mie.officer.get(&edit).await.main_form().set("persons", "20").submit().await;
        assert_eq!((fewer.status, fewer.wrong_fields()), (422, vec!["persons".to_owned()]));
        let page = two.mie.approver.get(&format!("{incident}/duties")).await;
        assert_eq!(page.texts("#results tbody tr").len(), 4);
        assert!(two.mie.officer.get(&incident).await.body.contains("次にすること"));
    }

    async fn facts_that_cannot_be_are_told_at_their_field_and_nobody_else_tells_any(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let officer = &two.mie.officer;
        for (fields, wrong) in [
            (&[("encryption_key", "separate")][..], "encryption_key"),
            (&[("persons_known", "50"), ("persons_at_most", "40")], "persons_known"),
            (&[("my_number_persons", "50")], "my_number_persons"),
            (&[("notified_on", "令和20年1月1日")], "notified_on"),
            (&[("contractor_kind", "none")], "notified_on"),
            (&[("principal_kind", "")], "principal_kind"),
        ] {
            let again = form(officer, &incident, "facts").await.set_all(fields).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{fields:?}");
        }
        let late = form(officer, &incident, "facts").await.set("persons_at_most", "70");
        let own = form(&two.office.representative, &incident, "facts").await;
        assert_eq!(harmless(own).submit().await.status, 303);
        let refused = late.submit().await;
        assert!(refused.status == 409 && refused.body.contains("70"), "what was typed stays");
        assert_eq!(two.mie.auditor.get(&format!("{incident}/duties/facts")).await.status, 403);
        let town = app.principal("津島町");
        for what in ["", "/facts", "/decision", "/confirmation"] {
            let path = format!("{incident}/duties{what}");
            assert_eq!(town.administrator.get(&path).await.status, 404, "{path}");
        }
    }

    async fn not_to_report_what_may_be_a_duty_is_decided_by_two(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let (officer, approver) = (&two.mie.officer, &two.mie.approver);
        let duties = format!("{incident}/duties");
        let close = format!("{incident}/close");
        assert!(officer.get(&close).await.body.contains("報告と通知をするかどうかを決めていません"));
        assert_eq!(approver.get(&format!("{duties}/confirmation")).await.status, 409, "nothing waits");

        decide(officer, &incident, "no_report").await;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.duty_proposed");
        let mail = app.last_mail("incident_duty_proposed");
        assert_eq!(mail.to_address, approver.email);
        assert!(mail.text_body.contains(&format!("{duties}/confirmation")), "{}", mail.text_body);
        assert!(officer.get(&close).await.body.contains("承認者の確認を待っています"));
        assert_eq!(officer.get(&format!("{duties}/confirmation")).await.status, 403);
        assert!(approver.get(&duties).await.has(&format!("a[href='{duties}/confirmation']")));
        let bare = answer(approver, &incident, "return", "").await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["assessment_note".to_owned()]));
        let returned = answer(approver, &incident, "return", "書面を得てください").await;
        assert!(returned.status == 303 && returned.body.contains("書面を得てください"), "{}", returned.body);
        assert_eq!(app.last_mail("incident_duty_returned").to_address, officer.email);

        decide(officer, &incident, "no_report").await;
        let confirmed = answer(approver, &incident, "confirm", "").await;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.duty_confirmed");
        assert!(confirmed.body.contains("報告しないと決定"), "{}", confirmed.body);
        assert!(!officer.get(&close).await.body.contains("決めていません"));

        let facts = form(&two.office.representative, &incident, "facts").await.set("sensitive", "yes");
        let changed = facts.submit().await;
        assert!(changed.body.contains("再決定が必要"), "{}", changed.body);
        assert!(officer.get(&close).await.body.contains("もう一度決めてください"));
        decided(&two, &incident).await;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.duty_decided");
        assert!(officer.get(&duties).await.body.contains("報告すると決定"));

        let administrator = &two.mie.administrator;
        let own = decide(administrator, &incident, "no_report").await;
        assert!(own.body.contains("ほかの承認者の確認を待っています"), "{}", own.body);
        assert_eq!(administrator.get(&format!("{duties}/confirmation")).await.status, 403);
        assert!(approver.get(&duties).await.has(&format!("a[href='{duties}/confirmation']")));
    }

    async fn each_side_decides_for_itself_and_the_principals_decision_closes(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let person = &two.office.representative;
        for (reason, field) in [("", "assessment_reason"), ("番号 123456789018", "assessment_reason")] {
            let form = form(person, &incident, "decision").await.set("assessment_verdict", "no_report");
            let again = form.set("assessment_reason", reason).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{reason}");
        }
        let done = decide(person, &incident, "no_report").await;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.duty_decided", "nobody else is asked");
        assert!(done.body.contains("報告しないと決定"));
        for other in [&two.mie.approver, &two.mie.auditor] {
            assert_eq!(other.get(&format!("{incident}/duties/decision")).await.status, 403);
        }
        let facts = form(&two.mie.officer, &incident, "facts").await.set("notified_on", "");
        let none = facts.set("contractor_kind", "none").submit().await;
        assert_eq!(none.status, 303, "{:?}", none.wrong_fields());
        assert_eq!(person.get(&format!("{incident}/duties/decision")).await.status, 409);

        let page = two.mie.officer.get(&incident).await;
        page.form("form[action$='/open']").submit().await;
        let token = token(&two.mie.officer).await;
        let version = form(&two.mie.officer, &incident, "decision").await.value("version").to_owned();
        let fields = [("csrf", &*token), ("version", &*version), ("closing_note", "消去を確かめた")];
        let early = two.mie.officer.post(&format!("{incident}/close"), &fields).await;
        assert_eq!(early.status, 422, "the principal hasn't decided");
        released(&two, &incident).await;
        settled(&two.mie.officer, &incident).await;
        recorded(&two.mie.officer, &incident).await;
        let page = two.mie.officer.get(&format!("{incident}/close")).await;
        let closed = page.main_form().set("closing_note", "消去を確かめた").submit().await;
        assert_eq!(closed.status, 303, "{:?} {}", closed.wrong_fields(), closed.body);
        for what in ["facts", "decision"] {
            assert_eq!(two.mie.officer.get(&format!("{incident}/duties/{what}")).await.status, 409);
        }
    }
}
