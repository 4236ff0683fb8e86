//! Files that come by a form; who may send them; how they go again.

use azukari::database::schema::handover;
use azukari::handover::{File, FileState, HandoverStatus};
use azukari::rulebook::Party;
use azukari::storage;
use diesel::prelude::*;

use super::sending::{Sender, bytes, files, form, plain};
use super::{draft, two};
use crate::app::{App, Page, both};

both! {
    async fn files_come_by_a_form(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let officer = &two.mie.officer;
        let large = bytes(9 << 20);
        let form = form(officer, &of).await.file("files", "C:\\名簿\\職員.CSV", b"name\r\n");
        let page = form.file("files", "台帳.xlsx", &large).submit_unfollowed().await;
        assert_eq!((page.status, &*page.path), (303, &*of.path), "{}", page.text("main"));
        let kept = files(&app, &of);
        let facts: Vec<_> = kept.iter().map(|f| (&*f.name, f.size, f.received, f.position)).collect();
        assert_eq!(facts, [("職員.CSV", 6, 6, 1), ("台帳.xlsx", 9 << 20, 9 << 20, 2)]);
        assert!(kept.iter().all(|file| file.state == FileState::Checking && file.hash_state.is_empty()));
        assert_eq!(kept[1].sha256, storage::sha256(&large));
        assert_eq!(plain(&app, &kept[0]).unwrap(), b"name\r\n");
        assert!(plain(&app, &kept[1]).unwrap() == large);
        assert_eq!(app.stored().len(), 2);
        for object in app.stored() {
            let stored = std::fs::read(object).unwrap();
            assert!(!stored.windows(12).any(|at| at == &large[..12] || at.starts_with(b"name\r\n")));
        }
        let acts = app.acts(two.mie.id);
        assert_eq!(acts.iter().filter(|act| *act == "handover.file_added").count(), 2);
        let page = officer.get(&format!("{}/files", of.path)).await;
        assert_eq!(page.texts("tbody .file-name"), ["職員.CSV", "台帳.xlsx"]);
    }

    async fn of_a_form_with_something_wrong_nothing_is_kept(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let officer = &two.mie.officer;
        let page = form(officer, &of).await.submit().await;
        assert_eq!((page.status, page.wrong_fields()), (422, vec!["files".to_owned()]));
        let form_with = form(officer, &of).await.file("files", "a.csv", b"a").file("files", "b.csv", b"");
        let page = form_with.submit().await;
        assert_eq!((page.status, page.wrong_fields()), (422, vec!["files".to_owned()]));
        assert!(page.body.contains("中身のないファイル"));
        assert!(files(&app, &of).is_empty());
        app.run_jobs();
        assert!(app.stored().is_empty(), "{:?}", app.stored());
        let mut many = form(officer, &of).await;
        for n in 0..51 {
            many = many.file("files", &format!("{n}.txt"), b"x");
        }
        let page = many.submit().await;
        assert_eq!((page.status, page.wrong_fields()), (422, vec!["files".to_owned()]));
        assert!(page.body.contains("50個") && files(&app, &of).is_empty());
    }

    async fn only_the_side_that_hands_over_puts_files_in(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let town = app.principal("津島町");
        let representative = &two.office.representative;
        let own = form(&two.mie.officer, &of).await;
        let token = |page: &Page| page.attributes("input[name=csrf]", "value").remove(0);
        for (person, status) in [(representative, 404), (&town.officer, 404), (&two.mie.auditor, 403)] {
            assert_eq!(person.get(&format!("{}/files", of.path)).await.status, status);
            let csrf = token(&person.get("/help").await);
            let sender = Sender { person, csrf, path: of.path.clone() };
            assert_eq!(sender.announce(1, "a.csv").await.status, status);
            let options = sender.ask("OPTIONS", &format!("{}/uploads", of.path), &[], b"").await;
            assert_eq!(options.status, status);
        }
        let sender = Sender::new(&two.mie.officer, &of).await;
        let upload = sender.begin(4).await;
        for (person, status) in [(representative, 404), (&town.officer, 404), (&two.mie.auditor, 403)] {
            let csrf = token(&person.get("/help").await);
            let other = Sender { person, csrf, path: of.path.clone() };
            assert_eq!(other.ask("HEAD", &upload, &[], b"").await.status, status);
            assert_eq!(other.patch(&upload, 0, b"1234").await.status, status);
            assert_eq!(other.ask("DELETE", &upload, &[], b"").await.status, status);
        }
        for token in ["", "00"] {
            let forged = Sender { person: sender.person, csrf: token.to_owned(), path: of.path.clone() };
            assert_eq!(forged.announce(1, "a.csv").await.status, 403);
            assert_eq!(forged.patch(&upload, 0, b"1234").await.status, 403);
            assert_eq!(forged.ask("DELETE", &upload, &[], b"").await.status, 403);
        }
        let elsewhere = [("sec-fetch-site", "cross-site")];
        assert_eq!(sender.ask("DELETE", &upload, &elsewhere, b"").await.status, 403);
        assert_eq!(sender.offset(&upload).await, 0);
        diesel::update(handover::table.filter(handover::id.eq(of.id)))
            .set(handover::status.eq(HandoverStatus::Proposed))
            .execute(&mut app.connection())
            .unwrap();
        assert_eq!(own.file("files", "a.csv", b"a").submit_unfollowed().await.status, 409);
        assert_eq!(sender.patch(&upload, 0, b"1234").await.status, 409);
        assert_eq!(files(&app, &of).len(), 1);
    }

    async fn what_is_taken_out_nobody_can_read(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let officer = &two.mie.officer;
        form(officer, &of).await.file("files", "a.csv", b"49").submit_unfollowed().await;
        let kept = files(&app, &of).remove(0);
        let object = std::fs::read(app.stored().remove(0)).unwrap();
        let page = officer.get(&format!("{}/files", of.path)).await;
        let remove = page.form("form[action$='/remove']");
        let removed = remove.submit_unfollowed().await;
        assert_eq!((removed.status, &*removed.path), (303, &*of.path));
        assert!(app.acts(two.mie.id).contains(&"handover.file_removed".to_owned()));
        assert!(files(&app, &of).is_empty());
        let left = File { wrapped_key: String::new(), ..kept };
        let gone = plain(&app, &left).unwrap_err();
        assert!(matches!(gone, azukari::error::Error::Gone("error-file-destroyed")), "{gone}");
        assert!(!object.is_empty());
        app.run_jobs();
        assert!(app.stored().is_empty(), "{:?}", app.stored());

        let sender = Sender::new(officer, &of).await;
        let upload = sender.begin(4).await;
        assert_eq!(sender.patch(&upload, 0, b"12").await.status, 204);
        assert_eq!(sender.ask("DELETE", &upload, &[], b"").await.status, 204);
        let removed = app.acts(two.mie.id);
        assert_eq!(removed.iter().filter(|act| *act == "handover.file_removed").count(), 2);
        assert_eq!(sender.ask("HEAD", &upload, &[], b"").await.status, 404);
        assert_eq!(sender.patch(&upload, 2, b"34").await.status, 404);
        app.run_jobs();
        assert!(app.stored().is_empty() && files(&app, &of).is_empty());
    }

    async fn a_file_goes_to_one_recipient_or_to_all(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let foreign = draft(&app, two.mie.id, two.entrustment, Party::Principal).delivery;
        let officer = &two.mie.officer;
        form(officer, &of).await.file("files", "a.csv", b"49").submit_unfollowed().await;
        let kept = files(&app, &of).remove(0);
        assert_eq!(kept.delivery_id, None);
        let to = format!("{}/files/{}/recipient", of.path, kept.id);
        let page = officer.get(&format!("{}/files", of.path)).await;
        let csrf = page.attributes("input[name=csrf]", "value").remove(0);
        for (chosen, status, expected) in [
            (of.delivery.as_str(), 303, Some(of.delivery)),
            (foreign.as_str(), 404, Some(of.delivery)),
            ("x", 404, Some(of.delivery)),
            ("", 303, None),
        ] {
            let fields = [("csrf", &*csrf), ("delivery_id", chosen)];
            assert_eq!(officer.post(&to, &fields).await.status, status, "{chosen}");
            assert_eq!(files(&app, &of)[0].delivery_id, expected);
        }
        assert!(app.acts(two.mie.id).contains(&"handover.file_addressed".to_owned()));
    }

    async fn what_nobody_finishes_goes_after_a_day(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let sender = Sender::new(&two.mie.officer, &of).await;
        let upload = sender.begin(4).await;
        assert_eq!(sender.patch(&upload, 0, b"12").await.status, 204);
        app.run_jobs();
        app.clock.advance(chrono::Duration::hours(20));
        app.run_jobs();
        assert_eq!((files(&app, &of).len(), app.stored().len()), (1, 1));
        app.clock.advance(chrono::Duration::hours(28));
        app.run_jobs();
        assert!(files(&app, &of).is_empty() && app.stored().is_empty());
        assert!(app.acts(two.mie.id).contains(&"handover.upload_expired".to_owned()));
    }
}
