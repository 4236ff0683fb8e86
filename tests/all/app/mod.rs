//! One portal for one test: its own database, port, clock and data folder, all gone with it.

mod authenticator;
mod authenticator_app;
mod database;
mod form;
mod lines;
mod page;
mod pdf;
mod people;
mod provider;
mod record;

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::thread::JoinHandle;

use actix_web::dev::ServerHandle;
use azukari::actor::{Actor, OrganisationId};
use azukari::clock::Clock;
use azukari::config::Config;
use azukari::database::{Connection, Kind, Tx};
use azukari::ledger::Entry;
use azukari::notice::{self, Mail};
use azukari::storage::Storage;
use azukari::web::{Ctx, Language, Portal};
use chrono::NaiveDate;
use diesel::prelude::*;

pub use authenticator::Authenticator;
pub use authenticator_app::AuthenticatorApp;
pub use database::TestDatabase;
pub use form::FilledForm;
pub use lines::Lines;
pub use page::Page;
pub use pdf::{line_of, pdf_lines};
pub use people::{ContractorSide, PASSWORD, Person, Principal, contractor, entrustment};
pub use provider::{CLIENT, CLIENT_SECRET, Provider, Signing};

/// A running portal.
pub struct App {
    /// Its parts, for what a test looks at directly.
    pub portal: Portal,
    /// Its clock, which stands at 9 o'clock on 1 April 2026 until it is moved.
    pub clock: Clock,
    /// `http://127.0.0.1:PORT`.
    pub base: String,
    database: TestDatabase,
    server: ServerHandle,
    thread: Option<JoinHandle<()>>,
    folder: tempfile::TempDir,
}

impl App {
    /// Starts a portal on a new, migrated database.
    pub fn spawn(kind: Kind) -> Self {
        Self::spawn_with(kind, |_| None)
    }

    /// The same under the name of this machine, as passkeys ask for, with identity providers on it.
    pub fn connected(kind: Kind) -> Self {
        Self::spawn_with(kind, |config| {
            config.base_url = config.base_url.replace("127.0.0.1", "localhost");
            config.identity_private_network = true;
            None
        })
    }

    /// The same with other settings; TLS of its own with what `prepare` answers.
    pub fn spawn_with(
        kind: Kind,
        prepare: impl FnOnce(&mut Config) -> Option<Arc<rustls::ServerConfig>>,
    ) -> Self {
        Self::spawn_over(kind, prepare, |_| None)
    }

    /// The same with the files in another store: `keep` is given the folder in which they would be.
    pub fn spawn_over(
        kind: Kind,
        prepare: impl FnOnce(&mut Config) -> Option<Arc<rustls::ServerConfig>>,
        keep: impl FnOnce(&Path) -> Option<Storage>,
    ) -> Self {
        record::install();
        let folder = tempfile::tempdir().unwrap();
        let database = TestDatabase::migrated(kind, folder.path());
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let nine = NaiveDate::from_ymd_opt(2026, 4, 1).unwrap().and_hms_opt(0, 0, 0).unwrap();
        let clock = Clock::fixed(nine);
        let mut config = Config::in_folder(folder.path(), &base);
        config.database_url = Some(database.url.clone());
        let tls = prepare(&mut config);
        let base = config.base_url.clone();
        let mut portal = config.open(clock.clone(), false).unwrap();
        if let Some(storage) = keep(&folder.path().join("files")) {
            portal.storage = storage;
        }
        let (send, receive) = std::sync::mpsc::channel();
        let served = portal.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let server = azukari::server::serve_with(served, None, listener, 1, tls).unwrap();
                send.send(server.handle()).unwrap();
                server.await.unwrap();
            });
        });
        let server = receive.recv().expect("the server starts");
        Self { portal, clock, base, database, server, thread: Some(thread), folder }
    }

    /// All files at rest, by their paths in the folder of the files.
    pub fn stored(&self) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in std::fs::read_dir(folder).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(&self.folder.path().join("files"), &mut found);
        found.sort();
        found
    }

    /// Writes as the operator at the command line does.
    pub fn as_operator<T>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Ctx) -> azukari::error::Result<T>,
    ) -> T {
        let ctx = Ctx::outside(self.portal.clone(), Actor::Operator, Language::Ja);
        ctx.write_now(work).unwrap()
    }

    /// A command of the operator on this portal's data, as a process of its own.
    pub fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_azukari"));
        let data = self.portal.secret.file().unwrap().parent().unwrap();
        command.env_clear().env("AZUKARI_DATA", data);
        command.env("AZUKARI_DATABASE_URL", &self.database.url).args(words);
        command
    }

    /// Runs such a command: how it ended, and what it said.
    pub fn run(&self, words: &[&str]) -> (i32, String) {
        let done = self.command(words).output().unwrap();
        let said = [done.stdout, done.stderr].concat();
        (done.status.code().unwrap(), String::from_utf8(said).unwrap())
    }

    /// A connection of the test's own, which sees everything.
    pub fn connection(&self) -> Connection {
        self.database.connection()
    }

    /// Where the database is.
    pub fn database_url(&self) -> &str {
        &self.database.url
    }

    /// The outbox, newest mail last.
    pub fn mails(&self) -> Vec<Mail> {
        let mut mails = notice::outbox(&mut self.connection(), 1000).unwrap();
        mails.reverse();
        mails
    }

    /// Runs everything that goes on by itself and is due.
    pub fn run_jobs(&self) -> usize {
        azukari::job::run_due(&self.portal, &azukari::server::jobs()).unwrap()
    }

    /// The newest mail of a kind.
    pub fn last_mail(&self, kind: &str) -> Mail {
        let mails = self.mails().into_iter().rev();
        mails.into_iter().find(|mail| mail.kind == kind).unwrap_or_else(|| panic!("no {kind}"))
    }

    /// A mail's words, without what differs every time.
    pub fn words_of(&self, mail: &Mail) -> String {
        let lines = mail.text_body.lines();
        let plain =
            |line: &str| if line.starts_with(&self.base) { "BASE/LINK" } else { line }.to_owned();
        lines.map(plain).collect::<Vec<_>>().join("\n")
    }

    /// Holds the newest mail of a kind against its snapshot.
    pub fn keep_mail(&self, kind: &str, language: &str) {
        self.keep_mail_as(kind, kind, language);
    }

    /// The same, under a name of its own.
    pub fn keep_mail_as(&self, kind: &str, name: &str, language: &str) {
        self.keep_words(&self.last_mail(kind), name, language);
    }

    /// Holds a mail against its snapshot.
    pub fn keep_words(&self, mail: &Mail, name: &str, language: &str) {
        let address = mail.to_address.replace(|c: char| c.is_ascii_digit(), "");
        let (to, subject, words) = (&mail.to_name, &mail.subject, self.words_of(mail));
        let text = format!("To: {to} <{address}>\nSubject: {subject}\n\n{words}");
        snapshot(&format!("mail_{name}_{language}"), &text);
    }

    /// The path of the link in the newest mail.
    pub fn link_in_last_mail(&self) -> String {
        let mail = self.mails().pop().expect("a mail was written");
        let link = mail.text_body.lines().find_map(|line| line.strip_prefix(&self.base));
        link.expect("the mail has a link").to_owned()
    }

    /// The ledger of an organisation, oldest entry first.
    pub fn ledger(&self, tenant: OrganisationId) -> Vec<Entry> {
        use azukari::database::schema::ledger_entry as t;
        t::table
            .filter(t::tenant_id.eq(tenant))
            .order(t::sequence.asc())
            .select(Entry::as_select())
            .load(&mut self.connection())
            .unwrap()
    }

    /// The acts of an organisation's ledger, oldest first.
    pub fn acts(&self, tenant: OrganisationId) -> Vec<String> {
        self.ledger(tenant).into_iter().map(|entry| entry.act).collect()
    }

    /// The refused attempts: act, subject and reason, oldest first.
    pub fn refusals(&self) -> Vec<(String, String, String)> {
        use azukari::database::schema::security_event as t;
        t::table
            .filter(t::outcome.eq("refused"))
            .order(t::id.asc())
            .select((t::act, t::subject_id, t::reason))
            .load(&mut self.connection())
            .unwrap()
    }

    /// The SQL that the portal runs while `work` goes on.
    pub async fn statements<T>(&self, work: impl Future<Output = T>) -> (T, Vec<String>) {
        record::begin(&self.database.url);
        let done = work.await;
        (done, record::end(&self.database.url))
    }
}

impl Drop for App {
    fn drop(&mut self) {
        // The command is sent at once; the thread's end says that it was carried out.
        drop(self.server.stop(false));
        if let Some(thread) = self.thread.take() {
            // A failed server has shown in the test already.
            let _ = thread.join();
        }
    }
}

/// Makes of each function two tests, one on SQLite and one on PostgreSQL.
macro_rules! both {
    ($(async fn $name:ident($app:ident: App) $body:block)+) => {
        both! { with App::spawn; $(async fn $name($app: App) $body)+ }
    };
    (with $spawn:path; $(async fn $name:ident($app:ident: App) $body:block)+) => {
        $(mod $name {
            use super::*;

            async fn run($app: App) $body

            #[tokio::test]
            async fn sqlite() {
                run($spawn(azukari::database::Kind::Sqlite)).await;
            }

            #[tokio::test]
            async fn postgresql() {
                run($spawn(azukari::database::Kind::Postgresql)).await;
            }
        })+
    };
}
pub(crate) use both;

/// Holds `text` against the snapshot `name` in `tests/all/snapshots`.
pub fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/snapshots"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
