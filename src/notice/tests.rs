//! Real SMTP conversations with a small server of this test.

mod server;

use chrono::Duration;
use serde_json::json;

use self::server::{Answer, Server};
use super::model::Outcome;
use super::sender::{Turn, outcome};
use super::smtp::Fault;
use super::*;
use crate::actor::OrganisationId;
use crate::ledger;
use crate::testing::{on_both, organisation, portal, system};
use crate::web::{Language, Portal};

const START: &str = "2026-04-01T09:00:00";

on_both!(
    a_mail_goes_to_one_recipient_with_its_words_in_both_forms,
    a_mail_that_is_put_off_goes_later_with_the_same_message_id,
    a_refused_mail_is_given_up_and_the_others_go,
    a_server_that_is_away_costs_one_mail_one_try,
    a_server_that_offers_no_starttls_gets_no_mail,
    a_certificate_that_nobody_vouches_for_is_refused,
    a_trusted_certificate_and_a_password_let_the_mail_through,
    a_wrong_password_gives_no_mail_up,
    two_senders_send_every_mail_once,
    a_line_end_in_a_head_is_refused,
);

fn letter(tenant: Option<OrganisationId>, to: &str) -> Letter {
    Letter {
        tenant_id: tenant,
        kind: "invitation",
        to_address: to.to_owned(),
        to_name: "髙﨑 𠮷子".to_owned(),
        language: Language::Ja,
        subject: "「預かり」へのご招待（架空県）".to_owned(),
        organisation: "架空県".to_owned(),
        paragraphs: vec!["リンクを開いてください。".to_owned()],
        link: None,
    }
}

fn put(portal: &Portal, letters: &[Letter]) {
    let settings = portal.settings.clone();
    let put = |letter: &Letter| {
        system(portal).write_now(|tx, _| enqueue(tx, &settings, letter)).unwrap();
    };
    letters.iter().for_each(put);
}

fn config(server: &Server, tls: SmtpTls) -> MailConfig {
    MailConfig {
        smtp_host: Some("localhost".to_owned()),
        smtp_port: Some(server.port()),
        smtp_tls: tls,
        smtp_ca: None,
        smtp_user: None,
        smtp_password: None,
        smtp_password_file: None,
        mail_from: Some("預かり <azukari@pref.example>".to_owned()),
    }
}

fn plain(server: &Server) -> Mailer {
    config(server, SmtpTls::None).mailer().unwrap().unwrap()
}

fn run(portal: &Portal, mailer: &Mailer) -> Turn {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(send_due(portal, mailer)).unwrap()
}

/// The mails by address: those of one moment have no order.
fn mails(portal: &Portal) -> Vec<Mail> {
    let mut mails = system(portal).read_now(|c, _| outbox(c, 1000)).unwrap();
    mails.sort_by(|a, b| a.to_address.cmp(&b.to_address));
    mails
}

fn last_error(portal: &Portal) -> String {
    use crate::database::schema::mail;
    use diesel::prelude::*;
    let read = |c: &mut crate::database::Connection| {
        let first: Option<String> = mail::table.select(mail::last_error).first(c)?;
        Ok(first.unwrap_or_default())
    };
    system(portal).read_now(|c, _| read(c)).unwrap()
}

fn turn(sent: usize, refused: usize, unreachable: bool) -> Turn {
    Turn { sent, refused, unreachable }
}

fn a_mail_goes_to_one_recipient_with_its_words_in_both_forms(url: &str) {
    let (portal, _folder) = portal(url, START);
    let tenant = organisation(&portal);
    put(&portal, &[letter(Some(tenant), "a@roumu.example"), letter(None, "b@roumu.example")]);
    let server = Server::start(&[]);
    assert_eq!(run(&portal, &plain(&server)), turn(2, 0, false));
    assert_eq!(run(&portal, &plain(&server)), turn(0, 0, false));
    let mut taken = server.taken();
    taken.sort_by(|a, b| a.to.cmp(&b.to));
    assert_eq!(taken.len(), 2);
    assert_eq!(taken[0].from, "<azukari@pref.example>");
    assert_eq!(taken[0].to, ["<a@roumu.example>"]);
    assert_eq!(taken[1].to, ["<b@roumu.example>"]);
    let row = &mails(&portal)[0];
    assert_eq!(row.status, MailStatus::Sent);
    assert_eq!(row.sent_at, Some(portal.clock.now()));
    let data = &taken[0].data;
    assert!(data.is_ascii());
    assert!(data.contains(&format!("Message-ID: {}\r\n", row.message_id)), "{data}");
    assert!(data.contains("Date: Wed, 01 Apr 2026 00:00:00 +0000\r\n"), "{data}");
    assert!(data.contains("Auto-Submitted: auto-generated\r\n"));
    assert!(data.contains("Content-Type: multipart/alternative;"));
    assert!(data.contains("Content-Type: text/plain; charset=utf-8"));
    assert!(data.contains("Content-Type: text/html; charset=utf-8"));
    assert!(data.contains("Subject: =?utf-8?b?"), "{data}");
    assert!(!data.contains("b@roumu.example"));
    let acts = system(&portal).read_now(|c, _| ledger::history(c, tenant, &row.id, 10)).unwrap();
    assert_eq!(acts.len(), 1);
    assert_eq!(
        (acts[0].act.as_str(), &acts[0].details.0),
        ("mail.sent", &json!({ "kind": "invitation" }))
    );
}

fn a_mail_that_is_put_off_goes_later_with_the_same_message_id(url: &str) {
    let (portal, _folder) = portal(url, START);
    put(&portal, &[letter(None, "a@roumu.example")]);
    let server = Server::start(&[("a@roumu.example", 1, "451 4.7.1 <a@roumu.example> greylisted")]);
    assert_eq!(run(&portal, &plain(&server)), turn(0, 1, false));
    let waiting = &mails(&portal)[0];
    assert_eq!((waiting.status, waiting.attempts), (MailStatus::Queued, 1));
    let why = last_error(&portal);
    assert!(why.contains("451") && why.contains("greylisted") && !why.contains('@'), "{why}");
    assert_eq!(run(&portal, &plain(&server)), turn(0, 0, false));
    portal.clock.advance(Duration::minutes(1));
    assert_eq!(run(&portal, &plain(&server)), turn(1, 0, false));
    let sent = &mails(&portal)[0];
    assert_eq!((sent.status, sent.attempts), (MailStatus::Sent, 2));
    assert_eq!(sent.message_id, waiting.message_id);
    assert!(server.taken()[0].data.contains(&waiting.message_id));
}

fn a_refused_mail_is_given_up_and_the_others_go(url: &str) {
    let (portal, _folder) = portal(url, START);
    let tenant = organisation(&portal);
    put(&portal, &[letter(Some(tenant), "a@roumu.example"), letter(None, "b@roumu.example")]);
    let server = Server::start(&[("a@roumu.example", 99, "550 5.1.1 no such user")]);
    assert_eq!(run(&portal, &plain(&server)), turn(1, 1, false));
    let rows = mails(&portal);
    assert_eq!((rows[0].status, rows[1].status), (MailStatus::Failed, MailStatus::Sent));
    let acts =
        system(&portal).read_now(|c, _| ledger::history(c, tenant, &rows[0].id, 10)).unwrap();
    assert_eq!(acts[0].act, "mail.failed");
    portal.clock.advance(Duration::days(2));
    assert_eq!(run(&portal, &plain(&server)), turn(0, 0, false));
}

fn a_server_that_is_away_costs_one_mail_one_try(url: &str) {
    let (portal, _folder) = portal(url, START);
    put(&portal, &[letter(None, "a@roumu.example"), letter(None, "b@roumu.example")]);
    let mut away = config(&Server::start(&[]), SmtpTls::None);
    away.smtp_port = Some(1);
    let away = away.mailer().unwrap().unwrap();
    assert_eq!(run(&portal, &away), turn(0, 1, true));
    let attempts: i32 = mails(&portal).iter().map(|mail| mail.attempts).sum();
    assert_eq!(attempts, 1);
    let server = Server::start(&[]);
    assert_eq!(run(&portal, &plain(&server)), turn(1, 0, false), "what was left is due at once");
}

fn a_server_that_offers_no_starttls_gets_no_mail(url: &str) {
    let (portal, _folder) = portal(url, START);
    put(&portal, &[letter(None, "a@roumu.example")]);
    let server = Server::start(&[]);
    let mailer = config(&server, SmtpTls::Starttls).mailer().unwrap().unwrap();
    assert_eq!(run(&portal, &mailer), turn(0, 1, true));
    assert!(server.taken().is_empty());
    assert_eq!(mails(&portal)[0].status, MailStatus::Queued);
}

fn a_certificate_that_nobody_vouches_for_is_refused(url: &str) {
    let (portal, _folder) = portal(url, START);
    put(&portal, &[letter(None, "a@roumu.example")]);
    let server = Server::with_tls(&[]);
    let mailer = config(&server, SmtpTls::Starttls).mailer().unwrap().unwrap();
    assert_eq!(run(&portal, &mailer), turn(0, 1, true));
    assert!(server.taken().is_empty());
    assert!(last_error(&portal).contains("certificate"), "{}", last_error(&portal));
}

fn with_password(server: &Server, folder: &std::path::Path, password: &str) -> Mailer {
    let (ca, secret) = (folder.join("ca.pem"), folder.join("password"));
    std::fs::write(&ca, server.certificate()).unwrap();
    std::fs::write(&secret, format!("{password}\n")).unwrap();
    let mut config = config(server, SmtpTls::Starttls);
    config.smtp_ca = Some(ca);
    config.smtp_user = Some("azukari".to_owned());
    config.smtp_password_file = Some(secret);
    config.mailer().unwrap().unwrap()
}

fn a_trusted_certificate_and_a_password_let_the_mail_through(url: &str) {
    let (portal, folder) = portal(url, START);
    put(&portal, &[letter(None, "a@roumu.example")]);
    let server = Server::with_tls(&[]);
    let mailer = with_password(&server, folder.path(), "correct horse");
    assert_eq!(run(&portal, &mailer), turn(1, 0, false));
    assert_eq!(server.taken()[0].signed_in, Answer::Right);
}

fn a_wrong_password_gives_no_mail_up(url: &str) {
    let (portal, folder) = portal(url, START);
    put(&portal, &[letter(None, "a@roumu.example")]);
    let server = Server::with_tls(&[]);
    let mailer = with_password(&server, folder.path(), "wrong");
    assert_eq!(run(&portal, &mailer), turn(0, 1, true));
    assert_eq!(mails(&portal)[0].status, MailStatus::Queued);
    assert!(!last_error(&portal).contains("wrong"));
}

fn two_senders_send_every_mail_once(url: &str) {
    let (portal, _folder) = portal(url, START);
    let letters: Vec<_> = (0..40).map(|n| letter(None, &format!("p{n}@roumu.example"))).collect();
    put(&portal, &letters);
    let server = Server::start(&[]);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| run(&portal, &plain(&server)));
        }
    });
    let mut to: Vec<_> = server.taken().into_iter().flat_map(|mail| mail.to).collect();
    assert_eq!(to.len(), 40);
    to.sort();
    to.dedup();
    assert_eq!(to.len(), 40);
}

fn a_line_end_in_a_head_is_refused(url: &str) {
    let (portal, _folder) = portal(url, START);
    let mut evil = letter(None, "a@roumu.example");
    evil.subject = "x\r\nBcc: everybody@roumu.example".to_owned();
    put(&portal, &[evil]);
    let server = Server::start(&[]);
    assert_eq!(run(&portal, &plain(&server)), turn(0, 1, false));
    assert!(server.taken().is_empty());
    assert_eq!(mails(&portal)[0].status, MailStatus::Failed);
}

#[test]
fn the_last_try_is_the_last() {
    let now = crate::testing::jst(START);
    let later = |tried| outcome(Err(Fault::Later("x".into())), tried, now);
    assert_eq!(later(1), Outcome::Later(now + Duration::minutes(1), "x".into()));
    assert_eq!(later(11), Outcome::Later(now + Duration::hours(4), "x".into()));
    assert_eq!(later(12), Outcome::Failed("x".into()));
    assert_eq!(outcome(Err(Fault::Never("x".into())), 1, now), Outcome::Failed("x".into()));
}

#[test]
fn a_configuration_that_cannot_work_is_refused_at_the_start() {
    let server = Server::start(&[]);
    let good = config(&server, SmtpTls::None);
    assert!(MailConfig { smtp_host: None, ..good.clone() }.mailer().unwrap().is_none());
    let bad = [
        MailConfig { mail_from: Some("nobody".to_owned()), ..good.clone() },
        MailConfig { mail_from: None, ..good.clone() },
        MailConfig {
            smtp_user: Some("u".to_owned()),
            smtp_password: Some("p".to_owned()),
            ..good.clone()
        },
        MailConfig { smtp_user: Some("u".to_owned()), smtp_tls: SmtpTls::Tls, ..good.clone() },
        MailConfig { smtp_ca: Some("/nowhere.pem".into()), ..good.clone() },
    ];
    for config in bad {
        assert!(config.mailer().is_err(), "{config:?}");
    }
    assert!(!format!("{good:?}").contains("password"));
}
