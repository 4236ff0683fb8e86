//! Forged tokens, of every purpose and at every door: none is accepted (figure 8).
//!
//! Each corpus begins with the genuine token, which counts: what is refused below is refused for what
//! was changed.

use azukari::account::Invite;
use azukari::actor::Role;
use azukari::web::token::{self, Purpose};
use chrono::Duration;
use reqwest::Method;
use reqwest::header::HeaderValue;
use serde_json::json;

use super::corpus::{Forged, PURPOSES, Parts, corpus};
use crate::api_token::{ALL, ask, ask_with, make};
use crate::app::{App, PASSWORD, Person, both};

/// Whoever opens the portal with this session cookie, as far as a header can carry it.
async fn with_cookie(app: &App, name: &str, token: &str, path: &str) -> Option<u16> {
    let value = HeaderValue::from_bytes(format!("{name}={token}").as_bytes()).ok()?;
    let visitor = app.visitor();
    let request = visitor.request(Method::GET, path).header("cookie", value);
    // What is larger than a head may be is refused before it is read.
    let answer = visitor.send(request).await;
    Some(if answer.path.starts_with("/sign-in") { 401 } else { answer.status })
}

fn cookie(person: &Person, name: &str) -> String {
    let cookies = person.cookies();
    let found = cookies.split("; ").find_map(|cookie| cookie.strip_prefix(&format!("{name}=")));
    found.unwrap().to_owned()
}

both! {
    async fn no_forged_token_of_any_purpose_is_accepted(app: App) {
        let now = app.clock.now();
        let mut tried = 0;
        for (purpose, audience) in PURPOSES {
            let subject = "018f0000-0000-7000-8000-00000000000a";
            let expires = now + Duration::minutes(10);
            let genuine = token::issue(&app.portal.secret, purpose, subject, now, expires).unwrap();
            let read = |token: &str, at| token::subject(&app.portal.secret, purpose, token, at);
            assert_eq!(read(&genuine, now).as_deref(), Some(subject), "the genuine one counts");
            assert_eq!(read(&genuine, expires), None, "to the second");
            assert_eq!(read(&genuine, now - Duration::seconds(1)), None, "not before its time");
            for (what, forged) in corpus(&app, &genuine, audience) {
                assert_eq!(read(&forged, now), None, "{audience}: {what}");
                tried += 1;
            }
            for (other, _) in PURPOSES.into_iter().filter(|(other, _)| *other != purpose) {
                assert_eq!(token::subject(&app.portal.secret, other, &genuine, now), None);
            }
        }
        assert!(tried >= 40 * PURPOSES.len());
        println!("figure 8: {tried} forged tokens of {} purposes, 0 accepted", PURPOSES.len());
    }

    async fn no_forged_session_opens_a_page(app: App) {
        let mie = app.principal("三重野県");
        let genuine = cookie(&mie.officer, "azukari-session");
        let door = "/contractors/new";
        assert_eq!(with_cookie(&app, "azukari-session", &genuine, door).await, Some(200));
        let (mut tried, mut unsendable) = (0, 0);
        for (what, forged) in corpus(&app, &genuine, "azukari:session") {
            // A header's value carries these as the same token again.
            if ["white space before", "white space behind", "quoted", "percent"].contains(&&*what) {
                continue;
            }
            match with_cookie(&app, "azukari-session", &forged, door).await {
                Some(status) => assert!([400, 401, 431].contains(&status), "{what}: {status}"),
                None => unsendable += 1,
            }
            tried += 1;
        }
        println!("figure 8: {tried} forged sessions, {unsendable} of them in no header, 0 accepted");

        // Genuine tokens, whose row decides.
        let now = app.clock.now();
        let id = azukari::actor::SessionId::new(now);
        let expires = now + Duration::hours(1);
        let rowless = token::issue(&app.portal.secret, Purpose::Session, id.as_str(), now, expires).unwrap();
        assert_eq!(with_cookie(&app, "azukari-session", &rowless, door).await, Some(401), "no such row");
        let person = mie.officer.email.clone();
        let disable = |at: Option<chrono::NaiveDateTime>| {
            use azukari::database::schema::person as t;
            use diesel::prelude::*;
            diesel::update(t::table.filter(t::email.eq(&person))).set(t::disabled_at.eq(at))
                .execute(&mut app.connection()).unwrap();
        };
        disable(Some(now));
        assert_eq!(with_cookie(&app, "azukari-session", &genuine, door).await, Some(401), "figure 10: disabled");
        disable(None);
        assert_eq!(with_cookie(&app, "azukari-session", &genuine, door).await, Some(200));
        mie.officer.get("/").await.form("form[action='/sign-out']").submit().await;
        assert_eq!(with_cookie(&app, "azukari-session", &genuine, door).await, Some(401), "figure 10: signed out");
        let idle = cookie(&mie.approver, "azukari-session");
        app.clock.advance(Duration::hours(3));
        assert_eq!(with_cookie(&app, "azukari-session", &idle, "/").await, Some(401), "idle");
        app.clock.advance(Duration::hours(-3));
        assert_eq!(with_cookie(&app, "azukari-session", &idle, "/").await, Some(401), "for good");
    }

    async fn no_forged_invitation_is_followed(app: App) {
        let (mie, town) = (app.principal("三重野県"), app.principal("津島町"));
        let invite = |email: &str| app.as_operator(|tx, ctx| azukari::account::invite(tx, &ctx.portal, &Invite {
            tenant_id: mie.id, organisation_name: "三重野県".into(), email: email.into(), name: "𠮷田".into(),
            role: Role::Officer, division_id: None, contractor_id: None,
        }));
        let token = |link: String| link.rsplit('/').next().unwrap().to_owned();
        let genuine = token(invite("a@pref.example"));
        let open = async |token: &str| {
            let path: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
            app.visitor().get(&format!("/invitation/{}", path.replace('+', "%20"))).await
        };
        assert_eq!(open(&genuine).await.status, 200);
        let mut tried = 0;
        for (what, forged) in corpus(&app, &genuine, "azukari:invitation") {
            // Dots alone are a path of their own, and what is larger than a head is refused before.
            if forged.len() > 30_000 || [".", ".."].contains(&&*forged) {
                continue;
            }
            let status = open(&forged).await.status;
            assert!([400, 404, 405, 410].contains(&status), "{what}: {status}");
            tried += 1;
        }
        println!("figure 8: {tried} forged invitations, 0 followed");

        let parts = Parts::of(&app, &genuine, "azukari:invitation");
        let (_, id) = parts.claims["sub"].as_str().unwrap().split_once('/').unwrap();
        let absent = "018f0000-0000-7000-8000-000000000001";
        for subject in [format!("{}/{id}", town.id), format!("{}/{absent}", mie.id), id.to_owned(), format!("{}/{id}/x", mie.id), "/".into()] {
            let other = parts.claim("sub", json!(subject)).signed();
            assert_eq!(open(&other).await.status, 410, "{subject}: the row decides");
        }
        let again = token(invite("a@pref.example"));
        assert_eq!(open(&genuine).await.status, 410, "taken back by the newer one");
        let accepting = open(&again).await.main_form();
        accepting.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
        assert_eq!(open(&again).await.status, 410, "used");
        let late = token(invite("b@pref.example"));
        app.clock.advance(Duration::days(14));
        assert_eq!(open(&late).await.status, 410, "expired");
    }

    async fn no_forged_link_opens_a_hand_over(app: App) {
        use crate::handover::delivery::{outside, sent};
        let sent = sent(&app, azukari::rulebook::Party::Principal, b"a", 3).await;
        let (delivery, link) = outside(&app, &sent, "三重野労働局", "00123456");
        let genuine = link.rsplit('/').next().unwrap().to_owned();
        let open = async |token: &str| {
            let path: String = url::form_urlencoded::byte_serialize(token.as_bytes()).collect();
            app.visitor().get(&format!("/hand-over/{}", path.replace('+', "%20"))).await
        };
        assert_eq!(open(&genuine).await.status, 200);
        let mut tried = 0;
        for (what, forged) in corpus(&app, &genuine, "azukari:download") {
            // Dots alone are a path of their own, and what is larger than a head is refused before.
            if forged.len() > 30_000 || [".", ".."].contains(&&*forged) {
                continue;
            }
            let status = open(&forged).await.status;
            assert!([400, 404, 405, 410].contains(&status), "{what}: {status}");
            tried += 1;
        }
        println!("figure 8: {tried} forged links to a hand-over, 0 opened");

        // Genuine ones, whose row decides: the same answer whatever the reason.
        let town = app.principal("津島町");
        let parts = Parts::of(&app, &genuine, "azukari:download");
        let (mie, absent) = (sent.two.mie.id, "018f0000-0000-7000-8000-000000000001");
        let mut answers = Vec::new();
        for subject in [
            format!("{}/{delivery}", town.id), format!("{mie}/{absent}"), format!("{mie}/{}", sent.delivery),
            delivery.to_string(), format!("{mie}/{delivery}/x"), "/".into(),
        ] {
            let page = open(&parts.claim("sub", json!(subject)).signed()).await;
            assert_eq!(page.status, 410, "{subject}");
            answers.push(page.text("main"));
        }
        app.clock.advance(Duration::days(7));
        let late = open(&genuine).await;
        assert_eq!(late.status, 410, "expired, though the link itself isn't");
        answers.push(late.text("main"));
        app.clock.advance(Duration::days(30));
        answers.push(open(&genuine).await.text("main"));
        answers.dedup();
        assert_eq!(answers.len(), 1, "{answers:?}");
    }

    async fn no_forged_api_token_reads_anything(app: App) {
        let (mie, town) = (app.principal("三重野県"), app.principal("津島町"));
        let genuine = make(&mie.administrator, ALL, "1").await;
        let other = make(&town.administrator, ALL, "1").await;
        let path = "/api/entrustments";
        assert_eq!(ask(&app, &genuine, path).await.status, 200);
        let mut all: Vec<Forged> = Vec::new();
        let mut add = |what: &str, token: String| all.push((what.to_owned(), token));
        for at in [4, 5, 40, 67, 68, 75] {
            let change = |(i, c): (usize, char)| if i == at { if c == '0' { '1' } else { '0' } } else { c };
            add("one digit changed", genuine.chars().enumerate().map(change).collect());
        }
        for cut in [1, 8, 36, 72] {
            add("cut", genuine.get(..76 - cut).unwrap().to_owned());
        }
        let (half, rest) = genuine.split_at(36);
        add("half another's", format!("{half}{}", other.get(36..).unwrap()));
        add("another's checksum", format!("{}{}", genuine.get(..68).unwrap(), other.get(68..).unwrap()));
        add("twice", format!("{genuine}{genuine}"));
        add("turned round", format!("{rest}{half}"));
        add("upper case", genuine.to_uppercase());
        add("upper case digits", format!("azk_{}", genuine.get(4..).unwrap().to_uppercase()));
        add("another prefix", genuine.replace("azk_", "azk-"));
        add("no prefix", genuine.get(4..).unwrap().to_owned());
        add("wide digits", genuine.replace('0', "０"));
        add("padded", format!("{genuine}="));
        add("a comma", format!("{genuine},{genuine}"));
        add("quoted", format!("\"{genuine}\""));
        add("a tab", format!("{genuine}\t{genuine}"));
        add("percent", format!("%61{}", genuine.get(1..).unwrap()));
        add("SQL", "azk_' OR '1'='1".into());
        add("zeros", format!("azk_{}", "0".repeat(72)));
        add("zeros with their checksum", format!("azk_{}72f78c9c", "0".repeat(64)));
        add("the session of an administrator", cookie(&mie.administrator, "azukari-session"));
        add("huge", format!("azk_{}", "0".repeat(20_000)));
        let now = app.clock.now();
        for (purpose, audience) in PURPOSES {
            let expires = now + Duration::days(1);
            add(audience, token::issue(&app.portal.secret, purpose, "x", now, expires).unwrap());
        }
        let mut tried = 0;
        for (what, forged) in &all {
            assert_eq!(ask(&app, forged, path).await.status, 401, "{what}: {forged}");
            tried += 1;
        }
        for header in ["Basic", "Token", "Digest", "Bearer:"] {
            assert_eq!(ask_with(&app, &format!("{header} {genuine}"), path).await.status, 401, "{header}");
            tried += 1;
        }
        // Genuine ones, whose row decides.
        app.clock.advance(Duration::days(1));
        for gone in [&genuine, &other] {
            assert_eq!(ask(&app, gone, path).await.status, 401, "expired");
            tried += 1;
        }
        let administrator = app.member(mie.id, Role::Administrator, None);
        let fresh = make(&administrator, ALL, "1").await;
        let list = administrator.get("/api-tokens").await;
        list.form("form[action$='/revocation']").submit().await;
        assert_eq!(ask(&app, &fresh, path).await.status, 401, "revoked: on the next request");
        println!("figure 8: {} forged API tokens, 0 accepted", tried + 1);
        assert!(tried >= 40, "{tried}");
    }
}
