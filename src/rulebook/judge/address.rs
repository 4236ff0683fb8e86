//! Addresses and names as they are compared.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use crate::japanese::{fold_name, fold_width};

/// Domains of free mail services and of the personal addresses of mobile carriers.
static FREE_MAIL: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/free_mail_domains.txt")))
        .collect()
});

/// Words by which the name of an organisation is known, folded.
static ORGANISATION: LazyLock<Vec<String>> = LazyLock::new(|| {
    lines(include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/organisation_words.txt")))
        .map(fold_name)
        .collect()
});

/// The lines of a list without its remarks.
fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// A mail address as it is compared: lower case, half width, without a name around it and without
/// the part after `+`. Nothing for what isn't one.
pub(super) fn mail(address: &str) -> Option<String> {
    let folded =
        if address.is_ascii() { Cow::Borrowed(address) } else { Cow::Owned(fold_width(address)) };
    let bare = match folded.rsplit_once('<') {
        Some((_, rest)) => rest.split('>').next().unwrap_or(rest),
        None => &folded,
    };
    let (local, domain) = bare.trim().rsplit_once('@')?;
    let domain = domain.trim_end_matches('.');
    let local = match local.split_once('+') {
        Some((before, _)) if !before.is_empty() => before,
        _ => local,
    };
    (!local.is_empty() && !domain.is_empty()).then(|| format!("{local}@{domain}").to_lowercase())
}

/// The digits of a telephone or fax number.
pub(super) fn digits(number: &str) -> String {
    fold_width(number).chars().filter(char::is_ascii_digit).collect()
}

/// Whether a mail address as compared is one of a free mail service, or of a domain below one.
pub(super) fn is_free(mail: &str) -> bool {
    let mut domain = mail.rsplit_once('@').map(|(_, domain)| domain);
    while let Some(at) = domain {
        if FREE_MAIL.contains(at) {
            return true;
        }
        domain = at.split_once('.').map(|(_, above)| above);
    }
    false
}

/// Whether a folded name is that of an organisation, as far as its words tell.
pub(super) fn is_organisation(folded: &str) -> bool {
    ORGANISATION.iter().any(|word| folded.contains(word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_without_case_width_and_subaddress() {
        let same = Some("taro@sr.example".to_owned());
        for typed in [
            "Taro@SR.example",
            " taro+work@sr.example.",
            "髙橋 <taro@sr.example>",
            "ｔａｒｏ＠sr.example",
        ] {
            assert_eq!(mail(typed), same, "{typed}");
        }
        for none in ["", "taro", "@sr.example", "taro@", "03-0000-0000"] {
            assert_eq!(mail(none), None, "{none}");
        }
    }

    #[test]
    fn free_mail_is_known_by_its_domain_and_those_below() {
        let free = |address| mail(address).is_some_and(|mail| is_free(&mail));
        for address in ["a@gmail.com", "a@GMAIL.com", "a@yahoo.co.jp", "a@x.ezweb.ne.jp"] {
            assert!(free(address), "{address}");
        }
        for address in ["a@notgmail.com", "a@gmail.com.example", "a@pref.mie.lg.jp", "a@co.jp"] {
            assert!(!free(address), "{address}");
        }
        for domain in FREE_MAIL.iter() {
            let clean = domain.to_lowercase();
            assert!(*domain == clean && clean.contains('.') && !clean.contains('@'), "{domain}");
        }
    }

    #[test]
    fn organisations_are_known_by_their_words() {
        let known = |name: &str| is_organisation(&fold_name(name));
        assert!(known("㈱しおかぜ") && known("NPO法人 なみおと") && known("Shiokaze Ltd."));
        assert!(!known("髙橋 太郎") && !known(""));
    }
}
