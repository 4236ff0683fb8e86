//! The portal answers under its own name alone.

use reqwest::Method;

use crate::app::{App, both};

both! {
    async fn another_host_is_refused_except_for_the_health_of_the_process(app: App) {
        let visitor = app.visitor();
        let own = app.base.trim_start_matches("http://").to_owned();
        let port = own.rsplit(':').next().unwrap().to_owned();
        let ask = async |path: &str, host: &str| {
            visitor.send(visitor.request(Method::GET, path).header("host", host)).await
        };
        for host in ["evil.example", "evil.example:80", "127.0.0.1:1", "", "127.0.0.1"] {
            let page = ask("/sign-in", host).await;
            assert_eq!((page.status, &*page.text("h1")), (421, "このアドレスでは使えません"), "{host}");
            assert_eq!(ask("/healthz", host).await.status, 200, "{host}");
            assert_eq!(ask("/readyz", host).await.status, 200, "{host}");
        }
        for host in [own, format!("localhost:{port}")] {
            assert_eq!(ask("/sign-in", &host).await.status, 200, "{host}");
        }
    }

    async fn what_a_proxy_says_of_the_host_decides_nothing(app: App) {
        let visitor = app.visitor();
        let request = visitor
            .request(Method::GET, "/contractors")
            .header("x-forwarded-host", "evil.example")
            .header("x-forwarded-proto", "https")
            .header("forwarded", "host=evil.example;proto=https");
        let page = visitor.send(request).await;
        assert_eq!(page.status, 303);
        assert_eq!(page.headers.get("location").unwrap(), "/sign-in?next=%2Fcontractors");
        assert!(!page.headers.contains_key("strict-transport-security"));
    }
}
