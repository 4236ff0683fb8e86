//! The form of a request.

use chrono::NaiveDate;

use crate::entrustment::{DataItem, DataItemId};
use crate::web::{Fields, Form, Invalid, Rule};

/// A request as it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NewRequest {
    /// For what.
    pub purpose: String,
    /// What exactly, in words.
    pub message: String,
    /// The data items.
    pub items: Vec<DataItemId>,
    /// Until when.
    pub due_on: Option<NaiveDate>,
}

impl NewRequest {
    /// Reads the form; `items` are those of the entrustment.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, items: &[DataItem], today: NaiveDate) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let purpose = f.text("purpose", Rule::text(1000));
        let chosen: Option<Vec<DataItemId>> = f.words("items");
        if let Some(ids) = &chosen {
            f.check(!ids.is_empty(), "items", "error-choose-one");
            let own = |id: &DataItemId| items.iter().any(|item| item.id == *id);
            f.check(ids.iter().all(own), "items", "error-choose-from-list");
        }
        let message = f.optional("message", Rule::text(4000));
        let due_on = f.optional_date("due_on");
        let ahead = due_on.flatten().is_none_or(|day| day >= today);
        f.check(ahead, "due_on", "handover-request-error-due-past");
        f.finish(|| {
            Some(Self { purpose: purpose?, message: message?, items: chosen?, due_on: due_on? })
        })
    }
}
