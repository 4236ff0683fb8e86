//! Page time depends on the page, not on the table: what lists ask is found by an index.

use azukari::database::Connection;
use diesel::RunQueryDsl as _;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;

use crate::app::{App, Person, Principal, both, entrustment};

/// The tables that grow.
const GROWING: [&str; 24] = [
    "security_event",
    "entrustment",
    "entrustment_ancestor",
    "contractor",
    "ledger_entry",
    "questionnaire",
    "transmission",
    "recipient",
    "finding",
    "inspection",
    "handler",
    "holding",
    "handover",
    "handover_stop",
    "handover_request",
    "near_miss",
    "incident",
    "incident_entry",
    "incident_step",
    "incident_filing",
    "incident_wrong_recipient",
    "incident_group",
    "incident_group_entry",
    "incident_cause",
];

/// A finding of an entrustment.
fn finding(app: &App, id: azukari::entrustment::EntrustmentId) {
    use azukari::finding::{self, NewFinding, Severity, Source, Subject};
    app.as_operator(|tx, _| {
        let of = azukari::entrustment::find_for_system(tx.connection, tx.actor, id)?;
        let new = NewFinding {
            english: azukari::finding::English::default(),
            source: Source::Officer,
            subject: Subject { kind: "entrustment", id: id.as_str() },
            rule: "",
            title: "鍵",
            detail: "",
            reason: "",
            severity: Severity::Low,
            due_on: None,
        };
        finding::raise(tx, &of, &new)
    });
}

/// Rows of 30 other principals around the one that asks: enough for the planner to care.
fn crowd(app: &App, principal: &Principal) -> Person {
    let contractor = app.joined_contractor(principal, "髙橋");
    for n in 0..3 {
        let new = entrustment(contractor.id, principal.division, &n.to_string(), "監査");
        let id = app.entrustment(principal, &new);
        finding(app, id);
    }
    let sql = "
        CREATE TEMPORARY TABLE n AS WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 200) SELECT n FROM n;
        INSERT INTO organisation SELECT 'o' || n, kind, name, name_kana, name_key || n, corporate_number, address, phone, file_key, created_at, version
          FROM organisation, n WHERE id = 'ID' AND n <= 30;
        INSERT INTO division SELECT 'o' || n, id, name, email, phone, version FROM division, n WHERE tenant_id = 'ID' AND n <= 30;
        INSERT INTO contractor SELECT 'o' || a.n, c.id || b.n, NULL, kind, name, name_kana, name_key || b.n, NULL, postcode, address,
            representative, person_in_charge, person_in_charge_title, email, phone, after_hours_phone, privacy_mark, privacy_mark_until,
            isms, isms_until, note, created_at, version
          FROM contractor c, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30 AND b.n <= 100;
        INSERT INTO entrustment SELECT 'o' || a.n, e.id || a.n || '-' || b.n, e.contractor_id || (b.n % 100 + 1), division_id, officer_id, e.number || '-' || b.n,
            title, title_key || b.n, purpose, fiscal_year, starts_on, ends_on, erase_by, persons, sensitive, my_number, handover_way, status,
            note, rules, clauses, clauses_version, created_at, version, NULL
          FROM entrustment e, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30;
        INSERT INTO entrustment_ancestor SELECT tenant_id, id, id, contractor_id, 0 FROM entrustment WHERE tenant_id <> 'ID';
        INSERT INTO ledger_entry SELECT 'o' || a.n, b.n * 1000 + sequence, at, actor_id, actor_name, actor_organisation, act, subject_kind,
            subject_id || b.n, entrustment_id || b.n, details, leaf_hash
          FROM ledger_entry, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30 AND b.n <= 50;
        INSERT INTO security_event SELECT e.id || a.n || '-' || b.n, at, 'o' || a.n, kind, category, outcome, person_id, person_name, organisation_name,
            session, account, address, device, route, request, act, subject_kind, subject_id, subject_name, reason, details, words
          FROM security_event e, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30 AND b.n <= 50;
        INSERT INTO finding SELECT 'o' || a.n, f.id || b.n, f.entrustment_id || a.n || '-' || b.n, position, source, subject_kind, subject_id, rule,
            title, detail, reason, severity, grade, status, owner_name, due_on, root_cause, action, action_on, answered_by_name, answered_at,
            rounds, effect, outcome, mended_at, closed_by_name, closed_at, reminded, raised_by_name, raised_at, version, english
          FROM finding f, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30;
        ANALYZE;";
    let mut connection = app.connection();
    connection.batch_execute(&sql.replace("ID", principal.id.as_str())).unwrap();
    contractor.representative
}

/// Incidents like the one that there is, of the other principals.
fn crowd_of_incidents(app: &App, principal: &Principal) {
    let sql = "
        CREATE TEMPORARY TABLE n AS WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 100) SELECT n FROM n;
        INSERT INTO incident SELECT 'o' || a.n, i.id || b.n, entrustment_id || a.n || '-' || b.n, position, kind, summary, occurred_at,
            known_at, known_side, known_by, persons, counted, recipients, status, reported_side, reported_by_name, reported_at,
            notified_at, opened_at, opened_by_name, escalated_at, facts, NULL, NULL, NULL, closed_at, closed_by_name, closing_note, version
          FROM incident i, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30;
        INSERT INTO incident_entry SELECT 'o' || a.n, i.id || b.n, incident_id || b.n, position, happened_at, entered_at, kind, act,
            details, text, by_name
          FROM incident_entry i, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30;
        INSERT INTO incident_step SELECT 'o' || a.n, i.id || b.n, incident_id || b.n, position, NULL, manual_version, section, side,
            assignee_name, what, how, due_at, status, done_at, note, settled_at, settled_by_name, reminded_at, version, page
          FROM incident_step i, n a, n b WHERE tenant_id = 'ID' AND a.n <= 10;
        INSERT INTO incident_wrong_recipient SELECT 'o' || a.n, i.id || b.n, incident_id || b.n, position, side, name, email, phone, way,
            copies, note, registered_by_name, registered_at, asked_at, asked_way, asked_by_name, waiting_since, reminded, answered_at,
            seen, kept, passed_on, link_sha256, link_sent_at, link_expires_at, link_used_at, closed_at, closed_by_name, closed_reason, version
          FROM incident_wrong_recipient i, n a, n b WHERE tenant_id = 'ID' AND a.n <= 30;
        ANALYZE;";
    app.connection().batch_execute(&sql.replace("ID", principal.id.as_str())).unwrap();
}

#[derive(diesel::QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(diesel::QueryableByName)]
struct PostgresqlStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    line: String,
}

/// The plan of a statement whose values aren't known. `PostgreSQL` reads a small table from end to
/// end whatever its indexes: here it may not, unless no index would do.
fn plan(connection: &mut Connection, statement: &str) -> Vec<String> {
    match connection {
        Connection::Sqlite(c) => {
            let asked = diesel::sql_query(format!("EXPLAIN QUERY PLAN {statement}"));
            asked.load::<SqliteStep>(c).unwrap().into_iter().map(|step| step.detail).collect()
        }
        Connection::Postgresql(c) => {
            let values = (1..100).take_while(|n| statement.contains(&format!("${n}"))).count();
            let nulls = vec!["NULL"; values].join(", ");
            c.batch_execute(&format!(
                "SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off; DEALLOCATE ALL; PREPARE asked AS {statement}"
            ))
            .unwrap();
            let execute = if values == 0 { "asked".to_owned() } else { format!("asked({nulls})") };
            let asked = diesel::sql_query(format!("EXPLAIN EXECUTE {execute}"));
            asked.load::<PostgresqlStep>(c).unwrap().into_iter().map(|step| step.line).collect()
        }
    }
}

/// Whether a step of a plan reads a growing table from its first row to its last.
fn reads_all(step: &str) -> bool {
    GROWING.iter().any(|table| {
        step.contains(&format!("Seq Scan on {table}"))
            || (step.starts_with(&format!("SCAN {table}")) && !step.contains("USING"))
    })
}

both! {
    async fn lists_and_pages_are_found_by_an_index(app: App) {
        let mie = app.principal("三重野県");
        let representative = crowd(&app, &mie);
        let list = mie.officer.get("/entrustments").await;
        let entrustment = list.attributes("tbody th a", "href").remove(0);
        let contractor = mie.officer.get("/contractors").await.attributes("tbody th a", "href").remove(0);
        let form = mie.officer.get(&format!("{entrustment}/incidents/new")).await.main_form();
        let form = form.set("kind", "misdirected").set("summary", "送った").set("known_side", "contractor");
        let incident = form.set("counted", "unknown").submit().await.path;
        assert!(incident.contains("/incidents/") && !incident.ends_with("/new"), "{incident}");
        let form = mie.officer.get(&format!("{incident}/wrong-recipients/new")).await.main_form();
        let wrong = form.set("wrong_name", "商店").set("wrong_way", "mail").submit().await.path;
        crowd_of_incidents(&app, &mie);
        let mut connection = app.connection();
        let administrator = &mie.administrator;
        for (person, path) in [
            (administrator, "/entrustments"),
            (administrator, "/entrustments?sort=title"),
            (administrator, "/entrustments?sort=-number"),
            (administrator, "/entrustments?status=active&year=2026"),
            (administrator, "/contractors"),
            (administrator, "/contractors?sort=-number"),
            (administrator, &entrustment),
            (administrator, &format!("{entrustment}/history")),
            (administrator, &format!("{entrustment}/transmissions")),
            (administrator, &format!("{entrustment}/transmissions?sort=sent_at&way=hand&party=other")),
            (administrator, &format!("{entrustment}/transmissions?confirmation=waiting")),
            (administrator, &format!("{entrustment}/recipients")),
            (administrator, &format!("{entrustment}/recipients?status=approved&sort=-name")),
            (administrator, &contractor),
            (administrator, &format!("{entrustment}/sub-entrustments")),
            (&representative, &entrustment),
            (administrator, "/findings"),
            (administrator, "/findings?sort=severity"),
            (administrator, "/findings?sort=-raised&status=all"),
            (administrator, "/findings?status=all&sort=-due"),
            (administrator, &format!("{entrustment}/findings")),
            (administrator, "/inspections"),
            (administrator, "/inspections?status=undone&sort=number"),
            (administrator, &format!("{entrustment}/inspections")),
            (administrator, &format!("{entrustment}/handlers")),
            (administrator, &format!("{entrustment}/handlers?q=%E9%AB%99&status=there")),
            (administrator, &format!("{entrustment}/holdings")),
            (administrator, &format!("{entrustment}/holdings?sort=-number&status=open")),
            (administrator, &format!("{entrustment}/holdings?country=JP&kind=copy")),
            (administrator, "/events"),
            (administrator, "/events?kind=signed_in"),
            (administrator, "/events?category=access&q=%E5%B4%8E"),
            (administrator, "/events?outcome=refused&from=2026-04-01&until=2026-04-30"),
            (administrator, "/events?person=01961111-1111-7111-8111-111111111111"),
            (administrator, &format!("{entrustment}/hand-over-requests")),
            (administrator, &format!("{entrustment}/hand-over-requests?status=open")),
            (administrator, "/hand-over-stops"),
            (administrator, "/hand-over-stops/list?stop=hidden&end=mended"),
            (administrator, "/near-misses"),
            (administrator, "/near-misses?kind=wrong_file&cause=hurry&month=2026-04"),
            (administrator, "/near-misses/analysis"),
            (&mie.officer, "/near-misses?since=2026-01"),
            (&representative, "/near-misses"),
            (administrator, "/incidents"),
            (administrator, "/incidents?status=open&kind=theft&sort=reported"),
            (&mie.officer, "/incidents"),
            (administrator, "/incidents/statistics"),
            (administrator, &format!("{entrustment}/incidents")),
            (administrator, &incident),
            (administrator, &format!("{incident}/plan")),
            (administrator, &format!("{incident}/wrong-recipients")),
            (administrator, &wrong),
            (administrator, &format!("{incident}/report")),
            (administrator, &format!("{incident}/persons")),
            (administrator, &format!("{incident}/cause")),
            (administrator, &format!("{incident}/timeline")),
            (administrator, &format!("{incident}/timeline?sort=-entered")),
            (administrator, "/overview"),
            (administrator, "/overview/entrustments?show=untrained"),
            (administrator, "/overview/entrustments?show=unconfirmed"),
            (administrator, "/overview/entrustments?country=US"),
            (administrator, "/overview/entrustments?show=findings_answered"),
        ] {
            let (page, statements) = app.statements(person.get(path)).await;
            assert_eq!(page.status, 200);
            let asked: Vec<_> =
                statements.iter().filter(|s| s.to_uppercase().starts_with("SELECT")).collect();
            assert!(!asked.is_empty());
            for statement in asked {
                let steps = plan(&mut connection, statement);
                assert!(!steps.iter().any(|step| reads_all(step)), "{path}\n{statement}\n{steps:#?}");
                // The order comes from the index too: sorting would read all that fits the filter.
                // The groups of a figure, which are few, have no index of their own.
                let sorts = !statement.contains("GROUP BY")
                    && steps.iter().any(|step| step.contains("TEMP B-TREE FOR ORDER BY"));
                assert!(!sorts, "{path}\n{statement}\n{steps:#?}");
            }
        }
    }
}
