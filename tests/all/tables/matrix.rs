//! Every route × every role × own, foreign and absent ids, wherever a request can carry an id: in
//! the path, the query, the form and the headers. What is foreign is as if it weren't there.
//!
//! The cells come from the route table: a route whose path has an id that the world below doesn't
//! know fails the test, and so does one without cells.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use azukari::actor::Role;
use azukari::database::Kind;
use azukari::server;
use azukari::web::{Access, Method, Route};
use reqwest::multipart;

use super::world::{self, World};
use crate::app::{App, FilledForm, Page, Person};

/// An id of nothing.
const ABSENT: &str = "018f0000-0000-7000-8000-000000000001";

/// Parts of paths that are words which everybody knows, not ids.
const WORDS: [(&str, &str); 6] = [
    ("{kind}", "contractors"),
    ("{question}", "q01"),
    ("{section}", "A"),
    ("{token}", "no-token"),
    ("{hash}", "0"),
    ("{path:.*}", "x.css"),
];

/// Names under which queries and forms carry ids, and what they are ids of.
const NAMES: [(&str, &str); 17] = [
    ("entrustment", "entrustments"),
    ("entrustment_id", "entrustments"),
    ("contractor", "contractors"),
    ("division", "divisions"),
    ("template", "templates"),
    ("questionnaire", "questionnaires"),
    ("handler", "entrustments/handlers"),
    ("handlers", "entrustments/handlers"),
    ("holding", "entrustments/holdings"),
    ("holdings", "entrustments/holdings"),
    ("recipient", "entrustments/recipients"),
    ("request", "entrustments/hand-over-requests"),
    ("finding", "entrustments/findings"),
    ("organisation", "sign-in/organisation"),
    ("tenant", "sign-in/organisation"),
    ("tenant_id", "sign-in/organisation"),
    ("id", "entrustments"),
];

/// Headers that other systems take for who somebody is or what is meant.
const HEADERS: [&str; 8] = [
    "x-organisation",
    "x-tenant-id",
    "x-user-id",
    "x-forwarded-user",
    "x-original-url",
    "if-match",
    "x-http-method-override",
    "referer",
];

/// Routes that end the session of whoever asks, or make another of it.
const ENDS_SESSION: [&str; 1] = ["/sign-out"];

/// Routes that give something new at each request, as new codes, or a list that tells of the very
/// requests made here: their answers differ however they are asked.
const NEW_EACH_TIME: [&str; 4] =
    ["/account/recovery-codes", "/events", "/events.csv", "/events.xlsx"];

/// Where a role is refused whichever id it names, because it may not do such things at all.
const REFUSED_ANYHOW: [(&str, &str); 2] =
    [("/imports/{kind}", "representative"), ("/imports/{kind}", "handler")];

type Ids = BTreeMap<String, String>;

/// Somebody who asks.
struct Asker {
    role: &'static str,
    person: Person,
    csrf: RefCell<String>,
    own: Ids,
    foreign: Ids,
}

/// What a request carries beside its path.
#[derive(Clone, Default)]
struct More {
    query: Vec<(String, String)>,
    form: Vec<(String, String)>,
    header: String,
}

/// An answer without what differs from request to request, and without the ids that were asked for.
#[derive(Debug, PartialEq)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

/// How many cells were tried, by the place of the id.
#[derive(Default, Debug)]
struct Tally {
    path: usize,
    query: usize,
    form: usize,
    header: usize,
    routes: BTreeSet<String>,
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.path += other.path;
        self.query += other.query;
        self.form += other.form;
        self.header += other.header;
        self.routes.extend(other.routes);
        self.wrong.extend(other.wrong);
    }

    fn cells(&self) -> usize {
        self.path + self.query + self.form + self.header
    }

    /// Notes what doesn't fit, so that one run tells all.
    fn check(&mut self, fits: bool, what: impl FnOnce() -> String) {
        if !fits {
            self.wrong.push(what());
        }
    }
}

fn name(route: &Route) -> String {
    format!("{} {}", route.method.as_str(), route.path)
}

/// The places of the ids in a path: its static parts before each.
fn places(path: &str) -> Vec<String> {
    let mut before: Vec<&str> = Vec::new();
    let mut found = Vec::new();
    for part in path.split('/').filter(|part| !part.is_empty()) {
        if !part.starts_with('{') {
            before.push(part);
        } else if !WORDS.iter().any(|(word, _)| *word == part) {
            found.push(before.join("/"));
        }
    }
    found
}

/// The CSRF token of somebody's pages.
async fn token(person: &Person) -> String {
    person.get("/help").await.attributes("input[name=csrf]", "value").remove(0)
}

/// A path with ids in it, one for each place.
fn path_with(path: &str, ids: &[String]) -> String {
    let mut ids = ids.iter();
    let part = |part: &str| match WORDS.iter().find(|(word, _)| *word == part) {
        Some((_, known)) => (*known).to_owned(),
        None if part.starts_with('{') => ids.next().unwrap().clone(),
        None => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn encoded(pairs: &[(String, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Asker {
    async fn new(app: &App, role: &'static str, person: &Person, worlds: (&World, &World)) -> Self {
        let twin = worlds.1.people().into_iter().find(|(of, _)| *of == role);
        let twin = twin.map_or(&worlds.1.principal.officer, |(_, person)| person);
        let places: BTreeSet<_> = server::routes().iter().flat_map(|r| places(r.path)).collect();
        let of = |world: &World, person: &Person| -> Ids {
            let id = |place: &String| {
                let id = world.id(app, place, person);
                id.unwrap_or_else(|| panic!("say in World::id which id a path of {place} has"))
            };
            places.iter().map(|place| (place.clone(), id(place))).collect()
        };
        let csrf = RefCell::new(token(person).await);
        let own =
            of(worlds.0, if role == "visitor" { &worlds.0.principal.officer } else { person });
        Self { role, person: person.clone(), csrf, own, foreign: of(worlds.1, twin) }
    }

    /// The status that the route table gives this asker whatever the id is, if it gives one.
    fn barred(&self, route: &Route) -> Option<u16> {
        let who = route.who();
        let people = |word: &&str| *word == "session" || word.parse::<Role>().is_ok();
        match who.as_slice() {
            ["public"] => None,
            // Programs alone, which show a token.
            words if !words.iter().all(people) => Some(401),
            _ if self.role == "visitor" && route.method == Method::Get => Some(303),
            _ if self.role == "visitor" => Some(401),
            ["session"] => None,
            words => (!words.contains(&self.role)).then_some(403),
        }
    }

    async fn ask(&self, route: &Route, path: &str, more: &More) -> Answer {
        let address = if more.query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{}", encoded(&more.query))
        };
        let method = reqwest::Method::from_bytes(route.method.as_str().as_bytes()).unwrap();
        let mut request =
            self.person.request(method, &address).header("sec-fetch-site", "same-origin");
        if !more.header.is_empty() {
            for name in HEADERS {
                let value = if name == "referer" {
                    format!("{}/{}", self.person.base(), more.header)
                } else {
                    more.header.clone()
                };
                request = request.header(name, value);
            }
        }
        if !route.method.is_safe() {
            request = request.header("x-csrf-token", &*self.csrf.borrow());
        }
        if route.method == Method::Post {
            let mut fields = vec![("csrf".to_owned(), self.csrf.borrow().clone())];
            fields.extend(more.form.iter().cloned());
            request = if route.takes_file || route.limit > azukari::web::MAX_UPLOAD {
                let form =
                    fields.into_iter().fold(multipart::Form::new(), |form, (n, v)| form.text(n, v));
                let file = multipart::Part::bytes(b"%PDF-1.7 a".as_slice()).file_name("a.pdf");
                request.multipart(form.part("file", file))
            } else {
                request
                    .header("content-type", "application/x-www-form-urlencoded")
                    .body(encoded(&fields))
            };
        }
        let page = self.person.send(request).await;
        // Who proves something anew goes on in a new session.
        let cookies = page.headers.get_all("set-cookie").iter();
        if cookies
            .filter_map(|cookie| cookie.to_str().ok())
            .any(|cookie| cookie.contains("session"))
        {
            let token = token(&self.person).await;
            self.csrf.replace(token);
        }
        self.answer(&page)
    }

    /// An answer with every id that may have been asked for made the same.
    fn answer(&self, page: &Page) -> Answer {
        let plain = |text: &str| {
            let mut text = text.replace(ABSENT, "ID");
            for id in self.foreign.values() {
                text = text.replace(id, "ID");
            }
            text
        };
        // A workbook holds the moment at which it was made; the same list as CSV is compared.
        let kind = page.headers.get("content-type").and_then(|kind| kind.to_str().ok());
        let workbook = kind.is_some_and(|kind| kind.contains("spreadsheet"));
        let mut headers = Vec::new();
        for (name, value) in &page.headers {
            // Whether the line stays open depends on how fast the body came.
            let passing = name == "date" || name == "connection";
            if passing || (workbook && name == "content-length") {
                continue;
            }
            let value = value.to_str().unwrap_or("?");
            // A visitor's browser gets a new value each time.
            let cookie = name == "set-cookie";
            let value = if cookie { value.split('=').next().unwrap() } else { value };
            headers.push((name.to_string(), plain(value)));
        }
        headers.sort();
        let body = if workbook { String::new() } else { plain(&page.comparable()) };
        Answer { status: page.status, headers, body }
    }

    /// Ids of the other organisation and of nothing in the path, each alone and all together. Who is
    /// refused for the role is refused before an id is looked up: all together alone.
    async fn path_cells(&self, route: &Route, tally: &mut Tally) {
        let places = places(route.path);
        let own: Vec<_> = places.iter().map(|place| self.own[place].clone()).collect();
        let barred = self.barred(route);
        let all = (0..places.len()).collect();
        let patterns: Vec<Vec<usize>> = match (places.len(), barred) {
            (0, _) => Vec::new(),
            (1, _) | (_, Some(_)) => vec![all],
            _ => (0..places.len()).map(|at| vec![at]).chain([all]).collect(),
        };
        for pattern in patterns {
            let with = |id: &dyn Fn(usize) -> String| {
                let ids = own
                    .iter()
                    .enumerate()
                    .map(|(at, own)| if pattern.contains(&at) { id(at) } else { own.clone() });
                path_with(route.path, &ids.collect::<Vec<_>>())
            };
            let foreign = with(&|at| self.foreign[&places[at]].clone());
            let absent = with(&|_| ABSENT.to_owned());
            let found = self.ask(route, &foreign, &More::default()).await;
            let nothing = self.ask(route, &absent, &More::default()).await;
            tally.path += 2;
            let refused = REFUSED_ANYHOW.iter().any(|(path, role)| {
                *role == self.role
                    && (route.path == *path || route.path.starts_with(&format!("{path}/")))
            });
            let expected = barred.unwrap_or(if refused { 403 } else { 404 });
            let public = route.access == Access::Public;
            tally.check(public || found.status == expected, || {
                format!(
                    "{} as {} {pattern:?}: foreign {} for {expected}",
                    name(route),
                    self.role,
                    found.status
                )
            });
            tally.check(found == nothing, || {
                format!(
                    "{} as {} {pattern:?}: foreign and absent differ: {}",
                    name(route),
                    self.role,
                    difference(&found, &nothing)
                )
            });
        }
        if barred.is_some() || route.method.is_safe() {
            let mine = self.ask(route, &path_with(route.path, &own), &More::default()).await;
            tally.path += 1;
            let fits = match barred {
                Some(status) => mine.status == status,
                None => mine.status < 500 && mine.status != 401,
            };
            tally.check(fits, || format!("{} as {}: own {}", name(route), self.role, mine.status));
        }
    }

    /// Ids under every name in the query, the form and the headers.
    async fn other_cells(&self, route: &Route, tally: &mut Tally) {
        let ids = |id: &dyn Fn(&str) -> String| -> Vec<(String, String)> {
            let mut pairs: Vec<_> =
                NAMES.iter().map(|(name, place)| ((*name).to_owned(), id(place))).collect();
            // An earlier one of the kind that the page is about.
            let about = self.foreign.keys().rfind(|place| {
                places(route.path).len() == 1
                    && route.path.ends_with(&format!("/{}/new", place.rsplit('/').next().unwrap()))
            });
            pairs.push(("from".to_owned(), id(about.map_or("entrustments", |place| place))));
            pairs
        };
        let foreign = ids(&|place| self.foreign[place].clone());
        let absent = ids(&|_| ABSENT.to_owned());
        // What changes something is asked about what isn't there: nothing is to change.
        let get = route.method.is_safe();
        let id = |place: &String| if get { self.own[place].clone() } else { ABSENT.to_owned() };
        let path = path_with(route.path, &places(route.path).iter().map(id).collect::<Vec<_>>());
        let barred = self.barred(route);
        // Who is refused for the role is refused before any of it is read: once with all of it.
        let ways: &[&str] = match (barred.is_some(), get) {
            (true, _) => &["query, form and header"],
            (false, true) => &["query", "header"],
            (false, false) => &["query", "form", "header"],
        };
        for way in ways {
            let of = |pairs: &[(String, String)]| {
                let carried = |place| if way.contains(place) { pairs.to_vec() } else { Vec::new() };
                let header = if way.contains("header") { &pairs[0].1 } else { "" };
                More { query: carried("query"), form: carried("form"), header: header.to_owned() }
            };
            let found = self.ask(route, &path, &of(&foreign)).await;
            let nothing = self.ask(route, &path, &of(&absent)).await;
            tally.query += if way.contains("query") { 2 } else { 0 };
            tally.form += if way.contains("form") && !get { 2 } else { 0 };
            tally.header += if way.contains("header") { 2 } else { 0 };
            tally.check(barred.is_none_or(|status| found.status == status), || {
                format!("{} as {}: {} with ids of others", name(route), self.role, found.status)
            });
            // A row that is new each time differs in its own id alone.
            let new = found.status == nothing.status
                && (found.status == 303 || NEW_EACH_TIME.contains(&route.path));
            tally.check(found.status < 500 && (new || found == nothing), || {
                let (route, role, how) = (name(route), self.role, difference(&found, &nothing));
                format!("{route} as {role} ({way}): foreign and absent differ: {how}")
            });
        }
    }
}

/// The first place at which two answers differ.
fn difference(a: &Answer, b: &Answer) -> String {
    if (a.status, &a.headers) != (b.status, &b.headers) {
        return format!("{} {:?} / {} {:?}", a.status, a.headers, b.status, b.headers);
    }
    let lines = a.body.lines().zip(b.body.lines()).find(|(a, b)| a != b);
    format!("{} {lines:?}", a.status)
}

/// Everything that an organisation has, as text, but for what tells of attempts.
fn rows_of(app: &App, world: &World) -> Vec<String> {
    let c = &mut app.connection();
    let mut all = Vec::new();
    for table in world::tables_with(c, "tenant_id") {
        if ["session", "security_event", "job"].contains(&&*table) {
            continue;
        }
        let columns = world::columns(c, &table);
        let text: Vec<_> =
            columns.iter().map(|column| format!("coalesce(CAST({column} AS TEXT), '-')")).collect();
        let sql = format!(
            "SELECT {} AS word FROM {table} WHERE tenant_id IN ('{}', '{}') ORDER BY 1",
            text.join(" || '|' || "),
            world.principal.id,
            world.company
        );
        all.extend(world::words(c, &sql).into_iter().map(|row| format!("{table}: {row}")));
    }
    all
}

/// Rows that name one of `ids`, but for what tells of attempts.
fn rows_naming(app: &App, world: &World, ids: &BTreeSet<String>) -> Vec<String> {
    let told = ["security_event: ", "ledger_entry: "];
    let rows = rows_of(app, world);
    let own = rows.iter().filter(|row| !told.iter().any(|table| row.starts_with(table)));
    own.filter(|row| ids.iter().any(|id| row.contains(id.as_str()))).cloned().collect()
}

async fn askers(app: &App, worlds: (&World, &World)) -> Vec<Asker> {
    let mut askers = vec![Asker::new(app, "visitor", &app.visitor(), worlds).await];
    for (role, person) in worlds.0.people() {
        askers.push(Asker::new(app, role, person, worlds).await);
    }
    askers
}

async fn walk(asker: &Asker) -> Tally {
    let mut tally = Tally::default();
    for route in server::routes() {
        let before = tally.cells();
        asker.path_cells(&route, &mut tally).await;
        if !ENDS_SESSION.contains(&route.path) {
            asker.other_cells(&route, &mut tally).await;
        }
        if tally.cells() > before {
            tally.routes.insert(name(&route));
        }
    }
    tally
}

/// Forms as their own pages show them, with the id of a foreign thing in each field that has one.
async fn forms(app: &App, asker: &Asker, worlds: (&World, &World)) -> Tally {
    let mut tally = Tally::default();
    let (kinds, theirs) = (kinds_of(app, worlds.0), foreign_of_kinds(app, worlds.1));
    let mut seen = BTreeSet::new();
    for route in server::routes() {
        if route.method != Method::Get
            || asker.barred(&route).is_some()
            || route.path.contains("{path")
        {
            continue;
        }
        let own: Vec<_> = places(route.path).iter().map(|place| asker.own[place].clone()).collect();
        let path = path_with(route.path, &own);
        let page = asker.person.get(&path).await;
        if page.status != 200
            || !page.headers["content-type"].to_str().unwrap().starts_with("text/html")
        {
            continue;
        }
        let fields = |form: &FilledForm| -> BTreeSet<(String, String)> {
            let ids = form
                .offers()
                .iter()
                .filter_map(|(name, value)| Some((name.clone(), kinds.get(value)?.clone())));
            ids.collect()
        };
        for (at, form) in page.forms().into_iter().enumerate() {
            for (field, kind) in fields(&form) {
                let Some(foreign) = theirs
                    .get(&kind)
                    .filter(|_| seen.insert((form.action().to_owned(), field.clone())))
                else {
                    continue;
                };
                let mut answers = Vec::new();
                for id in [foreign.as_str(), ABSENT] {
                    let form = page.forms().remove(at).filled().set(&field, id);
                    let posts = form.posts();
                    let sent = form.submit_unfollowed().await;
                    tally.form += 1;
                    tally.check(!posts || sent.status >= 400, || {
                        format!(
                            "{} as {}: {field} took {kind} {id}: {} {}",
                            path, asker.role, sent.status, sent.path
                        )
                    });
                    answers.push((sent.status, sent.comparable().replace(id, "ID")));
                }
                tally.check(answers[0] == answers[1], || {
                    format!("{path} as {}: {field}: foreign and absent differ", asker.role)
                });
            }
        }
    }
    tally
}

/// What each id of a world is the id of.
fn kinds_of(app: &App, world: &World) -> BTreeMap<String, String> {
    let c = &mut app.connection();
    let mut kinds = BTreeMap::new();
    for table in world::tables_with(c, "tenant_id") {
        if !world::columns(c, &table).contains(&"id".to_owned()) {
            continue;
        }
        let sql = format!(
            "SELECT id AS word FROM {table} WHERE tenant_id IN ('{}', '{}') ORDER BY id",
            world.principal.id, world.company
        );
        for id in world::words(c, &sql) {
            kinds.insert(id, table.clone());
        }
    }
    let sql = format!(
        "SELECT person_id AS word FROM membership WHERE tenant_id IN ('{}', '{}')",
        world.principal.id, world.company
    );
    for id in world::words(c, &sql) {
        kinds.insert(id, "person".to_owned());
    }
    kinds
}

fn foreign_of_kinds(app: &App, world: &World) -> BTreeMap<String, String> {
    kinds_of(app, world).into_iter().map(|(id, kind)| (kind, id)).collect()
}

async fn matrix(kind: Kind) {
    let app = App::spawn_with(kind, |config| {
        config.limits.costly_per_session = u32::MAX;
        config.limits.costly_per_address = u32::MAX;
        None
    });
    let (own, foreign) = (World::build(&app, "三重野県").await, World::build(&app, "津島町").await);
    let worlds = (&own, &foreign);
    own.without_passkeys(&app);
    let before = rows_of(&app, &foreign);
    assert!(before.len() > 40, "{before:#?}");
    let askers = askers(&app, worlds).await;
    let started = std::time::Instant::now();
    let mut tally = Tally::default();
    for walked in futures_util::future::join_all(askers.iter().map(walk)).await {
        tally.add(walked);
    }
    let generic = tally.form;
    for asker in askers.iter().filter(|asker| asker.role != "visitor") {
        tally.add(forms(&app, asker, worlds).await);
    }
    let (path, query, form, header) = (tally.path, tally.query, tally.form, tally.header);
    println!(
        "{kind:?}: {} cells of {} routes in {:?}: {path} in paths, {query} in queries, {form} in forms ({} in forms as pages show them), {header} in headers",
        tally.cells(),
        tally.routes.len(),
        started.elapsed(),
        form - generic
    );
    let all: BTreeSet<_> = server::routes().iter().map(name).collect();
    let without: Vec<_> = all.difference(&tally.routes).collect();
    assert!(without.is_empty(), "no cell tries {without:?}");
    let theirs: BTreeSet<_> =
        kinds_of(&app, &foreign).into_keys().chain([ABSENT.to_owned()]).collect();
    tally.wrong.extend(rows_naming(&app, &own, &theirs));
    let after = rows_of(&app, &foreign);
    let changed = before
        .iter()
        .filter(|row| !after.contains(row))
        .chain(after.iter().filter(|row| !before.contains(row)));
    tally.wrong.extend(changed.map(|row| format!("changed at the other organisation: {row}")));
    assert!(tally.wrong.is_empty(), "{} wrong:\n{}", tally.wrong.len(), tally.wrong.join("\n"));
    assert!(tally.cells() > 5000 && form - generic > 50, "{tally:?}");
}

#[tokio::test]
async fn what_is_foreign_is_as_if_it_were_not_there_on_sqlite() {
    matrix(Kind::Sqlite).await;
}

#[tokio::test]
async fn what_is_foreign_is_as_if_it_were_not_there_on_postgresql() {
    matrix(Kind::Postgresql).await;
}
