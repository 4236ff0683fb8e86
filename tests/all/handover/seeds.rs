//! The five incidents from which the desk came: each mistake is tried the way the person made it,
//! through the pages. What is told of the people is invented.

use azukari::database::schema::{data_item, handover_file, recipient};
use azukari::entrustment::rules::{Recipients, Way};
use azukari::entrustment::{DataItemId, EntrustmentId, HandlingRules, ItemMark, NewItem};
use azukari::japanese::fold_name;
use azukari::recipient::{RecipientId, RecipientKind, RecipientStatus};
use chrono::Duration;
use diesel::prelude::*;
use encoding_rs::SHIFT_JIS;
use rust_xlsxwriter::Workbook;

use super::delivery::{csrf, lenient};
use crate::app::{App, ContractorSide, Page, Person, Principal, both, entrustment};

/// An entrustment with its two sides.
struct Desk {
    body: Principal,
    office: ContractorSide,
    entrustment: EntrustmentId,
    items: Vec<DataItemId>,
    /// The path of its hand-overs.
    home: String,
}

/// An entrustment of these items of so many persons.
fn desk(app: &App, title: &str, items: &[(&str, ItemMark)], persons: i64) -> Desk {
    let body = app.principal("三重野県");
    let office = app.joined_contractor(&body, "髙橋社会保険労務士事務所");
    let mut new = entrustment(office.id, body.division, "令8-1", title);
    let item = |(name, mark): &(&str, ItemMark)| NewItem {
        name: (*name).to_owned(),
        mark: *mark,
        under: String::new(),
    };
    new.items = items.iter().map(item).collect();
    new.persons = persons;
    new.rules = HandlingRules {
        ways: vec![Way::HandOver, Way::Hand],
        ways_sensitive: vec![Way::HandOver, Way::Hand],
        recipients: Recipients::Registered,
        ..HandlingRules::default()
    };
    let entrustment = app.entrustment(&body, &new);
    let items = data_item::table
        .filter(data_item::entrustment_id.eq(entrustment))
        .order(data_item::position.asc())
        .select(data_item::id)
        .load(&mut app.connection())
        .unwrap();
    Desk {
        body,
        office,
        entrustment,
        items,
        home: format!("/entrustments/{entrustment}/hand-overs"),
    }
}

/// Somebody on the list of recipients, approved: its name, its address, the places of the items that
/// its purpose needs, and the persons.
struct Known<'a> {
    kind: RecipientKind,
    name: &'a str,
    address: &'a str,
    items: &'a [usize],
    persons: Option<i64>,
}

impl Desk {
    /// Registers a recipient, whom the approver approved.
    fn know(&self, app: &App, known: &Known<'_>) -> String {
        use recipient as t;
        let items: Vec<DataItemId> = known.items.iter().map(|at| self.items[*at]).collect();
        let now = app.clock.now();
        let id = RecipientId::new(now);
        diesel::insert_into(t::table)
            .values((
                t::tenant_id.eq(self.body.id),
                t::id.eq(id),
                t::entrustment_id.eq(self.entrustment),
                t::kind.eq(known.kind),
                t::name.eq(known.name),
                t::name_key.eq(fold_name(known.name)),
                t::address.eq(known.address),
                t::purpose.eq("事業の案内"),
                t::items.eq(serde_json::to_string(&items).unwrap()),
                t::persons_limit.eq(known.persons),
                t::status.eq(RecipientStatus::Approved),
                t::reason.eq(""),
                t::proposed_by_name.eq("担当"),
                t::decided_by_name.eq("承認"),
                t::decided_at.eq(now),
                t::created_at.eq(now),
                t::version.eq(1),
            ))
            .execute(&mut app.connection())
            .unwrap();
        id.to_string()
    }

    /// The form of a hand-over with the words filled in.
    async fn form(&self, person: &Person) -> Page {
        let page = person.get(&format!("{}/new", self.home)).await;
        assert_eq!(page.status, 200, "{}", page.body);
        page
    }

    /// Begins a hand-over to registered recipients.
    async fn begin(&self, person: &Person, to: &[String], items: &[usize]) -> Page {
        let form = self.form(person).await.main_form();
        let form = form.set("direction", "to_recipients").set("purpose", "事業の案内");
        let form = to.iter().fold(form, |form, id| form.check("recipients", id));
        let form =
            items.iter().fold(form, |form, at| form.check("items", self.items[*at].as_str()));
        form.submit().await
    }

    /// The same, which is taken.
    async fn begun(&self, person: &Person, to: &[String], items: &[usize]) -> String {
        let page = self.begin(person, to, items).await;
        assert_eq!(page.status, 303, "{:?}", page.wrong_fields());
        page.path
    }
}

/// Brings a file and waits until it was looked at.
async fn bring(app: &App, person: &Person, path: &str, name: &str, bytes: &[u8]) -> Page {
    let form = person.get(path).await.form("form[action$='/files']");
    let sent = form.file("files", name, bytes).submit().await;
    assert_eq!(sent.status, 303, "{:?}", sent.wrong_fields());
    app.run_jobs();
    person.get(path).await
}

/// The page stops the hand-over and says why; there is no way to ask for approval.
fn stops(page: &Page, words: &[&str]) {
    for words in words {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }
    assert!(page.body.contains("このままでは渡せません"), "{}", page.body);
    assert!(!page.has("form[action$='/propose']"), "it can't even be asked for");
}

/// Somebody else approves, and ten minutes later it leaves.
async fn leaves(app: &App, sender: &Person, decides: &Person, path: &str) {
    let asked = sender.get(path).await.form("form[action$='/propose']").submit().await;
    assert_eq!(asked.status, 303, "{}", asked.body);
    let page = decides.get(&format!("{path}/decision")).await;
    let form = page.form("form[action$='/decision']").set("decision", "approved");
    let decided = form.check("looked", "on").submit().await;
    assert_eq!(decided.status, 303, "{:?}", decided.wrong_fields());
    app.clock.advance(Duration::minutes(10));
    app.run_jobs();
}

/// The letters that something can be fetched: to whom, and their words.
fn letters(app: &App) -> Vec<(String, String)> {
    let mails = app.mails().into_iter().filter(|mail| mail.kind == "handover_sent");
    mails.map(|mail| (mail.to_address, mail.text_body)).collect()
}

/// The path of the link in a letter.
fn link(app: &App, text: &str) -> String {
    let line = text.lines().find_map(|line| line.strip_prefix(app.base.as_str()));
    line.unwrap_or_else(|| panic!("no link in {text}")).to_owned()
}

/// The code that the sender tells a recipient on the telephone.
async fn code(sender: &Person, path: &str, name: &str) -> String {
    let page = sender.get(path).await;
    let names = page.texts("form[action$='/code'] button");
    let at = names.iter().position(|label| label.contains(name));
    let at = at.unwrap_or_else(|| panic!("{name} is not in {names:?}"));
    let action = page.attributes("form[action$='/code']", "action").remove(at);
    let shown = page.form(&format!("form[action='{action}']")).submit().await;
    shown.text("code.seed")
}

/// An outside recipient opens the link, types the code, and sees what is there.
async fn opened(app: &App, link: &str, code: &str) -> (Person, Page) {
    let visitor = app.visitor();
    let asked = visitor.get(link).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    let form = asked.form("form[action^='/hand-over']").set("code", code);
    let shown = form.submit().await;
    assert_eq!(shown.status, 303, "{:?}", shown.wrong_fields());
    (visitor, shown)
}

/// Fetches the only file of the page.
async fn fetched(visitor: &Person, page: &Page) -> Vec<u8> {
    let to = page.attributes("button[formaction$='/download']", "formaction");
    assert_eq!(to.len(), 1, "one file");
    let fields = [("csrf", &*csrf(page)), ("confirmed", "on")];
    let taken = visitor.post(&to[0], &fields).await;
    assert_eq!(taken.status, 303, "{}", taken.body);
    visitor.download(&taken.path).await
}

/// The ticked box of a form that no page offers: as whoever types an address would.
async fn forced(person: &Person, desk: &Desk, recipient: &str) -> Page {
    let token = csrf(&person.get("/help").await);
    let fields = [
        ("csrf", token.as_str()),
        ("direction", "to_recipients"),
        ("recipients", recipient),
        ("purpose", "自宅で続きをするため"),
        ("items", desk.items[0].as_str()),
        ("valid_days", "7"),
        ("downloads", "1"),
    ];
    person.post(&desk.home, &fields).await
}

both! {
    with lenient;
    // A securities firm put 25 customers into To instead of Bcc.
    async fn twenty_five_customers_get_a_letter_each_and_none_sees_another(app: App) {
        let desk = desk(&app, "相場見通しの配信業務委託", &[("氏名", ItemMark::None), ("メールアドレス", ItemMark::None)], 25);
        let officer = &desk.body.officer;
        let address = |n: usize| format!("kokyaku{n:02}@customer.example");
        let name = |n: usize| format!("試験顧客{n:02}");
        let to: Vec<String> = (1..=25).map(|n| desk.know(&app, &Known {
            kind: RecipientKind::Subject, name: &name(n), address: &address(n), items: &[], persons: None,
        })).collect();
        let form = desk.form(officer).await;
        assert!(!form.has("main input[type=email]") && !form.has("[name=to]") && !form.has("[name=cc]") && !form.has("[name=bcc]"));
        assert!(form.texts("main input[type=text]").len() <= 4, "purpose, days, downloads: nowhere an address is typed");

        let path = desk.begun(officer, &to, &[1]).await;
        let page = bring(&app, officer, &path, "欧州市場前.txt", "欧州市場の寄付き前の見通しです。".as_bytes()).await;
        assert!(page.has("form[action$='/propose']"), "{}", page.body);
        leaves(&app, officer, &desk.body.approver, &path).await;

        let letters = letters(&app);
        assert_eq!(letters.len(), 25, "a letter each");
        for n in 1..=25 {
            let own: Vec<&(String, String)> = letters.iter().filter(|(to, _)| *to == address(n)).collect();
            assert_eq!(own.len(), 1, "{}", address(n));
            for other in (1..=25).filter(|other| *other != n) {
                assert!(!own[0].1.contains(&address(other)) && !own[0].1.contains(&name(other)));
            }
        }
        let own = letters.iter().find(|(to, _)| *to == address(7)).unwrap();
        let code = code(officer, &path, &name(7)).await;
        let (_, page) = opened(&app, &link(&app, &own.1), &code).await;
        assert!(page.body.contains("欧州市場前.txt") && page.body.contains(&name(7)));
        for other in (1..=25).filter(|other| *other != 7) {
            assert!(!page.body.contains(&address(other)) && !page.body.contains(&name(other)));
        }
    }

    // An association sent the addresses and birth dates of 166 guides to ten wrong people.
    async fn the_list_of_166_guides_goes_to_nobody_who_does_not_need_it(app: App) {
        let items = [("氏名", ItemMark::None), ("住所", ItemMark::None), ("電話番号", ItemMark::None), ("生年月日", ItemMark::None)];
        let desk = desk(&app, "観光ガイドの登録事務委託", &items, 166);
        let officer = &desk.body.officer;
        let desks: Vec<String> = (1..=10).map(|n| desk.know(&app, &Known {
            kind: RecipientKind::Facility, name: &format!("試験案内所{n:02}"), address: &format!("annai{n:02}@desk.example"),
            items: &[0], persons: Some(5),
        })).collect();
        let row = |n: u32| format!("試験案内{n:03},三重野県津島市港町{n}番地,059-000-{n:04},1960-{:02}-{:02}\r\n", n % 12 + 1, n % 28 + 1);
        let list: String = std::iter::once("氏名,住所,電話番号,生年月日\r\n".to_owned()).chain((1..=166).map(row)).collect();

        // Whoever isn't on the list can't be chosen, and typing doesn't help.
        for stranger in ["dareka@stranger.example", "019d0000-0000-7000-8000-000000000001"] {
            let typed = forced(officer, &desk, stranger).await;
            assert_eq!((typed.status, typed.wrong_fields()), (422, vec!["recipients".to_owned()]), "{stranger}");
            assert!(typed.body.contains("一覧から選択してください"), "{}", typed.body);
        }
        // Whoever is on it gets no more than its purpose needs.
        let path = desk.begun(officer, &desks, &[0, 1, 2, 3]).await;
        let page = bring(&app, officer, &path, "登録者.csv", list.as_bytes()).await;
        stops(&page, &["相手の目的に必要のないデータがあります", "相手に渡してよい人数を超えています"]);
        let fields = [("csrf", &*csrf(&page)), ("version", "1")];
        let forced = officer.post(&format!("{path}/propose"), &fields).await;
        assert_eq!(forced.status, 422, "not without the page either");
        app.clock.advance(Duration::hours(1));
        app.run_jobs();
        assert!(letters(&app).is_empty(), "nobody hears of anything");
    }

    // A labour consultant forwarded audit material to his own address, and mistyped it.
    async fn audit_material_is_not_forwarded_to_an_own_address_however_it_is_typed(app: App) {
        let items = [("氏名", ItemMark::None), ("最終学歴", ItemMark::None), ("給与", ItemMark::None)];
        let desk = desk(&app, "保育所等指導監査の業務委託", &items, 49);
        let (person, officer) = (&desk.office.representative, &desk.body.officer);
        let page = desk.form(person).await;
        assert_eq!(page.attributes("input[name=direction]", "value"), ["to_principal"], "there is nobody else");
        let mistyped = person.email.replacen("contractor", "contracter", 1);
        for address in [&person.email, &mistyped] {
            let typed = forced(person, &desk, address).await;
            assert_eq!(typed.status, 422, "{address}");
        }
        // He proposes the address; until the prefecture approves it, it isn't there.
        let recipients = format!("/entrustments/{}/recipients", desk.entrustment);
        let form = person.get(&format!("{recipients}/new")).await.main_form();
        let proposed = form.set_all(&[
            ("name", "髙橋の自宅"), ("kind", "other"), ("address", &mistyped), ("purpose", "自宅で続きをするため"),
        ]).submit().await;
        assert_eq!(proposed.status, 303, "{:?}", proposed.wrong_fields());
        let id = proposed.path.rsplit('/').next().unwrap().to_owned();
        assert_eq!(forced(person, &desk, &id).await.status, 422, "proposed only");
        let decide = officer.get(&proposed.path).await.main_form();
        let refused = decide.set_all(&[("decision", "refused"), ("reason", "自宅への転送は認めません。受渡しの窓口を使ってください。")]);
        assert_eq!(refused.submit().await.status, 303);
        assert_eq!(forced(person, &desk, &id).await.status, 422, "refused");
        assert!(person.get(&proposed.path).await.body.contains("自宅への転送は認めません"), "he reads why");
        // His own address isn't offered even where somebody approved it.
        let own = desk.know(&app, &Known {
            kind: RecipientKind::Other, name: "髙橋の控え", address: &person.email, items: &[], persons: None,
        });
        assert!(!desk.form(person).await.body.contains("髙橋の控え"));
        assert_eq!(forced(person, &desk, &own).await.status, 422);
        assert!(letters(&app).is_empty());
    }

    // An employment-support office attached a workbook with the disabilities of its other users.
    async fn a_workbook_with_the_disabilities_of_others_is_stopped(app: App) {
        let items = [("氏名", ItemMark::None), ("生年月日", ItemMark::None), ("障害の状況", ItemMark::Sensitive)];
        let desk = desk(&app, "就労支援の体験利用の事務委託", &items, 60);
        let officer = &desk.body.officer;
        let guest = desk.know(&app, &Known {
            kind: RecipientKind::Subject, name: "試験体験者", address: "taiken@guest.example", items: &[0, 1], persons: Some(1),
        });
        let path = desk.begun(officer, std::slice::from_ref(&guest), &[0, 1]).await;
        let page = bring(&app, officer, &path, "体験利用.xlsx", &trial_workbook(true)).await;
        stops(&page, &[
            "画面に見えない内容が入っています", "利用者一覧",
            "相手の目的に必要のないデータがあります", "相手に渡してよい人数を超えています",
        ]);
        assert!(!page.body.contains("試験利用者07"), "the page says what it is, not who");
        let file = page.attributes("form[action$='/remove']", "action").remove(0);
        assert_eq!(page.form(&format!("form[action='{file}']")).submit().await.status, 303);
        let mended = bring(&app, officer, &path, "体験利用.xlsx", &trial_workbook(false)).await;
        assert!(mended.has("form[action$='/propose']"), "{}", mended.body);
        let told = officer.get("/hand-over-stops/list?end=mended").await;
        assert!(stopped(&app) >= 3 && told.texts("tbody tr").len() == stopped(&app), "{}", told.body);
        leaves(&app, officer, &desk.body.approver, &path).await;
        assert_eq!(letters(&app).len(), 1);
    }

    // A city mailed one list of 23 persons to 13 offices.
    async fn thirteen_offices_get_thirteen_lists(app: App) {
        let items = [("氏名", ItemMark::None), ("生年月日", ItemMark::None), ("住所", ItemMark::None), ("障害者手帳の等級", ItemMark::Sensitive)];
        let desk = desk(&app, "児童発達支援の案内の事務委託", &items, 23);
        let officer = &desk.body.officer;
        let offices: Vec<String> = (1..=13).map(|n| desk.know(&app, &Known {
            kind: RecipientKind::Facility, name: &office(n), address: &format!("jigyo{n:02}@office.example"),
            items: &[0, 1], persons: Some(2),
        })).collect();
        let path = desk.begun(officer, &offices, &[0, 1]).await;
        let text = city_list();
        let (list, _, _) = SHIFT_JIS.encode(&text);
        let page = bring(&app, officer, &path, "対象者一覧.csv", &list).await;
        stops(&page, &[
            "ほかの相手の行が入っています", "一覧を相手ごとに切り分けると", "相手の目的に必要のないデータがあります",
            "相手に渡してよい人数を超えています",
        ]);

        let cut = page.attributes("a[href$='/cut']", "href").remove(0);
        let choose = officer.get(&cut).await;
        let looked = choose.form("main form[method=get]").set("column", "0").submit().await;
        assert_eq!(looked.status, 200, "{}", looked.body);
        assert!(looked.body.contains("23行を13件の一覧に切り分けます"), "{}", looked.body);
        assert!(!looked.body.contains("試験児童") && looked.body.contains("試＊＊"), "masked");
        let refused = looked.main_form().check("columns", "4").submit().await;
        assert_eq!((refused.status, refused.wrong_fields()), (422, vec!["columns".to_owned()]), "the class of disability");
        let done = looked.main_form().submit().await;
        assert_eq!(done.status, 303, "{:?}", done.wrong_fields());
        assert!(app.acts(desk.body.id).contains(&"handover.cut".to_owned()));
        app.run_jobs();
        let page = officer.get(&path).await;
        assert!(page.has("form[action$='/propose']"), "{}", page.body);
        let names: Vec<String> = handover_file::table
            .order(handover_file::position.asc())
            .select(handover_file::name)
            .load(&mut app.connection())
            .unwrap();
        assert_eq!(names.len(), 13, "the list itself is gone: {names:?}");
        leaves(&app, officer, &desk.body.approver, &path).await;

        let letters = letters(&app);
        assert_eq!(letters.len(), 13);
        let mut persons = 0;
        for n in 1..=13 {
            let (_, text) = letters.iter().find(|(to, _)| *to == format!("jigyo{n:02}@office.example")).unwrap();
            let code = code(officer, &path, &office(n)).await;
            let (visitor, page) = opened(&app, &link(&app, text), &code).await;
            for other in (1..=13).filter(|other| *other != n) {
                assert!(!page.body.contains(&office(other)), "{n} sees {other}");
            }
            let bytes = fetched(&visitor, &page).await;
            let (own, _, broken) = SHIFT_JIS.decode(&bytes);
            assert!(!broken && own.starts_with("事業所,氏名,生年月日\r\n"), "{own}");
            assert!(own.lines().skip(1).all(|row| row.starts_with(&office(n))), "{own}");
            persons += own.lines().skip(1).count();
        }
        assert_eq!(persons, 23, "everybody once");
    }
}

/// How many stops there are and were, without what only says that something isn't finished.
fn stopped(app: &App) -> usize {
    use azukari::database::schema::handover_stop as s;
    let count: i64 = s::table
        .filter(s::stop.ne_all(["no_file", "no_recipient", "not_checked"]))
        .count()
        .get_result(&mut app.connection())
        .unwrap();
    usize::try_from(count).unwrap()
}

fn office(n: usize) -> String {
    format!("試験事業所{n:02}")
}

/// 23 children of 13 offices: who, when born, where, and the class of the certificate.
fn city_list() -> String {
    let mut list =
        "児童発達支援の案内の対象者\r\n事業所,氏名,生年月日,住所,障害者手帳の等級\r\n".to_owned();
    for n in 0..23_usize {
        let row = [
            office(n % 13 + 1),
            format!("試験児童{n:02}"),
            format!("2020-{:02}-{:02}", n % 12 + 1, n + 1),
            format!("三重野県津島市港町{n}番地"),
            format!("療育手帳B{}", n % 2 + 1),
        ];
        list.push_str(&row.join(","));
        list.push_str("\r\n");
    }
    list
}

/// The sheet for a guest; and, hidden, the list of all users.
fn trial_workbook(with_others: bool) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("体験利用").unwrap();
    sheet.write_row(0, 0, ["氏名", "生年月日"]).unwrap();
    sheet.write_row(1, 0, ["試験体験者", "1990-04-01"]).unwrap();
    if with_others {
        let others = book.add_worksheet();
        others.set_name("利用者一覧").unwrap().set_hidden(true);
        others.write_row(0, 0, ["氏名", "生年月日", "障害の状況", "通院先"]).unwrap();
        for n in 1..=30_u32 {
            let row = [
                format!("試験利用者{n:02}"),
                format!("1980-01-{:02}", n % 28 + 1),
                "精神障害者保健福祉手帳2級".to_owned(),
                "試験病院".to_owned(),
            ];
            others.write_row(n, 0, row).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
