//! A mail server that takes mails on a port of this machine and remembers them.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// How somebody signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    #[default]
    NotAsked,
    Right,
}

/// A mail as it came.
#[derive(Clone, Debug, Default)]
pub struct Taken {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
    pub signed_in: Answer,
}

/// What is said to a recipient's address, how many times.
type Script = &'static [(&'static str, usize, &'static str)];

struct Shared {
    taken: Mutex<Vec<Taken>>,
    said: Mutex<HashMap<&'static str, usize>>,
    script: Script,
    tls: Option<Arc<ServerConfig>>,
}

pub struct Server {
    port: u16,
    certificate: String,
    shared: Arc<Shared>,
}

trait Stream: Read + Write {}
impl<T: Read + Write> Stream for T {}

impl Server {
    /// A server without TLS.
    pub fn start(script: Script) -> Self {
        Self::listen(script, None, String::new())
    }

    /// A server that offers STARTTLS with a certificate that it signed itself, and asks for the
    /// password `correct horse`.
    pub fn with_tls(script: Script) -> Self {
        let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let key = PrivateKeyDer::try_from(own.signing_key.serialize_der()).unwrap();
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key)
            .unwrap();
        Self::listen(script, Some(Arc::new(config)), own.cert.pem())
    }

    fn listen(script: Script, tls: Option<Arc<ServerConfig>>, certificate: String) -> Self {
        let listener = TcpListener::bind("localhost:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let shared =
            Arc::new(Shared { taken: Mutex::default(), said: Mutex::default(), script, tls });
        let serving = Arc::clone(&shared);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&serving);
                // A client that hangs up is what some tests are about.
                std::thread::spawn(move || talk(&shared, stream).ok());
            }
        });
        Self { port, certificate, shared }
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn certificate(&self) -> &str {
        &self.certificate
    }

    pub fn taken(&self) -> Vec<Taken> {
        self.shared.taken.lock().unwrap().clone()
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the conversation owns its stream")]
fn talk(shared: &Shared, stream: TcpStream) -> std::io::Result<()> {
    let plain: Box<dyn Stream> = Box::new(stream.try_clone()?);
    let mut reader = BufReader::new(plain);
    say(&mut reader, "220 test")?;
    let mut mail = Taken::default();
    let mut encrypted = false;
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let line = line.trim_end();
        let (word, rest) = line.split_once([' ', ':']).unwrap_or((line, ""));
        match word {
            "EHLO" if shared.tls.is_some() && !encrypted => {
                say(&mut reader, "250-test\r\n250 STARTTLS")?;
            }
            "EHLO" if encrypted => say(&mut reader, "250-test\r\n250 AUTH PLAIN")?,
            "EHLO" => say(&mut reader, "250 test")?,
            "STARTTLS" => {
                say(&mut reader, "220 go on")?;
                let config = shared.tls.clone().unwrap();
                let connection = ServerConnection::new(config).unwrap();
                let tls = StreamOwned::new(connection, stream.try_clone()?);
                reader = BufReader::new(Box::new(tls));
                encrypted = true;
            }
            "AUTH" => {
                if password(rest) == "correct horse" {
                    mail.signed_in = Answer::Right;
                    say(&mut reader, "235 welcome")?;
                } else {
                    say(&mut reader, "535 5.7.8 not you")?;
                }
            }
            "MAIL" => {
                mail.from = rest.trim_start_matches("FROM:").to_owned();
                say(&mut reader, "250 ok")?;
            }
            "RCPT" => {
                let answer = shared.answer_to(rest);
                if answer.starts_with("250") {
                    mail.to.push(rest.trim_start_matches("TO:").to_owned());
                }
                say(&mut reader, answer)?;
            }
            "DATA" => {
                say(&mut reader, "354 go on")?;
                mail.data = data(&mut reader)?;
                let next = Taken { signed_in: mail.signed_in, ..Taken::default() };
                shared.taken.lock().unwrap().push(std::mem::replace(&mut mail, next));
                say(&mut reader, "250 taken")?;
            }
            "QUIT" => return say(&mut reader, "221 bye"),
            _ => say(&mut reader, "250 ok")?,
        }
    }
}

impl Shared {
    fn answer_to(&self, recipient: &str) -> &'static str {
        let mut said = self.said.lock().unwrap();
        for (address, times, answer) in self.script {
            let count = said.entry(address).or_default();
            if recipient.contains(address) && *count < *times {
                *count += 1;
                return answer;
            }
        }
        "250 ok"
    }
}

fn say(reader: &mut BufReader<Box<dyn Stream>>, line: &str) -> std::io::Result<()> {
    let stream = reader.get_mut();
    stream.write_all(format!("{line}\r\n").as_bytes())?;
    stream.flush()
}

fn data(reader: &mut BufReader<Box<dyn Stream>>) -> std::io::Result<String> {
    let mut all = String::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line == ".\r\n" {
            return Ok(all);
        }
        all.push_str(&line);
    }
}

fn password(plain: &str) -> String {
    let token = plain.trim_start_matches("PLAIN ");
    let bytes = base64::engine::general_purpose::STANDARD.decode(token).unwrap_or_default();
    String::from_utf8_lossy(&bytes).rsplit('\0').next().unwrap_or_default().to_owned()
}
