//! Each check finds what it looks for, and facts come from where they should.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use clap::{Args as _, FromArgMatches as _};

use super::*;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::database::RowSecurity;
use crate::notice::{MailConfig, SmtpTls};
use crate::testing::{jst, on_both, operator, organisation, portal};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn places(reach: Reach) -> Vec<Place> {
    let safe = Place { path: "/srv/safe".into(), reach: Reach::Owner };
    vec![safe, Place { path: "/srv/place".into(), reach }]
}

fn well() -> Facts {
    Facts {
        now: at("2026-04-01T00:00:00"),
        base_url: "https://azukari.pref.lg.jp".to_owned(),
        own_address: false,
        own_tls: true,
        loopback: false,
        proxies: false,
        certificate_ends: Some(at("2026-05-01T00:00:00")),
        mail: Some(MailFacts {
            tls: SmtpTls::Starttls,
            local: false,
            from: Some("azukari@pref.lg.jp".to_owned()),
        }),
        backup: Backup::Newest(Some(at("2026-03-31T01:00:00"))),
        clock: Clock {
            newest_entry: Some(at("2026-03-31T23:59:00")),
            before_database: Some(0),
            synchronised: Some(true),
        },
        key_files: places(Reach::Owner),
        folders: places(Reach::Owner),
        lost: Some(0),
        row_security: Some(RowSecurity::Held),
        pending_migrations: Some(0),
        stuck: Some(Stuck::default()),
        scanner: Some(Ok(())),
    }
}

/// The checks that end in `verdict`.
fn those(facts: &Facts, verdict: Verdict) -> Vec<&'static str> {
    findings(facts, &[]).into_iter().filter(|f| f.verdict == verdict).map(|f| f.check).collect()
}

#[test]
fn an_installation_where_all_is_well_ends_with_0() {
    let facts = well();
    assert_eq!(those(&facts, Verdict::Safe).len(), findings(&facts, &[]).len());
    assert_eq!(exit_code(&findings(&facts, &[])), 0);
    let behind = Facts { own_tls: false, loopback: true, proxies: true, ..well() };
    assert_eq!(exit_code(&findings(&behind, &[])), 0);
}

#[test]
fn each_unsafe_fact_is_found_by_its_check_alone_and_ends_with_1() {
    let mail = |tls, local, from: &str| Some(MailFacts { tls, local, from: Some(from.to_owned()) });
    let clock = |change: fn(&mut Clock)| {
        let mut facts = well();
        change(&mut facts.clock);
        facts
    };
    let stuck = |jobs, mails, failed_jobs, failed_mails| {
        let stuck = Some(Stuck { jobs, mails, failed_jobs, failed_mails });
        Facts { stuck, ..well() }
    };
    let cases: Vec<(&str, Facts)> = vec![
        ("scanner", Facts { scanner: Some(Err("no route".into())), ..well() }),
        (
            "tls",
            Facts { base_url: "http://localhost:8080".to_owned(), own_address: true, ..well() },
        ),
        ("tls", Facts { base_url: "http://azukari.pref.lg.jp".to_owned(), ..well() }),
        ("tls", Facts { own_tls: false, proxies: true, ..well() }),
        ("certificate", Facts { certificate_ends: Some(at("2026-04-10T00:00:00")), ..well() }),
        ("certificate", Facts { certificate_ends: Some(at("2026-03-31T23:00:00")), ..well() }),
        ("proxies", Facts { own_tls: false, loopback: true, ..well() }),
        ("mail", Facts { mail: None, ..well() }),
        ("mail", Facts { mail: mail(SmtpTls::None, false, "a@pref.lg.jp"), ..well() }),
        ("mail", Facts { mail: mail(SmtpTls::Tls, false, ""), ..well() }),
        ("mail", Facts { mail: mail(SmtpTls::Tls, false, "azukari@mail.example"), ..well() }),
        ("mail", Facts { mail: mail(SmtpTls::Tls, false, "預かり <a@example.jp>"), ..well() }),
        ("backup", Facts { backup: Backup::Unnamed, ..well() }),
        ("backup", Facts { backup: Backup::Newest(None), ..well() }),
        ("backup", Facts { backup: Backup::Newest(Some(at("2026-03-30T23:59:59"))), ..well() }),
        ("clock", clock(|clock| clock.newest_entry = Some(at("2026-04-01T00:02:00")))),
        ("clock", clock(|clock| clock.before_database = Some(-6))),
        ("clock", clock(|clock| clock.synchronised = Some(false))),
        ("keys", Facts { key_files: places(Reach::Others(0o644)), ..well() }),
        ("data", Facts { folders: places(Reach::Others(0o755)), ..well() }),
        ("secret", Facts { lost: Some(1), ..well() }),
        ("rows", Facts { row_security: Some(RowSecurity::Bypassed), ..well() }),
        ("rows", Facts { row_security: Some(RowSecurity::Missing), ..well() }),
        ("migrations", Facts { pending_migrations: Some(1), ..well() }),
        ("stuck", stuck(1, 0, 0, 0)),
        ("stuck", stuck(0, 1, 0, 0)),
        ("stuck", stuck(0, 0, 1, 0)),
        ("stuck", stuck(0, 0, 0, 1)),
    ];
    for (check, facts) in cases {
        assert_eq!(those(&facts, Verdict::Unsafe), [check], "{facts:?}");
        assert_eq!(exit_code(&findings(&facts, &[])), 1);
    }
    let local = Facts { mail: mail(SmtpTls::None, true, "a@pref.lg.jp"), ..well() };
    assert_eq!(exit_code(&findings(&local, &[])), 0);
}

#[test]
fn what_can_not_be_told_ends_with_2_and_what_is_unsafe_still_with_1() {
    let facts = Facts {
        certificate_ends: None,
        backup: Backup::Unreadable,
        clock: Clock::default(),
        key_files: places(Reach::Unknown),
        folders: places(Reach::Unknown),
        lost: None,
        row_security: None,
        pending_migrations: None,
        stuck: None,
        ..well()
    };
    assert_eq!(those(&facts, Verdict::Unknown).len(), 9);
    assert_eq!(exit_code(&findings(&facts, &[])), 2);
    assert_eq!(exit_code(&findings(&Facts { mail: None, ..facts }, &[])), 1);
}

#[test]
fn what_is_skipped_is_not_asked_and_counts_for_nothing() {
    let facts = Facts { mail: None, ..well() };
    let found = findings(&facts, &["mail".to_owned()]);
    assert_eq!(exit_code(&found), 0);
    assert_eq!(found.iter().filter(|f| f.verdict == Verdict::Skipped).count(), 1);
    assert!(names().contains(&"mail"));
}

#[test]
fn a_portal_for_this_machine_alone_needs_no_tls() {
    let tried = Facts {
        base_url: "http://localhost:8080".to_owned(),
        own_address: true,
        own_tls: false,
        loopback: true,
        row_security: Some(RowSecurity::Absent),
        clock: Clock { before_database: None, ..well().clock },
        ..well()
    };
    assert_eq!(exit_code(&findings(&tried, &[])), 0);
    let open = Facts { loopback: false, ..tried };
    assert_eq!(those(&open, Verdict::Unsafe), ["tls"]);
}

#[test]
fn everything_unsafe_says_what_to_do_without_a_word_too_many() {
    let facts = Facts { key_files: places(Reach::Others(0o644)), ..well() };
    let found = findings(&facts, &[]).into_iter().find(|f| f.check == "keys").unwrap();
    assert_eq!(
        found.text,
        "others on this machine can read or change /srv/place (mode 644): chmod 600"
    );
}

fn no_mail() -> MailConfig {
    let command = MailConfig::augment_args(clap::Command::new("x"));
    MailConfig::from_arg_matches(&command.get_matches_from(["x"])).unwrap()
}

fn asked<'a>(config: &'a Config, mail: &'a MailConfig, backups: &'a Path) -> Asked<'a> {
    Asked {
        config,
        mail,
        listen: "127.0.0.1:8080",
        certificate: None,
        certificate_key: None,
        backups: Some(backups),
    }
}

#[test]
fn looking_at_an_empty_folder_makes_nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(folder.path(), "https://azukari.pref.lg.jp");
    let facts = gather(asked(&config, &no_mail(), folder.path()), at("2026-04-01T00:00:00"));
    assert_eq!((facts.pending_migrations, facts.stuck, facts.lost), (None, None, None));
    assert_eq!(facts.key_files.first().unwrap().reach, Reach::Unknown);
    assert_eq!(facts.backup, Backup::Newest(None));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// Who can get at the secret and at the data folder.
fn reaches(facts: &Facts) -> (Reach, Reach) {
    (facts.key_files[0].reach, facts.folders[0].reach)
}

#[test]
fn modes_backups_and_the_end_of_the_certificate_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(folder.path(), "https://azukari.pref.lg.jp");
    crate::secret::Secret::load_or_create(&folder.path().join("secret.key")).unwrap();
    let backups = folder.path().join("backups");
    fs::create_dir_all(backups.join("monday")).unwrap();
    fs::write(backups.join("monday/copy.sqlite"), "x").unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let certificate = folder.path().join("tls.pem");
    fs::write(&certificate, made.cert.pem()).unwrap();
    let mail = no_mail();
    let asked = Asked { certificate: Some(&certificate), ..asked(&config, &mail, &backups) };
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let facts = gather(asked, at("2026-04-01T00:00:00"));
    assert_eq!(reaches(&facts), (Reach::Owner, Reach::Others(0o755)));
    assert!(
        matches!(facts.backup, Backup::Newest(Some(at)) if at > self::at("2026-01-01T00:00:00"))
    );
    assert!(facts.certificate_ends.unwrap() > at("2030-01-01T00:00:00"));
    fs::set_permissions(folder.path().join("secret.key"), fs::Permissions::from_mode(0o644))
        .unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let facts = gather(asked, at("2026-04-01T00:00:00"));
    assert_eq!(reaches(&facts), (Reach::Others(0o644), Reach::Owner));
}

#[test]
fn an_address_is_this_machines_own_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    for (url, own) in [
        ("http://localhost:8080", true),
        ("http://127.0.0.1:8080", true),
        ("http://[::1]:8080", true),
        ("http://azukari.pref.lg.jp", false),
        ("http://localhost.pref.lg.jp", false),
        ("http://10.0.0.1", false),
    ] {
        let config = Config::in_folder(folder.path(), url);
        let facts = gather(asked(&config, &no_mail(), folder.path()), at("2026-04-01T00:00:00"));
        assert_eq!(facts.own_address, own, "{url}");
    }
}

on_both!(
    the_database_tells_of_its_migrations_its_newest_entry_and_what_is_stuck,
    a_secret_that_does_not_fit_is_found,
);

fn look(url: &str, folder: &Path, now: &str) -> Facts {
    let mut config = Config::in_folder(folder, "https://azukari.pref.lg.jp");
    config.database_url = Some(url.to_owned());
    gather(asked(&config, &no_mail(), folder), jst(now))
}

fn the_database_tells_of_its_migrations_its_newest_entry_and_what_is_stuck(url: &str) {
    let (portal, folder) = portal(url, "2026-04-01T09:00:00");
    organisation(&portal);
    operator(&portal)
        .write_now(|tx, _| {
            let new = crate::job::NewJob {
                tenant_id: None,
                kind: "x",
                unique_key: "x",
                payload: serde_json::Value::Null,
                run_at: tx.now,
            };
            crate::job::enqueue(tx, &new)
        })
        .unwrap();
    let look = |now: &str| look(url, folder.path(), now);
    let facts = look("2026-04-01T09:30:00");
    assert_eq!(facts.pending_migrations, Some(0));
    assert_eq!(facts.clock.newest_entry, Some(jst("2026-04-01T09:00:00")));
    assert_eq!(facts.stuck, Some(Stuck::default()));
    let postgresql = url.starts_with("postgres");
    let held = if postgresql { RowSecurity::Held } else { RowSecurity::Absent };
    assert_eq!(facts.row_security, Some(held));
    // The test's now isn't the database's.
    assert_eq!(facts.clock.before_database.is_some(), postgresql);
    assert_eq!(look("2026-04-01T10:30:00").stuck, Some(Stuck { jobs: 1, ..Stuck::default() }));
    crate::database::revert_all(url).unwrap();
    assert!(look("2026-04-01T10:30:00").pending_migrations.unwrap() > 5);
    crate::database::migrate(url).unwrap();
}

fn a_secret_that_does_not_fit_is_found(url: &str) {
    let (portal, folder) = portal(url, "2026-04-01T09:00:00");
    organisation(&portal);
    let lost = || look(url, folder.path(), "2026-04-01T09:30:00").lost;
    assert_eq!(lost(), Some(0));
    portal.secret.rotate(jst("2026-04-01T09:00:00").date()).unwrap();
    assert_eq!(lost(), Some(0), "the older key is still there");
    fs::remove_file(folder.path().join("secret.key")).unwrap();
    assert_eq!(lost(), None);
    crate::secret::Secret::load_or_create(&folder.path().join("secret.key")).unwrap();
    assert_eq!(lost(), Some(1), "another installation's secret");
}
