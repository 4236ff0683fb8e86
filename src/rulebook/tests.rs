use std::collections::BTreeSet;

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::entrustment::rules::{
    Encryption, HandlingRules, Medium, Place, Recipients, SecondChecker, Way,
};
use crate::entrustment::{DataItemId, ItemMark};
use crate::web::{Language, locale};

// What there is: 49 persons of a fictional prefecture, entrusted to a labour consultant.

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id<T: std::str::FromStr<Err = uuid::Error>>(n: u8) -> T {
    format!("018f0000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
}

fn name_item() -> DataItemId {
    id(1)
}

/// 障害の状況, sensitive.
fn disability() -> DataItemId {
    id(2)
}

/// Taken off the entrustment.
fn pay() -> DataItemId {
    id(3)
}

/// 電話番号, under 連絡先.
fn telephone() -> DataItemId {
    id(5)
}

fn item(n: u8, name: &str, mark: ItemMark) -> ItemFact {
    ItemFact { id: id(n), name: name.into(), mark, parent: None, entrusted: true }
}

fn a_handler(n: u8, name: &str) -> HandlerFact {
    HandlerFact {
        id: id(n),
        name: name.into(),
        email: format!("handler{n}@sr.example"),
        starts_on: day("2026-04-01"),
        ends_on: None,
        pledged_on: Some(day("2026-04-01")),
        trained_on: vec![day("2026-04-10")],
        returned_on: None,
    }
}

fn a_recipient(n: u8, name: &str) -> RecipientFact {
    RecipientFact {
        id: id(n),
        name: name.into(),
        address: format!("office{n}@jigyosho.example"),
        items: vec![name_item(), disability()],
        persons_limit: Some(20),
        oversees: false,
        approved: true,
        until_on: None,
    }
}

fn a_sub() -> SubFact {
    SubFact {
        id: id(0x30),
        name: "株式会社しおかぜ".into(),
        starts_on: day("2026-05-01"),
        permitted_until: day("2026-12-31"),
        open: true,
    }
}

fn terms() -> Terms {
    let contact = item(4, "連絡先", ItemMark::None);
    let telephone =
        ItemFact { parent: Some(contact.id), ..item(5, "電話番号", ItemMark::None) };
    let left = HandlerFact {
        ends_on: Some(day("2026-05-31")),
        returned_on: Some(day("2026-05-31")),
        ..a_handler(0x12, "﨑山 花")
    };
    Terms {
        rules: HandlingRules {
            ways: vec![
                Way::HandOver,
                Way::LimitedLink,
                Way::EncryptedMail,
                Way::RegisteredPost,
                Way::Hand,
            ],
            recipients: Recipients::Registered,
            ..HandlingRules::default()
        },
        persons: 49,
        starts_on: day("2026-04-01"),
        ends_on: day("2027-03-31"),
        erase_by: day("2027-04-30"),
        principal: "三重野県".into(),
        contractor: "髙橋社会保険労務士事務所".into(),
        above: vec![],
        items: vec![
            item(1, "氏名", ItemMark::None),
            item(2, "障害の状況", ItemMark::Sensitive),
            ItemFact { entrusted: false, ..item(3, "給与", ItemMark::None) },
            contact,
            telephone,
        ],
        handlers: vec![a_handler(0x10, "髙橋 太郎"), a_handler(0x11, "川村 次郎"), left],
        recipients: vec![a_recipient(0x20, "なみおと事業所"), a_recipient(0x21, "みさき事業所")],
        subs: vec![a_sub()],
        today: day("2026-07-01"),
    }
}

fn a_holding() -> HoldingFact {
    HoldingFact {
        holder: String::new(),
        items: vec![name_item()],
        persons: 49,
        place: Place::Office,
        provider: String::new(),
        country: "JP".into(),
        access_countries: vec!["JP".into()],
        medium: Medium::Server,
        encryption: Encrypted::AtRest,
        handlers: vec![id(0x10)],
        starts_on: day("2026-04-10"),
        until_on: Some(day("2027-04-30")),
        open: true,
        retained_until: None,
    }
}

fn to(party: Party, name: &str, address: &str) -> Receiver {
    Receiver {
        party,
        recipient: None,
        name: name.into(),
        address: address.into(),
        field: ReceiverField::To,
    }
}

fn to_principal() -> Receiver {
    to(Party::Principal, "三重野県", "kodomo@pref.mieno.example")
}

fn to_recipient(n: u8) -> Receiver {
    let known = a_recipient(n, "");
    let name = if n == 0x20 { "なみおと事業所" } else { "みさき事業所" };
    Receiver { recipient: Some(known.id), ..to(Party::Other, name, &known.address) }
}

fn a_transmission() -> TransmissionFact {
    TransmissionFact {
        sent_on: day("2026-06-15"),
        sender: Party::Contractor,
        sender_address: "info@sr.example".into(),
        handler: Some(id(0x10)),
        receivers: vec![to_principal()],
        way: Way::EncryptedMail,
        items: vec![name_item()],
        persons: 10,
        protection: Protection::Encrypted,
        key_way: KeyWay::OtherWay,
        checked_by: "川村 次郎".into(),
    }
}

// Cases

enum Fact {
    Holding(HoldingFact),
    Transmission(TransmissionFact),
    Handler(HandlerFact),
    Sub(SubFact),
}

/// A fact that breaks a rule under some terms, and its neighbour that keeps it.
struct Case {
    name: &'static str,
    /// All that the first fact breaks.
    breaks: &'static [RuleId],
    terms: Terms,
    broken: Fact,
    kept: Fact,
}

fn of_holding(change: impl FnOnce(&mut HoldingFact)) -> Fact {
    let mut fact = a_holding();
    change(&mut fact);
    Fact::Holding(fact)
}

fn sent(change: impl FnOnce(&mut TransmissionFact)) -> Fact {
    let mut fact = a_transmission();
    change(&mut fact);
    Fact::Transmission(fact)
}

fn on_roster(change: impl FnOnce(&mut HandlerFact)) -> Fact {
    let mut fact = a_handler(0x10, "髙橋 太郎");
    change(&mut fact);
    Fact::Handler(fact)
}

fn below(change: impl FnOnce(&mut SubFact)) -> Fact {
    let mut fact = a_sub();
    change(&mut fact);
    Fact::Sub(fact)
}

fn under(change: impl FnOnce(&mut Terms)) -> Terms {
    let mut terms = terms();
    change(&mut terms);
    terms
}

fn rules(change: impl FnOnce(&mut HandlingRules)) -> Terms {
    under(|terms| change(&mut terms.rules))
}

fn judged(terms: &Terms, fact: &Fact) -> Vec<Broken> {
    match fact {
        Fact::Holding(fact) => holding(terms, fact),
        Fact::Transmission(fact) => transmission(terms, fact),
        Fact::Handler(fact) => handler(terms, fact),
        Fact::Sub(fact) => sub_entrustment(terms, fact),
    }
}

fn case(
    name: &'static str,
    breaks: &'static [RuleId],
    terms: Terms,
    broken: Fact,
    kept: Fact,
) -> Case {
    Case { name, breaks, terms, broken, kept }
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn holding_cases() -> Vec<Case> {
    use RuleId as R;
    let cloud = |list: &[&str]| {
        rules(|r| {
            r.places = vec![Place::Office, Place::Cloud];
            r.media = vec![Medium::Server, Medium::Cloud];
            r.clouds = list.iter().map(|name| (*name).to_owned()).collect();
        })
    };
    let in_cloud = |provider: &'static str| {
        of_holding(|h| {
            h.place = Place::Cloud;
            h.medium = Medium::Cloud;
            h.provider = provider.into();
        })
    };
    let late = |today: &'static str| under(|t| t.today = day(today));
    vec![
        case(
            "kept at home, at the office",
            &[R::Place],
            terms(),
            of_holding(|h| h.place = Place::Home),
            of_holding(|h| h.place = Place::Principal),
        ),
        case(
            "stored abroad, at home",
            &[R::Country],
            terms(),
            of_holding(|h| h.country = "US".into()),
            of_holding(|h| h.country = "jp".into()),
        ),
        case(
            "access from abroad, from a permitted country",
            &[R::Country],
            rules(|r| r.countries = vec!["JP".into(), "SG".into()]),
            of_holding(|h| h.access_countries = vec!["SG".into(), "VN".into()]),
            of_holding(|h| h.access_countries = vec!["SG".into()]),
        ),
        case(
            "country unknown, known",
            &[R::CountryUnreported],
            terms(),
            of_holding(|h| h.country = String::new()),
            of_holding(|_| ()),
        ),
        case(
            "cloud without a name, with one",
            &[R::CloudUnreported],
            cloud(&[]),
            in_cloud(" "),
            in_cloud("なみクラウド"),
        ),
        case(
            "cloud that isn't on the list, that is",
            &[R::CloudUnreported],
            cloud(&["ナミクラウド"]),
            in_cloud("うみクラウド"),
            in_cloud("なみクラウド"),
        ),
        case(
            "on a USB stick, on paper",
            &[R::Medium],
            terms(),
            of_holding(|h| h.medium = Medium::Removable),
            of_holding(|h| {
                h.medium = Medium::Paper;
                h.encryption = Encrypted::Locked;
            }),
        ),
        case(
            "a server that is only locked away, one that is encrypted",
            &[R::HoldingEncryption],
            terms(),
            of_holding(|h| h.encryption = Encrypted::Locked),
            of_holding(|h| h.encryption = Encrypted::File),
        ),
        case(
            "unencrypted outside, inside, where only the outside is demanded",
            &[R::HoldingEncryption],
            rules(|r| {
                r.encryption = Encryption::Outside;
                r.places.push(Place::DataCentre);
            }),
            of_holding(|h| {
                h.place = Place::DataCentre;
                h.encryption = Encrypted::None;
            }),
            of_holding(|h| h.encryption = Encrypted::None),
        ),
        case(
            "sensitive items unencrypted, others, where only those are demanded",
            &[R::HoldingEncryption],
            rules(|r| r.encryption = Encryption::Sensitive),
            of_holding(|h| {
                h.items = vec![disability()];
                h.encryption = Encrypted::None;
            }),
            of_holding(|h| h.encryption = Encrypted::None),
        ),
        case(
            "of 50 persons, of the 49",
            &[R::TooManyPersons],
            terms(),
            of_holding(|h| h.persons = 50),
            of_holding(|h| h.persons = 49),
        ),
        case(
            "an item that was taken off, one below an entrusted one",
            &[R::ItemsBeyond],
            terms(),
            of_holding(|h| h.items.push(pay())),
            of_holding(|h| h.items.push(telephone())),
        ),
        case(
            "access of a stranger, of a handler",
            &[R::HandlerUnregistered],
            terms(),
            of_holding(|h| h.handlers.push(id(0x1f))),
            of_holding(|h| h.handlers.push(id(0x11))),
        ),
        case(
            "access of one who left, while it is held and after",
            &[R::HandlerLeft],
            terms(),
            of_holding(|h| h.handlers.push(id(0x12))),
            of_holding(|h| {
                h.handlers.push(id(0x12));
                h.open = false;
            }),
        ),
        case(
            "held after the limit, retained by law",
            &[R::Retention],
            late("2027-05-01"),
            of_holding(|h| h.until_on = None),
            of_holding(|h| h.retained_until = Some(day("2030-03-31"))),
        ),
        case(
            "held on the day after the limit, ended",
            &[R::Retention],
            late("2027-05-01"),
            of_holding(|_| ()),
            of_holding(|h| h.open = false),
        ),
        case(
            "meant to be held too long, until the limit",
            &[R::Retention],
            late("2027-04-30"),
            of_holding(|h| h.until_on = Some(day("2027-05-01"))),
            of_holding(|h| h.until_on = Some(day("2027-04-30"))),
        ),
        case(
            "held by an organisation nobody approved, by an approved one",
            &[R::UndeclaredTier],
            terms(),
            of_holding(|h| h.holder = "株式会社はまかぜ".into()),
            of_holding(|h| h.holder = "㈱ しおかぜ".into()),
        ),
    ]
}

#[expect(clippy::too_many_lines, reason = "a table")]
fn transmission_cases() -> Vec<Case> {
    use RuleId as R;
    let after = |today: &'static str| under(|t| t.today = day(today));
    let other = |name: &'static str, address: &'static str| {
        sent(|t| t.receivers = vec![to(Party::Other, name, address)])
    };
    vec![
        case(
            "to somebody unknown, to a registered recipient",
            &[R::Recipient],
            terms(),
            other("山本 一", "yamamoto@jigyosho.example"),
            sent(|t| t.receivers = vec![to_recipient(0x20)]),
        ),
        case(
            "to a recipient's mistyped address, to the right one",
            &[R::Recipient],
            terms(),
            sent(|t| {
                t.receivers = vec![Receiver {
                    address: "ofice32@jigyosho.example".into(),
                    ..to_recipient(0x20)
                }];
            }),
            sent(|t| {
                t.receivers = vec![Receiver {
                    address: "Office32@Jigyosho.example".into(),
                    ..to_recipient(0x20)
                }];
            }),
        ),
        case(
            "before the recipient's approval, to the principal",
            &[R::Recipient],
            under(|t| t.recipients.iter_mut().for_each(|r| r.approved = false)),
            sent(|t| t.receivers = vec![to_recipient(0x20)]),
            sent(|_| ()),
        ),
        case(
            "to a recipient where only the principal may be one, to the principal",
            &[R::Recipient],
            rules(|r| r.recipients = Recipients::PrincipalOnly),
            sent(|t| t.receivers = vec![to_recipient(0x20)]),
            sent(|_| ()),
        ),
        case(
            "Mie: forwarded to one's own address",
            &[R::OwnAddress],
            terms(),
            sent(|t| {
                t.receivers = vec![to(Party::Contractor, "髙橋 太郎", "Handler16+home@SR.example")];
            }),
            sent(|_| ()),
        ),
        case(
            "Mie: forwarded to a free mail address, to the recipient's own",
            &[R::FreeMail],
            under(|t| t.recipients[0].address = String::new()),
            sent(|t| {
                t.receivers =
                    vec![Receiver { address: "namioto@gmail.com".into(), ..to_recipient(0x20) }];
            }),
            sent(|t| t.receivers = vec![to_recipient(0x20)]),
        ),
        case(
            "Mie: as it happened, mistyped, to a stranger; to the principal",
            &[R::Recipient, R::FreeMail],
            terms(),
            other("", "handler1o@gmail.com"),
            sent(|_| ()),
        ),
        case(
            "Fujitomi: customers in To, in Bcc",
            &[R::OpenRecipients],
            terms(),
            sent(|t| t.receivers = vec![to_recipient(0x20), to_recipient(0x21)]),
            sent(|t| {
                t.receivers = vec![to_recipient(0x20), to_recipient(0x21)];
                t.receivers.iter_mut().for_each(|r| r.field = ReceiverField::Bcc);
            }),
        ),
        case(
            "Nagasaki: to the wrong people, to those registered",
            &[R::Recipient],
            terms(),
            sent(|t| {
                t.items = vec![name_item(), telephone()];
                t.receivers = vec![to(Party::Other, "別の登録者", "wrong@guide.example")];
            }),
            sent(|t| t.receivers = vec![to_recipient(0x20)]),
        ),
        case(
            "mooble: sensitive items attached to an ordinary mail, given at the desk",
            &[R::SensitiveWay, R::SentUnprotected],
            terms(),
            sent(|t| {
                t.items.push(disability());
                t.receivers = vec![to_recipient(0x20)];
                t.protection = Protection::None;
            }),
            sent(|t| {
                t.items.push(disability());
                t.receivers = vec![to_recipient(0x20)];
                t.way = Way::HandOver;
                t.protection = Protection::None;
            }),
        ),
        case(
            "Takatsuki: all 23 persons to an office, its own rows",
            &[R::BeyondPurpose],
            terms(),
            sent(|t| {
                t.persons = 23;
                t.receivers = vec![to_recipient(0x20)];
            }),
            sent(|t| {
                t.persons = 20;
                t.receivers = vec![to_recipient(0x20)];
            }),
        ),
        case(
            "Takatsuki: items that an office doesn't need, those it needs",
            &[R::BeyondPurpose],
            under(|t| t.recipients[0].items.push(id(4))),
            sent(|t| {
                t.items = vec![name_item(), telephone()];
                t.receivers = vec![to_recipient(0x21)];
            }),
            sent(|t| {
                t.items = vec![name_item(), telephone()];
                t.receivers = vec![to_recipient(0x20)];
            }),
        ),
        case(
            "mail without encryption, with it",
            &[R::SentUnprotected],
            terms(),
            sent(|t| t.protection = Protection::None),
            sent(|t| t.protection = Protection::Password),
        ),
        case(
            "a password in the next mail, by telephone",
            &[R::PasswordSameWay],
            terms(),
            sent(|t| {
                t.protection = Protection::Password;
                t.key_way = KeyWay::SameWay;
            }),
            sent(|t| t.protection = Protection::Password),
        ),
        case(
            "of 50 persons, of 49",
            &[R::TooManyPersons],
            terms(),
            sent(|t| t.persons = 50),
            sent(|t| t.persons = 49),
        ),
        case(
            "an item that was taken off, an entrusted one",
            &[R::ItemsBeyond],
            terms(),
            sent(|t| t.items.push(pay())),
            sent(|t| t.items.push(telephone())),
        ),
        case(
            "by VPN, by a limited link",
            &[R::Way],
            terms(),
            sent(|t| t.way = Way::Api),
            sent(|t| t.way = Way::LimitedLink),
        ),
        case(
            "sensitive items by mail, by hand",
            &[R::SensitiveWay],
            terms(),
            sent(|t| t.items.push(disability())),
            sent(|t| {
                t.items.push(disability());
                t.way = Way::Hand;
            }),
        ),
        case(
            "checked by the sender, by a colleague",
            &[R::SecondChecker],
            terms(),
            sent(|t| t.checked_by = "高橋太郎".into()),
            sent(|_| ()),
        ),
        case(
            "unchecked to the outside, to the principal, where the outside is demanded",
            &[R::SecondChecker],
            rules(|r| r.second_checker = SecondChecker::Outside),
            sent(|t| {
                t.checked_by = String::new();
                t.receivers = vec![to_recipient(0x20)];
            }),
            sent(|t| t.checked_by = String::new()),
        ),
        case(
            "by a stranger, by somebody outside who isn't bound",
            &[R::HandlerUnregistered],
            terms(),
            sent(|t| t.handler = Some(id(0x1f))),
            sent(|t| {
                t.handler = None;
                t.sender = Party::Other;
                t.checked_by = String::new();
                t.protection = Protection::None;
            }),
        ),
        case(
            "before the pledge, on its day",
            &[R::HandlerPledge],
            under(|t| t.handlers[0].pledged_on = Some(day("2026-06-16"))),
            sent(|_| ()),
            sent(|t| t.sent_on = day("2026-06-16")),
        ),
        case(
            "in a fiscal year without training, in the year of training",
            &[R::HandlerTraining],
            under(|t| {
                t.handlers[0].trained_on = vec![day("2027-03-31")];
                t.ends_on = day("2028-03-31");
            }),
            sent(|t| t.sent_on = day("2027-04-01")),
            sent(|t| t.sent_on = day("2027-03-31")),
        ),
        case(
            "by one who had left, on the last day",
            &[R::HandlerLeft],
            terms(),
            sent(|t| {
                t.handler = Some(id(0x12));
                t.sent_on = day("2026-06-01");
            }),
            sent(|t| {
                t.handler = Some(id(0x12));
                t.sent_on = day("2026-05-31");
            }),
        ),
        case(
            "to a recipient after the end, to the principal within the time agreed",
            &[R::AfterEnd],
            after("2027-04-20"),
            sent(|t| {
                t.sent_on = day("2027-04-01");
                t.receivers = vec![to_recipient(0x20)];
            }),
            sent(|t| t.sent_on = day("2027-04-30")),
        ),
        case(
            "given back late, in time",
            &[R::AfterEnd],
            after("2027-06-01"),
            sent(|t| t.sent_on = day("2027-05-01")),
            sent(|t| t.sent_on = day("2027-04-30")),
        ),
        case(
            "to an organisation nobody approved, to an approved sub-entrustee",
            &[R::Recipient, R::UndeclaredTier],
            terms(),
            other("株式会社はまかぜ", "info@hamakaze.example"),
            other("㈱しおかぜ", "info@shiokaze.example"),
        ),
        case(
            "to a sub-entrustee whose permission ran out, while it held",
            &[R::Recipient],
            under(|t| t.subs[0].permitted_until = day("2026-06-14")),
            other("株式会社しおかぜ", "info@shiokaze.example"),
            sent(|t| {
                t.sent_on = day("2026-06-14");
                t.receivers = vec![to(Party::Other, "株式会社しおかぜ", "")];
            }),
        ),
    ]
}

fn roster_cases() -> Vec<Case> {
    use RuleId as R;
    vec![
        case(
            "no pledge, a pledge",
            &[R::HandlerPledge],
            terms(),
            on_roster(|h| h.pledged_on = None),
            on_roster(|_| ()),
        ),
        case(
            "trained last fiscal year, this one",
            &[R::HandlerTraining],
            terms(),
            on_roster(|h| h.trained_on = vec![day("2026-03-31")]),
            on_roster(|h| h.trained_on = vec![day("2026-03-31"), day("2026-04-01")]),
        ),
        case(
            "left without giving back, having given back",
            &[R::HandlerReturn],
            terms(),
            on_roster(|h| h.ends_on = Some(day("2026-06-30"))),
            on_roster(|h| {
                h.ends_on = Some(day("2026-06-30"));
                h.returned_on = Some(day("2026-07-01"));
            }),
        ),
        case(
            "permission ran out yesterday, ends today",
            &[R::SubExpired],
            terms(),
            below(|s| s.permitted_until = day("2026-06-30")),
            below(|s| s.permitted_until = day("2026-07-01")),
        ),
        case(
            "permission ran out while open, after closing",
            &[R::SubExpired],
            terms(),
            below(|s| s.permitted_until = day("2026-05-31")),
            below(|s| {
                s.permitted_until = day("2026-05-31");
                s.open = false;
            }),
        ),
    ]
}

fn cases() -> Vec<Case> {
    let mut cases = holding_cases();
    cases.extend(transmission_cases());
    cases.extend(roster_cases());
    cases
}

#[test]
fn each_case_breaks_its_rule_and_its_neighbour_none() {
    for Case { name, breaks, terms, broken, kept } in cases() {
        let found: Vec<RuleId> = judged(&terms, &broken).into_iter().map(|b| b.rule).collect();
        let mut breaks = breaks.to_vec();
        breaks.sort_unstable();
        assert_eq!(found, breaks, "{name}");
        assert_eq!(judged(&terms, &kept), [], "{name}");
    }
}

#[test]
fn every_rule_has_a_case_that_breaks_it_alone_and_each_seed_incident_has_one() {
    let cases = cases();
    let alone: BTreeSet<RuleId> =
        cases.iter().filter(|c| c.breaks.len() == 1).flat_map(|c| c.breaks).copied().collect();
    assert_eq!(alone, RuleId::ALL.iter().copied().collect());
    for incident in ["Mie", "Fujitomi", "Nagasaki", "mooble", "Takatsuki"] {
        assert!(cases.iter().any(|c| c.name.starts_with(incident)), "{incident}");
    }
}

#[test]
fn what_breaks_a_rule_is_named() {
    let terms = terms();
    let mut fact = a_transmission();
    fact.persons = 23;
    fact.receivers = vec![to_recipient(0x20), to_recipient(0x21)];
    fact.receivers[1].field = ReceiverField::Cc;
    let what: Vec<String> = transmission(&terms, &fact).into_iter().map(|b| b.what).collect();
    assert_eq!(what, ["2", "なみおと事業所 / 23", "みさき事業所 / 23"]);
    let say = |rule, text| super::what(Language::Ja, rule, text);
    assert_eq!(say(RuleId::TooManyPersons, "1234"), "1,234人");
    assert_eq!(say(RuleId::Retention, "2027-04-30"), "令和9年4月30日");
    assert_eq!(say(RuleId::Place, "home"), "自宅（在宅勤務）");
    assert_eq!(say(RuleId::Place, "elsewhere"), "elsewhere");
    assert_eq!(super::what(Language::En, RuleId::AfterEnd, "2027-04-01"), "1 April 2027");
}

#[test]
fn the_contractor_above_is_no_undeclared_tier_of_what_it_re_entrusted() {
    let terms = under(|t| t.above = vec!["株式会社はまかぜ".into()]);
    let mut fact = a_transmission();
    fact.receivers = vec![to(Party::Other, "(株)はまかぜ", "info@hamakaze.example")];
    assert_eq!(transmission(&terms, &fact), []);
}

#[test]
fn every_rule_has_its_words_in_both_languages() {
    for language in Language::ALL {
        for rule in RuleId::ALL {
            for part in ["title", "text"] {
                let key = format!("rule-{rule}-{part}");
                assert!(locale::has(language, &key), "{language}: {key}");
            }
        }
    }
}

// Whatever is entered

fn dates() -> impl Strategy<Value = NaiveDate> {
    let usual = 740_000..741_500;
    let any = prop_oneof![8 => usual, 1 => Just(i32::MIN), 1 => Just(i32::MAX)];
    any.prop_map(|days| match days {
        i32::MIN => NaiveDate::MIN,
        i32::MAX => NaiveDate::MAX,
        days => NaiveDate::from_num_days_from_ce_opt(days).unwrap(),
    })
}

fn words<T: Copy + std::fmt::Debug>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn ids<T: std::str::FromStr<Err = uuid::Error> + std::fmt::Debug>(
    from: u8,
) -> impl Strategy<Value = T> {
    (from..from + 7).prop_map(id)
}

fn names() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("㈱しおかぜ".to_owned()),
        Just("handler16+x@SR.example".to_owned()),
        Just("髙橋 <a@gmail.com>".to_owned()),
        "[\\PC@+<>.]{0,12}",
    ]
}

prop_compose! {
    fn receivers()(
        party in words(Party::ALL),
        recipient in proptest::option::of(ids::<RecipientId>(0x1e)),
        name in names(),
        address in names(),
        field in words(ReceiverField::ALL),
    ) -> Receiver {
        Receiver { party, recipient, name, address, field }
    }
}

prop_compose! {
    fn transmissions()(
        (sent_on, sender, sender_address) in (dates(), words(Party::ALL), names()),
        handler in proptest::option::of(ids::<HandlerId>(0x0e)),
        receivers in proptest::collection::vec(receivers(), 0..5),
        way in words(Way::ALL),
        items in proptest::collection::vec(ids::<DataItemId>(0), 0..5),
        persons in any::<i64>(),
        protection in words(Protection::ALL),
        key_way in words(KeyWay::ALL),
        checked_by in names(),
    ) -> TransmissionFact {
        TransmissionFact {
            sent_on, sender, sender_address, handler, receivers, way, items, persons, protection,
            key_way, checked_by,
        }
    }
}

prop_compose! {
    fn holdings()(
        (holder, provider, country) in (names(), names(), "[A-Za-z]{0,2}"),
        items in proptest::collection::vec(ids::<DataItemId>(0), 0..5),
        persons in any::<i64>(),
        (place, medium, encryption) in
            (words(Place::ALL), words(Medium::ALL), words(Encrypted::ALL)),
        access_countries in proptest::collection::vec("[A-Z]{0,2}", 0..3),
        handlers in proptest::collection::vec(ids::<HandlerId>(0x0e), 0..4),
        (starts_on, until_on) in (dates(), proptest::option::of(dates())),
        open in any::<bool>(),
        retained_until in proptest::option::of(dates()),
    ) -> HoldingFact {
        HoldingFact {
            holder, items, persons, place, provider, country, access_countries, medium, encryption,
            handlers, starts_on, until_on, open, retained_until,
        }
    }
}

prop_compose! {
    fn any_terms()(
        (ends_on, erase_by, today) in (dates(), dates(), dates()),
        retention_days in any::<i64>(),
        encryption in words(Encryption::ALL),
        second_checker in words(SecondChecker::ALL),
        recipients in words(Recipients::ALL),
        circle in any::<bool>(),
    ) -> Terms {
        let mut terms = Terms { ends_on, erase_by, today, ..terms() };
        let rules = HandlingRules { recipients, encryption, second_checker, retention_days, ..terms.rules };
        terms.rules = rules;
        if circle {
            terms.items[3].parent = Some(telephone());
        }
        terms
    }
}

fn is_ordered(broken: &[Broken]) -> bool {
    broken.windows(2).all(|pair| pair[0] < pair[1])
}

proptest! {
    #[test]
    fn a_transmission_is_judged_whatever_it_is_and_in_whatever_order(
        terms in any_terms(),
        mut fact in transmissions(),
    ) {
        let first = transmission(&terms, &fact);
        prop_assert!(is_ordered(&first));
        fact.receivers.reverse();
        fact.items.reverse();
        fact.items.extend(fact.items.clone());
        prop_assert_eq!(transmission(&terms, &fact), first);
    }

    #[test]
    fn a_holding_is_judged_whatever_it_is_and_in_whatever_order(
        terms in any_terms(),
        mut fact in holdings(),
    ) {
        let first = holding(&terms, &fact);
        prop_assert!(is_ordered(&first));
        fact.handlers.reverse();
        fact.access_countries.reverse();
        prop_assert_eq!(holding(&terms, &fact), first);
    }

    #[test]
    fn handlers_and_sub_entrustments_are_judged_on_any_day(
        terms in any_terms(),
        (starts_on, ends_on, pledged_on) in
            (dates(), proptest::option::of(dates()), proptest::option::of(dates())),
        trained_on in proptest::collection::vec(dates(), 0..3),
    ) {
        let fact = HandlerFact { starts_on, ends_on, pledged_on, trained_on, ..a_handler(0x10, "") };
        prop_assert!(is_ordered(&handler(&terms, &fact)));
        let sub = SubFact { permitted_until: starts_on, ..a_sub() };
        prop_assert!(sub_entrustment(&terms, &sub).len() < 2);
    }
}
