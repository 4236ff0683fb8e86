use std::sync::atomic::{AtomicUsize, Ordering};

use chrono::Duration;
use proptest::prelude::*;
use serde_json::json;

use super::store::last_done;
use super::*;
use crate::error::{Error, Result};
use crate::testing::{on_both, portal, system};
use crate::web::Portal;

const START: &str = "2026-04-01T09:00:00";

on_both!(
    a_job_of_one_key_is_kept_and_run_once,
    a_job_that_fails_is_tried_again_later_and_given_up_at_last,
    a_leased_job_is_nobody_elses_until_the_lease_ends,
    a_key_is_claimed_once,
    a_job_of_a_rolled_back_change_is_never_run,
    several_workers_run_every_job_once,
);

fn enqueue_at(portal: &Portal, kind: &'static str, key: &str) -> bool {
    system(portal)
        .write_now(|tx, _| {
            let new = NewJob {
                tenant_id: None,
                kind,
                unique_key: key,
                payload: json!({ "n": 1 }),
                run_at: tx.now,
            };
            enqueue(tx, &new)
        })
        .unwrap()
}

fn fine(_: &Portal, job: &Job) -> Result<()> {
    if job.payload.0 == json!({ "n": 1 }) { Ok(()) } else { Err(Error::NotFound) }
}

fn fails(_: &Portal, _: &Job) -> Result<()> {
    Err(Error::internal("no answer from a@b.example"))
}

fn registry() -> Registry {
    Registry::default().with("fine", fine).with("fails", fails)
}

fn a_job_of_one_key_is_kept_and_run_once(url: &str) {
    let (portal, _folder) = portal(url, START);
    assert!(enqueue_at(&portal, "fine", "k"));
    assert!(!enqueue_at(&portal, "fine", "k"));
    assert!(enqueue_at(&portal, "unknown here", "other"));
    assert_eq!(run_due(&portal, &registry()).unwrap(), 1);
    assert_eq!(run_due(&portal, &registry()).unwrap(), 0);
    assert!(!enqueue_at(&portal, "fine", "k"));
    let last = system(&portal).read_now(|c, _| last_done(c, "fine")).unwrap();
    assert_eq!(last, Some(portal.clock.now()));
}

fn a_job_that_fails_is_tried_again_later_and_given_up_at_last(url: &str) {
    let (portal, _folder) = portal(url, START);
    enqueue_at(&portal, "fails", "k");
    let mut tries = 0;
    let mut waited = Vec::new();
    for minute in 0..60 * 48 {
        let ran = run_due(&portal, &registry()).unwrap();
        if ran > 0 {
            tries += ran;
            waited.push(minute);
        }
        portal.clock.advance(Duration::minutes(1));
    }
    assert_eq!(tries, 12);
    assert_eq!(waited[..6], [0, 1, 6, 21, 81, 321]);
    assert_eq!(system(&portal).read_now(|c, _| last_done(c, "fails")).unwrap(), None);
}

fn a_leased_job_is_nobody_elses_until_the_lease_ends(url: &str) {
    let (portal, _folder) = portal(url, START);
    enqueue_at(&portal, "fine", "k");
    let take = || {
        let life = Duration::minutes(10);
        system(&portal).write_now(|tx, _| store::lease(tx, &["fine"], life)).unwrap()
    };
    let first = take().unwrap();
    assert!(take().is_none());
    portal.clock.advance(Duration::minutes(10));
    let second = take().unwrap();
    assert_eq!((first.attempts, second.attempts), (1, 2));
    let finish = |job: &Job| system(&portal).write_now(|tx, _| store::finish(tx, job, None));
    assert!(!finish(&first).unwrap(), "who lost the lease can't say that it is done");
    assert!(finish(&second).unwrap());
}

fn a_key_is_claimed_once(url: &str) {
    let (portal, _folder) = portal(url, START);
    let tenant = crate::testing::organisation(&portal);
    let once = || system(&portal).write_now(|tx, _| claim(tx, tenant, "reminder", "k")).unwrap();
    assert!(once());
    assert!(!once());
    let keys = ["k".to_owned(), "other".to_owned()];
    let claimed = system(&portal).read_now(|c, _| claimed(c, &keys)).unwrap();
    assert_eq!(claimed.into_iter().collect::<Vec<_>>(), ["k"]);
}

fn a_job_of_a_rolled_back_change_is_never_run(url: &str) {
    let (portal, _folder) = portal(url, START);
    let result = system(&portal).write_now(|tx, _| {
        let new = NewJob {
            tenant_id: None,
            kind: "fine",
            unique_key: "k",
            payload: json!({ "n": 1 }),
            run_at: tx.now,
        };
        enqueue(tx, &new)?;
        Err::<(), _>(Error::NotFound)
    });
    assert!(result.is_err());
    assert_eq!(run_due(&portal, &registry()).unwrap(), 0);
}

fn several_workers_run_every_job_once(url: &str) {
    static RUN: AtomicUsize = AtomicUsize::new(0);
    let (portal, _folder) = portal(url, START);
    for n in 0..40 {
        enqueue_at(&portal, "count", &format!("k{n}"));
    }
    let before = RUN.load(Ordering::SeqCst);
    let registry = Registry::default().with("count", |_, _| {
        RUN.fetch_add(1, Ordering::SeqCst);
        Ok(())
    });
    let done: usize = std::thread::scope(|scope| {
        let workers: Vec<_> =
            (0..4).map(|_| scope.spawn(|| run_due(&portal, &registry).unwrap())).collect();
        workers.into_iter().map(|worker| worker.join().unwrap()).sum()
    });
    assert_eq!(done, 40);
    assert!(RUN.load(Ordering::SeqCst) >= before + 40);
}

#[test]
fn tries_wait_longer_and_longer_and_end() {
    let waits: Vec<_> = (1..=12).map(|n| next_try(n).map(|d| d.num_minutes())).collect();
    let hours = Some(240);
    assert_eq!(waits[..4], [Some(1), Some(5), Some(15), Some(60)]);
    assert_eq!(waits[4..11], [hours; 7]);
    assert_eq!(waits[11], None);
}

#[test]
fn a_reason_names_nobody() {
    assert_eq!(
        reason("permanent error (550): 5.1.1 <a.b@c.example>:\r\n unknown\tuser"),
        "permanent error (550): 5.1.1 … unknown user"
    );
}

proptest! {
    #[test]
    fn a_reason_is_one_short_line_without_an_address(text in ".{0,400}") {
        let kept = reason(&text);
        prop_assert!(kept.chars().count() <= 200);
        prop_assert!(!kept.contains(char::is_control) && !kept.contains('@'));
    }
}
