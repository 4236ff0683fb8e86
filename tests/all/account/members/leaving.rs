use azukari::actor::Role;

use super::{invite, member_of};
use crate::app::{App, PASSWORD, both};
use crate::finding::steps::World;

both! {
    async fn what_is_in_hand_is_shown_and_handed_over(app: App) {
        let world = World::of(&app);
        let mie = &world.mie;
        let form = mie.officer.get("/entrustments/new").await.main_form().set_all(&[
            ("number", "令8子-13"), ("title", "給食業務委託"), ("division", &mie.division.to_string()),
            ("contractor", &world.contractor.id.to_string()), ("purpose", "給食"), ("starts_on", "R8.4.1"),
            ("ends_on", "R9.3.31"), ("erase_by", "R9.3.31"), ("persons", "1"), ("item_name_0", "氏名"),
        ]);
        let own = form.submit().await;
        assert_eq!(own.status, 303, "{}", own.body);
        let finding = world.raise("鍵", "medium").await;
        let terms = mie.officer.get(&format!("{finding}/terms")).await.main_form();
        let owned = terms.set_all(&[("owner_name", &mie.officer.name), ("reason", "担当")]).submit().await;
        assert_eq!(owned.status, 303, "{}", owned.body);
        let heir = app.member(mie.id, Role::Officer, Some(mie.division));
        rename(&app, &heir.email, "髙橋 桜");
        let home = member_of(&mie.administrator, &mie.officer.email).await;
        let page = mie.administrator.get(&format!("{home}/leaving")).await;
        let shown = page.text("main");
        for word in ["給食業務委託", "鍵", "担当する委託案件"] {
            assert!(shown.contains(word), "{word} in {shown}");
        }
        assert!(!shown.contains("担当者がいなくなります"), "the heir stays");
        let unsaid = page.main_form().submit().await;
        assert_eq!((unsaid.status, unsaid.wrong_fields()), (422, vec!["successor".to_owned()]));
        let to = member_of(&mie.administrator, &heir.email).await;
        let left = page.main_form().set("successor", to.rsplit('/').next().unwrap()).submit().await;
        assert_eq!((left.status, &*left.path), (303, "/members"), "{}", left.body);
        let acts = app.acts(mie.id);
        let last: Vec<&str> = acts.iter().rev().take(3).map(String::as_str).collect();
        assert_eq!(last, ["member.disabled", "finding.handed_over", "entrustment.handed_over"]);
        assert_eq!(mie.officer.get("/entrustments").await.path, "/sign-in?next=%2Fentrustments");
        assert!(mie.administrator.get(&finding).await.body.contains("髙橋 桜"));
        let theirs = mie.administrator.get(&format!("{to}/leaving")).await;
        assert!(theirs.text("main").contains("給食業務委託"), "{}", theirs.text("main"));
        assert!(theirs.text("main").contains("担当者がいなくなります"));
        assert_eq!(app.last_mail("duties_handed_over").to_address, heir.email);
        assert!(app.last_mail("duties_handed_over").text_body.contains("2件"));
        assert_eq!(app.last_mail("member_disabled").to_address, mie.officer.email);
    }

    async fn a_name_that_two_have_passes_nothing_on_by_itself(app: App) {
        let world = World::of(&app);
        let mie = &world.mie;
        let finding = world.raise("鍵", "medium").await;
        let terms = mie.officer.get(&format!("{finding}/terms")).await.main_form();
        terms.set_all(&[("owner_name", &mie.officer.name), ("reason", "担当")]).submit().await;
        app.member(mie.id, Role::Officer, Some(mie.division));
        let home = member_of(&mie.administrator, &mie.officer.email).await;
        let page = mie.administrator.get(&format!("{home}/leaving")).await;
        assert!(page.text("main").contains("同じ氏名の利用者がほかにもいる"), "{}", page.text("main"));
        assert!(!page.has("input[name=successor]"));
        assert_eq!(page.main_form().submit().await.status, 303);
        assert!(!app.acts(mie.id).contains(&"finding.handed_over".to_owned()));
    }

    async fn nothing_of_who_left_works_and_it_can_be_opened_again(app: App) {
        let mie = app.principal("三重野県");
        let second = app.member(mie.id, Role::Administrator, None);
        invite(&second, "𠮷田", "y@pref.example", "officer").await;
        let link = app.link_in_last_mail();
        let home = member_of(&mie.administrator, &second.email).await;
        let page = mie.administrator.get(&format!("{home}/leaving")).await;
        assert!(page.text("main").contains("（1件）は取り消されます"), "{}", page.text("main"));
        let late = page.main_form();
        assert_eq!(page.main_form().submit().await.status, 303);
        assert_eq!(late.submit().await.status, 409, "it was done already");
        assert_eq!(app.visitor().get(&link).await.status, 410);
        assert_eq!(second.get("/members").await.status, 303);
        let browser = app.visitor();
        let form = browser.get("/sign-in").await.main_form();
        let refused = form.set("email", &second.email).set("password", PASSWORD).submit().await;
        assert_eq!(refused.status, 422, "member of nothing");
        assert!(!mie.administrator.get("/members").await.body.contains(&second.email));
        let ended = mie.administrator.get("/members?status=ended").await;
        assert!(ended.body.contains(&second.email));
        let again = invite(&mie.administrator, "﨑山", &second.email, "officer").await;
        assert_eq!((again.status, again.wrong_fields()), (422, vec!["email".to_owned()]));
        let shown = mie.administrator.get(&home).await;
        let opened = shown.form("form[action$='/return']").submit().await;
        assert_eq!((opened.status, &*opened.path), (303, &*home));
        assert_eq!(app.acts(mie.id).pop().unwrap(), "member.enabled");
        assert_eq!(app.last_mail("member_enabled").to_address, second.email);
        let twice = shown.form("form[action$='/return']").submit().await;
        assert_eq!(twice.status, 409);
        let form = browser.get("/sign-in").await.main_form();
        let back = form.set("email", &second.email).set("password", PASSWORD).submit().await;
        assert_eq!(back.status, 303);
    }

    async fn two_who_let_each_other_go_leave_one(app: App) {
        let mie = app.principal("三重野県");
        let second = app.member(mie.id, Role::Administrator, None);
        let theirs = member_of(&mie.administrator, &second.email).await;
        let mine = member_of(&mie.administrator, &mie.administrator.email).await;
        let a = mie.administrator.get(&format!("{theirs}/leaving")).await.main_form();
        let b = second.get(&format!("{mine}/leaving")).await.main_form();
        let (a, b) = tokio::join!(a.submit(), b.submit());
        let mut statuses = [a.status, b.status];
        statuses.sort_unstable();
        assert_eq!(statuses[0], 303, "one of them");
        assert!([401, 403, 409].contains(&statuses[1]), "and not the other: {statuses:?}");
        let left = app.acts(mie.id).into_iter().filter(|act| act == "member.disabled").count();
        assert_eq!(left, 1);
    }
}

fn rename(app: &App, email: &str, name: &str) {
    use azukari::database::schema::person as t;
    use diesel::prelude::*;
    diesel::update(t::table.filter(t::email.eq(email)))
        .set(t::name.eq(name))
        .execute(&mut app.connection())
        .unwrap();
}
