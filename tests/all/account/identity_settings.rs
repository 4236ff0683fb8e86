//! The page on which an organisation says where its people sign in.

use azukari::database::schema::identity_provider as t;
use diesel::prelude::*;
use serde_json::json;

use super::identity::{connected, fill, sign_in};
use crate::app::{App, CLIENT_SECRET, PASSWORD, Provider, both};

both! {
    with App::connected;

    async fn the_secret_is_kept_encrypted_and_never_shown_again(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        assert_eq!(app.acts(principal.id).last().unwrap(), "identity_provider.saved");
        let entry = app.ledger(principal.id).pop().unwrap();
        assert!(!entry.details.0.to_string().contains(CLIENT_SECRET));
        let kept: String = t::table.select(t::client_secret).first(&mut app.connection()).unwrap();
        assert!(!kept.contains(CLIENT_SECRET) && kept.len() > 100);
        let page = principal.administrator.get("/identity-provider").await;
        assert!(!page.body.contains("十分に長い秘密"));
        assert!(page.body.contains("保存済みです"));
        // Saved without a secret, the old one stays.
        let form = page.form("main form[action='/identity-provider']");
        assert_eq!(form.value("strong"), "mfa");
        assert_eq!(form.set("scopes", "email").submit().await.status, 303);
        provider.says(json!({ "email": principal.officer.email, "amr": ["mfa"] }));
        let page = sign_in(&app.visitor(), &provider, &principal.officer.email).await;
        assert_eq!(page.status, 303);
        // A form that is sent back says nothing of a secret that was typed.
        let page = principal.administrator.get("/identity-provider").await;
        let wrong = page
            .form("main form[action='/identity-provider']")
            .set_all(&[("client_secret", "typed secret"), ("domains", "＠")])
            .submit()
            .await;
        assert_eq!((wrong.status, wrong.wrong_fields()), (422, vec!["domains".to_owned()]));
        assert!(!wrong.body.contains("typed secret"));
    }

    async fn what_discovery_finds_is_shown_before_anything_is_saved(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = app.principal("三重野県");
        let administrator = &principal.administrator;
        let test = async |issuer: &str| {
            let form = fill(administrator, &provider).await.set("issuer", issuer);
            form.submit_to("/identity-provider/test").await
        };
        let page = test(&provider.issuer).await;
        assert_eq!(page.status, 200);
        let found = page.text(".banner");
        assert!(found.contains(&format!("{}/token", provider.issuer)), "{found}");
        assert!(found.contains("2個") && found.contains("urn:example:mfa"), "{found}");
        assert!(!page.body.contains("十分に長い秘密"));
        assert!(app.acts(principal.id).iter().all(|act| act != "identity_provider.saved"));
        let page = test(&format!("{}/", provider.issuer)).await;
        assert_eq!((page.status, page.wrong_fields()), (422, vec!["issuer".to_owned()]));
        assert!(page.body.contains("別の発行者を名乗っています"));
        let page = test("http://127.0.0.1:1/none").await;
        assert!(page.status == 422 && page.body.contains("受け取れませんでした"));
    }

    async fn a_password_is_switched_off_only_by_who_has_come_without_one(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let administrator = &principal.administrator;
        let off = async || {
            let page = administrator.get("/identity-provider").await;
            let form = page.form("main form[action='/identity-provider']");
            form.check("password_off", "yes").submit().await
        };
        let refused = off().await;
        assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["password_off".to_owned()]));
        provider.says(json!({ "email": administrator.email, "amr": ["mfa"] }));
        assert_eq!(sign_in(&app.visitor(), &provider, &administrator.email).await.status, 303);
        assert_eq!(off().await.status, 303);
        let password = async |email: &str| {
            let page = app.visitor().get("/sign-in").await;
            let form = page.form("main form[action='/sign-in']");
            form.set_all(&[("email", email), ("password", PASSWORD)]).submit().await
        };
        let page = password(&principal.officer.email).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("組織のアカウント"), "{}", page.text("main"));
        // Another organisation's people sign in as before.
        let other = app.principal("架空市");
        assert_eq!(password(&other.officer.email).await.status, 303);
        // Without the provider the password counts again.
        let page = administrator.get("/identity-provider").await;
        let removed = page.form("main form[action='/identity-provider/removal']").submit().await;
        assert_eq!(removed.status, 303);
        assert_eq!(app.acts(principal.id).last().unwrap(), "identity_provider.removed");
        assert_eq!(password(&principal.officer.email).await.status, 303);
    }

    async fn only_those_who_keep_it_see_the_settings(app: App) {
        let principal = app.principal("三重野県");
        for person in [&principal.officer, &principal.approver, &principal.auditor] {
            assert_eq!(person.get("/identity-provider").await.status, 403);
        }
        assert_eq!(principal.administrator.get("/identity-provider").await.status, 200);
        let contractor = app.joined_contractor(&principal, "架空社労士事務所");
        assert_eq!(contractor.representative.get("/identity-provider").await.status, 200);
    }

    async fn two_at_once_do_not_overwrite_each_other(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = connected(&app, &provider).await;
        let page = principal.administrator.get("/identity-provider").await;
        let (first, second) = (
            page.form("main form[action='/identity-provider']"),
            page.form("main form[action='/identity-provider']"),
        );
        assert_eq!(first.set("scopes", "email").submit().await.status, 303);
        let stale = second.set("scopes", "profile").submit().await;
        assert_eq!(stale.status, 409);
        assert_eq!(stale.form("main form[action='/identity-provider']").submit().await.status, 303);
    }
}

both! {
    async fn a_private_network_is_asked_only_where_the_operator_allows_it(app: App) {
        let provider = Provider::start(&app.clock);
        let principal = app.principal("三重野県");
        for issuer in [
            &*provider.issuer, "https://127.0.0.1:8443", "https://169.254.169.254/latest",
            "https://[::1]/", "https://localhost/", "https://intranet/", "http://login.example/",
        ] {
            let form = fill(&principal.administrator, &provider).await.set("issuer", issuer);
            let page = form.submit_to("/identity-provider/test").await;
            assert_eq!((page.status, page.wrong_fields()), (422, vec!["issuer".to_owned()]), "{issuer}");
            let form = fill(&principal.administrator, &provider).await.set("issuer", issuer);
            assert_eq!(form.submit().await.status, 422, "{issuer}");
        }
        // A name that leads there is found out when it is looked up.
        let form = fill(&principal.administrator, &provider).await;
        let form = form.set("issuer", "https://azukari.localhost.localdomain/");
        assert_eq!(form.submit_to("/identity-provider/test").await.status, 422);
    }
}
