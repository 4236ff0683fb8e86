//! A fixed state: the same ids, times and names each time, so that its record is the same too.

use std::sync::Arc;

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::json;

use super::response::{answered, attest, first_answers, insert_answer, insert_proof, trained};
use crate::actor::{Actor, Member, OrganisationId, Role};
use crate::clock::{Clock, Timestamp};
use crate::database::schema as t;
use crate::database::types::json_text;
use crate::database::{Connection, Database, Kind, Tx, migrate};
use crate::entrustment::{self, Entrustment, EntrustmentId, HandlingRules};
use crate::error::{Error, Result};
use crate::japanese::fold_name;
use crate::ledger::{self, Fact, NewEntry, Signer};
use crate::questionnaire::{AnswerValue, Template, YesNo};
use crate::secret::Secret;
use crate::storage::{self, Storage};
use crate::testing;
use crate::web::{Ctx, Language, Limits, Portal, Settings};

pub struct Sample {
    portal: Portal,
    url: String,
    _folder: tempfile::TempDir,
}

/// A fixed id: what it is of is in its last digits.
fn id<T: std::str::FromStr<Err = uuid::Error>>(number: u32) -> T {
    format!("019d0000-0000-7000-8000-{number:012}").parse().unwrap()
}

pub fn text(number: u32) -> String {
    format!("019d0000-0000-7000-8000-{number:012}")
}

pub const PRINCIPAL: u32 = 1;
pub const CONTRACTOR_ORGANISATION: u32 = 2;
const DIVISION: u32 = 3;
pub const CONTRACTOR: u32 = 4;
pub const ENTRUSTMENT: u32 = 5;
const DISPATCH: u32 = 6;
pub const QUESTIONNAIRE: u32 = 7;

fn at(day: u32, hour: u32, minute: u32) -> Timestamp {
    let day = NaiveDate::from_ymd_opt(2026, 4, day).unwrap();
    day.and_hms_opt(hour, minute, 0).unwrap()
}

fn member(number: u32, organisation: u32, role: Role, name: &str, of: &str) -> Actor {
    Actor::Member(Box::new(Member {
        person_id: id(number),
        name: name.into(),
        membership_id: id(number + 100),
        organisation_id: id(organisation),
        organisation_name: of.into(),
        role,
        division_id: None,
        session_id: id(number + 200),
        tenants: if role.is_principal() { Vec::new() } else { vec![id(PRINCIPAL)] },
        enrolling: false,
        proved_at: None,
        today: NaiveDate::from_ymd_opt(2026, 4, 1).unwrap(),
        elsewhere: false,
    }))
}

/// The tests' PostgreSQL.
fn server() -> String {
    std::env::var("AZUKARI_TEST_POSTGRES")
        .expect("AZUKARI_TEST_POSTGRES names a PostgreSQL to test with; tests/run starts one")
}

impl Drop for Sample {
    fn drop(&mut self) {
        if self.url.starts_with("postgres") {
            testing::drop_database(&server(), &self.url);
        }
    }
}

#[expect(clippy::unused_self, reason = "the sample is asked for what it has")]
impl Sample {
    pub fn on(kind: Kind) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = match kind {
            Kind::Sqlite => format!("sqlite:{}", folder.path().join("test.sqlite").display()),
            Kind::Postgresql => testing::create_database(&server()),
        };
        migrate(&url).unwrap();
        let settings = Settings {
            base_url: "https://azukari.example".into(),
            demo: false,
            limits: Limits::default(),
            identity_private_network: false,
            clamav: None,
        };
        let secret = Secret::parse(&"5a".repeat(32)).unwrap();
        let portal = Portal {
            database: Database::open(&url, 2).unwrap(),
            clock: Clock::fixed(at(1, 0, 0)),
            signer: Arc::new(Signer::new(settings.host(), &secret.signer_seed())),
            storage: Storage::folder(&folder.path().join("files")).unwrap(),
            settings: Arc::new(settings),
            secret,
        };
        let sample = Self { portal, url, _folder: folder };
        sample.fill();
        sample
    }

    /// The same portal, started again with another secret.
    pub fn restart(&mut self, secret: Secret) {
        let signer = Signer::new(self.portal.settings.host(), &secret.signer_seed());
        self.portal.signer = Arc::new(signer);
        self.portal.secret = secret;
    }

    pub fn ctx(&self, actor: Actor) -> Ctx {
        Ctx::outside(self.portal.clone(), actor, Language::Ja)
    }

    pub fn tenant(&self) -> OrganisationId {
        id(PRINCIPAL)
    }

    pub fn entrustment_id(&self) -> EntrustmentId {
        id(ENTRUSTMENT)
    }

    pub fn entrustment(&self, connection: &mut Connection) -> Result<Entrustment> {
        entrustment::find(connection, &self.officer(), self.entrustment_id())
    }

    pub fn officer(&self) -> Actor {
        member(11, PRINCIPAL, Role::Officer, "﨑山 葉子", "三重野県")
    }

    pub fn representative(&self) -> Actor {
        let of = "髙橋社会保険労務士事務所";
        member(12, CONTRACTOR_ORGANISATION, Role::Representative, "𠮷田 一郎", of)
    }

    pub fn stranger(&self) -> Actor {
        member(13, 99, Role::Administrator, "山田 太郎", "別の市")
    }

    fn write(&self, actor: &Actor, now: Timestamp, work: impl FnOnce(&mut Tx<'_>) -> Result<()>) {
        let written: Result<(), Error> =
            self.portal.database.write(actor, now, Language::Ja, |tx| work(tx));
        written.unwrap();
    }

    pub fn acts(&self) -> Vec<String> {
        let ctx = self.ctx(Actor::Operator);
        let acts = ctx.read_now(|c, _| {
            let entries = ledger::entries_until(c, self.tenant(), &text(ENTRUSTMENT), i64::MAX)?;
            Ok(entries.into_iter().map(|entry| entry.act).collect())
        });
        acts.unwrap()
    }

    /// Changes the entrustment.
    pub fn change(&self) {
        self.write(&self.officer(), at(20, 1, 0), |tx| {
            diesel::update(t::entrustment::table)
                .set(t::entrustment::persons.eq(50_i64))
                .execute(tx.connection)?;
            entry(tx, "entrustment.changed", vec![("persons", json!(50))])
        });
    }

    /// Changes an answer behind the portal's back.
    pub fn tamper(&self) {
        self.write(&Actor::Operator, at(20, 1, 0), |tx| {
            diesel::update(t::answer::table.filter(t::answer::question_id.eq("q01")))
                .set(t::answer::remark.eq("書き換え"))
                .execute(tx.connection)?;
            Ok(())
        });
    }

    /// Takes the questionnaire back to the second round, with a draft in it.
    pub fn draft(&self) {
        self.write(&self.officer(), at(20, 1, 0), |tx| {
            diesel::update(t::questionnaire::table)
                .set((t::questionnaire::status.eq("returned"), t::questionnaire::round.eq(2)))
                .execute(tx.connection)?;
            diesel::update(t::answer::table.filter(t::answer::round.eq(2)))
                .set(t::answer::remark.eq("下書き"))
                .execute(tx.connection)?;
            entry(tx, "entrustment.changed", vec![])
        });
    }

    fn fill(&self) {
        let operator = Actor::Operator;
        self.write(&operator, at(1, 0, 0), |tx| organisations(tx, &self.portal.secret));
        self.write(&self.officer(), at(1, 1, 23), register);
        self.write(&self.officer(), at(2, 0, 0), dispatch);
        let template = Template::built_in().unwrap();
        let first = first_answers(&template);
        let mut second = first.clone();
        let training = trained(&template);
        second.insert(training.clone(), answered(AnswerValue::YesNo { value: YesNo::Yes }, 2));
        self.write(&self.representative(), at(9, 5, 30), |tx| {
            for (question, answer) in &first {
                let returned = *question == training;
                insert_answer(
                    tx,
                    question,
                    answer,
                    if returned { "returned" } else { "accepted" },
                )?;
            }
            insert_proof(tx)?;
            attest(tx, &template, &first, 1)
        });
        self.write(&self.representative(), at(14, 2, 5), |tx| {
            insert_answer(tx, &training, &second[&training], "accepted")?;
            attest(tx, &template, &second, 2)
        });
        self.write(&self.officer(), at(15, 3, 0), super::checks::insert);
        // Rows of two organisations: nobody but the operator enters both.
        self.write(&Actor::Operator, at(15, 3, 30), super::near_misses::insert);
        self.write(&self.officer(), at(15, 4, 0), |tx| entry(tx, "entrustment.changed", vec![]));
    }
}

pub fn entry(tx: &mut Tx<'_>, act: &'static str, details: Vec<Fact>) -> Result<()> {
    let entrustment = text(ENTRUSTMENT);
    ledger::append(
        tx,
        NewEntry {
            tenant_id: id(PRINCIPAL),
            act,
            subject_kind: "entrustment",
            subject_id: &entrustment,
            entrustment_id: Some(&entrustment),
            details,
        },
    )
}

fn organisations(tx: &mut Tx<'_>, secret: &Secret) -> Result<()> {
    use t::division as d;
    use t::organisation as o;
    for (number, kind, name) in [
        (PRINCIPAL, "public_body", "三重野県"),
        (CONTRACTOR_ORGANISATION, "sole_proprietor", "髙橋社会保険労務士事務所"),
    ] {
        diesel::insert_into(o::table)
            .values((
                o::id.eq(text(number)),
                o::kind.eq(kind),
                o::name.eq(name),
                o::name_kana.eq(""),
                o::name_key.eq(fold_name(name)),
                o::corporate_number.eq(None::<String>),
                o::address.eq("三重野県津野市栄町1丁目1番地"),
                o::phone.eq("059-000-0000"),
                o::file_key.eq(storage::new_key(secret)?.0),
                o::created_at.eq(tx.now),
                o::version.eq(1),
            ))
            .execute(tx.connection)?;
        ledger::open(tx, id(number))?;
    }
    diesel::insert_into(d::table)
        .values((
            d::tenant_id.eq(text(PRINCIPAL)),
            d::id.eq(text(DIVISION)),
            d::name.eq("子ども・福祉部 子育て支援課"),
            d::email.eq(None::<String>),
            d::phone.eq("059-000-0001"),
            d::version.eq(1),
        ))
        .execute(tx.connection)?;
    contractor(tx)
}

fn contractor(tx: &mut Tx<'_>) -> Result<()> {
    use t::contractor as c;
    diesel::insert_into(c::table)
        .values((
            (
                c::tenant_id.eq(text(PRINCIPAL)),
                c::id.eq(text(CONTRACTOR)),
                c::organisation_id.eq(Some(text(CONTRACTOR_ORGANISATION))),
                c::kind.eq("sole_proprietor"),
                c::name.eq("髙橋社会保険労務士事務所"),
                c::name_kana.eq("タカハシシャカイホケンロウムシジムショ"),
                c::name_key.eq(fold_name("髙橋社会保険労務士事務所")),
                c::corporate_number.eq(None::<String>),
                c::postcode.eq("514-0000"),
                c::address.eq("三重野県津野市桜橋2丁目3番4号 髙﨑ビル5階"),
                c::representative.eq("髙橋 桜"),
            ),
            c::person_in_charge.eq("𠮷田 一郎"),
            c::person_in_charge_title.eq("個人情報保護責任者"),
            c::email.eq("yoshida@example.jp"),
            c::phone.eq("059-000-0002"),
            c::after_hours_phone.eq("090-0000-0000"),
            c::privacy_mark.eq("12345678(01)"),
            c::privacy_mark_until.eq(NaiveDate::from_ymd_opt(2027, 3, 31)),
            c::isms.eq(""),
            c::isms_until.eq(None::<NaiveDate>),
            c::note.eq(""),
            c::created_at.eq(tx.now),
            c::version.eq(1),
        ))
        .execute(tx.connection)?;
    Ok(())
}

fn register(tx: &mut Tx<'_>) -> Result<()> {
    use t::data_item as i;
    use t::entrustment as e;
    let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap();
    diesel::insert_into(e::table)
        .values((
            (
                e::tenant_id.eq(text(PRINCIPAL)),
                e::id.eq(text(ENTRUSTMENT)),
                e::contractor_id.eq(text(CONTRACTOR)),
                e::division_id.eq(text(DIVISION)),
                e::officer_id.eq(None::<String>),
                e::number.eq("令8子-12"),
                e::title.eq("保育所等の労務監査業務委託"),
                e::title_key.eq(fold_name("保育所等の労務監査業務委託")),
                e::purpose.eq("保育所等の職員の配置と処遇が基準を満たしていることを確かめるため、賃金台帳、履歴書及び資格証の写しを点検する。\n点検の結果は県に報告し、写しは業務の終了後に返還又は消去する。"),
                e::fiscal_year.eq(2026),
                e::starts_on.eq(day(2026, 4, 1)),
                e::ends_on.eq(day(2027, 3, 31)),
                e::erase_by.eq(day(2027, 4, 30)),
            ),
            e::persons.eq(1249_i64),
            e::sensitive.eq(true),
            e::my_number.eq(false),
            e::handover_way.eq("「預かり」の受渡し"),
            e::status.eq("active"),
            e::note.eq("委託元の控え"),
            e::rules.eq(json_text(&HandlingRules::default())?),
            e::clauses.eq("standard"),
            e::clauses_version.eq(1),
            e::created_at.eq(tx.now),
            e::version.eq(1),
        ))
        .execute(tx.connection)?;
    diesel::insert_into(t::entrustment_ancestor::table)
        .values((
            t::entrustment_ancestor::tenant_id.eq(text(PRINCIPAL)),
            t::entrustment_ancestor::entrustment_id.eq(text(ENTRUSTMENT)),
            t::entrustment_ancestor::ancestor_id.eq(text(ENTRUSTMENT)),
            t::entrustment_ancestor::contractor_id.eq(text(CONTRACTOR)),
            t::entrustment_ancestor::distance.eq(0),
        ))
        .execute(tx.connection)?;
    for (position, (name, mark)) in (0_i32..).zip([
        ("氏名", "none"),
        ("生年月日", "none"),
        ("給与の額", "none"),
        ("学歴及び職歴", "none"),
        ("休職の理由となった傷病", "sensitive"),
    ]) {
        diesel::insert_into(i::table)
            .values((
                i::tenant_id.eq(text(PRINCIPAL)),
                i::id.eq(text(300 + u32::try_from(position).unwrap())),
                i::entrustment_id.eq(text(ENTRUSTMENT)),
                i::position.eq(position),
                i::name.eq(name),
                i::mark.eq(mark),
            ))
            .execute(tx.connection)?;
    }
    entry(
        tx,
        "entrustment.registered",
        vec![("number", json!("令8子-12")), ("persons", json!(1249))],
    )
}

fn dispatch(tx: &mut Tx<'_>) -> Result<()> {
    use t::{dispatch as d, frozen_template as f, questionnaire as q};
    let template = Template::built_in()?;
    let hash = template.hash()?;
    let body = String::from_utf8(template.canonical()?).unwrap();
    let deadline = NaiveDate::from_ymd_opt(2026, 4, 30).unwrap();
    diesel::insert_into(f::table)
        .values((f::hash.eq(&hash), f::body.eq(body)))
        .execute(tx.connection)?;
    diesel::insert_into(d::table)
        .values((
            d::tenant_id.eq(text(PRINCIPAL)),
            d::id.eq(text(DISPATCH)),
            d::frozen_hash.eq(&hash),
            d::deadline.eq(deadline),
            d::contact.eq("子育て支援課 﨑山"),
            d::message.eq(""),
            d::dispatched_by.eq(None::<String>),
            d::dispatched_at.eq(tx.now),
        ))
        .execute(tx.connection)?;
    diesel::insert_into(q::table)
        .values((
            q::tenant_id.eq(text(PRINCIPAL)),
            q::id.eq(text(QUESTIONNAIRE)),
            q::entrustment_id.eq(text(ENTRUSTMENT)),
            q::dispatch_id.eq(text(DISPATCH)),
            q::frozen_hash.eq(&hash),
            q::deadline.eq(deadline),
            q::status.eq("approved"),
            q::round.eq(2),
            q::answered.eq(48),
            q::questions.eq(48),
            q::submitted_at.eq(Some(at(14, 2, 5))),
            q::approved_at.eq(Some(at(15, 4, 0))),
            q::created_at.eq(tx.now),
            q::version.eq(1),
        ))
        .execute(tx.connection)?;
    entry(tx, "entrustment.changed", vec![("deadline", json!(deadline))])
}
