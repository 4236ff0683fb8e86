//! Connections that are too slow end by themselves.

use std::time::{Duration, Instant};

use azukari::database::Kind;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpSocket, TcpStream};

use crate::app::{App, Person};

/// Deadlines of one second, so that the tests needn't wait long.
fn app() -> App {
    App::spawn_with(Kind::Sqlite, |config| {
        config.limits.head_seconds = 1;
        config.limits.body_seconds = 1;
        config.limits.idle_seconds = 2;
        None
    })
}

fn address(app: &App) -> &str {
    app.base.trim_start_matches("http://")
}

async fn connect(app: &App) -> TcpStream {
    TcpStream::connect(address(app)).await.unwrap()
}

fn head(app: &App, line: &str, more: &str) -> String {
    format!("{line} HTTP/1.1\r\nhost: {}\r\n{more}\r\n", address(app))
}

/// Sends a byte of `bytes` every 200 ms until the portal hangs up, and says after how long it did.
async fn trickle(stream: &mut TcpStream, bytes: &[u8]) -> (Duration, String) {
    let (since, mut answer) = (Instant::now(), Vec::new());
    for byte in bytes.iter().cycle() {
        if stream.write_all(&[*byte]).await.is_err() {
            break;
        }
        let mut read = [0; 8192];
        match tokio::time::timeout(Duration::from_millis(200), stream.read(&mut read)).await {
            Ok(Ok(0) | Err(_)) => break,
            Ok(Ok(bytes)) => answer.extend_from_slice(&read[..bytes]),
            Err(_) => {}
        }
        assert!(since.elapsed() < Duration::from_secs(10), "it doesn't hang up");
    }
    (since.elapsed(), String::from_utf8_lossy(&answer).into_owned())
}

/// Reads one answer whose body is short.
async fn one_answer(stream: &mut TcpStream) -> String {
    let mut read = [0; 8192];
    let bytes = stream.read(&mut read).await.unwrap();
    String::from_utf8_lossy(&read[..bytes]).into_owned()
}

#[tokio::test]
async fn a_slow_first_head_ends() {
    let app = app();
    let mut stream = connect(&app).await;
    let (after, answer) =
        trickle(&mut stream, b"GET /healthz HTTP/1.1\r\nx: xxxxxxxxxxxxxxxxxxxxxxxxxx").await;
    assert!(after < Duration::from_secs(4), "{after:?}");
    assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
    println!("figure 12: a slow head, allowed 1 s, was closed after {after:?}");
}

#[tokio::test]
async fn a_slow_second_head_ends_too() {
    let app = app();
    let mut stream = connect(&app).await;
    stream.write_all(head(&app, "GET /healthz", "").as_bytes()).await.unwrap();
    assert!(one_answer(&mut stream).await.contains("200 OK"));
    let (after, _) =
        trickle(&mut stream, b"GET /healthz HTTP/1.1\r\nx: xxxxxxxxxxxxxxxxxxxxxxxxxx").await;
    assert!(after < Duration::from_secs(4), "{after:?}");
}

#[tokio::test]
async fn an_idle_connection_ends() {
    let app = app();
    for asks_first in [false, true] {
        let mut stream = connect(&app).await;
        if asks_first {
            stream.write_all(head(&app, "GET /healthz", "").as_bytes()).await.unwrap();
            one_answer(&mut stream).await;
        }
        let since = Instant::now();
        let mut rest = Vec::new();
        let ended =
            tokio::time::timeout(Duration::from_secs(8), stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok(), "asks first: {asks_first}");
        assert!(since.elapsed() < Duration::from_secs(5), "{:?}", since.elapsed());
    }
}

/// The head of a form that `person` sends, with the token in a header.
async fn form_head(app: &App, person: &Person, length: &str) -> String {
    let token = person.get("/contractors").await.attributes("input[name=csrf]", "value").remove(0);
    let more = format!(
        "cookie: {}\r\nx-csrf-token: {token}\r\nsec-fetch-site: same-origin\r\n\
         content-type: application/x-www-form-urlencoded\r\n{length}\r\n",
        person.cookies(),
    );
    head(app, "POST /contractors", &more)
}

#[tokio::test]
async fn a_slow_body_ends_with_a_page_that_says_so() {
    let app = app();
    let officer = app.principal("三重野県").officer;
    for (length, bytes) in [
        ("content-length: 100000", b"name=x&".as_slice()),
        ("transfer-encoding: chunked", b"1\r\nx\r\n"),
    ] {
        let mut stream = connect(&app).await;
        let head = form_head(&app, &officer, length).await;
        stream.write_all(head.as_bytes()).await.unwrap();
        let (after, answer) = trickle(&mut stream, bytes).await;
        assert!(answer.starts_with("HTTP/1.1 408"), "{length}: {answer}");
        assert!(
            answer.contains("時間内に受け取れませんでした") || answer.contains("408"),
            "{length}"
        );
        assert!(after < Duration::from_secs(8), "{length}: {after:?}");
        println!("figure 12: a slow body ({length}), allowed 1 s, was closed after {after:?}");
    }
    assert!(!officer.get("/contractors").await.has("tbody"), "nothing was kept");
}

#[tokio::test]
async fn a_reader_who_does_not_read_is_left() {
    let app = app();
    // A small window, and more answers asked for than fit into what the machine keeps for the reader.
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(4096).unwrap();
    let mut stream = socket.connect(address(&app).parse().unwrap()).await.unwrap();
    let page = app.visitor().get("/sign-in").await;
    let style = page.attributes("link[rel=stylesheet]", "href").remove(0);
    let ask = head(&app, &format!("GET {style}"), "").repeat(100);
    let since = Instant::now();
    let writing = async {
        loop {
            if stream.write_all(ask.as_bytes()).await.is_err() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    let ended = tokio::time::timeout(Duration::from_secs(10), writing).await;
    assert!(ended.is_ok(), "it waits for a reader who doesn't read");
    assert!(since.elapsed() < Duration::from_secs(6), "{:?}", since.elapsed());
    println!(
        "figure 12: a reader who stands still, allowed 1 s, was left after {:?}",
        since.elapsed()
    );
    assert_eq!(app.visitor().get("/healthz").await.status, 200);
}

#[tokio::test]
async fn five_hundred_idle_connections_let_others_in_and_go() {
    let app = app();
    let mut idle = Vec::new();
    for _ in 0..500 {
        idle.push(connect(&app).await);
    }
    assert_eq!(app.visitor().get("/sign-in").await.status, 200);
    tokio::time::sleep(Duration::from_secs(4)).await;
    for stream in &mut idle {
        let mut rest = Vec::new();
        let ended =
            tokio::time::timeout(Duration::from_secs(1), stream.read_to_end(&mut rest)).await;
        assert!(ended.is_ok());
    }
}

#[tokio::test]
async fn a_head_that_is_too_large_is_refused() {
    let app = app();
    let visitor = app.visitor();
    let large =
        visitor.request(reqwest::Method::GET, "/sign-in").header("x-much", "x".repeat(40_000));
    assert_eq!(visitor.send(large).await.status, 400);
    let many = (0..120).fold(visitor.request(reqwest::Method::GET, "/sign-in"), |request, n| {
        request.header(format!("x-{n}"), "x")
    });
    assert!((400..=431).contains(&visitor.send(many).await.status));
}
