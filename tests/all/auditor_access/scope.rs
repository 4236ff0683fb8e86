//! Nothing but what is named, on whatever page, list, export or download.

use azukari::actor::Role;
use azukari::entrustment::{HandlingRules, ItemMark};
use azukari::server;
use azukari::web::Method;

use super::steps::{ask, audited, grant};
use crate::app::{App, both};
use crate::questionnaire::steps::{answer_all, attest, sent};
use crate::sub_entrustment::steps::{applied, approved, entrusted};

both! {
    async fn of_what_is_not_named_an_auditor_sees_nothing_anywhere(app: App) {
        let sent = sent(&app).await;
        let person = sent.representative();
        answer_all(person, &sent.home).await;
        assert_eq!(attest(person, &sent.home).await.status, 303);
        let own = format!("/entrustments/{}", sent.entrustment);
        sent.mie.officer.get(&own).await.form("form[action$='/record']").submit().await;
        let stranger = app.member(sent.mie.id, Role::Auditor, None);
        let questionnaire = sent.home.rsplit('/').next().unwrap();
        let title = sent.mie.officer.get(&own).await.text("h1");
        let (mut lists, mut looked) = (0, 0);
        for route in server::routes() {
            let who = route.who();
            if route.method == Method::Post || who == ["public"] {
                continue;
            }
            if !(who == ["session"] || who.contains(&"auditor")) {
                continue;
            }
            if !route.path.contains('{') {
                lists += 1;
                let page = stranger.get(route.path).await;
                for word in [&title, &sent.entrustment.to_string(), questionnaire] {
                    assert!(!page.body.contains(word), "{} tells of {word}", route.path);
                }
                continue;
            }
            let id = match route.path.split('/').nth(1).unwrap() {
                "entrustments" => sent.entrustment.to_string(),
                "questionnaires" => questionnaire.to_owned(),
                _ => continue,
            };
            looked += 1;
            let path: Vec<_> = route.path.split('/').map(|part| match part {
                "{id}" => id.as_str(),
                part if part.starts_with('{') => "018f0000-0000-7000-8000-000000000001",
                part => part,
            }).collect();
            assert_eq!(stranger.get(&path.join("/")).await.status, 404, "{}", route.path);
        }
        assert!(lists > 10 && looked > 30, "{lists} lists, {looked} pages");
        assert_eq!(sent.mie.auditor.get(&own).await.status, 200, "to whom it is named");
        assert_eq!(stranger.get("/contractors").await.status, 403);
    }

    async fn what_was_re_entrusted_is_seen_where_it_is_said(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
        let application = applied(&of.first.representative, &of.list, "津島データ入力").await.path;
        let child = approved(&of.mie.approver, &application, "R8.12.31").await;
        let home = format!("/entrustments/{}", of.id);
        for below in [false, true] {
            let auditor = app.member(of.mie.id, Role::Auditor, None);
            let page = of.mie.officer.get(&format!("{home}/auditor-access/new")).await;
            let newest = page.attributes("select[name=auditor] option", "value").into_iter().max().unwrap();
            let form = page.main_form().set_all(&[
                ("auditor", &newest), ("from_on", "R8.4.1"), ("until_on", "R8.4.10"), ("purpose", "監査"),
            ]);
            let form = if below { form } else { form.uncheck("with_below") };
            let asked = form.submit().await;
            assert_eq!(asked.status, 303);
            grant(&of.mie.approver, &asked.path).await;
            assert_eq!(auditor.get(&home).await.status, 200);
            assert_eq!(auditor.get(&child).await.status, if below { 200 } else { 404 });
            let count = if below { 2 } else { 1 };
            assert_eq!(auditor.get("/entrustments").await.texts("tbody th").len(), count);
        }
    }

    async fn another_principals_officer_names_nobody(app: App) {
        let of = audited(&app);
        let town = app.principal("津島町");
        assert_eq!(town.officer.get(&format!("{}/auditor-access/new", of.home)).await.status, 404);
        let csrf = town.officer.get("/entrustments").await.attributes("input[name=csrf]", "value").remove(0);
        let path = format!("{}/auditor-access", of.home);
        assert_eq!(town.officer.post(&path, &[("csrf", &csrf)]).await.status, 404);
        let asked = ask(&of.mie.officer, &of.home, ("R8.4.1", "R8.4.10"), true).await.path;
        for other in [&town.officer, &town.approver, &town.auditor] {
            assert_eq!(other.get(&asked).await.status, 404);
        }
        let fields = |csrf: &str| vec![("csrf".to_owned(), csrf.to_owned()), ("decision".to_owned(), "granted".to_owned())];
        let csrf = town.approver.get("/entrustments").await.attributes("input[name=csrf]", "value").remove(0);
        let fields = fields(&csrf);
        let fields: Vec<_> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        assert_eq!(town.approver.post(&format!("{asked}/end"), &fields).await.status, 404);
        assert!(!town.approver.get("/auditor-access").await.has("tbody"));
    }
}
