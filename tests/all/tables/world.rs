//! An organisation with its contractor and one of everything, made through the pages.

use azukari::actor::Role;
use azukari::database::Connection;
use azukari::entrustment::rules::{Recipients, SecondChecker, Way};
use azukari::entrustment::{EntrustmentId, HandlingRules, ItemMark, NewItem};
use diesel::prelude::*;
use diesel::sql_types::Text;

use crate::app::{App, ContractorSide, Page, Person, Principal, entrustment};
use crate::import::{CONTRACTOR, csv_of, upload};
use crate::questionnaire::steps::dispatch;
use crate::{disposal, sub_entrustment};

/// A principal, a contractor that has joined, and one of everything that they share.
pub struct World {
    /// The public body.
    pub principal: Principal,
    /// The contractor.
    pub contractor: ContractorSide,
    /// A handler of the contractor.
    pub handler: Person,
    /// The id of the contractor's own organisation.
    pub company: String,
    entrustment: EntrustmentId,
}

#[derive(QueryableByName)]
struct Word {
    #[diesel(sql_type = Text)]
    word: String,
}

/// The words that a query gives, on either database.
pub fn words(c: &mut Connection, sql: &str) -> Vec<String> {
    let rows: Vec<Word> = match c {
        Connection::Sqlite(c) => diesel::sql_query(sql).load(c).unwrap(),
        Connection::Postgresql(c) => diesel::sql_query(sql).load(c).unwrap(),
    };
    rows.into_iter().map(|row| row.word).collect()
}

/// Runs a statement on either database.
pub fn run(c: &mut Connection, sql: &str) {
    match c {
        Connection::Sqlite(c) => diesel::sql_query(sql).execute(c).unwrap(),
        Connection::Postgresql(c) => diesel::sql_query(sql).execute(c).unwrap(),
    };
}

/// The tables with a column of this name.
pub fn tables_with(c: &mut Connection, column: &str) -> Vec<String> {
    let sql = match c {
        Connection::Sqlite(_) => format!(
            "SELECT m.name AS word FROM sqlite_master m, pragma_table_info(m.name) c
              WHERE m.type = 'table' AND c.name = '{column}' ORDER BY 1"
        ),
        Connection::Postgresql(_) => format!(
            "SELECT table_name::text AS word FROM information_schema.columns
              WHERE table_schema = 'public' AND column_name = '{column}' ORDER BY 1"
        ),
    };
    words(c, &sql)
}

/// The columns of a table.
pub fn columns(c: &mut Connection, table: &str) -> Vec<String> {
    let sql = match c {
        Connection::Sqlite(_) => format!("SELECT name AS word FROM pragma_table_info('{table}')"),
        Connection::Postgresql(_) => format!(
            "SELECT column_name::text AS word FROM information_schema.columns
              WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
        ),
    };
    words(c, &sql)
}

fn saved(page: Page) -> Page {
    assert_eq!(page.status, 303, "{}: {:?} {}", page.path, page.wrong_fields(), page.title());
    page
}

/// Rules that let all of it be.
fn rules() -> HandlingRules {
    HandlingRules {
        ways: vec![Way::HandOver, Way::Hand, Way::EncryptedMail],
        ways_sensitive: vec![Way::HandOver, Way::Hand],
        recipients: Recipients::Registered,
        second_checker: SecondChecker::Outside,
        ..HandlingRules::default()
    }
}

impl World {
    /// Makes it all.
    pub async fn build(app: &App, name: &str) -> Self {
        let principal = app.principal(name);
        let contractor = app.joined_contractor(&principal, "髙橋社会保険労務士事務所");
        let mut new = entrustment(contractor.id, principal.division, "令8子-12", "監査業務委託");
        new.rules = rules();
        new.items =
            vec![NewItem { name: "氏名".into(), mark: ItemMark::None, under: String::new() }];
        let entrustment = app.entrustment(&principal, &new);
        let company = words(
            &mut app.connection(),
            &format!(
                "SELECT organisation_id AS word FROM contractor WHERE id = '{}'",
                contractor.id
            ),
        );
        let company = company.into_iter().next().unwrap();
        let handler = app.member(company.parse().unwrap(), Role::Handler, None);
        let world = Self { principal, contractor, handler, company, entrustment };
        world.registers().await;
        world.supervision().await;
        world.questionnaire().await;
        world.proofs(app);
        world.handovers(app);
        world.incident(app);
        world.near_misses().await;
        world
    }

    /// Everybody who belongs to it.
    pub fn everybody(&self) -> [&Person; 6] {
        self.people().map(|(_, person)| person)
    }

    /// The same with their roles.
    pub fn people(&self) -> [(&'static str, &Person); 6] {
        let Self { principal: p, contractor, handler, .. } = self;
        [
            ("administrator", &p.administrator),
            ("officer", &p.officer),
            ("approver", &p.approver),
            ("auditor", &p.auditor),
            ("representative", &contractor.representative),
            ("handler", handler),
        ]
    }

    fn path(&self, rest: &str) -> String {
        format!("/entrustments/{}/{rest}", self.entrustment)
    }

    async fn enter(&self, list: &str, fields: &[(&str, &str)]) -> Page {
        let person = &self.contractor.representative;
        let page = person.get(&self.path(&format!("{list}/new"))).await;
        let items = page.attributes("input[name=items]", "value");
        let form = page.main_form().set_all(fields);
        let form = items.iter().fold(form, |form, item| form.check("items", item));
        saved(form.submit().await)
    }

    async fn with_file(&self, page: &Page, field: &str) {
        let form = page.form("form[action$='/files'], form[action$='/attachments']");
        saved(form.file(field, "a.pdf", b"%PDF-1.7 a").submit().await);
    }

    /// What the contractor keeps.
    async fn registers(&self) {
        let person = &self.contractor.representative;
        let handler = self
            .enter(
                "handlers",
                &[
                    ("name", "髙橋 桜"),
                    ("starts_on", "R8.4.1"),
                    ("pledged_on", "R8.4.1"),
                    ("trained_on", "R8.4.1"),
                    ("training_content", "特記事項の読み合わせ"),
                ],
            )
            .await;
        self.with_file(&person.get(&handler.path).await, "pledge").await;
        let handler = handler.path.rsplit('/').next().unwrap().to_owned();
        self.enter(
            "recipients",
            &[
                ("name", "架空センター"),
                ("kind", "authority"),
                ("address", "center@x.example"),
                ("purpose", "報告"),
                ("persons_limit", "20"),
            ],
        )
        .await;
        for place in ["事務所2階", "書庫"] {
            self.enter(
                "holdings",
                &[
                    ("persons", "49"),
                    ("kind", "original"),
                    ("place", "office"),
                    ("place_detail", place),
                    ("medium", "server"),
                    ("encryption", "at_rest"),
                    ("starts_on", "R8.4.1"),
                ],
            )
            .await;
        }
        self.enter(
            "transmissions",
            &[
                ("sent_on", "令和8年4月1日"),
                ("sent_time", "８：００"),
                ("sender", "contractor"),
                ("handler", &handler),
                ("way", "hand"),
                ("receiver_who_0", "principal"),
                ("purpose", "報告"),
                ("persons", "10"),
                ("description", "報告書"),
                ("protection", "sealed"),
                ("key_way", "none"),
            ],
        )
        .await;
        let list = self.path("sub-entrustments");
        let application = sub_entrustment::steps::applied(person, &list, "𠮷田データ").await;
        self.with_file(&application, "file").await;
        let page = person.get(&self.path("disposals/new")).await;
        let holding = page.attributes("input[name=holdings]", "value").remove(0);
        let home = format!("/entrustments/{}", self.entrustment);
        let disposal = saved(disposal::steps::write(person, &home, &[&holding], &[]).await);
        self.with_file(&disposal, "file").await;
    }

    /// What the principal looks at.
    async fn supervision(&self) {
        let officer = &self.principal.officer;
        let page = officer.get(&self.path("findings/new")).await;
        let form = page.main_form().set_all(&[
            ("title", "鍵"),
            ("detail", "管理簿がない"),
            ("severity", "low"),
            ("due_on", "R8.4.30"),
        ]);
        let finding = saved(form.submit().await);
        self.with_file(&officer.get(&finding.path).await, "evidence").await;
        let page = officer.get(&self.path("hand-over-requests/new")).await;
        let item = page.attributes("input[name=items]", "value").remove(0);
        let asked = page.main_form().set("purpose", "監査の準備").check("items", &item);
        saved(asked.submit().await);
        let page = officer.get(&self.path("inspections/new")).await;
        let form = page.main_form().set_all(&[
            ("planned_on", "R8.5.1"),
            ("method", "visit"),
            ("inspector", "﨑山"),
            ("attendant", "髙橋"),
        ]);
        let inspection = saved(form.submit().await);
        self.with_file(&officer.get(&inspection.path).await, "evidence").await;
        let own = officer.get(&format!("/entrustments/{}", self.entrustment)).await;
        saved(own.form("form[action$='/record']").submit().await);
        upload(officer, "contractors", "a.csv", &csv_of(&[CONTRACTOR, &["x"]])).await;
        saved(
            officer
                .get(&format!("/contractors/{}", self.contractor.id))
                .await
                .form("form[action$=invitation]")
                .submit()
                .await,
        );
        saved(self.principal.administrator.get("/templates").await.main_form().submit().await);
    }

    /// A questionnaire with evidence, half answered.
    async fn questionnaire(&self) {
        let home = dispatch(&self.principal.officer, self.entrustment, "令和8年5月29日").await;
        let page = self.contractor.representative.get(&format!("{home}/questions/q01")).await;
        let form = page.form("form[action$='/evidence']");
        saved(form.file("evidence", "a.pdf", b"%PDF-1.7 x").submit().await);
    }

    /// What its people prove themselves with, as far as they have nothing of the kind. The ids are
    /// those of the persons and memberships.
    fn proofs(&self, app: &App) {
        let c = &mut app.connection();
        for person in self.everybody() {
            let of = format!("FROM person WHERE email = '{}'", person.email);
            let none = |table| {
                format!("NOT EXISTS (SELECT 1 FROM {table} x WHERE x.person_id = person.id)")
            };
            let totp = "(id, person_id, name, seed, last_step, created_at, confirmed_at)";
            let row = format!("SELECT id, id, 'app', 'sealed', 0, created_at, created_at {of}");
            run(c, &format!("INSERT INTO totp {totp} {row} AND {}", none("totp")));
            let passkey = "(id, person_id, credential_id, name, credential, created_at)";
            let row = format!("SELECT id, id, id, 'key', '{{}}', created_at {of}");
            run(c, &format!("INSERT INTO passkey {passkey} {row} AND {}", none("passkey")));
            let form = "(id, person_id, membership_id, sealed, expires_at)";
            let row = format!("SELECT id, id, 'x', 'sealed', created_at {of}");
            run(c, &format!("INSERT INTO carried_form {form} {row}"));
        }
        let (id, entrustment) = (self.principal.id, self.entrustment);
        let of = format!("FROM membership WHERE tenant_id = '{id}' AND role");
        let identity = "(tenant_id, id, person_id, issuer, subject, created_at, last_used_at)";
        let row = format!(
            "SELECT tenant_id, id, person_id, 'https://id.example', id, created_at, created_at {of}"
        );
        run(c, &format!("INSERT INTO identity {identity} {row} = 'auditor'"));
        let token = "(tenant_id, id, membership_id, name, scopes, hash, hint, made_by_name, created_at, expires_at, revoked_by_name)";
        let row = format!(
            "SELECT tenant_id, id, id, '集計', '[]', id, 'x', '﨑山', created_at, created_at, '' {of}"
        );
        run(c, &format!("INSERT INTO api_token {token} {row} = 'administrator'"));
        let access = "(tenant_id, id, entrustment_id, membership_id, with_below, from_on, until_on, purpose, status, \
            asked_by_name, asked_at, decided_by_name, reason, ended_by_name, version)";
        let row = format!(
            "SELECT tenant_id, id, '{entrustment}', id, TRUE, '2026-04-01', '2027-03-31', '監査', 'granted', '', \
             created_at, '', '', '', 1 {of}"
        );
        run(c, &format!("INSERT INTO auditor_access {access} {row} = 'auditor'"));
    }

    /// A hand-over that the contractor may fetch, whose file is gone already. The ids are that of
    /// an officer's membership.
    fn handovers(&self, app: &App) {
        let c = &mut app.connection();
        let (id, entrustment) = (self.principal.id, self.entrustment);
        let of = format!("FROM membership WHERE tenant_id = '{id}' AND role = 'officer'");
        let mut add = |table: &str, columns: &str, values: &str| {
            run(c, &format!("INSERT INTO {table} ({columns}) SELECT {values} {of}"));
        };
        add(
            "handover",
            "tenant_id, id, entrustment_id, position, direction, sender, purpose, message, items, valid_days, \
             downloads, status, created_by_name, created_at, seal, proposed_by_name, decided_by_name, \
             decision_reason, sent_at, valid_until, recalled_by_name, recall_reason, version",
            &format!(
                "tenant_id, id, '{entrustment}', 1, 'to_contractor', 'principal', '監査の準備', '', '[]', 7, 1, \
                 'sent', '﨑山', created_at, 'x', '﨑山', '承認', '', created_at, '2099-01-01 00:00:00', '', '', 1"
            ),
        );
        add(
            "handover_delivery",
            "tenant_id, id, handover_id, position, party, name, address, code, guesses, received_by_name, \
             deletion, deletion_answered_by_name, deletion_note, reminded, version",
            "tenant_id, id, id, 1, 'contractor', '髙橋', '', '', 0, '', 'not_needed', '', '', 0, 1",
        );
        add(
            "handover_file",
            "tenant_id, id, handover_id, position, name, media_type, size, received, sha256, hash_state, \
             wrapped_key, state, contents, created_by_name, created_at, destroyed_at",
            "tenant_id, id, id, 1, 'a.csv', 'text/csv', 2, 2, id, '', '', 'destroyed', '', '﨑山', created_at, \
             created_at",
        );
        add(
            "handover_stop",
            "tenant_id, id, handover_id, entrustment_id, file_id, stop, what, found_at, mended_at, reason, \
             reason_by_name",
            &format!(
                "tenant_id, id, id, '{entrustment}', id, 'hidden', '', created_at, created_at, '', ''"
            ),
        );
        add(
            "handover_share",
            "tenant_id, delivery_id, file_id, downloads_left",
            "tenant_id, id, id, 1",
        );
        add(
            "handover_download",
            "tenant_id, id, delivery_id, file_id, started_at, by_name, bound_to, reached, handed_out, ranges",
            "tenant_id, id, id, id, created_at, '髙橋', 'x', 0, 0, '[]'",
        );
    }

    /// An incident that nobody has opened, with a step, a filing, a wrong recipient and a group of persons,
    /// and the draft of a manual; the id is that of an officer's membership.
    fn incident(&self, app: &App) {
        let c = &mut app.connection();
        let (id, entrustment) = (self.principal.id, self.entrustment);
        let of = format!("FROM membership WHERE tenant_id = '{id}' AND role = 'officer'");
        let what = r#"{"ja":"電話する","en":""}"#;
        let facts = r#"{"principal":{"kind":"public_body"},"contractor":{"kind":"business"}}"#;
        run(
            c,
            &format!(
                "INSERT INTO incident (tenant_id, id, entrustment_id, position, kind, summary, known_at, \
                 known_side, known_by, counted, recipients, status, reported_side, reported_by_name, \
                 reported_at, opened_by_name, facts, closed_by_name, closing_note, version) \
                 SELECT tenant_id, id, '{entrustment}', 1, 'misdirected', '名簿を送った', created_at, \
                 'contractor', '髙橋', 'unknown', '', 'reported', 'contractor', '髙橋', created_at, '', \
                 '{facts}', '', '', 1 {of}"
            ),
        );
        run(
            c,
            &format!(
                "INSERT INTO incident_step (tenant_id, id, incident_id, position, manual_version, section, side, \
                 assignee_name, what, how, due_at, status, note, settled_by_name, version) \
                 SELECT tenant_id, id, id, 1, 1, 'day', 'contractor', '', '{what}', '{what}', created_at, 'open', \
                 '', '', 1 {of}"
            ),
        );
        run(
            c,
            &format!(
                "INSERT INTO incident_filing (tenant_id, id, incident_id, position, report, side, joint, authority, \
                 receipt, filed_at, items, facts, entered_by_name, entered_at) \
                 SELECT tenant_id, id, id, 1, 'preliminary', 'principal', FALSE, '委員会', '', created_at, '{{}}', \
                 '{facts}', '﨑山', created_at {of}"
            ),
        );
        run(
            c,
            &format!(
                "INSERT INTO incident_wrong_recipient (tenant_id, id, incident_id, position, side, name, email, phone, \
                 way, note, registered_by_name, registered_at, asked_by_name, reminded, seen, kept, passed_on, \
                 link_sha256, closed_by_name, closed_reason, version) \
                 SELECT tenant_id, id, id, 1, 'contractor', '商店', 'a@shop.example', '', 'mail', '', '髙橋', created_at, \
                 '', 0, 'unknown', 'unknown', 'unknown', '', '', '', 1 {of}"
            ),
        );
        run(
            c,
            &format!(
                "INSERT INTO incident_group (tenant_id, id, incident_id, position, label, data, persons, way, place, \
                 reason, notice, sent, returned, inquiries, settled, yen, version) \
                 SELECT tenant_id, id, id, 1, '職員', '[\"name\"]', 2, 'undecided', '', '', '{{}}', 0, 0, 0, 0, 0, 1 {of}"
            ),
        );
        run(
            c,
            &format!(
                "INSERT INTO incident_manual (tenant_id, id, version_no, steps, drafted_by_name, drafted_at, \
                 published_by_name, version) SELECT tenant_id, id, 1, '[]', '﨑山', created_at, '', 1 {of}"
            ),
        );
    }

    /// A near miss that the contractor shared, and the lesson that the officer drew from it.
    async fn near_misses(&self) {
        let new = format!("/near-misses/new?entrustment={}", self.entrustment);
        let form = self.contractor.representative.get(&new).await.main_form().set_all(&[
            ("kind", "wrong_address"),
            ("what", "似た名前の事業所を選んだ"),
            ("stopped_by", "second_checker"),
            ("cause", "hurry"),
        ]);
        saved(form.submit().await);
        let officer = &self.principal.officer;
        let list = officer.get("/near-misses").await;
        let lesson = list.attributes("tbody a[href*='near_miss=']", "href").remove(0);
        let form = officer.get(&lesson).await.main_form();
        saved(form.set("title", "宛先").set("text", "一覧から選びます。").submit().await);
    }

    /// Takes the passkeys of its people away, which no authenticator made: pages that read them
    /// would fail.
    pub fn without_passkeys(&self, app: &App) {
        for person in self.everybody() {
            let of = format!("SELECT id FROM person WHERE email = '{}'", person.email);
            run(&mut app.connection(), &format!("DELETE FROM passkey WHERE person_id IN ({of})"));
        }
    }

    /// The ids of everything that belongs to it, by the static parts of the addresses under which
    /// it is shown: `entrustments/holdings` for the {holding} of /entrustments/{id}/holdings/{holding}.
    /// What is somebody's alone is that of `person`.
    pub fn id(&self, app: &App, place: &str, person: &Person) -> Option<String> {
        let (tenant, entrustment) = (self.principal.id, self.entrustment);
        let of = |table: &str| {
            format!("SELECT id AS word FROM {table} WHERE tenant_id = '{tenant}' ORDER BY id")
        };
        let file = |table: &str| {
            format!(
                "SELECT a.id AS word FROM attachment a JOIN {table} s ON s.id = a.subject_id
                WHERE a.tenant_id = '{tenant}'"
            )
        };
        let personal = |table: &str| {
            format!(
                "SELECT x.id AS word FROM {table} x
            JOIN person p ON p.id = x.person_id WHERE p.email = '{}'",
                person.email
            )
        };
        let sql = match place {
            "account/passkeys" => personal("passkey"),
            "account/second-factor" => personal("totp"),
            "account/sessions" => personal("session"),
            "kept-forms" => personal("carried_form"),
            "members" => of("membership"),
            "members/invitations" => of("invitation"),
            "api-tokens" => of("api_token"),
            "entrustments/auditor-access" => of("auditor_access"),
            "entrustments" | "api/entrustments" => return Some(entrustment.to_string()),
            "sign-in/organisation" => return Some(tenant.to_string()),
            "contractors" => of("contractor"),
            "divisions" => of("division"),
            "questionnaires" => of("questionnaire"),
            "questionnaires/evidence" => of("evidence"),
            "templates" => of("template"),
            "imports" => of("import"),
            "entrustments/attachments" | "entrustments/incidents/plan/files" => of("attachment"),
            "entrustments/records" | "api/entrustments/records" => of("record"),
            "entrustments/transmissions" => of("transmission"),
            "entrustments/hand-overs" => of("handover"),
            "entrustments/hand-overs/deliveries" | "received-hand-overs" => of("handover_delivery"),
            "entrustments/hand-overs/files"
            | "entrustments/hand-overs/uploads"
            | "hand-over/files"
            | "received-hand-overs/files" => of("handover_file"),
            "entrustments/hand-overs/stops" => of("handover_stop"),
            "hand-over/downloads"
            | "hand-over/files/downloads"
            | "received-hand-overs/downloads"
            | "received-hand-overs/files/downloads" => of("handover_download"),
            "entrustments/recipients" => of("recipient"),
            "entrustments/holdings" => of("holding"),
            "entrustments/handlers" => of("handler"),
            "entrustments/disposals" => of("disposal"),
            "entrustments/hand-over-requests" => of("handover_request"),
            "entrustments/findings" => of("finding"),
            "entrustments/incidents" => of("incident"),
            "entrustments/incidents/plan" => of("incident_step"),
            "entrustments/incidents/report/filings" => of("incident_filing"),
            "entrustments/incidents/wrong-recipients" => of("incident_wrong_recipient"),
            "entrustments/incidents/persons" => of("incident_group"),
            "incident-manual" => of("incident_manual"),
            "near-misses/lessons" => of("near_miss_lesson"),
            "entrustments/inspections" => of("inspection"),
            "entrustments/sub-entrustments" => of("sub_application"),
            "entrustments/sub-entrustments/attachments" => file("sub_application"),
            "entrustments/handlers/files" => file("handler"),
            "entrustments/disposals/files" => file("disposal"),
            "entrustments/findings/files" => file("finding"),
            "entrustments/inspections/files" => file("inspection"),
            "identity-provider/identities" => of("identity"),
            _ => return None,
        };
        let mut found = words(&mut app.connection(), &sql);
        if place == "account/passkeys" {
            found.push("018f0000-0000-7000-8000-000000000002".to_owned());
        }
        Some(
            found.into_iter().next().unwrap_or_else(|| panic!("the world has nothing for {place}")),
        )
    }
}
