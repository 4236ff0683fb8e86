use azukari::actor::Role;
use azukari::entrustment::{HandlingRules, ItemMark};
use azukari::organisation::contractor as register;

use super::steps::{applied, approved, entrusted, joined};
use crate::app::{App, both, contractor};

both! {
    async fn what_is_re_entrusted_twice_is_seen_two_tiers_up(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::Sensitive);
        let (officer, approver, first) = (&of.mie.officer, &of.mie.approver, &of.first.representative);
        let list = first.get(&of.list).await;
        assert!(list.has("a[href$='/sub-entrustments/new']"));
        let application = applied(first, &of.list, "津島データ入力").await;
        assert_eq!(application.text(".tag"), "申請中");
        let page = application.form("form[action$='/attachments']").file("file", "契約書.pdf", b"%PDF-1.7 x");
        assert_eq!(page.submit().await.status, 303);
        let seen = officer.get(&application.path).await;
        assert_eq!(officer.download(&seen.attributes("a[download]", "href").remove(0)).await, b"%PDF-1.7 x");
        assert!(officer.get(&format!("/entrustments/{}", of.id)).await.body.contains("申請中 1件"));

        let child = approved(approver, &application.path, "R8.12.31").await;
        let acts = app.acts(of.mie.id);
        let last: Vec<_> = acts.iter().rev().take(3).rev().map(String::as_str).collect();
        assert_eq!(last, ["contractor.registered", "entrustment.re_entrusted", "sub_entrustment.approved"]);
        let shown = officer.get(&child).await;
        for words in ["令8子-12-再1", "調査票の入力", "令和8年12月31日", "40人", "要配慮個人情報"] {
            assert!(shown.body.contains(words), "{words}");
        }
        assert!(shown.body.contains("令和9年1月30日"), "erased within the rules' days");

        let second = joined(&app, officer, &application.path).await;
        assert_eq!(second.get("/entrustments").await.texts("tbody th").len(), 1);
        let own = second.get(&child).await;
        assert_eq!(own.status, 200);
        let under = "髙橋社会保険労務士事務所が、「保育所等監査業務委託」（令8子-12）から再委託した委託案件です。";
        assert!(own.body.contains(under));
        let parent = format!("/entrustments/{}", of.id);
        assert!(!own.has(&format!("main a[href='{parent}']")), "no link to what it may not see");
        assert_eq!(second.get(&parent).await.status, 404);
        assert_eq!(second.get(&application.path).await.status, 404);
        assert!(officer.get(&child).await.has(&format!("main a[href='{parent}']")));

        let deeper = format!("{child}/sub-entrustments");
        assert_eq!(first.get(&format!("{deeper}/new")).await.status, 403, "not in another's name");
        let application = second.get(&format!("{deeper}/new")).await.main_form();
        assert_eq!(application.value("country"), "JP");
        let form = crate::sub_entrustment::steps::filled(&second, &deeper, "伊吹テック").await;
        let form = form.set("email", "ibuki@tech.example").set("ends_on", "R8.12.31");
        let application = form.submit().await;
        assert_eq!(application.status, 303, "{:?}", application.wrong_fields());
        let grandchild = approved(approver, &application.path, "R8.11.30").await;

        let stranger = app.joined_contractor(&of.mie, "伊勢計算").representative;
        for (person, status) in [
            (officer, 200), (approver, 200), (&of.mie.auditor, 200), (first, 200), (&second, 200), (&stranger, 404),
        ] {
            assert_eq!(person.get(&grandchild).await.status, status, "{}", person.name);
            assert_eq!(person.get(&application.path).await.status, status, "{}", person.name);
        }
        assert_eq!(app.principal("津島町").officer.get(&grandchild).await.status, 404);
        for person in [officer, first] {
            let page = person.get(&parent).await;
            for words in ["再委託先：津島データ入力", "再々委託先：伊吹テック", "令8子-12-再1-再1"] {
                assert!(page.body.contains(words), "{words}");
            }
        }
        let record = officer.get(&parent).await.form("form[action$='/record']").submit().await;
        assert_eq!(record.status, 303);
    }

    async fn only_the_own_representative_applies_and_only_approvers_decide(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
        let first = &of.first.representative;
        let row = register::find(&mut app.connection(), of.mie.id, of.first.id).unwrap();
        let handler = app.member(row.organisation_id.unwrap(), Role::Handler, None);
        let new = format!("{}/new", of.list);
        for person in [&handler, &of.mie.officer, &of.mie.approver, &of.mie.auditor] {
            assert_eq!(person.get(&new).await.status, 403, "{}", person.name);
            let list = person.get(&of.list).await;
            assert_eq!(list.status, 200);
            assert!(!list.has("main a[href$='/new']"));
        }
        let application = applied(first, &of.list, "津島データ入力").await.path;
        let decision = format!("{application}/decision");
        for person in [&handler, first, &of.mie.officer, &of.mie.auditor] {
            assert_eq!(person.get(&decision).await.status, 403, "{}", person.name);
            assert!(!person.get(&application).await.has("a[href$='/decision']"));
        }
        assert!(of.mie.approver.get(&application).await.has("a[href$='/decision']"));
        assert_eq!(handler.get(&format!("{application}/edit")).await.status, 403);
        let token = of.mie.officer.get(&of.list).await.attributes("input[name=csrf]", "value").remove(0);
        let before = app.ledger(of.mie.id).len();
        let fields = [("csrf", token.as_str()), ("decision", "refused"), ("conditions", "x")];
        assert_eq!(of.mie.officer.post(&decision, &fields).await.status, 403);
        assert_eq!(app.ledger(of.mie.id).len(), before);
    }

    async fn an_organisation_that_is_registered_already_is_not_entered_twice(app: App) {
        let of = entrusted(&app, HandlingRules::default(), ItemMark::None);
        let first = &of.first.representative;
        let mut known = contractor("津島データ入力");
        "yoshida@data.example".clone_into(&mut known.email);
        let known = app.contractor(&of.mie, &known);
        let application = applied(first, &of.list, "津島データ入力").await.path;
        let child = approved(&of.mie.approver, &application, "R8.12.31").await;
        assert!(of.mie.officer.get(&child).await.has(&format!("a[href='/contractors/{known}']")));
        let row = register::find(&mut app.connection(), of.mie.id, of.first.id).unwrap();
        let form = crate::sub_entrustment::steps::filled(first, &of.list, &row.name).await;
        let again = form.set("email", &row.email).submit().await;
        assert_eq!((again.status, again.wrong_fields()), (422, vec!["name".to_owned()]), "not to itself");
    }
}
