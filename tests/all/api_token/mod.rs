//! Tokens of an organisation's programs: made, shown once, used, refused, taken back.

mod api;
mod life;

use azukari::web::Method;
use reqwest::header::HeaderValue;

use crate::app::{App, Page, Person};

/// Both scopes.
pub const ALL: &[&str] = &["read_entrustments", "read_records"];

/// Makes a token and reads it off the page.
pub async fn make(person: &Person, scopes: &[&str], days: &str) -> String {
    let form = person.get("/api-tokens/new").await.main_form();
    let form = form.set("name", "文書管理システム").set("days", days);
    let form = scopes.iter().fold(form, |form, scope| form.check("scopes", scope));
    let page = form.submit().await;
    assert_eq!((page.status, &*page.title()), (201, "トークンをつくりました"), "{}", page.body);
    page.text("#token")
}

/// Asks as a program does.
pub async fn ask(app: &App, token: &str, path: &str) -> Page {
    ask_with(app, &format!("Bearer {token}"), path).await
}

/// The same with whatever the header says.
pub async fn ask_with(app: &App, header: &str, path: &str) -> Page {
    let program = app.visitor();
    let request = program.request(reqwest::Method::GET, path);
    let value = HeaderValue::from_bytes(header.as_bytes()).unwrap();
    program.send(request.header("authorization", value)).await
}

/// The paths of the API, with an id that is nowhere.
pub fn paths() -> Vec<String> {
    let routes = azukari::server::routes().into_iter();
    let routes = routes.filter(|route| route.who().contains(&"token"));
    let part = |part: &str| {
        if part.starts_with('{') {
            "018f0000-0000-7000-8000-000000000001".into()
        } else {
            part.to_owned()
        }
    };
    routes
        .inspect(|route| assert_eq!(route.method, Method::Get))
        .map(|route| route.path.split('/').map(part).collect::<Vec<_>>().join("/"))
        .collect()
}
