//! Dispatch, its lists and templates against both databases.

use std::path::Path;

use super::{Dispatch, Template, dispatch, policy, store};
use crate::account::{self, NewPerson};
use crate::actor::{Actor, Member, MembershipId, OrganisationId, PersonId, Role, SessionId};
use crate::clock::Clock;
use crate::config::Config;
use crate::entrustment::{self, Entrustment, NewEntrustment};
use crate::error::Error;
use crate::ledger;
use crate::notice;
use crate::organisation::{self, NewOrganisation, OrganisationKind, contractor, division};
use crate::testing::on_both;
use crate::web::paging::ListQuery;
use crate::web::{Ctx, Form, Language};

/// A principal with `count` contractors of one entrustment each; every second has an account.
struct World {
    ctx: Ctx,
    tenant: OrganisationId,
    entrustments: Vec<Entrustment>,
    officer: Member,
    contractor: Member,
}

fn member(organisation: OrganisationId, role: Role, ctx: &Ctx) -> Member {
    Member {
        person_id: PersonId::new(ctx.now),
        name: "﨑山".into(),
        membership_id: MembershipId::new(ctx.now),
        organisation_id: organisation,
        organisation_name: "三重野県".into(),
        role,
        division_id: None,
        session_id: SessionId::new(ctx.now),
        tenants: Vec::new(),
        enrolling: false,
        proved_at: None,
        today: crate::japanese::jst_date(ctx.now),
        elsewhere: false,
    }
}

fn organisation(name: &str) -> NewOrganisation {
    NewOrganisation {
        kind: OrganisationKind::PublicBody,
        name: name.into(),
        name_kana: String::new(),
        corporate_number: None,
        address: String::new(),
        phone: String::new(),
    }
}

fn contractor_form(n: usize) -> Form {
    Form::from_pairs([
        ("kind", "company".to_owned()),
        ("name", format!("髙橋商事{n}")),
        ("address", "三重野県津島市1-1".to_owned()),
        ("person_in_charge", "髙橋".to_owned()),
        ("email", format!("c{n}@contractor.example")),
        ("phone", "059-000-0000".to_owned()),
    ])
}

fn entrustment_form(n: usize, contractor: &str, division: &str) -> Form {
    let mut form = NewEntrustment::empty_form();
    let number = format!("令8-{n}");
    for (name, value) in [
        ("number", number.as_str()),
        ("title", "保育所等監査業務委託"),
        ("contractor", contractor),
        ("division", division),
        ("purpose", "監査"),
        ("starts_on", "R8.4.1"),
        ("ends_on", "R9.3.31"),
        ("erase_by", "R9.4.30"),
        ("persons", "49"),
        ("item_name_0", "氏名"),
    ] {
        form.set(name, value);
    }
    form
}

on_both!(
    a_dispatch_reaches_every_entrustment_once_with_entries_mails_and_invitations,
    the_list_finds_what_is_overdue_and_sorts_by_every_column,
    a_contractor_dispatches_nothing,
    a_draft_is_changed_until_it_is_published_and_never_after,
);

fn world(url: &str, folder: &Path, count: usize) -> World {
    let mut config = Config::in_folder(folder, "http://localhost:8080");
    config.database_url = Some(url.to_owned());
    let now = "2026-06-01T00:00:00".parse().unwrap();
    let portal = config.open(Clock::fixed(now), false).unwrap();
    let ctx = Ctx::outside(portal, Actor::Operator, Language::Ja);
    let (tenant, joined) = ctx
        .write_now(|tx, ctx| {
            let tenant = organisation::create(tx, &ctx.portal.secret, &organisation("三重野県"))?;
            let divisions = division::set_up(tx.actor, tenant)?;
            let new = Form::from_pairs([("name", "子ども課"), ("phone", "059-000-0000")]);
            let new = division::NewDivision::parse(&new).unwrap();
            let division = division::create(tx, &divisions, &new)?;
            let mut joined = None;
            for n in 0..count {
                let new = contractor::NewContractor::parse(&contractor_form(n)).unwrap();
                let register = contractor::set_up(tx.actor, tenant)?;
                let contractor = contractor::create(tx, &register, &new)?;
                if n % 2 == 0 {
                    let own = organisation::create(tx, &ctx.portal.secret, &organisation("髙橋"))?;
                    let person = NewPerson {
                        email: format!("c{n}@contractor.example"),
                        name: "髙橋".into(),
                        language: "ja",
                        password_hash: String::new(),
                    };
                    account::create_member(tx, own, &person, Role::Representative, None)?;
                    contractor::join(tx, tenant, contractor, own)?;
                    joined.get_or_insert(own);
                }
                let form = entrustment_form(n, contractor.as_str(), division.as_str());
                let new = NewEntrustment::parse(&form).unwrap();
                let entrustments = entrustment::set_up(tx.actor, tenant)?;
                entrustment::create(tx, &entrustments, &new)?;
            }
            Ok((tenant, joined.unwrap()))
        })
        .unwrap();
    let officer = member(tenant, Role::Officer, &ctx);
    let contractor = member(joined, Role::Representative, &ctx);
    let entrustments = ctx
        .read_now(|c, _| store::dispatch::matching(c, &officer, &ListQuery::default(), 10_000))
        .unwrap();
    World { ctx, tenant, entrustments, officer, contractor }
}

/// Acts as the officer: dispatches the built-in template to all entrustments.
fn send(world: &World) -> Result<usize, Error> {
    let template = Template::built_in().unwrap();
    let new = Dispatch {
        template: &template,
        entrustments: world.entrustments.clone(),
        deadline: "2026-07-31".parse().unwrap(),
        contact: "子ども課".into(),
        message: String::new(),
    };
    let ctx = world.ctx.at(world.ctx.now, Actor::Member(Box::new(world.officer.clone())));
    ctx.write_now(|tx, ctx| dispatch(tx, &ctx.portal, &new).map(|sent| sent.len()))
}

fn a_dispatch_reaches_every_entrustment_once_with_entries_mails_and_invitations(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let world = world(url, folder.path(), 6);
    assert_eq!(send(&world).unwrap(), 6);
    assert!(matches!(send(&world), Err(Error::Conflict("error-nothing-to-dispatch"))));
    let today = "2026-08-01".parse().unwrap();
    let query = ListQuery::default();
    let (all, own, mails) = world
        .ctx
        .read_now(|c, _| {
            ledger::verify(c, world.tenant)?;
            let all = store::list::page(c, &world.officer, &query, today)?;
            let own = store::list::page(c, &world.contractor, &query, today)?;
            Ok((all, own, notice::outbox(c, 100)?))
        })
        .unwrap();
    assert_eq!((all.paging.total, own.paging.total), (6, 1));
    assert_eq!(all.rows[0].questions, 46);
    let of_kind = |kind: &str| mails.iter().filter(|m| m.kind == kind).count();
    assert_eq!((of_kind("questionnaire_dispatched"), of_kind("invitation")), (3, 3));
    let mail = mails.iter().find(|m| m.kind == "questionnaire_dispatched").unwrap();
    assert!(mail.text_body.contains("令和8年7月31日"), "{}", mail.text_body);
    assert!(!mail.text_body.contains('⟦'), "{}", mail.text_body);
}

fn the_list_finds_what_is_overdue_and_sorts_by_every_column(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let world = world(url, folder.path(), 2);
    send(&world).unwrap();
    let count = |status: &str, sort: &str, today: &str| {
        let query = ListQuery { status: status.into(), sort: sort.into(), ..ListQuery::default() };
        let today = today.parse().unwrap();
        let page = world.ctx.read_now(|c, _| store::list::page(c, &world.officer, &query, today));
        page.unwrap().paging.total
    };
    assert_eq!(count("overdue", "", "2026-07-31"), 0);
    assert_eq!(count("overdue", "", "2026-08-01"), 2);
    assert_eq!(count("approved", "", "2026-08-01"), 0);
    for sort in ["deadline", "-deadline", "status", "-status", "contractor", "-contractor"] {
        assert_eq!(count("answering", sort, "2026-08-01"), 2);
    }
}

fn a_contractor_dispatches_nothing(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut world = world(url, folder.path(), 2);
    world.officer = world.contractor.clone();
    assert!(matches!(send(&world), Err(Error::Forbidden(_))));
}

fn a_draft_is_changed_until_it_is_published_and_never_after(url: &str) {
    let folder = tempfile::tempdir().unwrap();
    let world = world(url, folder.path(), 1);
    let administrator = Member { role: Role::Administrator, ..world.officer.clone() };
    let ctx = world.ctx.at(world.ctx.now, Actor::Member(Box::new(administrator)));
    let mut draft = Template { id: "own".into(), ..Template::built_in().unwrap() };
    let id = ctx
        .write_now(|tx, _| {
            let tenant = policy::design(tx.actor)?;
            store::draft::create(tx, &tenant, &draft, "built-in")
        })
        .unwrap();
    draft.minutes = 30;
    let update = |version: i32| {
        ctx.write_now(|tx, _| {
            let tenant = policy::design(tx.actor)?;
            store::draft::update(tx, &tenant, (id, version), &draft, "head")
        })
    };
    update(1).unwrap();
    assert!(matches!(update(1), Err(Error::Conflict("error-stale"))));
    ctx.write_now(|tx, _| {
        let tenant = policy::design(tx.actor)?;
        store::draft::publish(tx, &tenant, (id, 2), &draft)
    })
    .unwrap();
    assert!(matches!(update(3), Err(Error::Conflict("error-stale"))));
    let stored = ctx.read_now(|c, _| store::template::find(c, world.tenant, id)).unwrap();
    assert_eq!((stored.is_draft(), stored.body.0.minutes), (false, 30));
    let refused = ctx.write_now(|tx, _| {
        use crate::database::schema::template;
        use diesel::prelude::*;
        diesel::update(template::table)
            .set(template::title.eq("別の名称"))
            .execute(tx.connection)?;
        Ok::<(), Error>(())
    });
    assert!(matches!(refused, Err(Error::Internal(text)) if text.contains("append-only")));
    assert!(matches!(
        policy::design(&Actor::Member(Box::new(world.officer.clone()))),
        Err(Error::Forbidden(_))
    ));
}
