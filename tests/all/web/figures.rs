//! Figures that the portal is held to, measured: docs/security.md tells where each one is.

use azukari::account::Invite;
use azukari::actor::Role;
use azukari::database::Kind;
use azukari::database::schema::{membership, person};
use diesel::prelude::*;
use reqwest::Method;

use crate::app::{App, PASSWORD, Page, Person, both};

/// A portal that believes what requests say of their address: so they come from many networks.
fn behind_a_proxy(kind: Kind) -> App {
    App::spawn_with(kind, |config| {
        config.limits.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        config.limits.costly_per_address = 100_000;
        None
    })
}

/// Signs in from an address, with a token of the form.
async fn sign_in(
    visitor: &Person,
    token: &str,
    email: &str,
    password: &str,
    address: &str,
) -> Page {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("csrf", token), ("email", email), ("password", password)])
        .finish();
    let request = visitor
        .request(Method::POST, "/sign-in")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .header("x-forwarded-for", address)
        .body(body);
    visitor.send(request).await
}

async fn token(visitor: &Person) -> String {
    visitor.get("/sign-in").await.attributes("input[name=csrf]", "value").remove(0)
}

/// An address of another network each.
fn address(n: u32) -> String {
    format!("10.{}.{}.1", n / 256, n % 256)
}

both! {
    with behind_a_proxy;
    async fn strangers_have_ten_guesses_an_hour_and_disturb_nobody(app: App) {
        let mie = app.principal("三重野県");
        let (owner, colleague) = (&mie.officer.email, &mie.approver.email);
        let at_home = app.visitor();
        let own = token(&at_home).await;
        assert_eq!(sign_in(&at_home, &own, owner, PASSWORD, "192.0.2.1").await.status, 303);
        let stranger = app.visitor();
        let theirs = token(&stranger).await;
        let (mut looked_at, mut refused) = (0, 0);
        for n in 0..170 {
            match sign_in(&stranger, &theirs, owner, "間違ったパスワードです", &address(n)).await.status {
                422 => looked_at += 1,
                429 => refused += 1,
                other => panic!("{other}"),
            }
            app.clock.advance(chrono::Duration::seconds(20));
        }
        println!("figure 9: of 170 guesses in an hour from 170 networks {looked_at} were looked at, {refused} refused");
        assert!(looked_at <= 10, "{looked_at}");
        let right = sign_in(&stranger, &theirs, owner, PASSWORD, &address(200)).await;
        assert_eq!(right.status, 429, "the right one too, from a stranger's browser");
        let browser = app.visitor();
        for cookie in at_home.cookies().split("; ").filter(|cookie| !cookie.starts_with("azukari-session")) {
            browser.keep_cookie(cookie);
        }
        let own = token(&browser).await;
        let entered = sign_in(&browser, &own, owner, PASSWORD, "192.0.2.1").await;
        assert_eq!(entered.status, 303, "the owner's own browser isn't kept out");
        let other = app.visitor();
        let own = token(&other).await;
        assert_eq!(sign_in(&other, &own, colleague, PASSWORD, "192.0.2.2").await.status, 303);
    }
}

/// What the next requests are answered, eight at a time.
async fn next(person: &Person, path: &str) -> Vec<u16> {
    let asked = (0..8).map(|_| person.get(path));
    futures_util::future::join_all(asked).await.into_iter().map(|page| page.status).collect()
}

both! {
    async fn what_ends_ends_with_the_next_request(app: App) {
        let mie = app.principal("三重野県");
        let fresh = || app.member(mie.id, Role::Administrator, None);
        let path = "/members";
        let mut refused = 0;

        let out = fresh();
        let thief = app.visitor();
        out.cookies().split("; ").for_each(|cookie| thief.keep_cookie(cookie));
        assert_eq!(next(&thief, path).await, [200; 8]);
        out.get("/").await.form("form[action='/sign-out']").submit().await;
        assert_eq!(next(&thief, path).await, [303; 8], "signed out");
        refused += 8;

        let of = |person: &Person| person::table.filter(person::email.eq(person.email.clone()));
        let disabled = fresh();
        assert_eq!(next(&disabled, path).await, [200; 8]);
        diesel::update(of(&disabled)).set(person::disabled_at.eq(Some(app.clock.now()))).execute(&mut app.connection()).unwrap();
        assert_eq!(next(&disabled, path).await, [303; 8], "shut out");
        refused += 8;

        let id = |person: &Person| -> azukari::actor::PersonId {
            of(person).select(person::id).first(&mut app.connection()).unwrap()
        };
        let demoted = fresh();
        assert_eq!(next(&demoted, path).await, [200; 8]);
        diesel::update(membership::table.filter(membership::person_id.eq(id(&demoted))))
            .set(membership::role.eq(Role::Auditor)).execute(&mut app.connection()).unwrap();
        assert_eq!(next(&demoted, path).await, [403; 8], "another role");
        refused += 8;

        let left = fresh();
        assert_eq!(next(&left, path).await, [200; 8]);
        diesel::update(membership::table.filter(membership::person_id.eq(id(&left))))
            .set(membership::ended_at.eq(Some(app.clock.now()))).execute(&mut app.connection()).unwrap();
        assert_eq!(next(&left, path).await, [303; 8], "left");
        refused += 8;
        println!("figure 10: signed out, shut out, another role, left: {refused} of {refused} next requests refused");
    }

    async fn a_link_for_one_use_gives_exactly_one(app: App) {
        let mie = app.principal("三重野県");
        let invite = || app.as_operator(|tx, ctx| azukari::account::invite(tx, &ctx.portal, &Invite {
            tenant_id: mie.id, organisation_name: "三重野県".into(), email: "new@pref.example".into(), name: "𠮷田".into(),
            role: Role::Officer, division_id: None, contractor_id: None,
        }));
        let path = |link: String| link.strip_prefix(&app.base).unwrap().to_owned();
        let joined = || app.acts(mie.id).iter().filter(|act| *act == "member.joined").count();
        let before = joined();
        let link = path(invite());
        let visitor = app.visitor();
        let token = visitor.get(&link).await.attributes("input[name=csrf]", "value").remove(0);
        let fields = [("csrf", &*token), ("name", "𠮷田"), ("password", PASSWORD), ("password_again", PASSWORD)];
        let asked = (0..100).map(|_| visitor.post(&link, &fields));
        let mut all: Vec<u16> = futures_util::future::join_all(asked).await.iter().map(|page| page.status).collect();
        all.sort_unstable();
        let accepted = all.iter().filter(|status| **status == 303).count();
        println!("figure 13: of 100 uses of one link at once {accepted} was accepted");
        assert_eq!(accepted, 1, "{all:?}");
        assert!(all.iter().all(|status| [303, 410, 429, 503].contains(status)), "{all:?}");
        assert_eq!(joined(), before + 1);

        let late = path(invite());
        app.clock.advance(chrono::Duration::days(14) - chrono::Duration::seconds(1));
        assert_eq!(visitor.get(&late).await.status, 200);
        app.clock.advance(chrono::Duration::seconds(1));
        assert_eq!(visitor.get(&late).await.status, 410, "to the second");
        println!("figure 13: open one second before its end, 410 at its end");
    }
}
