//! The same files as people would send them: through the form, the store and the job that looks.

use std::collections::BTreeSet;

use azukari::contents::{Contents, Unreadable};
use azukari::database::schema::handover_stop as s;
use azukari::handover::{File, FileState, Stop};
use azukari::rulebook::Party;
use diesel::prelude::*;

use super::super::sending::{Sender, files, form};
use super::super::{Draft, draft, two};
use super::{Case, corpus};
use crate::app::{App, both};

/// Files of one hand-over.
const TOGETHER: usize = 40;
/// Most bytes of a file that is sent here; the largest are looked at without the portal.
const SENT: usize = 8 * 1024 * 1024;

/// Names under which nobody may overwrite, hide or end anything.
const NAMES: [&str; 14] = [
    "../../etc/passwd.txt",
    "..\\..\\windows\\win.ini.txt",
    "C:\\autoexec.txt",
    "/dev/null.txt",
    "a\u{202e}txt.exe.txt",
    "a\u{0}.txt",
    "a\r\nx-evil: 1\r\n.txt",
    "\"; filename=\"b.txt",
    "CON.txt",
    ".txt",
    " . .txt",
    "<script>alert(1)</script>.txt",
    "%2e%2e%2fa.txt",
    "a.txt:stream.txt",
];

/// Which files of a hand-over are stopped, and by what.
fn stops(app: &App, of: &Draft) -> Vec<(String, Stop)> {
    let all: Vec<(Option<String>, Stop)> = s::table
        .filter(s::handover_id.eq(of.id))
        .filter(s::mended_at.is_null())
        .select((s::file_id, s::stop))
        .load(&mut app.connection())
        .unwrap();
    all.into_iter().map(|(file, stop)| (file.unwrap_or_default(), stop)).collect()
}

/// What the page says of a file that isn't looked into.
fn said(why: Unreadable) -> Option<&'static str> {
    Some(match why {
        Unreadable::Encrypted => "パスワードまたは暗号化",
        Unreadable::Broken => "壊れているか、拡張子と中身が違います",
        Unreadable::Bomb => "展開すると大きくなりすぎる",
        Unreadable::Path => "書庫の外を指すファイル名",
        Unreadable::Unknown => "知らない形式",
        _ => return None,
    })
}

fn run_all(app: &App) {
    while app.run_jobs() > 0 {}
}

both! {
    async fn every_file_of_the_corpus_is_answered_and_the_portal_goes_on(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let made: Vec<(Case, Vec<u8>)> = corpus().into_iter().map(|case| {
            let bytes = (case.make)();
            (case, bytes)
        }).filter(|(_, bytes)| (1..=SENT).contains(&bytes.len())).collect();
        assert!(made.len() >= 60, "{}", made.len());
        for some in made.chunks(TOGETHER) {
            let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
            let mut form = form(officer, &of).await;
            for (case, bytes) in some {
                form = form.file("files", case.name, bytes);
            }
            let page = form.submit_unfollowed().await;
            assert_eq!(page.status, 303, "{}", page.text("main"));
            run_all(&app);
            let kept = files(&app, &of);
            let stops = stops(&app, &of);
            assert_eq!(kept.len(), some.len());
            let page = officer.get(&of.path).await;
            assert_eq!(page.status, 200);
            for ((case, _), file) in some.iter().zip(&kept) {
                let what = format!("{} {}", case.what, case.name);
                assert_eq!(file.state, FileState::Checked, "{what}");
                let found = file.found().unwrap();
                assert!(case.answer.is(&found), "{what}: {:?}, but {found:?}", case.answer);
                let stopped = stops.iter().any(|(of, stop)| {
                    *of == file.id.to_string() && *stop != Stop::ItemsBeyond
                });
                assert_eq!(stopped, case.answer.stops(), "{what}: {stops:?}");
            }
            let found: Vec<_> = kept.iter().filter_map(File::found).collect();
            let why: BTreeSet<_> =
                found.iter().flat_map(Contents::all).filter_map(|one| one.unreadable).collect();
            for (why, words) in why.into_iter().filter_map(|why| Some((why, said(why)?))) {
                assert!(page.body.contains(words), "{why}: {words}");
            }
        }
        assert_eq!(officer.get("/").await.status, 200);
    }

    async fn names_of_files_lead_nowhere(app: App) {
        let two = two(&app);
        let officer = &two.mie.officer;
        let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
        let sender = Sender::new(officer, &of).await;
        for name in NAMES.map(str::to_owned).into_iter().chain(["長".repeat(5000) + ".txt"]) {
            let sent = form(officer, &of).await.file("files", &name, b"text").submit_unfollowed().await;
            assert!(matches!(sent.status, 303 | 400 | 422), "{name:?}: {}", sent.status);
            let announced = sender.announce(4, &name).await;
            assert!(matches!(announced.status, 201 | 400 | 413 | 422), "{name:?}: {}", announced.status);
        }
        let kept = files(&app, &of);
        assert!(!kept.is_empty());
        for file in kept {
            let name = &file.name;
            let strange = ['/', '\\', ':', '"', '<', '>', '\u{0}', '\r', '\n', '\u{202e}'];
            assert!(!name.contains(strange) && !name.starts_with('.'), "{name:?}");
            assert!(name.chars().count() <= 140, "{name:?}");
        }
        run_all(&app);
        assert_eq!(officer.get(&of.path).await.status, 200);
    }
}
