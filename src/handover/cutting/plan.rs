//! Which rows and which columns of a list go to whom. Pure.
//!
//! A row goes to the one recipient whom its cell names, or to nobody. A column goes to a recipient
//! only where its purpose needs what the column holds; the column that names the recipients stays.

use std::collections::{BTreeMap, BTreeSet};

use crate::handover::DeliveryId;
use crate::japanese::fold_name;

/// Whether a recipient may get a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Permit {
    /// No.
    Refused,
    /// Nobody knows what it holds: the officer may say that it goes.
    Unknown,
    /// Yes.
    Needed,
}

/// A recipient of the hand-over, for whom a list may be cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Addressee {
    /// The recipient.
    pub id: DeliveryId,
    /// What it may get of each column that is shown in the source.
    pub permits: BTreeMap<u16, Permit>,
}

impl Addressee {
    /// Whether it may get a column of a list in which `naming` names the recipients.
    pub fn permit(&self, column: u16, naming: Option<u16>) -> Permit {
        match self.permits.get(&column) {
            Some(_) if Some(column) == naming => Permit::Needed,
            Some(permit) => *permit,
            None => Permit::Refused,
        }
    }
}

/// Somebody who may be named by a row: a recipient of the hand-over, or another one of the
/// entrustment, whose rows are nobody's business here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// The place among the addressees.
    pub addressee: Option<usize>,
    /// The names by which lists call it.
    pub names: Vec<String>,
}

/// Why a choice isn't a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// There is no such column, or it isn't shown in the source.
    NoColumn,
    /// A column that none of the chosen recipients may get.
    NotPermitted(u16),
    /// Beside the names of recipients a recipient would get nothing.
    NothingLeft,
    /// No recipient was chosen.
    NoRecipient,
}

/// What one recipient gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// The place among the addressees.
    pub addressee: usize,
    /// Its columns from left to right.
    pub columns: Vec<u16>,
}

/// What was chosen beside the column that names the recipients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Choice {
    /// The columns; without a choice those that somebody needs.
    pub columns: Option<BTreeSet<u16>>,
    /// The recipients; without a choice all.
    pub recipients: Option<BTreeSet<DeliveryId>>,
}

/// Whose a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// This part's.
    Part(usize),
    /// Of a recipient for whom nothing is cut.
    Another,
    /// It names nobody, or several.
    Nobody,
}

/// A list, cut in thought.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The column that names the recipients; without one all rows go to the only recipient.
    pub naming: Option<u16>,
    /// What each chosen recipient gets.
    pub parts: Vec<Part>,
    names: Vec<(Option<usize>, Vec<String>)>,
}

impl Plan {
    /// The plan for a choice.
    ///
    /// # Errors
    /// What is wrong with the choice.
    pub fn new(
        naming: Option<u16>,
        addressees: &[Addressee],
        named: &[Named],
        choice: &Choice,
    ) -> Result<Self, Fault> {
        let chosen = |addressee: &Addressee| {
            choice.recipients.as_ref().is_none_or(|ids| ids.contains(&addressee.id))
        };
        let chosen: Vec<(usize, &Addressee)> =
            addressees.iter().enumerate().filter(|(_, addressee)| chosen(addressee)).collect();
        if chosen.is_empty() {
            return Err(Fault::NoRecipient);
        }
        if naming.is_none() && addressees.len() > 1 {
            return Err(Fault::NoColumn);
        }
        permitted(naming, &chosen, choice)?;
        let part = |(at, addressee): &(usize, &Addressee)| Part {
            addressee: *at,
            columns: columns_of(naming, addressee, choice),
        };
        let parts: Vec<Part> = chosen.iter().map(part).collect();
        // Before anything was chosen the page shows what there is to choose.
        let least = 1 + usize::from(naming.is_some());
        if choice.columns.is_some() && parts.iter().any(|part| part.columns.len() < least) {
            return Err(Fault::NothingLeft);
        }
        let called = named.iter().map(|one| (one.addressee, folded(&one.names))).collect();
        Ok(Self { naming, parts, names: called })
    }

    /// Whose a row is.
    pub fn whose(&self, cells: &[(u16, String)]) -> Whose {
        self.naming.map_or(Whose::Part(0), |naming| self.called(cell(cells, naming)))
    }

    /// Whose a row is, by its cell in the column that names the recipients.
    pub fn called(&self, cell: &str) -> Whose {
        let Some(addressee) = self.named_by(&fold_name(cell)) else {
            return Whose::Nobody;
        };
        let part = addressee.and_then(|at| self.parts.iter().position(|p| p.addressee == at));
        part.map_or(Whose::Another, Whose::Part)
    }

    /// Who is named: by the whole cell, or else by a part of it that no longer name covers.
    #[expect(
        clippy::option_option,
        reason = "outside: one named or not; inside: in this hand-over or not"
    )]
    fn named_by(&self, cell: &str) -> Option<Option<usize>> {
        let exact = |(_, names): &&(_, Vec<String>)| names.iter().any(|name| name == cell);
        let mut whole = self.names.iter().filter(exact);
        if let Some((who, _)) = whole.next() {
            return whole.next().is_none().then_some(*who);
        }
        let within = |name: &&String| cell.contains(name.as_str());
        let longest = |(who, names): &(Option<usize>, Vec<String>)| {
            let name = names.iter().filter(within).max_by_key(|name| name.chars().count())?;
            Some((*who, name.clone()))
        };
        let found: Vec<_> = self.names.iter().filter_map(longest).collect();
        let covered = |name: &str| {
            found.iter().any(|(_, other)| other.as_str() != name && other.contains(name))
        };
        let mut left = found.iter().filter(|(_, name)| !covered(name));
        let (who, _) = left.next()?;
        left.next().is_none().then_some(*who)
    }

    /// Whether a cell is the name of a part's recipient, and not only has it in it.
    pub fn is_exactly(&self, part: usize, cell: &str) -> bool {
        let who = self.parts.get(part).map(|part| part.addressee);
        let cell = fold_name(cell);
        self.names.iter().any(|(of, names)| *of == who && names.contains(&cell))
    }

    /// The cells of a row that a part gets.
    pub fn cells(&self, part: usize, cells: &[(u16, String)]) -> Vec<String> {
        let columns = self.parts.get(part).map(|part| part.columns.as_slice());
        columns.unwrap_or_default().iter().map(|column| cell(cells, *column).to_owned()).collect()
    }
}

/// The text of a cell; empty where it holds nothing.
pub(super) fn cell(cells: &[(u16, String)], column: u16) -> &str {
    cells.iter().find(|(at, _)| *at == column).map_or("", |(_, text)| text)
}

fn folded(names: &[String]) -> Vec<String> {
    names.iter().map(|name| fold_name(name)).filter(|name| !name.is_empty()).collect()
}

/// Whether the column that names the recipients is there, and each chosen one may go to one of the
/// chosen recipients at least.
fn permitted(
    naming: Option<u16>,
    chosen: &[(usize, &Addressee)],
    choice: &Choice,
) -> Result<(), Fault> {
    let known = |at: u16| chosen.iter().any(|(_, one)| one.permits.contains_key(&at));
    if !naming.is_none_or(known) {
        return Err(Fault::NoColumn);
    }
    for at in choice.columns.iter().flatten() {
        if !known(*at) {
            return Err(Fault::NoColumn);
        }
        if chosen.iter().all(|(_, one)| one.permit(*at, naming) == Permit::Refused) {
            return Err(Fault::NotPermitted(*at));
        }
    }
    Ok(())
}

/// The columns that a recipient gets: of those chosen the ones that it may get; without a choice
/// those that it needs.
fn columns_of(naming: Option<u16>, addressee: &Addressee, choice: &Choice) -> Vec<u16> {
    let goes = |at: &u16| {
        let permit = addressee.permit(*at, naming);
        match &choice.columns {
            _ if Some(*at) == naming => true,
            Some(chosen) => permit != Permit::Refused && chosen.contains(at),
            None => permit == Permit::Needed,
        }
    };
    addressee.permits.keys().copied().filter(goes).collect()
}
