//! What is left to do for a group, and which numbers can be true. Pure.

use super::form::{Progress, Settlement};
use super::model::{Group, GroupId, Way};
use crate::error::Error;
use crate::incident::model::{Counted, Incident};
use crate::web::{Invalid, Message};
use crate::word_type;

/// The most groups of an incident.
const MOST_GROUPS: usize = 50;

word_type! {
    /// What is to be done next for a group.
    Step {
        /// The way is to be decided.
        DecideWay = "decide_way",
        /// The notice is to be written.
        WriteNotice = "write_notice",
        /// The notice is to be published.
        Publish = "publish",
        /// The notice is to be given to each.
        Notify = "notify",
        /// Some haven't been reached.
        Reach = "reach",
        /// Nothing.
        Done = "done",
    }
}

impl Group {
    /// That the group is still as whoever changes it saw it.
    ///
    /// # Errors
    /// [`Error::Conflict`] when it isn't.
    pub(super) fn at(&self, version: i32) -> Result<(), Error> {
        if self.version == version { Ok(()) } else { Err(Error::Conflict("error-stale")) }
    }

    /// How many were reached.
    pub(super) fn notified(&self) -> i32 {
        self.sent.saturating_sub(self.returned)
    }

    /// What is to be done next.
    pub(super) fn step(&self) -> Step {
        let explained = self.way != Way::Publication && self.sent > 0 && !self.reason.is_empty();
        match self.way {
            Way::Undecided => Step::DecideWay,
            Way::NotNotified => Step::Done,
            _ if self.notified() >= self.persons || explained => Step::Done,
            _ if !self.notice.0.is_written() => Step::WriteNotice,
            Way::Publication => Step::Publish,
            _ if self.sent == 0 => Step::Notify,
            _ => Step::Reach,
        }
    }

    /// Whether all were notified, or it is said why not.
    pub(super) fn is_handled(&self) -> bool {
        self.step() == Step::Done
    }
}

/// How many persons groups list together.
pub(super) fn sum<'a>(groups: impl IntoIterator<Item = &'a Group>) -> i64 {
    groups.into_iter().map(|group| i64::from(group.persons)).sum()
}

/// How many persons an incident has at most; nothing where nobody knows.
pub(super) fn most(persons: Option<i32>, counted: Counted) -> Option<i64> {
    persons.filter(|_| counted != Counted::Unknown).map(i64::from)
}

/// Whether a group has room beside the others: together they have no more persons than the incident,
/// and a list has an end.
///
/// # Errors
/// What is wrong, by field.
pub(super) fn room(
    incident: &Incident,
    groups: &[Group],
    (own, persons): (Option<GroupId>, i32),
) -> Result<(), Invalid> {
    if own.is_none() && groups.len() >= MOST_GROUPS {
        let message = Message::new("incident-person-error-many").with("most", MOST_GROUPS);
        return Err(Invalid::at("label", message));
    }
    let others = sum(groups.iter().filter(|other| Some(other.id) != own));
    let listed = others + i64::from(persons);
    match most(incident.persons, incident.counted) {
        Some(number) if listed > number => {
            let message = Message::new("incident-person-error-above");
            Err(Invalid::at("persons", message.with("listed", listed).with("number", number)))
        }
        _ => Ok(()),
    }
}

/// A field, and the message that says what is wrong with it.
pub(super) type Fault = (&'static str, &'static str);

/// The group after something was sent, came back or was asked. A minus corrects what was entered
/// before; no sum becomes less than nothing, and no more are reached than there are.
///
/// # Errors
/// The field that can't be true.
pub(super) fn after_progress(group: &Group, new: &Progress) -> Result<Group, Fault> {
    if new.sent == 0 && new.returned == 0 && new.inquiries == 0 {
        return Err(("sent", "incident-person-error-nothing"));
    }
    if new.sent > 0 && matches!(group.way, Way::Undecided | Way::NotNotified) {
        return Err(("sent", "incident-person-error-no-way"));
    }
    let sent = plus(group.sent, new.sent).ok_or(("sent", "incident-person-error-minus"))?;
    let returned =
        plus(group.returned, new.returned).ok_or(("returned", "incident-person-error-minus"))?;
    let inquiries =
        plus(group.inquiries, new.inquiries).ok_or(("inquiries", "incident-person-error-minus"))?;
    if returned > sent {
        return Err(("returned", "incident-person-error-returned"));
    }
    if sent - returned > group.persons {
        return Err(("sent", "incident-person-error-sent"));
    }
    Ok(Group { sent, returned, inquiries, ..group.clone() })
}

/// The group after something was settled.
///
/// # Errors
/// The field that can't be true.
pub(super) fn after_settlement(group: &Group, new: &Settlement) -> Result<Group, Fault> {
    if new.settled == 0 && new.yen == 0 {
        return Err(("settled", "incident-person-error-nothing"));
    }
    let settled =
        plus(group.settled, new.settled).ok_or(("settled", "incident-person-error-minus"))?;
    let yen = group.yen.checked_add(new.yen).filter(|yen| *yen >= 0);
    let yen = yen.ok_or(("yen", "incident-person-error-minus"))?;
    if settled > group.persons {
        return Err(("settled", "incident-person-error-settled"));
    }
    Ok(Group { settled, yen, ..group.clone() })
}

fn plus(sum: i32, more: i32) -> Option<i32> {
    sum.checked_add(more).filter(|sum| *sum >= 0)
}
