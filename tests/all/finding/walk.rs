use crate::app::{App, both};

use super::steps::World;

const PDF: &[u8] = b"%PDF-1.7 x";

both! {
    async fn a_finding_is_answered_returned_answered_again_and_closed(app: App) {
        let world = World::of(&app);
        let (officer, person) = (&world.mie.officer, world.representative());
        let mut seen = app.acts(world.mie.id);
        let mut new = || {
            let all = app.acts(world.mie.id);
            let new = all.iter().skip(seen.len()).cloned().collect::<Vec<_>>();
            seen = all;
            new
        };
        let path = world.raise("持出し台帳に記入がない", "high").await;
        assert_eq!(new(), ["finding.raised"]);
        assert_eq!(app.last_mail("finding_raised").to_address, person.email);
        assert!(!app.last_mail("finding_raised").text_body.contains("持出し"));

        let page = person.get(&path).await;
        assert!(page.has("form[action$='/answer']") && !page.has("form[action$='/check']"));
        let page = page.form("form[action$='/files']").file("evidence", "手順書.pdf", PDF).submit().await;
        assert_eq!((page.status, new()), (303, vec!["attachment.added".to_owned()]));
        let file = page.attributes("a[download]", "href").remove(0);
        assert_eq!(officer.download(&file).await, PDF);
        assert_eq!(new(), ["file.downloaded"]);
        let page = person.get(&path).await;
        let second = page.form("form[action$='/files']").file("evidence", "台帳.pdf", b"%PDF-1.7 y");
        let page = second.submit().await;
        assert_eq!((page.attributes("a[download]", "href").len(), new().len()), (2, 1));
        page.form("form[action$='/removal']").submit().await;
        assert_eq!(new(), ["attachment.removed"]);
        let none = person.get(&path).await.form("form[action$='/files']").submit().await;
        assert_eq!((none.status, none.wrong_fields()), (422, vec!["evidence".to_owned()]));

        let bad = person.get(&path).await.form("form[action$='/answer']").set("root_cause", "手順");
        let bad = bad.set("action_on", "2026-04-02").submit().await;
        assert_eq!(bad.status, 422);
        for field in ["action", "action_on", "owner_name"] {
            assert!(bad.wrong_fields().contains(&field.to_owned()), "{field}");
        }
        assert_eq!(bad.form("form[action$='/answer']").value("root_cause"), "手順");
        assert_eq!(new(), Vec::<String>::new());
        let done = world.answer(&path, "台帳を作った").await;
        assert_eq!((done.status, new()), (303, vec!["finding.answered".to_owned()]));
        assert_eq!(app.last_mail("finding_answered").to_address, officer.email);
        assert!(!person.get(&path).await.has("form[action$='/answer']"));

        let empty = world.decide(&path, "return", "").await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["words".to_owned()]));
        let back = world.decide(&path, "return", "誰が確かめるかを書いてください").await;
        assert_eq!((back.status, new()), (303, vec!["finding.returned".to_owned()]));
        assert_eq!(app.last_mail("finding_returned").to_address, person.email);
        let page = person.get(&path).await;
        assert!(page.text(".banner").contains("誰が確かめるかを書いてください"));
        assert_eq!(page.form("form[action$='/answer']").value("action"), "台帳を作った");

        world.answer(&path, "台帳を作り、毎週所長が確かめる").await;
        assert_eq!(new(), ["finding.answered"]);
        let closed = world.decide(&path, "close", "台帳を4週分見た").await;
        assert_eq!((closed.status, new()), (303, vec!["finding.closed".to_owned()]));
        assert!(!closed.has("form[action$='/check']") && !closed.has("form[action$='/files']"));
        for words in ["台帳を4週分見た", "毎週所長が確かめる", "誰が確かめるかを書いてください"] {
            assert!(closed.body.contains(words), "{words}");
        }
        let english = officer.in_english().get(&path).await;
        assert!(english.body.contains("Closed, action checked") && !english.body.contains('⟦'));
        azukari::ledger::verify(&mut app.connection(), world.mie.id).unwrap();
    }

    async fn severity_due_date_and_owner_change_with_a_reason(app: App) {
        let world = World::of(&app);
        let path = world.raise("鍵の管理簿がない", "low").await;
        let page = world.mie.officer.get(&format!("{path}/terms")).await;
        let bad = page.main_form().set("due_on", "2026-03-01").submit().await;
        assert_eq!(bad.status, 422);
        assert_eq!(bad.wrong_fields(), ["due_on", "reason"]);
        let stale = page.main_form().set("reason", "重なるため");
        let good = page.main_form().set_all(&[
            ("severity", "high"), ("due_on", "2026-05-29"), ("owner_name", "髙橋"), ("reason", "二度目のため"),
        ]);
        let shown = good.submit().await;
        assert_eq!(shown.status, 303);
        assert!(shown.body.contains("重大") && shown.body.contains("令和8年5月29日"));
        assert_eq!(app.acts(world.mie.id).pop().unwrap(), "finding.changed");
        assert_eq!(stale.submit().await.status, 409);
    }

    async fn an_exception_that_was_claimed_is_accepted_by_an_approver(app: App) {
        let world = World::of(&app);
        world.rule(&app, "US", azukari::finding::Severity::High);
        let list = world.mie.officer.get(&world.path("/findings")).await;
        let path = list.attributes("tbody th a", "href").remove(0);
        let shown = world.mie.officer.get(&path).await;
        assert!(shown.body.contains("契約で認められている") && shown.body.contains("第10条"));
        assert!(!shown.attributes("input[name=decision]", "value").contains(&"return".to_owned()));
        let offered = shown.attributes("input[name=decision]", "value");
        assert_eq!(offered, ["close"], "an officer accepts none where a second person does");
        let csrf = shown.attributes("input[name=csrf]", "value").remove(0);
        let fields = [("csrf", &*csrf), ("decision", "exception"), ("words", "認める"), ("version", "1")];
        assert_eq!(world.mie.officer.post(&format!("{path}/check"), &fields).await.status, 403);
        let page = world.mie.approver.get(&path).await;
        assert_eq!(page.attributes("input[name=decision]", "value"), ["exception"]);
        assert!(!page.has("a[href$='/terms']"));
        let form = page.form("form[action$='/check']");
        let form = form.set_all(&[("decision", "exception"), ("words", "契約書の別紙で認めた国である")]);
        let closed = form.submit().await;
        assert_eq!(closed.status, 303);
        assert!(closed.body.contains("例外を認めて終了"));
        assert_eq!(app.acts(world.mie.id).pop().unwrap(), "finding.exception_accepted");
    }

    async fn who_entered_what_breaks_a_rule_accepts_no_exception_to_it(app: App) {
        let world = World::of(&app);
        let person = world.representative();
        app.join(person, world.mie.id, azukari::actor::Role::Administrator);
        let page = person.get(&world.path("/holdings/new")).await;
        let items = page.attributes("input[name=items]", "value");
        let form = page.main_form().check("items", &items[0]).set_all(&[
            ("persons", "49"), ("kind", "original"), ("place", "home"), ("place_detail", "自宅"), ("medium", "server"),
            ("encryption", "at_rest"), ("starts_on", "R8.4.1"),
        ]);
        let warned = form.submit().await;
        assert_eq!((warned.status, warned.wrong_fields()), (422, vec!["reason_place".to_owned()]));
        let saved = warned.main_form().set("reason_place", "在宅勤務のため").submit().await;
        assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
        let switched = person.get("/session/organisation").await.form("main form").submit().await;
        assert_eq!(switched.status, 303);

        let list = person.get(&world.path("/findings")).await;
        let path = list.attributes("tbody th a", "href").remove(0);
        let page = person.get(&path).await;
        assert!(page.body.contains("ご自身が記録した") && !page.has("form[action$='/check']"));
        let csrf = page.attributes("input[name=csrf]", "value").remove(0);
        for decision in ["exception", "close"] {
            let fields = [("csrf", &*csrf), ("decision", decision), ("words", "認める"), ("version", "1")];
            assert_eq!(person.post(&format!("{path}/check"), &fields).await.status, 403, "{decision}");
        }
        let form = world.mie.approver.get(&path).await.form("form[action$='/check']");
        let closed = form.set_all(&[("decision", "exception"), ("words", "在宅勤務を認めた")]).submit().await;
        assert_eq!((closed.status, app.acts(world.mie.id).pop().unwrap().as_str()), (303, "finding.exception_accepted"));
    }

    async fn only_officers_raise_and_close_and_only_the_contractor_answers(app: App) {
        let world = World::of(&app);
        let path = world.raise("鍵の管理簿がない", "low").await;
        let person = world.representative();
        let token = |page: crate::app::Page| page.attributes("input[name=csrf]", "value").remove(0);
        let officers = token(world.mie.officer.get(&path).await);
        let theirs = token(person.get(&path).await);
        let auditors = token(world.mie.auditor.get(&path).await);
        let check = format!("{path}/check");
        let fields = |csrf| [("csrf", csrf), ("decision", "close"), ("words", "見た"), ("version", "1")];
        assert_eq!(person.post(&check, &fields(&theirs)).await.status, 403);
        assert_eq!(world.mie.auditor.post(&check, &fields(&auditors)).await.status, 403);
        let answer = format!("{path}/answer");
        assert_eq!(world.mie.officer.post(&answer, &[("csrf", &officers)]).await.status, 403);
        assert_eq!(world.mie.auditor.get(&world.path("/findings/new")).await.status, 403);
        assert!(!world.mie.auditor.get(&path).await.has("main form[method=post]"));

        let town = app.principal("津島町");
        let foreign = token(town.officer.get("/contractors").await);
        assert_eq!(town.officer.get(&path).await.status, 404);
        assert_eq!(town.officer.post(&check, &fields(&foreign)).await.status, 404);

        let page = person.get(&path).await;
        let late = page.form("form[action$='/answer']").set_all(&[
            ("root_cause", "手順"), ("action", "直した"), ("action_on", "R8.4.1"), ("owner_name", "髙橋"),
        ]);
        assert_eq!(world.answer(&path, "管理簿を作った").await.status, 303);
        assert_eq!(late.submit().await.status, 409);
        let two = world.mie.officer.get(&path).await.form("form[action$='/check']");
        let two = two.set_all(&[("decision", "close"), ("words", "見た")]);
        assert_eq!(world.decide(&path, "close", "見た").await.status, 303);
        assert_eq!(two.submit().await.status, 409);
    }

    async fn approved_answers_raise_their_findings_once(app: App) {
        use crate::questionnaire::steps;
        let sent = steps::sent(&app).await;
        let (officer, person) = (&sent.mie.officer, sent.representative());
        let question = sent.question("q01");
        let no = steps::answered(&person.get(&question).await, &question).set("answer", "no");
        assert_eq!(no.submit().await.status, 303);
        steps::answer_all(person, &sent.home).await;
        steps::attest(person, &sent.home).await;
        steps::approve(officer, &sent.home).await;
        let list = officer.get(&format!("/entrustments/{}/findings?source=questionnaire", sent.entrustment)).await;
        let found = list.attributes("tbody th a", "href").len();
        assert!(found > 0);
        let raised = app.acts(sent.mie.id).iter().filter(|act| *act == "finding.raised").count();
        assert_eq!(raised, found);
        let first = officer.get(&list.attributes("tbody th a", "href").remove(0)).await;
        assert!(first.has(&format!("a[href='{}']", sent.home)));
    }
}
