//! Signing in at an organisation's identity provider, with one on this machine.

use azukari::actor::Role;
use chrono::Duration;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::app::{
    App, CLIENT, CLIENT_SECRET, PASSWORD, Page, Person, Principal, Provider, Signing, both,
};

/// An organisation whose people sign in at `provider`.
pub(super) async fn connected(app: &App, provider: &Provider) -> Principal {
    let principal = app.principal("三重野県");
    let saved = fill(&principal.administrator, provider).await.submit().await;
    assert_eq!(saved.status, 303, "{}", saved.body);
    principal
}

/// The settings as an administrator fills them in.
pub(super) async fn fill(administrator: &Person, provider: &Provider) -> crate::app::FilledForm {
    let page = administrator.get("/identity-provider").await;
    page.form("main form[action='/identity-provider']").set_all(&[
        ("issuer", &provider.issuer),
        ("client_id", CLIENT),
        ("client_secret", CLIENT_SECRET),
        ("domains", "pref.example"),
        ("strong", "mfa"),
    ])
}

/// From the sign-in page to the provider and back: where the provider sends the browser.
async fn way_back(person: &Person, provider: &Provider, email: &str) -> String {
    let page = person.get("/sign-in/organisation").await;
    let offered = page.main_form().set("email", email).submit().await;
    assert_eq!(offered.status, 200);
    let link = offered.attributes(".offers a", "href").pop().expect("an organisation is offered");
    let leaving = person.get(&link).await;
    assert_eq!(leaving.status, 303, "{}", leaving.body);
    provider.visit(&leaving.path).await
}

/// The whole way.
pub(super) async fn sign_in(person: &Person, provider: &Provider, email: &str) -> Page {
    let back = way_back(person, provider, email).await;
    person.get(&back).await
}

/// What a provider says of a person whom it knows well.
fn of(person: &Person) -> Value {
    json!({ "email": person.email, "amr": ["pwd", "mfa"] })
}

async fn is_in(person: &Person) -> bool {
    person.get("/entrustments").await.status == 200
}

/// Somebody's browser comes back from the provider in vain; the page says why.
async fn refused(app: &App, provider: &Provider, email: &str, status: u16, why: &str) {
    let visitor = app.visitor();
    let page = sign_in(&visitor, provider, email).await;
    assert_eq!(
        (page.status, page.text("h1").as_str()),
        (status, "組織のアカウントでサインインできませんでした")
    );
    assert!(page.body.contains(why), "{}", page.text("main"));
    assert!(page.has("main a[href='/sign-in']"), "other ways are offered");
    assert!(!is_in(&visitor).await);
    let (act, subject, _) = app.refusals().pop().unwrap();
    assert_eq!(act, "identity.refused");
    assert!(subject.ends_with("/callback"), "{subject}");
}

both! {
    with App::connected;

    async fn a_member_signs_in_at_the_organisation_and_is_bound_to_the_account_there(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let officer = &principal.officer;
        provider.says(of(officer));
        let visitor = app.visitor();
        let page = sign_in(&visitor, &provider, &officer.email.to_uppercase()).await;
        assert_eq!((page.status, &*page.path), (303, "/"));
        assert!(visitor.get("/").await.text(".person").contains("﨑山 officer"));
        let acts = app.acts(principal.id);
        assert_eq!(acts[acts.len() - 2..], ["identity.bound", "session.opened"]);
        // The second time nothing is bound anew.
        assert_eq!(sign_in(&app.visitor(), &provider, &officer.email).await.status, 303);
        assert_eq!(app.acts(principal.id).iter().filter(|a| *a == "identity.bound").count(), 1);
    }

    async fn what_a_provider_opened_proves_nothing_towards_the_own_factors(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let officer = &principal.officer;
        provider.says(of(officer));
        let visitor = app.visitor();
        assert_eq!(sign_in(&visitor, &provider, &officer.email).await.status, 303);
        // An organisation's provider could say anybody's address: it opens no other organisation.
        let mut device = crate::app::Authenticator::new(&app.base);
        let asked = crate::account::passkey::asked_to_add(&visitor).await;
        assert_eq!(asked["status"], 403, "{asked}");
        assert!(asked["error"].as_str().unwrap().contains("組織のアカウントで開いた画面では"));
        assert_eq!(crate::account::passkey::register(officer, &mut device, "鍵").await.status, 303);
        let link = officer.get("/account/passkeys").await.attributes("main table a", "href").remove(0);
        // A new factor ended the person's other sessions.
        assert_eq!(sign_in(&visitor, &provider, &officer.email).await.status, 303);
        let page = visitor.get(&link).await;
        let page = page.form(&format!("main form[action='{link}/removal']")).submit().await;
        assert_eq!(page.status, 403);
        // Signing out here is not signing out there, and says so.
        let page = visitor.get("/").await.form("form[action='/sign-out']").submit().await;
        assert!(page.text(".banner").contains("組織のアカウントのサインインは続いています"));
        assert_eq!(page.headers["clear-site-data"], "\"storage\"", "no draft stays in the browser");
    }

    async fn every_algorithm_that_counts_is_taken(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        provider.says(of(&principal.officer));
        for signing in [Signing::Es256, Signing::Rs256, Signing::Ps256] {
            provider.signs(signing);
            let page = sign_in(&app.visitor(), &provider, &principal.officer.email).await;
            assert_eq!(page.status, 303, "{signing:?}");
        }
    }

    async fn an_id_token_that_does_not_hold_lets_nobody_in(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let email = &principal.officer.email;
        let now = app.clock.now().and_utc().timestamp();
        let why = "確かなものと認められませんでした";
        for wrong in [
            json!({ "nonce": "another" }),
            json!({ "nonce": null }),
            json!({ "aud": "another client" }),
            json!({ "aud": [CLIENT, "another client"] }),
            json!({ "iss": "https://another.example" }),
            json!({ "exp": now - 1 }),
            json!({ "exp": now }),
            json!({ "iat": now - 3600 }),
            json!({ "iat": now + 3600 }),
            json!({ "at_hash": "AAAAAAAAAAAAAAAAAAAAAA" }),
        ] {
            let mut claims = of(&principal.officer);
            claims.as_object_mut().unwrap().extend(wrong.as_object().unwrap().clone());
            provider.says(claims);
            println!("{wrong}");
            refused(&app, &provider, email, 403, why).await;
        }
        provider.says(of(&principal.officer));
        for signing in [Signing::None, Signing::Hs256, Signing::OtherKey] {
            provider.signs(signing);
            println!("{signing:?}");
            refused(&app, &provider, email, 403, why).await;
        }
        assert!(!app.acts(principal.id).contains(&"identity.bound".to_owned()));
    }

    async fn a_code_and_a_state_count_once_in_the_browser_that_began_for_ten_minutes(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let email = &principal.officer.email;
        provider.says(of(&principal.officer));
        let over = |page: &Page| (page.status, page.body.contains("期限が切れているか"));
        // Once.
        let visitor = app.visitor();
        let back = way_back(&visitor, &provider, email).await;
        assert_eq!(visitor.get(&back).await.status, 303);
        let out = visitor.get("/").await.form("form[action='/sign-out']").submit().await;
        assert_eq!(out.status, 303);
        assert_eq!(over(&visitor.get(&back).await), (410, true));
        // In the same browser: another's answer signs nobody in.
        let attacker = app.visitor();
        let back = way_back(&attacker, &provider, email).await;
        let victim = app.visitor();
        victim.get("/sign-in").await;
        assert_eq!(over(&victim.get(&back).await), (410, true));
        assert!(!is_in(&victim).await);
        // A state that nobody gave out.
        let forged = back.split("state=").next().unwrap().to_owned() + "state=00";
        assert_eq!(over(&attacker.get(&forged).await), (410, true));
        // In time.
        app.clock.advance(Duration::minutes(11));
        assert_eq!(over(&attacker.get(&back).await), (410, true));
    }

    async fn an_answer_for_one_organisation_is_none_for_another(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let other = connected(&app, &provider).await;
        provider.says(of(&principal.officer));
        let visitor = app.visitor();
        let page = visitor.get(&format!("/sign-in/organisation/{}", principal.id)).await;
        let back = provider.visit(&page.path).await;
        let page = visitor.get(&back.replace(principal.id.as_str(), other.id.as_str())).await;
        assert_eq!(page.status, 410);
        // RFC 9207: nor one that another provider has sent.
        let page = visitor.get(&format!("/sign-in/organisation/{}", principal.id)).await;
        let back = provider.visit(&page.path).await;
        let issuer: String =
            url::form_urlencoded::byte_serialize(provider.issuer.as_bytes()).collect();
        assert!(back.contains(&issuer));
        let page = visitor.get(&back.replace(&issuer, "https%3A%2F%2Fother.example")).await;
        assert_eq!(page.status, 403);
    }

    async fn an_address_that_is_missing_unchecked_or_foreign_binds_nobody(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let email = &principal.officer.email;
        let why = "確認済みで、許されたドメインのメールアドレス";
        for claims in [
            json!({ "email": email, "email_verified": false }),
            json!({}),
            json!({ "email": "officer@elsewhere.example" }),
            json!({ "email": format!("{email}.elsewhere.example") }),
        ] {
            provider.says(claims);
            refused(&app, &provider, email, 403, why).await;
        }
        // Nobody whom the organisation hasn't invited.
        provider.says(json!({ "email": "stranger@pref.example" }));
        let why = "この組織の利用者として登録されていません";
        refused(&app, &provider, email, 403, why).await;
        // Nor a member of another organisation alone.
        let other = app.principal("架空市");
        provider.says(of(&other.officer));
        refused(&app, &provider, email, 403, why).await;
    }

    async fn a_changed_address_takes_over_nobody(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let (officer, approver) = (&principal.officer, &principal.approver);
        provider.says(of(officer));
        assert_eq!(sign_in(&app.visitor(), &provider, &officer.email).await.status, 303);
        // The same subject with the approver's address is still the officer.
        provider.says(of(approver));
        let visitor = app.visitor();
        assert_eq!(sign_in(&visitor, &provider, &approver.email).await.status, 303);
        assert!(visitor.get("/").await.text(".person").contains("﨑山 officer"));
        // Another subject with the officer's address is not the officer.
        provider.says(json!({ "sub": "subject-2", "email": officer.email }));
        refused(&app, &provider, &officer.email, 403, "すでに別のアカウントと結び付いています").await;
        // The administrator releases the account; then it is bound anew.
        let administrator = &principal.administrator;
        let page = administrator.get("/identity-provider").await;
        assert!(page.text("table").contains("﨑山 officer"));
        let released = page.form("main form[action^='/identity-provider/identities/']").submit().await;
        assert_eq!(released.status, 303);
        assert!(!is_in(&visitor).await, "what the account opened is over");
        assert_eq!(app.acts(principal.id).last().unwrap(), "identity.released");
        provider.says(json!({ "sub": "subject-2", "email": officer.email, "amr": ["mfa"] }));
        assert_eq!(sign_in(&app.visitor(), &provider, &officer.email).await.status, 303);
    }

    async fn who_left_the_organisation_does_not_come_back_by_its_account(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let officer = &principal.officer;
        provider.says(of(officer));
        assert_eq!(sign_in(&app.visitor(), &provider, &officer.email).await.status, 303);
        {
            use azukari::database::schema::{membership, person};
            let id: azukari::actor::PersonId = person::table
                .filter(person::email.eq(&officer.email))
                .select(person::id)
                .first(&mut app.connection())
                .unwrap();
            diesel::update(membership::table.filter(membership::person_id.eq(id)))
                .set(membership::ended_at.eq(Some(app.clock.now())))
                .execute(&mut app.connection())
                .unwrap();
        }
        refused(&app, &provider, &officer.email, 403, "登録されていません").await;
    }

    async fn the_session_is_of_that_organisation_alone(app: App) {
        let provider = Provider::start(&app.clock);
        let elsewhere = app.principal("架空市");
        let principal = connected(&app, &provider).await;
        // The officer of a city is also the auditor of the prefecture.
        let officer = &elsewhere.officer;
        app.join(officer, principal.id, Role::Auditor);
        provider.says(of(officer));
        let visitor = app.visitor();
        assert_eq!(sign_in(&visitor, &provider, &officer.email).await.status, 303);
        assert!(visitor.get("/").await.text(".person").contains("三重野県"));
        // Whoever runs a provider doesn't get into the organisations of others by it.
        let page = visitor.get("/session/organisation").await;
        assert!(page.body.contains("その組織だけを利用できます") && !page.has("main form"));
        let own = elsewhere.officer.get("/session/organisation").await;
        let id = own.attributes("input[name=membership]", "value");
        assert_eq!(id.len(), 0, "that session is over: nobody acts in two organisations at once");
        let csrf = page.attributes("input[name=csrf]", "value").remove(0);
        let fields = [("csrf", &*csrf), ("membership", "018f0000-0000-7000-8000-000000000001")];
        assert_eq!(visitor.post("/session/organisation", &fields).await.status, 403);
    }

    async fn a_provider_that_is_down_or_refuses_says_so_and_leaves_the_other_ways(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let officer = &principal.officer;
        provider.denies();
        refused(&app, &provider, &officer.email, 403, "手続が終わりませんでした").await;
        let issuer = provider.issuer.clone();
        drop(provider);
        let visitor = app.visitor();
        let page = visitor.get(&format!("/sign-in/organisation/{}", principal.id)).await;
        assert_eq!(page.status, 503, "{issuer}");
        assert!(page.body.contains("いまつながりません"));
        let page = visitor.get("/sign-in").await;
        let page = page
            .form("main form[action='/sign-in']")
            .set_all(&[("email", &officer.email), ("password", PASSWORD)])
            .submit()
            .await;
        assert_eq!(page.status, 303);
    }

    async fn a_provider_that_keeps_addresses_out_of_the_token_is_asked_for_them(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let officer = &principal.officer;
        provider.says(json!({ "email_verified": null, "amr": ["mfa"] }));
        provider.tells(json!({ "email": officer.email, "email_verified": false }));
        refused(&app, &provider, &officer.email, 403, "確認済みで").await;
        provider.tells(json!({ "email": officer.email, "sub": "somebody else" }));
        refused(&app, &provider, &officer.email, 403, "確かなもの").await;
        provider.tells(json!({ "email": officer.email }));
        assert_eq!(sign_in(&app.visitor(), &provider, &officer.email).await.status, 303);
    }

    async fn whether_there_is_an_account_is_not_told(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let visitor = app.visitor();
        let ask = async |email: &str| {
            let page = visitor.get("/sign-in/organisation").await;
            let page = page.main_form().set("email", email).submit().await;
            page.comparable().replace(email, "EMAIL")
        };
        let (known, unknown) =
            (ask(&principal.officer.email).await, ask("nobody@pref.example").await);
        assert_eq!(known, unknown);
        assert!(known.contains("三重野県のアカウントでサインイン"));
        assert!(ask("nobody@elsewhere.example").await.contains("組織のアカウントを使えません"));
        assert_eq!(visitor.get("/sign-in/organisation/00000000-0000-7000-8000-000000000000").await.status, 404);
    }
}
