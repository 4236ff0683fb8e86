//! The first report: from a frightened contractor to the officer who opens it, and its end.

use chrono::Duration;

use crate::app::{App, FilledForm, Person, both};
use crate::handover::{Two, two};

fn list(two: &Two) -> String {
    format!("/entrustments/{}/incidents", two.entrustment)
}

/// The form of a first report, filled in by somebody of the contractor.
async fn filled(two: &Two, person: &Person) -> FilledForm {
    let page = person.get(&format!("{}/new", list(two))).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form()
        .set("kind", "misdirected")
        .set("summary", "職員名簿を別の事業所に送った")
        .set("persons", "49")
        .set("counted", "exact")
        .set("recipients", "県内の事業所 1か所")
}

/// The path of an incident of 49 persons that an officer has opened.
pub async fn opened(two: &Two) -> String {
    let shown = filled(two, &two.office.representative).await.submit().await;
    let page = two.mie.officer.get(&shown.path).await;
    assert_eq!(page.form("form[action$='/open']").submit().await.status, 303);
    shown.path
}

fn kinds(app: &App, kind: &str) -> Vec<String> {
    let mut to: Vec<String> = app
        .mails()
        .into_iter()
        .filter(|mail| mail.kind == kind)
        .map(|mail| mail.to_address)
        .collect();
    to.sort();
    to
}

both! {
    async fn a_first_report_is_short_and_tells_officer_and_approver_at_once(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        let home = person.get("/").await;
        assert!(home.attributes("a.header-button", "href").contains(&"/incidents/new".to_owned()));
        let choose = person.get("/incidents/new").await;
        assert_eq!(choose.attributes("a.card-link", "href"), [format!("{}/new", list(&two))]);
        let page = person.get(&format!("{}/new", list(&two))).await;
        let fields = "main form input:not([type=hidden]), main form textarea, main form select";
        assert!(page.texts(fields).len() < 12, "{:?}", page.texts(fields));
        let shown = filled(&two, person).await.submit().await;
        assert_eq!(shown.status, 303, "{:?} {}", shown.wrong_fields(), shown.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.reported");
        let mut told = vec![two.mie.officer.email.clone(), two.mie.approver.email.clone()];
        told.sort();
        assert_eq!(kinds(&app, "incident_reported"), told);
        let mail = app.last_mail("incident_reported");
        assert!(!mail.text_body.contains("職員名簿"), "{}", mail.text_body);
        assert!(mail.text_body.contains(&shown.path));
        assert!(shown.body.contains("報告を受け付けました") && !shown.has("form[action$='/open']"));
        let next = format!(".banner a[href='{}/plan']", shown.path);
        assert!(shown.has(&next), "the reporter's next action: {}", shown.body);
        let read = two.mie.auditor.get(&shown.path).await;
        assert!(read.body.contains("閲覧のみ") && !read.has(&next), "{}", read.body);
        let task = two.mie.officer.get("/").await;
        assert!(task.body.contains(&shown.path), "the officer's next step");
    }

    async fn an_officer_opens_it_once_and_the_contractor_hears_of_it(app: App) {
        let two = two(&app);
        let shown = filled(&two, &two.office.representative).await.submit().await;
        let own = two.mie.officer.get(&shown.path).await;
        let late = own.form("form[action$='/open']");
        let opened = own.form("form[action$='/open']").submit().await;
        assert!(opened.body.contains("対応中"), "{}", opened.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.opened");
        assert_eq!(app.last_mail("incident_opened").to_address, two.office.representative.email);
        assert_eq!(late.submit().await.status, 303, "a second one changes nothing");
        assert_eq!(kinds(&app, "incident_opened").len(), 1);
        for reader in [&two.mie.approver, &two.office.representative] {
            let fields = [("csrf", &*token(reader).await)];
            assert_eq!(reader.post(&format!("{}/open", shown.path), &fields).await.status, 403);
        }
        app.clock.advance(Duration::days(1));
        app.run_jobs();
        assert!(kinds(&app, "incident_unopened").is_empty());
    }

    async fn what_nobody_opens_within_an_hour_of_office_time_is_passed_on_once(app: App) {
        let two = two(&app);
        filled(&two, &two.office.representative).await.submit().await;
        app.clock.advance(Duration::days(5));
        app.run_jobs();
        app.run_jobs();
        let told = kinds(&app, "incident_unopened");
        assert!(told.contains(&two.mie.administrator.email) && told.contains(&two.mie.approver.email), "{told:?}");
        assert_eq!(app.acts(two.mie.id).iter().filter(|act| *act == "incident.escalated").count(), 1);
    }

    async fn what_cannot_be_is_said_at_its_field_and_what_was_typed_stays(app: App) {
        let two = two(&app);
        let person = &two.office.representative;
        for (field, typed, wrong) in [
            ("kind", "", "kind"), ("summary", "", "summary"), ("summary", "番号 123456789018", "summary"),
            ("recipients", "hanako@example.jp", "text_confirmed"), ("known_on", "令和20年1月1日", "known_on"),
            ("persons", "-1", "persons"), ("known_time", "夕方", "known_time"),
        ] {
            let again = filled(&two, person).await.set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{field} {typed}");
        }
        let warned = filled(&two, person).await.set("summary", "hanako@example.jp に送った").submit().await;
        let confirmed = warned.main_form().check("text_confirmed", "on").submit().await;
        assert_eq!(confirmed.status, 303, "{:?}", confirmed.wrong_fields());
    }

    async fn the_facts_are_corrected_by_either_side_and_a_stale_form_is_refused(app: App) {
        let two = two(&app);
        let shown = filled(&two, &two.office.representative).await.submit().await;
        let edit = format!("{}/edit", shown.path);
        let late = two.mie.officer.get(&edit).await.main_form().set("persons", "60");
        let own = two.office.representative.get(&edit).await.main_form();
        let corrected = own.set("persons", "52").submit().await;
        assert_eq!(corrected.status, 303, "{:?}", corrected.wrong_fields());
        assert!(corrected.body.contains("52"));
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.corrected");
        let refused = late.submit().await;
        assert_eq!(refused.status, 409);
        assert!(refused.body.contains("60"), "what was typed stays");
        let differs = refused.text("#differs");
        assert!(differs.contains("52人") && differs.contains("60人"), "{differs}");
        let timeline = two.mie.officer.get(&format!("{}/timeline", shown.path)).await;
        assert!(timeline.body.contains("本人の数：49人から52人へ"), "{}", timeline.body);
        let knowingly = refused.main_form().submit().await;
        assert!(knowingly.status == 303 && knowingly.body.contains("60"), "{:?}", knowingly.wrong_fields());
    }

    async fn a_report_from_a_hand_over_knows_of_it_and_none_of_anothers(app: App) {
        let two = two(&app);
        let own = crate::handover::draft(&app, two.mie.id, two.entrustment, azukari::rulebook::Party::Contractor);
        let page = two.office.representative.get(&format!("{}/new?handover={}", list(&two), own.id)).await;
        assert!(page.status == 200 && page.body.contains("令和8年度の指導監査の準備"), "{}", page.body);
        for query in ["handover=x", "handover=018f0000-0000-7000-8000-000000000002", "transmission=x", "delivery=x"] {
            let none = two.office.representative.get(&format!("{}/new?{query}", list(&two))).await;
            assert_eq!(none.status, 404, "{query}");
        }
    }

    async fn it_is_closed_only_when_it_was_opened_and_nobody_else_sees_it(app: App) {
        let two = two(&app);
        let shown = filled(&two, &two.office.representative).await.submit().await;
        let fields = [("csrf", &*token(&two.mie.officer).await), ("version", "1"), ("closing_note", "消去を確かめた")];
        let early = two.mie.officer.post(&format!("{}/close", shown.path), &fields).await;
        assert_eq!(early.status, 422, "nobody has opened it");
        let person = &two.office.representative;
        assert_eq!(person.get(&format!("{}/close", shown.path)).await.status, 403);
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for other in [&town.officer, &stranger] {
            assert_eq!(other.get(&shown.path).await.status, 404);
            assert_eq!(other.get(&list(&two)).await.status, 404);
            assert_eq!(other.get("/incidents").await.texts("tbody tr").len(), 0);
        }
        assert_eq!(two.mie.auditor.get(&format!("{}/new", list(&two))).await.status, 403);
        for (query, rows) in [("", 1), ("?status=reported", 1), ("?status=closed", 0), ("?kind=theft", 0), ("?q=津島", 0)] {
            let rows_of = two.mie.officer.get(&format!("/incidents{query}")).await.texts("tbody tr").len();
            assert_eq!(rows_of, rows, "{query}");
        }
    }
}

pub async fn token(person: &Person) -> String {
    person.get("/entrustments").await.attributes("input[name=csrf]", "value").remove(0)
}
