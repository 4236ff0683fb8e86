use azukari::account;
use azukari::actor::Role;
use azukari::database::Kind;

use super::member_of;
use crate::app::{App, PASSWORD, both};

both! {
    async fn lost_factors_are_taken_away_and_all_sessions_end(app: App) {
        let mie = app.principal("三重野県");
        mie.officer.set_up_app(&app.clock).await;
        let home = member_of(&mie.administrator, &mie.officer.email).await;
        let page = mie.administrator.get(&home).await;
        assert!(page.text("main").contains("設定済み"));
        let done = page.form("form[action$='/factor-reset']").submit().await;
        assert_eq!((done.status, &*done.path), (303, &*home), "{}", done.body);
        assert!(done.text("main").contains("未設定"));
        assert_eq!(app.acts(mie.id).pop().unwrap(), "factor.reset");
        assert_eq!(app.last_mail("factors_reset").to_address, mie.officer.email);
        assert_eq!(mie.officer.get("/entrustments").await.path, "/sign-in?next=%2Fentrustments");
        let browser = app.visitor();
        let form = browser.get("/sign-in").await.main_form();
        form.set("email", &mie.officer.email).set("password", PASSWORD).submit().await;
        assert_eq!(browser.get("/entrustments").await.path, "/account/second-factor");
    }

    async fn who_belongs_elsewhere_too_is_the_operators_to_reset(app: App) {
        let (mie, town) = (app.principal("三重野県"), app.principal("津島町"));
        mie.officer.set_up_app(&app.clock).await;
        let home = member_of(&mie.administrator, &mie.officer.email).await;
        let open = mie.administrator.get(&home).await.form("form[action$='/factor-reset']");
        app.join(&mie.officer, town.id, Role::Auditor);
        let refused = open.submit().await;
        assert_eq!(refused.status, 403);
        assert!(refused.body.contains("運用者"), "{}", refused.text("main"));
        let page = mie.administrator.get(&home).await;
        assert!(!page.has("form[action$='/factor-reset']"));
        assert!(page.body.contains("ほかの組織でも利用しているため"));
        assert_eq!(mie.officer.get("/account").await.status, 200, "nothing happened");
        let email = mie.officer.email.clone();
        app.as_operator(|tx, ctx| account::reset_factors(tx, &ctx.portal.settings, &email));
        for tenant in [mie.id, town.id] {
            assert_eq!(app.acts(tenant).pop().unwrap(), "factor.reset");
        }
        assert_eq!(mie.officer.get("/account").await.path, "/sign-in?next=%2Faccount");
        assert!(mie.administrator.get(&home).await.text("main").contains("未設定"));
    }
}

#[tokio::test]
async fn resetting_asks_for_a_fresh_proof() {
    let app = App::spawn(Kind::Sqlite);
    let mie = app.principal("三重野県");
    mie.officer.set_up_app(&app.clock).await;
    let administrator = app.visitor();
    let form = administrator.get("/sign-in").await.main_form();
    form.set("email", &mie.administrator.email).set("password", PASSWORD).submit().await;
    administrator.set_up_app(&app.clock).await;
    let home = member_of(&administrator, &mie.officer.email).await;
    app.clock.advance(chrono::Duration::hours(1));
    let page = administrator.get(&home).await;
    let asked = page.form("form[action$='/factor-reset']").submit().await;
    assert_eq!(asked.status, 200);
    assert!(asked.has("input[name=proof], input[name=code]"), "{}", asked.text("main"));
    assert!(!app.acts(mie.id).contains(&"factor.reset".to_owned()));
}
