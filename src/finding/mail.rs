//! Letters about findings. They name the entrustment and the number of the finding, never what was
//! found.

use super::model::Finding;
use crate::database::Tx;
use crate::entrustment::Entrustment;
use crate::entrustment::people::{self, Note, To};
use crate::error::Result;
use crate::web::Settings;
use crate::web::locale::ArgValue;

/// The kinds of letters; their words are `finding-mail-<word>-subject`, `-text` and `-next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// To the contractor: an officer raised one.
    Raised,
    /// To the contractor: the answer was returned.
    Returned,
    /// To the division: the contractor answered.
    Answered,
    /// To the contractor: what is new, due and late.
    Digest,
    /// To the division: what is a week late.
    Escalation,
}

impl Kind {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Raised => ("finding_raised", "raised"),
            Self::Returned => ("finding_returned", "returned"),
            Self::Answered => ("finding_answered", "answered"),
            Self::Digest => ("finding_digest", "digest"),
            Self::Escalation => ("finding_escalation", "escalation"),
        }
    }

    fn to_division(self) -> bool {
        matches!(self, Self::Answered | Self::Escalation)
    }
}

/// Counts that a digest says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// Raised by rules, answers and inspections.
    pub new: usize,
    /// Due today or tomorrow.
    pub due: usize,
    /// Late.
    pub late: usize,
}

/// Writes to whom it concerns about one finding.
pub(super) fn about(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    finding: &Finding,
    kind: Kind,
) -> Result<usize> {
    let words = [("finding", ArgValue::from(finding.position.to_string()))];
    send(tx, settings, entrustment, kind, &finding.href(), &words)
}

/// Writes about all findings of an entrustment at once.
pub(super) fn gathered(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    kind: Kind,
    counts: Counts,
) -> Result<usize> {
    let words = [
        ("new", ArgValue::from(counts.new)),
        ("due", counts.due.into()),
        ("late", counts.late.into()),
    ];
    let path = format!("/entrustments/{}/findings", entrustment.id);
    send(tx, settings, entrustment, kind, &path, &words)
}

fn send(
    tx: &mut Tx<'_>,
    settings: &Settings,
    entrustment: &Entrustment,
    kind: Kind,
    path: &str,
    words: &[(&str, ArgValue)],
) -> Result<usize> {
    let (name, word) = kind.words();
    let stem = format!("finding-mail-{word}");
    let to = if kind.to_division() { To::Division } else { To::Contractor };
    let note = Note { kind: name, stem: &stem, link: "finding-mail-link", to, path };
    people::write(tx, settings, entrustment, &note, words)
}
