//! A principal with one entrustment, for tests of what happens to it.

use super::{operator, organisation, portal, system};
use crate::account::{self, NewPerson};
use crate::actor::{Actor, DivisionId, OrganisationId, Role};
use crate::database::Tx;
use crate::entrustment::{self, Entrustment, EntrustmentId, NewEntrustment};
use crate::error::Result;
use crate::organisation::contractor::{self, NewContractor};
use crate::organisation::division::{self, NewDivision};
use crate::web::{Ctx, Form, Portal};

/// Who registered it.
pub const OFFICER: &str = "﨑山 花";

/// A principal, its officer and an entrustment of names, on 1 July 2026.
pub struct Entrusted {
    /// The portal.
    pub portal: Portal,
    /// The principal.
    pub tenant: OrganisationId,
    /// The officer of its division.
    pub officer: Actor,
    /// The entrustment.
    pub id: EntrustmentId,
    /// Where the portal keeps its files, as long as it is needed.
    pub folder: tempfile::TempDir,
}

impl Entrusted {
    /// On an empty database.
    pub fn on(url: &str) -> Self {
        Self::with(url, &[])
    }

    /// The same with more fields of the entrustment's form.
    pub fn with(url: &str, fields: &[(&str, &str)]) -> Self {
        let (portal, folder) = portal(url, "2026-07-01T10:00:00");
        let tenant = organisation(&portal);
        let ctx = operator(&portal);
        let (officer, division) = division_with_officer(&ctx, tenant);
        let id = ctx
            .at(ctx.now, officer.clone())
            .write_now(|tx, _| {
                let contractor = contractor::register(tx, &new_contractor())?;
                let own = [("contractor", contractor.as_str()), ("division", division.as_str())];
                entrustment::register(tx, &new_entrustment(&own, fields))
            })
            .unwrap();
        Self { portal, tenant, officer, id, folder }
    }

    /// Changes something as the officer does.
    pub fn write<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> T {
        let ctx = operator(&self.portal);
        ctx.at(self.portal.clock.now(), self.officer.clone()).write_now(|tx, _| work(tx)).unwrap()
    }

    /// The entrustment as it is now.
    pub fn entrustment(&self) -> Entrustment {
        let ctx = system(&self.portal);
        ctx.read_now(|c, ctx| entrustment::find_for_system(c, &ctx.actor, self.id)).unwrap()
    }
}

fn division_with_officer(ctx: &Ctx, tenant: OrganisationId) -> (Actor, DivisionId) {
    let (division, person) = ctx
        .write_now(|tx, ctx| {
            let may = division::set_up(&ctx.actor, tenant)?;
            let new =
                NewDivision { name: "子ども課".into(), email: None, phone: String::new() };
            let division = division::create(tx, &may, &new)?;
            let new = NewPerson {
                email: "kodomo@pref.example".into(),
                name: OFFICER.into(),
                language: "ja",
                password_hash: "-".into(),
            };
            let person = account::create_member(tx, tenant, &new, Role::Officer, Some(division))?;
            Ok((division, person))
        })
        .unwrap();
    let officer = ctx.read_now(|c, ctx| account::act_as(c, &ctx.actor, person, ctx.now)).unwrap();
    (officer, division)
}

fn new_contractor() -> NewContractor {
    let pairs = [
        ("kind", "sole_proprietor"),
        ("name", "髙橋社会保険労務士事務所"),
        ("person_in_charge", "髙橋 太郎"),
        ("address", "架空市1"),
        ("email", "taro@sr.example"),
        ("phone", "000-000-0000"),
    ];
    NewContractor::parse(&Form::from_pairs(pairs)).unwrap()
}

fn new_entrustment(own: &[(&str, &str)], fields: &[(&str, &str)]) -> NewEntrustment {
    let usual = [
        ("number", "令8子-12"),
        ("title", "保育所等監査業務委託"),
        ("purpose", "監査"),
        ("starts_on", "2026-04-01"),
        ("ends_on", "2027-03-31"),
        ("erase_by", "2027-04-30"),
        ("persons", "49"),
        ("item_name_0", "氏名"),
        ("item_mark_0", "none"),
    ];
    let mut form = NewEntrustment::empty_form();
    for (name, value) in usual.iter().chain(own).chain(fields) {
        form.set(name, value);
    }
    NewEntrustment::parse(&form).unwrap()
}
