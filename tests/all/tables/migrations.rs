use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use azukari::database::{Connection, Kind, migrate, revert_all};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::app::TestDatabase;

const KINDS: [Kind; 2] = [Kind::Sqlite, Kind::Postgresql];

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    a: String,
    #[diesel(sql_type = Text)]
    b: String,
    #[diesel(sql_type = Text)]
    c: String,
}

fn rows(url: &str, sqlite: &str, postgresql: &str) -> Vec<Row> {
    let loaded = match Connection::open(url).unwrap() {
        Connection::Sqlite(mut c) => diesel::sql_query(sqlite).load(&mut c),
        Connection::Postgresql(mut c) => diesel::sql_query(postgresql).load(&mut c),
    };
    loaded.unwrap()
}

/// Everything that the migrations made, as text.
fn schema(url: &str) -> Vec<String> {
    const SQLITE: &str = "SELECT type AS a, name AS b, coalesce(sql, '') AS c FROM sqlite_master
        WHERE name NOT LIKE '\\_\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1, 2";
    const POSTGRESQL: &str = "SELECT * FROM (
        SELECT 'column' AS a, table_name || '.' || column_name AS b,
               data_type || ' ' || is_nullable || ' ' || ordinal_position AS c
          FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL SELECT 'index', indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public'
        UNION ALL SELECT 'constraint', conrelid::regclass::text || '.' || conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT 'trigger', tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
        UNION ALL SELECT 'policy', polrelid::regclass::text || '.' || polname,
               coalesce(pg_get_expr(polqual, polrelid), '') || ' ' || coalesce(pg_get_expr(polwithcheck, polrelid), '')
          FROM pg_policy
        UNION ALL SELECT 'function', proname::text, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
        ) x WHERE b NOT LIKE '\\_\\_diesel%' ORDER BY 1, 2";
    rows(url, SQLITE, POSTGRESQL).into_iter().map(|r| format!("{} {}: {}", r.a, r.b, r.c)).collect()
}

#[test]
fn both_databases_have_the_same_migrations() {
    let names = |folder: &str| -> BTreeSet<String> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
        let entries = std::fs::read_dir(path).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("sqlite"), names("postgresql"));
}

#[test]
fn up_and_down_and_up_again_gives_the_same_schema() {
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::empty(kind, folder.path());
        let first = migrate(&database.url).unwrap();
        let before = schema(&database.url);
        assert!(before.len() > 50, "{before:#?}");
        assert_eq!(migrate(&database.url).unwrap(), Vec::<String>::new(), "nothing is left to do");
        let back = revert_all(&database.url).unwrap();
        assert_eq!(back.len(), first.len());
        assert_eq!(schema(&database.url), Vec::<String>::new(), "down leaves nothing behind");
        assert_eq!(migrate(&database.url).unwrap(), first);
        assert_eq!(schema(&database.url), before);
    }
}

#[test]
fn every_table_has_the_same_columns_on_both() {
    let columns = |kind| {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::migrated(kind, folder.path());
        let rows = rows(
            &database.url,
            "SELECT m.name AS a, c.name AS b, CASE WHEN c.\"notnull\" THEN 'NO' ELSE 'YES' END AS c
               FROM sqlite_master m, pragma_table_info(m.name) c
              WHERE m.type = 'table' AND m.name NOT LIKE '\\_\\_%' ESCAPE '\\'
                AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1, c.cid",
            "SELECT table_name::text AS a, column_name::text AS b, is_nullable::text AS c
               FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name NOT LIKE '\\_\\_%'
              ORDER BY 1, ordinal_position",
        );
        rows.into_iter().map(|row| (row.a, row.b, row.c)).collect::<Vec<_>>()
    };
    assert_eq!(columns(Kind::Sqlite), columns(Kind::Postgresql));
}

/// Columns by table and name of the key or index, in their order.
fn grouped(rows: Vec<Row>) -> BTreeMap<(String, String), Vec<String>> {
    let mut groups: BTreeMap<_, Vec<String>> = BTreeMap::new();
    for row in rows {
        groups.entry((row.a, row.b)).or_default().push(row.c);
    }
    groups
}

#[test]
fn every_foreign_key_has_an_index_that_begins_with_its_columns() {
    for kind in KINDS {
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::migrated(kind, folder.path());
        let keys = grouped(rows(
            &database.url,
            "SELECT m.name AS a, CAST(f.id AS TEXT) AS b, f.\"from\" AS c
               FROM sqlite_master m, pragma_foreign_key_list(m.name) f
              WHERE m.type = 'table' ORDER BY 1, 2, f.seq",
            "SELECT conrelid::regclass::text AS a, conname::text AS b, t.attname::text AS c
               FROM pg_constraint, unnest(conkey) WITH ORDINALITY k (n, position), pg_attribute t
              WHERE contype = 'f' AND t.attrelid = conrelid AND t.attnum = k.n ORDER BY 1, 2, position",
        ));
        let indexes = grouped(rows(
            &database.url,
            "SELECT m.name AS a, i.name AS b, x.name AS c
               FROM sqlite_master m, pragma_index_list(m.name) i, pragma_index_info(i.name) x
              WHERE m.type = 'table' ORDER BY 1, 2, x.seqno",
            "SELECT indrelid::regclass::text AS a, indexrelid::regclass::text AS b, t.attname::text AS c
               FROM pg_index, unnest(indkey::int2[]) WITH ORDINALITY k (n, position), pg_attribute t
              WHERE t.attrelid = indrelid AND t.attnum = k.n ORDER BY 1, 2, position",
        ));
        assert!(keys.len() > 20);
        for ((table, name), columns) in keys {
            let wanted: BTreeSet<_> = columns.iter().collect();
            let found = indexes.iter().any(|((of, _), index)| {
                *of == table && index.iter().take(columns.len()).collect::<BTreeSet<_>>() == wanted
            });
            assert!(found, "{kind:?}: no index for {table} {name} {columns:?}");
        }
    }
}
