//! Registers in which each handling rule is kept once and broken once: what a visitor of the
//! demonstration sees compared, and what a test holds against the rulebook.
//!
//! The work is a company's that types in applications; everything is entered through the functions
//! that the pages use, by the company's representative.

use chrono::NaiveDate;

use super::people;
use super::story::{Stage, days, on};
use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::conformity;
use crate::entrustment::rules::{Medium, Place, Recipients, Way};
use crate::entrustment::{self, EntrustmentId, HandlingRules, ItemMark, NewEntrustment, NewItem};
use crate::error::{Error, Result};
use crate::handler::{self, Duty, HandlerId, NewHandler, NewTraining};
use crate::holding::{self, HoldingKind, NewHolding};
use crate::organisation::contractor::ContractorId;
use crate::recipient::{self, NewRecipient, RecipientKind};
use crate::rulebook::{
    self, Broken, Encrypted, Exceptions, KeyWay, Party, Protection, Receiver, ReceiverField,
    RecipientId, Terms,
};
use crate::sub_entrustment;
use crate::transmission::{self, NewTransmission};
use crate::web::{Form, Invalid};

/// What the registers of the demonstration are about.
#[derive(Clone, Copy, Debug)]
pub struct Registers {
    /// The entrustment whose registers they are.
    pub entrustment: EntrustmentId,
    /// One that ended yesterday.
    pub ended: EntrustmentId,
}

/// The holding in order; others are made from it.
pub(crate) const GOOD_HOLDING: &str = "入力サーバー（施錠した機械室）";
/// The transmission in order; others are made from it.
pub(crate) const GOOD_TRANSMISSION: &str = "入力済みの申請一覧を県へ納品";
/// The sub-entrustment in order.
pub(crate) const GOOD_SUB: &str = "株式会社はまかぜ製本";
/// The one whose permission ran out.
const EXPIRED_SUB: &str = "有限会社いそべ印刷";
/// The handler in order.
pub(crate) const GOOD_HANDLER: &str = "森 陽一";

const NO_PLEDGE: &str = "堀 さくら";
const LEAVER: &str = "原 一郎";
const OWN_ADDRESS: &str = "mori@namioto.example";
const FACILITY: &str = "あおなみ障害者支援センター";

/// The entrustment: applications of persons with disabilities are typed in.
fn typing(
    contractor_id: ContractorId,
    division_id: crate::actor::DivisionId,
    number: &str,
    first: NaiveDate,
    last: NaiveDate,
) -> NewEntrustment {
    let item =
        |name: &str, mark, under: &str| NewItem { name: name.into(), mark, under: under.into() };
    NewEntrustment {
        contractor_id,
        division_id,
        number: number.into(),
        title: "障害福祉サービス支給申請書データ入力業務委託".into(),
        purpose: "支給申請書をデータに入力し、県と支援センターに納品する。".into(),
        starts_on: first,
        ends_on: last,
        erase_by: days(last, 30),
        persons: 1200,
        handover_way: "「預かり」の受渡し".into(),
        note: String::new(),
        items: vec![
            item("申請者", ItemMark::None, ""),
            item("氏名", ItemMark::None, "申請者"),
            item("住所", ItemMark::None, "申請者"),
            item("障害の状況", ItemMark::Sensitive, ""),
            item("口座番号", ItemMark::None, ""),
        ],
        rules: HandlingRules {
            places: vec![Place::Office, Place::DataCentre, Place::Cloud],
            media: vec![Medium::Paper, Medium::Terminal, Medium::Server, Medium::Cloud],
            ways: vec![Way::HandOver, Way::LimitedLink, Way::EncryptedMail, Way::Hand],
            ways_sensitive: vec![Way::HandOver, Way::Hand],
            recipients: Recipients::Registered,
            clouds: vec!["あおぞらストレージ".into()],
            ..HandlingRules::default()
        },
    }
}

/// Who writes into which registers.
struct Desk<'a> {
    stage: &'a Stage,
    person: PersonId,
    entrustment: EntrustmentId,
    today: NaiveDate,
}

/// Tells what the company entered up to `today`.
///
/// # Errors
/// Those of the database.
pub(super) fn tell(
    stage: &Stage,
    company: ContractorId,
    person: PersonId,
    today: NaiveDate,
) -> Result<Registers> {
    let begin = days(today, -40);
    let ended = typing(company, stage.division, "令7福-8", days(today, -366), days(today, -1));
    let ended = stage.entrust(&ended, on(days(today, -366), 10, 0))?;
    let new = typing(company, stage.division, "令8福-3", begin, days(today, 320));
    let entrustment = stage.entrust(&new, on(begin, 10, 0))?;
    let desk = Desk { stage, person, entrustment, today };
    let roster = desk.roster()?;
    let centre = desk.recipients()?;
    desk.holdings(&roster)?;
    desk.transmissions(&roster, centre)?;
    desk.sub_entrust(GOOD_SUB, "kiri@hamakaze.example", days(today, 200))?;
    desk.sub_entrust(EXPIRED_SUB, "iso@isobe.example", days(today, -2))?;
    let late = Desk { entrustment: ended, ..desk };
    let roster = late.roster()?;
    late.after_the_end(&roster)?;
    // An item that is no longer entrusted, and is still held.
    let mut fewer = new;
    fewer.items.retain(|item| item.name != "口座番号");
    let officer = stage.as_person(stage.officer, on(days(today, -1), 16, 0))?;
    officer.write_now(|tx, _| entrustment::change(tx, entrustment, 1, &fewer))?;
    Ok(Registers { entrustment, ended })
}

/// The handlers by what they are there for.
struct Roster {
    good: HandlerId,
    leaver: HandlerId,
}

impl Desk<'_> {
    fn terms(&self) -> Result<Terms> {
        let ctx = self.stage.as_person(self.person, on(self.today, 9, 0))?;
        ctx.read_now(|c, ctx| {
            let found = entrustment::find(c, &ctx.actor, self.entrustment)?;
            conformity::terms(c, &found, self.today)
        })
    }

    fn roster(&self) -> Result<Roster> {
        let since = days(self.today, -39);
        let good = self.handler(GOOD_HANDLER, OWN_ADDRESS, Some(since))?;
        let leaver = self.handler(LEAVER, "", Some(since))?;
        self.handler(NO_PLEDGE, "", None)?;
        let ctx = self.stage.as_person(self.person, on(days(self.today, -38), 11, 0))?;
        let training = NewTraining {
            held_on: days(self.today, -38),
            content: "個人情報の取扱い（年次研修）".into(),
        };
        ctx.write_now(|tx, ctx| {
            let found = entrustment::find(tx.connection, &ctx.actor, self.entrustment)?;
            let held = entrustment::hold(tx.connection, tx.actor, found)?;
            handler::train(tx, &held, &[good, leaver], &training)
        })?;
        let left = handler::Leave {
            ends_on: days(self.today, -15),
            returned_on: None,
            return_note: String::new(),
        };
        let ctx = self.stage.as_person(self.person, on(days(self.today, -15), 17, 0))?;
        ctx.write_now(|tx, ctx| handler::left(tx, ctx, (self.entrustment, leaver), 1, &left))?;
        Ok(Roster { good, leaver })
    }

    fn handler(&self, name: &str, email: &str, pledged_on: Option<NaiveDate>) -> Result<HandlerId> {
        let now = on(days(self.today, -39), 10, 0);
        let ctx = self.stage.as_person(self.person, now)?;
        let new = NewHandler {
            name: name.into(),
            name_kana: String::new(),
            email: email.into(),
            duty: Duty::Handler,
            temporary: false,
            pledged_on,
            starts_on: days(self.today, -39),
            note: String::new(),
        };
        let id = HandlerId::new(now);
        ctx.write_now(|tx, ctx| {
            let found = entrustment::find(tx.connection, &ctx.actor, self.entrustment)?;
            let held = entrustment::hold(tx.connection, tx.actor, found)?;
            handler::enter(tx, &held, id, &new)?;
            Ok(id)
        })
    }

    /// The centre is entered by the officer for the names alone, and approved by the administrator.
    fn recipients(&self) -> Result<RecipientId> {
        let terms = self.terms()?;
        let ctx = self.stage.as_person(self.stage.officer, on(days(self.today, -38), 14, 0))?;
        let new = NewRecipient {
            kind: RecipientKind::Facility,
            name: FACILITY.into(),
            address: "uketsuke@aonami-center.example".into(),
            purpose: "申請を受けたことの確認".into(),
            items: terms.items.iter().filter(|i| i.name == "氏名").map(|i| i.id).collect(),
            persons_limit: Some(100),
            until_on: None,
        };
        let id = ctx.write_now(|tx, _| recipient::register(tx, self.entrustment, &new))?;
        let at = on(days(self.today, -38), 16, 0);
        let ctx = self.stage.as_person(self.stage.administrator, at)?;
        ctx.write_now(|tx, _| recipient::approve(tx, self.entrustment, id))?;
        Ok(id)
    }

    fn hold(&self, new: &NewHolding) -> Result<()> {
        self.hold_at(new, on(days(self.today, -30), 15, 0))
    }

    fn hold_at(&self, new: &NewHolding, now: Timestamp) -> Result<()> {
        let terms = self.terms()?;
        let broken = rulebook::holding(&terms, &new.fact());
        let ctx = self.stage.as_person(self.person, now)?;
        ctx.write_now(|tx, ctx| {
            let found = entrustment::find(tx.connection, &ctx.actor, self.entrustment)?;
            let held = entrustment::hold(tx.connection, tx.actor, found)?;
            holding::enter(tx, &held, new, &broken, &reasons(&broken))
        })
        .map(|_| ())
    }

    fn holdings(&self, roster: &Roster) -> Result<()> {
        let good = self.good_holding(roster)?;
        self.hold(&good)?;
        let variant = |change: &dyn Fn(&mut NewHolding)| {
            let mut new = good.clone();
            change(&mut new);
            self.hold(&new)
        };
        variant(&|h| {
            h.system = "自宅のパソコン".into();
            h.place = Place::Home;
        })?;
        variant(&|h| {
            h.system = "シンガポールの保守拠点".into();
            h.country = "SG".into();
        })?;
        variant(&|h| {
            h.system = "保存先を確かめていない控え".into();
            h.country = String::new();
        })?;
        variant(&|h| {
            h.system = "届け出ていないクラウド".into();
            (h.place, h.medium) = (Place::Cloud, Medium::Cloud);
            h.provider = "しらなみドライブ".into();
        })?;
        variant(&|h| {
            h.system = "届け出たクラウド".into();
            (h.place, h.medium) = (Place::Cloud, Medium::Cloud);
            h.provider = "あおぞらストレージ".into();
        })?;
        variant(&|h| {
            h.system = "USBメモリー".into();
            h.medium = Medium::Removable;
        })?;
        variant(&|h| {
            h.system = "暗号化していない作業用端末".into();
            (h.medium, h.encryption) = (Medium::Terminal, Encrypted::None);
        })?;
        variant(&|h| {
            h.system = "委託した人数より多い写し".into();
            h.persons = 1500;
        })?;
        variant(&|h| {
            h.system = "名簿にない人が見られる共有フォルダー".into();
            h.handlers = vec![HandlerId::new(on(days(self.today, -30), 0, 0))];
        })?;
        variant(&|h| {
            h.system = "消去期限を過ぎて残す控え".into();
            h.until_on = Some(days(self.today, 800));
        })?;
        variant(&|h| {
            h.system = "届け出ていない会社の倉庫".into();
            h.holder = "株式会社しおさい倉庫".into();
        })?;
        self.hold(&NewHolding {
            system: "口座番号の入った一覧".into(),
            items: self.terms()?.items.iter().map(|item| item.id).collect(),
            ..good
        })
    }

    fn good_holding(&self, roster: &Roster) -> Result<NewHolding> {
        let items = self.terms()?.items;
        Ok(NewHolding {
            kind: HoldingKind::Original,
            source_id: None,
            holder: String::new(),
            items: items.iter().filter(|i| i.name != "口座番号").map(|i| i.id).collect(),
            persons: 1200,
            place: Place::DataCentre,
            place_detail: "青波県波音市港町一丁目2番3号".into(),
            provider: String::new(),
            plan: String::new(),
            country: "JP".into(),
            access_countries: vec!["JP".into()],
            medium: Medium::Server,
            system: GOOD_HOLDING.into(),
            encryption: Encrypted::AtRest,
            handlers: vec![roster.good],
            backups: "毎日、同じ機械室の別の装置に3世代".into(),
            starts_on: days(self.today, -35),
            until_on: Some(days(self.today, 340)),
        })
    }

    fn send(&self, new: &NewTransmission) -> Result<()> {
        let terms = self.terms()?;
        let broken = rulebook::transmission(&terms, &new.fact());
        let ctx = self.stage.as_person(self.person, new.sent_at)?;
        ctx.write_now(|tx, _| {
            transmission::enter(tx, self.entrustment, new, &reasons(&broken)).map(|_| ())
        })
    }

    fn good_transmission(&self, roster: &Roster) -> Result<NewTransmission> {
        let items = self.terms()?.items;
        Ok(NewTransmission {
            sent_at: on(days(self.today, -10), 10, 0),
            sender: Party::Contractor,
            sender_address: String::new(),
            handler: Some(roster.good),
            receivers: vec![receiver(Party::Principal, None, "", "")],
            way: Way::HandOver,
            items: items
                .iter()
                .filter(|i| i.name == "氏名" || i.name == "住所")
                .map(|i| i.id)
                .collect(),
            persons: 80,
            protection: Protection::AccessLimited,
            key_way: KeyWay::None,
            checked_by: "小野寺 航".into(),
            purpose: "月次の納品".into(),
            description: GOOD_TRANSMISSION.into(),
            content_hash: String::new(),
        })
    }

    fn transmissions(&self, roster: &Roster, centre: RecipientId) -> Result<()> {
        let good = self.good_transmission(roster)?;
        self.send(&good)?;
        let items = self.terms()?.items;
        let sensitive = items.iter().find(|i| i.name == "障害の状況").map(|i| i.id);
        let variant = |description: &str, change: &dyn Fn(&mut NewTransmission)| {
            let mut new = NewTransmission { description: description.into(), ..good.clone() };
            change(&mut new);
            self.send(&new)
        };
        let mail = |t: &mut NewTransmission, to: Vec<Receiver>| {
            (t.way, t.receivers, t.protection) = (Way::EncryptedMail, to, Protection::Encrypted);
            t.key_way = KeyWay::OtherWay;
        };
        let stranger = |address: &str| receiver(Party::Other, None, "登録のない相手", address);
        variant("登録のない相手への送付", &|t| {
            mail(t, vec![stranger("dareka@shiosai.example")]);
        })?;
        variant("自分のアドレスへの転送", &|t| {
            mail(t, vec![receiver(Party::Contractor, None, GOOD_HANDLER, OWN_ADDRESS)]);
            t.sender_address = OWN_ADDRESS.into();
        })?;
        variant("フリーメールへの送付", &|t| {
            mail(t, vec![stranger("mori.namioto@gmail.com")]);
        })?;
        variant("宛先に並べた一斉送信", &|t| {
            let to = |n: u32| stranger(&format!("riyosha{n}@riyosha.example"));
            mail(t, (1..=3).map(to).collect());
        })?;
        variant("暗号化しない添付", &|t| {
            mail(t, vec![receiver(Party::Principal, None, "", people::OFFICER.1)]);
            (t.protection, t.key_way) = (Protection::None, KeyWay::None);
        })?;
        variant("パスワードを同じ経路で知らせた添付", &|t| {
            mail(t, vec![receiver(Party::Principal, None, "", people::OFFICER.1)]);
            (t.protection, t.key_way) = (Protection::Password, KeyWay::SameWay);
        })?;
        let to_centre = |t: &mut NewTransmission| {
            t.way = Way::LimitedLink;
            t.receivers = vec![receiver(Party::Other, Some(centre), FACILITY, "")];
        };
        variant("センターの目的に足りる一覧", &|t| {
            to_centre(t);
            t.items = items.iter().filter(|i| i.name == "氏名").map(|i| i.id).collect();
        })?;
        variant("センターの目的を超えた一覧", &|t| {
            to_centre(t);
            t.persons = 500;
        })?;
        variant("普通郵便での送付", &|t| {
            (t.way, t.protection) = (Way::Post, Protection::Sealed);
        })?;
        variant("障害の状況をリンクで送付", &|t| {
            t.way = Way::LimitedLink;
            t.items.extend(sensitive);
        })?;
        variant("障害の状況を受渡しで納品", &|t| t.items.extend(sensitive))?;
        variant("二人目が確認していない送付", &|t| t.checked_by = String::new())?;
        variant("やめた人の名前での送付", &|t| t.handler = Some(roster.leaver))
    }

    /// The company applies for a sub-entrustment, and the prefecture permits it until a day.
    fn sub_entrust(&self, name: &str, email: &str, until: NaiveDate) -> Result<()> {
        let apply = self.stage.as_person(self.person, on(days(self.today, -30), 9, 0))?;
        let ends_on = days(self.today, 300).to_string();
        let items = self.terms()?.items;
        let items = items.iter().filter(|i| i.name == "氏名").map(|i| i.id.to_string());
        let pairs = [
            ("name", name.to_owned()),
            ("address", "青波県波音市浜町2番2号".into()),
            ("representative", "代表者".into()),
            ("email", email.into()),
            ("phone", "000-555-6666".into()),
            ("reason", "宛名の印字と封入の設備がないため".into()),
            ("scope", "宛名の印字と封入".into()),
            ("persons", "300".into()),
            ("starts_on", days(self.today, -30).to_string()),
            ("ends_on", ends_on),
            ("place", "波音市の作業所".into()),
            ("country", "JP".into()),
            ("safety", "施錠した部屋で、名簿にある者だけが扱う。".into()),
            ("supervision", "月に一度、作業所で確かめる。".into()),
        ];
        let form = Form::from_pairs(
            pairs
                .into_iter()
                .map(|(n, v)| (n.to_owned(), v))
                .chain(items.map(|i| ("items".into(), i))),
        );
        let applied = apply.write_now(|tx, ctx| {
            sub_entrustment::apply(tx, &ctx.portal.settings, self.entrustment, None, &form)
        })?;
        let id = applied.map_err(|invalid| refused(&invalid))?;
        let decide =
            self.stage.as_person(self.stage.administrator, on(days(self.today, -29), 9, 0))?;
        let form = Form::from_pairs([
            ("decision", "approved".to_owned()),
            ("permitted_until", until.to_string()),
            ("further_rule", "forbidden".to_owned()),
            ("conditions", String::new()),
            ("version", "1".to_owned()),
        ]);
        let decided = decide.write_now(|tx, ctx| {
            sub_entrustment::decide(tx, &ctx.portal.settings, self.entrustment, id, &form)
        })?;
        decided.map_err(|invalid| refused(&invalid))
    }

    /// The contract is over, and something still goes out.
    fn after_the_end(&self, roster: &Roster) -> Result<()> {
        let good = self.good_transmission(roster)?;
        self.send(&NewTransmission {
            sent_at: on(self.today, 8, 0),
            description: "契約が終わってからの送付".into(),
            receivers: vec![receiver(Party::Other, None, FACILITY, "")],
            ..good
        })
    }
}

/// The consultant's registers of the Mie case: where the copies are, and how they moved, with the one
/// that went to an own address that was mistyped.
///
/// # Errors
/// Those of the database.
pub(super) fn nurseries(
    stage: &Stage,
    person: PersonId,
    entrustment: EntrustmentId,
    day: NaiveDate,
) -> Result<()> {
    let desk = Desk { stage, person, entrustment, today: day };
    let handler = on_roster(stage, person, entrustment, day)?;
    let roster = Roster { good: handler, leaver: handler };
    let held = NewHolding {
        place: Place::Office,
        place_detail: "青波県波音市港町一丁目2番3号".into(),
        medium: Medium::Terminal,
        system: "監査用ノートパソコン（持出し禁止）".into(),
        backups: String::new(),
        persons: 49,
        starts_on: day,
        until_on: Some(days(day, 300)),
        ..desk.good_holding(&roster)?
    };
    desk.hold_at(&held, on(day, 11, 0))?;
    let sent = NewTransmission {
        sent_at: on(day, 13, 0),
        sender: Party::Principal,
        receivers: vec![receiver(Party::Contractor, None, "", "")],
        items: desk.terms()?.items.iter().map(|item| item.id).collect(),
        persons: 49,
        purpose: "監査資料の提供".into(),
        description: "保育所等の賃金台帳と資格証の写し".into(),
        ..desk.good_transmission(&roster)?
    };
    desk.send(&sent)?;
    desk.send(&NewTransmission {
        sent_at: on(day, 18, 0),
        sender: Party::Contractor,
        sender_address: people::CONSULTANT.1.into(),
        receivers: vec![receiver(
            Party::Other,
            None,
            "自分のアドレスの打ち間違い",
            "takahasi@sharoushi.example",
        )],
        way: Way::PlainMail,
        protection: Protection::None,
        key_way: KeyWay::None,
        checked_by: String::new(),
        purpose: "自宅で続きをするための転送".into(),
        description: "監査資料の一式。宛先からの返事はない。".into(),
        ..sent
    })
}

/// The consultant is on the roster himself, has pledged and was trained.
///
/// # Errors
/// Those of the database.
pub(super) fn on_roster(
    stage: &Stage,
    person: PersonId,
    entrustment: EntrustmentId,
    day: NaiveDate,
) -> Result<HandlerId> {
    let now = on(day, 10, 0);
    let handler = HandlerId::new(now);
    let ctx = stage.as_person(person, now)?;
    let new = NewHandler {
        name: people::CONSULTANT.0.into(),
        name_kana: String::new(),
        email: people::CONSULTANT.1.into(),
        duty: Duty::Responsible,
        temporary: false,
        pledged_on: Some(day),
        starts_on: day,
        note: String::new(),
    };
    let training = NewTraining {
        held_on: day, content: "県の取扱特記事項と誤送信の防止".into()
    };
    ctx.write_now(|tx, ctx| {
        let found = entrustment::find(tx.connection, &ctx.actor, entrustment)?;
        let held = entrustment::hold(tx.connection, tx.actor, found)?;
        handler::enter(tx, &held, handler, &new)?;
        handler::train(tx, &held, &[handler], &training)?;
        Ok(handler)
    })
}

fn receiver(party: Party, recipient: Option<RecipientId>, name: &str, address: &str) -> Receiver {
    Receiver {
        party,
        recipient,
        name: name.into(),
        address: address.into(),
        field: ReceiverField::To,
    }
}

/// A reason wherever the rule allows an exception.
fn reasons(broken: &[Broken]) -> Exceptions {
    broken
        .iter()
        .filter(|b| b.rule.allows_exception())
        .map(|b| (b.rule, "納期に間に合わせるため".to_owned()))
        .collect()
}

/// A form of the story that its own slice refuses is a mistake in the story.
fn refused(invalid: &Invalid) -> Error {
    Error::internal(format!("{invalid:?}"))
}
