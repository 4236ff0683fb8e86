//! The hand-over desk: files go up, are looked at, approved, fetched, taken back.

use azukari::actor::OrganisationId;
use azukari::database::schema::{handover as t, handover_delivery as d};
use azukari::entrustment::{EntrustmentId, ItemMark, NewItem};
use azukari::handover::{
    Deletion, DeliveryId, Direction, HandoverId, HandoverStatus, ReceivingParty,
};
use azukari::rulebook::Party;
use diesel::prelude::*;

use crate::app::{App, ContractorSide, Principal, entrustment};

mod checking;
mod corpus;
mod cutting;
pub mod delivery;
pub mod desk;
mod desk_mails;
mod full;
mod request;
mod resumable;
mod scanner;
mod seeds;
mod sending;
mod statistics;
mod upload;

/// A public body, one of its contractors, and an entrustment of the two.
pub struct Two {
    /// The principal and its people.
    pub mie: Principal,
    /// The contractor's representative.
    pub office: ContractorSide,
    /// The entrustment: 氏名, 生年月日 and 給与 of 49 persons.
    pub entrustment: EntrustmentId,
}

/// Both sides of an entrustment.
pub fn two(app: &App) -> Two {
    let mie = app.principal("三重野県");
    let office = app.joined_contractor(&mie, "髙橋社会保険労務士事務所");
    let mut new = entrustment(office.id, mie.division, "2026-10", "保育所等指導監査の業務委託");
    let item =
        |name: &str| NewItem { name: name.to_owned(), mark: ItemMark::None, under: String::new() };
    new.items = vec![item("氏名"), item("生年月日"), item("給与")];
    let entrustment = app.entrustment(&mie, &new);
    Two { mie, office, entrustment }
}

/// A hand-over that is being put together.
pub struct Draft {
    /// Its id.
    pub id: HandoverId,
    /// Its only recipient so far: the other side.
    pub delivery: DeliveryId,
    /// The path of its page.
    pub path: String,
}

/// A hand-over of `sender` to the other side, put together as far as its files, without a form.
pub fn draft(
    app: &App,
    tenant: OrganisationId,
    entrustment: EntrustmentId,
    sender: Party,
) -> Draft {
    let now = app.clock.now();
    let (id, delivery) = (HandoverId::new(now), DeliveryId::new(now));
    let mut c = app.connection();
    let before: i64 =
        t::table.filter(t::entrustment_id.eq(entrustment)).count().get_result(&mut c).unwrap();
    let (direction, party) = match sender {
        Party::Principal => (Direction::ToContractor, ReceivingParty::Contractor),
        _ => (Direction::ToPrincipal, ReceivingParty::Principal),
    };
    diesel::insert_into(t::table)
        .values((
            (
                t::tenant_id.eq(tenant),
                t::id.eq(id),
                t::entrustment_id.eq(entrustment),
                t::position.eq(i32::try_from(before).unwrap() + 1),
                t::direction.eq(direction),
                t::sender.eq(sender),
                t::purpose.eq("令和8年度の指導監査の準備"),
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
            d::tenant_id.eq(tenant),
            d::id.eq(delivery),
            d::handover_id.eq(id),
            d::position.eq(1),
            d::party.eq(party),
            d::name.eq("相手方"),
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
    Draft { id, delivery, path: format!("/entrustments/{entrustment}/hand-overs/{id}") }
}
