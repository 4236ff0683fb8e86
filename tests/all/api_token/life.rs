//! What becomes of a token.

use azukari::database::Connection;
use azukari::database::schema::{api_token as t, membership, person};
use chrono::Duration;
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;

use super::{ALL, ask, ask_with, make, paths};
use crate::app::{App, Page, both};

const LIST: &str = "/api/entrustments";

/// What an answer says, but for its date.
fn said(page: &Page) -> (u16, String, String) {
    let challenge = page.headers.get("www-authenticate").map(|value| value.to_str().unwrap());
    (page.status, challenge.unwrap_or_default().to_owned(), page.body.clone())
}

fn everything(app: &App) -> String {
    let mut connection = app.connection();
    let rows: Vec<(String, String, String)> =
        t::table.select((t::name, t::hash, t::hint)).load(&mut connection).unwrap();
    format!("{rows:?}")
}

both! {
    async fn a_token_is_shown_once_and_kept_as_a_hash(app: App) {
        let mie = app.principal("三重野県");
        let token = make(&mie.administrator, ALL, "90").await;
        assert_eq!(token.len(), 76);
        let list = mie.administrator.get("/api-tokens").await;
        assert_eq!(list.texts("tbody th"), [format!("文書管理システム{}…", token.get(..8).unwrap())]);
        assert!(list.body.contains("有効"));
        for secret in [&*token, token.get(4..68).unwrap()] {
            assert!(!list.body.contains(secret));
            assert!(!everything(&app).contains(secret));
            let ledger = app.ledger(mie.id);
            assert!(!ledger.iter().any(|entry| entry.details.0.to_string().contains(secret)));
        }
        assert_eq!(app.acts(mie.id).last().unwrap(), "token.issued");
        let details = &app.ledger(mie.id).pop().unwrap().details.0;
        assert_eq!(details["scopes"], serde_json::json!(ALL));
        assert_eq!(details["expires_on"], "2026-06-30");
    }

    async fn what_is_asked_for_is_checked(app: App) {
        let mie = app.principal("三重野県");
        let open = async || mie.administrator.get("/api-tokens/new").await.main_form();
        let page = open().await.set("days", "366").submit().await;
        assert_eq!((page.status, page.wrong_fields()), (422, vec!["name".into(), "scopes".into(), "days".into()]));
        let page = open().await.set("name", "x").check("scopes", "read_everything").set("days", "0").submit().await;
        assert_eq!((page.status, page.wrong_fields()), (422, vec!["scopes".into(), "days".into()]));
        for other in [&mie.officer, &mie.approver, &mie.auditor] {
            assert_eq!(other.get("/api-tokens").await.status, 403);
            assert_eq!(other.post("/api-tokens", &[]).await.status, 403);
        }
        assert!(!app.acts(mie.id).contains(&"token.issued".to_owned()));
    }

    async fn tokens_that_do_not_count_answer_alike(app: App) {
        let mie = app.principal("三重野県");
        let sides = app.joined_contractor(&mie, "髙橋");
        let good = make(&mie.administrator, ALL, "365").await;
        let short = make(&mie.administrator, ALL, "1").await;
        let left = make(&sides.representative, ALL, "365").await;
        let revoked = make(&mie.administrator, ALL, "365").await;
        for token in [&good, &short, &left, &revoked] {
            assert_eq!(ask(&app, token, LIST).await.status, 200);
        }
        let list = mie.administrator.get("/api-tokens").await;
        // The newest is on top.
        assert_eq!(list.form("form[action$='/revocation']").submit().await.status, 303);
        assert_eq!(app.acts(mie.id).last().unwrap(), "token.revoked");
        diesel::update(person::table.filter(person::email.eq(&sides.representative.email)))
            .set(person::disabled_at.eq(Some(app.clock.now())))
            .execute(&mut app.connection())
            .unwrap();
        app.clock.advance(Duration::days(1) - Duration::seconds(1));
        assert_eq!(ask(&app, &short, LIST).await.status, 200, "to the second");
        app.clock.advance(Duration::seconds(1));
        let wrong = said(&ask(&app, "nonsense", LIST).await);
        assert_eq!((wrong.0, &*wrong.1), (401, r#"Bearer realm="azukari", error="invalid_token""#));
        assert_eq!(wrong.2, r#"{"error":"有効なAPIトークンが必要です。","number":null}"#);
        for (why, token) in [("expired", &short), ("left", &left), ("revoked", &revoked)] {
            assert_eq!(said(&ask(&app, token, LIST).await), wrong, "{why}");
            assert_eq!(app.refusals().pop().unwrap().2, why);
        }
        assert_eq!(ask(&app, &good, LIST).await.status, 200);
        let none = app.visitor().get(LIST).await;
        assert_eq!(said(&none).1, r#"Bearer realm="azukari""#);
        assert_eq!((none.status, none.body), (401, wrong.2));
        // A clock that is set back brings nothing back.
        app.clock.advance(Duration::days(-1));
        assert_eq!(ask(&app, &short, LIST).await.status, 401);
    }

    async fn a_token_ends_with_the_role_of_who_made_it(app: App) {
        let mie = app.principal("三重野県");
        let token = make(&mie.administrator, ALL, "365").await;
        assert_eq!(ask(&app, &token, LIST).await.status, 200);
        let change = |role: &str| {
            diesel::update(membership::table.filter(membership::tenant_id.eq(mie.id)).filter(
                membership::role.eq(azukari::actor::Role::Administrator),
            ))
            .set(membership::role.eq(role.parse::<azukari::actor::Role>().unwrap()))
            .execute(&mut app.connection())
            .unwrap()
        };
        assert_eq!(change("officer"), 1);
        assert_eq!(ask(&app, &token, LIST).await.status, 401, "on the next request");
    }

    async fn its_use_is_entered_once_a_day(app: App) {
        let mie = app.principal("三重野県");
        let token = make(&mie.administrator, &["read_entrustments"], "90").await;
        let uses = || app.acts(mie.id).iter().filter(|act| *act == "token.used").count();
        for _ in 0..3 {
            assert_eq!(ask(&app, &token, LIST).await.status, 200);
        }
        assert_eq!(uses(), 1);
        app.clock.advance(Duration::hours(14) + Duration::minutes(59));
        assert_eq!(ask(&app, &token, LIST).await.status, 200);
        assert_eq!(uses(), 1, "still the same day in Japan");
        app.clock.advance(Duration::minutes(1));
        let asked = (0..4).map(|_| ask(&app, &token, LIST));
        for answer in futures_util::future::join_all(asked).await {
            assert_eq!(answer.status, 200);
        }
        assert_eq!(uses(), 2);
        let entry = app.ledger(mie.id).pop().unwrap();
        assert_eq!((entry.actor_id, &*entry.actor_name, &*entry.actor_organisation),
            (None, "文書管理システム", "三重野県"));
        azukari::ledger::verify(&mut app.connection(), mie.id).unwrap();
    }

    async fn a_token_opens_what_its_scopes_say_and_nothing_else(app: App) {
        let mie = app.principal("三重野県");
        let narrow = make(&mie.administrator, &["read_records"], "90").await;
        let refused = ask(&app, &narrow, LIST).await;
        assert_eq!(refused.status, 403);
        assert_eq!(said(&refused).1,
            r#"Bearer realm="azukari", error="insufficient_scope", scope="read_entrustments""#);
        assert_eq!(app.refusals().pop().unwrap(),
            ("GET /api/entrustments".into(), LIST.into(), "error-token-scope".into()));
        let token = make(&mie.administrator, ALL, "90").await;
        for route in azukari::server::routes() {
            if route.who().contains(&"token") || route.who().contains(&"public") {
                continue;
            }
            let part = |part: &str| if part.starts_with('{') { "018f0000-0000-7000-8000-000000000001".to_owned() } else { part.to_owned() };
            let path = route.path.split('/').map(part).collect::<Vec<_>>().join("/");
            let program = app.visitor();
            let method = reqwest::Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
            let request = program.request(method, &path).header("authorization", format!("Bearer {token}"));
            let answer = program.send(request.header("sec-fetch-site", "same-origin").body(String::new())).await;
            let wanted = if route.method.as_str() == "GET" { 303 } else { 401 };
            assert_eq!(answer.status, wanted, "{route:?}");
        }
    }

    async fn a_request_is_a_programs_or_a_browsers(app: App) {
        let mie = app.principal("三重野県");
        let token = make(&mie.administrator, ALL, "90").await;
        for path in paths() {
            let answer = mie.administrator.get(&path).await;
            assert_eq!(answer.status, 401, "a session opens nothing: {path}");
            assert!(!answer.headers.contains_key("set-cookie"));
            assert!(!answer.headers.contains_key("access-control-allow-origin"));
        }
        // A colleague's cookie beside the token changes nothing of who asks.
        let request = mie.auditor.request(reqwest::Method::GET, LIST);
        let answer = mie.auditor.send(request.header("authorization", format!("Bearer {token}"))).await;
        assert_eq!(answer.status, 200);
        assert!(!answer.headers.contains_key("set-cookie"));
        for other in [
            format!("bearer  {token}"), format!("Basic {token}"), token.clone(), format!("Bearer {token} x"),
            "Bearer".into(), "Bearer ".into(), String::new(),
        ] {
            assert_eq!(ask_with(&app, &other, LIST).await.status, 401, "{other:?}");
        }
        assert_eq!(ask_with(&app, &format!("bEARER {token}"), LIST).await.status, 200);
        let program = app.visitor();
        let twice = program.request(reqwest::Method::GET, LIST);
        let twice = twice.header("authorization", format!("Bearer {token}")).header("authorization", format!("Bearer {token}"));
        assert_eq!(program.send(twice).await.status, 401, "one header");
        for elsewhere in ["access_token", "token"] {
            assert_eq!(program.get(&format!("{LIST}?{elsewhere}={token}")).await.status, 401);
        }
        program.keep_cookie(&format!("azukari-session={token}"));
        assert_eq!(program.get(LIST).await.status, 401);
        assert_eq!(program.get("/entrustments").await.status, 303);
    }

    async fn another_organisations_tokens_are_as_if_they_were_not_there(app: App) {
        let (mie, town) = (app.principal("三重野県"), app.principal("津島町"));
        let token = make(&mie.administrator, ALL, "90").await;
        let list = mie.administrator.get("/api-tokens").await;
        let action = list.attributes("form[action$='/revocation']", "action").remove(0);
        assert!(!town.administrator.get("/api-tokens").await.has("tbody"));
        let csrf = town.administrator.get("/api-tokens").await.attributes("input[name=csrf]", "value").remove(0);
        let foreign = town.administrator.post(&action, &[("csrf", &csrf)]).await;
        let nowhere = "/api-tokens/018f0000-0000-7000-8000-000000000001/revocation";
        let absent = town.administrator.post(nowhere, &[("csrf", &csrf)]).await;
        assert_eq!((foreign.status, absent.status), (404, 404));
        assert_eq!(foreign.comparable().replace(&action, nowhere), absent.comparable());
        assert_eq!(ask(&app, &token, LIST).await.status, 200);
    }

    async fn the_tables_row_alone_opens_nothing(app: App) {
        let mie = app.principal("三重野県");
        make(&mie.administrator, ALL, "90").await;
        let hash: String = t::table.select(t::hash).first(&mut app.connection()).unwrap();
        for stolen in [hash.clone(), format!("azk_{hash}"), format!("azk_{hash}00000000")] {
            assert_eq!(ask(&app, &stolen, LIST).await.status, 401);
        }
        if let Connection::Postgresql(mut c) = app.connection() {
            c.batch_execute("SELECT set_config('azukari.scope', '', false)").unwrap();
            let seen: i64 = t::table.count().get_result(&mut c).unwrap();
            assert_eq!(seen, 0, "whoever says nothing sees no token");
        }
    }
}
