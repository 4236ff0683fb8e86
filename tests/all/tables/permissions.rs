//! Who may do what: the route table by roles, agreed as a snapshot and printed for people to read.

use std::fmt::Write as _;

use azukari::actor::Role;
use azukari::organisation::FourEyes;
use azukari::server;
use azukari::web::{Access, Route};

const DOCUMENT: &str = "docs/permissions.md";

/// What stands above the table.
const HEAD: &str = "\
# Who may do what

Printed by `tests/all/tables/permissions.rs` from the route table; that test fails when this page is out of
date, and writes it anew with `INSTA_UPDATE=always`.

A request is let in by the role (the table below), then what it names is looked up among what the member sees, then
the slice's `policy.rs` says whether this member may do it now. What a member doesn't see answers 404 as if it weren't
there; what a member sees and may not do answers 403.

## What each role sees

| Role | Side | Sees |
|---|---|---|
| administrator (管理者) | principal | all entrustments of the organisation |
| officer (担当者) | principal | those of the own division; of all divisions when the officer belongs to none |
| approver (承認者) | principal | all entrustments of the organisation |
| auditor (監査人) | principal | the entrustments that are named to the auditor, on the days from – until by Japan's time: until midnight after the last one; with what was re-entrusted from them where that was said |
| representative (責任者) | contractor | what is entrusted to the organisation, by whichever principal, and what it re-entrusted |
| handler (従事者) | contractor | the same |

A program (an API token of an organisation) sees what its maker sees, within the token's scopes.

One person may be a member of several organisations and acts for one at a time. Whoever signed in with an
organisation's account acts for that one alone.

## What a second person approves

Whoever asked for it doesn't decide on it, in whatever role or organisation. An administrator takes single rows off on
`/access-rules`. A hand-over (受渡し) always waits for a second person, whatever the rules say: not one who began or
changed it, brought a file, explained a stop or asked for the approval, but another administrator, officer, approver,
representative or handler of the side that sends it; or, for what a contractor sends, one of the principal's.

| What | Asked for by | Decided by |
|---|---|---|
";

/// Who asks for what, and who decides.
fn asked_and_decided(what: FourEyes) -> (&'static str, &'static str, &'static str) {
    match what {
        FourEyes::Recipients => (
            "a recipient (送付先)",
            "administrator, officer, representative, handler",
            "administrator, officer, approver",
        ),
        FourEyes::SubEntrustments => (
            "a sub-entrustment (再委託), and its renewal",
            "representative",
            "administrator, approver",
        ),
        FourEyes::Exceptions => (
            "an exception to a handling rule (例外)",
            "whoever enters or changes what breaks the rule",
            "administrator, approver",
        ),
        FourEyes::Closing => {
            ("closing an entrustment (終了)", "administrator, officer", "administrator, approver")
        }
        FourEyes::AuditorAccess => (
            "an auditor's access (監査人の閲覧)",
            "administrator, officer",
            "administrator, approver; not the auditor's own person",
        ),
    }
}

fn may(route: &Route, role: Role) -> bool {
    match route.access {
        Access::Public | Access::Session => true,
        Access::Roles(roles) => roles.contains(&role),
        // Programs alone, which show a token.
        Access::Token(_) => false,
    }
}

fn action(route: &Route) -> &'static str {
    match (route.method, route.changes, route.stepped_up) {
        (method, _, false) if method.is_safe() => "read",
        (method, _, true) if method.is_safe() => "read, after a fresh proof",
        (_, true, false) => "change",
        (_, true, true) => "change, after a fresh proof",
        (_, false, false) => "act",
        (_, false, true) => "act, after a fresh proof",
    }
}

/// A row a route, by what they are about.
fn table() -> String {
    let mut table = "| Resource | Action | visitor |".to_owned();
    for role in Role::ALL {
        write!(table, " {role} |").unwrap();
    }
    table.push_str(" program |\n|---|---|");
    table.push_str(&":-:|".repeat(Role::ALL.len() + 2));
    table.push('\n');
    let mut routes = server::routes();
    routes.sort_by_key(|route| (route.path, route.method));
    for route in &routes {
        let mark = |may: bool| if may { "●" } else { "" };
        let visitor = mark(route.access == Access::Public);
        write!(table, "| `{}` | {} | {visitor} |", route.path, action(route)).unwrap();
        for role in Role::ALL {
            write!(table, " {} |", mark(may(route, *role))).unwrap();
        }
        let scope = match route.access {
            Access::Token(scope) => scope.as_str(),
            _ => mark(route.access == Access::Public),
        };
        write!(table, " {scope} |").unwrap();
        table.push('\n');
    }
    table
}

fn document() -> String {
    let mut text = HEAD.to_owned();
    for what in FourEyes::ALL {
        let (what, asked, decided) = asked_and_decided(*what);
        writeln!(text, "| {what} | {asked} | {decided} |").unwrap();
    }
    text.push_str("\n## Every route\n\n");
    text.push_str(&table());
    text
}

#[test]
fn who_may_do_what_is_as_it_was_agreed() {
    crate::app::snapshot("permissions", &table());
}

#[test]
fn the_page_about_permissions_is_up_to_date() {
    let path = format!("{}/{DOCUMENT}", env!("CARGO_MANIFEST_DIR"));
    let now = document();
    if std::env::var("INSTA_UPDATE").is_ok_and(|word| word == "always") {
        std::fs::write(&path, &now).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == now, "{DOCUMENT} is out of date: run this test with INSTA_UPDATE=always");
}

/// What an auditor does beside reading: the own account and session, and having a record issued.
const OF_AUDITORS: &[&str] =
    &["/account", "/kept-forms", "/session", "/sign-out", "/step-up", "/entrustments/{id}/record"];

#[test]
fn an_auditor_reads_and_changes_nothing() {
    for route in server::routes() {
        if route.method.is_safe() || route.access == Access::Public || !may(&route, Role::Auditor) {
            continue;
        }
        let own = OF_AUDITORS.iter().any(|own| route.path.starts_with(own));
        assert!(own && !route.path.contains("/files"), "{route:?}");
    }
}
