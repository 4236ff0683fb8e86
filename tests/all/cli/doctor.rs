//! `azukari doctor` and `azukari healthcheck` beside a running portal.

use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use serde_json::Value;

use crate::app::{App, both};

/// What the doctor finds with further words: how it ended, and the verdict of each check.
fn doctor(app: &App, words: &[&str]) -> (i32, Vec<(String, String)>) {
    let done = app.command(&[&["doctor", "--json"], words].concat()).output().unwrap();
    let found: Vec<Value> = serde_json::from_slice(&done.stdout).unwrap();
    let word = |finding: &Value, key| finding[key].as_str().unwrap().to_owned();
    let found = found.iter().map(|f| (word(f, "check"), word(f, "verdict"))).collect();
    (done.status.code().unwrap(), found)
}

fn verdict<'a>(found: &'a [(String, String)], check: &str) -> &'a str {
    found.iter().find(|(name, _)| name == check).map(|(_, verdict)| verdict.as_str()).unwrap()
}

fn set_mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

both! {
    async fn a_portal_as_it_should_be_is_called_safe_and_what_is_not_is_found(app: App) {
        app.principal("三重野県");
        let secret = app.portal.secret.file().unwrap();
        set_mode(secret.parent().unwrap(), 0o700);
        let backups = tempfile::tempdir().unwrap();
        std::fs::write(backups.path().join("azukari.sqlite"), "a copy").unwrap();
        let well = [
            "--base-url", "https://azukari.pref.lg.jp", "--trusted-proxies", "127.0.0.1",
            "--smtp-host", "127.0.0.1", "--smtp-tls", "none", "--mail-from", "azukari@pref.lg.jp",
            "--backups", backups.path().to_str().unwrap(), "--skip", "clock",
        ];
        let (code, found) = doctor(&app, &well);
        assert_eq!(code, 0, "{found:?}");
        assert_eq!(verdict(&found, "clock"), "skipped");
        assert_eq!(found.iter().filter(|(_, verdict)| verdict == "safe").count(), 12);

        let (code, found) = doctor(&app, &["--skip", "clock"]);
        assert_eq!((code, verdict(&found, "mail"), verdict(&found, "backup")), (1, "unsafe", "unsafe"));

        set_mode(secret, 0o644);
        let (code, found) = doctor(&app, &well);
        assert_eq!((code, verdict(&found, "keys")), (1, "unsafe"));
        let (code, said) = app.run(&["doctor", "--skip", "clock,tls"]);
        assert_eq!(code, 1);
        assert!(said.contains("UNSAFE  keys") && said.contains("chmod 600"), "{said}");
        let (code, said) = app.run(&["secret", "status"]);
        assert_eq!(code, 1);
        assert!(said.contains("chmod 600"), "{said}");
        let (code, said) = app.run(&["doctor", "--skip", "moon"]);
        assert_eq!(code, 2);
        assert!(said.contains("possible values"), "{said}");
    }

    async fn the_portal_on_this_machine_is_asked_whether_it_is_ready(app: App) {
        let listen = app.base.strip_prefix("http://").unwrap().to_owned();
        let (code, said) = app.run(&["healthcheck", "--listen", &listen]);
        assert_eq!((code, said.as_str()), (0, ""));
        let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        assert_eq!(app.run(&["healthcheck", "--listen", &nobody.to_string()]).0, 1);
    }
}
