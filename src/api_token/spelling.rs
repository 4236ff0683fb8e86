//! How a token is written: `azk_`, 32 random bytes and a checksum, both hexadecimal.
//!
//! The beginning and the checksum are for scanners that look for secrets where none should be: they
//! tell a token from any other text (`azk_[0-9a-f]{72}`). The checksum is no proof of anything.

use crate::storage::sha256;

/// With what every token begins.
pub(super) const PREFIX: &str = "azk_";

/// Characters of the checksum.
const CHECKSUM: usize = 8;

/// A new token.
pub(super) fn new_token() -> String {
    written(rand::random())
}

fn written(secret: [u8; 32]) -> String {
    let own = format!("{PREFIX}{}", hex::encode(secret));
    let checksum = checksum(&own);
    own + &checksum
}

fn checksum(own: &str) -> String {
    sha256(own.as_bytes()).chars().take(CHECKSUM).collect()
}

/// The hash under which a token is kept; nothing for what isn't written like one, to the letter.
pub(super) fn hash_of(token: &str) -> Option<String> {
    let (own, given) = token.split_at_checked(PREFIX.len() + 64)?;
    let digits = own.strip_prefix(PREFIX)?;
    let bytes = hex::decode(digits).ok()?;
    // One spelling: hexadecimal digits in lower case alone.
    let same = hex::encode(&bytes) == digits && checksum(own) == given;
    same.then(|| sha256(&bytes))
}

/// By which people tell tokens apart: the beginning, from which nobody guesses the rest.
pub(super) fn hint(token: &str) -> String {
    token.chars().take(PREFIX.len() + 4).collect()
}

#[cfg(test)]
mod tests {
    use super::{hash_of, hint, new_token, written};

    #[test]
    fn a_token_is_found_again_by_its_hash_alone() {
        let token = written([0; 32]);
        assert_eq!(token, format!("azk_{}72f78c9c", "0".repeat(64)));
        let of_zeros = "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925";
        assert_eq!(hash_of(&token).unwrap(), of_zeros);
        assert_eq!(hint(&token), "azk_0000");
        assert_ne!(new_token(), new_token());
    }

    #[test]
    fn every_other_spelling_is_no_token() {
        let token = written([0xab; 32]);
        let mut wrong: Vec<String> = vec![
            String::new(),
            "azk_".into(),
            token.to_uppercase(),
            token.replace("azk_", "AZK_"),
            token.replace('b', "B"),
            format!(" {token}"),
            format!("{token} "),
            format!("{token}0"),
            token.replace('a', "ａ"),
            token.trim_start_matches("azk_").to_owned(),
        ];
        for end in 0..token.len() {
            wrong.push(token.chars().take(end).collect());
        }
        for at in 0..token.len() {
            let other = |(i, c)| if i == at { if c == '0' { '1' } else { '0' } } else { c };
            wrong.push(token.chars().enumerate().map(other).collect());
        }
        for wrong in wrong {
            assert_eq!(hash_of(&wrong), None, "{wrong}");
        }
        assert!(hash_of(&token).is_some());
    }
}
