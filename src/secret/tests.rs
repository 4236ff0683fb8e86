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
    let facts = secret.keys();
    assert_eq!((facts[0].since, facts[0].replaced), (Some(day()), None));
    assert_eq!((facts[1].since, facts[1].replaced), (None, Some(day())));
    assert_eq!(Secret::load(&path).unwrap().keys(), facts, "the days are kept");
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
    let newest = secret.newest_id();
    assert!(matches!(secret.remove(&newest), Err(SecretError::NoSuchKey(_))), "the newest stays");
    assert!(matches!(secret.remove("00000000"), Err(SecretError::NoSuchKey(_))));
    secret.remove(&first).unwrap();
    let after = Secret::load(&path).unwrap();
    for secret in [&secret, &after] {
        assert_eq!((secret.ids().len(), secret.newest_id()), (2, newest.clone()));
        assert!(!secret.ids().contains(&first));
        assert_eq!(secret.signer_seed(), signer);
    }
    // Also when its line was taken away by hand.
    let text = fs::read_to_string(&path).unwrap();
    let kept: Vec<&str> =
        text.lines().enumerate().filter(|(n, _)| *n != 1).map(|(_, l)| l).collect();
    fs::write(&path, kept.join("\n")).unwrap();
    let after = Secret::load(&path).unwrap();
    assert_eq!((after.ids(), after.signer_seed()), (vec![newest], signer));
}

#[test]
fn a_rotation_leaves_owner_and_mode_as_they_were() {
    use std::os::unix::fs::MetadataExt as _;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    let secret = Secret::load_or_create(&path).unwrap();
    set_mode(&path, 0o400);
    // Only root can give files away.
    let given = std::os::unix::fs::chown(&path, Some(1234), Some(5678)).is_ok();
    secret.rotate(day()).unwrap();
    assert_eq!(mode(&path), 0o400);
    let about = fs::metadata(&path).unwrap();
    assert!(!given || (about.uid(), about.gid()) == (1234, 5678));
}

#[test]
fn what_is_left_of_a_rotation_that_was_cut_off_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    let secret = Secret::load_or_create(&path).unwrap();
    fs::write(folder.path().join("secret.key.new"), "half a k").unwrap();
    assert_eq!(Secret::load_or_create(&path).unwrap().ids(), secret.ids());
    secret.rotate(day()).unwrap();
    assert_eq!(Secret::load(&path).unwrap().ids().len(), 2);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn the_text_of_a_rotation_is_what_the_environment_needs() {
    let secret = Secret::parse(&"22".repeat(32)).unwrap();
    let text = secret.rotated_text(day());
    assert_eq!(secret.ids().len(), 1, "nothing has changed");
    let rotated = Secret::parse(&text).unwrap();
    assert_eq!(rotated.ids()[1..], secret.ids());
    assert_eq!(rotated.signer_seed(), secret.signer_seed());
    assert_eq!(rotated.keys()[1].replaced, Some(day()));
    let text = rotated.text_without(&secret.newest_id()).unwrap();
    let alone = Secret::parse(&text).unwrap();
    assert_eq!(alone.ids(), [rotated.newest_id()]);
    assert_eq!(alone.signer_seed(), secret.signer_seed());
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
    operator.rotate(day()).unwrap();
    let sealed = sealed::seal(&serving, "totp", "person", b"seed").unwrap();
    assert_eq!(sealed::key_id(&sealed), Some(&*operator.newest_id()), "nothing more under the old");
    let oldest = operator.ids().pop().unwrap();
    operator.remove(&oldest).unwrap();
    assert!(serving.refresh() && !serving.refresh());
    assert_eq!(serving.derive_by(&oldest, "x"), None);
}

#[test]
fn a_file_that_can_not_be_read_again_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.key");
    let secret = Secret::load_or_create(&path).unwrap();
    let ids = secret.ids();
    fs::write(&path, "no key").unwrap();
    assert!(!secret.refresh());
    fs::remove_file(&path).unwrap();
    assert!(!secret.refresh());
    assert_eq!(secret.ids(), ids);
    assert!(sealed::seal(&secret, "totp", "person", b"seed").is_ok());
    assert!(matches!(secret.rotate(day()), Err(SecretError::File(..))));
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
    assert!(matches!(secret.remove(&secret.ids()[1]), Err(SecretError::Environment)));
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
