use crate::app::{App, Page, both};

fn header<'a>(page: &'a Page, name: &str) -> &'a str {
    page.headers.get(name).map_or("", |value| value.to_str().unwrap())
}

fn check(page: &Page, what: &str) {
    let policy = header(page, "content-security-policy");
    for part in [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "require-trusted-types-for 'script'",
    ] {
        assert!(policy.contains(part), "{part} on {what}");
    }
    assert!(!policy.contains("unsafe"), "{what}");
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(header(page, name), value, "{name} on {what}");
    }
    assert!(header(page, "permissions-policy").contains("camera=()"));
}

both! {
    async fn every_kind_of_answer_carries_the_security_headers(app: App) {
        let mie = app.principal("三重野県");
        let page = mie.officer.get("/contractors").await;
        let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
        let answers = [
            (200, page),
            (200, mie.officer.get(&style).await),
            (303, app.visitor().get("/contractors").await),
            (400, mie.officer.post("/language", &[("csrf", "")]).await),
            (403, mie.officer.get("/divisions").await),
            (404, mie.officer.get("/nothing").await),
            (405, mie.officer.post("/healthz", &[]).await),
            (410, app.visitor().get("/invitation/x").await),
            (422, mie.officer.get("/contractors/new").await.main_form().submit().await),
        ];
        for (status, answer) in &answers {
            // A language that isn't there is refused after its token.
            assert!(answer.status == *status || *status == 400, "{status}: {}", answer.status);
            check(answer, &format!("{status} {}", answer.path));
            if !answer.path.starts_with("/assets/") {
                assert_eq!(header(answer, "cache-control"), "no-store", "{}", answer.path);
            }
        }
    }

    async fn over_plain_http_there_is_no_transport_security(app: App) {
        let page = app.visitor().get("/sign-in").await;
        assert_eq!(header(&page, "strict-transport-security"), "");
        assert!(!header(&page, "set-cookie").contains("Secure"));
    }
}
