//! Many idle connections in little memory (figure 12): the portal's own process, measured from
//! outside. Run by `tests/idle`, which allows as many open files as the machine does.

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

/// The most memory in MiB (figure 12).
const MOST: u64 = 512;

struct Portal(Child);

impl Drop for Portal {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The resident memory of a process in KiB.
fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

fn open_files() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap_or(usize::MAX)
}

async fn ask(port: u16, stream: &mut TcpStream) -> String {
    let head = format!("GET /healthz HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut read = [0; 4096];
    let answer = tokio::time::timeout(Duration::from_secs(10), stream.read(&mut read));
    let bytes = answer.await.expect("an answer in time").unwrap();
    String::from_utf8_lossy(&read[..bytes]).into_owned()
}

#[tokio::test]
#[ignore = "takes 10,000 connections: tests/idle runs it"]
async fn ten_thousand_idle_connections_stay_within_the_memory() {
    // Some files are open besides.
    let wanted = 10_000.min(open_files().saturating_sub(200));
    let folder = tempfile::tempdir().unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = free.local_addr().unwrap().port();
    drop(free);
    let migrate = Command::new(env!("CARGO_BIN_EXE_azukari"))
        .args(["migrate", "--data"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .status();
    assert!(migrate.unwrap().success());
    let portal = Command::new(env!("CARGO_BIN_EXE_azukari"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}")])
        .args(["--base-url", &format!("http://127.0.0.1:{port}"), "--idle-seconds", "600"])
        .args(["--head-seconds", "30", "--data"])
        .arg(folder.path())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let portal = Portal(portal);
    let process = portal.0.id();
    let since = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).await.is_err() {
        assert!(since.elapsed() < Duration::from_mins(1), "it doesn't start");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let before = resident(process);
    let mut idle = Vec::new();
    for _ in 0..wanted {
        let mut stream = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
        // One that asked for something is kept longer, and has its buffers.
        assert!(ask(port, &mut stream).await.starts_with("HTTP/1.1 200"));
        idle.push(stream);
    }
    let after = resident(process);
    let mut another = TcpStream::connect(("127.0.0.1", port)).await.unwrap();
    let since = Instant::now();
    assert!(ask(port, &mut another).await.starts_with("HTTP/1.1 200"));
    let answered = since.elapsed();
    let mut still = 0;
    for stream in idle.iter_mut().step_by(97) {
        assert!(ask(port, stream).await.starts_with("HTTP/1.1 200"));
        still += 1;
    }
    println!(
        "figure 12: {wanted} idle connections, {} MiB resident ({} MiB before, {} KiB each); another is answered in {answered:?}, {still} of {still} of the idle ones still are",
        after / 1024,
        before / 1024,
        (after - before) / u64::try_from(wanted).unwrap(),
    );
    assert!(after < MOST * 1024, "{after} KiB");
    assert_eq!(wanted, 10_000, "the machine allows no more: ulimit -n");
}
