use chrono::NaiveDate;

use super::*;
use crate::actor::{Actor, Authorized};
use crate::entrustment::rules::{Medium, Place};
use crate::entrustment::{
    self, Entrustment, HandlingRules, Hold, ItemMark, NewEntrustment, NewItem,
};
use crate::error::Error;
use crate::finding;
use crate::organisation::OrganisationKind;
use crate::organisation::contractor::{self, NewContractor};
use crate::organisation::division::{self, NewDivision};
use crate::rulebook::{Broken, Encrypted, Exceptions, RuleId};
use crate::testing::{on_both, operator, organisation, portal};
use crate::web::{Ctx, Portal};

on_both!(
    a_holding_is_numbered_and_told_to_the_rules,
    what_has_ended_does_not_end_again,
    items_stand_under_each_other_and_keep_their_ids,
);

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

fn item(name: &str, under: &str, mark: ItemMark) -> NewItem {
    NewItem { name: name.into(), mark, under: under.into() }
}

fn new_entrustment(portal: &Portal) -> (Ctx, Entrustment, NewEntrustment) {
    let ctx = operator(portal);
    let tenant = organisation(portal);
    let of = NewContractor {
        kind: OrganisationKind::Company,
        name: "髙橋".into(),
        name_kana: String::new(),
        corporate_number: None,
        postcode: String::new(),
        address: "津野市".into(),
        representative: String::new(),
        person_in_charge: "髙橋".into(),
        person_in_charge_title: String::new(),
        email: "t@sr.example".into(),
        phone: "1".into(),
        after_hours_phone: String::new(),
        privacy_mark: String::new(),
        privacy_mark_until: None,
        isms: String::new(),
        isms_until: None,
        note: String::new(),
    };
    let (found, new) = ctx
        .write_now(|tx, _| {
            let division = NewDivision { name: "課".into(), email: None, phone: String::new() };
            let division_id =
                division::create(tx, &division::set_up(tx.actor, tenant)?, &division)?;
            let contractor_id =
                contractor::create(tx, &contractor::set_up(tx.actor, tenant)?, &of)?;
            let new = NewEntrustment {
                contractor_id,
                division_id,
                number: "1".into(),
                title: "監査".into(),
                purpose: "監査".into(),
                starts_on: day(4, 1),
                ends_on: day(12, 31),
                erase_by: day(12, 31),
                persons: 49,
                handover_way: String::new(),
                note: String::new(),
                items: vec![
                    item("職員台帳", "", ItemMark::None),
                    item("給与", "職員台帳", ItemMark::Sensitive),
                ],
                rules: HandlingRules::default(),
            };
            let id = entrustment::create(tx, &entrustment::set_up(tx.actor, tenant)?, &new)?;
            Ok((entrustment::find_for_system(tx.connection, &Actor::Operator, id)?, new))
        })
        .unwrap();
    (ctx, found, new)
}

fn held(entrustment: &Entrustment) -> Authorized<Entrustment, Hold> {
    Authorized::by_policy(entrustment.clone())
}

fn office(items: Vec<crate::entrustment::DataItemId>) -> NewHolding {
    NewHolding {
        kind: HoldingKind::Original,
        source_id: None,
        holder: String::new(),
        items,
        persons: 49,
        place: Place::Office,
        place_detail: "事務所".into(),
        provider: String::new(),
        plan: String::new(),
        country: "JP".into(),
        access_countries: vec!["JP".into()],
        medium: Medium::Server,
        system: String::new(),
        encryption: Encrypted::AtRest,
        handlers: vec![],
        backups: String::new(),
        starts_on: day(4, 1),
        until_on: None,
    }
}

fn a_holding_is_numbered_and_told_to_the_rules(url: &str) {
    let (portal, _folder) = portal(url, "2026-04-02T09:00:00");
    let (ctx, entrustment, _) = new_entrustment(&portal);
    ctx.write_now(|tx, _| {
        let items = entrustment::items(tx.connection, &entrustment)?;
        let new = office(items.iter().map(|item| item.id).collect());
        let broken = [Broken { rule: RuleId::Place, what: "home".into() }];
        let exceptions: Exceptions = [(RuleId::Place, "一時的".to_owned())].into();
        let first = enter(tx, &held(&entrustment), &new, &broken, &exceptions)?;
        let copy = NewHolding { kind: HoldingKind::Copy, source_id: Some(first), ..new.clone() };
        let second = enter(tx, &held(&entrustment), &copy, &[], &Exceptions::new())?;
        let all = of_entrustment(tx.connection, &entrustment)?;
        let told: Vec<_> = all.iter().map(|h| (h.id, h.position, h.source_id)).collect();
        assert_eq!(told, [(first, 1, None), (second, 2, Some(first))]);
        let facts = facts(tx.connection, &entrustment)?;
        assert_eq!(facts[0], (first, new.fact(), exceptions));
        let open = finding::open_by_subject(tx.connection, &entrustment, "holding")?;
        assert_eq!(open.get(first.as_str()), Some(&1));
        assert_eq!(open.len(), 1);
        Ok(())
    })
    .unwrap();
}

fn what_has_ended_does_not_end_again(url: &str) {
    let (portal, _folder) = portal(url, "2026-04-02T09:00:00");
    let (ctx, entrustment, _) = new_entrustment(&portal);
    ctx.write_now(|tx, _| {
        let items = entrustment::items(tx.connection, &entrustment)?;
        let new = office(vec![items[0].id]);
        let none = Exceptions::new();
        let mut ids = Vec::new();
        for _ in 0..3 {
            ids.push(enter(tx, &held(&entrustment), &new, &[], &none)?);
        }
        end(tx, &held(&entrustment), &ids[..1], HoldingStatus::Disposed, day(5, 1), None)?;
        let again =
            end(tx, &held(&entrustment), &ids[..1], HoldingStatus::Disposed, day(5, 2), None);
        assert!(matches!(again, Err(Error::Conflict("holding-error-ended"))));
        end(tx, &held(&entrustment), &ids[1..2], HoldingStatus::Retained, day(5, 1), None)?;
        let left: Vec<_> = open(tx.connection, &entrustment)?.iter().map(|h| h.id).collect();
        assert_eq!(left, ids[2..]);
        let told: Vec<bool> =
            facts(tx.connection, &entrustment)?.iter().map(|(_, fact, _)| fact.open).collect();
        assert_eq!(told, [false, true, true]);
        end(tx, &held(&entrustment), &ids[1..], HoldingStatus::Disposed, day(6, 1), None)?;
        assert!(open(tx.connection, &entrustment)?.is_empty());
        Ok(())
    })
    .unwrap();
}

fn items_stand_under_each_other_and_keep_their_ids(url: &str) {
    let (portal, _folder) = portal(url, "2026-04-02T09:00:00");
    let (ctx, entrustment, _) = new_entrustment(&portal);
    ctx.read_now(|c, ctx| {
        let items = entrustment::items(c, &entrustment)?;
        assert_eq!(items[1].parent_id, Some(items[0].id));
        let name = entrustment::full_name(ctx.language, &items, &items[1]);
        assert_eq!(name, "職員台帳＞給与");
        let depths: Vec<_> =
            entrustment::placed(&items).iter().map(|p| (p.depth, p.opens, p.closes)).collect();
        assert_eq!(depths, [(0, true, 0), (1, false, 1)]);
        assert_eq!(entrustment::items_ever(c, &entrustment)?.len(), 2);
        Ok(())
    })
    .unwrap();
}
