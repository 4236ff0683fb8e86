//! What both sides do with transmissions, through their pages.

use azukari::database::schema::{finding, handler, training};
use azukari::entrustment::rules::{Recipients, SecondChecker, Way};
use azukari::entrustment::{EntrustmentId, HandlingRules, ItemMark, NewItem};
use chrono::NaiveDate;
use diesel::prelude::*;

use crate::app::{App, ContractorSide, FilledForm, Page, Person, Principal, entrustment};

/// An entrustment whose contractor has one handler on the roster.
pub struct Desk {
    /// The public body.
    pub mie: Principal,
    /// The contractor.
    pub contractor: ContractorSide,
    /// The entrustment.
    pub entrustment: EntrustmentId,
    /// The path of its transmissions.
    pub home: String,
    /// The path of its recipients.
    pub recipients: String,
    /// The handler on the roster, pledged and trained.
    pub handler: String,
}

impl Desk {
    /// The contractor's representative.
    pub fn representative(&self) -> &Person {
        &self.contractor.representative
    }
}

fn day(y: i32, m: u32, d: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap()
}

/// Rules that permit encrypted mail to registered recipients.
fn rules() -> HandlingRules {
    HandlingRules {
        ways: vec![Way::HandOver, Way::Hand, Way::EncryptedMail],
        ways_sensitive: vec![Way::HandOver, Way::Hand],
        recipients: Recipients::Registered,
        second_checker: SecondChecker::Outside,
        ..HandlingRules::default()
    }
}

/// A public body, a contractor with a handler, and an entrustment.
pub fn desk(app: &App) -> Desk {
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋社会保険労務士事務所");
    let mut new = entrustment(contractor.id, mie.division, "令8子-12", "保育所等監査業務委託");
    new.rules = rules();
    new.items = vec![
        NewItem { name: "氏名".to_owned(), mark: ItemMark::None, under: String::new() },
        NewItem {
            name: "障害の有無".to_owned(), mark: ItemMark::Sensitive, under: String::new()
        },
    ];
    let entrustment = app.entrustment(&mie, &new);
    let handler = register_handler(app, &mie, entrustment);
    let home = format!("/entrustments/{entrustment}/transmissions");
    let recipients = format!("/entrustments/{entrustment}/recipients");
    Desk { mie, contractor, entrustment, home, recipients, handler }
}

/// Puts 髙橋 𠮷之助 on the roster, pledged and trained; gives the handler's id.
pub fn register_handler(app: &App, mie: &Principal, entrustment: EntrustmentId) -> String {
    let id = "019d0000-0000-7000-8000-000000000077".to_owned();
    let at = day(2026, 4, 1).and_hms_opt(0, 0, 0).unwrap();
    let mut connection = app.connection();
    diesel::insert_into(handler::table)
        .values((
            handler::tenant_id.eq(mie.id.to_string()),
            handler::id.eq(&id),
            handler::entrustment_id.eq(entrustment.to_string()),
            handler::name.eq("髙橋 𠮷之助"),
            handler::name_kana.eq(""),
            handler::name_key.eq("高橋吉之助"),
            handler::email.eq("kichi@sr.example"),
            handler::duty.eq(""),
            handler::temporary.eq(false),
            handler::pledged_on.eq(Some(day(2026, 4, 1))),
            handler::starts_on.eq(day(2026, 4, 1)),
            handler::return_note.eq(""),
            handler::note.eq(""),
            handler::created_at.eq(at),
            handler::version.eq(1),
        ))
        .execute(&mut connection)
        .unwrap();
    diesel::insert_into(training::table)
        .values((
            training::tenant_id.eq(mie.id.to_string()),
            training::id.eq(&id),
            training::handler_id.eq(&id),
            training::held_on.eq(day(2026, 4, 1)),
            training::content.eq("研修"),
            training::entered_by_name.eq("髙橋"),
            training::entered_at.eq(at),
        ))
        .execute(&mut connection)
        .unwrap();
    id
}

/// The form of a new transmission, filled in: the names handed over to the principal at 8 o'clock
/// on 1 April 2026.
pub async fn good(desk: &Desk, person: &Person) -> FilledForm {
    let page = person.get(&format!("{}/new", desk.home)).await;
    assert_eq!(page.status, 200);
    let item = page.attributes("input[name=items]", "value").remove(0);
    page.main_form()
        .set_all(&[
            ("sent_on", "令和8年4月1日"),
            ("sent_time", "８：００"),
            ("sender", "contractor"),
            ("handler", &desk.handler),
            ("way", "hand"),
            ("receiver_who_0", "principal"),
            ("purpose", "監査結果の報告"),
            ("persons", "10"),
            ("description", "報告書 1部"),
            ("protection", "sealed"),
            ("key_way", "none"),
        ])
        .check("items", &item)
}

/// The same sent as encrypted mail, checked by a second person.
pub async fn by_mail(desk: &Desk, person: &Person) -> FilledForm {
    good(desk, person).await.set_all(&[
        ("way", "encrypted_mail"),
        ("protection", "encrypted"),
        ("key_way", "agreed"),
        ("checked_by", "吉田 花子"),
        ("sender_address", "office@sr.example"),
    ])
}

/// Enters the usual transmission; gives its path.
pub async fn entered(desk: &Desk, person: &Person) -> String {
    let saved = good(desk, person).await.submit().await;
    assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
    saved.path
}

/// The rules and titles of an entrustment's findings.
pub fn findings(app: &App, desk: &Desk) -> Vec<(String, String)> {
    finding::table
        .filter(finding::entrustment_id.eq(desk.entrustment.to_string()))
        .order((finding::rule.asc(), finding::title.asc()))
        .select((finding::rule, finding::reason))
        .load(&mut app.connection())
        .unwrap()
}

/// The token of a page, for requests that no page makes.
pub fn token(page: &Page) -> String {
    page.attributes("input[name=csrf]", "value").remove(0)
}

/// Proposes a recipient; gives its page.
pub async fn propose(desk: &Desk, person: &Person, name: &str, address: &str) -> String {
    let form = person.get(&format!("{}/new", desk.recipients)).await.main_form();
    let saved = form
        .set_all(&[
            ("name", name),
            ("kind", "authority"),
            ("address", address),
            ("purpose", "監査結果の報告"),
            ("persons_limit", "20"),
        ])
        .submit()
        .await;
    assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
    saved.path
}
