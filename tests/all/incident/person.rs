//! The persons concerned: groups, their notice, what is sent and settled.

use diesel::connection::SimpleConnection as _;

use crate::app::{App, FilledForm, Page, Person, both};
use crate::handover::{Two, two};

use super::report::opened;

/// The form of a group, filled in.
async fn filled(person: &Person, incident: &str, persons: &str) -> FilledForm {
    let page = person.get(&format!("{incident}/persons/new")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    let form = page.main_form().set("label", "職員").set("persons", persons).set("way", "letter");
    form.check("data", "name").check("data", "income")
}

async fn listed(two: &Two, incident: &str, persons: &str) -> String {
    let person = &two.office.representative;
    let page = filled(person, incident, persons).await.submit().await;
    assert_eq!(page.status, 303, "{:?} {}", page.wrong_fields(), page.body);
    let all = person.get(&format!("{incident}/persons")).await;
    all.attributes("tbody th a", "href").pop().unwrap()
}

fn sent(page: &Page, numbers: [&str; 3]) -> FilledForm {
    let form = page.form("form[action$='/progress']").set("on", "令和8年4月1日");
    form.set_all(&[("sent", numbers[0]), ("returned", numbers[1]), ("inquiries", numbers[2])])
}

both! {
    async fn a_group_is_notified_from_the_template_to_the_last_person(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let person = &two.office.representative;
        let group = listed(&two, &incident, "49").await;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.persons_listed");
        let page = person.get(&group).await;
        assert!(page.body.contains("ひな形から作ってください"), "{}", page.body);

        let draft = person.get(&format!("{group}/notice")).await.main_form();
        assert!(draft.value("summary_item").contains("保育所等指導監査の業務委託"));
        assert_eq!(draft.value("data_item"), "氏名、給与・所得・税");
        let english = person.get(&format!("{group}/notice?language=en")).await.main_form();
        assert!(english.value("data_item").contains("name, pay"), "{}", english.value("data_item"));
        let refused = draft.set("other_item", "番号 123456789018").submit().await;
        assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["other_item".to_owned()]));
        let page = refused.main_form().set("other_item", "おわびします").submit().await;
        assert_eq!(page.status, 303, "{:?}", page.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.notice_written");
        assert!(page.body.contains("おわびします") && page.body.contains("問い合わせ先"));

        let late = sent(&page, ["49", "", ""]);
        let page = sent(&page, ["49", "2", "3"]).submit().await;
        assert_eq!(page.status, 303, "{:?}", page.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.persons_notified");
        assert!(page.body.contains("47 / 49人"), "{}", page.body);
        assert_eq!(late.submit().await.status, 409, "sent twice, counted once");
        for sql in ["UPDATE incident_group_entry SET sent = 0", "DELETE FROM incident_group_entry"] {
            let refused = app.connection().batch_execute(sql).unwrap_err();
            assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
        }
        let shown = two.mie.officer.get(&incident).await;
        assert!(shown.body.contains("通知 47 / 49人"), "{}", shown.body);

        let form = page.form("form[action$='/settlements']").set_all(&[
            ("agreed_on", "R8.4.1"), ("settled", "1"), ("yen", "５,０００"), ("reference", "令8示-1"),
        ]);
        let settled = form.submit().await;
        assert_eq!(settled.status, 303, "{:?}", settled.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.persons_settled");
        assert!(settled.body.contains("1人、5,000円"), "{}", settled.body);
        let rest = sent(&settled, ["2", "", ""]).submit().await;
        assert!(rest.body.contains("通知は済みました"), "{}", rest.body);
        let timeline = two.mie.officer.get(&format!("{incident}/timeline")).await;
        assert!(timeline.body.contains("通知が49 / 49人"), "{}", timeline.body);
    }

    async fn no_more_are_listed_than_the_incident_has_and_none_of_them_are_forgotten(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let person = &two.office.representative;
        let above = filled(person, &incident, "50").await.submit().await;
        assert_eq!((above.status, above.wrong_fields()), (422, vec!["persons".to_owned()]));
        assert!(above.body.contains("先に、事故の「本人の数」を訂正してください"));
        let group = listed(&two, &incident, "40").await;
        let second = filled(person, &incident, "10").await.submit().await;
        assert_eq!(second.wrong_fields(), ["persons"]);
        let edit = person.get(&format!("{incident}/edit")).await.main_form();
        let below = edit.set("persons", "39").submit().await;
        assert_eq!((below.status, below.wrong_fields()), (422, vec!["persons".to_owned()]));
        let facts = person.get(&format!("{incident}/duties/facts")).await.main_form();
        let fewer = facts.set("persons_known", "39").submit().await;
        assert_eq!((fewer.status, fewer.wrong_fields()), (422, vec!["persons_known".to_owned()]));
        let corrected = below.main_form().set("persons", "50").submit().await;
        assert_eq!(corrected.status, 303, "{:?}", corrected.wrong_fields());
        let second = second.main_form().submit().await;
        assert_eq!(second.status, 303, "{:?}", second.wrong_fields());

        let close = two.mie.officer.get(&format!("{incident}/close")).await;
        assert!(close.body.contains("通知が済んでいない区分") && !close.has("main form[method=post]"));
        let change = person.get(&format!("{group}/edit")).await.main_form();
        let bare = change.set("way", "not_notified").submit().await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["reason".to_owned()]));
        let form = bare.main_form();
        let page = form.set("reason", "委託元が通知したため").submit().await;
        assert_eq!(page.status, 303, "{:?}", page.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.persons_changed");
        let all = person.get(&format!("{incident}/persons")).await;
        let other = all.attributes("tbody th a", "href").pop().unwrap();
        let taken = person.get(&other).await.form("form[action$='/removal']").submit().await;
        assert_eq!(taken.status, 303);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.persons_removed");
        let close = two.mie.officer.get(&format!("{incident}/close")).await;
        assert!(!close.body.contains("通知が済んでいない区分"), "{}", close.body);
    }

    async fn wrong_numbers_are_said_at_their_fields_and_others_only_read(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let group = listed(&two, &incident, "3").await;
        let page = two.mie.officer.get(&group).await;
        for (numbers, wrong) in [
            (["", "", ""], "sent"), (["4", "", ""], "sent"), (["1", "2", ""], "returned"),
            (["1", "", "-1"], "inquiries"), (["x", "", ""], "sent"),
        ] {
            let again = sent(&page, numbers).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{numbers:?}");
        }
        for (on, note, wrong) in [
            ("令和20年1月1日", "", "on"), ("2026-03-31", "", "on"), ("2026-04-01", "090-1234-5678", "text_confirmed"),
        ] {
            let again = sent(&page, ["1", "", ""]).set("on", on).set("note", note).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![wrong.to_owned()]), "{on} {note}");
        }
        assert_eq!(two.mie.approver.get(&group).await.status, 200);
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for other in [&town.officer, &stranger] {
            for path in [format!("{incident}/persons"), group.clone(), format!("{group}/notice")] {
                assert_eq!(other.get(&path).await.status, 404, "{path}");
            }
        }
        let absent = format!("{incident}/persons/018f0000-0000-7000-8000-000000000001");
        assert_eq!(two.mie.officer.get(&absent).await.status, 404);
    }
}
