//! Keys, their file, and what is sealed with them.

use std::fs;
use std::path::Path;

use chrono::NaiveDate;

use super::*;

fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn set_mode(path: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 4, 1).unwrap()
}

#[test]
fn the_file_is_made_for_its_owner_alone_and_read_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    let made = Secret::load_or_create(&path).unwrap();
    assert_eq!(mode(&path), 0o600);
    let read = Secret::load_or_create(&path).unwrap();
    assert_eq!(made.derive("x"), read.derive("x"));
    assert_ne!(made.derive("x"), made.derive("y"));
}

#[test]
fn a_file_that_others_can_read_is_refused_with_words() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    Secret::load_or_create(&path).unwrap();
    for mode in [0o604, 0o644, 0o660, 0o666] {
        set_mode(&path, mode);
        let refused = Secret::load_or_create(&path).unwrap_err().to_string();
        assert!(refused.contains("chmod 600"), "{refused}");
        assert!(refused.contains(&format!("{mode:o}")), "{refused}");
    }
    set_mode(&path, 0o400);
    Secret::load_or_create(&path).unwrap();
}

#[test]
fn a_rotated_secret_makes_with_the_new_key_and_reads_with_the_old() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    let secret = Secret::load_or_create(&path).unwrap();
    let (old, signer) = (secret.derive("x"), secret.signer_seed());
    let sealed = sealed::seal(&secret, "totp", "person", b"seed").unwrap();
    secret.rotate(day()).unwrap();
    assert_ne!(secret.derive("x"), old);
    assert_eq!(secret.derive_all("x").get(1), Some(&old));
    assert_eq!(sealed::open(&secret, "totp", "person", &sealed).unwrap(), b"seed");
    assert_eq!(secret.signer_seed(), signer, "the ledger's signer stays");
    assert_eq!(mode(&path), 0o600);
    assert!(fs::read_to_string(&path).unwrap().contains("# since 2026-04-01"));
    assert!(!folder.path().join("secret.key.new").exists());
}

#[test]
fn the_signer_stays_when_the_first_key_is_removed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    let secret = Secret::load_or_create(&path).unwrap();
    let (first, signer) = (secret.newest_id(), secret.signer_seed());
    secret.rotate(day()).unwrap();
    secret.rotate(day()).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    let kept: Vec<&str> =
        text.lines().enumerate().filter(|(n, _)| *n != 2).map(|(_, l)| l).collect();
    fs::write(&path, kept.join("\n")).unwrap();
    let after = Secret::load_or_create(&path).unwrap();
    assert_eq!(after.ids().len(), 2);
    assert!(!after.ids().contains(&first));
    assert_eq!(after.signer_seed(), signer);
}

#[test]
fn a_key_that_another_process_added_is_found() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    let serving = Secret::load_or_create(&path).unwrap();
    let operator = Secret::load_or_create(&path).unwrap();
    operator.rotate(day()).unwrap();
    let sealed = sealed::seal(&operator, "totp", "person", b"seed").unwrap();
    assert_eq!(sealed::open(&serving, "totp", "person", &sealed).unwrap(), b"seed");
    assert_eq!(serving.ids(), operator.ids());
}

#[test]
fn the_environment_may_hold_several_keys_and_can_not_be_rotated() {
    let (new, old) = ("11".repeat(32), "22".repeat(32));
    let secret = Secret::parse(&format!("{new},{old}")).unwrap();
    assert_eq!(secret.derive("x"), Secret::parse(&new).unwrap().derive("x"));
    assert_eq!(secret.signer_seed(), Secret::parse(&old).unwrap().signer_seed());
    let signer = hex::encode(secret.signer_seed());
    let alone = Secret::parse(&format!("{new},signer:{signer}")).unwrap();
    assert_eq!(alone.signer_seed(), secret.signer_seed());
    assert!(matches!(secret.rotate(day()), Err(SecretError::Environment)));
    for bad in
        ["", "#", "11", &"zz".repeat(32), &format!("{new},x"), "signer", &format!("signer {new}")]
    {
        assert!(matches!(Secret::parse(bad), Err(SecretError::Malformed)), "{bad:?}");
    }
}

#[test]
fn what_is_sealed_opens_only_for_its_label_and_owner_and_unchanged() {
    let secret = Secret::random();
    let text = sealed::seal(&secret, "totp", "person", b"seed").unwrap();
    assert_eq!(sealed::open(&secret, "totp", "person", &text).unwrap(), b"seed");
    assert_ne!(text, sealed::seal(&secret, "totp", "person", b"seed").unwrap());
    assert!(sealed::open(&secret, "other", "person", &text).is_err());
    assert!(sealed::open(&secret, "totp", "another", &text).is_err());
    assert!(sealed::open(&Secret::random(), "totp", "person", &text).is_err());
    for at in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[at] = if changed[at] == b'0' { b'1' } else { b'0' };
        let changed = String::from_utf8(changed).unwrap();
        assert!(sealed::open(&secret, "totp", "person", &changed).is_err(), "{at}");
    }
    for bad in ["", "1", "1.", "1.00000000.", "2.00000000.00"] {
        assert!(sealed::open(&secret, "totp", "person", bad).is_err(), "{bad:?}");
    }
}

#[test]
fn what_is_sealed_is_renewed_once_after_a_rotation() {
    let secret = Secret::parse(&format!("{},{}", "11".repeat(32), "22".repeat(32))).unwrap();
    let old = Secret::parse(&"22".repeat(32)).unwrap();
    let sealed = sealed::seal(&old, "totp", "person", b"seed").unwrap();
    let renewed = sealed::renewed(&secret, "totp", "person", &sealed).unwrap().unwrap();
    assert_eq!(sealed::key_id(&renewed), Some(&*secret.newest_id()));
    assert_eq!(sealed::renewed(&secret, "totp", "person", &renewed).unwrap(), None);
    assert_eq!(sealed::open(&secret, "totp", "person", &renewed).unwrap(), b"seed");
}
