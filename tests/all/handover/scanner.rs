//! The virus scanner: what it finds is never handed out, and without it files wait.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};

use azukari::database::Kind;
use azukari::handover::FileState;
use azukari::rulebook::Party;

use super::sending::{files, form};
use super::{Draft, draft, two};
use crate::app::App;

/// A scanner that hangs up so many times, and then answers so many times by what it is given.
fn scan(listener: TcpListener, hang_ups: usize, answers: usize) -> std::thread::JoinHandle<()> {
    std::thread::spawn(move || {
        for _ in 0..hang_ups {
            drop(listener.accept().unwrap());
        }
        for _ in 0..answers {
            let (mut line, _) = listener.accept().unwrap();
            let mut command = [0; 10];
            line.read_exact(&mut command).unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut all = Vec::new();
            loop {
                let mut length = [0; 4];
                line.read_exact(&mut length).unwrap();
                let mut chunk = vec![0; usize::try_from(u32::from_be_bytes(length)).unwrap()];
                line.read_exact(&mut chunk).unwrap();
                if chunk.is_empty() {
                    break;
                }
                all.extend(chunk);
            }
            let found = all.windows(5).any(|at| at == b"EICAR");
            let answer: &[u8] =
                if found { b"stream: Eicar-Test-Signature FOUND\0" } else { b"stream: OK\0" };
            line.write_all(answer).unwrap();
        }
    })
}

fn app(kind: Kind, scanner: SocketAddr) -> App {
    App::spawn_with(kind, |config| {
        config.clamav = Some(scanner.to_string().parse().unwrap());
        None
    })
}

fn states(app: &App, of: &Draft) -> Vec<FileState> {
    files(app, of).iter().map(|file| file.state).collect()
}

async fn is_found(kind: Kind) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let app = app(kind, listener.local_addr().unwrap());
    let two = two(&app);
    let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
    let form = form(&two.mie.officer, &of).await.file("files", "a.txt", b"x EICAR x");
    form.file("files", "b.txt", "施設名\r\n".as_bytes()).submit_unfollowed().await;
    let scanner = scan(listener, 0, 2);
    app.run_jobs();
    scanner.join().unwrap();
    assert_eq!(states(&app, &of), [FileState::Infected, FileState::Checked]);
    let told = app.ledger(two.mie.id);
    let told: Vec<_> = told.iter().filter(|e| e.act == "handover.file_infected").collect();
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].details.0["signature"], "Eicar-Test-Signature");
    let page = two.mie.officer.get(&format!("{}/files", of.path)).await;
    assert!(page.body.contains("ウイルスを検出"));
}

async fn is_waited_for(kind: Kind) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let app = app(kind, listener.local_addr().unwrap());
    let scanner = scan(listener, 3, 1);
    let two = two(&app);
    let of = draft(&app, two.mie.id, two.entrustment, Party::Principal);
    let form = form(&two.mie.officer, &of).await;
    form.file("files", "a.txt", "施設名\r\n".as_bytes()).submit_unfollowed().await;
    for _ in 0..3 {
        app.run_jobs();
        assert_eq!(states(&app, &of), [FileState::Quarantined]);
        app.clock.advance(chrono::Duration::minutes(6));
    }
    app.run_jobs();
    scanner.join().unwrap();
    assert_eq!(states(&app, &of), [FileState::Checked]);
    let waited = app.acts(two.mie.id);
    assert_eq!(waited.iter().filter(|act| *act == "handover.file_quarantined").count(), 1);
}

#[tokio::test]
async fn what_the_scanner_finds_is_told_on_sqlite() {
    is_found(Kind::Sqlite).await;
}

#[tokio::test]
async fn what_the_scanner_finds_is_told_on_postgresql() {
    is_found(Kind::Postgresql).await;
}

#[tokio::test]
async fn files_wait_for_the_scanner_on_sqlite() {
    is_waited_for(Kind::Sqlite).await;
}

#[tokio::test]
async fn files_wait_for_the_scanner_on_postgresql() {
    is_waited_for(Kind::Postgresql).await;
}
