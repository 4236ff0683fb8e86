use crate::app::{App, both};
use crate::finding::steps::World;

use super::steps::{answer, hold, holding, plan};

both! {
    async fn an_inspection_is_planned_held_answered_and_closed_and_its_findings_stay(app: App) {
        let world = World::of(&app);
        let (officer, person) = (&world.mie.officer, world.representative());
        let mut seen = app.acts(world.mie.id);
        let mut new = || {
            let all = app.acts(world.mie.id);
            let new = all.iter().skip(seen.len()).cloned().collect::<Vec<_>>();
            seen = all;
            new
        };
        let path = plan(&world, "令和8年5月1日", "visit", "理由はいらない").await;
        assert_eq!(new(), ["inspection.planned"]);
        assert_eq!(app.last_mail("inspection_planned").to_address, person.email);
        let page = officer.get(&format!("{path}/plan")).await;
        let bad = page.main_form().set("method", "photographs").set("method_reason", "").submit().await;
        assert_eq!((bad.status, bad.wrong_fields()), (422, vec!["method_reason".to_owned()]));
        let form = page.main_form().set("method", "photographs").set("method_reason", "離島で船が欠航しているため");
        assert!(form.submit().await.body.contains("離島で船が欠航しているため"));
        assert_eq!(new(), ["inspection.replanned"]);
        assert_eq!(page.main_form().submit().await.status, 409);

        // Photographs come from the contractor.
        let page = person.get(&path).await;
        let sent = page.form("form[action$='/files']").file("evidence", "書庫.pdf", b"%PDF-1.7 a").submit().await;
        assert_eq!((sent.status, new()), (303, vec!["attachment.added".to_owned()]));
        let own = sent.form("form[action$='/removal']").submit().await;
        assert_eq!((own.status, new()), (303, vec!["attachment.removed".to_owned()]));

        // Written down half way: nobody but the principal sees it.
        let page = officer.get(&format!("{path}/hold")).await;
        let half = page.main_form().set("result_c9-1", "not_kept").set("note_c9-1", "書きかけの所見");
        assert_eq!(half.check("act", "later").submit().await.status, 303);
        assert_eq!(new(), ["inspection.noted"]);
        assert!(officer.get(&path).await.body.contains("書きかけの所見"));
        assert!(!person.get(&path).await.body.contains("書きかけの所見"));

        let bad = officer.get(&format!("{path}/hold")).await.main_form().set("overall", "good");
        let bad = bad.check("act", "finish").submit().await;
        assert_eq!(bad.status, 422);
        for field in ["held_on", "held_time", "seen", "result_c2-1", "overall"] {
            assert!(bad.wrong_fields().contains(&field.to_owned()), "{field}: {:?}", bad.wrong_fields());
        }
        assert_eq!(new(), Vec::<String>::new());
        let shown = hold(&world, &path, &["c9-1", "c13-1"]).await;
        assert_eq!(new(), ["inspection.noted", "inspection.held", "finding.raised", "finding.raised"]);
        assert!(shown.body.contains("08:30") || shown.body.contains("8:30"));
        assert!(shown.body.contains("改善を要する"));
        assert_eq!(shown.attributes(".task a[href*='/findings/']", "href").len(), 2);
        assert!(person.get(&path).await.body.contains("鍵の管理簿がない"));
        let finding = person.get(&shown.attributes(".task a[href*='/findings/']", "href")[0]).await;
        assert!(finding.body.contains("第9条") && finding.body.contains("令和8年4月20日"));
        assert!(finding.has(&format!("a[href='{path}']")));

        assert_eq!(answer(&world, &path).await.status, 303);
        assert_eq!(new(), ["inspection.answered"]);
        assert_eq!(app.last_mail("inspection_answered").to_address, officer.email);
        let closed = officer.get(&path).await.form("form[action$='/closing']").submit().await;
        assert_eq!((closed.status, new()), (303, vec!["inspection.closed".to_owned()]));
        assert!(!closed.has("form[action$='/files']"));
        assert!(officer.in_english().get(&path).await.body.contains("To be mended"));
        azukari::ledger::verify(&mut app.connection(), world.mie.id).unwrap();
    }

    async fn only_officers_hold_and_close_and_only_in_turn(app: App) {
        let world = World::of(&app);
        let path = plan(&world, "2026-04-01", "visit", "").await;
        let person = world.representative();
        let token = |page: crate::app::Page| page.attributes("input[name=csrf]", "value").remove(0);
        let theirs = token(person.get(&path).await);
        let auditors = token(world.mie.auditor.get(&path).await);
        assert_eq!(person.get(&format!("{path}/hold")).await.status, 403);
        assert_eq!(person.post(&format!("{path}/closing"), &[("csrf", &theirs)]).await.status, 403);
        assert_eq!(world.mie.auditor.post(&format!("{path}/closing"), &[("csrf", &auditors)]).await.status, 403);
        let early = [("csrf", theirs.as_str()), ("answer", "はい"), ("version", "1")];
        assert_eq!(person.post(&format!("{path}/answer"), &early).await.status, 409);
        assert!(!world.mie.auditor.get(&path).await.has("main form[method=post]"));
        let town = app.principal("津島町");
        let foreign = token(town.officer.get("/contractors").await);
        assert_eq!(town.officer.get(&path).await.status, 404);
        assert_eq!(town.officer.post(&format!("{path}/closing"), &[("csrf", &foreign)]).await.status, 404);
        let twice = holding(&world, &path, &[]).await;
        hold(&world, &path, &[]).await;
        assert_eq!(twice.check("act", "finish").submit().await.status, 409);
        assert_eq!(world.mie.officer.get(&format!("{path}/plan")).await.status, 409);
    }
}
