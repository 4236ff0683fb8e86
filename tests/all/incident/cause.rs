//! Cause and prevention: the whys, corrective actions until their effect is checked, and the
//! questions to similar entrustments.

use crate::app::{App, FilledForm, Page, Person, both, entrustment};
use crate::handover::two;

use super::assessment::released;
use super::plan::settled;
use super::report::opened;

async fn filled(person: &Person, incident: &str) -> FilledForm {
    let page = person.get(&format!("{incident}/cause/edit")).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.main_form().set_all(&[
        ("why_1", "宛先を手で打った"),
        ("why_2", "宛先の一覧がなかった"),
        ("root", "no_rule"),
        ("cause_summary", "宛先の一覧がなく、手で入力していた。"),
    ])
}

/// Records a cause, without which no incident is closed.
pub async fn recorded(person: &Person, incident: &str) -> Page {
    let page = filled(person, incident).await.submit().await;
    assert_eq!(page.status, 303, "{:?} {}", page.wrong_fields(), page.body);
    page
}

both! {
    async fn an_incident_is_closed_once_its_cause_is_known_and_every_action_is_somebodys(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        let (officer, person) = (&two.mie.officer, &two.office.representative);
        let close = officer.get(&format!("{incident}/close")).await;
        assert!(close.body.contains("原因が書かれていません") && !close.has("main form[method=post]"));
        let token = person.get("/entrustments").await.attributes("input[name=csrf]", "value").remove(0);
        assert_eq!(person.post(&format!("{incident}/cause/actions"), &[("csrf", &token)]).await.status, 403);

        let late = filled(officer, &incident).await;
        let shown = recorded(person, &incident).await;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.cause_recorded");
        assert!(shown.body.contains("手順や決まりがなかった"), "{}", shown.body);
        assert_eq!(late.submit().await.status, 409);
        let refused = filled(person, &incident).await.set("why_2", "番号 123456789018").submit().await;
        assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["why_2".to_owned()]));

        let form = officer.get(&format!("{incident}/cause/actions/new")).await.main_form();
        let bare = form.set("action", "宛先の一覧を作る").submit().await;
        assert_eq!((bare.status, bare.wrong_fields().len()), (422, 3), "{:?}", bare.wrong_fields());
        let form = bare.main_form().set_all(&[
            ("detail", "登録した宛先から選ぶ"), ("severity", "high"), ("due_on", "令和8年4月30日"),
        ]);
        let shown = form.submit().await;
        assert_eq!(shown.status, 303, "{:?}", shown.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "finding.raised");
        let action = shown.attributes("tbody th a", "href").remove(0);
        let close = officer.get(&format!("{incident}/close")).await;
        assert!(close.body.contains("担当者の決まっていない是正措置"), "{}", close.body);
        let report = officer.get(&format!("{incident}/report/edit")).await.main_form();
        assert_eq!(report.value("report_cause"), "宛先の一覧がなく、手で入力していた。", "the report begins with it");
        assert_eq!(report.value("report_prevention"), "宛先の一覧を作る");
        let page = officer.get(&action).await;
        assert!(page.attributes("a", "href").contains(&incident), "the finding leads to the incident");

        let answer = person.get(&action).await.form("form[action$='/answer']").set_all(&[
            ("root_cause", "一覧がなかった"), ("action", "一覧を作った"), ("action_on", "R8.4.1"), ("owner_name", "髙橋"),
        ]);
        assert_eq!(answer.submit().await.status, 303);
        let check = officer.get(&action).await.form("form[action$='/check']");
        let check = check.set_all(&[("decision", "close"), ("words", "一覧から選んでいることを見た")]);
        assert_eq!(check.submit().await.status, 303);
        let shown = person.get(&format!("{incident}/cause")).await;
        assert!(shown.body.contains("一覧から選んでいることを見た"), "{}", shown.body);

        released(&two, &incident).await;
        settled(officer, &incident).await;
        let close = officer.get(&format!("{incident}/close")).await.main_form();
        let closed = close.set("closing_note", "消去と是正を確かめた").submit().await;
        assert_eq!(closed.status, 303, "{:?}", closed.wrong_fields());
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.closed");
        let record = officer.download(&format!("{incident}/record")).await;
        assert!(record.starts_with(b"%PDF"));
        let page = person.get(&format!("{incident}/cause")).await;
        assert!(page.status == 200 && !page.has("a[href$='/cause/edit']"));
        assert_eq!(person.get(&format!("{incident}/cause/edit")).await.status, 409);
    }

    async fn the_contractors_of_similar_entrustments_are_asked_in_one_act(app: App) {
        let two = two(&app);
        let another = app.joined_contractor(&two.mie, "𠮷田事務所");
        let mut new = entrustment(another.id, two.mie.division, "2026-11", "給与計算の委託");
        new.items = vec![azukari::entrustment::NewItem {
            name: "給与".into(), mark: azukari::entrustment::ItemMark::None, under: String::new(),
        }];
        let similar = app.entrustment(&two.mie, &new);
        let mut new = entrustment(another.id, two.mie.division, "2026-12", "車両の管理");
        new.items = vec![azukari::entrustment::NewItem {
            name: "車両番号".into(), mark: azukari::entrustment::ItemMark::None, under: String::new(),
        }];
        app.entrustment(&two.mie, &new);
        let incident = opened(&two).await;
        let officer = &two.mie.officer;
        let place = format!("{incident}/cause/similar");
        assert_eq!(officer.get(&place).await.status, 409, "the cause comes first");
        recorded(officer, &incident).await;
        assert_eq!(two.office.representative.get(&place).await.status, 403);
        let page = officer.get(&place).await;
        assert_eq!(page.attributes("input[name=entrustment]", "value"), [similar.to_string()]);
        assert!(page.body.contains("𠮷田事務所") && page.body.contains("同じ情報項目"), "{}", page.body);

        let bare = page.main_form().set("deadline", "令和8年3月1日").submit().await;
        assert_eq!((bare.status, bare.wrong_fields()), (422, vec!["entrustment".to_owned(), "deadline".to_owned()]));
        let form = bare.main_form().set("deadline", "令和8年4月15日").check("entrustment", &similar.to_string());
        let again = bare.main_form().set("deadline", "令和8年4月15日").check("entrustment", &similar.to_string());
        let own = two.entrustment.to_string();
        let foreign = bare.main_form().set("deadline", "令和8年4月15日").check("entrustment", &own).submit().await;
        assert_eq!(foreign.wrong_fields(), ["entrustment"]);
        let sent = form.submit().await;
        assert_eq!(sent.status, 303, "{:?}", sent.wrong_fields());
        assert!(sent.body.contains("延べ1件の委託案件に確かめました"), "{}", sent.body);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "incident.similar_asked");
        assert_eq!(app.last_mail("questionnaire_dispatched").to_address, another.representative.email);
        let twice = again.submit().await;
        assert_eq!((twice.status, twice.wrong_fields()), (409, vec!["entrustment".to_owned()]));
        let page = officer.get(&format!("/entrustments/{similar}")).await;
        let asked = page.attributes("main .task a[href^='/questionnaires/']", "href").remove(0);
        let question = another.representative.get(&format!("{asked}/questions/address")).await;
        assert_eq!(question.status, 200, "what a misdirected mail raises");
    }

    async fn strangers_find_nothing_and_readers_only_read(app: App) {
        let two = two(&app);
        let incident = opened(&two).await;
        recorded(&two.office.representative, &incident).await;
        assert_eq!(two.mie.approver.get(&format!("{incident}/cause")).await.status, 200);
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        for path in ["cause", "cause/edit"] {
            for other in [&town.officer, &stranger] {
                assert_eq!(other.get(&format!("{incident}/{path}")).await.status, 404, "{path}");
            }
        }
        assert_eq!(town.officer.get(&format!("{incident}/cause/similar")).await.status, 404);
        let notice = two.office.representative.get(&format!("{incident}/persons/new")).await.main_form();
        let notice = notice.set("label", "職員").set("persons", "49").set("way", "letter").check("data", "name");
        let all = notice.submit().await;
        let group = all.attributes("tbody th a", "href").remove(0);
        let draft = two.mie.officer.get(&format!("{group}/notice")).await.main_form();
        assert_eq!(draft.value("cause_item"), "宛先の一覧がなく、手で入力していた。");
        let english = two.mie.officer.get(&format!("{group}/notice?language=en")).await.main_form();
        assert_eq!(english.value("cause_item"), "There was no procedure or rule");
    }
}
