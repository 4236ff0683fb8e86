//! What people do with disposals, in the order in which they do it.

use azukari::clock::Timestamp;
use azukari::database::schema::{data_item, holding};
use azukari::entrustment::EntrustmentId;
use azukari::holding::HoldingId;
use chrono::NaiveDate;
use diesel::prelude::*;

use crate::app::{App, ContractorSide, Page, Person, Principal, entrustment};

/// An entrustment of which something is held.
pub struct Held {
    pub mie: Principal,
    pub contractor: ContractorSide,
    pub id: EntrustmentId,
    /// The address of the entrustment.
    pub home: String,
    /// The ids of its holdings.
    pub holdings: Vec<String>,
}

impl Held {
    pub fn person(&self) -> &Person {
        &self.contractor.representative
    }
}

/// A principal, a contractor that has joined, and so many holdings.
pub fn held(app: &App, count: i32) -> Held {
    let mie = app.principal("三重野県");
    let contractor = app.joined_contractor(&mie, "髙橋社会保険労務士事務所");
    let new = entrustment(contractor.id, mie.division, "令8子-12", "保育所等監査業務委託");
    let id = app.entrustment(&mie, &new);
    let holdings = (1..=count).map(|position| hold(app, &mie, id, position)).collect();
    Held { mie, contractor, id, home: format!("/entrustments/{id}"), holdings }
}

/// Enters a holding.
pub fn hold(app: &App, mie: &Principal, of: EntrustmentId, position: i32) -> String {
    use holding as t;
    let c = &mut app.connection();
    let now: Timestamp = app.clock.now();
    let id = HoldingId::new(now);
    let items: Vec<String> = data_item::table
        .filter(data_item::entrustment_id.eq(of))
        .select(data_item::id)
        .load(c)
        .unwrap();
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(mie.id),
                t::id.eq(id),
                t::entrustment_id.eq(of),
                t::position.eq(position),
                t::kind.eq("original"),
                t::holder.eq(""),
                t::items.eq(serde_json::to_string(&items).unwrap()),
                t::persons.eq(49_i64),
                t::place.eq("office"),
                t::place_detail.eq("本社2階"),
                t::provider.eq(""),
                t::plan.eq(""),
                t::country.eq("JP"),
                t::access_countries.eq("[]"),
            ),
            (
                t::medium.eq("terminal"),
                t::system.eq("監査用PC"),
                t::encryption.eq("at_rest"),
                t::handlers.eq("[]"),
                t::backups.eq(""),
                t::starts_on.eq(NaiveDate::from_ymd_opt(2026, 4, 1).unwrap()),
                t::status.eq("open"),
                t::exceptions.eq("{}"),
                t::entered_by_name.eq("髙橋"),
                t::created_at.eq(now),
                t::version.eq(1),
            ),
        ))
        .execute(c)
        .unwrap();
    id.to_string()
}

/// Writes a disposal of holdings.
pub async fn write(person: &Person, home: &str, holdings: &[&str], more: &[(&str, &str)]) -> Page {
    let page = person.get(&format!("{home}/disposals/new")).await;
    let form = page.main_form().set_all(&[
        ("kind", "erased"),
        ("method", "overwrite"),
        ("method_note", "専用のソフトウェアで3回"),
        ("quantity", "ノートパソコン1台"),
        ("device_number", "SN-0001"),
        ("done_on", "令和8年4月1日"),
        ("performed_by", "𠮷田 実"),
        ("witness", "﨑山 葉子"),
        ("backups", "同じ日に消去した"),
        ("subs", "なし"),
        ("outside_certificate", "株式会社架空データ消去 第7号"),
    ]);
    let form = holdings.iter().fold(form, |form, id| form.check("holdings", id));
    form.set_all(more).submit().await
}

/// Attests a disposal.
pub async fn attest(person: &Person, path: &str) -> Page {
    let page = person.get(path).await;
    let form = page.form("form[action$='/attestation']");
    form.set_all(&[("attested_title", "所長"), ("attested_name", "髙橋 𠮷之助")])
        .check("consent", "on")
        .submit()
        .await
}

/// Accepts or returns a disposal.
pub async fn decide(officer: &Person, path: &str, verdict: &str, comment: &str) -> Page {
    let page = officer.get(path).await;
    let form = page.form("form[action$='/decision']");
    form.set("verdict", verdict).set("comment", comment).submit().await
}

/// Writes, attests and accepts a disposal; gives its address.
pub async fn dispose(held: &Held, holdings: &[&str], more: &[(&str, &str)]) -> String {
    let path = write(held.person(), &held.home, holdings, more).await.path;
    assert_eq!(attest(held.person(), &path).await.status, 303);
    assert_eq!(decide(&held.mie.officer, &path, "accept", "").await.status, 303);
    path
}

/// Proposes to close the entrustment by its page.
pub async fn propose_closing(officer: &Person, home: &str) -> Page {
    let page = officer.get(&format!("{home}/closing")).await;
    page.form("form[action$='/closing']").submit().await
}

/// Closes the entrustment: its officer proposes, its approver approves.
pub async fn close(held: &Held) -> Page {
    assert_eq!(propose_closing(&held.mie.officer, &held.home).await.status, 303);
    approve_closing(&held.mie.approver, &held.home).await
}

/// Closes what somebody else proposed to close.
pub async fn approve_closing(approver: &Person, home: &str) -> Page {
    let page = approver.get(&format!("{home}/closing")).await;
    page.form("form[action$='/closing/approval']").submit().await
}

/// The CSRF token of somebody's pages.
pub async fn token(person: &Person) -> String {
    person.get("/entrustments").await.attributes("input[name=csrf]", "value").remove(0)
}
