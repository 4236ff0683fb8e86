//! What the pages of deliveries show.

use serde::Serialize;

use super::model::{About, Parcel};
use super::rules::{self, Standing};
use super::store::{self, ReceivedRow};
use super::{code, policy};
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment;
use crate::error::Result;
use crate::handover::model::{Deletion, Handover};
use crate::handover::{FileId, FileState};
use crate::web::paging::Page;
use crate::web::{Choice, Ctx, FormView, View};

/// What came to an organisation.
#[derive(Serialize)]
pub(super) struct ReceivedListView {
    #[serde(flatten)]
    pub list: Page<ReceivedRow>,
    pub statuses: Vec<Choice>,
}

impl View for ReceivedListView {
    const TEMPLATE: &'static str = "handover/received.html";
    const TITLE: &'static str = "handover-delivery-list-title";
}

/// A file as its recipient sees it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct FileRow {
    pub id: FileId,
    pub name: String,
    pub size: i64,
    pub sha256: String,
    /// How often it may still be fetched.
    pub left: i32,
    /// Whether it can be fetched now.
    pub ready: bool,
}

/// One part, as its recipient sees it: a member, or somebody outside.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PartView {
    pub form: FormView,
    /// Where its forms lead.
    pub home: String,
    pub sender: String,
    pub principal: String,
    pub recipient: String,
    pub about: About,
    pub handover: Told,
    pub items: Vec<String>,
    pub files: Vec<FileRow>,
    pub standing: Standing,
    pub tone: &'static str,
    /// Whether files can be fetched at all, and by the reader.
    pub open: bool,
    pub may_fetch: bool,
    pub received_at: Option<Timestamp>,
    pub received_by_name: String,
    pub deletion: Deletion,
}

/// What of a hand-over its recipient sees.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Told {
    pub purpose: String,
    pub message: String,
    pub downloads: i32,
    pub sent_at: Option<Timestamp>,
    pub valid_until: Option<Timestamp>,
}

impl PartView {
    /// What the reader of `home` sees of a part.
    pub(super) fn of(
        c: &mut Connection,
        parcel: &Parcel,
        (home, may_fetch): (String, bool),
        now: Timestamp,
        form: FormView,
    ) -> Result<Self> {
        let (handover, delivery) = (&parcel.handover, &parcel.delivery);
        let open = rules::is_open(handover, delivery, now);
        let files = store::shares(c, delivery)?.into_iter().map(|(file, left)| FileRow {
            ready: open && left > 0 && file.state == FileState::Checked,
            id: file.id,
            name: file.name,
            size: file.size,
            sha256: file.sha256,
            left,
        });
        let files = files.collect();
        let items = entrustment::items_ever(c, &parcel.entrustment)?;
        let items = items.into_iter().filter(|item| handover.items.0.contains(&item.id));
        let standing = rules::standing(handover, delivery, now);
        Ok(Self {
            form,
            home,
            sender: parcel.sender().to_owned(),
            principal: parcel.principal.clone(),
            recipient: delivery.name.clone(),
            about: parcel.about.clone(),
            handover: Told {
                purpose: handover.purpose.clone(),
                message: handover.message.clone(),
                downloads: handover.downloads,
                sent_at: handover.sent_at,
                valid_until: handover.valid_until,
            },
            items: items.map(|item| item.name).collect(),
            files,
            standing,
            tone: standing.tone(),
            open,
            may_fetch,
            received_at: delivery.received_at,
            received_by_name: delivery.received_by_name.clone(),
            deletion: delivery.deletion,
        })
    }
}

/// One part, for a member.
#[derive(Serialize)]
pub(super) struct ReceiveView(pub PartView);

impl View for ReceiveView {
    const TEMPLATE: &'static str = "handover/receive.html";
    const TITLE: &'static str = "handover-delivery-title";
}

/// One part, for somebody outside who typed the code.
#[derive(Serialize)]
pub(super) struct OutsideView(pub PartView);

impl View for OutsideView {
    const TEMPLATE: &'static str = "handover/outside.html";
    const TITLE: &'static str = "handover-delivery-title";
}

/// What is said before the code: from whom something waits, and nothing else.
#[derive(Serialize)]
pub(super) struct CodeView {
    pub form: FormView,
    pub home: String,
    pub principal: String,
    /// Whether no code is looked at any more.
    pub locked: bool,
}

impl View for CodeView {
    const TEMPLATE: &'static str = "handover/outside_code.html";
    const TITLE: &'static str = "handover-delivery-code-title";
}

/// Thanks to who said that it isn't the right recipient.
#[derive(Serialize)]
pub(super) struct ThanksView {
    pub principal: String,
}

impl View for ThanksView {
    const TEMPLATE: &'static str = "handover/outside_thanks.html";
    const TITLE: &'static str = "handover-delivery-thanks-title";
}

/// Asking whether what was taken back is deleted.
#[derive(Serialize)]
pub(super) struct DeletionView {
    pub form: FormView,
    pub home: String,
    pub principal: String,
    pub sender: String,
    /// The purpose, for a member; nothing is told to who only follows a link.
    pub purpose: String,
    pub deletion: Deletion,
    pub asked_at: Option<Timestamp>,
    pub answered_at: Option<Timestamp>,
    pub answered_by_name: String,
    pub answers: Vec<Choice>,
    pub may_answer: bool,
}

impl View for DeletionView {
    const TEMPLATE: &'static str = "handover/deletion.html";
    const TITLE: &'static str = "handover-delivery-deletion-title";
}

impl DeletionView {
    pub(super) fn of(
        ctx: &Ctx,
        parcel: &Parcel,
        (home, purpose, speaks): (String, String, bool),
        form: FormView,
    ) -> Self {
        let delivery = &parcel.delivery;
        Self {
            form,
            home,
            purpose,
            principal: parcel.principal.clone(),
            sender: parcel.sender().to_owned(),
            deletion: delivery.deletion,
            asked_at: delivery.deletion_asked_at,
            answered_at: delivery.deletion_answered_at,
            answered_by_name: delivery.deletion_answered_by_name.clone(),
            answers: Choice::words(
                ctx.language,
                "handover-delivery-answer-",
                super::model::ANSWERS,
            ),
            may_answer: speaks && policy::may_answer(delivery),
        }
    }
}

/// Taking a hand-over back.
#[derive(Serialize)]
pub(super) struct RecallView {
    pub form: FormView,
    pub home: String,
    pub entrustment: entrustment::Entrustment,
    pub handover: Handover,
    /// How many recipients took something, of how many.
    pub taken: usize,
    pub recipients: usize,
}

impl View for RecallView {
    const TEMPLATE: &'static str = "handover/recall.html";
    const TITLE: &'static str = "handover-delivery-recall-title";
}

/// A code, for the sender who tells it.
#[derive(Serialize)]
pub(super) struct ToldCodeView {
    pub home: String,
    pub entrustment: entrustment::Entrustment,
    pub name: String,
    pub code: String,
}

impl View for ToldCodeView {
    const TEMPLATE: &'static str = "handover/code.html";
    const TITLE: &'static str = "handover-delivery-told-title";
}

impl ToldCodeView {
    pub(super) fn of(of: policy::OfOne, plain: &str) -> Self {
        let (entrustment, handover, delivery) = of;
        Self {
            home: format!("/entrustments/{}/hand-overs/{}", entrustment.id, handover.id),
            entrustment,
            name: delivery.name,
            code: code::grouped(plain),
        }
    }
}
