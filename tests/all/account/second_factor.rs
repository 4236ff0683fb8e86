//! Second factors: set up, asked for, replaced, and never gone by accident.

use crate::app::{App, AuthenticatorApp, PASSWORD, Page, Person, both};

async fn by_password(person: &Person, email: &str) -> Page {
    let page = person.get("/sign-in?next=%2Fentrustments").await;
    page.main_form().set("email", email).set("password", PASSWORD).submit().await
}

async fn second(page: &Page, code: &str) -> Page {
    page.form("form[action='/sign-in/second']").set("code", code).submit().await
}

/// An officer with an app, and a browser that isn't signed in.
async fn with_app(app: &App) -> (Person, AuthenticatorApp, Person) {
    let officer = app.principal("三重野県").officer;
    let device = officer.set_up_app(&app.clock).await;
    (officer, device, app.visitor())
}

both! {
    async fn who_has_none_comes_no_further_than_setting_one_up(app: App) {
        let officer = app.principal("三重野県").officer;
        let browser = app.visitor();
        let page = by_password(&browser, &officer.email).await;
        assert_eq!((page.status, &*page.path), (303, "/entrustments"));
        let held = browser.get("/entrustments").await;
        assert_eq!((held.status, &*held.path), (303, "/account/second-factor"));
        let held = browser.get("/account/second-factor").await;
        assert!(held.text("main").contains("利用を始める前に"), "{}", held.text("main"));
        let posted = browser.post("/contractors", &[]).await;
        assert_eq!(posted.status, 403);
        assert!(posted.text("main").contains("二つ目の認証を登録してください"));
        let device = browser.set_up_app(&app.clock).await;
        assert_eq!(device.recovery.len(), 10);
        assert_eq!(browser.get("/entrustments").await.status, 200);
    }

    async fn a_code_is_asked_for_after_the_password_and_counts_once(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        let page = by_password(&browser, &officer.email).await;
        assert_eq!((page.status, &*page.path), (303, "/sign-in/second"));
        assert_eq!(browser.get("/entrustments").await.path, "/sign-in?next=%2Fentrustments");
        let code = device.code();
        let wrong = second(&page, "000000").await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["code".to_owned()]));
        assert!(!wrong.body.contains("000000"), "a code is never sent back");
        let full_width: String = code.chars().map(|c| char::from_u32(u32::from(c) + 0xFEE0).unwrap()).collect();
        let page = second(&page, &full_width).await;
        assert_eq!((page.status, &*page.path), (303, "/entrustments"), "{}", page.text("main"));
        let other = app.visitor();
        let replay = second(&by_password(&other, &officer.email).await, &code).await;
        assert_eq!(replay.status, 422, "the same code again");
        app.clock.advance(chrono::Duration::seconds(30));
        let next = second(&by_password(&other, &officer.email).await, &device.code()).await;
        assert_eq!(next.status, 303);
    }

    async fn a_recovery_code_stands_in_once_and_is_told_of(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        let code = &device.recovery[3];
        let page = second(&by_password(&browser, &officer.email).await, &code.to_uppercase()).await;
        assert_eq!((page.status, &*page.path), (303, "/entrustments"), "{}", page.text("main"));
        assert_eq!(app.last_mail("recovery_used").to_address, officer.email);
        assert!(browser.get("/account").await.text("main").contains("残りは9個です"));
        let other = app.visitor();
        let again = second(&by_password(&other, &officer.email).await, code).await;
        assert_eq!(again.status, 422);
    }

    async fn a_sign_in_waits_ten_minutes_for_its_code(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        let page = by_password(&browser, &officer.email).await;
        app.clock.advance(chrono::Duration::minutes(11));
        let late = second(&page, &device.code()).await;
        assert_eq!((late.status, &*late.path), (303, "/sign-in"));
    }

    async fn another_browser_can_not_go_on_with_a_sign_in(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        by_password(&browser, &officer.email).await;
        let thief = app.visitor();
        let page = thief.get("/sign-in/second").await;
        assert_eq!((page.status, &*page.path), (303, "/sign-in"));
        let sent = thief.post("/sign-in/second", &[("code", &device.code())]).await;
        assert!(matches!(sent.status, 303 | 403), "{}", sent.status);
        assert_eq!(thief.get("/entrustments").await.status, 303);
    }

    async fn guessing_codes_is_slowed_down_and_stopped(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        let page = by_password(&browser, &officer.email).await;
        let mut looked_at = 0;
        for guess in 0..40 {
            let answer = second(&page, &format!("{guess:06}")).await;
            match answer.status {
                422 => looked_at += 1,
                429 => break,
                other => panic!("{other}"),
            }
        }
        assert!(looked_at <= 10, "{looked_at} guesses were looked at");
        assert_eq!(second(&page, &device.code()).await.status, 429, "nor is the right one now");
        println!("codes looked at before it was stopped: {looked_at}");
    }

    async fn the_last_factor_of_somebody_who_needs_one_stays(app: App) {
        let (officer, _, _) = with_app(&app).await;
        let page = officer.get("/account").await;
        let kept = page.form("form[action$='/removal']").submit().await;
        assert_eq!(kept.status, 409);
        assert!(kept.text("main").contains("二つ目の認証が一つもなくなる"), "{}", kept.text("main"));
        officer.set_up_app(&app.clock).await;
        let page = officer.get("/account").await;
        assert_eq!(page.form("form[action$='/removal']").submit().await.status, 303);
        assert_eq!(app.last_mail("factor_removed").to_address, officer.email);
    }

    async fn changes_of_factors_are_in_the_ledger_of_each_organisation(app: App) {
        let mie = app.principal("三重野県");
        let other = app.principal("青海市");
        app.join(&mie.officer, other.id, azukari::actor::Role::Officer);
        mie.officer.set_up_app(&app.clock).await;
        mie.officer.set_up_app(&app.clock).await;
        let account = mie.officer.get("/account").await;
        let codes = account.form("form[action='/account/recovery-codes']").submit().await;
        assert_eq!(codes.texts(".codes code").len(), 10);
        let file = codes.form("form[action='/account/recovery-codes/download']").submit().await;
        assert!(file.body.contains(&codes.text(".codes code")), "{}", file.body);
        mie.officer.get("/account").await.form("form[action$='/removal']").submit().await;
        let form = mie.officer.get("/account/password").await.main_form();
        let new = "髙い塔の上にある静かな時計台";
        form.set_all(&[("old_password", PASSWORD), ("password", new), ("password_again", new)]).submit().await;
        for tenant in [mie.id, other.id] {
            let acts = app.acts(tenant);
            let acts: Vec<_> =
                acts.iter().filter(|a| a.starts_with("factor.") || a.starts_with("password.")).collect();
            let expected =
                ["factor.added", "factor.added", "factor.recovery_renewed", "factor.removed", "password.changed"];
            assert_eq!(acts, expected);
        }
    }

    async fn a_new_password_ends_the_other_sessions(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        let page = browser.sign_in_with(&officer.email, PASSWORD, &device).await;
        assert_eq!(page.status, 303, "{}", page.text("main"));
        let new = "髙い塔の上にある静かな時計台";
        let form = browser.get("/account/password").await.main_form();
        let fields = [("old_password", PASSWORD), ("password", new), ("password_again", new)];
        let changed = form.set_all(&fields).submit().await;
        assert_eq!((changed.status, &*changed.path), (303, "/account"), "{}", changed.text("main"));
        assert_eq!(browser.get("/account").await.status, 200);
        assert_eq!(officer.get("/account").await.status, 303);
        assert_eq!(app.last_mail("password_changed").to_address, officer.email);
        app.clock.advance(chrono::Duration::seconds(30));
        let fresh = app.visitor().sign_in_with(&officer.email, new, &device).await;
        assert_eq!(fresh.status, 303);
    }

    async fn common_passwords_and_those_made_of_ones_name_are_refused(app: App) {
        let (officer, _, _) = with_app(&app).await;
        for password in ["password123456", "123456789012", "officer-pref-2026", "預かり預かり預かり預かり"] {
            let form = officer.get("/account/password").await.main_form();
            let fields = [("old_password", PASSWORD), ("password", password), ("password_again", password)];
            let page = form.set_all(&fields).submit().await;
            assert_eq!((page.status, page.wrong_fields()), (422, vec!["password".to_owned()]), "{password}");
        }
    }

    async fn what_can_not_be_undone_asks_for_a_fresh_proof_and_keeps_what_was_typed(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        browser.sign_in_with(&officer.email, PASSWORD, &device).await;
        let new = "髙い塔の上にある静かな時計台";
        let form = browser.get("/account/password").await.main_form();
        app.clock.advance(chrono::Duration::minutes(16));
        let fields = [("old_password", PASSWORD), ("password", new), ("password_again", new)];
        let asked = form.set_all(&fields).submit().await;
        assert_eq!((asked.status, asked.title()), (200, "本人の再確認".to_owned()), "{}", asked.text("main"));
        let wrong = asked.form("form[action='/step-up']").set("proof", "000000").submit().await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["proof".to_owned()]));
        let done = wrong.form("form[action='/step-up']").set("proof", &device.code()).submit().await;
        assert_eq!(done.status, 200, "{}", done.text("main"));
        let changed = done.form("form[action='/account/password']").submit().await;
        assert_eq!((changed.status, &*changed.path), (303, "/account"), "{}", changed.text("main"));
    }

    async fn handing_out_everything_asks_for_a_fresh_proof(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        browser.sign_in_with(&officer.email, PASSWORD, &device).await;
        app.clock.advance(chrono::Duration::minutes(16));
        let asked = browser.get("/contractors.csv").await;
        assert_eq!((asked.status, &*asked.path), (303, "/step-up?next=%2Fcontractors.csv"));
        let asked = browser.get("/step-up?next=%2Fcontractors.csv").await;
        let done = asked.form("form[action='/step-up']").set("proof", &device.code()).submit().await;
        assert_eq!((done.status, &*done.path), (303, "/contractors.csv"));
        assert_eq!(browser.get("/contractors.csv").await.status, 200);
    }

    async fn the_session_gets_a_new_name_with_each_proof(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        browser.sign_in_with(&officer.email, PASSWORD, &device).await;
        let stolen = app.visitor();
        for cookie in browser.cookies().split("; ") {
            stolen.keep_cookie(cookie);
        }
        assert_eq!(stolen.get("/account").await.status, 200);
        app.clock.advance(chrono::Duration::minutes(16));
        let asked = browser.get("/step-up?next=%2Fcontractors.csv").await;
        asked.form("form[action='/step-up']").set("proof", &device.code()).submit().await;
        assert_eq!(stolen.get("/account").await.status, 303, "the old name is over");
        assert_eq!(browser.get("/account").await.status, 200);
    }

    async fn a_form_that_is_open_in_another_tab_is_still_good_after_a_fresh_proof(app: App) {
        let (officer, device, browser) = with_app(&app).await;
        browser.sign_in_with(&officer.email, PASSWORD, &device).await;
        let open = browser.get("/account/password").await.main_form();
        let token = open.value("csrf").to_owned();
        app.clock.advance(chrono::Duration::minutes(16));
        let asked = browser.get("/step-up?next=%2Fcontractors.csv").await;
        asked.form("form[action='/step-up']").set("proof", &device.code()).submit().await;
        let new = "髙い塔の上にある静かな時計台";
        let fields = [("old_password", PASSWORD), ("password", new), ("password_again", new)];
        let changed = open.set_all(&fields).submit().await;
        assert_eq!((changed.status, &*changed.path), (303, "/account"), "{}", changed.text("main"));
        // With the sign-in it ends.
        browser.get("/account").await.form("form[action='/sign-out']").submit().await;
        app.clock.advance(chrono::Duration::minutes(1));
        browser.sign_in_with(&officer.email, new, &device).await;
        let refused = browser.post("/session/keep", &[("csrf", &token)]).await;
        assert_eq!(refused.status, 403, "a form of an earlier sign-in");
    }
}
