//! Files that come in parts: in order and out of it, broken off, two at once.

use std::time::Duration;

use azukari::handover::FileState;
use azukari::rulebook::Party;
use azukari::storage;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use super::sending::{Sender, bytes, files, header, plain};
use super::{draft, two};
use crate::app::{App, both};

both! {
    async fn a_file_comes_in_parts(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Contractor);
        let sender = Sender::new(&two.office.representative, &of).await;
        let page = sender.ask("OPTIONS", &format!("{}/uploads", of.path), &[], b"").await;
        assert_eq!((page.status, &*header(&page, "tus-version")), (204, "1.0.0"));
        assert_eq!(header(&page, "tus-extension"), "creation,termination,expiration");
        assert_eq!(header(&page, "tus-max-size"), "2147483648");

        let whole = bytes(300_000);
        let created = sender.announce(whole.len(), "../結果\u{202e}.csv").await;
        assert_eq!((created.status, &*header(&created, "tus-resumable")), (201, "1.0.0"));
        assert_eq!(header(&created, "upload-expires"), "Thu, 02 Apr 2026 00:00:00 GMT");
        let upload = created.path;
        assert_eq!(app.acts(two.mie.id).last().unwrap(), "handover.upload_begun");
        assert_eq!(sender.offset(&upload).await, 0);
        let first = sender.patch(&upload, 0, &whole[..100_000]).await;
        assert_eq!((first.status, &*header(&first, "upload-offset")), (204, "100000"));
        // Repeated, out of order, overlapping, too much.
        assert_eq!(sender.patch(&upload, 0, &whole[..100_000]).await.status, 409);
        assert_eq!(sender.patch(&upload, 200_000, &whole[200_000..]).await.status, 409);
        assert_eq!(sender.patch(&upload, 50_000, &whole[50_000..150_000]).await.status, 409);
        assert_eq!(sender.patch(&upload, 100_000, &bytes(200_001)).await.status, 413);
        let kind = [("upload-offset", "100000"), ("content-type", "application/octet-stream")];
        assert_eq!(sender.ask("PATCH", &upload, &kind, b"x").await.status, 415);
        let kind = [("content-type", "application/offset+octet-stream")];
        assert_eq!(sender.ask("PATCH", &upload, &kind, b"x").await.status, 400);
        let other = sender.ask("HEAD", &upload, &[("tus-resumable", "0.2.2")], b"").await;
        assert_eq!((other.status, &*header(&other, "tus-version")), (412, "1.0.0"));
        assert_eq!(sender.patch(&upload, 100_000, b"").await.status, 204);
        assert_eq!((sender.offset(&upload).await, app.stored().len()), (100_000, 1));

        assert_eq!(sender.patch(&upload, 100_000, &whole[100_000..100_001]).await.status, 204);
        let last = sender.patch(&upload, 100_001, &whole[100_001..]).await;
        assert_eq!((last.status, &*header(&last, "upload-offset")), (204, "300000"));
        let kept = files(&app, &of).remove(0);
        assert_eq!((kept.state, &*kept.name), (FileState::Checking, "結果.csv"));
        assert_eq!(kept.sha256, storage::sha256(&whole));
        assert!(plain(&app, &kept).unwrap() == whole && kept.hash_state.is_empty());
        assert!(app.acts(two.mie.id).contains(&"handover.file_added".to_owned()));
        assert_eq!(sender.patch(&upload, 300_000, b"").await.status, 409, "it is complete");
        assert_eq!(sender.offset(&upload).await, 300_000);
    }

    async fn what_is_announced_wrong_is_not_begun(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let sender = Sender::new(&two.mie.officer, &of).await;
        let to = format!("{}/uploads", of.path);
        let foreign = draft(&app, two.mie.id, two.entrustment, Party::Principal).delivery;
        let delivery = format!("delivery {}", STANDARD.encode(foreign.as_str()));
        for (headers, status) in [
            (vec![("upload-length", "0")], 422),
            (vec![("upload-length", "2147483649")], 413),
            (vec![("upload-length", "x")], 400),
            (vec![("upload-defer-length", "1")], 400),
            (vec![("upload-length", "1"), ("tus-resumable", "2.0.0")], 412),
            (vec![("upload-length", "1"), ("upload-metadata", &*delivery)], 404),
        ] {
            let page = sender.ask("POST", &to, &headers, b"").await;
            assert_eq!(page.status, status, "{headers:?}");
            assert!(status == 404 || page.body.contains("error"), "{}", page.body);
        }
        assert!(files(&app, &of).is_empty());
        let own = format!("delivery {}", STANDARD.encode(of.delivery.as_str()));
        let headers = [("upload-length", "1"), ("upload-metadata", &*own)];
        assert_eq!(sender.ask("POST", &to, &headers, b"").await.status, 201);
        assert_eq!(files(&app, &of)[0].delivery_id, Some(of.delivery));
    }

    async fn what_came_before_the_line_broke_is_kept(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let sender = Sender::new(&two.mie.officer, &of).await;
        let whole = bytes(2_000_000);
        let upload = sender.begin(whole.len()).await;
        let mut line = sender.connect().await;
        line.write_all(sender.part_head(&upload, whole.len()).as_bytes()).await.unwrap();
        line.write_all(&whole[..1_234_567]).await.unwrap();
        line.shutdown().await.unwrap();
        drop(line);
        let mut offset = 0;
        for _ in 0..100 {
            offset = sender.offset(&upload).await;
            if offset > 0 {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        assert_eq!(offset, 1_234_567);
        let last = sender.patch(&upload, offset, &whole[offset..]).await;
        assert_eq!(last.status, 204);
        let kept = files(&app, &of).remove(0);
        assert_eq!(kept.sha256, storage::sha256(&whole));
        assert!(plain(&app, &kept).unwrap() == whole);
    }

    async fn of_two_parts_at_one_place_one_is_kept(app: App) {
        let two = two(&app);
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let sender = Sender::new(&two.mie.officer, &of).await;
        let upload = sender.begin(400_000).await;
        let sent = [bytes(400_000), vec![7; 400_000]];
        let mut lines = [sender.connect().await, sender.connect().await];
        for (line, body) in lines.iter_mut().zip(&sent) {
            line.write_all(sender.part_head(&upload, body.len()).as_bytes()).await.unwrap();
            line.write_all(&body[..300_000]).await.unwrap();
        }
        // Both are under way by now.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let mut answers = Vec::new();
        for (line, body) in lines.iter_mut().zip(&sent) {
            line.write_all(&body[300_000..]).await.unwrap();
            let mut read = vec![0; 8192];
            let got = line.read(&mut read).await.unwrap();
            answers.push(String::from_utf8_lossy(&read[..got]).into_owned());
        }
        assert!(answers[0].starts_with("HTTP/1.1 204"), "{}", answers[0]);
        assert!(answers[1].starts_with("HTTP/1.1 409"), "{}", answers[1]);
        let kept = files(&app, &of).remove(0);
        assert_eq!(kept.sha256, storage::sha256(&sent[0]));
        assert!(plain(&app, &kept).unwrap() == sent[0]);
        assert_eq!(app.stored().len(), 1, "the other one's object is gone");
    }
}
