//! The plan: frozen from the manual, done step by step by both sides, and settled before closing.

use chrono::Duration;

use super::assessment::released;
use super::cause::recorded;
use super::report::token;
use super::timeline::reported;
use crate::app::{App, Page, Person, both};
use crate::handover::{Two, two};

/// The path of an incident that an officer has opened.
pub async fn opened(two: &Two) -> String {
    let incident = reported(two).await;
    let page = two.mie.officer.get(&incident).await;
    page.form("form[action$='/open']").submit().await;
    incident
}

/// The addresses of the steps, in their order.
fn steps(page: &Page) -> Vec<String> {
    page.attributes("section .task-link", "href")
}

/// Settles all that is open in one go.
pub async fn settled(person: &Person, incident: &str) -> Page {
    let page = person.get(&format!("{incident}/plan")).await;
    let open = page.attributes("input[name=plan_steps]", "value");
    let form = open.iter().fold(page.form("#outcomes"), |form, id| form.check("plan_steps", id));
    form.check("plan_outcome", "done").set("plan_note", "まとめて済ませた").submit().await
}

both! {
    async fn a_report_brings_a_plan_whose_steps_both_sides_settle(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let plan = format!("{incident}/plan");
        let page = two.office.representative.get(&plan).await;
        let all = steps(&page);
        assert!(all.len() > 15 && page.body.contains("24時間以内"), "{}", page.body);
        let next = page.attributes(".banner a", "href").remove(0);
        let step = two.office.representative.get(&next).await;
        let form = step.form("#outcome").check("plan_outcome", "done").set("plan_note", "電話で頼んだ");
        let stale = two.mie.officer.get(&next).await.form("#outcome").check("plan_outcome", "done");
        let done = form.submit().await;
        assert_eq!(done.status, 303, "{:?} {}", done.wrong_fields(), done.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.step_done");
        assert_ne!(done.attributes(".banner a", "href").remove(0), next, "the next one follows");
        assert_eq!(stale.submit().await.status, 409, "somebody was faster");
        let token = token(&two.mie.officer).await;
        let absent = [("csrf", &*token), ("plan_outcome", "not_needed"), ("plan_note", "不要"),
            ("plan_steps", "018f0000-0000-7000-8000-000000000001")];
        let none = two.mie.officer.post(&format!("{plan}/outcomes"), &absent).await;
        assert_eq!(none.status, 404, "a step of nothing");
        let timeline = two.mie.officer.get(&format!("{incident}/timeline")).await;
        assert!(timeline.body.contains("を済ませた"));
        let shown = two.mie.officer.get(&incident).await;
        assert_eq!(shown.attributes(".history a", "href").first(), Some(&next), "the history names the step");
        let again = two.office.representative.get(&next).await.form("#reopening").submit().await;
        assert_eq!((again.status, app.acts(two.mie.id).last().unwrap().as_str()), (303, "incident.step_reopened"));
        let file = again.form("form[action$='/files']").file("evidence", "call.txt", b"16:20 called");
        let filed = file.submit().await;
        assert_eq!(filed.status, 303, "{:?} {}", filed.wrong_fields(), filed.body);
        assert!(filed.has("a[download]"));
        let gone = filed.form("form[action$='/removal']").submit().await;
        assert!(gone.status == 303 && !gone.has("a[download]"));
    }

    async fn steps_are_added_given_to_somebody_and_only_the_own_ones_by_a_contractor(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let plan = format!("{incident}/plan");
        let form = two.office.representative.get(&format!("{plan}/new")).await.main_form();
        let wrong = form.set("plan_what", "").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["plan_what".to_owned()]));
        let added = wrong.main_form().set("plan_what", "相手の上司にも連絡する").submit().await;
        assert_eq!(added.status, 303, "{:?}", added.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.step_added");
        let own = two.mie.officer.get(&plan).await;
        let name = "相手の上司にも連絡する";
        let at = own.texts("section .task-link").iter().position(|what| what == name).unwrap();
        let path = steps(&own).remove(at);
        let page = two.mie.officer.get(&path).await;
        let form = page.form("#assignment").set("plan_side", "principal").set("plan_name", "課長");
        let given = form.submit().await;
        assert_eq!(given.status, 303, "{:?} {}", given.wrong_fields(), given.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.step_assigned");
        let read = two.office.representative.get(&path).await;
        assert!(read.status == 200 && !read.has("#outcome"), "it is the principal's now");
        let fields = [("csrf", &*token(&two.office.representative).await), ("version", "2")];
        for act in ["outcome", "assignment", "reopening"] {
            let refused = two.office.representative.post(&format!("{path}/{act}"), &fields).await;
            assert_eq!(refused.status, 403, "{act}");
        }
        assert!(!two.mie.auditor.get(&path).await.has("#outcome"));
        let town = app.principal("津島町");
        assert_eq!(town.officer.get(&path).await.status, 404);
    }

    async fn whoever_settles_a_step_too_late_is_told_and_keeps_what_was_typed(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let plan = two.mie.officer.get(&format!("{incident}/plan")).await;
        let mut found = None;
        for path in steps(&plan) {
            let page = two.mie.officer.get(&path).await;
            if page.has("#outcome") {
                found = Some((path, page));
                break;
            }
        }
        let (path, page) = found.unwrap();
        let typed = |note: &str| page.form("#outcome").set("plan_outcome", "done").set("plan_note", note);
        assert_eq!(typed("電話で確かめた").submit().await.status, 303);
        let late = typed("書面も届いた").submit().await;
        assert_eq!(late.status, 409);
        assert!(late.text(".error-summary").contains("ほかの人が済ませました"), "{}", late.body);
        assert!(late.text("#plan_note").contains("書面も届いた") && late.has("#reopening"), "{path}");
    }

    async fn an_incident_is_closed_when_every_step_is_settled_and_not_before(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let close = two.mie.officer.get(&format!("{incident}/close")).await;
        assert!(close.body.contains("済んでいないもの") && !close.has("form[action$='/close']"), "{}", close.body);
        let places = close.attributes("main .banner li a", "href");
        for place in ["duties", "plan"] {
            assert!(places.contains(&format!("{incident}/{place}")), "{place} is not in {places:?}");
        }
        assert!(close.text("main .banner").contains("残り"), "{}", close.body);
        let token = token(&two.mie.officer).await;
        let fields = [("csrf", &*token), ("version", "2"), ("closing_note", "消去を確かめた")];
        let early = two.mie.officer.post(&format!("{incident}/close"), &fields).await;
        assert_eq!(early.status, 422);
        let none = two.mie.officer.get(&format!("{incident}/plan")).await.form("#outcomes").submit().await;
        assert_eq!(none.status, 422);
        assert!(none.wrong_fields().contains(&"plan_steps".to_owned()));
        let undecided = settled(&two.mie.officer, &incident).await;
        assert_eq!((undecided.status, undecided.wrong_fields()), (422, vec!["plan_steps".to_owned()]));
        assert!(undecided.text(".error-summary").contains("報告と通知の要否"), "{}", undecided.body);
        let plan = two.mie.officer.get(&format!("{incident}/plan")).await;
        let at = plan.texts("section .task-link").iter().position(|what| what == "報告と通知の要否を決める");
        let duties = two.mie.officer.get(&steps(&plan).remove(at.unwrap())).await;
        assert!(duties.has(&format!("main a[href='{incident}/duties']")), "{}", duties.body);
        let done = duties.form("#outcome").check("plan_outcome", "done").submit().await;
        assert_eq!((done.status, done.wrong_fields()), (422, vec!["plan_outcome".to_owned()]));
        released(&two, &incident).await;
        recorded(&two.mie.officer, &incident).await;
        let all = settled(&two.mie.officer, &incident).await;
        assert_eq!(all.status, 303, "{:?} {}", all.wrong_fields(), all.body);
        let page = two.mie.officer.get(&format!("{incident}/close")).await;
        let closed = page.main_form().set("closing_note", "消去を確かめた").submit().await;
        assert_eq!(closed.status, 303, "{:?} {}", closed.wrong_fields(), closed.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.closed");
        let step = steps(&two.mie.officer.get(&format!("{incident}/plan")).await).remove(0);
        assert!(!two.mie.officer.get(&step).await.has("#reopening"), "nothing changes any more");
    }

    async fn a_side_is_told_once_of_its_late_steps(app: App) {
        let two = two(&app);
        opened(&two).await;
        app.clock.advance(Duration::days(1));
        app.run_jobs();
        let told = || app.mails().iter().filter(|mail| mail.kind == "incident_step_late").count();
        let first = told();
        assert!(first > 0);
        app.run_jobs();
        assert_eq!(told(), first);
        let mail = app.last_mail("incident_step_late");
        assert!(!mail.text_body.contains("職員名簿") && mail.text_body.contains("/plan"));
    }

    async fn a_principals_own_manual_counts_from_its_publication_on(app: App) {
        let two = two(&app);
        let before = opened(&two).await;
        let draft = two.mie.officer.get("/incident-manual").await.main_form().submit().await;
        assert_eq!(draft.status, 303, "{}", draft.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident_manual.drafted");
        let edit = two.mie.officer.get(&draft.path).await;
        let form = edit.main_form().set("what_ja_new", "町長に伝える").set("section_new", "day");
        let form = form.set("side_new", "principal").set("hours_new", "2");
        let kept = form.adding("act", "close").submit().await;
        assert_eq!(kept.status, 303, "{:?}", kept.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident_manual.changed");
        assert!(!kept.has("#publication"), "an officer drafts and another publishes");
        let page = two.mie.approver.get(&kept.path).await;
        assert_eq!(page.form("#publication").submit().await.status, 303);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident_manual.published");
        assert_eq!(two.mie.officer.get(&format!("{}/edit", kept.path)).await.status, 409);
        let after = opened(&two).await;
        let plan = two.mie.officer.get(&format!("{after}/plan")).await;
        assert!(plan.body.contains("町長に伝える") && plan.body.contains("組織の手引き"));
        let earlier = two.mie.officer.get(&format!("{before}/plan")).await;
        assert!(!earlier.body.contains("町長に伝える"), "what has begun stays");
        let town = app.principal("津島町");
        assert_eq!(town.officer.get(&kept.path).await.status, 404);
        assert_eq!(two.office.representative.get("/incident-manual").await.status, 403);
    }
}
