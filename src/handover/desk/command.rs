//! A hand-over as it is put together: the form, read into a command.

use super::addressee::{Addressee, Possible};
use crate::entrustment::{DataItem, DataItemId};
use crate::handover::model::{Delivery, Direction, Handover, Request};
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Most days for which something can be fetched.
const MOST_DAYS: i64 = 30;
/// How many days are proposed.
const USUAL_DAYS: i32 = 7;
/// Most times that each recipient may fetch each file.
const MOST_DOWNLOADS: i64 = 10;
/// How many times are proposed.
const USUAL_DOWNLOADS: i32 = 1;

/// A hand-over as it is begun or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::handover) struct NewHandover {
    /// From whom to whom.
    pub direction: Direction,
    /// For what.
    pub purpose: String,
    /// What the recipients read beside it.
    pub message: String,
    /// The data items that go.
    pub items: Vec<DataItemId>,
    /// How many days it can be fetched.
    pub valid_days: i32,
    /// How often each recipient may fetch each file.
    pub downloads: i32,
    /// To whom.
    pub to: Vec<Addressee>,
}

impl NewHandover {
    /// Reads the form. Items are those of the entrustment; recipients those who are possible.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub(in crate::handover) fn parse(
        form: &Form,
        items: &[DataItem],
        possible: &Possible,
    ) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let direction = direction(&mut f, possible);
        let to = direction.and_then(|direction| to(&mut f, form, direction, possible));
        let purpose = f.text("purpose", Rule::line(200));
        let items = chosen(&mut f, items);
        let message = f.optional("message", Rule::text(2000));
        let valid_days = small(&mut f, "valid_days", MOST_DAYS);
        let downloads = small(&mut f, "downloads", MOST_DOWNLOADS);
        f.finish(|| {
            Some(Self {
                direction: direction?,
                purpose: purpose?,
                message: message?,
                items: items?,
                valid_days: valid_days?,
                downloads: downloads?,
                to: to?,
            })
        })
    }
}

fn direction(f: &mut Fields<'_>, possible: &Possible) -> Option<Direction> {
    let direction = f.word("direction")?;
    let known = possible.directions().contains(&direction);
    f.check(known, "direction", "error-choose-from-list");
    known.then_some(direction)
}

/// The recipients: given by the direction, or those that are ticked. A box that doesn't belong to the
/// direction is said, not passed over: whoever ticked it thinks that it goes there.
fn to(
    f: &mut Fields<'_>,
    form: &Form,
    direction: Direction,
    possible: &Possible,
) -> Option<Vec<Addressee>> {
    let groups = [(Direction::ToSubContractor, "below"), (Direction::ToRecipients, "recipients")];
    let mut stray = false;
    for (of, field) in groups {
        if of != direction && form.values(field).any(|value| !value.is_empty()) {
            f.error(field, Message::new("handover-error-other-direction"));
            stray = true;
        }
    }
    if stray {
        return None;
    }
    let Some((_, field)) = groups.into_iter().find(|(of, _)| *of == direction) else {
        return Some(vec![possible.given.clone()]);
    };
    let ticked: Vec<&str> = form.values(field).collect();
    let offered = possible.of(direction);
    let known = |key: &&str| offered.iter().any(|one| one.key() == **key);
    if !ticked.iter().all(known) {
        f.error(field, Message::new("error-choose-from-list"));
        return None;
    }
    let to: Vec<Addressee> =
        offered.iter().filter(|one| ticked.contains(&one.key().as_str())).cloned().collect();
    f.check(!to.is_empty(), field, "error-choose-one");
    (!to.is_empty()).then_some(to)
}

fn chosen(f: &mut Fields<'_>, items: &[DataItem]) -> Option<Vec<DataItemId>> {
    let ids: Vec<DataItemId> = f.words("items")?;
    f.check(!ids.is_empty(), "items", "error-choose-one");
    let own = |id: &DataItemId| items.iter().any(|item| item.id == *id);
    f.check(ids.iter().all(own), "items", "error-choose-from-list");
    Some(ids)
}

fn small(f: &mut Fields<'_>, field: &str, most: i64) -> Option<i32> {
    f.number(field, 1, most).and_then(|number| i32::try_from(number).ok())
}

/// The form of a new hand-over.
pub(super) fn empty(possible: &Possible) -> Form {
    let directions = possible.directions();
    let only = if let [only] = &*directions { only.as_str() } else { "" };
    Form::from_pairs([
        ("direction", only.to_owned()),
        ("valid_days", USUAL_DAYS.to_string()),
        ("downloads", USUAL_DOWNLOADS.to_string()),
    ])
}

/// The form of a new hand-over that answers a request.
pub(super) fn answering(possible: &Possible, request: &Request) -> Form {
    let mut form = empty(possible);
    form.set("direction", possible.back().as_str());
    form.set("purpose", &request.purpose);
    form.set("request", request.id.as_str());
    for id in &request.items.0 {
        form.add("items", id.as_str());
    }
    form
}

/// The form filled in with a hand-over: to change it.
pub(super) fn known(handover: &Handover, deliveries: &[Delivery]) -> Form {
    let mut form = Form::from_pairs([
        ("direction", handover.direction.to_string()),
        ("purpose", handover.purpose.clone()),
        ("message", handover.message.clone()),
        ("valid_days", handover.valid_days.to_string()),
        ("downloads", handover.downloads.to_string()),
        ("version", handover.version.to_string()),
    ]);
    for id in &handover.items.0 {
        form.add("items", id.as_str());
    }
    for delivery in deliveries {
        let to = Addressee::of(delivery);
        match handover.direction {
            Direction::ToSubContractor => form.add("below", &to.key()),
            Direction::ToRecipients => form.add("recipients", &to.key()),
            Direction::ToContractor | Direction::ToPrincipal => {}
        }
    }
    form
}

/// What a second person decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decision {
    /// Approved, or given back.
    pub approved: bool,
    /// Why.
    pub reason: String,
    /// The version that was read.
    pub version: i32,
}

/// The words of the two decisions.
pub(super) const DECISIONS: [&str; 2] = ["approved", "returned"];

impl Decision {
    /// Reads the form: giving back says why; approving says that it was looked at.
    pub(super) fn parse(form: &Form) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let said = form.value("decision");
        let approved = said == "approved";
        f.check(!said.is_empty(), "decision", "error-choose-one");
        f.check(said.is_empty() || DECISIONS.contains(&said), "decision", "error-choose-from-list");
        let reason = if said == "returned" {
            f.text("reason", Rule::text(1000))
        } else {
            f.optional("reason", Rule::text(1000))
        };
        let looked = !approved || f.ticked("looked");
        f.check(looked, "looked", "handover-error-looked");
        let version = f.version();
        f.finish(|| Some(Self { approved, reason: reason?, version }))
    }
}
