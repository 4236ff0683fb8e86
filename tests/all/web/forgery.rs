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

/// A path of the route table with something in each place.
fn filled(pattern: &str) -> String {
    let parts = pattern.split('/').map(|part| {
        if part.starts_with('{') { "0190b5a0-0000-7000-8000-000000000000" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

both! {
    async fn a_form_without_the_right_token_is_refused(app: App) {
        let mie = app.principal("三重野県");
        let colleague = token(&mie.administrator).await;
        let visitor = app.visitor().get("/sign-in").await;
        let visitor = visitor.attributes("input[name=csrf]", "value").remove(0);
        for wrong in ["", "0", &colleague, &visitor] {
            let page = post(&mie.officer, wrong, &[("sec-fetch-site", "same-origin")]).await;
            assert_eq!(page.status, 403, "{wrong:?}");
            assert_eq!(page.title(), "この操作はできません");
        }
        let body = post(&mie.officer, &token(&mie.officer).await, &[("origin", &app.base)]).await;
        assert_eq!(body.status, 303, "the right one is taken");
        assert_eq!(mie.officer.get("/contractors").await.texts("tbody th").len(), 1);
    }

    async fn a_request_from_another_site_is_refused(app: App) {
        let mie = app.principal("三重野県");
        let token = token(&mie.officer).await;
        for foreign in [
            [("origin", "https://evil.example")].as_slice(),
            // Neither says where it comes from.
            &[],
            &[("x-forwarded-host", "evil.example"), ("origin", "http://evil.example")],
            &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")],
            &[("origin", &app.base.replace("http:", "https:"))],
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
        assert_eq!(app.refusals().len(), 10);
    }

    async fn no_changing_route_takes_a_request_from_another_site(app: App) {
        let mie = app.principal("三重野県");
        let people = [&mie.administrator, &mie.officer, &mie.approver, &app.visitor()].map(Person::clone);
        let mut asked = 0;
        for route in azukari::server::routes() {
            if route.method != azukari::web::Method::Post || route.any_origin {
                continue;
            }
            let path = filled(route.path);
            for person in &people {
                for foreign in [("origin", "https://evil.example"), ("sec-fetch-site", "cross-site"), ("accept", "*/*")] {
                    let request = person.request(Method::POST, &path).header(foreign.0, foreign.1);
                    let answer = person.send(request.body(String::new())).await;
                    assert_eq!(answer.status, 403, "{path} {foreign:?}");
                    assert!(answer.body.contains("操作はできません"), "{path}");
                    assert!(answer.body.contains("もう一度入力して"), "{path}: it says what to do");
                    asked += 1;
                }
            }
        }
        assert!(asked > 600, "{asked}");
        println!("figure 11: {asked} requests of another site at all changing routes, 0 accepted");
        let told = app.refusals().into_iter().map(|(_, subject, _)| subject);
        let tokens: Vec<_> = told.filter(|subject| subject.starts_with("/invitation/")).collect();
        assert!(!tokens.is_empty() && tokens.iter().all(|subject| subject == "/invitation/{token}"));
    }

    async fn signing_in_can_not_be_forged_either(app: App) {
        let email = app.principal("三重野県").officer.email;
        let fields = [("email", &*email), ("password", crate::app::PASSWORD)];
        assert_eq!(app.visitor().post("/sign-in", &fields).await.status, 403);
    }
}
