//! Where one is signed in, how long, and what becomes of a form that comes too late.

use azukari::database::schema::{access_rules, carried_form, person, session};
use chrono::Duration;
use diesel::prelude::*;
use reqwest::Method;

use crate::app::{App, AuthenticatorApp, PASSWORD, Page, Person, Principal, both};

/// Gives an organisation limits of its own.
fn limits(app: &App, of: &Principal, idle_minutes: i32, session_hours: i32) {
    use access_rules as t;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(of.id),
            t::idle_minutes.eq(idle_minutes),
            t::session_hours.eq(session_hours),
            t::invitation_days.eq(14),
            t::handler_second_factor.eq(true),
            t::four_eyes.eq("[]"),
            t::version.eq(1),
        ))
        .execute(&mut app.connection())
        .unwrap();
}

/// Says that a person is there still, as the script of every page does.
async fn keep(person: &Person) -> u16 {
    let page = person.get("/help").await;
    let token = page.attributes("az-session input[name=csrf]", "value");
    person.post("/session/keep", &[("csrf", token.first().map_or("", |token| token))]).await.status
}

async fn sign_in(page: Page, email: &str, device: &AuthenticatorApp) -> Page {
    let page = page.main_form().set("email", email).set("password", PASSWORD).submit().await;
    assert_eq!((page.status, &*page.path), (303, "/sign-in/second"), "{}", page.text("main"));
    page.form("form[action='/sign-in/second']").set("code", &device.code()).submit().await
}

/// A contractor's form, filled in by somebody whose session then runs out, and sent.
async fn too_late(app: &App, officer: &Person) -> Page {
    let form = officer.get("/contractors/new").await.main_form().set_all(&[
        ("kind", "company"),
        ("name", "髙橋\"<労務>"),
        ("address", "津島市"),
        ("note", "一行目\n二行目"),
        ("person_in_charge", "髙橋"),
        ("email", "t@sr.example"),
        ("phone", "1"),
    ]);
    app.clock.advance(Duration::hours(3));
    form.submit().await
}

both! {
    async fn one_sees_where_one_is_signed_in_and_ends_what_one_does_not_know(app: App) {
        let mie = app.principal("三重野県");
        let officer = &mie.officer;
        let device = officer.set_up_app(&app.clock).await;
        let alone = officer.get("/account/sessions").await;
        assert_eq!(alone.texts("tbody tr").len(), 1);
        assert!(alone.text("main").contains("この端末だけ"), "{}", alone.text("main"));
        assert!(officer.get("/account").await.has("a[href='/account/sessions']"));
        let other = app.visitor();
        other.sign_in_with(&officer.email, PASSWORD, &device).await;
        assert_eq!(other.get("/entrustments").await.status, 200);

        let page = officer.get("/account/sessions").await;
        let rows = page.texts("tbody tr");
        assert_eq!(rows.len(), 2, "{rows:?}");
        assert!(rows[1].contains("この端末") && !rows[0].contains("この端末"), "the one used last is first: {rows:?}");
        assert!(rows[0].contains("127.0.0.1") && rows[0].contains("パスワード") && rows[0].contains("三重野県"), "{rows:?}");
        assert_eq!(page.texts("tbody form").len(), 1, "the own one is ended by signing out");
        let gone = page.form("tbody form").submit().await;
        assert_eq!((gone.status, &*gone.path), (303, "/account/sessions"));
        assert!(gone.text(".banner").contains("終了しました"));
        assert_eq!(other.get("/entrustments").await.status, 303, "on the next request");
        assert_eq!(app.acts(mie.id).pop().unwrap(), "session.ended");
        assert_eq!(officer.get("/account/sessions").await.texts("tbody tr").len(), 1);
    }

    async fn all_others_are_ended_at_once_and_nobody_elses(app: App) {
        let mie = app.principal("三重野県");
        let device = mie.officer.set_up_app(&app.clock).await;
        let mut others = Vec::new();
        for _ in 0..3 {
            let other = app.visitor();
            other.sign_in_with(&mie.officer.email, PASSWORD, &device).await;
            app.clock.advance(Duration::seconds(30));
            others.push(other);
        }
        let page = mie.officer.get("/account/sessions").await;
        assert_eq!(page.texts("tbody tr").len(), 4);
        let done = page.form("form[action='/account/sessions/end']").submit().await;
        assert_eq!(done.texts("tbody tr").len(), 1, "{}", done.text("main"));
        for other in &others {
            assert_eq!(other.get("/entrustments").await.status, 303);
        }
        assert_eq!(mie.approver.get("/entrustments").await.status, 200);
        let entry = app.ledger(mie.id).pop().unwrap();
        assert_eq!((&*entry.act, &entry.details.0["sessions"]), ("session.ended", &serde_json::json!(3)));
    }

    async fn the_session_of_somebody_else_is_not_there(app: App) {
        let mie = app.principal("三重野県");
        let token = mie.officer.get("/account/sessions").await.attributes("input[name=csrf]", "value").remove(0);
        let theirs: Vec<String> = session::table
            .inner_join(person::table)
            .filter(person::email.ne(&mie.officer.email))
            .select(session::id)
            .load(&mut app.connection())
            .unwrap();
        assert_eq!(theirs.len(), 3);
        let end = async |id: &str| {
            let page = mie.officer.post(&format!("/account/sessions/{id}/end"), &[("csrf", &token)]).await;
            (page.status, page.comparable().replace(id, "ID"))
        };
        let absent = end("0190b5a0-0000-7000-8000-000000000000").await;
        assert_eq!(absent.0, 404);
        for id in &theirs {
            assert_eq!(end(id).await, absent);
        }
        assert_eq!(mie.approver.get("/entrustments").await.status, 200);
    }

    async fn an_organisation_says_how_long_a_session_lasts(app: App) {
        let mie = app.principal("三重野県");
        limits(&app, &mie, 10, 1);
        let (officer, idle) = (&mie.officer, &mie.auditor);
        let device = officer.set_up_app(&app.clock).await;
        let page = officer.get("/entrustments").await;
        let figure = |page: &Page, name: &str| page.attributes("az-session", name).remove(0).parse::<i64>().unwrap();
        assert_eq!((figure(&page, "data-unused"), figure(&page, "data-warning")), (600, 150));
        for _ in 0..6 {
            app.clock.advance(Duration::minutes(9));
            assert_eq!(officer.get("/entrustments").await.status, 200);
        }
        let page = officer.get("/entrustments").await;
        let (left, rest) = (figure(&page, "data-idle"), figure(&page, "data-rest"));
        assert!(left == rest && rest <= 360, "the end comes before the pause would: {left} {rest}");
        assert_eq!(idle.get("/entrustments").await.status, 303, "ten minutes unused");
        app.clock.advance(Duration::minutes(6));
        assert_eq!(officer.get("/entrustments").await.status, 303, "after an hour, used or not");
        let browser = app.visitor();
        let page = browser.get("/sign-in").await;
        sign_in(page, &officer.email, &device).await;
        app.clock.advance(Duration::seconds(599));
        assert_eq!(browser.get("/entrustments").await.status, 200);
        app.clock.advance(Duration::seconds(600));
        assert_eq!(browser.get("/entrustments").await.status, 303, "to the second");
        app.clock.advance(-Duration::minutes(20));
        assert_eq!(browser.get("/entrustments").await.status, 303, "a clock that is set back brings nothing back");
    }

    async fn who_says_to_be_there_stays_signed_in_but_not_for_ever(app: App) {
        let mie = app.principal("三重野県");
        limits(&app, &mie, 10, 1);
        // Opens a session under these limits.
        mie.officer.set_up_app(&app.clock).await;
        for _ in 0..6 {
            app.clock.advance(Duration::minutes(9));
            assert_eq!(keep(&mie.officer).await, 204);
        }
        app.clock.advance(Duration::minutes(6));
        assert_eq!(keep(&mie.officer).await, 401);
        assert_eq!(app.visitor().get("/sign-in").await.attributes("az-session", "data-idle").len(), 0);
    }

    async fn what_was_typed_waits_for_its_writer(app: App) {
        let mie = app.principal("三重野県");
        let officer = &mie.officer;
        let device = officer.set_up_app(&app.clock).await;
        let late = too_late(&app, officer).await;
        assert_eq!(late.status, 303);
        assert!(late.path.starts_with("/sign-in?next=/kept-forms/"), "{}", late.path);
        assert!(late.text(".banner").contains("入力した内容は残っています"), "{}", late.text("main"));
        assert!(!late.body.contains("津島市"), "nothing is shown before the person is known");
        let sealed: String = carried_form::table.select(carried_form::sealed).first(&mut app.connection()).unwrap();
        assert!(!sealed.contains("sr.example"));
        let path = late.path.rsplit('=').next().unwrap().to_owned();
        assert_eq!(mie.approver.get(&path).await.status, 303, "time is over for everybody");
        let other = mie.administrator.clone();
        let colleague = other.set_up_app_again(&app).await;

        let page = sign_in(late, &officer.email, &device).await;
        assert_eq!((page.status, &*page.path), (303, &*path), "{}", page.text("main"));
        assert_eq!(page.title(), "入力した内容の再送");
        let shown = page.text("main");
        assert!(shown.contains("髙橋\"<労務>") && shown.contains("津島市") && shown.contains("二行目"), "{shown}");
        let (foreign, absent) = (colleague.get(&path).await, colleague.get("/kept-forms/0190b5a0-0000-7000-8000-000000000000").await);
        assert_eq!((foreign.status, absent.status), (404, 404), "nobody else's");
        let id = path.rsplit('/').next().unwrap();
        assert_eq!(foreign.comparable().replace(id, "0190b5a0-0000-7000-8000-000000000000"), absent.comparable());
        let sent = page.form("#kept-form").submit().await;
        assert!(sent.status == 303 && sent.path.starts_with("/contractors/"), "{} {}", sent.status, sent.path);
        assert!(sent.text("main").contains("髙橋\"<労務>"));
        assert_eq!(app.acts(mie.id).pop().unwrap(), "contractor.registered");
        app.clock.advance(Duration::minutes(110));
        assert_eq!(officer.get(&path).await.status, 200);
        app.clock.advance(Duration::minutes(11));
        assert_eq!(officer.get(&path).await.status, 404, "two hours are over");
    }

    async fn what_was_typed_can_be_discarded(app: App) {
        let officer = app.principal("三重野県").officer;
        let device = officer.set_up_app(&app.clock).await;
        let late = too_late(&app, &officer).await;
        let page = sign_in(late, &officer.email, &device).await;
        let gone = page.form("form[action$=removal]").submit().await;
        assert!(gone.text(".banner").contains("破棄しました"));
        assert_eq!(officer.get(&page.path).await.status, 404);
        let left: i64 = carried_form::table.count().get_result(&mut app.connection()).unwrap();
        assert_eq!(left, 0);
    }

    async fn only_a_form_of_a_session_that_ran_out_is_kept(app: App) {
        let mie = app.principal("三重野県");
        let form = |page: &Page| page.main_form().set("name", "偽造");
        let kept = || -> i64 { carried_form::table.count().get_result(&mut app.connection()).unwrap() };
        // Signed out, and ended from elsewhere: the session's own form is worth nothing.
        let page = mie.officer.get("/contractors/new").await;
        let cookies = mie.officer.cookies();
        mie.officer.get("/contractors").await.form("form[action='/sign-out']").submit().await;
        for cookie in cookies.split("; ") {
            mie.officer.keep_cookie(cookie);
        }
        assert_eq!(form(&page).submit().await.status, 401);
        // Another's token, none, a foreign origin, a script's request.
        let theirs = mie.administrator.get("/contractors/new").await;
        app.clock.advance(Duration::hours(3));
        let token = theirs.main_form().value("csrf").to_owned();
        assert_eq!(mie.approver.post("/contractors", &[("csrf", &token), ("name", "x")]).await.status, 401);
        assert_eq!(mie.administrator.post("/contractors", &[("name", "x")]).await.status, 401);
        assert_eq!(app.visitor().post("/contractors", &[("csrf", &token), ("name", "x")]).await.status, 401);
        let foreign = mie.administrator.request(Method::POST, "/contractors")
            .header("origin", "https://evil.example").header("content-type", "application/x-www-form-urlencoded")
            .body(format!("csrf={token}&name=x"));
        assert_eq!(mie.administrator.send(foreign).await.status, 403);
        let script = mie.administrator.request(Method::POST, "/contractors")
            .header("sec-fetch-site", "same-origin").header("accept", "application/json")
            .header("content-type", "application/x-www-form-urlencoded").body(format!("csrf={token}&name=x"));
        assert_eq!(mie.administrator.send(script).await.status, 401);
        assert_eq!(kept(), 0);
        assert_eq!(mie.administrator.post("/contractors", &[("csrf", &token), ("name", "x")]).await.status, 303);
        assert_eq!(kept(), 1, "the own one is");
        // A week later it isn't any more; secrets never are.
        assert_eq!(mie.administrator.post("/account/password", &[("csrf", &token), ("password", "x")]).await.status, 401);
        app.clock.advance(Duration::days(8));
        assert_eq!(mie.administrator.post("/contractors", &[("csrf", &token), ("name", "x")]).await.status, 401);
    }

    async fn a_form_with_a_file_is_kept_without_it(app: App) {
        let mie = app.principal("三重野県");
        let device = mie.officer.set_up_app(&app.clock).await;
        let page = mie.officer.get("/imports/contractors").await;
        let form = page.form("main form[enctype]").adding("note", "覚書").file("file", "a.csv", b"secret,rows");
        app.clock.advance(Duration::hours(3));
        let late = form.submit().await;
        assert_eq!(late.status, 303, "{}", late.text("main"));
        let page = sign_in(late, &mie.officer.email, &device).await;
        assert!(page.text("main").contains("ファイルは残っていません"), "{}", page.text("main"));
        assert!(page.text("main").contains("覚書") && !page.body.contains("secret,rows"));
        assert_eq!(page.attributes("#kept-form", "enctype"), ["multipart/form-data"]);
    }
}

impl Person {
    /// The same person signed in anew after everything ran out.
    async fn set_up_app_again(&self, app: &App) -> Self {
        let page = self.get("/sign-in").await;
        page.main_form().set("email", &self.email).set("password", PASSWORD).submit().await;
        self.set_up_app(&app.clock).await;
        self.clone()
    }
}
