use azukari::actor::OrganisationId;
use azukari::database::schema::security_event as t;
use azukari::event::{self, Category, EventKind, Outcome};
use azukari::ledger::{self, NewEntry};
use azukari::web::{Language, locale};
use diesel::prelude::*;

use crate::app::{App, Lines, PASSWORD, Person, both};
use crate::import::given::{HANDLER, SAKURA, given};
use crate::questionnaire::steps;

/// The kinds of an organisation's events, oldest first.
fn kinds(app: &App, tenant: OrganisationId) -> Vec<EventKind> {
    t::table
        .filter(t::tenant_id.eq(tenant))
        .order(t::id.asc())
        .select(t::kind)
        .load(&mut app.connection())
        .unwrap()
}

/// Few costly requests a minute, so that a test can ask too often.
fn narrow(kind: azukari::database::Kind) -> App {
    App::spawn_with(kind, |config| {
        config.limits.costly_per_session = 12;
        None
    })
}

async fn by_password(person: &Person, email: &str, password: &str) -> crate::app::Page {
    let page = person.get("/sign-in").await;
    page.main_form().set("email", email).set("password", password).submit().await
}

/// Says that the newest events of an organisation are these: as rows, as lines and on the page.
fn seen(app: &App, lines: &Lines, tenant: OrganisationId, expected: &[EventKind]) {
    let rows = kinds(app, tenant);
    assert!(rows.ends_with(expected), "{rows:?}");
    let told: Vec<_> = lines.events(tenant.as_str());
    let told: Vec<_> = told.iter().map(|line| line["event"].as_str().unwrap().to_owned()).collect();
    let expected: Vec<_> = expected.iter().map(|kind| kind.as_str().to_owned()).collect();
    assert!(told.ends_with(&expected), "{told:?}");
}

both! {
    with narrow;

    async fn signing_in_and_out_is_seen_however_it_ends(app: App) {
        use EventKind as E;
        let lines = Lines::listen();
        let mie = app.principal("三重野県");
        let officer = &mie.officer;
        let device = officer.set_up_app(&app.clock).await;
        seen(&app, &lines, mie.id, &[E::FactorAdded]);
        let browser = app.visitor();
        by_password(&browser, &officer.email, "間違ったパスワードです").await;
        seen(&app, &lines, mie.id, &[E::SignInRefused]);
        let page = by_password(&browser, &officer.email, PASSWORD).await;
        page.form("form[action='/sign-in/second']").set("code", "000000").submit().await;
        seen(&app, &lines, mie.id, &[E::SignInRefused, E::SignInRefused]);
        let line = lines.events(mie.id.as_str()).pop().unwrap();
        assert_eq!((&line["reason"], &line["outcome"], &line["address"]), (&"wrong".into(), &"refused".into(), &"127.0.0.1".into()));
        assert_eq!(line["details"], r#"{"method":"code"}"#);
        assert_eq!(line["account"].as_str().unwrap().len(), 16);
        page.form("form[action='/sign-in/second']").set("code", &device.code()).submit().await;
        seen(&app, &lines, mie.id, &[E::SignedIn]);
        let line = lines.events(mie.id.as_str()).pop().unwrap();
        assert_eq!(line["session"].as_str().unwrap().len(), 16, "the session that was opened");
        // Nobody's account: nobody's event but the operator's.
        by_password(&app.visitor(), "nobody@pref.example", "間違ったパスワードです").await;
        seen(&app, &lines, mie.id, &[E::SignedIn]);
        assert!(lines.text().contains("\"reason\":\"unknown\""));

        app.clock.advance(chrono::Duration::minutes(16));
        let asked = browser.get("/contractors.csv").await;
        let asked = browser.get(&asked.path).await;
        let wrong = asked.form("form[action='/step-up']").set("proof", "000000").submit().await;
        seen(&app, &lines, mie.id, &[E::StepUpRefused]);
        wrong.form("form[action='/step-up']").set("proof", &device.code()).submit().await;
        // The browser goes on to what it had asked for.
        seen(&app, &lines, mie.id, &[E::SteppedUp, E::Exported]);
        browser.get("/account").await.form("form[action='/account/recovery-codes']").submit().await;
        seen(&app, &lines, mie.id, &[E::RecoveryRenewed]);
        let new = "髙い塔の上にある静かな時計台";
        let form = browser.get("/account/password").await.main_form();
        form.set_all(&[("old_password", PASSWORD), ("password", new), ("password_again", new)]).submit().await;
        seen(&app, &lines, mie.id, &[E::PasswordChanged]);
        browser.get("/entrustments").await.form("form[action='/sign-out']").submit().await;
        seen(&app, &lines, mie.id, &[E::SignedOut]);
        let second = officer_with_two(&app, &mie.approver).await;
        let page = by_password(&app.visitor(), &mie.approver.email, PASSWORD).await;
        page.form("form[action='/sign-in/second']").set("code", &second).submit().await;
        seen(&app, &lines, mie.id, &[E::RecoveryUsed, E::SignedIn]);
        mie.approver.get("/account").await.form("form[action$='/removal']").submit().await;
        seen(&app, &lines, mie.id, &[E::FactorRemoved]);
    }

    async fn refusals_invitations_and_what_goes_out_and_in_are_seen(app: App) {
        use EventKind as E;
        let lines = Lines::listen();
        let given = given(&app);
        let (mie, person) = (&given.mie, &given.side.representative);
        let own = kinds_owner(&app, person);
        assert_eq!(mie.auditor.get("/contractors/new").await.status, 403);
        seen(&app, &lines, mie.id, &[E::Refused]);
        let absent = azukari::entrustment::EntrustmentId::new(app.clock.now());
        assert_eq!(mie.officer.get(&format!("/entrustments/{absent}")).await.status, 404);
        seen(&app, &lines, mie.id, &[E::Refused, E::Refused]);
        assert_eq!(lines.events(mie.id.as_str()).pop().unwrap()["reason"], "not_found");

        let form = mie.administrator.get("/members/new").await.main_form();
        form.set_all(&[("name", "𠮷田"), ("email", "y@p.example"), ("role", "auditor")]).submit().await;
        seen(&app, &lines, mie.id, &[E::InvitationSent]);
        let accepting = app.visitor().get(&app.link_in_last_mail()).await.main_form();
        accepting.set("password", PASSWORD).set("password_again", PASSWORD).submit().await;
        seen(&app, &lines, mie.id, &[E::MemberJoined, E::SignedIn]);

        given.upload("handlers", &[HANDLER, SAKURA]).await.form("#confirm").submit().await;
        seen(&app, &lines, mie.id, &[E::Imported]);
        let home = steps::dispatch(&mie.officer, given.id, "令和8年5月29日").await;
        seen(&app, &lines, mie.id, &[E::Imported]);
        let question = format!("{home}/questions/q01");
        steps::answered(&person.get(&question).await, &question).submit().await;
        let page = person.get(&question).await;
        page.form("form[action$='/evidence']").file("evidence", "体制図.pdf", b"%PDF-1.7 a").submit().await;
        let file = person.get(&question).await.attributes("main a[href*='/evidence/']", "href").remove(0);
        let record = issue(&mie.officer, &given.home("")).await;
        let before = mie.officer.download(&record).await;
        seen(&app, &lines, mie.id, &[E::Downloaded]);
        mie.officer.download(&file).await;
        seen(&app, &lines, mie.id, &[E::Downloaded, E::Downloaded]);
        person.download(&file).await;
        seen(&app, &lines, own, &[E::Downloaded]);
        let line = lines.events(own.as_str()).pop().unwrap();
        assert_eq!(line["subject_kind"], "evidence");
        assert_eq!(line["details"], format!(r#"{{"bytes":10,"entrustment":"{}"}}"#, given.id));
        // Being read doesn't change what the record tells.
        let again = issue(&mie.officer, &given.home("")).await;
        assert_eq!(mie.officer.download(&again).await, before);
        mie.administrator.download("/members.csv").await;
        seen(&app, &lines, mie.id, &[E::Exported]);
        let line = lines.events(mie.id.as_str()).pop().unwrap();
        assert_eq!(line["details"], r#"{"format":"csv","list":"member-list-title","rows":5}"#);
        while mie.administrator.get("/members.csv").await.status == 200 {}
        seen(&app, &lines, mie.id, &[E::Exported, E::RateLimited]);
        ledger::verify(&mut app.connection(), mie.id).unwrap();
        ledger::verify(&mut app.connection(), own).unwrap();
    }

    async fn every_act_about_access_is_an_event_on_the_page(app: App) {
        let lines = Lines::listen();
        let mie = app.principal("三重野県");
        for (act, kind) in [
            ("access_rules.changed", "access_rules_changed"),
            ("auditor_access.granted", "auditor_access"),
            ("identity_provider.saved", "provider_changed"),
            ("invitation.revoked", "invitation_revoked"),
            ("member.changed", "role_changed"),
            ("member.disabled", "member_disabled"),
            ("member.enabled", "member_enabled"),
            ("member.left", "member_left"),
            ("session.ended", "session_ended"),
            ("token.issued", "token_issued"),
            ("token.revoked", "token_revoked"),
            ("token.used", "token_used"),
            // What nobody has thought of is seen all the same.
            ("member.levitated", "access_changed"),
        ] {
            let entry = NewEntry {
                tenant_id: mie.id, act, subject_kind: "", subject_id: "", entrustment_id: None, details: vec![],
            };
            app.as_operator(|tx, _| ledger::append(tx, entry));
            assert_eq!(lines.events(mie.id.as_str()).pop().unwrap()["event"], kind);
            let page = mie.administrator.get(&format!("/events?kind={kind}")).await;
            let word = locale::text(Language::Ja, &format!("event-kind-{kind}"));
            assert_eq!(page.texts("tbody th[scope=row]"), [word], "{act}");
            assert!(page.text("tbody").contains("運用担当"), "{}", page.text("tbody"));
        }
    }

    async fn what_did_not_happen_is_not_told(app: App) {
        let lines = Lines::listen();
        let mie = app.principal("三重野県");
        let before = (kinds(&app, mie.id), lines.events(mie.id.as_str()).len());
        let ctx = azukari::web::Ctx::outside(app.portal.clone(), azukari::actor::Actor::Operator, Language::Ja);
        let broken: azukari::error::Result<()> = ctx.write_now(|tx, _| {
            let entry = NewEntry {
                tenant_id: mie.id, act: "member.left", subject_kind: "", subject_id: "", entrustment_id: None, details: vec![],
            };
            ledger::append(tx, entry)?;
            Err(azukari::error::Error::internal("something else"))
        });
        broken.unwrap_err();
        assert_eq!((kinds(&app, mie.id), lines.events(mie.id.as_str()).len()), before);
    }

    async fn many_events_are_one_statement_and_other_acts_none(app: App) {
        let mie = app.principal("三重野県");
        let append = async |act: &'static str| {
            let entry = || NewEntry {
                tenant_id: mie.id, act, subject_kind: "invitation", subject_id: "", entrustment_id: None, details: vec![],
            };
            let work = async { app.as_operator(|tx, _| ledger::append_all(tx, mie.id, (0..300).map(|_| entry()).collect())) };
            let ((), statements) = app.statements(work).await;
            statements.iter().filter(|sql| sql.contains("security_event")).count()
        };
        assert_eq!(append("invitation.sent").await, 1);
        assert_eq!(append("questionnaire.dispatched").await, 0);
        assert_eq!(kinds(&app, mie.id).iter().filter(|kind| **kind == EventKind::InvitationSent).count(), 300);
    }

    async fn the_database_itself_refuses_to_rewrite_events(app: App) {
        use diesel::connection::SimpleConnection as _;
        app.principal("三重野県");
        let mut connection = app.connection();
        for sql in ["UPDATE security_event SET kind = 'signed_out'", "DELETE FROM security_event"] {
            connection.batch_execute(sql).unwrap_err();
        }
    }
}

/// The organisation of somebody's own.
fn kinds_owner(app: &App, person: &Person) -> OrganisationId {
    use azukari::database::schema::{membership, person as people};
    membership::table
        .inner_join(people::table)
        .filter(people::email.eq(&person.email))
        .select(membership::tenant_id)
        .first(&mut app.connection())
        .unwrap()
}

/// Sets up two apps, so that one can go; gives a recovery code.
async fn officer_with_two(app: &App, person: &Person) -> String {
    let first = person.set_up_app(&app.clock).await;
    let page = person.get("/account/second-factor").await.main_form().submit().await;
    let device = crate::app::AuthenticatorApp::of(&page.text(".seed"), &app.clock);
    let form = page.form("form[action='/account/second-factor/confirmation']");
    form.set("code", &device.code()).set("name", "予備").submit().await;
    first.recovery[0].clone()
}

/// Issues the audit record of an entrustment; gives the address of the newest one.
async fn issue(officer: &Person, home: &str) -> String {
    let home = home.trim_end_matches('/');
    officer.get(home).await.form("form[action$='/record']").submit().await;
    officer.get(home).await.attributes("main a[href*='/records/']", "href").remove(0)
}

#[test]
fn each_kind_category_and_outcome_has_its_words() {
    for language in Language::ALL {
        let said = |key: String| assert!(locale::has(language, &key), "{key} in {language}");
        for kind in EventKind::ALL {
            said(format!("event-kind-{kind}"));
        }
        for category in Category::ALL {
            said(format!("event-category-{category}"));
        }
        for outcome in Outcome::ALL {
            said(format!("event-outcome-{outcome}"));
        }
    }
}

#[test]
fn each_kind_is_documented() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/events.md");
    let text = std::fs::read_to_string(path).unwrap();
    for kind in EventKind::ALL {
        assert!(text.contains(&format!("| `{kind}` |")), "{kind}");
    }
}

#[test]
fn somebody_has_decided_what_each_act_about_access_is() {
    for (path, source) in crate::tables::sources() {
        if path.ends_with("tests.rs") || path.contains("/tests/") || path.starts_with("event/") {
            continue;
        }
        for word in source.split('"').skip(1).step_by(2) {
            let is_act = word.bytes().all(|b| b.is_ascii_lowercase() || b == b'.' || b == b'_');
            let about = event::ABOUT_ACCESS.iter().any(|beginning| word.starts_with(beginning));
            let file = [".key", ".html"].iter().any(|ending| word.ends_with(ending));
            let undecided = is_act && about && !file && !event::is_decided(word);
            assert!(!undecided, "{path}: is {word} a security event? (src/event/acts.rs)");
        }
    }
}
