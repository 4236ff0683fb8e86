//! Passwords that are tried first: a list that comes with the program (`assets/passwords`), and what is
//! made out of it in the usual ways.

use std::sync::LazyLock;

/// Lower case, sorted by bytes.
static LIST: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| include_str!("../../assets/passwords/common.txt").lines().collect());

/// Whether a password is on the list, or nothing but a word of it with digits and signs around it,
/// the same few characters over and over, or a run of neighbours such as `12345678901234`.
pub(super) fn is_common(password: &str) -> bool {
    let lower = password.to_lowercase();
    let core = lower.trim_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation());
    listed(&lower) || listed(core) || is_repeated(&lower) || is_run(&lower)
}

fn listed(word: &str) -> bool {
    LIST.binary_search(&word).is_ok()
}

/// Whether it is a piece of at most six characters again and again, or a word of the list twice.
fn is_repeated(text: &str) -> bool {
    let letters: Vec<char> = text.chars().collect();
    (1..=letters.len() / 2).any(|length| {
        let repeats = letters.iter().zip(letters.iter().cycle().skip(length)).enumerate();
        let same = repeats.take(letters.len() - length).all(|(_, (a, b))| a == b);
        let piece: String = letters.iter().take(length).collect();
        same && (length <= 6 || listed(&piece))
    })
}

/// Whether every character is the neighbour of the one before it, in one direction; 0 follows 9.
fn is_run(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let next = |a: u32, b: u32| b == a + 1 || (a, b) == (u32::from('9'), u32::from('0'));
    let pairs = || codes.iter().copied().zip(codes.iter().copied().skip(1));
    codes.len() > 1 && (pairs().all(|(a, b)| next(a, b)) || pairs().all(|(a, b)| next(b, a)))
}

#[cfg(test)]
mod tests {
    use super::{LIST, is_common};

    #[test]
    fn what_is_tried_first_is_common() {
        assert!(LIST.len() > 30_000 && LIST.is_sorted());
        for password in [
            "password1234",
            "Password2026!",
            "monkey123456",
            "letmeinletmein",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "123456789012",
            "9876543210987",
            "abcdefghijkl",
            "qwertyuiop12345",
            "ぱぱぱぱぱぱぱぱぱぱぱぱ",
        ] {
            assert!(is_common(password), "{password}");
        }
    }

    #[test]
    fn what_somebody_thought_of_is_not() {
        for password in [
            "正しい馬の電池の留め金具",
            "tsushima no asagohan",
            "correct horse battery",
            "kx8-vR2pq-77d",
        ] {
            assert!(!is_common(password), "{password}");
        }
    }
}
