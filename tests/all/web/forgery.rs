//! Requests that another site makes a browser send.

use reqwest::Method;

use crate::app::{App, Page, Person, both};

const FIELDS: &str = "kind=company&name=x&address=x&person_in_charge=x&email=x%40y.example&phone=1";

async fn post(person: &Person, token: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = person
        .request(Method::POST, "/contractors")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("{FIELDS}&csrf={token}"));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    person.send(request).await
}

async fn token(person: &Person) -> String {
    person.get("/contractors").await.attributes("input[name=csrf]", "value").remove(0)
}

both! {
    async fn a_form_without_the_right_token_is_refused(app: App) {
        let mie = app.principal("三重野県");
        let colleague = token(&mie.administrator).await;
        let visitor = app.visitor().get("/sign-in").await;
        let visitor = visitor.attributes("input[name=csrf]", "value").remove(0);
        for wrong in ["", "0", &colleague, &visitor] {
            let page = post(&mie.officer, wrong, &[]).await;
            assert_eq!(page.status, 403, "{wrong:?}");
            assert_eq!(page.title(), "この操作はできません");
        }
        let body = post(&mie.officer, &token(&mie.officer).await, &[]).await;
        assert_eq!(body.status, 303, "the right one is taken");
        assert_eq!(mie.officer.get("/contractors").await.texts("tbody th").len(), 1);
    }

    async fn a_request_from_another_site_is_refused(app: App) {
        let mie = app.principal("三重野県");
        let token = token(&mie.officer).await;
        for foreign in [
            [("origin", "https://evil.example")].as_slice(),
            &[("origin", "null")],
            &[("origin", "http://127.0.0.1:1")],
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("sec-fetch-site", "cross-site"), ("origin", &app.base)],
        ] {
            assert_eq!(post(&mie.officer, &token, foreign).await.status, 403, "{foreign:?}");
        }
        assert!(!mie.officer.get("/contractors").await.has("tbody"));
        for own in [
            [("origin", &*app.base)].as_slice(),
            &[("sec-fetch-site", "same-origin")],
            &[("sec-fetch-site", "none")],
        ] {
            assert_eq!(post(&mie.officer, &token, own).await.status, 303, "{own:?}");
        }
        assert_eq!(app.refusals().len(), 6);
    }

    async fn signing_in_can_not_be_forged_either(app: App) {
        let email = app.principal("三重野県").officer.email;
        let fields = [("email", &*email), ("password", crate::app::PASSWORD)];
        assert_eq!(app.visitor().post("/sign-in", &fields).await.status, 403);
    }
}
