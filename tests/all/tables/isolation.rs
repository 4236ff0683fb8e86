//! The second lock: on PostgreSQL the database itself holds organisations apart, whatever SQL comes.

use std::collections::BTreeSet;

use azukari::account;
use azukari::actor::{Actor, PersonId};
use azukari::database::{Connection, Database, Kind, RowSecurity, Scope};
use diesel::connection::SimpleConnection as _;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::world::World;
use crate::app::{App, Person};

/// Tables whose rows belong to nobody: what is common to all, and what is counted before anybody is
/// known. Everything else is locked.
const OF_NOBODY: [&str; 4] =
    ["__diesel_schema_migrations", "ceremony", "frozen_template", "sign_in_attempt"];

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn words(c: &mut Connection, sql: &str) -> Vec<String> {
    let Connection::Postgresql(c) = c else { panic!("PostgreSQL alone") };
    let rows: Vec<Word> = diesel::sql_query(sql).load(c).unwrap();
    rows.into_iter().map(|row| row.word).collect()
}

fn count(c: &mut Connection, sql: &str) -> i64 {
    let Connection::Postgresql(c) = c else { panic!("PostgreSQL alone") };
    let row: Count = diesel::sql_query(sql).get_result(c).unwrap();
    row.count
}

/// How many rows a statement changes, which is then taken back; nothing when it is refused.
fn changed(c: &mut Connection, sql: &str) -> Result<usize, String> {
    let Connection::Postgresql(c) = c else { panic!("PostgreSQL alone") };
    c.batch_execute("BEGIN").unwrap();
    let done = diesel::sql_query(sql).execute(c);
    c.batch_execute("ROLLBACK").unwrap();
    done.map_err(|error| error.to_string())
}

fn tables(c: &mut Connection) -> Vec<String> {
    words(c, "SELECT tablename::text AS word FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
}

fn with_column(c: &mut Connection, column: &str) -> Vec<String> {
    let sql = format!(
        "SELECT table_name::text AS word FROM information_schema.columns
          WHERE table_schema = 'public' AND column_name = '{column}' ORDER BY 1"
    );
    words(c, &sql)
}

/// A connection of the portal's role that has said nothing yet.
fn silent(app: &App) -> Connection {
    Connection::open(app.database_url()).unwrap()
}

/// What a signed-in person's connections say.
fn scope_of(app: &App, person: &Person) -> Scope {
    let sql = format!("SELECT id AS word FROM person WHERE email = '{}'", person.email);
    let id: PersonId = words(&mut app.connection(), &sql).remove(0).parse().unwrap();
    let now = app.portal.clock.now();
    Scope::of(&account::act_as(&mut app.connection(), &Actor::Operator, id, now).unwrap())
}

#[test]
fn every_table_of_an_organisation_or_a_person_is_locked() {
    let app = App::spawn(Kind::Postgresql);
    let c = &mut app.connection();
    let locked = words(
        c,
        "SELECT c.relname::text AS word FROM pg_class c
          WHERE c.relnamespace = 'public'::regnamespace AND c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid) ORDER BY 1",
    );
    let open: Vec<_> = tables(c).into_iter().filter(|t| !locked.contains(t)).collect();
    assert_eq!(
        open, OF_NOBODY,
        "end the migration that makes a table with SELECT azukari_lock('table')"
    );
    for column in ["tenant_id", "person_id"] {
        let open: Vec<_> =
            with_column(c, column).into_iter().filter(|t| !locked.contains(t)).collect();
        assert_eq!(open, Vec::<String>::new(), "{column}");
    }
    println!("{} tables locked, {} of nobody", locked.len(), open.len());
}

#[test]
fn the_tests_run_as_a_role_that_the_lock_holds() {
    let app = App::spawn(Kind::Postgresql);
    let c = &mut app.connection();
    let sql = "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND NOT rolsuper AND NOT rolbypassrls";
    assert_eq!(count(c, sql), 1);
    let loan = app.portal.database.reader(&Scope::everything());
    assert_eq!(loan.unwrap().row_security().unwrap(), RowSecurity::Held);
    c.batch_execute("ALTER TABLE holding NO FORCE ROW LEVEL SECURITY").unwrap();
    assert_eq!(c.row_security().unwrap(), RowSecurity::Missing);
    c.batch_execute(
        "ALTER TABLE holding FORCE ROW LEVEL SECURITY; DROP POLICY azukari_kept ON holding",
    )
    .unwrap();
    assert_eq!(c.row_security().unwrap(), RowSecurity::Missing);
    let database = app.database_url().rsplit('/').next().unwrap().to_owned();
    let cluster = std::env::var("AZUKARI_TEST_POSTGRES").unwrap();
    let mut c = Connection::open(&format!("{}/{database}", cluster.trim_end_matches('/'))).unwrap();
    assert_eq!(c.row_security().unwrap(), RowSecurity::Bypassed, "the tests' superuser");
}

#[tokio::test]
async fn a_query_without_scope_returns_nothing() {
    let app = App::spawn(Kind::Postgresql);
    World::build(&app, "三重野県").await;
    let (all, none) = (&mut app.connection(), &mut silent(&app));
    let mut filled = 0;
    for table in tables(all).iter().filter(|t| !OF_NOBODY.contains(&t.as_str())) {
        let sql = format!("SELECT count(*) FROM {table}");
        filled += i64::from(count(all, &sql) > 0);
        assert_eq!(count(none, &sql), 0, "{table}");
        assert_eq!(changed(none, &format!("DELETE FROM {table}")), Ok(0), "{table}");
        let copy =
            format!("INSERT INTO {table} SELECT (jsonb_populate_record(NULL::{table}, '{{}}')).*");
        changed(none, &copy).unwrap_err();
    }
    assert!(filled > 30, "only {filled} tables have rows to hide");
    // An empty word is as good as none.
    none.batch_execute("SET azukari.scope = ''").unwrap();
    assert_eq!(count(none, "SELECT count(*) FROM person"), 0);
    none.batch_execute("RESET azukari.scope").unwrap();
    assert_eq!(count(none, "SELECT count(*) FROM entrustment"), 0);
    println!("{filled} tables with rows, none of them seen");
}

/// Tables in which a contractor's organisation and its people show to a principal: they have each
/// other's names.
const SHARED: [&str; 3] = ["membership", "organisation", "person"];

#[tokio::test]
async fn a_foreign_tenants_rows_are_neither_seen_nor_changed_by_whatever_sql() {
    let app = App::spawn(Kind::Postgresql);
    let own = World::build(&app, "三重野県").await;
    let foreign = World::build(&app, "津島町").await;
    let theirs = BTreeSet::from([foreign.principal.id.to_string(), foreign.company.clone()]);
    let list = theirs.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
    let all = &mut app.connection();
    let of_tenants = with_column(all, "tenant_id");
    let mut tried = 0;
    for person in own.everybody() {
        let c = &mut silent(&app);
        c.enter(&scope_of(&app, person)).unwrap();
        assert!(count(c, "SELECT count(*) FROM entrustment") > 0, "{}", person.name);
        for table in &of_tenants {
            let rows = format!("{table} WHERE tenant_id IN ({list})");
            assert_eq!(count(c, &format!("SELECT count(*) FROM {rows}")), 0, "{table}");
            let update =
                format!("UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id IN ({list})");
            assert_eq!(changed(c, &update), Ok(0), "{table}");
            assert_eq!(changed(c, &format!("DELETE FROM {rows}")), Ok(0), "{table}");
            // What is one's own can't be given away either.
            let all_rows = format!("SELECT count(*) FROM {table} WHERE tenant_id IS NOT NULL");
            if count(c, &all_rows) > 0 {
                let id = foreign.principal.id;
                let gift =
                    format!("UPDATE {table} SET tenant_id = '{id}' WHERE tenant_id IS NOT NULL");
                let refused = changed(c, &gift).map(|rows| rows == 0);
                assert!(refused != Ok(false), "{table} was given away");
            }
            tried += 4;
        }
        for (table, column) in [
            ("organisation", "id"),
            ("person", "id"),
            ("totp", "person_id"),
            ("session", "person_id"),
            ("passkey", "person_id"),
        ] {
            let who = if table == "organisation" {
                list.clone()
            } else {
                format!("SELECT person_id FROM membership WHERE tenant_id IN ({list})")
            };
            let who = words(
                all,
                &format!(
                    "SELECT x AS word FROM unnest(ARRAY(SELECT t.{column} FROM {table} t WHERE t.{column} IN ({who}))) x"
                ),
            );
            assert!(!who.is_empty(), "{table} has nothing foreign to hide");
            let who = who.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
            let rows = format!("{table} WHERE {column} IN ({who})");
            assert_eq!(count(c, &format!("SELECT count(*) FROM {rows}")), 0, "{table}");
            let update =
                format!("UPDATE {table} SET {column} = {column} WHERE {column} IN ({who})");
            assert_eq!(changed(c, &update), Ok(0), "{table}");
            tried += 2;
        }
    }
    println!("{tried} statements, nothing foreign seen or changed");
}

#[tokio::test]
async fn what_people_prove_themselves_with_is_not_the_other_sides() {
    let app = App::spawn(Kind::Postgresql);
    let world = World::build(&app, "三重野県").await;
    let company = world.company.clone();
    let c = &mut silent(&app);
    c.enter(&scope_of(&app, &world.principal.administrator)).unwrap();
    for table in SHARED {
        assert!(count(c, &format!("SELECT count(*) FROM {table}")) > 1, "{table}");
    }
    let people = format!("SELECT person_id FROM membership WHERE tenant_id = '{company}'");
    assert!(count(c, &format!("SELECT count(*) FROM ({people}) x")) > 0, "their names are known");
    for table in ["totp", "passkey", "session"] {
        let sql = format!("SELECT count(*) FROM {table} WHERE person_id IN ({people})");
        assert!(count(&mut app.connection(), &sql) > 0, "{table} has something to hide");
        assert_eq!(count(c, &sql), 0, "{table}");
    }
    for sql in [
        format!("UPDATE person SET name = 'x' WHERE id IN ({people})"),
        format!("UPDATE membership SET role = 'handler' WHERE tenant_id = '{company}'"),
        format!("UPDATE organisation SET name = 'x' WHERE id = '{company}'"),
    ] {
        assert_eq!(changed(c, &sql), Ok(0), "{sql}");
    }
    // The contractor's people reach the principal's registers, and none of its people's ways in.
    c.enter(&scope_of(&app, &world.contractor.representative)).unwrap();
    let id = world.principal.id;
    assert!(count(c, &format!("SELECT count(*) FROM holding WHERE tenant_id = '{id}'")) > 0);
    assert_eq!(count(c, &format!("SELECT count(*) FROM session WHERE tenant_id = '{id}'")), 0);
    let sql = format!("UPDATE organisation SET name = 'x' WHERE id = '{id}'");
    assert_eq!(changed(c, &sql), Ok(0));
    let sql = format!(
        "UPDATE membership SET tenant_id = '{id}', role = 'administrator' WHERE tenant_id = '{company}'"
    );
    changed(c, &sql).unwrap_err();
}

#[test]
fn nobody_meets_the_scope_of_whoever_had_the_connection_before() {
    let app = App::spawn(Kind::Postgresql);
    app.principal("三重野県");
    let database = Database::open(app.database_url(), 1).unwrap();
    let seen = |scope: &Scope| {
        count(&mut database.reader(scope).unwrap(), "SELECT count(*) FROM division")
    };
    assert_eq!(seen(&Scope::everything()), 1);
    assert_eq!(seen(&Scope::of(&Actor::Visitor)), 0);
    assert_eq!(seen(&Scope::everything()), 1);
}
