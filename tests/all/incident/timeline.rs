//! The timeline: both sides write, nobody changes what is written, and it is printed whole.

use chrono::Duration;

use crate::app::{App, FilledForm, Page, Person, both};
use crate::handover::{Two, two};

/// The path of an incident that the contractor reported.
pub async fn reported(two: &Two) -> String {
    let path = format!("/entrustments/{}/incidents/new", two.entrustment);
    let page = two.office.representative.get(&path).await;
    let form = page.main_form().set_all(&[
        ("kind", "misdirected"),
        ("summary", "職員名簿を別の事業所に送った"),
        ("counted", "unknown"),
    ]);
    form.submit().await.path
}

async fn filled(person: &Person, incident: &str, query: &str) -> FilledForm {
    let page = person.get(&format!("{incident}/timeline/new{query}")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form()
        .set("timeline_kind", "call")
        .set("timeline_text", "送付先に電話し、開かずに消去するよう頼んだ")
}

fn rows(page: &Page) -> Vec<String> {
    page.texts("tbody tr")
}

both! {
    async fn both_sides_write_and_a_wrong_entry_is_corrected_by_a_new_one(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let before = rows(&two.mie.officer.get(&format!("{incident}/timeline")).await).len();
        assert!(before >= 2, "known and reported are noted by themselves");
        app.clock.advance(Duration::hours(1));
        app.comes_back(&two.mie.officer);
        app.comes_back(&two.office.representative);
        let form = filled(&two.office.representative, &incident, "").await;
        let form = form.file("timeline_file", "call.txt", b"16:20 spoke with the office");
        let added = form.submit().await;
        assert_eq!(added.status, 303, "{:?} {}", added.wrong_fields(), added.body);
        assert!(app.acts(two.mie.id).contains(&"incident.noted".to_owned()));
        let page = two.mie.officer.get(&format!("{incident}/timeline?sort=-entered")).await;
        assert!(rows(&page)[0].contains("電話し") && page.has("tbody a[download]"), "{}", page.body);
        let number = page.text("tbody tr:first-child th");
        let right = filled(&two.mie.officer, &incident, &format!("?corrects={number}")).await;
        let right = right.set("timeline_text", "電話は留守で、折返しを待っている").submit().await;
        assert_eq!(right.status, 303, "{:?}", right.wrong_fields());
        let all = two.mie.officer.get(&format!("{incident}/timeline?print=yes")).await;
        assert_eq!(rows(&all).len(), before + 2);
        assert!(all.text("table").contains("開かずに消去するよう頼んだ"), "the wrong one stays");
        assert!(!all.has("nav.pagination"));
    }

    async fn two_people_at_once_both_succeed(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        let before = rows(&two.mie.officer.get(&format!("{incident}/timeline")).await).len();
        let one = filled(&two.office.representative, &incident, "").await;
        let other = filled(&two.mie.officer, &incident, "").await;
        let (one, other) = tokio::join!(one.submit(), other.submit());
        assert_eq!((one.status, other.status), (303, 303));
        let page = two.mie.officer.get(&format!("{incident}/timeline?sort=entered")).await;
        let numbers: Vec<usize> =
            page.texts("tbody th").iter().map(|number| number.trim().parse().unwrap()).collect();
        assert_eq!(numbers, (1..=before + 2).collect::<Vec<_>>());
    }

    async fn what_cannot_be_is_said_at_its_field_and_who_may_not_is_refused(app: App) {
        let two = two(&app);
        let incident = reported(&two).await;
        for (field, typed, wrong) in [
            ("timeline_kind", "", "timeline_kind"),
            ("timeline_text", "", "timeline_text"),
            ("timeline_text", "番号 123456789018", "timeline_text"),
            ("timeline_on", "令和20年1月1日", "timeline_on"),
            ("timeline_time", "夕方", "timeline_time"),
        ] {
            let again = filled(&two.mie.officer, &incident, "").await.set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{field}");
        }
        let absent = two.mie.officer.get(&format!("{incident}/timeline/new?corrects=99")).await;
        assert_eq!(absent.status, 404);
        assert_eq!(two.mie.auditor.get(&format!("{incident}/timeline/new")).await.status, 403);
        let other = app.principal("架空市");
        assert_eq!(other.officer.get(&format!("{incident}/timeline")).await.status, 404);
    }
}
