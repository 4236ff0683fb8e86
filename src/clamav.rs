//! A virus scanner beside the portal: `clamd`, asked over its socket (INSTREAM, see clamd(8)).

use std::fmt;
use std::io::{self, Read, Write};
use std::net::{TcpStream, ToSocketAddrs as _};
use std::str::FromStr;
use std::time::Duration;

/// How long a connection may take.
const CONNECTING: Duration = Duration::from_secs(5);
/// How long the scanner may stand still: it answers when it has looked at everything.
const STILL: Duration = Duration::from_mins(2);
/// Bytes of a chunk.
const CHUNK: usize = 64 * 1024;
/// Most bytes of an answer.
const ANSWER: u64 = 4096;

/// Where the scanner is: the path of a socket, or a host and a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Clamav {
    /// A socket of this machine.
    Socket(std::path::PathBuf),
    /// `HOST:PORT`.
    Network(String),
}

/// What the scanner says of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing was found.
    Clean,
    /// Something was: the name of its signature.
    Found(String),
}

/// The text names no scanner.
#[derive(Debug, thiserror::Error)]
#[error(
    "a scanner is the path of a socket (/run/clamav/clamd.ctl), or a host and a port (127.0.0.1:3310)"
)]
pub struct NoScanner;

impl FromStr for Clamav {
    type Err = NoScanner;

    fn from_str(text: &str) -> Result<Self, NoScanner> {
        let text = text.trim();
        let port = text.rsplit_once(':').filter(|(host, _)| !host.is_empty());
        if text.starts_with('/') {
            Ok(Self::Socket(text.into()))
        } else if port.is_some_and(|(_, port)| port.parse::<u16>().is_ok()) {
            Ok(Self::Network(text.to_owned()))
        } else {
            Err(NoScanner)
        }
    }
}

impl fmt::Display for Clamav {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Socket(path) => write!(f, "{}", path.display()),
            Self::Network(address) => f.write_str(address),
        }
    }
}

/// A connection of either kind.
trait Line: Read + Write {}
impl<T: Read + Write> Line for T {}

impl Clamav {
    /// Whether the scanner answers.
    ///
    /// # Errors
    /// When it can't be reached or says something else.
    pub fn ping(&self) -> io::Result<()> {
        let mut line = self.connect(CONNECTING)?;
        line.write_all(b"zPING\0")?;
        match answer(&mut *line)?.as_str() {
            "PONG" => Ok(()),
            other => Err(io::Error::other(format!("the scanner says {other:?}"))),
        }
    }

    /// Has the scanner look at everything that `bytes` gives.
    ///
    /// # Errors
    /// When the scanner can't be reached, breaks off, or refuses to look (a file larger than its
    /// `StreamMaxLength`, above all); and those of `bytes`.
    pub fn scan(&self, bytes: &mut dyn Read) -> Result<Verdict, ScanError> {
        let mut line = self.connect(STILL).map_err(ScanError::Scanner)?;
        line.write_all(b"zINSTREAM\0").map_err(ScanError::Scanner)?;
        let mut chunk = vec![0; CHUNK];
        loop {
            let read = bytes.read(&mut chunk).map_err(ScanError::Bytes)?;
            let sent = send(&mut *line, chunk.get(..read).unwrap_or_default());
            if sent.is_err() || read == 0 {
                // A scanner that has had enough says why and hangs up.
                let said = answer(&mut *line).or_else(|error| sent.and(Err(error)));
                return verdict(&said.map_err(ScanError::Scanner)?);
            }
        }
    }

    fn connect(&self, still: Duration) -> io::Result<Box<dyn Line>> {
        match self {
            #[cfg(unix)]
            Self::Socket(path) => {
                let stream = std::os::unix::net::UnixStream::connect(path)?;
                stream.set_read_timeout(Some(still))?;
                stream.set_write_timeout(Some(still))?;
                Ok(Box::new(stream))
            }
            #[cfg(not(unix))]
            Self::Socket(_) => Err(io::ErrorKind::Unsupported.into()),
            Self::Network(address) => {
                let unknown = || io::Error::other("the scanner's host has no address");
                let address = address.to_socket_addrs()?.next().ok_or_else(unknown)?;
                let stream = TcpStream::connect_timeout(&address, CONNECTING)?;
                stream.set_read_timeout(Some(still))?;
                stream.set_write_timeout(Some(still))?;
                Ok(Box::new(stream))
            }
        }
    }
}

/// Why nothing was said of a file.
#[derive(Debug, thiserror::Error)]
pub enum ScanError {
    /// The scanner.
    #[error("the virus scanner: {0}")]
    Scanner(io::Error),
    /// The bytes that were to be looked at.
    #[error("the file: {0}")]
    Bytes(io::Error),
}

/// A chunk with its length before it; an empty one ends the stream.
fn send(line: &mut dyn Line, chunk: &[u8]) -> io::Result<()> {
    let length = u32::try_from(chunk.len()).map_err(io::Error::other)?;
    line.write_all(&length.to_be_bytes())?;
    line.write_all(chunk)
}

fn answer(line: &mut dyn Line) -> io::Result<String> {
    let mut text = Vec::new();
    line.take(ANSWER).read_to_end(&mut text)?;
    let text = String::from_utf8_lossy(&text);
    let text = text.trim_end_matches(['\0', '\n']);
    if text.is_empty() { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(text.to_owned()) }
}

/// `stream: OK`, `stream: NAME FOUND`, or why it was not looked at.
fn verdict(said: &str) -> Result<Verdict, ScanError> {
    let about = said.strip_prefix("stream: ").unwrap_or(said);
    match about.strip_suffix(" FOUND") {
        Some(name) => Ok(Verdict::Found(name.chars().take(200).collect())),
        None if about == "OK" => Ok(Verdict::Clean),
        None => Err(ScanError::Scanner(io::Error::other(said.to_owned()))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanner_is_a_socket_or_a_host_with_a_port() {
        let path = "/run/clamav/clamd.ctl";
        assert_eq!(path.parse::<Clamav>().unwrap(), Clamav::Socket(path.into()));
        assert_eq!("[::1]:3310".parse::<Clamav>().unwrap(), Clamav::Network("[::1]:3310".into()));
        for other in ["", "clamav", ":3310", "clamav:", "clamav:99999", "run/clamd"] {
            assert!(other.parse::<Clamav>().is_err(), "{other}");
        }
    }

    #[test]
    fn what_the_scanner_says_is_understood_or_no_verdict() {
        assert_eq!(verdict("stream: OK").unwrap(), Verdict::Clean);
        let found = Verdict::Found("Eicar-Test-Signature".to_owned());
        assert_eq!(verdict("stream: Eicar-Test-Signature FOUND").unwrap(), found);
        assert!(verdict("INSTREAM size limit exceeded. ERROR").is_err());
        assert!(verdict("").is_err());
    }

    /// A scanner that takes `most` bytes and answers by what is in them.
    fn scanner(most: usize) -> (Clamav, std::thread::JoinHandle<()>) {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let thread = std::thread::spawn(move || {
            let (mut line, _) = listener.accept().unwrap();
            let mut command = [0; 10];
            line.read_exact(&mut command).unwrap();
            assert_eq!(&command, b"zINSTREAM\0");
            let mut all = Vec::new();
            loop {
                let mut length = [0; 4];
                line.read_exact(&mut length).unwrap();
                let length = usize::try_from(u32::from_be_bytes(length)).unwrap();
                let mut chunk = vec![0; length];
                line.read_exact(&mut chunk).unwrap();
                all.extend(chunk);
                if length == 0 || all.len() > most {
                    break;
                }
            }
            let answer: &[u8] = match all.windows(5).any(|at| at == b"EICAR") {
                _ if all.len() > most => b"INSTREAM size limit exceeded. ERROR\0",
                true => b"stream: Eicar-Test-Signature FOUND\0",
                false => b"stream: OK\0",
            };
            line.write_all(answer).unwrap();
        });
        (address.parse().unwrap(), thread)
    }

    #[test]
    fn a_scanner_looks_at_everything() {
        for (bytes, expected) in [
            (vec![b'x'; 300_000], Verdict::Clean),
            (
                [vec![b'x'; 200_000], b"EICAR".to_vec()].concat(),
                Verdict::Found("Eicar-Test-Signature".into()),
            ),
            (Vec::new(), Verdict::Clean),
        ] {
            let (clamav, thread) = scanner(usize::MAX);
            assert_eq!(clamav.scan(&mut bytes.as_slice()).unwrap(), expected);
            thread.join().unwrap();
        }
    }

    #[test]
    fn what_was_not_looked_at_is_not_clean() {
        let (clamav, thread) = scanner(100_000);
        let large = vec![b'x'; 50 << 20];
        let refused = clamav.scan(&mut large.as_slice());
        assert!(matches!(refused, Err(ScanError::Scanner(_))), "{refused:?}");
        thread.join().unwrap();
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let nobody: Clamav = nobody.to_string().parse().unwrap();
        assert!(matches!(nobody.scan(&mut b"x".as_slice()), Err(ScanError::Scanner(_))));
        assert!(nobody.ping().is_err());
        let none: Clamav = "/nowhere/clamd.ctl".parse().unwrap();
        assert!(matches!(none.scan(&mut b"x".as_slice()), Err(ScanError::Scanner(_))));
    }
}
