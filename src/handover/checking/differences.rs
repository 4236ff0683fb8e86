//! What is different from the last hand-over of the same kind: what an approver looks at first.

use std::collections::BTreeSet;

use serde::Serialize;

use super::judge::persons;
use super::store;
use crate::clock::Timestamp;
use crate::contents::{Contents, DataKind};
use crate::database::Connection;
use crate::error::Result;
use crate::handover::model::{Delivery, File, FileState, Handover};
use crate::handover::store as desk;

/// A hand-over, as far as it is compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::handover) struct Compared {
    /// The recipients by name.
    pub recipients: BTreeSet<String>,
    /// The columns: sheet and heading.
    pub columns: BTreeSet<(String, String)>,
    /// The kinds of data.
    pub kinds: BTreeSet<DataKind>,
    /// Rows of all tables.
    pub rows: u64,
    /// Persons of the file that has most.
    pub persons: u64,
    /// How many files.
    pub files: u64,
    /// Bytes of all files.
    pub bytes: u64,
}

impl Compared {
    /// What is compared of a hand-over.
    pub fn of(deliveries: &[Delivery], files: &[File]) -> Self {
        let mut compared = Self {
            recipients: deliveries.iter().map(|delivery| delivery.name.clone()).collect(),
            ..Self::default()
        };
        for file in files {
            compared.files += 1;
            compared.bytes =
                compared.bytes.saturating_add(u64::try_from(file.size).unwrap_or_default());
            if let Some(contents) = file.found() {
                compared.add(&contents);
            }
        }
        compared
    }

    fn add(&mut self, contents: &Contents) {
        self.kinds.extend(contents.kinds());
        self.persons = self.persons.max(persons(contents));
        for table in contents.all().iter().flat_map(|one| &one.tables) {
            self.rows = self.rows.saturating_add(table.rows);
            let named = table.columns.iter().filter(|column| !column.heading.is_empty());
            let columns = named.map(|column| (table.name.clone(), column.heading.clone()));
            self.columns.extend(columns);
        }
    }
}

/// Something that is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::handover) enum Difference {
    /// A recipient that is new.
    RecipientAdded(String),
    /// A recipient that is no longer one.
    RecipientRemoved(String),
    /// A kind of data that is new.
    KindAdded(DataKind),
    /// A kind of data that is gone.
    KindRemoved(DataKind),
    /// A column that is new: sheet and heading.
    ColumnAdded(String, String),
    /// A column that is gone: sheet and heading.
    ColumnRemoved(String, String),
    /// The number of rows, before and now.
    Rows(u64, u64),
    /// The number of persons, before and now.
    Persons(u64, u64),
    /// The number of files, before and now.
    Files(u64, u64),
    /// The size of all files, before and now.
    Bytes(u64, u64),
}

/// A number before and now, and what it is that differs.
type Counted = (u64, u64, fn(u64, u64) -> Difference);

/// What is different between two hand-overs, the gravest first.
#[must_use]
pub(in crate::handover) fn differences(previous: &Compared, now: &Compared) -> Vec<Difference> {
    use Difference as D;
    fn new<'a, T: Ord>(a: &'a BTreeSet<T>, b: &'a BTreeSet<T>) -> impl Iterator<Item = &'a T> {
        b.difference(a)
    }
    let mut all = Vec::new();
    let (a, b) = (previous, now);
    all.extend(new(&a.recipients, &b.recipients).cloned().map(D::RecipientAdded));
    all.extend(new(&b.recipients, &a.recipients).cloned().map(D::RecipientRemoved));
    all.extend(new(&a.kinds, &b.kinds).copied().map(D::KindAdded));
    let column = |added: fn(String, String) -> D| {
        move |(sheet, heading): &(String, String)| added(sheet.clone(), heading.clone())
    };
    all.extend(new(&a.columns, &b.columns).map(column(D::ColumnAdded)));
    let counts: [Counted; 4] = [
        (a.persons, b.persons, D::Persons),
        (a.rows, b.rows, D::Rows),
        (a.files, b.files, D::Files),
        (a.bytes, b.bytes, D::Bytes),
    ];
    let changed = counts.into_iter().filter(|(before, now, _)| before != now);
    all.extend(changed.map(|(before, now, make)| make(before, now)));
    all.extend(new(&b.kinds, &a.kinds).copied().map(D::KindRemoved));
    all.extend(new(&b.columns, &a.columns).map(column(D::ColumnRemoved)));
    all
}

/// The last hand-over of the same kind: of the same entrustment and direction, to the same
/// recipients; where there is none to the same, to whomever.
pub(super) fn previous(
    connection: &mut Connection,
    of: &Handover,
    deliveries: &[Delivery],
) -> Result<Option<(Handover, Compared)>> {
    let before = store::left_before(connection, of)?;
    let recipients = store::recipients_of(connection, &before)?;
    let own: BTreeSet<_> = deliveries.iter().map(whom).collect();
    let same = |one: &&Handover| {
        let theirs = recipients.iter().filter(|delivery| delivery.handover_id == one.id);
        theirs.map(whom).collect::<BTreeSet<_>>() == own
    };
    let Some(found) = before.iter().find(same).or_else(|| before.first()) else {
        return Ok(None);
    };
    let files = desk::files(connection, found)?;
    let theirs = recipients.iter().filter(|delivery| delivery.handover_id == found.id);
    let theirs: Vec<Delivery> = theirs.cloned().collect();
    Ok(Some((found.clone(), Compared::of(&theirs, &files))))
}

/// Who a recipient is, whatever it is called.
fn whom(delivery: &Delivery) -> (&'static str, String) {
    let recipient = delivery.recipient_id.map(|id| id.to_string());
    let below = delivery.below_id.map(|id| id.to_string());
    (delivery.party.as_str(), recipient.or(below).unwrap_or_default())
}

/// A difference in words.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct DifferenceView {
    /// What is different.
    pub label: String,
    /// How.
    pub text: String,
    /// Whether it is something more or new, which has to be looked at.
    pub more: bool,
}

/// The differences from the last hand-over of the same kind, for whoever decides
/// (component `handover.differences`).
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct DifferencesView {
    /// Its number.
    pub position: i32,
    /// When it left.
    pub sent_at: Option<Timestamp>,
    /// Its page.
    pub href: String,
    /// What is different; empty when nothing is.
    pub differences: Vec<DifferenceView>,
}

/// The differences of a hand-over from the last one of the same kind; nothing when it is the first.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn differences_view(
    connection: &mut Connection,
    ctx: &crate::web::Ctx,
    of: &Handover,
) -> Result<Option<DifferencesView>> {
    let deliveries = desk::deliveries(connection, of)?;
    let Some((before, compared)) = previous(connection, of, &deliveries)? else {
        return Ok(None);
    };
    let mut files = desk::files(connection, of)?;
    files.retain(|file| file.state != FileState::Destroyed);
    let now = Compared::of(&deliveries, &files);
    let language = ctx.language;
    let said = differences(&compared, &now).iter().map(|one| one.view(language)).collect();
    Ok(Some(DifferencesView {
        position: before.position,
        sent_at: before.sent_at,
        href: format!("/entrustments/{}/hand-overs/{}", before.entrustment_id, before.id),
        differences: said,
    }))
}
