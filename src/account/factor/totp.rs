//! Codes of an authenticator app: RFC 6238 with SHA-1, six digits, 30 seconds, as all apps know it.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Builder, Totp};

use super::store::{self, AppId, AppRow};
use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::database::Tx;
use crate::error::{Error, Result};
use crate::secret::{self, BATCH, Sealed, Secret, sealed};

/// Digits of a code.
pub(super) const DIGITS: usize = 6;
/// Under which label the seed is sealed.
const LABEL: &str = "totp seed";
/// Bytes of a seed (RFC 4226 §4: 160 bits recommended).
const SEED: usize = 20;

/// Offers a person a new app, with a seed of its own.
pub(super) fn offer(tx: &mut Tx<'_>, secret: &Secret, person: PersonId) -> Result<()> {
    let seed: [u8; SEED] = rand::random();
    let id = AppId::new(tx.now);
    let sealed = sealed::seal(secret, LABEL, id.as_str(), &seed)?;
    store::offer(tx, person, id, &sealed)
}

fn seed(secret: &Secret, app: &AppRow) -> Result<Vec<u8>> {
    sealed::open(secret, LABEL, app.id.as_str(), &app.seed)
}

fn totp(secret: &Secret, app: &AppRow, email: &str) -> Result<Totp> {
    let seed = seed(secret, app)?;
    Builder::new()
        .with_secret(seed)
        .with_skew(1)
        .with_issuer(Some("Azukari"))
        .with_account_name(email.replace(':', " "))
        .build()
        .map_err(Error::internal)
}

/// The step that a code belongs to: this half minute, the one before or the one after.
fn step(totp: &Totp, code: &str, now: Timestamp) -> Option<i64> {
    let seconds = u64::try_from(now.and_utc().timestamp()).ok()?;
    i64::try_from(totp.check(code, seconds)?).ok()
}

/// Holds a code against a person's apps; the step of a right one never counts again.
pub(super) fn prove(
    tx: &mut Tx<'_>,
    secret: &Secret,
    person: PersonId,
    code: &str,
) -> Result<bool> {
    for app in store::apps(tx.connection, person)? {
        if let Some(step) = step(&totp(secret, &app, "")?, code, tx.now)
            && step > app.last_step
        {
            return store::use_step(tx, app.id, step);
        }
    }
    Ok(false)
}

/// Confirms the app that is offered by its first code, under a name.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    secret: &Secret,
    person: PersonId,
    name: &str,
    code: &str,
) -> Result<bool> {
    let Some(app) = store::offered(tx.connection, person)? else {
        return Ok(false);
    };
    match step(&totp(secret, &app, "")?, code, tx.now) {
        Some(step) => store::confirm(tx, app.id, name, step),
        None => Ok(false),
    }
}

/// What the app is given: the seed in groups to type, and the same as a picture of squares.
pub(super) struct Shown {
    /// The seed in base 32, in groups of four.
    pub seed: String,
    /// The side of the picture, in squares.
    pub side: usize,
    /// The dark squares as an SVG path.
    pub path: String,
}

/// Shows the seed of an app that is offered.
pub(super) fn shown(secret: &Secret, app: &AppRow, email: &str) -> Result<Shown> {
    let totp = totp(secret, app, email)?;
    let url = totp.to_url().map_err(Error::internal)?;
    let code = QrCode::with_error_correction_level(url, EcLevel::M).map_err(Error::internal)?;
    let side = code.width();
    let mut path = String::new();
    for (at, _) in code.to_colors().iter().enumerate().filter(|(_, c)| **c == Color::Dark) {
        write!(path, "M{} {}h1v1h-1z", at % side, at / side).map_err(Error::internal)?;
    }
    let letters: Vec<char> =
        totp_rs::Secret::from(seed(secret, app)?).to_base32().chars().collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    Ok(Shown { seed: groups.join(" "), side, path })
}

/// The seeds, as the rotation of the installation's secret renews them.
pub(in crate::account) const SEEDS: Sealed = Sealed {
    what: "seeds of authenticator apps",
    count: store::count_seeds,
    count_under: |c, key| store::count_seeds_like(c, &sealed::pattern(key)),
    renew: |tx, secret, after| {
        let newest = sealed::pattern(&secret.newest_id());
        let rows = store::seeds_unlike(tx.connection, &newest, after, BATCH)?;
        let again = |id: &str, old: &str| sealed::renewed(secret, LABEL, id, old);
        secret::renew(tx, &rows, again, store::reseal)
    },
};
