//! When something can be fetched, and how it stands.

use chrono::Duration;

use super::model::{Download, DownloadId};
use super::rules::{Standing, TICKET, goes_on, is_open, standing};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::database::types::Json;
use crate::entrustment::EntrustmentId;
use crate::handover::{
    Deletion, Delivery, DeliveryId, Direction, FileId, Handover, HandoverId, HandoverStatus,
    ReceivingParty,
};
use crate::rulebook::Party;
use crate::testing::jst;

fn now() -> Timestamp {
    jst("2026-04-01T09:00:00")
}

fn handover(status: HandoverStatus) -> Handover {
    Handover {
        tenant_id: OrganisationId::new(now()),
        id: HandoverId::new(now()),
        entrustment_id: EntrustmentId::new(now()),
        position: 1,
        direction: Direction::ToContractor,
        sender: Party::Principal,
        purpose: "監査".into(),
        message: String::new(),
        items: Json(Vec::new()),
        valid_days: 7,
        downloads: 3,
        status,
        request_id: None,
        created_by_name: "﨑山".into(),
        created_at: now(),
        seal: String::new(),
        proposed_by_name: String::new(),
        proposed_at: None,
        decided_by_name: String::new(),
        decided_at: None,
        decision_reason: String::new(),
        release_at: None,
        sent_at: Some(now()),
        valid_until: Some(now() + Duration::days(7)),
        recalled_by_name: String::new(),
        recalled_at: None,
        recall_reason: String::new(),
        ended_at: None,
        version: 1,
    }
}

pub(super) fn delivery() -> Delivery {
    Delivery {
        tenant_id: OrganisationId::new(now()),
        id: DeliveryId::new(now()),
        handover_id: HandoverId::new(now()),
        position: 1,
        party: ReceivingParty::Contractor,
        recipient_id: None,
        below_id: None,
        name: "髙橋".into(),
        address: String::new(),
        code: String::new(),
        guesses: 0,
        opened_at: None,
        received_at: None,
        received_by_name: String::new(),
        refused_at: None,
        transmission_id: None,
        deletion: Deletion::NotNeeded,
        deletion_asked_at: None,
        deletion_answered_at: None,
        deletion_answered_by_name: String::new(),
        deletion_note: String::new(),
        reminded: 0,
        version: 1,
    }
}

fn download(started_at: Timestamp) -> Download {
    Download {
        tenant_id: OrganisationId::new(now()),
        id: DownloadId::new(now()),
        delivery_id: DeliveryId::new(now()),
        file_id: FileId::new(now()),
        started_at,
        by_name: "髙橋".into(),
        bound_to: "0".into(),
        reached: 0,
        handed_out: 0,
        completed_at: None,
    }
}

#[test]
fn it_is_open_to_the_second_and_only_while_it_is_sent() {
    let end = now() + Duration::days(7);
    let (sent, to) = (handover(HandoverStatus::Sent), delivery());
    assert!(is_open(&sent, &to, now()));
    assert!(is_open(&sent, &to, end - Duration::milliseconds(1)));
    assert!(!is_open(&sent, &to, end));
    for status in HandoverStatus::ALL.iter().filter(|status| **status != HandoverStatus::Sent) {
        // Whatever the clock says.
        for at in [now() - Duration::days(400), now(), end + Duration::days(400)] {
            assert!(!is_open(&handover(*status), &to, at), "{status} at {at}");
        }
    }
    let refused = Delivery { refused_at: Some(now()), ..delivery() };
    assert!(!is_open(&sent, &refused, now()));
    let endless = Handover { valid_until: None, ..sent };
    assert!(!is_open(&endless, &to, now()));
}

#[test]
fn a_download_goes_on_for_an_hour_and_not_before_its_time() {
    let begun = download(now());
    for (after, open) in [
        (Duration::zero(), true),
        (TICKET - Duration::milliseconds(1), true),
        (TICKET, false),
        (Duration::days(365), false),
        (Duration::seconds(-30), true),
        (Duration::minutes(-1), false),
        (Duration::days(-365), false),
    ] {
        assert_eq!(goes_on(&begun, now() + after), open, "{after}");
    }
    let complete = Download { completed_at: Some(now()), ..begun };
    assert!(!goes_on(&complete, now()));
}

#[test]
fn a_part_stands_as_what_weighs_most() {
    let late = now() + Duration::days(7);
    let had = Delivery { received_at: Some(now()), ..delivery() };
    let refused = Delivery { refused_at: Some(now()), ..had.clone() };
    for (status, to, at, expected) in [
        (HandoverStatus::Sent, &delivery(), now(), Standing::Waiting),
        (HandoverStatus::Sent, &delivery(), late, Standing::Over),
        (HandoverStatus::Ended, &delivery(), now(), Standing::Over),
        (HandoverStatus::Sent, &had, now(), Standing::Received),
        (HandoverStatus::Ended, &had, late, Standing::Received),
        (HandoverStatus::Recalled, &had, now(), Standing::Recalled),
        (HandoverStatus::Recalled, &delivery(), late, Standing::Recalled),
        (HandoverStatus::Recalled, &refused, now(), Standing::Refused),
        (HandoverStatus::Sent, &refused, now(), Standing::Refused),
    ] {
        assert_eq!(standing(&handover(status), to, at), expected, "{status} {at}");
    }
}
