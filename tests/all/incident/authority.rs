//! The report to the authority: written by both sides, filed, compared, handed out.

use diesel::connection::SimpleConnection as _;

use super::plan::opened;
use crate::app::{App, FilledForm, Page, both};
use crate::handover::{Two, two};

/// The nine items of the report.
pub const ITEMS: [&str; 9] = [
    "outline",
    "kinds",
    "persons",
    "cause",
    "secondary",
    "response",
    "publication",
    "prevention",
    "other",
];

/// The form with all its items.
fn complete(page: &Page) -> FilledForm {
    ITEMS.iter().fold(page.main_form(), |form, item| {
        form.set(&format!("report_{item}"), &format!("{item}について書いた"))
    })
}

async fn file(two: &Two, incident: &str, kind: &str) -> Page {
    let page = two.mie.officer.get(&format!("{incident}/report/filings/new?kind={kind}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form().set("report_receipt", "R8-100").submit().await
}

both! {
    async fn the_items_grow_and_the_final_report_waits_for_all_of_them(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let report = format!("{incident}/report");
        let page = two.office.representative.get(&report).await;
        assert!(page.body.contains("職員名簿を別の事業所に送った") && page.body.contains("まだ提出していません"));
        let preliminary = file(&two, &incident, "preliminary").await;
        assert_eq!(preliminary.status, 303, "{:?} {}", preliminary.wrong_fields(), preliminary.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.report_filed");
        let early = file(&two, &incident, "final").await;
        assert_eq!((early.status, early.wrong_fields()), (422, vec!["report_kind".to_owned()]));
        let edit = two.office.representative.get(&format!("{report}/edit")).await;
        let late = two.mie.officer.get(&format!("{report}/edit")).await.main_form();
        let saved = complete(&edit).submit().await;
        assert_eq!(saved.status, 303, "{:?} {}", saved.wrong_fields(), saved.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.report_changed");
        assert!(saved.body.contains("提出した後で、内容が変わっています"), "{}", saved.body);
        let slow = late.set("report_cause", "別の原因").submit().await;
        assert_eq!(slow.status, 409, "somebody was faster");
        let edited = two.office.representative.get(&format!("{incident}/edit")).await.main_form();
        assert_eq!(file(&two, &incident, "final").await.status, 303);
        assert_eq!(edited.submit().await.status, 303, "a filing doesn't change the incident");
        let knowingly = slow.main_form().set("report_outline", "職員名簿を送った").submit().await;
        assert_eq!(knowingly.status, 303, "who has seen the conflict may save");
        let saved = complete(&two.mie.officer.get(&format!("{report}/edit")).await).submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
        let shown = two.mie.officer.get(&report).await;
        assert!(!shown.body.contains("提出した後で、内容が変わっています"));
        let links = shown.attributes("tbody th a", "href");
        assert_eq!(links.len(), 2);
        let compared = two.mie.auditor.get(&links[1]).await;
        assert!(compared.body.contains("変更") && compared.body.contains("職員名簿を別の事業所に送った"));
        let timeline = two.mie.officer.get(&format!("{incident}/timeline")).await;
        assert!(timeline.body.contains("速報の提出") && timeline.body.contains("確報の提出"));
        let wrong = two.mie.officer.get(&format!("{report}/edit")).await.main_form();
        let wrong = wrong.set("report_cause", "番号 123456789018").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["report_cause".to_owned()]));
    }

    async fn papers_and_text_are_handed_out_to_both_sides_and_are_the_same_twice(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        file(&two, &incident, "preliminary").await;
        let shown = two.mie.officer.get(&format!("{incident}/report")).await;
        let filing = shown.attributes("tbody th a", "href").remove(0);
        let mut papers = Vec::new();
        for person in [&two.mie.officer, &two.office.representative] {
            papers.push(person.download(&format!("{filing}/pdf")).await);
        }
        for sql in ["UPDATE incident_filing SET receipt = 'x'", "DELETE FROM incident_filing"] {
            let refused = app.connection().batch_execute(sql).unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
        }
        assert!(papers[0].starts_with(b"%PDF") && papers[0] == papers[1]);
        let draft = two.mie.officer.download(&format!("{incident}/report/pdf?kind=final")).await;
        assert!(draft.starts_with(b"%PDF") && draft != papers[0]);
        let text = two.office.representative.get(&format!("{incident}/report/text")).await;
        assert!(text.body.contains("1 概要") && text.body.contains("調査中"), "{}", text.body);
        let town = app.principal("津島町");
        for path in [&filing, &format!("{filing}/pdf"), &format!("{incident}/report/text")] {
            assert_eq!(town.officer.get(path).await.status, 404, "{path}");
        }
        assert_eq!(two.mie.auditor.get(&format!("{incident}/report/edit")).await.status, 403);
    }

    async fn where_a_report_is_a_duty_the_incident_closes_only_with_the_final_one(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let edit = two.mie.officer.get(&format!("{incident}/edit")).await.main_form();
        let stolen = edit.set("kind", "theft").submit().await;
        assert_eq!(stolen.status, 303, "{:?}", stolen.wrong_fields());
        let close = two.mie.officer.get(&format!("{incident}/close")).await;
        assert!(close.body.contains("確報が提出されていません"), "{}", close.body);
        let page = two.mie.officer.get(&format!("{incident}/report/edit")).await;
        complete(&page).submit().await;
        assert_eq!(file(&two, &incident, "final").await.status, 303);
        let close = two.mie.officer.get(&format!("{incident}/close")).await;
        assert!(!close.body.contains("確報が提出されていません"), "{}", close.body);
    }
}
