use std::collections::{BTreeMap, BTreeSet};

use azukari::server;
use azukari::web::{Access, Method};

/// Changing routes without a test of their ledger entry. The list may only get shorter.
const NOT_SHOWN_YET: &[&str] = &[];

/// Everything that somebody can do who isn't signed in.
const PUBLIC: &[&str] = &[
    "GET /assets/{hash}/{path:.*}",
    "GET /healthz",
    "GET /readyz",
    "GET /help",
    "GET /sign-in",
    "POST /sign-in",
    "GET /sign-in/second",
    "POST /sign-in/second",
    "POST /language",
    "GET /sign-in/passkey",
    "POST /sign-in/passkey",
    "POST /sign-in/passkey/options",
    "GET /sign-in/organisation",
    "POST /sign-in/organisation",
    "GET /sign-in/organisation/{tenant}",
    "GET /sign-in/organisation/{tenant}/callback",
    "GET /sign-in/link",
    "POST /sign-in/link",
    "GET /sign-in/link/{token}",
    "POST /sign-in/link/{token}",
    "GET /invitation/{token}",
    "POST /invitation/{token}",
    "GET /hand-over/{token}",
    "POST /hand-over/{token}",
    "POST /hand-over/{token}/files/{file}/download",
    "GET /hand-over/{token}/downloads/{download}",
    "HEAD /hand-over/{token}/downloads/{download}",
    "POST /hand-over/{token}/refusal",
    "GET /hand-over/{token}/deletion",
    "POST /hand-over/{token}/deletion",
    "GET /confirmations/{token}",
    "POST /confirmations/{token}",
    "GET /incident-duties",
    "POST /incident-duties",
    "POST /api/incident-duties",
];

#[test]
fn the_route_table_is_as_it_was_agreed() {
    let rows: Vec<String> = server::routes()
        .iter()
        .map(|route| {
            let mark = if route.changes { "*" } else { " " };
            let fresh = if route.stepped_up { "!" } else { " " };
            format!(
                "{mark}{fresh} {:4} {:45} {}",
                route.method.as_str(),
                route.path,
                route.who().join(", ")
            )
        })
        .collect();
    crate::app::snapshot("routes", &rows.join("\n"));
}

#[test]
fn what_takes_a_file_says_how_large_it_may_be() {
    let taking: Vec<_> = server::routes().into_iter().filter(|route| route.takes_file).collect();
    assert!(taking.len() >= 7, "{taking:?}");
    for route in taking {
        assert_eq!(route.limit, azukari::web::MAX_UPLOAD, "{route:?}");
    }
}

#[test]
fn what_costs_much_is_counted() {
    let rows = server::routes();
    let costly = rows.iter().filter(|route| route.costly);
    let rows: Vec<_> = costly.map(|r| format!("{:4} {}", r.method.as_str(), r.path)).collect();
    crate::app::snapshot("costly_routes", &rows.join("\n"));
}

#[test]
fn a_route_is_in_the_table_once() {
    let mut seen = BTreeSet::new();
    for route in server::routes() {
        assert!(seen.insert((route.method, route.path)), "{route:?}");
    }
}

#[test]
fn at_a_place_of_a_path_stands_one_name() {
    let mut names: BTreeMap<String, &str> = BTreeMap::new();
    for route in server::routes() {
        let mut before = String::new();
        for part in route.path.split('/').filter(|part| !part.is_empty()) {
            if part.starts_with('{') {
                let name = *names.entry(before.clone()).or_insert(part);
                assert_eq!(name, part, "only one of them is ever reached below {before}");
            }
            before = format!("{before}/{part}");
        }
    }
}

#[test]
fn what_is_public_is_on_a_short_list() {
    for route in server::routes() {
        let name = format!("{} {}", route.method.as_str(), route.path);
        assert_eq!(route.access == Access::Public, PUBLIC.contains(&&*name), "{name}");
    }
}

#[test]
fn every_changing_route_is_shown_to_leave_a_ledger_entry() {
    let changing: BTreeSet<_> =
        server::routes().iter().filter(|r| r.changes).map(|r| r.path).collect();
    let listed: BTreeSet<_> = crate::ledger::SHOWN.iter().chain(NOT_SHOWN_YET).copied().collect();
    let missing: Vec<_> = changing.difference(&listed).collect();
    assert!(missing.is_empty(), "no test shows the ledger entry of {missing:?}");
    let gone: Vec<_> = listed.difference(&changing).collect();
    assert!(gone.is_empty(), "no longer changing routes: {gone:?}");
    let twice: Vec<_> =
        NOT_SHOWN_YET.iter().filter(|path| crate::ledger::SHOWN.contains(path)).collect();
    assert!(twice.is_empty(), "shown by now, take them from the list: {twice:?}");
}

#[test]
fn what_is_taken_from_any_origin_is_public_and_keeps_nothing() {
    let open: Vec<_> = server::routes().into_iter().filter(|route| route.any_origin).collect();
    assert!(open.iter().all(|route| route.access == Access::Public && !route.changes));
    let paths: Vec<_> = open.iter().map(|route| route.path).collect();
    assert_eq!(paths, ["/api/incident-duties"]);
}

#[test]
fn nothing_changes_by_get() {
    assert!(server::routes().iter().all(|r| !r.method.is_safe() || !r.changes));
}

#[tokio::test]
async fn nothing_but_the_public_list_opens_to_a_visitor() {
    let app = crate::app::App::spawn(azukari::database::Kind::Sqlite);
    let visitor = app.visitor();
    let token = visitor.get("/sign-in").await.attributes("input[name=csrf]", "value").remove(0);
    for route in server::routes().iter().filter(|route| route.access != Access::Public) {
        let path: String =
            route
                .path
                .split('/')
                .map(|part| {
                    if part.starts_with('{') {
                        "018f0000-0000-7000-8000-000000000001"
                    } else {
                        part
                    }
                })
                .collect::<Vec<_>>()
                .join("/");
        if matches!(route.access, Access::Token(_)) {
            assert_eq!(visitor.get(&path).await.status, 401, "{route:?}");
        } else if route.method == Method::Get {
            let page = visitor.get(&path).await;
            assert_eq!(page.status, 303, "{route:?}");
            assert!(page.path.starts_with("/sign-in?next="), "{route:?}");
        } else {
            let method = reqwest::Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
            let request = visitor.request(method, &path).header("sec-fetch-site", "same-origin");
            let request = request.header("x-csrf-token", &token);
            assert_eq!(visitor.send(request).await.status, 401, "{route:?}");
        }
    }
}

/// A path with the first letter of its last word in percent codes.
fn encoded(path: &str) -> Option<String> {
    let word = path.rsplit('/').find(|part| part.starts_with(|c: char| c.is_ascii_alphabetic()))?;
    let (before, after) = path.rsplit_once(&format!("/{word}"))?;
    let (first, rest) = word.split_at_checked(1)?;
    Some(format!("{before}/%{}{rest}{after}", hex::encode(first)))
}

#[tokio::test]
async fn a_path_in_percent_codes_opens_nothing_more() {
    let app = crate::app::App::spawn(azukari::database::Kind::Sqlite);
    let body = app.principal("三重野県");
    for (person, signed_in) in [(app.visitor(), false), (body.officer.clone(), true)] {
        for route in server::routes().iter().filter(|route| route.method == Method::Get) {
            let parts = route.path.split('/').map(|part| {
                if part.starts_with('{') { "018f0000-0000-7000-8000-000000000001" } else { part }
            });
            let path = parts.collect::<Vec<_>>().join("/");
            let Some(encoded) = encoded(&path) else { continue };
            let plain = person.get(&path).await.status;
            assert_eq!(person.get(&encoded).await.status, plain, "{encoded} ({signed_in})");
        }
    }
    let events = body.officer.get("/%65vents").await;
    assert_eq!(events.status, 403, "{}", events.body);
}
