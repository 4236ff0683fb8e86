//! The checks: each a function of the facts.

use chrono::Duration;
use serde::Serialize;

use super::facts::{Backup, Facts};
use crate::notice::SmtpTls;

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Nothing to do.
    Safe,
    /// Something must be done.
    Unsafe,
    /// It can't be told.
    Unknown,
}

/// What a check found, and what to do about it.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// The check.
    pub check: &'static str,
    /// How it ended.
    pub verdict: Verdict,
    /// What is so.
    pub text: String,
}

type Check = fn(&Facts) -> (Verdict, String);

/// All checks by name, in the order in which they are shown.
const CHECKS: [(&str, Check); 11] = [
    ("tls", tls),
    ("certificate", certificate),
    ("proxies", proxies),
    ("mail", mail),
    ("backup", backup),
    ("clock", clock),
    ("secret", secret),
    ("data", data),
    ("role", role),
    ("migrations", migrations),
    ("stuck", stuck),
];

/// What all checks find.
#[must_use]
pub fn findings(facts: &Facts) -> Vec<Finding> {
    let find = |(check, run): &(&'static str, Check)| {
        let (verdict, text) = run(facts);
        Finding { check, verdict, text }
    };
    CHECKS.iter().map(find).collect()
}

/// How the command ends: 1 when something is unsafe, 2 when something can't be told, 0 otherwise.
#[must_use]
pub fn exit_code(findings: &[Finding]) -> u8 {
    let any = |verdict| findings.iter().any(|finding| finding.verdict == verdict);
    if any(Verdict::Unsafe) { 1 } else { u8::from(any(Verdict::Unknown)) * 2 }
}

fn safe(text: &str) -> (Verdict, String) {
    (Verdict::Safe, text.to_owned())
}

fn harm(text: impl Into<String>) -> (Verdict, String) {
    (Verdict::Unsafe, text.into())
}

fn unknown(text: &str) -> (Verdict, String) {
    (Verdict::Unknown, text.to_owned())
}

fn tls(facts: &Facts) -> (Verdict, String) {
    match (facts.base_url.starts_with("https://"), facts.own_tls) {
        (true, true) => safe("people come over TLS that the portal speaks itself"),
        (true, false) if facts.loopback => safe("people come over TLS that a server in front speaks"),
        (true, false) => harm(
            "the portal listens on the network without TLS although its address is https: listen on 127.0.0.1 \
             behind the server that speaks TLS, or give --tls-certificate and --tls-key",
        ),
        (false, _) => harm(
            "the base address is not https: passwords and pages cross the network in the clear; put a server that \
             speaks TLS in front or give --tls-certificate and --tls-key, and set --base-url to https://…",
        ),
    }
}

fn certificate(facts: &Facts) -> (Verdict, String) {
    if !facts.own_tls {
        return safe("there is none of the portal's own");
    }
    let Some(ends) = facts.certificate_ends else {
        return unknown("the certificate can't be read");
    };
    let days = (ends - facts.now).num_days();
    match days {
        _ if ends <= facts.now => harm(format!("the certificate ended on {}: renew it", ends.date())),
        0..14 => harm(format!("the certificate ends in {days} days, on {}: renew it", ends.date())),
        _ => safe("the certificate counts for two weeks or more"),
    }
}

fn proxies(facts: &Facts) -> (Verdict, String) {
    let behind = facts.base_url.starts_with("https://") && !facts.own_tls;
    if behind && !facts.proxies {
        return harm(
            "a server speaks TLS in front, but --trusted-proxies doesn't name it: the ledger and the \
             limits take everybody for that server; name its address",
        );
    }
    safe("addresses are those of the people")
}

fn mail(facts: &Facts) -> (Verdict, String) {
    let Some(mail) = &facts.mail else {
        return harm("no mail server is named: invitations and reminders stay here; set --smtp-host");
    };
    if mail.tls == SmtpTls::None && !mail.local {
        return harm("mails go to another machine without TLS: set --smtp-tls to starttls or tls");
    }
    match mail.from.as_deref() {
        None | Some("") => harm("the sender of mails isn't set: set --mail-from"),
        Some(from) if from.contains("localhost") || from.contains("example") => {
            harm("the sender of mails is an example: set --mail-from to an address of yours")
        }
        Some(_) => safe("mails have a server and a sender"),
    }
}

fn backup(facts: &Facts) -> (Verdict, String) {
    match facts.backup {
        Backup::Unnamed => harm(
            "nobody said where the backups are: set --backups to the folder to which they are written",
        ),
        Backup::Unreadable => unknown("the folder of the backups can't be read"),
        Backup::Newest(None) => harm("there is no backup in the folder of the backups"),
        Backup::Newest(Some(at)) if facts.now - at > Duration::days(1) => {
            harm(format!("the newest backup is older than a day: {at} UTC"))
        }
        Backup::Newest(Some(_)) => safe("the newest backup is younger than a day"),
    }
}

fn clock(facts: &Facts) -> (Verdict, String) {
    if let Some(entry) = facts.newest_entry.filter(|at| *at > facts.now + Duration::minutes(1)) {
        return harm(format!(
            "the clock is wrong: it shows {} UTC, but the ledger has an entry of {entry} UTC",
            facts.now
        ));
    }
    match facts.synchronised {
        Some(true) => safe("the clock is kept right by the network"),
        Some(false) => harm("the clock is not kept right by the network: switch time synchronisation on"),
        None => unknown("it can't be told here whether the clock is kept right by the network"),
    }
}

fn secret(facts: &Facts) -> (Verdict, String) {
    match facts.secret_mode {
        None => unknown("the secret's file can't be looked at"),
        Some(None) => safe("the secret is readable by its owner alone"),
        Some(Some(mode)) => harm(format!("others can read the secret's file (mode {mode:o}): chmod 600")),
    }
}

fn data(facts: &Facts) -> (Verdict, String) {
    match facts.data_mode {
        None => unknown("the data folder can't be looked at"),
        Some(None) => safe("the data folder is its owner's alone"),
        Some(Some(mode)) => {
            harm(format!("others on this machine can look into the data folder (mode {mode:o}): chmod 700"))
        }
    }
}

fn role(facts: &Facts) -> (Verdict, String) {
    match facts.superuser {
        None => unknown("the database can't be asked"),
        Some(false) => safe("the portal may do at the database what it needs"),
        Some(true) => harm(
            "the portal is a superuser at the database, for whom no row is closed: give it a role of its own",
        ),
    }
}

fn migrations(facts: &Facts) -> (Verdict, String) {
    match facts.pending_migrations {
        None => unknown("the database can't be asked"),
        Some(0) => safe("the database is up to date"),
        Some(_) => harm("the database is not up to date: run azukari migrate"),
    }
}

fn stuck(facts: &Facts) -> (Verdict, String) {
    match facts.stuck {
        None => unknown("the database can't be asked"),
        Some(stuck) if stuck.jobs > 0 || stuck.mails > 0 => harm(format!(
            "{} jobs were due an hour ago and {} mails wait for a day: see whether serve runs and what it logs",
            stuck.jobs, stuck.mails
        )),
        Some(_) => safe("jobs and mails go their way"),
    }
}
