//! The checks: each a function of the facts. What they say is what is so, and what to do.

use chrono::Duration;
use serde::Serialize;

use super::facts::{Backup, Facts, Place, Reach, Stuck};
use crate::database::RowSecurity;
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
    /// It wasn't asked.
    Skipped,
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
const CHECKS: [(&str, Check); 13] = [
    ("tls", tls),
    ("certificate", certificate),
    ("proxies", proxies),
    ("mail", mail),
    ("backup", backup),
    ("clock", clock),
    ("keys", keys),
    ("data", data),
    ("secret", secret),
    ("rows", rows),
    ("migrations", migrations),
    ("stuck", stuck),
    ("scanner", scanner),
];

/// The names of all checks.
#[must_use]
pub fn names() -> Vec<&'static str> {
    CHECKS.iter().map(|(name, _)| *name).collect()
}

/// What all checks find; those in `skipped` aren't asked.
#[must_use]
pub fn findings(facts: &Facts, skipped: &[String]) -> Vec<Finding> {
    let find = |(check, run): &(&'static str, Check)| {
        let (verdict, text) = if skipped.iter().any(|name| name == check) {
            (Verdict::Skipped, "not asked (--skip)".to_owned())
        } else {
            run(facts)
        };
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

fn safe(text: impl Into<String>) -> (Verdict, String) {
    (Verdict::Safe, text.into())
}

fn harm(text: impl Into<String>) -> (Verdict, String) {
    (Verdict::Unsafe, text.into())
}

fn unknown(text: impl Into<String>) -> (Verdict, String) {
    (Verdict::Unknown, text.into())
}

/// Where the database could not be asked.
fn unasked() -> (Verdict, String) {
    unknown(
        "the database can't be asked: see that it runs and that --database-url or --data names it",
    )
}

fn tls(facts: &Facts) -> (Verdict, String) {
    match (facts.base_url.starts_with("https://"), facts.own_tls) {
        (true, true) => safe("people come over TLS that the portal speaks itself"),
        (true, false) if facts.loopback => {
            safe("people come over TLS that a server in front speaks")
        }
        (true, false) => harm(
            "the base address is https, but the portal listens on the network without TLS: listen on 127.0.0.1 \
             behind the server that speaks TLS, or give --tls-certificate and --tls-key",
        ),
        (false, false) if facts.own_address && facts.loopback => {
            safe("only this machine reaches the portal, without TLS: for trying it out")
        }
        (false, _) => harm(
            "the base address is not https: passwords and pages cross the network in the clear; put a server that \
             speaks TLS in front or give --tls-certificate and --tls-key, and set --base-url to https://…",
        ),
    }
}

fn certificate(facts: &Facts) -> (Verdict, String) {
    if !facts.own_tls {
        return safe("the portal has no certificate of its own");
    }
    let Some(ends) = facts.certificate_ends else {
        return unknown(
            "the file of --tls-certificate can't be read: it must be a certificate in PEM",
        );
    };
    let days = (ends - facts.now).num_days();
    match days {
        _ if ends <= facts.now => {
            harm(format!("the certificate ended on {}: renew it and send SIGHUP", ends.date()))
        }
        0..14 => harm(format!(
            "the certificate ends in {days} days, on {}: renew it and send SIGHUP",
            ends.date()
        )),
        _ => safe(format!("the certificate counts until {}", ends.date())),
    }
}

fn proxies(facts: &Facts) -> (Verdict, String) {
    let behind = facts.base_url.starts_with("https://") && !facts.own_tls;
    if behind && !facts.proxies {
        return harm(
            "a server speaks TLS in front, but --trusted-proxies doesn't name it: the limits and the log \
             take everybody for that server; name its address",
        );
    }
    safe("addresses are those of the people")
}

fn mail(facts: &Facts) -> (Verdict, String) {
    let Some(mail) = &facts.mail else {
        return harm(
            "no mail server is named: invitations, links and reminders stay here; set --smtp-host",
        );
    };
    if mail.tls == SmtpTls::None && !mail.local {
        return harm("mails go to another machine without TLS: set --smtp-tls to starttls or tls");
    }
    match mail.from.as_deref() {
        None | Some("") => harm("the sender of mails isn't set: set --mail-from"),
        Some(from) if is_example(from) => {
            harm("the sender of mails is an example: set --mail-from to an address of yours")
        }
        Some(from) => safe(format!("mails have a server and a sender, {from}")),
    }
}

/// Whether nobody can own an address (RFC 2606, RFC 6762).
fn is_example(from: &str) -> bool {
    let from = from.trim_end_matches('>').to_lowercase();
    let domain = from.rsplit('@').next().unwrap_or_default();
    let end = domain.rsplit('.').next().unwrap_or_default();
    matches!(end, "localhost" | "example" | "invalid" | "test" | "local")
        || domain.starts_with("example.")
        || domain.contains(".example.")
}

fn backup(facts: &Facts) -> (Verdict, String) {
    match facts.backup {
        Backup::Unnamed => harm(
            "nobody said where the backups are: set --backups (AZUKARI_BACKUPS) to the folder to which they are written",
        ),
        Backup::Unreadable => unknown("the folder of --backups can't be read"),
        Backup::Newest(None) => {
            harm("there is no backup in the folder of --backups: see docs/operating.md")
        }
        Backup::Newest(Some(at)) if facts.now - at > Duration::days(1) => harm(format!(
            "the newest backup is older than a day, of {}: see what should write it",
            minute(at)
        )),
        Backup::Newest(Some(at)) => safe(format!("the newest backup is of {}", minute(at))),
    }
}

fn minute(at: crate::clock::Timestamp) -> impl std::fmt::Display {
    at.format("%Y-%m-%d %H:%M UTC")
}

fn clock(facts: &Facts) -> (Verdict, String) {
    let clock = facts.clock;
    if let Some(entry) = clock.newest_entry.filter(|at| *at > facts.now + Duration::minutes(1)) {
        return harm(format!(
            "the clock shows {}, but the ledger has an entry of {}: set the clock right before anything \
             is written",
            minute(facts.now),
            minute(entry)
        ));
    }
    if let Some(seconds) = clock.before_database.filter(|seconds| seconds.abs() > 5) {
        return harm(format!(
            "the clocks of this machine and of the database are {} seconds apart: keep both right by the network",
            seconds.abs()
        ));
    }
    match clock.synchronised {
        Some(true) => safe("the network keeps the clock right"),
        Some(false) => harm(
            "nothing keeps the clock right: switch time synchronisation on (timedatectl set-ntp true)",
        ),
        None => unknown(
            "whether the network keeps the clock right can't be told from here: ask timedatectl on the machine \
             itself, and leave this out with --skip clock",
        ),
    }
}

/// Those that others can get at, and whether any could not be looked at.
fn open(places: &[Place]) -> (Vec<String>, Vec<String>) {
    let name = |place: &Place| place.path.display().to_string();
    let open = places.iter().filter_map(|place| match place.reach {
        Reach::Others(mode) => Some(format!("{} (mode {mode:o})", name(place))),
        Reach::Owner | Reach::Unknown => None,
    });
    let unseen = places.iter().filter(|place| place.reach == Reach::Unknown).map(name);
    (open.collect(), unseen.collect())
}

fn keys(facts: &Facts) -> (Verdict, String) {
    match open(&facts.key_files) {
        (open, _) if !open.is_empty() => harm(format!(
            "others on this machine can read or change {}: chmod 600",
            open.join(", ")
        )),
        (_, unseen) if !unseen.is_empty() => unknown(format!(
            "{} can't be looked at: run this as the user as whom the portal runs, with its settings",
            unseen.join(", ")
        )),
        _ => safe("files with keys and passwords are their owner's alone"),
    }
}

fn data(facts: &Facts) -> (Verdict, String) {
    match open(&facts.folders) {
        (open, _) if !open.is_empty() => harm(format!(
            "others on this machine can look into {}: chmod 700, and 600 for a file",
            open.join(", ")
        )),
        (_, unseen) if !unseen.is_empty() => unknown(format!(
            "{} can't be looked at: run this as the user as whom the portal runs, with its settings",
            unseen.join(", ")
        )),
        _ => safe("the data is its owner's alone"),
    }
}

fn secret(facts: &Facts) -> (Verdict, String) {
    match facts.lost {
        None => unknown(
            "secret and database can't be held against each other: see what the other checks say of them",
        ),
        Some(0) => safe("the secret has the keys under which the database keeps things"),
        Some(lost) => harm(format!(
            "{lost} things are kept under none of the secret's keys by name: run azukari secret rewrap, which \
             names what older versions kept and counts what can't be read"
        )),
    }
}

fn rows(facts: &Facts) -> (Verdict, String) {
    match facts.row_security {
        None => unasked(),
        Some(RowSecurity::Held) => safe("the database holds organisations apart by itself too"),
        Some(RowSecurity::Absent) => {
            safe("SQLite has no rules for rows: the portal alone holds organisations apart")
        }
        Some(RowSecurity::Bypassed) => harm(
            "the role at the database is a superuser or has BYPASSRLS, for whom no row is closed: give the portal \
             a role of its own (docs/operating.md)",
        ),
        Some(RowSecurity::Missing) => harm(
            "a table of the database has no rule for its rows: run azukari migrate as the tables' owner",
        ),
    }
}

fn migrations(facts: &Facts) -> (Verdict, String) {
    match facts.pending_migrations {
        None => unasked(),
        Some(0) => safe("the database is up to date"),
        Some(count) => harm(format!(
            "the database lacks {count} migrations: back it up and run azukari migrate"
        )),
    }
}

fn stuck(facts: &Facts) -> (Verdict, String) {
    let Some(Stuck { jobs, mails, failed_jobs, failed_mails }) = facts.stuck else {
        return unasked();
    };
    let counts = [
        (jobs, "jobs were due an hour ago or fail since yesterday"),
        (mails, "mails wait since yesterday"),
        (failed_jobs, "jobs were given up since yesterday"),
        (failed_mails, "mails were given up since yesterday"),
    ];
    let said: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{count} {what}"))
        .collect();
    if said.is_empty() {
        return safe("jobs and mails go their way");
    }
    harm(format!("{}: see whether azukari serve runs and what it logs", said.join(", ")))
}

fn scanner(facts: &Facts) -> (Verdict, String) {
    match &facts.scanner {
        None => {
            safe("no virus scanner is named (--clamav): files that are handed over aren't scanned")
        }
        Some(Ok(())) => safe("the virus scanner answers"),
        Some(Err(why)) => harm(format!(
            "the virus scanner doesn't answer ({why}): files that are handed over wait until it does; see that \
             clamd runs and that --clamav names it",
        )),
    }
}
