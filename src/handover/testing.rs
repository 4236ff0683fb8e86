//! A hand-over that was sent, its recipient and its file, for the tests of the desk.

use super::model::{
    Deletion, Delivery, DeliveryId, Direction, File, FileId, FileState, Handover, HandoverId,
    HandoverStatus, ReceivingParty,
};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::contents::{Contents, Format};
use crate::database::types::Json;
use crate::entrustment::EntrustmentId;
use crate::rulebook::Party;
use crate::testing::jst;

fn now() -> Timestamp {
    jst("2026-04-01T09:00:00")
}

fn tenant() -> OrganisationId {
    "018f0000-0000-7000-8000-000000000001".parse().unwrap()
}

/// The third of its entrustment, sent by the principal.
pub(super) fn handover() -> Handover {
    let at = Some(now());
    Handover {
        tenant_id: tenant(),
        id: HandoverId::new(now()),
        entrustment_id: EntrustmentId::new(now()),
        position: 3,
        direction: Direction::ToRecipients,
        sender: Party::Principal,
        purpose: "監査結果の報告".to_owned(),
        message: String::new(),
        items: Json(Vec::new()),
        valid_days: 7,
        downloads: 1,
        status: HandoverStatus::Sent,
        request_id: None,
        created_by_name: "﨑山".to_owned(),
        created_at: now(),
        seal: String::new(),
        proposed_by_name: "﨑山".to_owned(),
        proposed_at: at,
        decided_by_name: "髙橋".to_owned(),
        decided_at: at,
        decision_reason: String::new(),
        release_at: at,
        sent_at: at,
        valid_until: at,
        recalled_by_name: String::new(),
        recalled_at: None,
        recall_reason: String::new(),
        ended_at: None,
        version: 1,
    }
}

/// Its recipient, who has nothing yet.
pub(super) fn delivery() -> Delivery {
    Delivery {
        tenant_id: tenant(),
        id: DeliveryId::new(now()),
        handover_id: HandoverId::new(now()),
        position: 1,
        party: ReceivingParty::Outside,
        recipient_id: None,
        below_id: None,
        name: "架空センター".to_owned(),
        address: "center@example.jp".to_owned(),
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

/// A list of so many persons.
pub(super) fn file(persons: u64) -> File {
    let mut contents = Contents::of(Format::Csv);
    contents.persons = persons;
    File {
        tenant_id: tenant(),
        id: FileId::new(now()),
        handover_id: HandoverId::new(now()),
        delivery_id: None,
        position: 1,
        name: "架空 花子.csv".to_owned(),
        media_type: "text/csv".to_owned(),
        size: 1,
        received: 1,
        sha256: "aa".to_owned(),
        hash_state: String::new(),
        wrapped_key: String::new(),
        state: FileState::Checked,
        contents: serde_json::to_string(&contents).unwrap(),
        checked_at: None,
        source_id: None,
        created_by_name: String::new(),
        created_at: now(),
        destroyed_at: None,
    }
}
