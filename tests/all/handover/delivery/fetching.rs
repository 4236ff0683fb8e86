//! Getting it as a member: receipts, counted downloads, parts, the end.

use azukari::actor::Role;
use azukari::database::schema::{
    handover as h, handover_delivery as d, handover_download as dl, handover_file as f,
};
use azukari::handover::{FileState, HandoverStatus};
use azukari::rulebook::Party;
use chrono::Duration;
use diesel::prelude::*;
use futures_util::future::join_all;
use reqwest::Method;

use super::{
    body, body_of, completed, csrf, fetch, head, left, lenient, mailed, noise, organisation, sent,
    status, take, whole,
};
use crate::app::{App, Page, both};

both! {
    async fn a_member_gets_what_came_and_both_sides_have_the_receipt(app: App) {
        let bytes = noise(70_000);
        let sent = sent(&app, Party::Principal, &bytes, 3).await;
        let person = &sent.two.office.representative;
        let list = person.get("/received-hand-overs").await;
        assert!(list.text("tbody").contains("令和8年度の指導監査の準備"), "{}", list.text("main"));
        assert!(list.text("tbody").contains("受取り待ち"));
        for (query, shown) in [("status=waiting", true), ("status=received", false), ("status=x", true), ("page=9", false)] {
            let page = person.get(&format!("/received-hand-overs?{query}")).await;
            assert_eq!(page.has("tbody"), shown, "{query}");
        }
        let page = person.get(&sent.page).await;
        assert!(page.text("main").contains("三重野県") && page.text("main").contains("残りの回数"));
        let path = format!("{}/files/{}/download", sent.page, sent.file);
        let unread = person.post(&path, &[("csrf", &csrf(&page))]).await;
        assert_eq!((unread.status, unread.wrong_fields()), (422, vec!["confirmed".to_owned()]));
        assert_eq!(left(&app, sent.delivery), 3, "who doesn't confirm uses nothing up");

        let taken = take(person, &sent.page, sent.file).await;
        assert_eq!(taken.status, 303, "{}", taken.body);
        assert_eq!(app.acts(sent.two.mie.id).last().unwrap(), "handover.downloaded");
        let answer = fetch(person, &taken.path, &[("accept-encoding", "gzip")]).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(head(&answer, "content-length"), bytes.len().to_string());
        assert_eq!(head(&answer, "accept-ranges"), "bytes");
        assert_eq!(head(&answer, "content-encoding"), "", "the bytes of the file themselves");
        assert_eq!(head(&answer, "cache-control"), "no-store");
        assert_eq!(head(&answer, "x-content-type-options"), "nosniff");
        assert!(head(&answer, "content-disposition").starts_with("attachment; "));
        assert!(head(&answer, "content-security-policy").starts_with("sandbox"));
        assert_eq!(head(&answer, "etag"), format!("\"{}\"", azukari::storage::sha256(&bytes)));
        assert!(body(answer).await == bytes, "the same bytes come out");
        completed(&app, &taken.path).await;
        assert_eq!(fetch(person, &taken.path, &[]).await.status(), 410, "complete: once");
        assert_eq!((left(&app, sent.delivery), app.acts(sent.two.mie.id).last().unwrap().as_str()), (2, "handover.received"));

        app.run_jobs();
        assert_eq!(mailed(&app, "handover_received"), std::slice::from_ref(&sent.two.mie.officer.email));
        assert!(person.get(&sent.page).await.text("main").contains(&person.name), "who received it, and when");
        assert!(person.get("/received-hand-overs?status=received").await.has("tbody"));
        let transmission: Option<String> = d::table.filter(d::id.eq(sent.delivery)).select(d::transmission_id).first(&mut app.connection()).unwrap();
        assert!(transmission.is_some(), "it stands in the register of transmissions");
        // A second one enters nothing more.
        let again = take(person, &sent.page, sent.file).await;
        assert!(whole(&app, person, &again.path).await == bytes);
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_received").len(), 1);
    }

    async fn what_comes_back_the_officer_gets_and_others_of_the_principal_only_see(app: App) {
        let sent = sent(&app, Party::Contractor, b"a,b\n1,2\n", 3).await;
        let mie = &sent.two.mie;
        for reader in [&mie.officer, &mie.administrator, &mie.approver, &mie.auditor] {
            let page = reader.get(&sent.page).await;
            assert_eq!(page.status, 200, "{}", reader.name);
            let fetches = page.has("form[action$='/files']");
            assert_eq!(fetches, [&mie.officer, &mie.administrator].iter().any(|one| one.email == reader.email), "{}", reader.name);
        }
        let elsewhere = app.member(mie.id, Role::Officer, Some(app.division(mie.id, "税務課")));
        assert_eq!(elsewhere.get(&sent.page).await.status, 404, "another division");
        assert!(!elsewhere.get("/received-hand-overs").await.has("tbody"));
        let page = mie.approver.get(&sent.page).await;
        let path = format!("{}/files/{}/download", sent.page, sent.file);
        let fields = [("csrf", &*csrf(&page)), ("confirmed", "on")];
        assert_eq!(mie.approver.post(&path, &fields).await.status, 403);
        assert_eq!(mie.approver.post(&format!("{}/refusal", sent.page), &fields).await.status, 403);
        let taken = take(&mie.officer, &sent.page, sent.file).await;
        assert_eq!(whole(&app, &mie.officer, &taken.path).await, sent.bytes);
        app.run_jobs();
        assert_eq!(mailed(&app, "handover_received"), std::slice::from_ref(&sent.two.office.representative.email));
    }

    async fn nobody_else_sees_or_gets_it(app: App) {
        let sent = sent(&app, Party::Principal, b"a", 3).await;
        let town = app.principal("津島町");
        let stranger = app.joined_contractor(&town, "𠮷田").representative;
        let absent = "/received-hand-overs/018f0000-0000-7000-8000-000000000001";
        for other in [&town.officer, &stranger, &sent.two.mie.officer] {
            for path in ["", "/deletion"] {
                let (theirs, none) = (other.get(&format!("{}{path}", sent.page)).await, other.get(&format!("{absent}{path}")).await);
                assert_eq!((theirs.status, none.status), (404, 404), "{path}");
            }
            let token = csrf(&other.get("/").await);
            for path in [format!("/files/{}/download", sent.file), "/refusal".into(), "/deletion".into()] {
                let fields = [("csrf", &*token), ("confirmed", "on"), ("answer", "deleted_unseen"), ("agreed", "on")];
                assert_eq!(other.post(&format!("{}{path}", sent.page), &fields).await.status, 404, "{path}");
            }
        }
        assert_eq!(left(&app, sent.delivery), 3);
        // Before it was sent there is nothing.
        diesel::update(h::table.filter(h::id.eq(sent.id))).set((h::status.eq(HandoverStatus::Approved), h::sent_at.eq(None::<chrono::NaiveDateTime>)))
            .execute(&mut app.connection()).unwrap();
        let person = &sent.two.office.representative;
        assert_eq!(person.get(&sent.page).await.status, 404);
        assert!(!person.get("/received-hand-overs").await.has("tbody"));
    }

    async fn a_file_that_is_not_checked_is_never_handed_out(app: App) {
        let sent = sent(&app, Party::Principal, b"a", 3).await;
        let person = &sent.two.office.representative;
        let taken = take(person, &sent.page, sent.file).await;
        for state in [FileState::Uploading, FileState::Checking, FileState::Quarantined, FileState::Infected, FileState::Destroyed] {
            diesel::update(f::table.filter(f::id.eq(sent.file))).set(f::state.eq(state)).execute(&mut app.connection()).unwrap();
            assert_eq!(take(person, &sent.page, sent.file).await.status, 410, "{state}");
            assert_eq!(fetch(person, &taken.path, &[]).await.status(), 410, "{state}");
        }
        assert_eq!(left(&app, sent.delivery), 2);
    }
}

both! { with lenient;
    async fn of_a_hundred_at_once_exactly_as_many_get_one_as_there_are(app: App) {
        let sent = sent(&app, Party::Principal, b"a,b\n1,2\n", 7).await;
        let person = &sent.two.office.representative;
        let token = csrf(&person.get(&sent.page).await);
        let path = format!("{}/files/{}/download", sent.page, sent.file);
        let fields = [("csrf", &*token), ("confirmed", "on")];
        let answers = join_all((0..100).map(|_| person.post(&path, &fields))).await;
        let taken: Vec<&Page> = answers.iter().filter(|answer| answer.status == 303).collect();
        let gone = answers.iter().filter(|answer| answer.status == 410).count();
        println!("figure 13: of 100 at once {} got a download of 7, {gone} were refused", taken.len());
        assert_eq!((taken.len(), gone, left(&app, sent.delivery)), (7, 93, 0));
        let rows: i64 = dl::table.filter(dl::delivery_id.eq(sent.delivery)).count().get_result(&mut app.connection()).unwrap();
        assert_eq!(rows, 7);
        let files = join_all(taken.iter().map(|page| async { body(fetch(person, &page.path, &[]).await).await })).await;
        assert!(files.iter().all(|file| *file == sent.bytes));
        assert!(answers.iter().find(|answer| answer.status == 410).unwrap().text("main").contains("決められた回数"));
        // Nothing is left: it ends an hour later, and its key is gone.
        app.run_jobs();
        assert_eq!(status(&app, &sent), HandoverStatus::Sent);
        app.clock.advance(Duration::minutes(61));
        app.run_jobs();
        assert_eq!(status(&app, &sent), HandoverStatus::Ended);
        let key: String = f::table.filter(f::id.eq(sent.file)).select(f::wrapped_key).first(&mut app.connection()).unwrap();
        assert_eq!(key, "", "nobody can read it any more");
    }
}

both! {
    async fn a_download_that_breaks_off_is_resumed_and_counts_once(app: App) {
        let bytes = noise(300_000);
        let sent = sent(&app, Party::Principal, &bytes, 2).await;
        let person = &sent.two.office.representative;
        let handler = app.member(organisation(&app, &sent), Role::Handler, None);
        let path = take(person, &sent.page, sent.file).await.path;
        let tag = format!("\"{}\"", azukari::storage::sha256(&bytes));

        let head_only = person.request(Method::HEAD, &path).send().await.unwrap();
        assert_eq!((head_only.status().as_u16(), head(&head_only, "content-length")), (200, "300000"));
        assert_eq!(head(&head_only, "etag"), tag);
        let part = fetch(person, &path, &[("range", "bytes=0-99999")]).await;
        assert_eq!((part.status().as_u16(), head(&part, "content-range")), (206, "bytes 0-99999/300000"));
        assert!(body(part).await == bytes[..100_000]);
        let beyond = fetch(person, &path, &[("range", "bytes=300000-")]).await;
        assert_eq!((beyond.status().as_u16(), head(&beyond, "content-range")), (416, "bytes */300000"));
        let rest = fetch(person, &path, &[("range", "bytes=200000-"), ("if-range", &tag)]).await;
        assert_eq!((rest.status().as_u16(), head(&rest, "content-length")), (206, "100000"));
        assert!(body(rest).await == bytes[200_000..]);
        for other in [&handler, &sent.two.mie.officer] {
            assert_eq!(fetch(other, &path, &[]).await.status(), 404, "another's session");
        }
        assert_eq!(app.visitor().get(&path).await.status, 303, "nobody's");
        assert!(!app.acts(sent.two.mie.id).contains(&"handover.received".to_owned()), "the middle is missing");
        let middle = fetch(person, &path, &[("range", "bytes=100000-199999")]).await;
        assert!(body(middle).await == bytes[100_000..200_000]);
        completed(&app, &path).await;
        assert_eq!(fetch(person, &path, &[("range", "bytes=0-")]).await.status(), 410, "complete");
        assert_eq!(left(&app, sent.delivery), 1, "three parts, once");
        assert_eq!(app.acts(sent.two.mie.id).iter().filter(|act| *act == "handover.received").count(), 1);
    }

    async fn no_download_hands_out_more_than_three_times_the_file_or_lasts_longer_than_an_hour(app: App) {
        let bytes = noise(10_000);
        let sent = sent(&app, Party::Principal, &bytes, 3).await;
        let person = &sent.two.office.representative;
        let path = take(person, &sent.page, sent.file).await.path;
        let mut whole = 0;
        // Nearly all of it, again and again: never complete.
        while body_of(fetch(person, &path, &[("range", "bytes=0-9998")]).await).await {
            whole += 1;
            assert!(whole < 10);
        }
        assert_eq!(whole, 3, "30,000 bytes and no more");
        let path = take(person, &sent.page, sent.file).await.path;
        assert_eq!(fetch(person, &path, &[("range", "bytes=0-99")]).await.status(), 206);
        app.clock.advance(Duration::milliseconds(3_599_999));
        assert_eq!(fetch(person, &path, &[("range", "bytes=100-199")]).await.status(), 206);
        app.clock.advance(Duration::milliseconds(1));
        assert_eq!(fetch(person, &path, &[("range", "bytes=200-299")]).await.status(), 410);
        app.clock.advance(Duration::days(-1));
        app.comes_back(person);
        assert_eq!(fetch(person, &path, &[("range", "bytes=200-299")]).await.status(), 404, "set back: another session");
    }

    async fn it_ends_to_the_second_and_for_good(app: App) {
        let sent = sent(&app, Party::Principal, b"a,b\n", 3).await;
        let person = &sent.two.office.representative;
        let end: Option<chrono::NaiveDateTime> = h::table.filter(h::id.eq(sent.id)).select(h::valid_until).first(&mut app.connection()).unwrap();
        let end = end.unwrap();
        app.clock.set(end - Duration::seconds(1));
        app.comes_back(person);
        let taken = take(person, &sent.page, sent.file).await;
        assert_eq!(taken.status, 303);
        let token = csrf(&person.get(&sent.page).await);
        app.clock.set(end);
        let path = format!("{}/files/{}/download", sent.page, sent.file);
        assert_eq!(person.post(&path, &[("csrf", &token), ("confirmed", "on")]).await.status, 410);
        assert_eq!(fetch(person, &taken.path, &[]).await.status(), 410);
        let page = person.get(&sent.page).await;
        assert!(!page.has("form[action$='/files']") && page.text("main").contains("この受渡しは終わりました"));
        // The daily round ends it, should its own job be lost.
        app.clock.advance(Duration::days(1));
        app.run_jobs();
        assert_eq!(status(&app, &sent), HandoverStatus::Ended);
        let acts = app.acts(sent.two.mie.id);
        assert!(acts.contains(&"handover.ended".to_owned()) && acts.contains(&"handover.files_destroyed".to_owned()));
        for back in [1, 8, 400] {
            app.clock.set(end - Duration::days(back));
            app.comes_back(person);
            assert_eq!(take(person, &sent.page, sent.file).await.status, 410, "{back} days back");
        }
    }
}
