//! The roster of handlers: entering, training, pledges, leaving.

use azukari::account::{self, Invite};
use azukari::actor::Role;

use crate::app::{App, ContractorSide, PASSWORD, Person, Principal, both, entrustment};

struct Given {
    mie: Principal,
    contractor: ContractorSide,
    home: String,
}

fn given(app: &App) -> Given {
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋");
    let id = app.entrustment(&mie, &entrustment(contractor.id, mie.division, "1", "監査"));
    Given { home: format!("/entrustments/{id}/handlers"), mie, contractor }
}

impl Given {
    fn person(&self) -> &Person {
        &self.contractor.representative
    }

    /// Enters somebody on the roster; gives where the handler is shown.
    async fn enter(&self, name: &str, email: &str) -> String {
        let form = self.person().get(&format!("{}/new", self.home)).await.main_form();
        let shown = form
            .set_all(&[
                ("name", name),
                ("email", email),
                ("starts_on", "R8.4.1"),
                ("pledged_on", "R8.4.1"),
                ("trained_on", "R8.4.1"),
                ("training_content", "特記事項の読み合わせ"),
            ])
            .submit()
            .await;
        assert_eq!(shown.status, 303, "{:?}", shown.texts(".error-summary"));
        shown.path
    }
}

both! {
    async fn the_contractor_keeps_the_roster_and_the_principal_reads_it(app: App) {
        let given = given(&app);
        let shown = given.enter("髙橋 桜", "").await;
        assert!(app.acts(given.mie.id).ends_with(&["handler.entered".into(), "handler.trained".into()]));
        let edit = format!("{shown}/edit");
        let slow = given.person().get(&edit).await.main_form();
        let page = given.person().get(&edit).await.main_form().set("duty", "system").submit().await;
        assert_eq!(page.status, 303);
        assert_eq!(app.acts(given.mie.id).last().unwrap(), "handler.changed");
        let stale = slow.set("note", "遅い人").submit().await;
        assert_eq!((stale.status, stale.main_form().value("note")), (409, "遅い人"));
        let list = given.mie.officer.get(&given.home).await;
        assert_eq!(list.texts("tbody th"), ["髙橋 桜"]);
        assert_eq!(given.mie.officer.get(&format!("{}?q=高橋", given.home)).await.texts("tbody th").len(), 1);
        assert!(given.mie.officer.get(&shown).await.body.contains("特記事項の読み合わせ"));
        assert_eq!(given.mie.officer.get(&format!("{}/new", given.home)).await.status, 403);
        let town = app.principal("津島町");
        assert_eq!(town.officer.get(&given.home).await.status, 404);
        assert_eq!(town.officer.get(&shown).await.status, 404);
    }

    async fn a_training_is_recorded_for_a_group_at_once(app: App) {
        let given = given(&app);
        given.enter("髙橋 桜", "").await;
        given.enter("山田 太郎", "").await;
        let page = given.person().get(&format!("{}/training", given.home)).await;
        assert_eq!(page.attributes("input[name=handlers][checked]", "value").len(), 2);
        let none = page.main_form().uncheck("handlers").set("content", "誤送信").submit().await;
        assert_eq!((none.status, none.wrong_fields()), (422, vec!["handlers".to_owned()]));
        let late = page.main_form().set_all(&[("content", "誤送信"), ("held_on", "2026-04-02")]).submit().await;
        assert_eq!(late.wrong_fields(), ["held_on"], "it hasn't been held yet");
        let before = app.ledger(given.mie.id).len();
        let done = page.main_form().set("content", "誤送信を防ぐ手順").submit().await;
        assert_eq!(done.status, 303);
        assert_eq!(app.ledger(given.mie.id).len(), before + 1, "one entry for the group");
        for handler in done.attributes("tbody th a", "href") {
            assert!(given.mie.officer.get(&handler).await.body.contains("誤送信を防ぐ手順"));
        }
    }

    async fn a_pledge_is_attached_and_taken_back(app: App) {
        let given = given(&app);
        let shown = given.enter("髙橋 桜", "").await;
        let page = given.person().get(&shown).await;
        let empty = page.form("form[action$='/files']").submit().await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["pledge".to_owned()]));
        let upload = page.form("form[action$='/files']").file("pledge", "誓約書.pdf", b"%PDF-1.7 a");
        let page = upload.submit().await;
        assert_eq!(page.status, 303);
        assert_eq!(app.acts(given.mie.id).last().unwrap(), "attachment.added");
        let href = given.mie.officer.get(&shown).await.attributes("a[download]", "href").remove(0);
        assert_eq!(given.mie.officer.download(&href).await, b"%PDF-1.7 a");
        assert_eq!(page.form("form[action$='/removal']").submit().await.status, 303);
        assert_eq!(app.acts(given.mie.id).last().unwrap(), "attachment.removed");
    }

    async fn who_leaves_gives_back_and_loses_the_account(app: App) {
        let given = given(&app);
        let leaver = app.visitor();
        let email = "sakura@sr.example";
        let invite = Invite {
            tenant_id: given.mie.id,
            organisation_name: "三重野県".to_owned(),
            email: email.to_owned(),
            name: "髙橋 桜".to_owned(),
            role: Role::Representative,
            division_id: None,
            contractor_id: Some(given.contractor.id),
        };
        let link = app.as_operator(|tx, ctx| account::invite(tx, &ctx.portal, &invite));
        let link = link.strip_prefix(&app.base).unwrap_or(&link).to_owned();
        let joining = leaver.get(&link).await.main_form();
        assert_eq!(joining.set("password", PASSWORD).set("password_again", PASSWORD).submit().await.status, 303);
        leaver.set_up_app(&app.clock).await;
        assert_eq!(leaver.get(&given.home).await.status, 200);

        let shown = given.enter("髙橋 桜", email).await;
        assert!(given.person().get(&shown).await.body.contains("利用者"));
        let leaving = format!("{shown}/leaving");
        let page = leaver.get(&leaving).await;
        assert!(page.body.contains("この操作では止まりません"), "nobody closes the own account");
        let page = given.person().get(&leaving).await;
        assert!(page.body.contains("利用も止めます"));
        let early = page.main_form().set("ends_on", "2026-03-31").submit().await;
        assert_eq!((early.status, early.wrong_fields()), (422, vec!["ends_on".to_owned()]));
        assert_eq!(leaver.get(&given.home).await.status, 200);
        let left = page.main_form().set("ends_on", "2026-04-01").submit().await;
        assert_eq!(left.status, 303);
        assert!(left.body.contains("返却が済んでいません"));
        assert!(app.acts(given.mie.id).contains(&"handler.left".to_owned()));
        assert_eq!(leaver.get(&given.home).await.status, 303, "the session is over");
        assert_eq!(given.person().get(&format!("{shown}/edit")).await.status, 409);

        let form = given.person().get(&leaving).await.main_form();
        let back = form.set_all(&[("returned_on", "2026-04-01"), ("return_note", "貸与パソコン1台")]).submit().await;
        assert_eq!(back.status, 303);
        assert!(!back.body.contains("返却が済んでいません"));
        assert!(app.acts(given.mie.id).contains(&"handler.returned".to_owned()));
    }

    async fn who_is_on_another_roster_keeps_the_account(app: App) {
        let given = given(&app);
        let own = given.person().email.clone();
        let new = entrustment(given.contractor.id, given.mie.division, "2", "課税");
        let other = app.entrustment(&given.mie, &new);
        let elsewhere = Given {
            home: format!("/entrustments/{other}/handlers"),
            mie: app.principal("別の市"),
            contractor: ContractorSide { id: given.contractor.id, representative: given.person().clone() },
        };
        let shown = given.enter("髙橋 𠮷之助", &own).await;
        elsewhere.enter("髙橋 𠮷之助", &own).await;
        let page = given.person().get(&format!("{shown}/leaving")).await;
        assert!(page.body.contains("利用は続きます"));
        assert_eq!(page.main_form().set("ends_on", "2026-04-01").submit().await.status, 303);
        assert_eq!(given.person().get(&given.home).await.status, 200);
    }
}
