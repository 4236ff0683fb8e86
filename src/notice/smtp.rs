//! SMTP: where mails go, how a message is built, and one conversation with the server.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, ValueEnum};
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{AsyncSmtpConnection, Certificate, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{Address, Message};

use super::model::Outgoing;
use crate::error::{Error, Result};

/// How long connecting, greeting and signing in may take together.
const CONNECTING: Duration = Duration::from_secs(20);

/// How long one message may take.
const SENDING: Duration = Duration::from_mins(1);

/// How the way to the mail server is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SmtpTls {
    /// Not at all: for a server on the same machine.
    None,
    /// TLS after STARTTLS; a server that doesn't offer it gets no mail.
    Starttls,
    /// TLS from the first byte.
    Tls,
}

/// Where mails go. Without a server they stay in the outbox.
#[derive(Args, Clone)]
pub struct MailConfig {
    /// The mail server; without one, mails stay in the outbox
    #[arg(long, env = "AZUKARI_SMTP_HOST")]
    pub smtp_host: Option<String>,
    /// Its port; by default 587 with starttls, 465 with tls, 25 without
    #[arg(long, env = "AZUKARI_SMTP_PORT")]
    pub smtp_port: Option<u16>,
    /// How the way to it is protected
    #[arg(long, env = "AZUKARI_SMTP_TLS", value_enum, default_value_t = SmtpTls::Starttls)]
    pub smtp_tls: SmtpTls,
    /// A file with certificates (PEM) to trust besides the public ones
    #[arg(long, env = "AZUKARI_SMTP_CA")]
    pub smtp_ca: Option<PathBuf>,
    /// The user name at the mail server
    #[arg(long, env = "AZUKARI_SMTP_USER")]
    pub smtp_user: Option<String>,
    /// The password at the mail server
    #[arg(long, env = "AZUKARI_SMTP_PASSWORD", hide_env_values = true)]
    pub smtp_password: Option<String>,
    /// A file that holds the password
    #[arg(long, env = "AZUKARI_SMTP_PASSWORD_FILE", conflicts_with = "smtp_password")]
    pub smtp_password_file: Option<PathBuf>,
    /// The sender of all mails: an address, or a name and the address in angle brackets
    #[arg(long, env = "AZUKARI_MAIL_FROM")]
    pub mail_from: Option<String>,
}

impl std::fmt::Debug for MailConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MailConfig")
            .field("smtp_host", &self.smtp_host)
            .field("smtp_port", &self.smtp_port)
            .field("smtp_tls", &self.smtp_tls)
            .finish_non_exhaustive()
    }
}

/// What was given: a variable that is set to nothing counts as not set.
fn given(value: Option<&String>) -> Option<&String> {
    value.filter(|text| !text.is_empty())
}

impl MailConfig {
    /// The way to the mail server; nothing when none is named.
    ///
    /// # Errors
    /// When a part of the configuration can't be used; the text says which.
    pub fn mailer(&self) -> Result<Option<Mailer>> {
        let Some(host) = given(self.smtp_host.as_ref()) else {
            return Ok(None);
        };
        let from = self.mail_from.as_deref().unwrap_or_default();
        let from: Mailbox = from.parse().map_err(|cause| {
            Error::internal(format!("--mail-from names no mail address: {cause}"))
        })?;
        let port = self.smtp_port.unwrap_or(match self.smtp_tls {
            SmtpTls::None => 25,
            SmtpTls::Starttls => 587,
            SmtpTls::Tls => 465,
        });
        Ok(Some(Mailer {
            host: host.clone(),
            port,
            mode: self.smtp_tls,
            tls: self.tls_parameters(host)?,
            credentials: self.credentials()?,
            from,
        }))
    }

    fn tls_parameters(&self, host: &str) -> Result<TlsParameters> {
        let mut tls = TlsParameters::builder(host.to_owned());
        if let Some(path) = &self.smtp_ca {
            let pem = std::fs::read(path).map_err(|cause| {
                Error::internal(format!("can't read {}: {cause}", path.display()))
            })?;
            tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(Error::internal)?);
        }
        tls.build().map_err(Error::internal)
    }

    fn credentials(&self) -> Result<Option<Credentials>> {
        let Some(user) = given(self.smtp_user.as_ref()) else {
            return Ok(None);
        };
        if self.smtp_tls == SmtpTls::None {
            return Err(Error::internal("a password isn't sent without TLS: set --smtp-tls"));
        }
        let password = match (&self.smtp_password, &self.smtp_password_file) {
            (Some(password), _) => password.clone(),
            (None, Some(path)) => std::fs::read_to_string(path)
                .map_err(|cause| {
                    Error::internal(format!("can't read {}: {cause}", path.display()))
                })?
                .trim_end_matches(['\r', '\n'])
                .to_owned(),
            (None, None) => return Err(Error::internal("--smtp-user wants a password")),
        };
        Ok(Some(Credentials::new(user.clone(), password)))
    }
}

/// The way to the mail server. `Debug` never shows the password.
#[derive(Clone)]
pub struct Mailer {
    host: String,
    port: u16,
    mode: SmtpTls,
    tls: TlsParameters,
    credentials: Option<Credentials>,
    from: Mailbox,
}

impl std::fmt::Debug for Mailer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Mailer({}:{})", self.host, self.port)
    }
}

/// Why a mail wasn't taken.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The server can't be reached, or is not as it is configured: no mail would go now.
    Unreachable(String),
    /// This mail may be taken later.
    Later(String),
    /// This mail is never taken.
    Never(String),
}

/// A conversation with the mail server: opened when the first mail goes, for any number of mails.
pub(super) struct Session<'a> {
    mailer: &'a Mailer,
    connection: Option<AsyncSmtpConnection>,
}

impl<'a> Session<'a> {
    pub(super) fn new(mailer: &'a Mailer) -> Self {
        Self { mailer, connection: None }
    }

    /// Hands a mail to the server.
    pub(super) async fn send(&mut self, outgoing: &Outgoing) -> Result<(), Fault> {
        let message = self.mailer.message(outgoing).map_err(Fault::Never)?;
        let mut connection = match self.connection.take() {
            Some(connection) => connection,
            None => self.mailer.connect().await?,
        };
        let bytes = message.formatted();
        let sending = connection.send(message.envelope(), &bytes);
        match tokio::time::timeout(SENDING, sending).await {
            Ok(Ok(_)) => {
                self.connection = Some(connection);
                Ok(())
            }
            Ok(Err(error)) => Err(fault(&error)),
            Err(_elapsed) => Err(Fault::Unreachable("no answer in time".to_owned())),
        }
    }

    /// Says goodbye; nothing depends on the answer.
    pub(super) async fn close(&mut self) {
        if let Some(mut connection) = self.connection.take() {
            let _ = tokio::time::timeout(CONNECTING, connection.quit()).await;
        }
    }
}

/// What the server's answer to one mail means.
fn fault(error: &lettre::transport::smtp::Error) -> Fault {
    let why = error.to_string();
    let code = error.status().map(|code| code.to_string()).unwrap_or_default();
    // "Sign in first" is about the configuration, not about the mail.
    if ["530", "534", "535", "538"].contains(&code.as_str()) {
        Fault::Unreachable(why)
    } else if error.is_permanent() || error.is_client() {
        Fault::Never(why)
    } else {
        Fault::Later(why)
    }
}

impl Mailer {
    async fn connect(&self) -> Result<AsyncSmtpConnection, Fault> {
        match tokio::time::timeout(CONNECTING, self.greet()).await {
            Ok(Ok(connection)) => Ok(connection),
            Ok(Err(error)) => Err(Fault::Unreachable(error.to_string())),
            Err(_elapsed) => Err(Fault::Unreachable("no answer in time".to_owned())),
        }
    }

    async fn greet(&self) -> Result<AsyncSmtpConnection, lettre::transport::smtp::Error> {
        let hello = ClientId::default();
        let tls = (self.mode == SmtpTls::Tls).then(|| self.tls.clone());
        let mut connection = AsyncSmtpConnection::connect_tokio1(
            (self.host.as_str(), self.port),
            Some(CONNECTING),
            &hello,
            tls,
            None,
        )
        .await?;
        if self.mode == SmtpTls::Starttls {
            connection.starttls(self.tls.clone(), &hello).await?;
        }
        if let Some(credentials) = &self.credentials {
            connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials).await?;
        }
        Ok(connection)
    }

    /// The message of a mail: the same bytes on every try.
    pub(super) fn message(&self, outgoing: &Outgoing) -> Result<Message, String> {
        let heads = [
            ("address", &outgoing.to_address),
            ("name", &outgoing.to_name),
            ("subject", &outgoing.subject),
            ("Message-ID", &outgoing.message_id),
        ];
        if let Some((name, _)) = heads.iter().find(|(_, text)| text.contains(char::is_control)) {
            return Err(format!("the {name} has control characters"));
        }
        let address: Address =
            outgoing.to_address.parse().map_err(|cause| format!("the address: {cause}"))?;
        let name = Some(outgoing.to_name.clone()).filter(|name| !name.trim().is_empty());
        let parts = MultiPart::alternative()
            .boundary(outgoing.id.replace('-', ""))
            .singlepart(SinglePart::plain(outgoing.text_body.clone()))
            .singlepart(SinglePart::html(outgoing.html_body.clone()));
        Message::builder()
            .from(self.from.clone())
            .to(Mailbox::new(name, address))
            .subject(outgoing.subject.clone())
            .message_id(Some(outgoing.message_id.clone()))
            .date(outgoing.created_at.and_utc().into())
            .raw_header(HeaderValue::new(
                HeaderName::new_from_ascii_str("Auto-Submitted"),
                "auto-generated".to_owned(),
            ))
            .multipart(parts)
            .map_err(|cause| cause.to_string())
    }
}
