//! The one-time code of an outside recipient: told by another way than the link, typed once for half
//! an hour, kept sealed.

use subtle::ConstantTimeEq as _;

use super::store::sealing;
use crate::error::{Error, Result};
use crate::handover::{Delivery, DeliveryId};
use crate::japanese::fold_width;
use crate::secret::{self, BATCH, Sealed, Secret, sealed};

/// Digits of a code.
const DIGITS: usize = 8;
/// Codes there are.
const MANY: u64 = 100_000_000;
/// Under which label it is sealed.
const LABEL: &str = "hand-over code";

/// A new code, sealed for its row.
pub(super) fn draw(secret: &Secret, delivery: DeliveryId) -> Result<String> {
    // Of 2^64 numbers, none of the codes comes noticeably more often.
    let number = rand::random::<u64>() % MANY;
    let code = format!("{number:0DIGITS$}");
    sealed::seal(secret, LABEL, delivery.as_str(), code.as_bytes())
}

/// The code of a recipient.
pub(super) fn open(secret: &Secret, delivery: &Delivery) -> Result<String> {
    let plain = sealed::open(secret, LABEL, delivery.id.as_str(), &delivery.code)?;
    String::from_utf8(plain).map_err(Error::internal)
}

/// Whether what was typed is the code: in whichever width, with spaces and hyphens or without.
pub(super) fn fits(secret: &Secret, delivery: &Delivery, typed: &str) -> Result<bool> {
    let own = open(secret, delivery)?;
    Ok(digits(typed).as_bytes().ct_eq(own.as_bytes()).into())
}

fn digits(typed: &str) -> String {
    let typed = fold_width(typed);
    typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '−' | 'ー')).collect()
}

/// The code in two groups, as it is read out.
pub(super) fn grouped(code: &str) -> String {
    let (first, rest) = code.split_at_checked(DIGITS / 2).unwrap_or((code, ""));
    format!("{first} {rest}")
}

/// The codes, as the rotation of the installation's secret renews them.
pub(in crate::handover) const SEALED: Sealed = Sealed {
    what: "codes of hand-overs",
    count: sealing::count,
    count_under: |c, key| sealing::count_like(c, &sealed::pattern(key)),
    renew: |tx, secret, after| {
        let newest = sealed::pattern(&secret.newest_id());
        let rows = sealing::unlike(tx.connection, &newest, after, BATCH)?;
        let again = |id: &str, old: &str| sealed::renewed(secret, LABEL, id, old);
        secret::renew(tx, &rows, again, sealing::reseal)
    },
};

#[cfg(test)]
mod tests {
    use super::{digits, grouped};

    #[test]
    fn a_code_is_typed_as_it_was_heard() {
        for typed in ["12345678", " 1234 5678 ", "１２３４－５６７８", "1234-5678", "1234　5678"]
        {
            assert_eq!(digits(typed), "12345678", "{typed}");
        }
        assert_eq!(grouped("00123456"), "0012 3456");
    }
}
