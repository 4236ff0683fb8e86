//! Each check finds what it looks for, and facts come from where they should.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use clap::{Args as _, FromArgMatches as _};

use super::*;
use crate::clock::Timestamp;
use crate::config::Config;
use crate::notice::{MailConfig, SmtpTls};
use crate::testing::{jst, on_both, operator, organisation, portal};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn well() -> Facts {
    Facts {
        now: at("2026-04-01T00:00:00"),
        base_url: "https://azukari.pref.lg.jp".to_owned(),
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
        newest_entry: Some(at("2026-03-31T23:59:00")),
        synchronised: Some(true),
        secret_mode: Some(None),
        data_mode: Some(None),
        superuser: Some(false),
        pending_migrations: Some(0),
        stuck: Some(Stuck::default()),
    }
}

/// The checks that end in `verdict`.
fn those(facts: &Facts, verdict: Verdict) -> Vec<&'static str> {
    findings(facts).into_iter().filter(|f| f.verdict == verdict).map(|f| f.check).collect()
}

#[test]
fn an_installation_where_all_is_well_ends_with_0() {
    let facts = well();
    assert_eq!(those(&facts, Verdict::Safe).len(), findings(&facts).len());
    assert_eq!(exit_code(&findings(&facts)), 0);
    let behind = Facts { own_tls: false, loopback: true, proxies: true, ..well() };
    assert_eq!(exit_code(&findings(&behind)), 0);
}

#[test]
fn each_unsafe_fact_is_found_by_its_check_alone_and_ends_with_1() {
    let mail = |tls, local, from: &str| {
        Some(MailFacts { tls, local, from: Some(from.to_owned()) })
    };
    let cases: Vec<(&str, Facts)> = vec![
        ("tls", Facts { base_url: "http://azukari.pref.lg.jp".to_owned(), ..well() }),
        ("tls", Facts { own_tls: false, proxies: true, ..well() }),
        ("certificate", Facts { certificate_ends: Some(at("2026-04-10T00:00:00")), ..well() }),
        ("certificate", Facts { certificate_ends: Some(at("2026-03-31T23:00:00")), ..well() }),
        ("proxies", Facts { own_tls: false, loopback: true, ..well() }),
        ("mail", Facts { mail: None, ..well() }),
        ("mail", Facts { mail: mail(SmtpTls::None, false, "a@pref.lg.jp"), ..well() }),
        ("mail", Facts { mail: mail(SmtpTls::Tls, false, ""), ..well() }),
        ("mail", Facts { mail: mail(SmtpTls::Tls, false, "azukari@mail.example"), ..well() }),
        ("backup", Facts { backup: Backup::Unnamed, ..well() }),
        ("backup", Facts { backup: Backup::Newest(None), ..well() }),
        ("backup", Facts { backup: Backup::Newest(Some(at("2026-03-30T23:59:59"))), ..well() }),
        ("clock", Facts { newest_entry: Some(at("2026-04-01T00:02:00")), ..well() }),
        ("clock", Facts { synchronised: Some(false), ..well() }),
        ("secret", Facts { secret_mode: Some(Some(0o644)), ..well() }),
        ("data", Facts { data_mode: Some(Some(0o755)), ..well() }),
        ("role", Facts { superuser: Some(true), ..well() }),
        ("migrations", Facts { pending_migrations: Some(1), ..well() }),
        ("stuck", Facts { stuck: Some(Stuck { jobs: 1, mails: 0 }), ..well() }),
        ("stuck", Facts { stuck: Some(Stuck { jobs: 0, mails: 1 }), ..well() }),
    ];
    for (check, facts) in cases {
        assert_eq!(those(&facts, Verdict::Unsafe), [check], "{facts:?}");
        assert_eq!(exit_code(&findings(&facts)), 1);
    }
    let local = Facts { mail: mail(SmtpTls::None, true, "a@pref.lg.jp"), ..well() };
    assert_eq!(exit_code(&findings(&local)), 0);
}

#[test]
fn what_can_not_be_told_ends_with_2_and_what_is_unsafe_still_with_1() {
    let facts = Facts {
        certificate_ends: None,
        backup: Backup::Unreadable,
        synchronised: None,
        secret_mode: None,
        data_mode: None,
        superuser: None,
        pending_migrations: None,
        stuck: None,
        ..well()
    };
    assert_eq!(those(&facts, Verdict::Unknown).len(), 8);
    assert_eq!(exit_code(&findings(&facts)), 2);
    assert_eq!(exit_code(&findings(&Facts { mail: None, ..facts })), 1);
}

fn no_mail() -> MailConfig {
    let command = MailConfig::augment_args(clap::Command::new("x"));
    MailConfig::from_arg_matches(&command.get_matches_from(["x"])).unwrap()
}

fn asked<'a>(config: &'a Config, mail: &'a MailConfig, backups: &'a Path) -> Asked<'a> {
    Asked { config, mail, listen: "127.0.0.1:8080", certificate: None, backups: Some(backups) }
}

#[test]
fn looking_at_an_empty_folder_makes_nothing_there() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::in_folder(folder.path(), "https://azukari.pref.lg.jp");
    let facts = gather(asked(&config, &no_mail(), folder.path()), at("2026-04-01T00:00:00"));
    assert_eq!((facts.pending_migrations, facts.stuck, facts.secret_mode), (None, None, None));
    assert_eq!(facts.backup, Backup::Newest(None));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
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
    assert_eq!((facts.secret_mode, facts.data_mode), (Some(None), Some(Some(0o755))));
    assert!(matches!(facts.backup, Backup::Newest(Some(at)) if at > self::at("2026-01-01T00:00:00")));
    assert!(facts.certificate_ends.unwrap() > at("2030-01-01T00:00:00"));
    fs::set_permissions(folder.path().join("secret.key"), fs::Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
    let facts = gather(asked, at("2026-04-01T00:00:00"));
    assert_eq!((facts.secret_mode, facts.data_mode), (Some(Some(0o644)), Some(None)));
}

on_both!(
    the_database_tells_of_its_migrations_its_newest_entry_and_what_is_stuck,
    a_rotation_renews_the_keys_of_files_and_the_old_key_may_go,
);

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
    let mut config = Config::in_folder(folder.path(), "https://azukari.pref.lg.jp");
    config.database_url = Some(url.to_owned());
    let look = |now: &str| gather(asked(&config, &no_mail(), folder.path()), jst(now));
    let facts = look("2026-04-01T09:30:00");
    assert_eq!(facts.pending_migrations, Some(0));
    assert_eq!(facts.newest_entry, Some(jst("2026-04-01T09:00:00")));
    assert_eq!(facts.stuck, Some(Stuck::default()));
    assert_eq!(facts.superuser, Some(url.starts_with("postgres")), "tests have a superuser");
    assert_eq!(look("2026-04-01T10:30:00").stuck, Some(Stuck { jobs: 1, mails: 0 }));
    crate::database::revert_all(url).unwrap();
    assert!(look("2026-04-01T10:30:00").pending_migrations.unwrap() > 5);
    crate::database::migrate(url).unwrap();
}

fn a_rotation_renews_the_keys_of_files_and_the_old_key_may_go(url: &str) {
    let (portal, folder) = portal(url, "2026-04-01T09:00:00");
    let id = organisation(&portal);
    let ctx = operator(&portal);
    let rt = actix_web::rt::System::new();
    let key = ctx.read_now(|c, _| crate::organisation::wrapped_key(c, id)).unwrap();
    rt.block_on(portal.storage.put(&portal.secret, &key, "x", b"file")).unwrap();
    portal.secret.rotate(ctx.now.date()).unwrap();
    let renew = || {
        let sealed = crate::server::sealed();
        ctx.write_now(|tx, ctx| {
            sealed.iter().map(|kind| (kind.renew)(tx, &ctx.portal.secret)).sum::<Result<usize, _>>()
        })
    };
    let get = |secret: &crate::secret::Secret| {
        let key = ctx.read_now(|c, _| crate::organisation::wrapped_key(c, id)).unwrap();
        rt.block_on(portal.storage.get(secret, &key, "x"))
    };
    assert_eq!(get(&portal.secret).unwrap(), b"file", "the old key still reads");
    assert_eq!((renew().unwrap(), renew().unwrap()), (1, 0));
    assert_eq!(get(&portal.secret).unwrap(), b"file");
    let text = fs::read_to_string(folder.path().join("secret.key")).unwrap();
    let newest = text.lines().next().unwrap();
    let alone = crate::secret::Secret::parse(newest).unwrap();
    assert_eq!(get(&alone).unwrap(), b"file", "the old key isn't needed any more");
    let keys = ctx.read_now(|c, ctx| (crate::server::sealed()[0].keys)(c, &ctx.portal.secret));
    assert_eq!(keys.unwrap(), [alone.newest_id()]);
}
