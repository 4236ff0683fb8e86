//! Recovery codes (予備コード): ten, each used once, for whoever lost the app.

use crate::storage::sha256;

/// How many a set has.
pub(super) const COUNT: usize = 10;
/// Letters and digits that aren't taken for each other: 32 of them, five bits each.
const ALPHABET: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
/// Characters of a code: 120 bits, so that a plain hash keeps it (ASVS 5.0, 6.5.2).
const LENGTH: usize = 24;

/// A new set, each code in groups of four.
pub(super) fn new_set() -> Vec<String> {
    (0..COUNT).map(|_| new_code()).collect()
}

fn new_code() -> String {
    let random: [u8; LENGTH] = rand::random();
    let letters: Vec<char> = random
        .iter()
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 32)).map(|letter| char::from(*letter)))
        .collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

/// Whether a text has the form of a code.
pub(super) fn is_code(text: &str) -> bool {
    let hyphens = LENGTH / 4 - 1;
    text.len() == LENGTH + hyphens
        && text.bytes().all(|byte| byte == b'-' || ALPHABET.contains(&byte))
}

/// The hash under which a code is kept; hyphens, spaces and case don't count.
pub(super) fn hash(code: &str) -> String {
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    sha256(plain.to_ascii_lowercase().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{hash, is_code, new_set};

    #[test]
    fn codes_differ_and_are_known_however_they_are_typed() {
        let set = new_set();
        let distinct: std::collections::BTreeSet<_> = set.iter().collect();
        assert_eq!((set.len(), distinct.len()), (10, 10));
        let code = &set[0];
        assert_eq!(code.len(), 29);
        assert!(is_code(code) && !is_code("<b>") && !is_code(&code.to_uppercase()));
        assert_eq!(hash(code), hash(&code.replace('-', " ").to_uppercase()));
        assert_ne!(hash(code), hash(&set[1]));
    }
}
