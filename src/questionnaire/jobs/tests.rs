//! The daily round against both databases.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::*;
use crate::account::NewPerson;
use crate::database::schema::{dispatch, division, frozen_template, questionnaire};
use crate::entrustment::{self, NewEntrustment};
use crate::notice::Mail;
use crate::organisation::contractor::{self, NewContractor};
use crate::organisation::division::{self as divisions, NewDivision};
use crate::questionnaire::{DispatchId, QuestionnaireStatus};
use crate::testing::{jst, on_both, operator, organisation, portal, system};
use crate::web::Form;

on_both!(
    reminders_go_to_each_representative_once_and_the_division_is_told,
    a_contractor_without_an_account_is_reached_at_the_registers_address,
    an_extension_moves_everything,
    a_missed_round_is_caught_up_once,
    what_was_handed_in_gets_no_mail,
    a_division_without_an_address_is_told_through_its_officers,
    many_questionnaires_are_reminded_page_by_page,
    rounds_of_several_instances_remind_once,
);

const DEADLINE: &str = "2026-04-28";

struct World {
    portal: Portal,
    tenant: OrganisationId,
    id: QuestionnaireId,
    dispatch: DispatchId,
    entrustment: entrustment::EntrustmentId,
    contractor: contractor::ContractorId,
    _folder: tempfile::TempDir,
}

/// A principal with one questionnaire that was dispatched on 1 April 2026.
fn world(url: &str) -> World {
    let (portal, folder) = portal(url, "2026-04-01T10:00:00");
    let tenant = organisation(&portal);
    let ctx = operator(&portal);
    let (division, person) = ctx
        .write_now(|tx, ctx| {
            let may = divisions::set_up(&ctx.actor, tenant)?;
            let email = Some("kodomo@pref.example".to_owned());
            let new = NewDivision { name: "子育て課".into(), email, phone: String::new() };
            let division = divisions::create(tx, &may, &new)?;
            let new = NewPerson {
                email: "zeimu@pref.example".into(),
                name: "税務担当".into(),
                language: "ja",
                password_hash: "-".into(),
            };
            // Of another division, so that no mail about this one goes to this officer.
            let other = NewDivision { name: "税務課".into(), email: None, phone: String::new() };
            let other = divisions::create(tx, &may, &other)?;
            let role = crate::actor::Role::Officer;
            let person = crate::account::create_member(tx, tenant, &new, role, Some(other))?;
            Ok((division, person))
        })
        .unwrap();
    let officer =
        ctx.read_now(|c, ctx| crate::account::act_as(c, &ctx.actor, person, ctx.now)).unwrap();
    let (contractor, entrustment, dispatch) = ctx
        .at(ctx.now, officer)
        .write_now(|tx, _| {
            let contractor = contractor::register(tx, &new_contractor())?;
            let mut form = NewEntrustment::empty_form();
            for (name, value) in [
                ("number", "令8子-12"),
                ("title", "保育所等監査業務委託"),
                ("contractor", contractor.as_str()),
                ("division", division.as_str()),
                ("purpose", "監査"),
                ("starts_on", "2026-04-01"),
                ("ends_on", "2027-03-31"),
                ("erase_by", "2027-04-30"),
                ("persons", "49"),
                ("item_name_0", "氏名"),
                ("item_mark_0", "none"),
            ] {
                form.set(name, value);
            }
            let new = NewEntrustment::parse(&form).unwrap();
            let entrustment = entrustment::register(tx, &new)?;
            Ok((contractor, entrustment, insert_dispatch(tx, tenant)?))
        })
        .unwrap();
    let id = ctx.write_now(|tx, _| insert(tx, tenant, entrustment, dispatch)).unwrap();
    World { portal, tenant, id, dispatch, entrustment, contractor, _folder: folder }
}

fn new_contractor() -> NewContractor {
    let pairs = [
        ("kind", "sole_proprietor"),
        ("name", "髙﨑労務管理事務所"),
        ("person_in_charge", "髙﨑 花子"),
        ("address", "架空市1"),
        ("email", "takasaki@roumu.example"),
        ("phone", "000-000-0000"),
    ];
    NewContractor::parse(&Form::from_pairs(pairs)).unwrap()
}

fn insert_dispatch(tx: &mut Tx<'_>, tenant: OrganisationId) -> Result<DispatchId> {
    let id = DispatchId::new(tx.now);
    diesel::insert_into(frozen_template::table)
        .values((frozen_template::hash.eq("h"), frozen_template::body.eq("{}")))
        .execute(tx.connection)?;
    diesel::insert_into(dispatch::table)
        .values((
            dispatch::tenant_id.eq(tenant),
            dispatch::id.eq(id),
            dispatch::frozen_hash.eq("h"),
            dispatch::deadline.eq(DEADLINE.parse::<NaiveDate>().unwrap()),
            dispatch::contact.eq(""),
            dispatch::message.eq(""),
            dispatch::dispatched_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

fn insert(
    tx: &mut Tx<'_>,
    tenant: OrganisationId,
    entrustment: entrustment::EntrustmentId,
    dispatch: DispatchId,
) -> Result<QuestionnaireId> {
    use questionnaire as t;
    let id = QuestionnaireId::new(tx.now);
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(tenant),
            t::id.eq(id),
            t::entrustment_id.eq(entrustment),
            t::dispatch_id.eq(dispatch),
            t::frozen_hash.eq("h"),
            t::deadline.eq(DEADLINE.parse::<NaiveDate>().unwrap()),
            t::status.eq(QuestionnaireStatus::Answering),
            t::round.eq(1),
            t::answered.eq(0),
            t::questions.eq(48),
            t::created_at.eq(tx.now),
            t::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(id)
}

impl World {
    /// Goes to a moment in Japan and runs what is due, twice.
    fn run_at(&self, moment: &str) {
        self.portal.clock.set(jst(moment));
        for _ in 0..2 {
            job::run_due(&self.portal, &jobs(Registry::default())).unwrap();
        }
    }

    /// Runs the rounds of every day from one to another.
    fn run_daily(&self, from: &str, to: &str) {
        let to = to.parse::<NaiveDate>().unwrap();
        for day in from.parse::<NaiveDate>().unwrap().iter_days().take_while(|day| *day <= to) {
            self.run_at(&format!("{day}T08:30:00"));
        }
    }

    fn mails(&self) -> Vec<Mail> {
        let mut mails = system(&self.portal).read_now(|c, _| notice::outbox(c, 10_000)).unwrap();
        mails.reverse();
        mails
    }

    fn addresses(&self) -> Vec<String> {
        self.mails().into_iter().map(|mail| mail.to_address).collect()
    }

    /// The reminders in the ledger, in order.
    fn ledger(&self) -> Vec<(String, i64)> {
        let entries = system(&self.portal)
            .read_now(|c, _| ledger::history(c, self.tenant, self.id.as_str(), 100))
            .unwrap();
        let of = |entry: &ledger::Entry| {
            assert_eq!(entry.act, "reminder.sent");
            let details = &entry.details.0;
            let word = details["reminder"].as_str().unwrap().to_owned();
            (word, details["recipients"].as_i64().unwrap())
        };
        entries.iter().rev().map(of).collect()
    }

    fn set(&self, deadline: &str, status: QuestionnaireStatus) {
        let deadline = deadline.parse::<NaiveDate>().unwrap();
        system(&self.portal)
            .write_now(|tx, _| {
                diesel::update(questionnaire::table.find((self.tenant, self.id)))
                    .set((questionnaire::deadline.eq(deadline), questionnaire::status.eq(status)))
                    .execute(tx.connection)?;
                Ok(())
            })
            .unwrap();
    }

    fn member(
        &self,
        organisation: OrganisationId,
        role: Role,
        email: &str,
        language: &'static str,
    ) {
        let new = NewPerson {
            email: email.to_owned(),
            name: "山田 太郎".to_owned(),
            language,
            password_hash: "x".to_owned(),
        };
        operator(&self.portal)
            .write_now(|tx, _| account::create_member(tx, organisation, &new, role, None))
            .unwrap();
    }
}

fn reminders_go_to_each_representative_once_and_the_division_is_told(url: &str) {
    let world = world(url);
    let office = organisation(&world.portal);
    operator(&world.portal)
        .write_now(|tx, _| contractor::join(tx, world.tenant, world.contractor, office))
        .unwrap();
    world.member(office, Role::Representative, "a@roumu.example", "ja");
    world.member(office, Role::Representative, "b@roumu.example", "en");
    world.member(office, Role::Handler, "c@roumu.example", "ja");
    world.run_daily("2026-04-02", "2026-05-20");
    let words = ["before-14", "before-7", "before-3", "before-1"];
    let words = words.iter().chain(&["overdue-1", "overdue-2", "overdue-3"]);
    let mut expected: Vec<_> = words.map(|word| ((*word).to_owned(), 2)).collect();
    expected.push(("escalation".to_owned(), 1));
    assert_eq!(world.ledger(), expected);
    let mails = world.mails();
    assert_eq!(mails.len(), 15);
    assert_eq!(mails[14].to_address, "kodomo@pref.example");
    assert!(mails[..14].iter().all(|mail| mail.to_address != "c@roumu.example"));
    assert!(mails.iter().all(|mail| !mail.text_body.contains('⟦') && !mail.subject.contains('⟦')));
    assert_eq!(mails.iter().filter(|mail| mail.subject.contains("is due in 14 days")).count(), 1);
    let link = format!("https://azukari.example/questionnaires/{}", world.id);
    assert!(mails.iter().all(|mail| mail.text_body.contains(&link)));
    system(&world.portal).read_now(|c, _| ledger::verify(c, world.tenant)).unwrap();
}

fn a_contractor_without_an_account_is_reached_at_the_registers_address(url: &str) {
    let world = world(url);
    world.run_daily("2026-04-02", "2026-04-15");
    assert_eq!(world.addresses(), ["takasaki@roumu.example"]);
    assert_eq!(world.mails()[0].to_name, "髙﨑 花子");
}

fn an_extension_moves_everything(url: &str) {
    let world = world(url);
    world.run_daily("2026-04-02", "2026-04-22");
    world.set("2026-05-12", QuestionnaireStatus::Answering);
    world.run_daily("2026-04-23", "2026-05-12");
    let words: Vec<_> = world.ledger().into_iter().map(|(word, _)| word).collect();
    // 14 days before the new deadline is 28 April: both deadlines have their own reminders.
    let twice = ["before-14", "before-7", "before-14", "before-7", "before-3", "before-1"];
    assert_eq!(words, twice);
}

fn a_missed_round_is_caught_up_once(url: &str) {
    let world = world(url);
    world.run_at("2026-04-10T09:00:00");
    assert_eq!(world.mails().len(), 0);
    world.run_at("2026-04-23T15:00:00");
    assert_eq!(world.ledger(), [("before-7".to_owned(), 1)]);
    world.run_daily("2026-04-24", "2026-04-26");
    assert_eq!(world.mails().len(), 2);
}

fn what_was_handed_in_gets_no_mail(url: &str) {
    let world = world(url);
    world.set(DEADLINE, QuestionnaireStatus::Submitted);
    world.run_daily("2026-04-13", "2026-04-29");
    world.set(DEADLINE, QuestionnaireStatus::Withdrawn);
    world.run_daily("2026-04-30", "2026-05-14");
    assert_eq!(world.addresses(), Vec::<String>::new());
}

fn a_division_without_an_address_is_told_through_its_officers(url: &str) {
    let world = world(url);
    system(&world.portal)
        .write_now(|tx, _| {
            let none = division::email.eq(None::<String>);
            diesel::update(division::table).set(none).execute(tx.connection)?;
            Ok(())
        })
        .unwrap();
    world.member(world.tenant, Role::Administrator, "admin@pref.example", "ja");
    world.run_at("2026-05-10T08:30:00");
    world.run_at("2026-05-11T08:30:00");
    assert_eq!(world.addresses(), ["admin@pref.example"]);
    world.set("2026-05-12", QuestionnaireStatus::Returned);
    world.member(world.tenant, Role::Officer, "officer@pref.example", "ja");
    world.run_at("2026-05-18T08:30:00");
    world.run_at("2026-05-19T08:30:00");
    assert_eq!(world.addresses().last().unwrap(), "officer@pref.example");
}

fn rounds_of_several_instances_remind_once(url: &str) {
    let world = world(url);
    operator(&world.portal)
        .write_now(|tx, _| {
            (0..120).try_for_each(|_| {
                insert(tx, world.tenant, world.entrustment, world.dispatch).map(drop)
            })
        })
        .unwrap();
    world.portal.clock.set(jst("2026-04-14T08:30:00"));
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| round(&world.portal).unwrap());
        }
    });
    round(&world.portal).unwrap();
    assert_eq!(world.mails().len(), 121);
    system(&world.portal).read_now(|c, _| ledger::verify(c, world.tenant)).unwrap();
}

fn many_questionnaires_are_reminded_page_by_page(url: &str) {
    let world = world(url);
    operator(&world.portal)
        .write_now(|tx, _| {
            for _ in 0..PAGE + 20 {
                insert(tx, world.tenant, world.entrustment, world.dispatch)?;
            }
            Ok(())
        })
        .unwrap();
    world.run_daily("2026-04-14", "2026-04-15");
    assert_eq!(i64::try_from(world.mails().len()).unwrap(), PAGE + 21);
}
