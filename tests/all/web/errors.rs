use crate::app::{App, both};

both! {
    async fn what_is_not_there_has_a_page_that_says_what_to_do(app: App) {
        let officer = app.principal("三重野県").officer;
        for path in ["/nothing", "/contractors/x", "/entrustments/%00", "/entrustments/../../etc"] {
            let page = officer.get(path).await;
            assert_eq!((page.status, &*page.text("h1")), (404, "ページが見つかりません"), "{path}");
            assert!(page.has("nav.nav"), "the way on is there");
        }
        let english = officer.in_english().get("/nothing").await;
        assert_eq!(english.attributes("html", "lang"), ["en"]);
    }

    async fn a_method_that_a_path_has_not_is_405(app: App) {
        let officer = app.principal("三重野県").officer;
        for path in ["/healthz", "/contractors/new"] {
            let page = officer.post(path, &[]).await;
            assert_eq!((page.status, &*page.text("h1")), (405, "この操作は受け付けられません"));
            assert!(page.headers.contains_key("allow"), "{path}");
        }
    }

    async fn scripts_get_json(app: App) {
        let officer = app.principal("三重野県").officer;
        let ask = officer.request(reqwest::Method::GET, "/divisions").header("accept", "application/json");
        let answer = officer.send(ask).await;
        assert_eq!(answer.status, 403);
        assert!(answer.body.contains("あなたの役割では"));
        let ask = app.visitor().request(reqwest::Method::GET, "/contractors").header("accept", "application/json");
        assert_eq!(app.visitor().send(ask).await.status, 401);
    }

    async fn a_body_that_is_too_large_is_413(app: App) {
        let officer = app.principal("三重野県").officer;
        let form = officer.get("/contractors/new").await.main_form();
        let page = form.set("note", &"x".repeat(1024 * 1024 + 1)).submit().await;
        assert_eq!(page.status, 413);
        assert!(page.body.contains("1MB"), "it says what is accepted");
        assert_eq!(officer.get("/contractors").await.status, 200);
        let huge = vec![b'x'; azukari::web::MAX_UPLOAD + 1];
        let upload = officer
            .request(reqwest::Method::POST, "/imports/contractors")
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "multipart/form-data; boundary=x")
            .body(huge);
        let page = officer.send(upload).await;
        assert_eq!(page.status, 413);
        assert!(page.body.contains("25MB"), "a file's own limit");
    }

    async fn health_and_readiness_are_told(app: App) {
        assert_eq!(app.visitor().get("/healthz").await.body, "ok\n");
        assert_eq!(app.visitor().get("/readyz").await.body, "ready\n");
    }
}
