//! What is found in files: what stops a hand-over, how it is explained, and the first rows, masked.

use std::net::TcpListener;

use azukari::database::Kind;
use azukari::database::schema::{
    handover as t, handover_delivery as d, handover_file as f, handover_stop as s, security_event,
};
use azukari::entrustment::HandlingRules;
use azukari::entrustment::rules::Recipients;
use azukari::event::EventKind;
use azukari::handover::{FileState, ReceivingParty, Stop, Stopped};
use azukari::rulebook::{Party, RecipientId};
use chrono::Duration;
use diesel::prelude::*;

use super::{Draft, Two, draft, two};
use crate::app::{App, Page, Person, both};

/// Names, birth dates and pay of two persons who don't exist.
const LIST: &str =
    "氏名,生年月日,給与月額\n架空 花子,1990-04-02,251000\n見本 太郎,1985-12-31,263000\n";

/// A list with numbers that have the check digit of a My Number, and are nobody's.
const NUMBERS: &str = "氏名,個人番号\n架空 花子,123456789018\n見本 太郎,1234-5678-9018\n";

/// A draft of the principal's officer that names the first `items` of the entrustment.
fn begun(app: &App, two: &Two, items: usize) -> Draft {
    use azukari::database::schema::data_item;
    let draft = draft(app, two.mie.id, two.entrustment, Party::Principal);
    let mut c = app.connection();
    let all: Vec<String> = data_item::table
        .filter(data_item::entrustment_id.eq(two.entrustment))
        .order(data_item::position.asc())
        .select(data_item::id)
        .load(&mut c)
        .unwrap();
    let chosen = serde_json::to_string(&all[..items]).unwrap();
    diesel::update(t::table.filter(t::id.eq(draft.id)))
        .set(t::items.eq(chosen))
        .execute(&mut c)
        .unwrap();
    draft
}

/// Brings a file; gives its id.
async fn sent(app: &App, person: &Person, draft: &Draft, name: &str, bytes: &[u8]) -> String {
    let form = person.get(&format!("{}/files", draft.path)).await.form("form[action$='/files']");
    let sent = form.file("files", name, bytes).submit_unfollowed().await;
    assert_eq!(sent.status, 303, "{:?}", sent.wrong_fields());
    f::table
        .filter(f::handover_id.eq(draft.id))
        .order(f::id.desc())
        .select(f::id)
        .first(&mut app.connection())
        .unwrap()
}

/// Brings a file and has it looked at.
async fn brought(app: &App, person: &Person, draft: &Draft, name: &str, bytes: &[u8]) -> String {
    let id = sent(app, person, draft, name, bytes).await;
    app.run_jobs();
    id
}

fn state(app: &App, file: &str) -> FileState {
    f::table.filter(f::id.eq(file)).select(f::state).first(&mut app.connection()).unwrap()
}

/// What stops a hand-over now.
fn stops(app: &App, draft: &Draft) -> Vec<Stopped> {
    s::table
        .filter(s::handover_id.eq(draft.id))
        .filter(s::mended_at.is_null())
        .order((s::stop.asc(), s::what.asc()))
        .select(Stopped::as_select())
        .load(&mut app.connection())
        .unwrap()
}

fn kinds(app: &App, draft: &Draft) -> Vec<(Stop, String)> {
    stops(app, draft).into_iter().map(|one| (one.stop, one.what)).collect()
}

fn preview(draft: &Draft, file: &str) -> String {
    format!("{}/files/{file}/preview", draft.path)
}

/// The cells of all rows.
fn cells(page: &Page) -> Vec<String> {
    page.texts("tbody td")
}

both! {
    async fn what_is_beyond_the_items_is_found_explained_and_mended(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let draft = begun(&app, &two, 2);
        let file = brought(&app, officer, &draft, "職員.csv", LIST.as_bytes()).await;
        assert_eq!(state(&app, &file), FileState::Checked);
        assert_eq!(kinds(&app, &draft), [(Stop::ItemsBeyond, "pay".to_owned())]);
        let acts = app.acts(two.mie.id);
        assert!(acts.contains(&"handover.stopped".to_owned()), "{acts:?}");

        let path = format!("{}/stops/{}/explain", draft.path, stops(&app, &draft)[0].id);
        let page = officer.get(&path).await;
        assert!(page.body.contains("給与・報酬") && page.body.contains("職員.csv"), "{}", page.body);
        let empty = page.main_form().submit().await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["reason".to_owned()]));
        let number = page.main_form().set("reason", "123456789018の人の分です").submit().await;
        assert_eq!((number.status, number.wrong_fields()), (422, vec!["reason".to_owned()]));
        let said = page.main_form().set("reason", "給与も監査の対象です").submit_unfollowed().await;
        assert_eq!(said.status, 303);
        let kept = stops(&app, &draft).remove(0);
        assert_eq!((kept.reason.as_str(), kept.holds()), ("給与も監査の対象です", false));
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.stop_explained");
        assert!(officer.get(&path).await.body.contains("給与も監査の対象です"), "it can be put better");
    }

    async fn the_page_follows_the_checking_and_says_what_to_do(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let draft = begun(&app, &two, 2);
        sent(&app, officer, &draft, "職員.csv", LIST.as_bytes()).await;
        let page = officer.get(&draft.path).await;
        assert!(page.has("#handover-stops az-follow") && page.body.contains("ファイルの中身を確かめています"));
        app.run_jobs();
        let page = officer.get(&draft.path).await;
        assert!(!page.has("az-follow") && page.has("#handover-stops .tag-bad"));
        let links = page.attributes("#handover-stops li li a", "href");
        let ends = |end: &str| links.iter().any(|link| link.ends_with(end));
        assert!(ends("/cut") && ends("/edit") && links.last().unwrap().ends_with("/explain"), "{links:?}");
        assert!(!page.body.contains("花子") && !page.body.contains("251000"), "no value of a cell");

        let explain = officer.get(links.last().unwrap()).await;
        let form = explain.main_form().set("reason", "給与も監査の対象です");
        let explained = form.submit().await;
        assert_eq!(explained.status, 303, "{:?}", explained.wrong_fields());
        let page = officer.get(&draft.path).await;
        assert!(!page.has("#handover-stops .tag-bad") && page.body.contains("給与も監査の対象です"));
        assert_eq!(page.attributes("#handover-stops li li a", "href"), [links.last().unwrap().clone()]);
    }

    async fn a_stop_is_explained_by_the_side_that_hands_over_alone(app: App) {
        let two = two(&app);
        let draft = begun(&app, &two, 1);
        brought(&app, &two.mie.officer, &draft, "職員.csv", LIST.as_bytes()).await;
        let path = format!("{}/stops/{}/explain", draft.path, stops(&app, &draft)[0].id);
        assert_eq!(two.office.representative.get(&path).await.status, 404);
        assert_eq!(two.mie.auditor.get(&path).await.status, 403);
        assert_eq!(two.mie.approver.get(&path).await.status, 403);
        let town = app.principal("津島町");
        assert_eq!(town.officer.get(&path).await.status, 404);
        let own = two.mie.officer.get(&path).await;
        let absent = "018f0000-0000-7000-8000-000000000001";
        assert_eq!(two.mie.officer.get(&format!("{}/stops/{absent}/explain", draft.path)).await.status, 404);

        // What must be mended isn't explained.
        let numbers = brought(&app, &two.mie.officer, &draft, "番号.csv", NUMBERS.as_bytes()).await;
        let found = stops(&app, &draft).into_iter().find(|one| one.stop == Stop::MyNumber).unwrap();
        assert_eq!(found.file_id.unwrap().to_string(), numbers);
        let hard = format!("{}/stops/{}/explain", draft.path, found.id);
        assert_eq!(two.mie.officer.get(&hard).await.status, 409);
        let fields = [("csrf", own.attributes("input[name=csrf]", "value").remove(0)), ("reason", "必要です".to_owned())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(two.mie.officer.post(&hard, &fields).await.status, 409);

        // Once it is proposed, nothing is explained any more.
        diesel::update(t::table.filter(t::id.eq(draft.id))).set(t::status.eq("proposed"))
            .execute(&mut app.connection()).unwrap();
        assert_eq!(own.main_form().set("reason", "必要です").submit().await.status, 409);
    }

    async fn the_first_rows_are_masked_until_somebody_says_why(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let draft = begun(&app, &two, 3);
        let file = brought(&app, officer, &draft, "職員.csv", LIST.as_bytes()).await;
        assert_eq!(kinds(&app, &draft), []);
        let path = preview(&draft, &file);
        let page = officer.get(&path).await;
        assert_eq!(page.texts("thead th"), ["行", "氏名", "生年月日", "給与月額"]);
        assert_eq!(cells(&page), ["架＊＊", "1990-＊＊-＊＊", "＊＊＊＊＊＊", "見＊＊", "1985-＊＊-＊＊", "＊＊＊＊＊＊"]);
        assert!(!page.body.contains("花子") && !page.body.contains("251000"));
        let empty = page.main_form().submit().await;
        assert_eq!((empty.status, empty.wrong_fields()), (422, vec!["reason".to_owned()]));
        assert!(!empty.body.contains("花子"));
        let before = app.acts(two.mie.id).len();

        let open = page.main_form().set("reason", "列の取り違えを確かめるため").submit_unfollowed().await;
        assert_eq!(open.status, 200);
        assert_eq!(cells(&open)[..3], ["架空 花子", "1990-04-02", "251000"]);
        let entry = app.ledger(two.mie.id).pop().unwrap();
        assert_eq!((entry.act.as_str(), app.acts(two.mie.id).len()), ("handover.previewed", before + 1));
        assert_eq!(entry.details.0["why"], "列の取り違えを確かめるため");
        assert!(!entry.details.0.to_string().contains("花子"));
        let event: (EventKind, String) = security_event::table
            .order(security_event::id.desc())
            .select((security_event::kind, security_event::act))
            .first(&mut app.connection())
            .unwrap();
        assert_eq!(event, (EventKind::Downloaded, "handover.previewed".to_owned()));
        assert!(!officer.get(&path).await.body.contains("花子"), "once, in that answer");
    }

    async fn my_numbers_are_counted_and_never_shown(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let draft = begun(&app, &two, 1);
        let file = brought(&app, officer, &draft, "番号.csv", NUMBERS.as_bytes()).await;
        assert_eq!(kinds(&app, &draft), [(Stop::MyNumber, String::new())]);
        let page = officer.get(&preview(&draft, &file)).await;
        let open = page.main_form().set("reason", "確認のため").submit_unfollowed().await;
        assert_eq!(cells(&open), ["架空 花子", "＊＊＊＊＊＊＊＊＊＊＊＊", "見本 太郎", "＊＊＊＊＊＊＊＊＊＊＊＊"]);
        let contents: String =
            f::table.filter(f::id.eq(&file)).select(f::contents).first(&mut app.connection()).unwrap();
        assert!(contents.contains("\"my_numbers\":2"), "{contents}");
        for kept in [contents, app.ledger(two.mie.id).iter().map(|e| e.details.0.to_string()).collect()] {
            assert!(!kept.contains("123456789018") && !kept.contains("5678") && !kept.contains("花子"));
        }
    }

    async fn the_first_rows_are_for_who_hands_over_and_who_decides(app: App) {
        let two = two(&app);
        let draft = begun(&app, &two, 3);
        let file = sent(&app, &two.mie.officer, &draft, "職員.csv", LIST.as_bytes()).await;
        let path = preview(&draft, &file);
        assert_eq!(two.mie.officer.get(&path).await.status, 409, "not looked at yet");
        app.run_jobs();
        for (person, status) in [
            (&two.mie.officer, 200),
            (&two.mie.approver, 200),
            (&two.mie.administrator, 200),
            (&two.mie.auditor, 403),
            (&two.office.representative, 404),
            (&app.principal("津島町").officer, 404),
        ] {
            assert_eq!(person.get(&path).await.status, status, "{}", person.name);
        }
        let set = |sender: &str, status: &str| {
            diesel::update(t::table.filter(t::id.eq(draft.id)))
                .set((t::sender.eq(sender), t::status.eq(status)))
                .execute(&mut app.connection())
                .unwrap()
        };
        set("contractor", "draft");
        assert_eq!(two.mie.approver.get(&path).await.status, 404, "nobody asked yet");
        assert_eq!(two.office.representative.get(&path).await.status, 200);
        set("contractor", "proposed");
        assert_eq!(two.mie.approver.get(&path).await.status, 200, "who decides");
        set("principal", "sent");
        assert_eq!(two.mie.officer.get(&path).await.status, 409, "it has left");
    }

    async fn a_file_that_is_gone_before_it_was_looked_at_is_left_alone(app: App) {
        let two = two(&app);
        let draft = begun(&app, &two, 3);
        let file = sent(&app, &two.mie.officer, &draft, "職員.csv", LIST.as_bytes()).await;
        assert_eq!(state(&app, &file), FileState::Checking);
        let removal = format!("{}/files/{file}/remove", draft.path);
        let page = two.mie.officer.get(&format!("{}/files", draft.path)).await;
        let removed = page.form(&format!("form[action='{removal}']")).submit_unfollowed().await;
        assert_eq!(removed.status, 303);
        app.run_jobs();
        assert_eq!(kinds(&app, &draft), [(Stop::NoFile, String::new())]);
    }

    async fn a_recipient_without_approval_and_rows_of_others_are_stopped(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let draft = begun(&app, &two, 1);
        let own = office(&app, &two, "なみおと事業所", "approved");
        office(&app, &two, "みさき事業所", "approved");
        to_office(&app, &draft, own);
        let list = "事業所名,氏名\nなみおと事業所,架空 花子\nみさき事業所,見本 太郎\nみさき事業所,仮名 次郎\n";
        brought(&app, officer, &draft, "名簿.csv", list.as_bytes()).await;
        assert_eq!(kinds(&app, &draft), [(Stop::OthersRows, "2".to_owned())]);
        let stop = stops(&app, &draft).remove(0);
        assert_eq!((stop.delivery_id, stop.holds()), (Some(draft.delivery), true));

        // Another one that was refused: its own rows are its own, those of the first list aren't.
        let refused = office(&app, &two, "いそかぜ事業所", "refused");
        to_office(&app, &draft, refused);
        let rows = "事業所名,氏名\nいそかぜ事業所,架空 花子\n";
        brought(&app, officer, &draft, "別紙.csv", rows.as_bytes()).await;
        let found: Vec<Stop> = kinds(&app, &draft).into_iter().map(|(stop, _)| stop).collect();
        assert_eq!(found, [Stop::NotApproved, Stop::OthersRows]);
    }
}

/// Registers an office as a recipient; gives its id.
fn office(app: &App, two: &Two, name: &str, status: &str) -> RecipientId {
    use azukari::database::schema::recipient as r;
    let now = app.clock.now();
    let id = RecipientId::new(now);
    diesel::insert_into(r::table)
        .values((
            (
                r::tenant_id.eq(two.mie.id),
                r::id.eq(id),
                r::entrustment_id.eq(two.entrustment),
                r::kind.eq("facility"),
                r::name.eq(name),
                r::name_key.eq(name),
                r::address.eq(format!("{}@jigyosho.example", id.as_str())),
                r::purpose.eq("案内"),
                r::items.eq("[]"),
            ),
            (
                r::status.eq(status),
                r::reason.eq(""),
                r::proposed_by_name.eq("担当"),
                r::decided_by_name.eq("承認"),
                r::created_at.eq(now),
                r::version.eq(1),
            ),
        ))
        .execute(&mut app.connection())
        .unwrap();
    id
}

/// Makes an office the only recipient of a draft.
fn to_office(app: &App, draft: &Draft, office: RecipientId) {
    use azukari::database::schema::{entrustment as e, recipient as r};
    let mut c = app.connection();
    let (name, address): (String, String) =
        r::table.filter(r::id.eq(office)).select((r::name, r::address)).first(&mut c).unwrap();
    diesel::update(d::table.filter(d::id.eq(draft.delivery)))
        .set((
            d::party.eq(ReceivingParty::Outside),
            d::recipient_id.eq(Some(office)),
            d::name.eq(name),
            d::address.eq(address),
        ))
        .execute(&mut c)
        .unwrap();
    let of: String =
        t::table.filter(t::id.eq(draft.id)).select(t::entrustment_id).first(&mut c).unwrap();
    let rules = HandlingRules { recipients: Recipients::Registered, ..HandlingRules::default() };
    diesel::update(e::table.filter(e::id.eq(of)))
        .set(e::rules.eq(serde_json::to_string(&rules).unwrap()))
        .execute(&mut c)
        .unwrap();
}

/// A portal whose virus scanner can't be reached.
fn without_scanner(kind: Kind) -> App {
    App::spawn_with(kind, |config| {
        // A port that was free a moment ago, and on which nobody listens.
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        config.clamav = Some(format!("127.0.0.1:{port}").parse().unwrap());
        None
    })
}

both! {
    with without_scanner;

    async fn a_file_waits_for_a_scanner_that_is_out_of_reach(app: App) {
        let two = two(&app);
        let draft = begun(&app, &two, 3);
        let file = brought(&app, &two.mie.officer, &draft, "職員.csv", LIST.as_bytes()).await;
        assert_eq!(state(&app, &file), FileState::Quarantined);
        assert_eq!(kinds(&app, &draft), [(Stop::Quarantined, String::new())]);
        assert_eq!(two.mie.officer.get(&preview(&draft, &file)).await.status, 409);
        let told = |app: &App| app.acts(two.mie.id).iter().filter(|act| act.contains("handover.")).count();
        let before = told(&app);
        assert_eq!(app.run_jobs(), 0, "not before a while has passed");
        app.clock.advance(Duration::minutes(6));
        assert!(app.run_jobs() > 0, "and then again");
        assert_eq!((state(&app, &file), told(&app)), (FileState::Quarantined, before), "told once");
    }
}
