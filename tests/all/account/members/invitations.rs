use chrono::Duration;
use diesel::prelude::*;

use super::invite;
use crate::app::{App, Page, Person, both};

/// The states in the list, as it is asked for.
async fn states(manager: &Person, status: &str) -> Vec<String> {
    let page = manager.get(&format!("/members/invitations?status={status}")).await;
    page.texts("tbody td .tag")
}

async fn act(manager: &Person, act: &str) -> Page {
    let page = manager.get("/members/invitations").await;
    page.form(&format!("form[action$='/{act}']")).submit().await
}

both! {
    async fn the_list_says_who_invited_whom_and_how_it_stands(app: App) {
        let mie = app.principal("三重野県");
        invite(&mie.administrator, "𠮷田", "y@pref.example", "officer").await;
        let page = mie.administrator.get("/members/invitations").await;
        let row = page.text("tbody tr");
        for word in ["𠮷田", "y@pref.example", "担当者", "﨑山 administrator", "手続待ち"] {
            assert!(row.contains(word), "{word} in {row}");
        }
        app.clock.advance(Duration::days(14));
        let administrator = app.member(mie.id, azukari::actor::Role::Administrator, None);
        assert_eq!(states(&administrator, "").await, ["期限切れ"]);
        assert!(states(&administrator, "open").await.is_empty());
        assert_eq!(mie.officer.get("/members/invitations").await.status, 303, "the session is over");
    }

    async fn sent_again_the_old_link_says_what_to_do(app: App) {
        let mie = app.principal("三重野県");
        invite(&mie.administrator, "𠮷田", "y@pref.example", "officer").await;
        let first = app.link_in_last_mail();
        let again = act(&mie.administrator, "renewal").await;
        assert_eq!((again.status, &*again.path), (303, "/members/invitations"));
        assert!(again.body.contains("招待を送り直しました"));
        assert_eq!(app.acts(mie.id).pop().unwrap(), "invitation.sent");
        let second = app.link_in_last_mail();
        let old = app.visitor().get(&first).await;
        assert_eq!(old.status, 410);
        assert!(old.body.contains("いちばん新しい招待のメール"), "{}", old.body);
        assert_eq!(app.visitor().get(&second).await.status, 200);
        assert_eq!(states(&mie.administrator, "all").await.len(), 2);
    }

    async fn taken_back_a_link_opens_nothing_and_says_so(app: App) {
        let mie = app.principal("三重野県");
        invite(&mie.administrator, "𠮷田", "y@pref.example", "officer").await;
        let link = app.link_in_last_mail();
        let page = mie.administrator.get("/members/invitations").await;
        let (revoke, renew) =
            (page.form("form[action$='/revocation']"), page.form("form[action$='/renewal']"));
        assert_eq!(revoke.submit().await.status, 303);
        assert_eq!(app.acts(mie.id).pop().unwrap(), "invitation.revoked");
        let gone = app.visitor().get(&link).await;
        assert_eq!(gone.status, 410);
        assert!(gone.body.contains("取り消されています"));
        let late = renew.submit().await;
        assert_eq!(late.status, 409, "what was taken back isn't sent again");
        assert_eq!(states(&mie.administrator, "revoked").await, ["取消し"]);
        assert!(states(&mie.administrator, "").await.is_empty());
    }

    async fn used_and_expired_links_say_so_kindly(app: App) {
        let mie = app.principal("三重野県");
        invite(&mie.administrator, "𠮷田", "y@pref.example", "officer").await;
        let used = app.link_in_last_mail();
        let form = app.visitor().get(&used).await.main_form();
        let password = crate::app::PASSWORD;
        form.set("password", password).set("password_again", password).submit().await;
        let again = app.visitor().get(&used).await;
        assert_eq!(again.status, 410);
        assert!(again.body.contains("サインインしてください"), "{}", again.text("main"));
        invite(&mie.administrator, "髙橋", "t@pref.example", "officer").await;
        let late = app.link_in_last_mail();
        app.clock.advance(Duration::days(30));
        let late = app.visitor().get(&late).await;
        assert_eq!(late.status, 410);
        assert!(late.body.contains("招待の送り直しを依頼"), "{}", late.text("main"));
    }

    async fn an_invitation_counts_as_long_as_the_organisation_says(app: App) {
        use azukari::database::schema::access_rules as t;
        let mie = app.principal("三重野県");
        diesel::insert_into(t::table)
            .values((
                t::tenant_id.eq(mie.id), t::idle_minutes.eq(120), t::session_hours.eq(12),
                t::invitation_days.eq(3), t::handler_second_factor.eq(true), t::four_eyes.eq("[]"),
                t::version.eq(1),
            ))
            .execute(&mut app.connection())
            .unwrap();
        invite(&mie.administrator, "𠮷田", "y@pref.example", "officer").await;
        assert!(app.mails().pop().unwrap().text_body.contains("有効期間は3日"));
        let link = app.link_in_last_mail();
        app.clock.advance(Duration::days(3) - Duration::milliseconds(1));
        assert_eq!(app.visitor().get(&link).await.status, 200);
        app.clock.advance(Duration::milliseconds(1));
        assert_eq!(app.visitor().get(&link).await.status, 410);
    }

    async fn who_is_a_member_or_was_one_is_not_invited_again(app: App) {
        let mie = app.principal("三重野県");
        let known = invite(&mie.administrator, "﨑山", &mie.officer.email, "approver").await;
        assert_eq!((known.status, known.wrong_fields()), (422, vec!["email".to_owned()]));
        assert!(known.body.contains("すでに利用者です"));
        assert_eq!(known.main_form().value("name"), "﨑山", "the input is kept");
        let foreign = invite(&mie.administrator, "﨑山", "x@pref.example", "handler").await;
        assert_eq!((foreign.status, foreign.wrong_fields()), (422, vec!["role".to_owned()]));
        let form = mie.administrator.get("/members/new").await.main_form();
        let division = mie.division.to_string();
        let of_all = form.set_all(&[
            ("name", "﨑山"), ("email", "x@pref.example"), ("role", "approver"), ("division", &division),
        ]).submit().await;
        assert_eq!((of_all.status, of_all.wrong_fields()), (422, vec!["division".to_owned()]));
        assert!(app.mails().is_empty());
    }
}
