//! When something that failed is tried again, and what is kept of the reason.

use chrono::Duration;

/// How many tries there are in all.
const TRIES: i32 = 12;

/// How long the kept reason may be.
const REASON: usize = 200;

/// How long to wait after the `failed`-th try (from 1); nothing when that was the last.
#[must_use]
pub fn next_try(failed: i32) -> Option<Duration> {
    match failed {
        TRIES.. => None,
        ..=1 => Some(Duration::minutes(1)),
        2 => Some(Duration::minutes(5)),
        3 => Some(Duration::minutes(15)),
        4 => Some(Duration::minutes(60)),
        _ => Some(Duration::hours(4)),
    }
}

/// A reason as it is kept: one line, short, and without anybody's mail address.
#[must_use]
pub fn reason(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .map(|word| if word.contains(['@', '＠']) { "…" } else { word })
        .collect();
    words.join(" ").chars().take(REASON).collect()
}
