//! Passkeys without a browser: the same questions and answers, right and wrong.

use azukari::database::schema::passkey as t;
use diesel::prelude::*;
use serde_json::{Value, json};

use crate::app::{App, Authenticator, Page, Person, both};

/// Asks a form's address for its question as the script does.
async fn question(page: &Page, form: &str, options: &str, person: &Person, name: &str) -> Value {
    let token = page.form(form).value("csrf").to_owned();
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("csrf", &*token), ("name", name)])
        .finish();
    let request = person
        .request(reqwest::Method::POST, options)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept", "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(body);
    let answer = person.send(request).await;
    let mut said: Value = serde_json::from_str(&answer.body).unwrap();
    said["status"] = json!(answer.status);
    said
}

const ADD: &str = "main form[action='/account/passkeys']";
const SIGN_IN: &str = "main form[action='/sign-in/passkey']";

/// Sends what a passkey answered.
async fn send(page: &Page, form: &str, asked: &Value, answer: &Value, name: &str) -> Page {
    let mut form = page.form(form);
    if !name.is_empty() {
        form = form.set("name", name);
    }
    form.adding("ceremony", asked["ceremony"].as_str().unwrap_or_default())
        .adding("credential", &answer.to_string())
        .submit()
        .await
}

/// What comes of asking for another passkey.
pub(super) async fn asked_to_add(person: &Person) -> Value {
    let page = person.get("/account/passkeys").await;
    question(&page, ADD, "/account/passkeys/options", person, "鍵").await
}

/// Registers a passkey.
pub(super) async fn register(person: &Person, device: &mut Authenticator, name: &str) -> Page {
    let page = person.get("/account/passkeys").await;
    let asked = question(&page, ADD, "/account/passkeys/options", person, name).await;
    assert_eq!(asked["status"], 200, "{asked}");
    let answer = device.create(&asked);
    send(&page, ADD, &asked, &answer, name).await
}

/// Signs in with a passkey.
async fn sign_in(visitor: &Person, device: &mut Authenticator) -> Page {
    let page = visitor.get("/sign-in/passkey").await;
    let asked = question(&page, SIGN_IN, "/sign-in/passkey/options", visitor, "").await;
    let answer = device.get(&asked);
    send(&page, SIGN_IN, &asked, &answer, "").await
}

fn refused(page: &Page) {
    assert_eq!(page.status, 422, "{}", page.body);
    assert!(
        page.text(".error-summary").contains("確かめられませんでした"),
        "{}",
        page.text("main")
    );
}

both! {
    with App::connected;

    async fn a_passkey_is_registered_and_signs_in_without_a_mail_address(app: App) {
        let principal = app.principal("三重野県");
        let officer = &principal.officer;
        let mut device = Authenticator::new(&app.base);
        let page = register(officer, &mut device, "職場のノートパソコン").await;
        assert_eq!((page.status, &*page.path), (303, "/account/passkeys"));
        assert!(page.text("table").contains("職場のノートパソコン"));
        assert!(page.text("table").contains("まだ使っていません"));
        assert!(app.acts(principal.id).contains(&"passkey.added".to_owned()));
        assert_eq!(app.last_mail("factor_added").to_address, officer.email);
        let visitor = app.visitor();
        let page = sign_in(&visitor, &mut device).await;
        assert_eq!((page.status, &*page.path), (303, "/"));
        let page = visitor.get("/account/passkeys").await;
        assert!(!page.text("table").contains("まだ使っていません"));
        let kept: String = t::table.select(t::credential).first(&mut app.connection()).unwrap();
        let kept: Value = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept["cred"]["counter"], json!(device.counter));
    }

    async fn an_answer_that_does_not_fit_signs_nobody_in(app: App) {
        let principal = app.principal("三重野県");
        let mut device = Authenticator::new(&app.base);
        assert_eq!(register(&principal.officer, &mut device, "鍵").await.status, 303);
        let mut other = Authenticator::new(&app.base);
        assert_eq!(register(&principal.approver, &mut other, "鍵").await.status, 303);
        let visitor = app.visitor();
        // At another origin.
        "http://localhost.example".clone_into(&mut device.origin);
        refused(&sign_in(&visitor, &mut device).await);
        "http://localhost:1".clone_into(&mut device.origin);
        refused(&sign_in(&visitor, &mut device).await);
        device.origin.clone_from(&app.base);
        // Without PIN or finger.
        device.verifies = false;
        refused(&sign_in(&visitor, &mut device).await);
        device.verifies = true;
        // Another's passkey that says it is the officer's.
        let own = device.counter;
        other.claim(&device);
        refused(&sign_in(&visitor, &mut other).await);
        // A passkey that nobody has registered.
        refused(&sign_in(&visitor, &mut Authenticator::new(&app.base)).await);
        // A copy: its counter is behind.
        assert_eq!(sign_in(&app.visitor(), &mut device).await.status, 303);
        device.counter = own - 2;
        let page = sign_in(&visitor, &mut device).await;
        assert!(page.status == 422 && page.body.contains("複製された疑い"));
        // No answer at all: a page without scripts.
        let page = visitor.get("/sign-in/passkey").await.form(SIGN_IN).submit().await;
        assert_eq!(page.status, 422);
        assert!(page.text(".error-summary").contains("スクリプトが必要です"));
        assert_eq!(visitor.get("/entrustments").await.status, 303);
    }

    async fn a_question_is_answered_once_where_it_was_asked(app: App) {
        let principal = app.principal("三重野県");
        let mut device = Authenticator::new(&app.base);
        register(&principal.officer, &mut device, "鍵").await;
        let visitor = app.visitor();
        let page = visitor.get("/sign-in/passkey").await;
        let ask = async |person: &Person| {
            question(&page, SIGN_IN, "/sign-in/passkey/options", person, "").await
        };
        let over = |page: &Page| page.status == 422 && page.body.contains("すでに使われています");
        // Used up by a wrong answer.
        let asked = ask(&visitor).await;
        let right = device.get(&asked);
        let mut wrong = right.clone();
        wrong["response"]["signature"] = json!("AAAA");
        refused(&send(&page, SIGN_IN, &asked, &wrong, "").await);
        assert!(over(&send(&page, SIGN_IN, &asked, &right, "").await));
        // In another browser.
        let asked = ask(&visitor).await;
        let answer = device.get(&asked);
        let thief = app.visitor();
        let theirs = thief.get("/sign-in/passkey").await;
        assert!(over(&send(&theirs, SIGN_IN, &asked, &answer, "").await));
        // Too late.
        app.clock.advance(chrono::Duration::minutes(11));
        assert!(over(&send(&page, SIGN_IN, &asked, &answer, "").await));
        // For another purpose: the question for a new passkey signs nobody in.
        let add = principal.officer.get("/account/passkeys").await;
        let asked = question(&add, ADD, "/account/passkeys/options", &principal.officer, "鍵").await;
        let answer = device.create(&asked);
        assert!(over(&send(&page, SIGN_IN, &asked, &answer, "").await));
        // An old answer to a new question.
        let asked = ask(&visitor).await;
        refused(&send(&page, SIGN_IN, &asked, &right, "").await);
    }

    async fn the_name_is_asked_before_the_device(app: App) {
        let principal = app.principal("三重野県");
        let officer = &principal.officer;
        let page = officer.get("/account/passkeys").await;
        let asked = question(&page, ADD, "/account/passkeys/options", officer, "  ").await;
        assert!(asked["error"].as_str().unwrap().contains("入力"), "{asked}");
        let mut device = Authenticator::new(&app.base);
        register(officer, &mut device, "鍵").await;
        let again = register(officer, &mut device, "鍵").await;
        assert!(again.status == 422 && again.body.contains("すでに登録されています"));
        // One's own only.
        let page = officer.get("/account/passkeys").await;
        let asked = question(&page, ADD, "/account/passkeys/options", officer, "鍵").await;
        assert_eq!(asked["publicKey"]["excludeCredentials"].as_array().unwrap().len(), 1);
        assert_eq!(asked["publicKey"]["authenticatorSelection"]["userVerification"], "required");
    }

    async fn a_passkey_is_renamed_and_removed_by_its_owner_alone(app: App) {
        let principal = app.principal("三重野県");
        let officer = &principal.officer;
        let mut device = Authenticator::new(&app.base);
        let page = register(officer, &mut device, "古い端末").await;
        let link = page.attributes("main table a", "href").pop().unwrap();
        assert_eq!(principal.approver.get(&link).await.status, 404);
        let shown = officer.get(&link).await;
        let form = shown.form(&format!("main form[action='{link}']"));
        assert_eq!(form.set("name", "").submit().await.status, 422);
        let form = shown.form(&format!("main form[action='{link}']"));
        let page = form.set("name", "新しい端末").submit().await;
        assert!(page.status == 303 && page.text("table").contains("新しい端末"));
        assert_eq!(app.acts(principal.id).last().unwrap(), "passkey.renamed");
        let page = shown.form(&format!("main form[action='{link}/removal']")).submit().await;
        assert_eq!(page.status, 409, "the last second factor stays");
        officer.set_up_app(&app.clock).await;
        let shown = officer.get(&link).await;
        let page = shown.form(&format!("main form[action='{link}/removal']")).submit().await;
        assert!(page.status == 303 && page.body.contains("まだパスキーを登録していません"));
        assert!(app.acts(principal.id).contains(&"passkey.removed".to_owned()));
        refused(&sign_in(&app.visitor(), &mut device).await);
    }
}

both! {
    async fn where_browsers_offer_no_passkeys_the_pages_say_so(app: App) {
        // An address in digits is no name to which a passkey could be bound.
        let principal = app.principal("三重野県");
        let page = principal.officer.get("/account/passkeys").await;
        assert!(page.body.contains("パスキーを使えません") && !page.has("az-passkey"));
        assert!(!app.visitor().get("/sign-in/passkey").await.has("az-passkey"));
    }
}
