//! Costly routes are counted by session and by address.

use azukari::database::Kind;

use crate::app::App;

fn app(session: u32, address: u32) -> App {
    App::spawn_with(Kind::Sqlite, |config| {
        config.limits.costly_per_session = session;
        config.limits.costly_per_address = address;
        config.limits.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
        None
    })
}

#[tokio::test]
async fn a_session_that_asks_too_often_waits_and_its_colleague_does_not() {
    let app = app(3, 1000);
    let mie = app.principal("三重野県");
    for _ in 0..3 {
        assert_eq!(mie.officer.get("/map").await.status, 200);
    }
    let page = mie.officer.get("/map").await;
    assert_eq!((page.status, &*page.text("h1")), (429, "操作の回数が多すぎます"));
    let seconds: u64 = page.headers.get("retry-after").unwrap().to_str().unwrap().parse().unwrap();
    assert!((1..=21).contains(&seconds), "{seconds}");
    assert!(page.body.contains(&format!("あと{seconds}秒")));
    assert_eq!(mie.officer.get("/contractors").await.status, 200, "other pages go on");
    assert_eq!(mie.administrator.get("/map").await.status, 200);
}

#[tokio::test]
async fn an_address_that_asks_too_often_waits_and_another_does_not() {
    let app = app(1000, 2);
    let visitor = app.visitor();
    let ask = async |address: &str| {
        let request = visitor
            .request(reqwest::Method::POST, "/sign-in")
            .header("sec-fetch-site", "same-origin")
            .header("x-forwarded-for", address)
            .body(String::new());
        visitor.send(request).await.status
    };
    assert_eq!(ask("203.0.113.1").await, 403);
    assert_eq!(ask("203.0.113.1").await, 403);
    assert_eq!(ask("203.0.113.1").await, 429);
    assert_eq!(ask("198.51.100.9, 203.0.113.1").await, 429, "what stands before is not believed");
    assert_eq!(ask("203.0.113.2").await, 403);
    assert_eq!(ask("2001:db8::1").await, 403);
    assert_eq!(ask("2001:db8::2").await, 403);
    assert_eq!(ask("2001:db8::3").await, 429, "a household of IPv6 is one");
}
