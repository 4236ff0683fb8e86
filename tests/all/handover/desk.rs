//! The desk: putting together, asking, deciding, taking back and leaving, as people do it.

use azukari::database::schema::{
    entrustment as e, handover as t, handover_delivery as d, transmission as s,
};
use azukari::entrustment::HandlingRules;
use azukari::entrustment::rules::{Recipients, Way};
use azukari::handover::HandoverStatus;
use azukari::rulebook::Party;
use azukari::transmission::{Confirmation, Transmission};
use chrono::Duration;
use diesel::prelude::*;

use super::{Two, two};
use crate::app::{App, Page, Person, both};
use crate::transmission::steps::register_handler;

/// What everybody brings: names and birth dates of two persons who don't exist.
const LIST: &[u8] = "氏名,生年月日\n架空 花子,平成2年4月1日\n見本 太郎,昭和60年5月5日\n".as_bytes();

fn list_of(two: &Two) -> String {
    format!("/entrustments/{}/hand-overs", two.entrustment)
}

/// Begins a hand-over of names and birth dates; gives its page.
pub async fn begun(two: &Two, person: &Person, to: &[(&str, &str)]) -> Page {
    let page = person.get(&format!("{}/new", list_of(two))).await;
    assert_eq!(page.status, 200);
    let items = page.attributes("input[name=items]", "value");
    let form = page.main_form().set("purpose", "令和8年度の指導監査の準備");
    let form = form.check("items", &items[0]).check("items", &items[1]);
    let form = to.iter().fold(form, |form, (name, value)| match *name {
        "direction" => form.set(name, value),
        _ => form.check(name, value),
    });
    let saved = form.submit().await;
    assert_eq!(saved.status, 303, "{:?}", saved.wrong_fields());
    saved
}

/// Brings a file, and waits until it was looked at.
pub async fn brought(app: &App, person: &Person, path: &str, name: &str, bytes: &[u8]) {
    let form = person.get(path).await.form("form[action$='/files']");
    let sent = form.file("files", name, bytes).submit().await;
    assert_eq!(sent.status, 303, "{:?}", sent.wrong_fields());
    app.run_jobs();
}

/// Asks for approval.
pub async fn proposed(person: &Person, path: &str) {
    let asked = person.get(path).await.form("form[action$='/propose']").submit().await;
    assert_eq!(asked.status, 303, "{}", asked.body);
}

/// Decides: `approved`, or `returned` with a reason.
pub async fn decided(person: &Person, path: &str, decision: &str) -> Page {
    let page = person.get(&format!("{path}/decision")).await;
    assert_eq!(page.status, 200);
    let form = page.form("form[action$='/decision']").set("decision", decision);
    form.check("looked", "on").set("reason", "別の課の一覧です").submit().await
}

/// A hand-over of the principal's officer that waits for a second person.
async fn waiting(app: &App, two: &Two) -> String {
    let officer = &two.mie.officer;
    let path = begun(two, officer, &[]).await.path;
    brought(app, officer, &path, "職員.csv", LIST).await;
    proposed(officer, &path).await;
    path
}

fn status(app: &App, path: &str) -> HandoverStatus {
    let id = path.rsplit('/').next().unwrap();
    t::table.filter(t::id.eq(id)).select(t::status).first(&mut app.connection()).unwrap()
}

fn sent_to(app: &App, kind: &str) -> Vec<String> {
    let mails = app.mails().into_iter().filter(|mail| mail.kind == kind);
    let mut to: Vec<String> = mails.map(|mail| mail.to_address).collect();
    to.sort();
    to
}

/// Permits registered recipients.
pub fn permit_recipients(app: &App, two: &Two) {
    let rules = HandlingRules { recipients: Recipients::Registered, ..HandlingRules::default() };
    diesel::update(e::table.filter(e::id.eq(two.entrustment)))
        .set(e::rules.eq(serde_json::to_string(&rules).unwrap()))
        .execute(&mut app.connection())
        .unwrap();
}

/// Registers a recipient, whom the approver approves; gives its address.
pub async fn registered(two: &Two, name: &str, address: &str) -> String {
    let new = format!("/entrustments/{}/recipients/new", two.entrustment);
    let form = two.mie.officer.get(&new).await.main_form().set_all(&[
        ("name", name),
        ("kind", "facility"),
        ("address", address),
        ("purpose", "名簿の確認"),
    ]);
    let known = form.submit().await.path;
    let approved = two.mie.approver.get(&known).await.main_form().set("decision", "approved");
    assert_eq!(approved.submit().await.status, 303);
    known
}

/// The only transmission in the register: it comes a moment after the last byte went.
pub async fn entered(app: &App) -> Transmission {
    for _ in 0..100 {
        app.run_jobs();
        let all: Vec<Transmission> =
            s::table.select(Transmission::as_select()).load(&mut app.connection()).unwrap();
        if let [only] = &*all {
            return only.clone();
        }
        assert_eq!(all.len(), 0);
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("nothing came into the register");
}

/// The token of a page, for requests that no page makes.
async fn token(person: &Person) -> String {
    person.get("/help").await.attributes("input[name=csrf]", "value").remove(0)
}

async fn post(person: &Person, path: &str, fields: &[(&str, &str)]) -> Page {
    let csrf = token(person).await;
    let mut all = vec![("csrf", csrf.as_str())];
    all.extend(fields);
    person.post(path, &all).await
}

both! {
    async fn it_leaves_ten_minutes_after_another_person_approved_it(app: App) {
        let two = two(&app);
        let (officer, approver) = (&two.mie.officer, &two.mie.approver);
        let receiver = &two.office.representative;
        let page = begun(&two, officer, &[]).await;
        let path = page.path.clone();
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.created");
        assert!(page.body.contains("次は、渡すファイルを加えてください"));
        assert!(!page.has("form[action$='/propose']"), "nothing to approve yet");
        let early = post(officer, &format!("{path}/propose"), &[("version", "1")]).await;
        assert_eq!((early.status, status(&app, &path)), (422, HandoverStatus::Draft));

        brought(&app, officer, &path, "職員.csv", LIST).await;
        let ready = officer.get(&path).await;
        assert!(ready.body.contains("準備ができました"), "{}", ready.body);
        proposed(officer, &path).await;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.proposed");
        let mut deciders = vec![two.mie.administrator.email.clone(), approver.email.clone()];
        deciders.sort();
        assert_eq!(sent_to(&app, "handover_asked"), deciders, "not who asked");
        assert_eq!(receiver.get(&path).await.status, 404, "nothing was sent");
        assert!(!receiver.get(&list_of(&two)).await.has("tbody"));

        let unseen = approver.get(&format!("{path}/decision")).await;
        assert!(unseen.body.contains("髙橋社会保険労務士事務所"));
        let form = unseen.form("form[action$='/decision']").set("decision", "approved");
        let again = form.submit().await;
        assert_eq!((again.status, again.wrong_fields()), (422, vec!["looked".to_owned()]));
        let done = decided(approver, &path, "approved").await;
        assert_eq!((done.status, app.acts(two.mie.id).last().unwrap().as_str()), (303, "handover.approved"));
        assert_eq!(sent_to(&app, "handover_approved"), [officer.email.as_str()]);

        app.clock.advance(Duration::minutes(9));
        app.run_jobs();
        assert_eq!((status(&app, &path), receiver.get(&path).await.status), (HandoverStatus::Approved, 404));
        app.clock.advance(Duration::minutes(1));
        app.run_jobs();
        assert_eq!(status(&app, &path), HandoverStatus::Sent);
        assert!(app.acts(two.mie.id).contains(&"handover.sent".to_owned()));
        let shown = receiver.get(&path).await;
        assert!(shown.status == 200 && shown.body.contains("令和8年度の指導監査の準備"));
        assert_eq!(receiver.get(&list_of(&two)).await.texts("tbody th"), ["第1号"]);
        let late = post(officer, &format!("{path}/take-back"), &[]).await;
        assert_eq!(late.status, 409, "it has left");
    }

    async fn what_was_fetched_stands_in_the_register_by_itself(app: App) {
        let two = two(&app);
        let (officer, approver) = (&two.mie.officer, &two.mie.approver);
        let receiver = &two.office.representative;
        let path = waiting(&app, &two).await;
        decided(approver, &path, "approved").await;
        app.clock.advance(Duration::minutes(10));
        app.run_jobs();
        let home = receiver.get(&path).await.attributes("a[href^='/received-hand-overs/']", "href").remove(0);
        let files = receiver.get(&home).await.attributes("button[formaction]", "formaction");
        assert_eq!(files.len(), 1);
        let taken = post(receiver, &files[0], &[("confirmed", "on")]).await;
        assert_eq!(taken.status, 303);
        let ticket = taken.headers["location"].to_str().unwrap().to_owned();
        assert_eq!(receiver.download(&ticket).await, LIST);
        let entered = entered(&app).await;
        assert_eq!(
            (entered.way, entered.sender, entered.confirmation, entered.persons),
            (Way::HandOver, Party::Principal, Confirmation::Confirmed, 2)
        );
        assert_eq!((&*entered.entered_by_name, &*entered.checked_by), (&*officer.name, &*approver.name));
        assert_eq!(entered.confirmed_by_name, receiver.name);
        assert_eq!(entered.content_hash, azukari::storage::sha256(LIST));
        assert_eq!((entered.items.0.len(), entered.receivers.0[0].party), (2, Party::Contractor));
        assert!(!entered.description.contains("職員"), "files are counted, not named");
        let acts = app.acts(two.mie.id);
        assert_eq!(acts.iter().filter(|act| *act == "transmission.handed_over").count(), 1);
        assert!(!acts.iter().any(|act| act == "finding.raised"), "{acts:?}");
        let register = officer.get(&format!("/entrustments/{}/transmissions", two.entrustment)).await;
        assert_eq!(register.texts("tbody th").len(), 1);
        let standing: Option<String> =
            d::table.select(d::transmission_id).first(&mut app.connection()).unwrap();
        assert_eq!(standing, Some(entered.id.to_string()));
    }

    async fn nobody_decides_on_what_they_had_a_hand_in(app: App) {
        let two = two(&app);
        let (officer, administrator) = (&two.mie.officer, &two.mie.administrator);
        let path = begun(&two, officer, &[]).await.path;
        brought(&app, administrator, &path, "職員.csv", LIST).await;
        proposed(officer, &path).await;
        let fields = [("decision", "approved"), ("looked", "on"), ("version", "2")];
        for maker in [officer, administrator] {
            let page = maker.get(&path).await;
            assert!(page.body.contains("ご自身が申請した") && !page.body.contains("/decision\""), "{}", page.body);
            assert_eq!(maker.get(&format!("{path}/decision")).await.status, 403);
            assert_eq!(post(maker, &format!("{path}/decision"), &fields).await.status, 403);
        }
        let receiver = &two.office.representative;
        assert_eq!(post(receiver, &format!("{path}/decision"), &fields).await.status, 404);
        assert_eq!(post(&two.mie.auditor, &format!("{path}/decision"), &fields).await.status, 403);
        assert_eq!(status(&app, &path), HandoverStatus::Proposed);
        assert_eq!(decided(&two.mie.approver, &path, "approved").await.status, 303);
        let again = post(&two.mie.approver, &format!("{path}/decision"), &fields).await;
        assert_eq!(again.status, 409, "decided already");
    }

    async fn what_is_given_back_is_mended_and_asked_for_again(app: App) {
        let two = two(&app);
        let (officer, approver) = (&two.mie.officer, &two.mie.approver);
        let path = waiting(&app, &two).await;
        let page = approver.get(&format!("{path}/decision")).await;
        let form = page.form("form[action$='/decision']").set("decision", "returned");
        assert_eq!(form.set("reason", "").submit().await.wrong_fields(), ["reason"]);
        assert_eq!(decided(approver, &path, "returned").await.status, 303);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.returned");
        assert_eq!(sent_to(&app, "handover_returned"), [officer.email.as_str()]);
        let page = officer.get(&path).await;
        assert!(page.body.contains("別の課の一覧です"));
        let edit = officer.get(&format!("{path}/edit")).await;
        assert_eq!(edit.main_form().value("purpose"), "令和8年度の指導監査の準備");
        assert_eq!(edit.main_form().set("purpose", "監査の準備").submit().await.status, 303);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.changed");
        let stale = edit.main_form().set("purpose", "古い画面").submit().await;
        assert_eq!(stale.status, 409);
        assert_eq!(stale.main_form().value("purpose"), "古い画面", "what was typed is kept");
        proposed(officer, &path).await;
        assert_eq!(officer.get(&format!("{path}/edit")).await.status, 409, "not while it waits");
    }

    async fn it_can_be_taken_back_until_it_leaves(app: App) {
        let two = two(&app);
        let (officer, approver) = (&two.mie.officer, &two.mie.approver);
        let path = waiting(&app, &two).await;
        let other = post(approver, &format!("{path}/take-back"), &[]).await;
        assert_eq!(other.status, 403, "who decides gives it back instead");
        let form = officer.get(&path).await.form("form[action$='/take-back']");
        assert_eq!(form.submit().await.status, 303);
        assert_eq!(status(&app, &path), HandoverStatus::Draft);
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.taken_back");
        assert_eq!(sent_to(&app, "handover_taken_back"), Vec::<String>::new(), "nobody else has to know");

        proposed(officer, &path).await;
        decided(approver, &path, "approved").await;
        app.clock.advance(Duration::minutes(5));
        let form = approver.get(&path).await.form("form[action$='/take-back']");
        assert_eq!(form.set("reason", "件数が合わない").submit().await.status, 303);
        assert_eq!(status(&app, &path), HandoverStatus::Returned);
        assert_eq!(sent_to(&app, "handover_taken_back"), [officer.email.as_str()]);
        app.clock.advance(Duration::minutes(10));
        app.run_jobs();
        assert_eq!(status(&app, &path), HandoverStatus::Returned, "the job finds nothing to do");

        proposed(officer, &path).await;
        decided(approver, &path, "approved").await;
        app.clock.advance(Duration::minutes(10));
        app.run_jobs();
        assert_eq!(status(&app, &path), HandoverStatus::Sent, "approved again, it leaves");
    }

    async fn who_is_no_longer_a_recipient_gets_nothing(app: App) {
        let two = two(&app);
        permit_recipients(&app, &two);
        let (officer, approver) = (&two.mie.officer, &two.mie.approver);
        let recipients = format!("/entrustments/{}/recipients", two.entrustment);
        let form = officer.get(&format!("{recipients}/new")).await.main_form();
        let known = form.set_all(&[
            ("name", "架空センター"), ("kind", "facility"), ("address", "center@facility.example"), ("purpose", "名簿の確認"),
        ]).submit().await.path;
        let id = known.rsplit('/').next().unwrap().to_owned();
        let form = officer.get(&format!("{}/new", list_of(&two))).await;
        assert!(!form.has("input[name=recipients]"), "not before it is approved");
        approver.get(&known).await.main_form().set("decision", "approved").submit().await;

        let page = officer.get(&format!("{}/new", list_of(&two))).await;
        let items = page.attributes("input[name=items]", "value");
        let nobody = page.main_form().set_all(&[("direction", "to_recipients"), ("purpose", "確認")]);
        let nobody = nobody.check("items", &items[0]).submit().await;
        assert_eq!((nobody.status, nobody.wrong_fields()), (422, vec!["recipients".to_owned()]));
        let to = [("direction", "to_recipients"), ("recipients", id.as_str())];
        let path = begun(&two, officer, &to).await.path;
        let (name, address): (String, String) = d::table
            .filter(d::handover_id.eq(path.rsplit('/').next().unwrap()))
            .select((d::name, d::address))
            .first(&mut app.connection())
            .unwrap();
        assert_eq!((name.as_str(), address.as_str()), ("架空センター", "center@facility.example"));
        brought(&app, officer, &path, "職員.csv", LIST).await;
        proposed(officer, &path).await;
        decided(approver, &path, "approved").await;

        let ended = officer.get(&known).await.form("main form[action$='/end']").submit().await;
        assert_eq!(ended.status, 303);
        app.clock.advance(Duration::minutes(10));
        app.run_jobs();
        assert_eq!(status(&app, &path), HandoverStatus::Returned);
        assert!(app.acts(two.mie.id).contains(&"handover.held_back".to_owned()));
        let mut told = vec![officer.email.clone(), approver.email.clone()];
        told.sort();
        assert_eq!(sent_to(&app, "handover_held_back"), told);
        assert!(officer.get(&path).await.body.contains("届ける前の再確認"));
        assert!(!app.mails().iter().any(|mail| mail.to_address == "center@facility.example"));
    }

    async fn a_contractor_who_works_alone_is_approved_by_the_principal(app: App) {
        let two = two(&app);
        let (person, officer) = (&two.office.representative, &two.mie.officer);
        register_handler(&app, &two.mie, two.entrustment);
        let path = begun(&two, person, &[]).await.path;
        brought(&app, person, &path, "結果.csv", LIST).await;
        assert_eq!(officer.get(&path).await.status, 404, "not before it is proposed");
        assert!(!officer.get(&list_of(&two)).await.has("tbody"));
        proposed(person, &path).await;
        let mut deciders = [&two.mie.administrator, officer, &two.mie.approver].map(|one| one.email.clone());
        deciders.sort();
        assert_eq!(sent_to(&app, "handover_asked"), deciders);
        assert_eq!(two.mie.auditor.get(&path).await.status, 404, "an auditor sees what happened");
        assert_eq!(officer.get(&list_of(&two)).await.texts("tbody th"), ["第1号"]);
        let back = decided(officer, &path, "returned").await;
        assert_eq!((back.status, back.path.as_str()), (303, list_of(&two).as_str()));
        assert_eq!(officer.get(&path).await.status, 404, "the contractor's own again");
        assert_eq!(sent_to(&app, "handover_returned"), [person.email.as_str()]);
        proposed(person, &path).await;
        decided(officer, &path, "approved").await;
        app.clock.advance(Duration::minutes(10));
        app.run_jobs();
        assert_eq!(status(&app, &path), HandoverStatus::Sent);
        assert_eq!(two.mie.auditor.get(&path).await.status, 200);
    }

    async fn giving_it_up_destroys_its_files(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let path = begun(&two, officer, &[]).await.path;
        brought(&app, officer, &path, "職員.csv", LIST).await;
        let form = officer.get(&path).await.form("form[action$='/discard']");
        assert_eq!(form.submit().await.status, 303);
        assert_eq!(status(&app, &path), HandoverStatus::Discarded);
        let acts = app.acts(two.mie.id);
        assert!(acts.contains(&"handover.discarded".to_owned()), "{acts:?}");
        assert!(acts.contains(&"handover.files_destroyed".to_owned()), "{acts:?}");
        let again = post(officer, &format!("{path}/propose"), &[("version", "2")]).await;
        assert_eq!(again.status, 409);
    }

    async fn every_wrong_field_of_a_hand_over_is_said(app: App) {
        let two = two(&app);
        let page = two.mie.officer.get(&format!("{}/new", list_of(&two))).await;
        let item = page.attributes("input[name=items]", "value").remove(0);
        for (field, typed) in [
            ("direction", "to_principal"), ("purpose", ""), ("valid_days", "31"), ("downloads", "0"),
            ("direction", "to_recipients"),
        ] {
            let form = page.main_form().set("purpose", "監査").check("items", &item);
            let again = form.set(field, typed).submit().await;
            assert_eq!((again.status, again.wrong_fields()), (422, vec![field.to_owned()]), "{typed}");
        }
        let form = page.main_form().set("purpose", "監査");
        assert_eq!(form.submit().await.wrong_fields(), ["items"]);
        let strange = page.main_form().set("purpose", "監査").check("items", &item);
        let strange = strange.adding("recipients", "018f0000-0000-7000-8000-000000000001").submit().await;
        assert_eq!(strange.wrong_fields(), ["recipients"], "nothing is passed over");
        assert!(!app.acts(two.mie.id).iter().any(|act| act.starts_with("handover.")));
    }

    async fn the_list_is_filtered_sorted_and_handed_out(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        for _ in 0..2 {
            begun(&two, officer, &[]).await;
        }
        let list = |query: &str| format!("{}?{query}", list_of(&two));
        for (query, expected) in [
            ("", vec!["第2号", "第1号"]), ("sort=position", vec!["第1号", "第2号"]), ("status=draft", vec!["第2号", "第1号"]),
            ("status=sent", vec![]), ("direction=to_contractor", vec!["第2号", "第1号"]), ("direction=to_principal", vec![]),
            ("sort=-sent_at&page=x&status=x", vec!["第2号", "第1号"]),
        ] {
            assert_eq!(officer.get(&list(query)).await.texts("tbody th"), expected, "{query}");
        }
        let file = officer.download(&format!("{}.csv?sort=position", list_of(&two))).await;
        let text = String::from_utf8(file).unwrap();
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(text.contains("委託元から委託先へ") && text.contains("髙橋社会保険労務士事務所"));
        let home = officer.get(&format!("/entrustments/{}", two.entrustment)).await;
        assert!(home.body.contains("第2号　令和8年度の指導監査の準備"));
        let other = two.office.representative.get(&list("")).await;
        assert!(other.status == 200 && !other.has("tbody"), "drafts are the sender's");
        let town = app.principal("津島町");
        assert_eq!(town.officer.get(&list("")).await.status, 404);
        assert_eq!(town.officer.get(&format!("{}.csv", list_of(&two))).await.status, 404);
    }
}
