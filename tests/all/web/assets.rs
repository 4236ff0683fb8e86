use crate::app::{App, both};

both! {
    async fn assets_are_kept_by_browsers_as_long_as_they_are_the_same(app: App) {
        let visitor = app.visitor();
        let page = visitor.get("/sign-in").await;
        let mut paths = page.attributes("link[href]", "href");
        paths.extend(page.attributes("script[src]", "src"));
        assert!(paths.len() >= 3);
        for path in paths {
            let file = visitor.get(&path).await;
            let header = |name: &str| file.headers.get(name).unwrap().to_str().unwrap().to_owned();
            assert_eq!(file.status, 200, "{path}");
            assert_eq!(header("cache-control"), "public, max-age=31536000, immutable");
            let again = visitor.request(reqwest::Method::GET, &path).header("if-none-match", header("etag"));
            assert_eq!(visitor.send(again).await.status, 304);
            assert!(!file.headers.contains_key("set-cookie"), "{path}");
        }
        let old = visitor.get("/assets/0000/css/azukari.css").await;
        assert_eq!(old.headers.get("cache-control").unwrap(), "no-cache");
        assert_eq!(visitor.get("/assets/0000/locales/ja/common.ftl").await.status, 404);
    }
}
