use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use proptest::prelude::*;

use super::judge;
use crate::contents::{
    ColumnFound, Contents, DataKind, Format, Hidden, HiddenAt, Member, Naming, Table, Unreadable,
};
use crate::entrustment::rules::{HandlingRules, Recipients, Way};
use crate::entrustment::{DataItemId, ItemMark};
use crate::handover::checking::facts::{BelowFact, Facts, Found, Looked, To};
use crate::handover::model::{DeliveryId, FileId, FileState, ReceivingParty, Stop};
use crate::rulebook::{HandlerFact, ItemFact, Party, RecipientFact, RecipientId, RuleId, Terms};

// A labour consultant holds a list of 49 persons for a fictional prefecture.

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn id<T: std::str::FromStr<Err = uuid::Error>>(n: u8) -> T {
    format!("018f0000-0000-7000-8000-0000000000{n:02x}").parse().unwrap()
}

const NAME: u8 = 1;
const PLACE: u8 = 2;
const DISABILITY: u8 = 3;
const PAY: u8 = 4;
const NUMBER: u8 = 5;
const CONTACT: u8 = 6;

fn item(n: u8, name: &str, mark: ItemMark) -> ItemFact {
    ItemFact { id: id(n), name: name.into(), mark, parent: None, entrusted: true }
}

fn office(n: u8, name: &str) -> RecipientFact {
    RecipientFact {
        id: id(n),
        name: name.into(),
        address: format!("office{n}@jigyosho.example"),
        items: vec![id(NAME), id(CONTACT)],
        persons_limit: Some(20),
        oversees: false,
        approved: true,
        until_on: Some(day("2026-07-01")),
    }
}

fn terms() -> Terms {
    let telephone =
        ItemFact { parent: Some(id(CONTACT)), ..item(7, "電話番号", ItemMark::None) };
    Terms {
        rules: HandlingRules { recipients: Recipients::Registered, ..HandlingRules::default() },
        persons: 49,
        starts_on: day("2026-04-01"),
        ends_on: day("2027-03-31"),
        erase_by: day("2027-04-30"),
        principal: "三重野県".into(),
        contractor: "髙橋社会保険労務士事務所".into(),
        above: vec![],
        items: vec![
            item(NAME, "氏名", ItemMark::None),
            item(PLACE, "住所", ItemMark::None),
            item(DISABILITY, "障害の状況", ItemMark::Sensitive),
            item(PAY, "給与", ItemMark::None),
            item(NUMBER, "個人番号", ItemMark::MyNumber),
            item(CONTACT, "連絡先", ItemMark::None),
            telephone,
        ],
        handlers: vec![HandlerFact {
            id: id(0x10),
            name: "髙橋 太郎".into(),
            email: "taro@sr.example".into(),
            starts_on: day("2026-04-01"),
            ends_on: None,
            pledged_on: Some(day("2026-04-01")),
            trained_on: vec![day("2026-04-10")],
            returned_on: None,
        }],
        recipients: vec![office(0x20, "なみおと事業所"), office(0x21, "みさき事業所")],
        subs: vec![],
        today: day("2026-07-01"),
    }
}

fn column(at: u16, heading: &str, kind: Option<DataKind>) -> ColumnFound {
    ColumnFound { at, heading: heading.into(), kind, filled: 12, hidden: false }
}

/// A list of 12 persons with names and telephone numbers.
fn list() -> Contents {
    let columns = vec![
        column(0, "氏名", Some(DataKind::Name)),
        column(1, "電話番号", Some(DataKind::Phone)),
        column(2, "備考", None),
    ];
    let table = Table {
        name: "名簿".into(),
        heading_row: 1,
        rows: 12,
        persons: 12,
        columns,
        ..Table::default()
    };
    Contents { tables: vec![table], persons: 12, ..Contents::of(Format::Xlsx) }
}

fn file(n: u8, contents: Contents) -> Looked {
    Looked { id: id(n), state: FileState::Checked, only: None, contents: Some(contents) }
}

fn to_office(n: u8, recipient: u8) -> To {
    To {
        id: id(n),
        party: ReceivingParty::Outside,
        recipient: Some(id(recipient)),
        below: None,
        name: "なみおと事業所".into(),
        address: format!("office{recipient}@jigyosho.example"),
    }
}

/// The contractor hands the list over to one office: nothing stops it.
fn good() -> Facts {
    Facts {
        sender: Party::Contractor,
        handler: Some(id(0x10)),
        own: vec!["office@sr.example".into()],
        items: vec![id(NAME), id(CONTACT)],
        recipients: vec![to_office(0x30, 0x20)],
        files: vec![file(0x40, list())],
        terms: terms(),
        changed: false,
    }
}

fn stops(facts: &Facts) -> Vec<Stop> {
    let stops: BTreeSet<Stop> = judge(facts).into_iter().map(|found| found.stop).collect();
    stops.into_iter().collect()
}

fn contents(facts: &mut Facts) -> &mut Contents {
    facts.files[0].contents.as_mut().unwrap()
}

fn table(facts: &mut Facts) -> &mut Table {
    &mut contents(facts).tables[0]
}

fn add(facts: &mut Facts, heading: &str, kind: Option<DataKind>) {
    let table = table(facts);
    let at = u16::try_from(table.columns.len()).unwrap();
    table.columns.push(column(at, heading, kind));
}

fn hide(what: Hidden) -> HiddenAt {
    HiddenAt { what, place: "名簿".into(), count: 1 }
}

fn below() -> To {
    To {
        party: ReceivingParty::SubContractor,
        recipient: None,
        below: Some(BelowFact {
            open: true,
            starts_on: day("2026-05-01"),
            ends_on: day("2026-07-01"),
            items: vec![id(NAME), id(CONTACT)],
            persons: 12,
        }),
        address: String::new(),
        ..to_office(0x30, 0x20)
    }
}

type Change = fn(&mut Facts);

/// Each stop with a case that has it alone, and a neighbour that hasn't.
const CASES: &[(Stop, Change, Change)] = &[
    (Stop::NoFile, |f| f.files.clear(), |_| ()),
    (Stop::NoFile, |f| f.files[0].state = FileState::Destroyed, |_| ()),
    (Stop::NoRecipient, |f| f.files[0].only = Some(id(0x31)), |f| f.files[0].only = Some(id(0x30))),
    (Stop::NoRecipient, |f| f.recipients.clear(), |_| ()),
    (
        Stop::NotChecked,
        |f| {
            f.files[0].state = FileState::Checking;
            f.files[0].contents = None;
        },
        |_| (),
    ),
    (Stop::NotChecked, |f| f.files[0].state = FileState::Uploading, |_| ()),
    (Stop::NotChecked, |f| f.files[0].contents = None, |_| ()),
    (Stop::Quarantined, |f| f.files[0].state = FileState::Quarantined, |_| ()),
    (Stop::Infected, |f| f.files[0].state = FileState::Infected, |_| ()),
    (Stop::Encrypted, |f| contents(f).unreadable = Some(Unreadable::Encrypted), |_| ()),
    (Stop::Unreadable, |f| contents(f).unreadable = Some(Unreadable::TooLarge), |_| ()),
    (
        Stop::MyNumber,
        |f| contents(f).my_numbers = 1,
        |f| {
            contents(f).my_numbers = 1;
            f.items.push(id(NUMBER));
            f.terms.recipients[0].items.push(id(NUMBER));
        },
    ),
    (
        Stop::MyNumber,
        |f| {
            contents(f).my_numbers = 1;
            f.items.push(id(NUMBER));
            f.terms.recipients[0].items.clear();
            f.terms.items[4].mark = ItemMark::None;
        },
        |f| {
            contents(f).my_numbers = 1;
            f.items.push(id(NUMBER));
            f.terms.recipients[0].items.clear();
        },
    ),
    (
        Stop::ItemsBeyond,
        |f| {
            f.terms.recipients[0].items.clear();
            add(f, "生年月日", Some(DataKind::BirthDate));
        },
        |f| {
            f.terms.recipients[0].items.clear();
            add(f, "法人番号", Some(DataKind::CorporateNumber));
            add(f, "フリガナ", Some(DataKind::Kana));
            add(f, "電話番号2", Some(DataKind::PersonNumber));
        },
    ),
    (
        Stop::ItemsBeyond,
        |f| {
            f.terms.recipients[0].items.clear();
            add(f, "基本給与額", None);
        },
        |f| {
            f.terms.recipients[0].items.clear();
            f.items.push(id(PAY));
            add(f, "基本給与額", None);
        },
    ),
    (
        Stop::ItemsBeyond,
        |f| {
            f.terms.recipients[0].items.clear();
            contents(f).loose.insert(DataKind::Address, 2);
        },
        |f| {
            f.terms.recipients[0].items.clear();
            f.items.push(id(PLACE));
            contents(f).loose.insert(DataKind::Address, 2);
        },
    ),
    (
        Stop::RecipientItems,
        |f| {
            f.terms.recipients[0].items = vec![id(NAME)];
            f.items = vec![id(NAME), id(CONTACT)];
        },
        |f| f.terms.recipients[0].items.clear(),
    ),
    (
        Stop::PersonsBeyond,
        |f| {
            f.terms.recipients[0].persons_limit = None;
            contents(f).persons = 50;
        },
        |f| {
            f.terms.recipients[0].persons_limit = None;
            contents(f).persons = 49;
        },
    ),
    (Stop::RecipientPersons, |f| contents(f).persons = 21, |f| contents(f).persons = 20),
    (
        Stop::RecipientPersons,
        |f| {
            f.recipients = vec![below()];
            contents(f).persons = 13;
        },
        |f| f.recipients = vec![below()],
    ),
    (
        Stop::OthersRows,
        |f| name_rows(f, &[(0x20, 10), (0x21, 2)], 0),
        |f| name_rows(f, &[(0x20, 12)], 0),
    ),
    (
        Stop::OthersRows,
        |f| name_rows(f, &[(0x20, 10)], 2),
        |f| {
            name_rows(f, &[(0x20, 10)], 2);
            f.recipients[0].party = ReceivingParty::Principal;
        },
    ),
    (
        Stop::OthersRows,
        |f| name_rows(f, &[(0x20, 1), (0x21, 9)], 3),
        |f| {
            name_rows(f, &[(0x20, 1), (0x21, 9)], 3);
            f.terms.recipients[0].oversees = true;
        },
    ),
    (
        Stop::Hidden,
        |f| contents(f).hidden.push(hide(Hidden::Comments)),
        |f| {
            contents(f).metadata.insert("author".into(), "川村".into());
        },
    ),
    (Stop::Hidden, |f| table(f).hidden_rows = 1, |_| ()),
    (Stop::Hidden, |f| table(f).hidden = true, |_| ()),
    (Stop::Hidden, |f| table(f).columns[2].hidden = true, |_| ()),
    (
        Stop::NotApproved,
        |f| f.terms.recipients[0].until_on = Some(day("2026-06-30")),
        |f| f.terms.recipients[0].until_on = None,
    ),
    (Stop::NotApproved, |f| f.terms.recipients[0].approved = false, |_| ()),
    (
        Stop::NotApproved,
        |f| {
            let mut to = below();
            to.below.as_mut().unwrap().open = false;
            f.recipients = vec![to];
        },
        |f| f.recipients = vec![below()],
    ),
    (
        Stop::NotApproved,
        |f| {
            let mut to = below();
            to.below.as_mut().unwrap().ends_on = day("2026-06-30");
            f.recipients = vec![to];
        },
        |f| f.recipients = vec![below()],
    ),
    (
        Stop::OwnAddress,
        |f| own_address(f, "TARO+home@sr.example"),
        |f| own_address(f, "hanako@sr.example"),
    ),
    (
        Stop::OwnAddress,
        |f| own_address(f, "office@sr.example"),
        |f| own_address(f, "office@other.example"),
    ),
    (
        Stop::Rule,
        |f| f.terms.rules.ways.retain(|way| *way != Way::HandOver),
        |f| f.terms.rules.ways = vec![Way::HandOver],
    ),
    (
        Stop::Rule,
        |f| f.handler = None,
        |f| {
            f.handler = None;
            f.sender = Party::Principal;
        },
    ),
    (
        Stop::Rule,
        |f| f.terms.rules.recipients = Recipients::PrincipalOnly,
        |f| {
            f.terms.rules.recipients = Recipients::PrincipalOnly;
            f.recipients = vec![below()];
        },
    ),
    (Stop::Changed, |f| f.changed = true, |_| ()),
];

fn name_rows(facts: &mut Facts, rows: &[(u8, u64)], others: u64) {
    let named = |(n, count): &(u8, u64)| (id::<RecipientId>(*n).to_string(), *count);
    let rows: BTreeMap<String, u64> = rows.iter().map(named).collect();
    table(facts).naming = Some(Naming { column: 2, rows, others });
}

fn own_address(facts: &mut Facts, address: &str) {
    facts.terms.recipients[0].address = address.into();
    facts.recipients[0].address = address.into();
}

#[test]
fn each_stop_has_a_case_of_its_own_and_a_neighbour_without() {
    assert_eq!(stops(&good()), []);
    for (n, (stop, with, without)) in CASES.iter().enumerate() {
        let mut facts = good();
        with(&mut facts);
        assert_eq!(stops(&facts), [*stop], "case {n} of {stop}");
        let mut facts = good();
        without(&mut facts);
        assert_eq!(stops(&facts), [], "the neighbour of case {n} of {stop}");
    }
    let covered: BTreeSet<Stop> = CASES.iter().map(|(stop, ..)| *stop).collect();
    assert_eq!(covered, Stop::ALL.iter().copied().collect());
}

#[test]
fn what_is_found_says_where_for_whom_and_by_what() {
    let mut facts = good();
    add(&mut facts, "手帳の等級", Some(DataKind::Disability));
    facts.items.push(id(DISABILITY));
    let found = |stop| Found::of(stop).within(id(0x40));
    let item: DataItemId = id(DISABILITY);
    let expected = [
        Found::of(Stop::RecipientItems).to(id(0x30)).by(item.as_str()),
        found(Stop::RecipientItems).to(id(0x30)).by("disability"),
    ];
    assert_eq!(judge(&facts), expected);

    let mut facts = good();
    contents(&mut facts).hidden =
        vec![hide(Hidden::Rows), HiddenAt { place: "内訳".into(), ..hide(Hidden::Rows) }];
    table(&mut facts).hidden_rows = 3;
    assert_eq!(judge(&facts), [found(Stop::Hidden).by("rows:名簿、内訳")]);

    let mut facts = good();
    facts.handler = None;
    facts.recipients.push(to_office(0x31, 0x21));
    facts.recipients[1].address = "someone@gmail.com".into();
    facts.terms.recipients[1].address = "someone@gmail.com".into();
    let expected = [
        Found::of(Stop::Rule).by(RuleId::HandlerUnregistered.as_str()),
        Found::of(Stop::Rule).by(RuleId::FreeMail.as_str()).to(id(0x31)),
    ];
    assert_eq!(judge(&facts), expected, "what is so for all is said once");
}

#[test]
fn files_inside_an_archive_count_as_well() {
    let inside = |contents: Contents| {
        let member = Member { name: "中/名簿.xlsx".into(), size: 1, contents };
        let mut facts = good();
        facts.files[0].contents =
            Some(Contents { members: vec![member], ..Contents::of(Format::Zip) });
        stops(&facts)
    };
    assert_eq!(inside(list()), []);
    let mut hidden = list();
    hidden.tables[0].hidden = true;
    assert_eq!(inside(hidden), [Stop::Hidden]);
    let mut many = list();
    many.tables[0].persons = 21;
    assert_eq!(inside(many), [Stop::RecipientPersons]);
    assert_eq!(
        inside(Contents::unreadable(Format::Xlsx, Unreadable::Encrypted)),
        [Stop::Encrypted]
    );
}

#[test]
fn a_contractor_below_gets_what_was_re_entrusted() {
    let mut facts = good();
    facts.recipients = vec![below()];
    add(&mut facts, "住所", Some(DataKind::Address));
    facts.items.push(id(PLACE));
    assert_eq!(stops(&facts), [Stop::RecipientItems]);
    let mut to = below();
    to.below = None;
    facts = good();
    facts.recipients = vec![to];
    assert_eq!(stops(&facts), [Stop::NotApproved], "nobody below");
}

// The five seed incidents, as far as they are a matter of what is in the files and of who receives.

#[test]
fn fujitomi_25_customers_never_see_each_other_and_a_list_of_all_of_them_is_stopped() {
    // 25 customers, each registered; the list of all their addresses goes to each of them.
    let mut facts = good();
    facts.terms.recipients = (0..25).map(|n| office(0x50 + n, "顧客")).collect();
    facts.recipients = (0..25).map(|n| to_office(0x80 + n, 0x50 + n)).collect();
    let rows: Vec<(u8, u64)> = (0..25).map(|n| (0x50 + n, 1)).collect();
    name_rows(&mut facts, &rows, 0);
    let found = judge(&facts);
    let others: BTreeSet<Option<DeliveryId>> = found
        .iter()
        .filter(|found| found.stop == Stop::OthersRows && found.what == "24")
        .map(|found| found.delivery)
        .collect();
    assert_eq!(others.len(), 25, "each would have seen 24 others");
    assert!(
        !stops(&facts).contains(&Stop::Rule),
        "no recipient sees another here, so no rule is broken"
    );
}

#[test]
fn nagasaki_166_guides_do_not_go_to_whoever_needs_none_of_them() {
    let mut facts = good();
    facts.terms.persons = 200;
    contents(&mut facts).persons = 166;
    add(&mut facts, "住所", Some(DataKind::Address));
    add(&mut facts, "生年月日", Some(DataKind::BirthDate));
    add(&mut facts, "既往症", Some(DataKind::Health));
    assert_eq!(stops(&facts), [Stop::ItemsBeyond, Stop::RecipientItems, Stop::RecipientPersons]);
    let items = |stop| judge(&facts).into_iter().filter(move |found| found.stop == stop).count();
    assert_eq!((items(Stop::ItemsBeyond), items(Stop::RecipientItems)), (3, 3));
}

#[test]
fn mie_nothing_goes_to_the_own_address() {
    let mut facts = good();
    contents(&mut facts).persons = 49;
    add(&mut facts, "給与月額", Some(DataKind::Pay));
    add(&mut facts, "最終学歴", Some(DataKind::Career));
    own_address(&mut facts, "Taro@SR.example");
    let stops = stops(&facts);
    assert!(stops.contains(&Stop::OwnAddress) && !Stop::OwnAddress.may_be_explained(), "{stops:?}");
    // Mistyped it isn't a recipient at all: nobody registered and approved it.
    own_address(&mut facts, "tarou@sr.example");
    facts.terms.recipients.clear();
    assert!(self::stops(&facts).contains(&Stop::NotApproved));
}

#[test]
fn mooble_a_sheet_of_other_users_is_stopped() {
    // A trial user gets a workbook; another sheet in it is of others, with their disabilities.
    let mut facts = good();
    facts.terms.recipients[0].persons_limit = Some(1);
    facts.terms.recipients[0].items = vec![id(NAME)];
    facts.items = vec![id(NAME)];
    table(&mut facts).columns.truncate(1);
    table(&mut facts).persons = 1;
    contents(&mut facts).persons = 1;
    assert_eq!(stops(&facts), []);
    let columns = vec![
        column(0, "氏名", Some(DataKind::Name)),
        column(1, "障害名", Some(DataKind::Disability)),
        column(2, "主治医", Some(DataKind::Health)),
        column(3, "生活保護", Some(DataKind::Income)),
    ];
    let others = Table {
        name: "利用者一覧".into(),
        hidden: true,
        rows: 30,
        persons: 30,
        columns,
        ..Table::default()
    };
    contents(&mut facts).tables.push(others);
    contents(&mut facts).persons = 31;
    assert_eq!(
        stops(&facts),
        [Stop::ItemsBeyond, Stop::RecipientItems, Stop::RecipientPersons, Stop::Hidden]
    );
}

#[test]
fn takatsuki_one_list_for_13_offices_is_stopped_and_13_lists_are_not() {
    let offices: Vec<u8> = (0x50..0x5d).collect();
    let mut facts = good();
    facts.terms.recipients = offices.iter().map(|n| office(*n, "事業所")).collect();
    facts.recipients = offices.iter().map(|n| to_office(n + 0x30, *n)).collect();
    let rows: Vec<(u8, u64)> = offices.iter().map(|n| (*n, 1)).collect();
    name_rows(&mut facts, &rows, 10);
    contents(&mut facts).persons = 23;
    assert_eq!(stops(&facts), [Stop::RecipientPersons, Stop::OthersRows]);
    let for_whom = judge(&facts).into_iter().filter(|found| found.stop == Stop::OthersRows);
    assert_eq!(for_whom.count(), 13);

    facts.files = offices
        .iter()
        .map(|n| {
            let mut one = good();
            name_rows(&mut one, &[(*n, 2)], 0);
            Looked { only: Some(id(n + 0x30)), ..file(n + 0x60, contents(&mut one).clone()) }
        })
        .collect();
    assert_eq!(stops(&facts), []);
}

/// What a stop is, without how many: a count grows.
fn what(found: &Found) -> (Stop, Option<FileId>, Option<DeliveryId>, String) {
    let counted = matches!(
        found.stop,
        Stop::PersonsBeyond | Stop::RecipientPersons | Stop::OthersRows | Stop::Hidden
    );
    let by =
        if counted { found.what.split(':').next().unwrap().to_owned() } else { found.what.clone() };
    let by = if by.parse::<u64>().is_ok() { String::new() } else { by };
    (found.stop, found.file, found.delivery, by)
}

fn any_kind() -> impl Strategy<Value = DataKind> {
    prop::sample::select(DataKind::ALL)
}

fn any_contents() -> impl Strategy<Value = Contents> {
    let columns = prop::collection::vec(
        (
            prop::sample::select(vec!["", "氏名", "住所", "備考", "給与額", "等級"]),
            prop::option::of(any_kind()),
        ),
        0..4,
    );
    let loose = prop::collection::btree_map(any_kind(), 1_u64..5, 0..3);
    let hidden = prop::collection::vec(prop::sample::select(Hidden::ALL), 0..3);
    (columns, loose, hidden, 0_u64..60, 0_u64..2).prop_map(
        |(columns, loose, hidden, persons, my_numbers)| {
            let columns = columns.into_iter().zip(0..);
            let columns = columns.map(|((heading, kind), at)| column(at, heading, kind)).collect();
            let table = Table { name: "表".into(), persons, columns, ..Table::default() };
            let hidden = hidden.into_iter().map(hide).collect();
            Contents {
                tables: vec![table],
                loose,
                hidden,
                persons,
                my_numbers,
                ..Contents::of(Format::Xlsx)
            }
        },
    )
}

/// What is in one file and, beside it, in another: as if both were in one.
fn together(a: &Contents, b: &Contents) -> Contents {
    let mut both = a.clone();
    both.tables.extend(b.tables.clone());
    both.hidden.extend(b.hidden.clone());
    for (kind, count) in &b.loose {
        *both.loose.entry(*kind).or_default() += count;
    }
    both.persons += b.persons;
    both.my_numbers += b.my_numbers;
    both
}

proptest! {
    #[test]
    fn more_in_a_file_never_takes_a_stop_away(
        some in any_contents(),
        more in any_contents(),
        chosen in prop::sample::subsequence(vec![NAME, PLACE, DISABILITY, PAY, NUMBER, CONTACT], 0..=6),
        needed in prop::sample::subsequence(vec![NAME, PLACE, DISABILITY, PAY, NUMBER, CONTACT], 0..=6),
    ) {
        let mut facts = good();
        facts.items = chosen.into_iter().map(id).collect();
        facts.terms.recipients[0].items = needed.into_iter().map(id).collect();
        facts.files = vec![file(0x40, some.clone())];
        let before: BTreeSet<_> = judge(&facts).iter().map(what).collect();
        facts.files = vec![file(0x40, together(&some, &more))];
        let after: BTreeSet<_> = judge(&facts).iter().map(what).collect();
        prop_assert!(before.is_subset(&after), "{:?}", before.difference(&after).collect::<Vec<_>>());
    }
}
