//! A near miss, and the form that reports one.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::Serialize;

use crate::actor::OrganisationId;
use crate::database::schema::near_miss;
use crate::entrustment::EntrustmentId;
use crate::handover::{HandoverId, Stop};
use crate::incident;
use crate::organisation::contractor::ContractorId;
use crate::rulebook::Party;
use crate::web::{Fields, Form, Invalid, Rule};
use crate::{id_type, word_type};

id_type! {
    /// The id of a near miss.
    NearMissId
}

word_type! {
    /// What nearly went wrong.
    NearMissKind {
        /// To somebody else.
        WrongAddress = "wrong_address",
        /// Addresses in To or Cc that belonged into Bcc.
        ToInsteadOfBcc = "to_instead_of_bcc",
        /// The wrong file.
        WrongFile = "wrong_file",
        /// Rows or sheets of others.
        ExtraRows = "extra_rows",
        /// Kinds of data that weren't needed.
        ExtraItems = "extra_items",
        /// What is in a file without being seen.
        Hidden = "hidden",
        /// To an own private account.
        SelfForwarding = "self_forwarding",
        /// A medium, a device or paper that was mislaid.
        LostMedium = "lost_medium",
        /// Rights or settings that let others in.
        WrongRights = "wrong_rights",
        /// A file or a mail that was out to do harm.
        Malware = "malware",
        /// Something else.
        Other = "other",
    }
}

word_type! {
    /// What stopped it.
    StoppedBy {
        /// Whoever did it noticed.
        NoticedSelf = "noticed_self",
        /// A second pair of eyes.
        SecondChecker = "second_checker",
        /// A system stopped it.
        SystemStop = "system_stop",
        /// Whoever would have received it said so.
        RecipientTold = "recipient_told",
        /// Something else.
        Other = "other",
    }
}

word_type! {
    /// Why it nearly happened.
    Cause {
        /// There was no time.
        Hurry = "hurry",
        /// Names, addresses or files that look alike.
        SimilarNames = "similar_names",
        /// It was done as always.
        Habit = "habit",
        /// The rule was unclear, or there was none.
        UnclearRule = "unclear_rule",
        /// Nobody had taught it.
        MissingTraining = "missing_training",
        /// A tool that invites the mistake.
        Tool = "tool",
        /// Something else.
        Other = "other",
    }
}

impl NearMissKind {
    /// What a stop of the hand-over desk nearly was; nothing where it stopped no mistake.
    #[must_use]
    pub fn of_stop(stop: Stop) -> Option<Self> {
        Some(match stop {
            Stop::NoFile | Stop::NoRecipient | Stop::NotChecked | Stop::Quarantined => return None,
            Stop::Infected => Self::Malware,
            Stop::Encrypted | Stop::Unreadable | Stop::Changed => Self::WrongFile,
            Stop::MyNumber | Stop::ItemsBeyond | Stop::RecipientItems => Self::ExtraItems,
            Stop::PersonsBeyond | Stop::RecipientPersons | Stop::OthersRows => Self::ExtraRows,
            Stop::Hidden => Self::Hidden,
            Stop::NotApproved => Self::WrongAddress,
            Stop::OwnAddress => Self::SelfForwarding,
            Stop::Rule => Self::Other,
        })
    }
}

/// A near miss.
#[derive(Clone, Debug, Queryable, Selectable, Serialize)]
#[diesel(table_name = near_miss)]
pub struct NearMiss {
    /// Whose it is: the principal's, or, where it is kept inside, the contractor's own organisation's.
    pub tenant_id: OrganisationId,
    /// The id.
    pub id: NearMissId,
    /// Whose people reported it.
    pub organisation_id: OrganisationId,
    /// The principal of the entrustment.
    pub principal_id: Option<OrganisationId>,
    /// The entrustment, where it was about one.
    pub entrustment_id: Option<EntrustmentId>,
    /// As which of the principal's contractors; nothing for the principal's own people.
    pub contractor_id: Option<ContractorId>,
    /// The hand-over that was stopped.
    pub handover_id: Option<HandoverId>,
    /// On which side.
    pub side: Party,
    /// What nearly went wrong.
    pub kind: NearMissKind,
    /// When.
    pub occurred_on: NaiveDate,
    /// What happened, in words.
    pub what: String,
    /// What stopped it.
    pub stopped_by: StoppedBy,
    /// Why it nearly happened.
    pub cause: Cause,
    /// Whether nobody is named.
    pub anonymous: bool,
    /// Who reported it; empty where nobody is named.
    pub reported_by_name: String,
    /// When it was reported.
    pub reported_on: NaiveDate,
}

impl NearMiss {
    /// Whether a contractor's people keep it among themselves.
    #[must_use]
    pub fn is_inside(&self) -> bool {
        self.side == Party::Contractor && self.tenant_id == self.organisation_id
    }
}

/// How many near misses of a kind one thing stopped, with or without a name.
#[derive(Clone, Copy, Debug, Queryable)]
pub(super) struct Count {
    /// What nearly went wrong.
    pub kind: NearMissKind,
    /// What stopped it.
    pub stopped_by: StoppedBy,
    /// Whether nobody is named.
    pub anonymous: bool,
    /// How many.
    pub number: i64,
}

/// A near miss as it is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewNearMiss {
    /// What nearly went wrong.
    pub kind: NearMissKind,
    /// When.
    pub occurred_on: NaiveDate,
    /// What happened.
    pub what: String,
    /// What stopped it.
    pub stopped_by: StoppedBy,
    /// Why it nearly happened.
    pub cause: Cause,
    /// Whether nobody is to be named.
    pub anonymous: bool,
    /// Whether the principal is to see it.
    pub shared: bool,
}

impl NewNearMiss {
    /// Reads the form of somebody on `side`. Only a contractor's people report without a name, and
    /// only they keep something among themselves.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, side: Party, today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let kind = f.word("kind");
        let occurred_on = f.date("occurred_on");
        if let Some(day) = occurred_on {
            f.check(day <= today, "occurred_on", "near-miss-error-future");
        }
        let what = f.text("what", Rule::text(500));
        let (stopped_by, cause) = (f.word("stopped_by"), f.word("cause"));
        incident::check_texts(&mut f, &[("what", what.as_deref())]);
        let inside = side == Party::Contractor;
        let (anonymous, shared) = (inside && f.ticked("anonymous"), !inside || f.ticked("share"));
        f.finish(|| {
            Some(Self {
                kind: kind?,
                occurred_on: occurred_on?,
                what: what?,
                stopped_by: stopped_by?,
                cause: cause?,
                anonymous,
                shared,
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn filled() -> Form {
        Form::from_pairs([
            ("kind", "wrong_address"),
            ("occurred_on", "R8.4.1"),
            ("what", "似た名前の事業所を宛先に選んだ"),
            ("stopped_by", "second_checker"),
            ("cause", "similar_names"),
            ("anonymous", "on"),
            ("share", "on"),
        ])
    }

    #[test]
    fn a_stop_that_stopped_a_mistake_is_a_kind_and_what_is_only_unfinished_is_none() {
        for stop in Stop::ALL.iter().copied() {
            let none = stop.is_unfinished() || stop == Stop::Quarantined;
            assert_eq!(NearMissKind::of_stop(stop).is_none(), none, "{stop}");
        }
        assert_eq!(NearMissKind::of_stop(Stop::OthersRows), Some(NearMissKind::ExtraRows));
        assert_eq!(NearMissKind::of_stop(Stop::OwnAddress), Some(NearMissKind::SelfForwarding));
    }

    #[test]
    fn only_a_contractors_people_hide_their_name_or_keep_it_inside() {
        let today = day("2026-04-01");
        let read = |form: &Form, side| {
            let read = NewNearMiss::parse(form, side, today).unwrap();
            (read.anonymous, read.shared)
        };
        assert_eq!(read(&filled(), Party::Contractor), (true, true));
        assert_eq!(read(&filled(), Party::Principal), (false, true));
        let mut kept = filled();
        kept.remove("share");
        assert_eq!(read(&kept, Party::Contractor), (true, false));
        assert_eq!(read(&kept, Party::Principal), (false, true));
    }

    #[test]
    fn what_cannot_be_is_said_at_its_field() {
        for (field, typed, wrong) in [
            ("kind", "", "kind"),
            ("kind", "x", "kind"),
            ("occurred_on", "", "occurred_on"),
            ("occurred_on", "2026-04-02", "occurred_on"),
            ("what", "", "what"),
            ("what", "番号 123456789018", "what"),
            ("what", "a@example.jp へ送るところだった", "text_confirmed"),
            ("stopped_by", "", "stopped_by"),
            ("cause", "x", "cause"),
        ] {
            let mut form = filled();
            form.set(field, typed);
            let invalid =
                NewNearMiss::parse(&form, Party::Contractor, day("2026-04-01")).unwrap_err();
            let fields: Vec<_> = invalid.errors.iter().map(|(field, _)| field.as_str()).collect();
            assert_eq!(fields, [wrong], "{field} = {typed}");
        }
    }
}
