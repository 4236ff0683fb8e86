//! A large file up and down through the portal on the loopback, beside its floor in the same run.
//!
//! The portal is a process of its own, so that its memory is its own: what it held at most
//! (`VmHWM`) is read from the system. The floor is age's own stream on one thread, from memory to
//! nowhere: encrypting and decrypting the same bytes. `HANDOVER_MIB` says how large the file is; 512
//! by default, at most 2048.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

#[expect(dead_code, reason = "each benchmark takes its part of the house")]
mod house;

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use azukari::actor::{OrganisationId, PersonId};
use azukari::clock::Clock;
use azukari::config::Config;
use azukari::database::schema::{
    handover as t, handover_delivery as d, handover_file as f, handover_share as s,
};
use azukari::database::{Connection, Scope, migrate};
use azukari::entrustment::EntrustmentId;
use azukari::handover::{
    Deletion, DeliveryId, Direction, FileId, FileState, HandoverId, HandoverStatus, ReceivingParty,
};
use azukari::rulebook::Party;
use azukari::web::Portal;
use diesel::prelude::*;
use house::{PublicBody, as_operator, cookie_of};

const MIB: usize = 1024 * 1024;

fn main() {
    let asked = std::env::var("HANDOVER_MIB").ok().and_then(|text| text.parse().ok());
    let mib: usize = asked.unwrap_or(512).clamp(1, 2048);
    let floor = Floor::measure(mib);
    println!("\n## {mib} MiB\n\n| | MB/s | share of the floor |\n|---|--:|--:|");
    println!("| floor: age encrypts | {:.0} | |", floor.encrypted);
    println!("| floor: age decrypts | {:.0} | |", floor.decrypted);
    let house = House::open();
    println!("\nThe portal at rest held at most {} MiB.\n", house.most_memory());
    println!("| | MB/s | share of the floor | most memory |\n|---|--:|--:|--:|");
    let tell = |what: &str, rate: f64, floor: f64| {
        let share = rate / floor;
        println!("| {what} | {rate:.0} | {share:.2} | {} MiB |", house.most_memory());
    };
    let (draft, by_form) = (house.draft(), house.draft());
    tell("up in one part (tus)", rate(mib, || house.up(draft, mib)), floor.encrypted);
    tell("up in parts of 8 MiB (tus)", rate(mib, || house.up_in_parts(mib)), floor.encrypted);
    tell("up by a form", rate(mib, || house.up_by_form(by_form, mib)), floor.encrypted);
    house.send(draft);
    tell("down", rate(mib, || house.down(draft, mib)), floor.decrypted);
}

/// Megabytes a second.
fn rate(mib: usize, work: impl FnOnce()) -> f64 {
    let start = Instant::now();
    work();
    megabytes(mib) / start.elapsed().as_secs_f64()
}

fn megabytes(mib: usize) -> f64 {
    f64::from(u32::try_from(mib).unwrap()) * 1.048_576
}

/// A MiB of the file: no two neighbours alike.
fn block() -> Vec<u8> {
    (0_u32..).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).take(MIB).collect()
}

// The floor

struct Floor {
    encrypted: f64,
    decrypted: f64,
}

impl Floor {
    fn measure(mib: usize) -> Self {
        let (identity, block) = (age::x25519::Identity::generate(), block());
        let encrypted = rate(mib, || encrypt(&identity, &block, mib, io::sink()));
        // As much as fits into memory beside all else, as often as it takes.
        let piece = mib.min(256);
        let mut sealed = Vec::new();
        encrypt(&identity, &block, piece, &mut sealed);
        let decrypted = rate(mib, || {
            for _ in 0..mib.div_ceil(piece) {
                let age = age::Decryptor::new(sealed.as_slice()).unwrap();
                let identities: [&dyn age::Identity; 1] = [&identity];
                let mut plain = age.decrypt(identities.into_iter()).unwrap();
                io::copy(&mut plain, &mut io::sink()).unwrap();
            }
        });
        Self { encrypted, decrypted }
    }
}

fn encrypt(identity: &age::x25519::Identity, block: &[u8], mib: usize, to: impl Write) {
    let recipient = identity.to_public();
    let recipients: [&dyn age::Recipient; 1] = [&recipient];
    let age = age::Encryptor::with_recipients(recipients.into_iter()).unwrap();
    let mut writer = age.wrap_output(to).unwrap();
    for _ in 0..mib {
        writer.write_all(block).unwrap();
    }
    writer.finish().unwrap();
}

// The portal

#[derive(Clone, Copy)]
struct Draft {
    id: HandoverId,
    delivery: DeliveryId,
}

struct House {
    portal: Portal,
    tenant: OrganisationId,
    entrustment: EntrustmentId,
    officer: Browser,
    receiver: Browser,
    server: Child,
    folder: tempfile::TempDir,
}

impl Drop for House {
    fn drop(&mut self) {
        let killed = self.server.kill();
        drop(killed.and_then(|()| self.server.wait()));
    }
}

impl House {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = free_address();
        let config = Config::in_folder(folder.path(), &format!("http://{address}"));
        migrate(&config.database_url().unwrap()).unwrap();
        let portal = config.open(Clock::System, false).unwrap();
        let body = PublicBody::founded(&portal, "青波県");
        let representative = body.with_representative(&portal, 1);
        let entrustment = first_entrustment(&portal);
        let server = serve(folder.path(), &address);
        let browser = |person| Browser::of(&portal, &address, person);
        let (officer, receiver) = (browser(body.officer), browser(representative));
        Self { portal, tenant: body.id, entrustment, officer, receiver, server, folder }
    }

    /// The most memory that the portal's process held so far, in MiB.
    fn most_memory(&self) -> String {
        let status = format!("/proc/{}/status", self.server.id());
        let Ok(status) = std::fs::read_to_string(status) else { return "?".to_owned() };
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
        kib.map_or("?".to_owned(), |kib| (kib / 1024).to_string())
    }

    fn connection(&self) -> Connection {
        let config = Config::in_folder(self.folder.path(), &self.portal.settings.base_url);
        let mut connection = Connection::open(&config.database_url().unwrap()).unwrap();
        connection.enter(&Scope::everything()).unwrap();
        connection
    }

    /// A hand-over to the contractor that is being put together.
    fn draft(&self) -> Draft {
        let now = self.portal.clock.now();
        let (id, delivery) = (HandoverId::new(now), DeliveryId::new(now));
        let mut c = self.connection();
        diesel::insert_into(t::table)
            .values((
                (
                    t::tenant_id.eq(self.tenant),
                    t::id.eq(id),
                    t::entrustment_id.eq(self.entrustment),
                    t::position.eq(1),
                    t::direction.eq(Direction::ToContractor),
                    t::sender.eq(Party::Principal),
                    t::purpose.eq("指導監査の準備"),
                    t::message.eq(""),
                    t::items.eq("[]"),
                    t::valid_days.eq(7),
                    t::downloads.eq(3),
                    t::status.eq(HandoverStatus::Draft),
                ),
                (
                    t::created_by_name.eq("担当"),
                    t::created_at.eq(now),
                    t::seal.eq(""),
                    t::proposed_by_name.eq(""),
                    t::decided_by_name.eq(""),
                    t::decision_reason.eq(""),
                    t::recalled_by_name.eq(""),
                    t::recall_reason.eq(""),
                    t::version.eq(1),
                ),
            ))
            .execute(&mut c)
            .unwrap();
        diesel::insert_into(d::table)
            .values((
                d::tenant_id.eq(self.tenant),
                d::id.eq(delivery),
                d::handover_id.eq(id),
                d::position.eq(1),
                d::party.eq(ReceivingParty::Contractor),
                d::name.eq("受託者"),
                d::address.eq(""),
                d::code.eq(""),
                d::guesses.eq(0),
                d::received_by_name.eq(""),
                d::deletion.eq(Deletion::NotNeeded),
                d::deletion_answered_by_name.eq(""),
                d::deletion_note.eq(""),
                d::reminded.eq(0),
                d::version.eq(1),
            ))
            .execute(&mut c)
            .unwrap();
        Draft { id, delivery }
    }

    fn path(&self, draft: Draft) -> String {
        format!("/entrustments/{}/hand-overs/{}", self.entrustment, draft.id)
    }

    fn announce(&self, draft: Draft, mib: usize) -> String {
        let length = format!("tus-resumable: 1.0.0\r\nupload-length: {}\r\n", mib * MIB);
        let to = format!("{}/uploads", self.path(draft));
        let answer = self.officer.ask("POST", &to, &length, 0, |_| {});
        assert!(answer.head.starts_with("HTTP/1.1 201"), "{}", answer.head);
        answer.header("location")
    }

    fn patch(&self, to: &str, offset: usize, mib: usize) {
        let more = format!(
            "tus-resumable: 1.0.0\r\nupload-offset: {offset}\r\ncontent-type: application/offset+octet-stream\r\n"
        );
        let block = block();
        let answer = self.officer.ask("PATCH", to, &more, mib * MIB, |line| {
            (0..mib).for_each(|_| line.write_all(&block).unwrap());
        });
        assert!(answer.head.starts_with("HTTP/1.1 204"), "{}", answer.head);
    }

    fn up(&self, draft: Draft, mib: usize) {
        let to = self.announce(draft, mib);
        self.patch(&to, 0, mib);
    }

    fn up_in_parts(&self, mib: usize) {
        let to = self.announce(self.draft(), mib);
        for start in (0..mib).step_by(8) {
            self.patch(&to, start * MIB, 8.min(mib - start));
        }
    }

    fn up_by_form(&self, draft: Draft, mib: usize) {
        // The route takes 2 GiB with everything around the file.
        let mib = mib.min(2047);
        let part = |name: &str, more: &str| {
            format!("--limit\r\ncontent-disposition: form-data; name=\"{name}\"{more}\r\n\r\n")
        };
        let before =
            part("csrf", "") + &self.officer.csrf + "\r\n" + &part("files", "; filename=\"a.bin\"");
        let (block, after) = (block(), "\r\n--limit--\r\n");
        let length = before.len() + mib * MIB + after.len();
        let to = format!("{}/files", self.path(draft));
        let kind = "content-type: multipart/form-data; boundary=limit\r\n";
        let answer = self.officer.ask("POST", &to, kind, length, |line| {
            line.write_all(before.as_bytes()).unwrap();
            (0..mib).for_each(|_| line.write_all(&block).unwrap());
            line.write_all(after.as_bytes()).unwrap();
        });
        assert!(answer.head.starts_with("HTTP/1.1 303"), "{}", answer.head);
    }

    /// Has the hand-over leave, as if it had been checked and approved.
    fn send(&self, draft: Draft) {
        let mut c = self.connection();
        let now = self.portal.clock.now();
        let own = f::table.filter(f::handover_id.eq(draft.id));
        diesel::update(own).set(f::state.eq(FileState::Checked)).execute(&mut c).unwrap();
        diesel::update(t::table.filter(t::id.eq(draft.id)))
            .set((
                t::status.eq(HandoverStatus::Sent),
                t::sent_at.eq(Some(now)),
                t::valid_until.eq(Some(now + chrono::Duration::days(7))),
            ))
            .execute(&mut c)
            .unwrap();
        diesel::insert_into(s::table)
            .values((
                s::tenant_id.eq(self.tenant),
                s::delivery_id.eq(draft.delivery),
                s::file_id.eq(self.file(draft)),
                s::downloads_left.eq(3),
            ))
            .execute(&mut c)
            .unwrap();
    }

    fn file(&self, draft: Draft) -> FileId {
        let own = f::table.filter(f::handover_id.eq(draft.id)).select(f::id);
        own.first(&mut self.connection()).unwrap()
    }

    fn down(&self, draft: Draft, mib: usize) {
        let file = self.file(draft);
        let to = format!("/received-hand-overs/{}/files/{file}/download", draft.delivery);
        let body = format!("csrf={}&confirmed=on", self.receiver.csrf);
        let kind = "content-type: application/x-www-form-urlencoded\r\n";
        let taken = self.receiver.ask("POST", &to, kind, body.len(), |line| {
            line.write_all(body.as_bytes()).unwrap();
        });
        assert!(taken.head.starts_with("HTTP/1.1 303"), "{}", taken.head);
        let answer = self.receiver.ask("GET", &taken.header("location"), "", 0, |_| {});
        assert!(answer.head.starts_with("HTTP/1.1 200"), "{}", answer.head);
        assert_eq!(answer.bytes, u64::try_from(mib * MIB).unwrap());
    }
}

fn first_entrustment(portal: &Portal) -> EntrustmentId {
    use azukari::database::schema::entrustment as e;
    as_operator(portal, |tx, _| Ok(e::table.select(e::id).first(tx.connection)?))
}

fn free_address() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().to_string()
}

/// Starts the portal as its operator does, and waits until it answers.
fn serve(data: &Path, address: &str) -> Child {
    let server = Command::new(env!("CARGO_BIN_EXE_azukari"))
        .env_clear()
        .env("AZUKARI_DATA", data)
        .env("AZUKARI_BASE_URL", format!("http://{address}"))
        .args(["serve", "--listen", address])
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let start = Instant::now();
    while TcpStream::connect(address).is_err() {
        assert!(start.elapsed() < Duration::from_secs(30), "the portal doesn't start");
        std::thread::sleep(Duration::from_millis(50));
    }
    server
}

/// Somebody's browser, as bare as can be.
struct Browser {
    address: String,
    cookie: String,
    csrf: String,
}

/// An answer, whose body was counted and not kept.
struct Answer {
    head: String,
    bytes: u64,
}

impl Answer {
    fn header(&self, name: &str) -> String {
        let found = self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        });
        found.unwrap()
    }
}

impl Browser {
    fn of(portal: &Portal, address: &str, person: PersonId) -> Self {
        let cookie = cookie_of(portal, person);
        let mut browser = Self { address: address.to_owned(), cookie, csrf: String::new() };
        let mut line = browser.begin("GET", "/help", "", 0);
        let mut page = String::new();
        line.read_to_string(&mut page).unwrap();
        let (_, rest) = page.split_once("name=\"csrf\" value=\"").unwrap();
        let (token, _) = rest.split_once('"').unwrap();
        token.clone_into(&mut browser.csrf);
        browser
    }

    fn begin(&self, method: &str, path: &str, more: &str, length: usize) -> TcpStream {
        let mut line = TcpStream::connect(&self.address).unwrap();
        let Self { address, cookie, csrf } = self;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\nx-csrf-token: {csrf}\r\n\
             sec-fetch-site: same-origin\r\nconnection: close\r\n{more}content-length: {length}\r\n\r\n"
        );
        line.write_all(head.as_bytes()).unwrap();
        line
    }

    fn ask(
        &self,
        method: &str,
        path: &str,
        more: &str,
        length: usize,
        body: impl FnOnce(&mut TcpStream),
    ) -> Answer {
        let mut line = self.begin(method, path, more, length);
        body(&mut line);
        let mut answer = BufReader::with_capacity(MIB, line);
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") && answer.read_line(&mut head).unwrap() > 0 {}
        let bytes = io::copy(&mut answer, &mut io::sink()).unwrap();
        Answer { head, bytes }
    }
}
