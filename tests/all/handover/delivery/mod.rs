//! Getting it, exactly as often as it may be; receipts; the end; taking it back.

use azukari::database::Kind;
use azukari::database::schema::{
    handover as h, handover_delivery as d, handover_download as dl, handover_file as f,
    handover_share as s,
};
use azukari::handover::{
    Deletion, DeliveryId, FileId, FileState, HandoverId, HandoverStatus, ReceivingParty,
};
use azukari::rulebook::Party;
use azukari::secret::sealed;
use azukari::web::token::{self, Purpose};
use chrono::Duration;
use diesel::prelude::*;
use reqwest::{Method, Response};

use super::{Draft, Two, draft, two};
use crate::app::{App, Page, Person};

mod fetching;
mod outside;
mod recall;

/// A hand-over that was sent, and its only file.
pub struct Sent {
    /// Both sides.
    pub two: Two,
    /// Its id.
    pub id: HandoverId,
    /// The other side's part.
    pub delivery: DeliveryId,
    /// The file.
    pub file: FileId,
    /// The sender's page.
    pub path: String,
    /// The other side's page.
    pub page: String,
    /// What is in the file.
    pub bytes: Vec<u8>,
}

/// Sends `bytes` from one side of an entrustment to the other, as if they had been looked at and
/// approved; each file may be fetched `downloads` times within seven days.
pub async fn sent(app: &App, sender: Party, bytes: &[u8], downloads: i32) -> Sent {
    let two = two(app);
    let Draft { id, delivery, path } = draft(app, two.mie.id, two.entrustment, sender);
    let person = match sender {
        Party::Contractor => &two.office.representative,
        _ => &two.mie.officer,
    };
    let page = person.get(&format!("{path}/files")).await;
    let form = page.form("form[action$='/files']").file("files", "名簿.csv", bytes);
    let answer = form.submit_unfollowed().await;
    assert_eq!(answer.status, 303, "{}", answer.body);
    let mut c = app.connection();
    let file: FileId = f::table.filter(f::handover_id.eq(id)).select(f::id).first(&mut c).unwrap();
    diesel::update(f::table.filter(f::handover_id.eq(id)))
        .set(f::state.eq(FileState::Checked))
        .execute(&mut c)
        .unwrap();
    let now = app.clock.now();
    diesel::update(h::table.filter(h::id.eq(id)))
        .set((
            h::status.eq(HandoverStatus::Sent),
            h::sent_at.eq(Some(now)),
            h::valid_until.eq(Some(now + Duration::days(7))),
            h::downloads.eq(downloads),
        ))
        .execute(&mut c)
        .unwrap();
    let sent = Sent {
        id,
        delivery,
        file,
        path,
        page: format!("/received-hand-overs/{delivery}"),
        bytes: bytes.to_vec(),
        two,
    };
    share(app, &sent, delivery, downloads);
    sent
}

fn share(app: &App, sent: &Sent, delivery: DeliveryId, downloads: i32) {
    diesel::insert_into(s::table)
        .values((
            s::tenant_id.eq(sent.two.mie.id),
            s::delivery_id.eq(delivery),
            s::file_id.eq(sent.file),
            s::downloads_left.eq(downloads),
        ))
        .execute(&mut app.connection())
        .unwrap();
}

/// Adds a recipient outside with its code; gives its link.
pub fn outside(app: &App, sent: &Sent, name: &str, code: &str) -> (DeliveryId, String) {
    let now = app.clock.now();
    let id = DeliveryId::new(now);
    let secret = &app.portal.secret;
    let code = sealed::seal(secret, "hand-over code", id.as_str(), code.as_bytes()).unwrap();
    diesel::insert_into(d::table)
        .values((
            d::tenant_id.eq(sent.two.mie.id),
            d::id.eq(id),
            d::handover_id.eq(sent.id),
            d::position.eq(2),
            d::party.eq(ReceivingParty::Outside),
            d::name.eq(name),
            d::address.eq(format!("{}@outside.example", id.as_str())),
            d::code.eq(code),
            d::guesses.eq(0),
            d::received_by_name.eq(""),
            d::deletion.eq(Deletion::NotNeeded),
            d::deletion_answered_by_name.eq(""),
            d::deletion_note.eq(""),
            d::reminded.eq(0),
            d::version.eq(1),
        ))
        .execute(&mut app.connection())
        .unwrap();
    share(app, sent, id, 3);
    let subject = format!("{}/{id}", sent.two.mie.id);
    let until = now + Duration::days(30);
    let token = token::issue(secret, Purpose::Download, &subject, now, until).unwrap();
    (id, format!("/hand-over/{token}"))
}

/// The CSRF token of a page.
pub(super) fn csrf(page: &Page) -> String {
    page.attributes("input[name=csrf]", "value").remove(0)
}

/// Takes a download on a page of one file: the answer leads to it.
pub(super) async fn take(person: &Person, page: &str, file: FileId) -> Page {
    let token = csrf(&person.get(page).await);
    let path = format!("{page}/files/{file}/download");
    person.post(&path, &[("csrf", &token), ("confirmed", "on")]).await
}

/// Asks for a file with these headers.
pub(super) async fn fetch(person: &Person, path: &str, headers: &[(&str, &str)]) -> Response {
    let request = person.request(Method::GET, path);
    let request = headers.iter().fold(request, |r, (name, value)| r.header(*name, *value));
    request.send().await.unwrap()
}

pub(super) fn head<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

pub(super) async fn body(answer: Response) -> Vec<u8> {
    answer.bytes().await.unwrap().to_vec()
}

/// Reads a file to its end, and waits until that is noted: a moment after the last byte went.
pub(super) async fn whole(app: &App, person: &Person, path: &str) -> Vec<u8> {
    let bytes = body(fetch(person, path, &[]).await).await;
    completed(app, path).await;
    bytes
}

/// Waits until a download is noted as complete.
pub(super) async fn completed(app: &App, path: &str) {
    let id = path.rsplit('/').next().unwrap();
    for _ in 0..200 {
        let noted: Option<chrono::NaiveDateTime> = dl::table
            .filter(dl::id.eq(id))
            .select(dl::completed_at)
            .first(&mut app.connection())
            .unwrap();
        if noted.is_some() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("{path} is never complete");
}

/// Bytes that are alike nowhere.
pub(super) fn noise(size: usize) -> Vec<u8> {
    (0..size).map(|at| u8::try_from((at * 31 + at / 251) % 251).unwrap()).collect()
}

pub(super) fn left(app: &App, delivery: DeliveryId) -> i32 {
    s::table
        .filter(s::delivery_id.eq(delivery))
        .select(s::downloads_left)
        .first(&mut app.connection())
        .unwrap()
}

pub(super) fn status(app: &App, sent: &Sent) -> HandoverStatus {
    h::table
        .find((sent.two.mie.id, sent.id))
        .select(h::status)
        .first(&mut app.connection())
        .unwrap()
}

pub(super) fn mailed(app: &App, kind: &str) -> Vec<String> {
    app.mails().into_iter().filter(|mail| mail.kind == kind).map(|mail| mail.to_address).collect()
}

/// A portal that many may ask at once.
pub(super) fn lenient(kind: Kind) -> App {
    App::spawn_with(kind, |config| {
        config.limits.costly_per_session = 10_000;
        config.limits.costly_per_address = 10_000;
        None
    })
}

/// Whether a part was handed out, to its end.
pub(super) async fn body_of(answer: Response) -> bool {
    let handed = answer.status() == 206;
    body(answer).await;
    handed
}

/// The contractor's own organisation.
pub(super) fn organisation(app: &App, sent: &Sent) -> azukari::actor::OrganisationId {
    use azukari::database::schema::contractor as t;
    let id: Option<azukari::actor::OrganisationId> = t::table
        .filter(t::id.eq(sent.two.office.id))
        .select(t::organisation_id)
        .first(&mut app.connection())
        .unwrap();
    id.unwrap()
}
