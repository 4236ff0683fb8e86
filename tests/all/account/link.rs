//! Links by mail to sign in with: for contractors' people with a second factor, once, for minutes.

use azukari::actor::Role;
use azukari::database::Kind;
use azukari::database::schema::job;
use chrono::Duration;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use crate::app::{App, Page, Person, Principal, both};

/// Asks for a link and lets the portal do what it then does.
async fn ask(app: &App, browser: &Person, email: &str) -> Page {
    let page = browser.get("/sign-in/link").await.main_form().set("email", email).submit().await;
    app.run_jobs();
    page
}

fn sent(app: &App) -> usize {
    app.mails().iter().filter(|mail| mail.kind == "sign_in").count()
}

/// A contractor's representative with an app.
async fn contractor(app: &App) -> (Principal, Person, crate::app::AuthenticatorApp) {
    let mie = app.principal("三重野県");
    let representative = app.joined_contractor(&mie, "髙橋労務").representative;
    let device = representative.set_up_app(&app.clock).await;
    (mie, representative, device)
}

both! {
    async fn a_link_leads_to_the_second_factor_and_counts_once(app: App) {
        let (_, representative, device) = contractor(&app).await;
        let browser = app.visitor();
        let page = browser.get("/sign-in?next=%2Fquestionnaires").await;
        let href = page.attributes("main a.button", "href").into_iter().find(|href| href.starts_with("/sign-in/link")).unwrap();
        let page = browser.get(&href).await.main_form().set("email", &representative.email.to_uppercase()).submit().await;
        assert_eq!((page.status, &*page.path), (303, "/sign-in/link"));
        app.run_jobs();
        let mail = app.last_mail("sign_in");
        assert_eq!((&*mail.to_address, sent(&app)), (&*representative.email, 1));
        let link = app.link_in_last_mail();
        for _ in 0..3 {
            let page = app.visitor().get(&link).await;
            assert_eq!((page.status, page.title()), (200, "サインインの続き".to_owned()), "what opens links uses nothing up");
        }
        let page = browser.get(&link).await.main_form().submit().await;
        assert_eq!((page.status, &*page.path), (303, "/sign-in/second"));
        assert_eq!(browser.get("/questionnaires").await.status, 303, "not yet");
        let page = page.form("form[action='/sign-in/second']").set("code", &device.code()).submit().await;
        assert_eq!((page.status, &*page.path), (303, "/questionnaires"), "{}", page.text("main"));
        assert!(browser.get("/account/sessions").await.text("tbody").contains("メールのリンク"));
        let again = app.visitor().get(&link).await;
        assert_eq!(again.status, 410);
        assert!(again.text("main").contains("すでに使われています"), "{}", again.text("main"));
    }

    async fn of_two_at_once_one_comes_in(app: App) {
        let (_, representative, _) = contractor(&app).await;
        ask(&app, &app.visitor(), &representative.email).await;
        let link = app.link_in_last_mail();
        let (a, b) = (app.visitor(), app.visitor());
        let (a, b) = (a.get(&link).await.main_form(), b.get(&link).await.main_form());
        let (a, b) = tokio::join!(a.submit(), b.submit());
        let mut answers = [a.status, b.status];
        answers.sort_unstable();
        assert_eq!(answers, [303, 410]);
    }

    async fn who_gets_none_is_not_told_apart(app: App) {
        let (mie, representative, _) = contractor(&app).await;
        mie.officer.set_up_app(&app.clock).await;
        let without = app.joined_contractor(&mie, "鈴木印刷").representative;
        let both = app.joined_contractor(&mie, "佐藤運輸").representative;
        both.set_up_app(&app.clock).await;
        app.join(&both, mie.id, Role::Officer);
        let mut answers = Vec::new();
        for email in ["nobody@pref.example", &*mie.officer.email, &*without.email, &*both.email] {
            answers.push(ask(&app, &app.visitor(), email).await);
            assert_eq!(sent(&app), 0, "{email}");
        }
        let (known, work) = app.statements(ask_only(&app.visitor(), &representative.email)).await;
        let (unknown, none) = app.statements(ask_only(&app.visitor(), "no.one@pref.example")).await;
        assert_eq!(work, none, "the same statements");
        answers.push(unknown);
        for answer in answers {
            assert_eq!((answer.status, &*answer.path), (known.status, &*known.path));
            assert_eq!(answer.comparable(), known.comparable());
        }
        app.run_jobs();
        assert_eq!(sent(&app), 1);
        let jobs: Vec<String> = job::table.filter(job::kind.eq("account.link")).select(job::payload).load(&mut app.connection()).unwrap();
        assert!(jobs.len() == 6 && jobs.iter().all(|payload| !payload.contains('@')), "{jobs:?}");
    }

    async fn a_link_is_worth_nothing_after_a_quarter_of_an_hour(app: App) {
        let (_, representative, device) = contractor(&app).await;
        ask(&app, &app.visitor(), &representative.email).await;
        let link = app.link_in_last_mail();
        app.clock.advance(Duration::seconds(899));
        let page = app.visitor().get(&link).await;
        assert_eq!(page.status, 200);
        app.clock.advance(Duration::seconds(1));
        assert_eq!(app.visitor().get(&link).await.status, 410);
        let late = page.main_form().submit().await;
        assert_eq!(late.status, 410);
        assert_eq!(app.visitor().get("/sign-in/link/forged").await.status, 410);
        // Whoever asks for another takes the first one away from nobody; using one uses up all.
        ask(&app, &app.visitor(), &representative.email).await;
        let first = app.link_in_last_mail();
        ask(&app, &app.visitor(), &representative.email).await;
        let second = app.link_in_last_mail();
        assert_ne!(first, second);
        let browser = app.visitor();
        let page = browser.get(&first).await.main_form().submit().await;
        page.form("form[action='/sign-in/second']").set("code", &device.code()).submit().await;
        assert_eq!(app.visitor().get(&second).await.status, 410);
        assert!(app.refusals().iter().any(|(_, _, reason)| reason == "link"), "{:?}", app.refusals());
    }

    async fn who_has_left_or_has_no_factor_any_more_comes_in_no_more(app: App) {
        let (_, representative, _) = contractor(&app).await;
        ask(&app, &app.visitor(), &representative.email).await;
        let page = app.visitor().get(&app.link_in_last_mail()).await;
        app.connection().batch_execute("DELETE FROM totp").unwrap();
        assert_eq!(page.main_form().submit().await.status, 410);
    }

    async fn asking_is_counted(app: App) {
        let (_, representative, _) = contractor(&app).await;
        for _ in 0..4 {
            assert_eq!(ask(&app, &app.visitor(), &representative.email).await.status, 303);
        }
        assert_eq!(ask(&app, &app.visitor(), &representative.email).await.status, 429);
        assert_eq!(sent(&app), 4);
        let page = app.visitor().get("/sign-in").await;
        let page = page.main_form().set("email", &representative.email).set("password", crate::app::PASSWORD).submit().await;
        assert_eq!(page.path, "/sign-in/second", "other ways aren't held up");
        let wrong = ask(&app, &app.visitor(), "x").await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["email".to_owned()]));
    }
}

async fn ask_only(browser: &Person, email: &str) -> Page {
    browser.get("/sign-in/link").await.main_form().set("email", email).submit().await
}

async fn words_in(language: &str) {
    let app = App::spawn(Kind::Sqlite);
    let (_, representative, device) = contractor(&app).await;
    let sql = format!("UPDATE person SET language = '{language}'");
    app.connection().batch_execute(&sql).unwrap();
    ask(&app, &app.visitor(), &representative.email).await;
    app.keep_mail("sign_in", language);
    let browser = app.visitor();
    browser.sign_in_with(&representative.email, crate::app::PASSWORD, &device).await;
    app.keep_mail("new_device", language);
}

#[tokio::test]
async fn the_words_of_the_mails_in_japanese() {
    words_in("ja").await;
}

#[tokio::test]
async fn the_words_of_the_mails_in_english() {
    words_in("en").await;
}
