//! Files that were made to hurt: each with the answer that is expected of it. All of them are made here.
//!
//! `cargo test --test all handover::corpus -- --nocapture` prints what was answered, and how long
//! and how much memory it took.

mod archives;
mod documents;
mod make;
mod pictures;
mod portal;
mod sheets;

use azukari::contents::{Bounds, Contents, Hidden, Unreadable, Watch, look};
use std::io::Cursor;

/// What is expected of a file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Answer {
    /// It is looked into to its end, and so is everything in it.
    Whole,
    /// Why it isn't.
    Why(Unreadable),
    /// Why something in it isn't.
    Inside(Unreadable),
    /// It is looked into, and this is hidden in it.
    Hides(Hidden),
}

impl Answer {
    /// Whether what was found is this.
    fn is(self, found: &Contents) -> bool {
        let mut inside = found.all().into_iter().skip(1);
        let whole = found.unreadable.is_none();
        match self {
            Self::Whole => found.all().iter().all(|one| one.unreadable.is_none()),
            Self::Why(why) => found.unreadable == Some(why),
            Self::Inside(why) => inside.any(|one| one.unreadable == Some(why)),
            Self::Hides(what) => whole && found.hidden.iter().any(|one| one.what == what),
        }
    }

    /// Whether the desk has to stop the file.
    pub(super) fn stops(self) -> bool {
        !matches!(self, Self::Whole)
    }
}

/// A file that was made to hurt.
pub(super) struct Case {
    /// What was done to it.
    pub(super) what: &'static str,
    /// The name under which it comes.
    pub(super) name: &'static str,
    /// How it is made.
    pub(super) make: fn() -> Vec<u8>,
    pub(super) answer: Answer,
}

/// A case.
fn case(what: &'static str, name: &'static str, make: fn() -> Vec<u8>, answer: Answer) -> Case {
    Case { what, name, make, answer }
}

/// All of them.
pub(super) fn corpus() -> Vec<Case> {
    [archives::cases(), sheets::cases(), documents::cases(), pictures::cases()]
        .into_iter()
        .flatten()
        .collect()
}

/// Kilobytes that this process holds, or held at most, since it was asked to forget.
fn memory(key: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(key))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

/// Nanoseconds that this thread was at work, whatever else the machine had to do.
fn worked() -> Option<u64> {
    let all = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    all.split_whitespace().next()?.parse().ok()
}

/// The answer to a file and, where this system tells, the memory it took at most.
fn answered(name: &str, bytes: &[u8]) -> (Contents, Option<u64>) {
    let forgot = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let before = memory("VmRSS:");
    let found = look(name, &mut Cursor::new(bytes), &Watch::default(), &Bounds::default()).unwrap();
    let most = memory("VmHWM:").filter(|_| forgot);
    (found, most.zip(before).map(|(most, before)| most.saturating_sub(before)))
}

#[test]
fn each_file_has_the_answer_that_is_expected_of_it() {
    let corpus = corpus();
    let mut wrong = Vec::new();
    println!(
        "| what was done | name | bytes | answer | ms at work | more kB |\n|---|---|--:|---|--:|--:|"
    );
    for case in &corpus {
        let bytes = (case.make)();
        let before = worked();
        let (found, more) = answered(case.name, &bytes);
        let took = worked().zip(before).map(|(now, before)| (now - before) / 1_000_000);
        let took = took.map(|took| took.to_string()).unwrap_or_default();
        let why = found.unreadable.map_or("", Unreadable::as_str);
        let inside = found.all().into_iter().skip(1).find_map(|one| one.unreadable);
        let said = if why.is_empty() { inside.map_or("whole", Unreadable::as_str) } else { why };
        let more = more.map(|more| more.to_string()).unwrap_or_default();
        println!("| {} | {} | {} | {said} | {took} | {more} |", case.what, case.name, bytes.len());
        if !case.answer.is(&found) {
            let (what, name, answer) = (case.what, case.name, case.answer);
            wrong.push(format!("{what} {name}: {answer:?}, but {said}: {found:?}"));
        }
    }
    assert!(corpus.len() >= 60, "{}", corpus.len());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_of_a_windows_archive_are_read() {
    let (found, _) = answered("a.zip", &archives::windows_names());
    let names: Vec<&str> = found.members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(names, ["名簿/一覧表.txt"]);
}
