//! Incidents of the demonstration: one to which the prefecture responds, and one that was reported
//! from the hand-over that had been taken back and that nobody has opened.

use chrono::Duration;

use super::story::Stage;
use crate::actor::PersonId;
use crate::clock::Timestamp;
use crate::entrustment::EntrustmentId;
use crate::error::Result;
use crate::handover::HandoverId;
use crate::incident;
use crate::web::Form;

/// The consultant showed addresses of nurseries to each other; the prefecture responds since yesterday.
pub(super) fn seen_by_others(
    stage: &Stage,
    consultant: PersonId,
    entrustment: EntrustmentId,
) -> Result<()> {
    let known = stage.ctx.portal.clock.now() - Duration::hours(26);
    let mut form = reported(known);
    form.set("kind", "to_instead_of_bcc");
    form.set(
        "summary",
        "監査の日程を知らせるメールで、12の保育所の担当者の宛先が互いに見える状態で送った。",
    );
    form.set("persons", "12");
    form.set("counted", "exact");
    form.set("recipients", "保育所 12か所");
    let ctx = stage.as_person(consultant, known + Duration::minutes(9))?;
    let id = incident::report(&ctx, entrustment, &form)?;
    let officer = stage.as_person(stage.officer, known + Duration::minutes(21))?;
    incident::open(&officer, entrustment, id)?;
    let done = stage.as_person(consultant, known + Duration::minutes(50))?;
    incident::settle_day(&done, entrustment, id)?;
    let done = stage.as_person(stage.officer, known + Duration::hours(3))?;
    incident::settle_day(&done, entrustment, id)
}

/// The typing company reports what it got by mistake.
pub(super) fn recalled(
    stage: &Stage,
    clerk: PersonId,
    (entrustment, handover): (EntrustmentId, HandoverId),
) -> Result<()> {
    let now = stage.ctx.portal.clock.now();
    let mut form = reported(now - Duration::minutes(2));
    form.set("handover", handover.as_str());
    form.set("kind", "wrong_attachment");
    form.set("summary", "先月分の一覧が届き、県が取り戻した。開く前に消去した。");
    form.set("persons", "2");
    form.set("counted", "exact");
    incident::report(&stage.as_person(clerk, now)?, entrustment, &form).map(drop)
}

/// The form of a report of what became known at a moment.
fn reported(known: Timestamp) -> Form {
    let mut form = Form::from_pairs([("known_by", "担当者")]);
    form.set_moment("known", known);
    form
}
