//! A table in sight: its first rows are kept until its headings are known, the others go by.

use std::collections::BTreeMap;

use super::Found;
use super::column::{Column, MAX_TEXTS};
use super::heading::{self, Headings, Kept};
use crate::contents::fold::fold;
use crate::contents::kind::{self, Heading, read_heading};
use crate::contents::model::{DataKind, Naming, Table, Unreadable, Watch};
use crate::contents::persons::Person;
use crate::contents::tables::feed::count;
use crate::contents::tables::{RowRead, TableHead};
use crate::japanese::{find_my_numbers, parse_date};

/// Rows and bytes that are kept until the table's headings and kinds are known.
const MAX_KEPT: usize = 200;
const MAX_KEPT_BYTES: usize = 2 * 1024 * 1024;

/// A table in sight.
pub(super) struct Sight {
    head: TableHead,
    first: Vec<Kept>,
    kept: usize,
    begun: bool,
    heading_row: u32,
    rows: u64,
    hidden_rows: u64,
    columns: Vec<Column>,
    /// Where each column of the sheet is among those with something in them.
    places: Vec<Option<usize>>,
    roles: Roles,
    persons: u64,
    texts_left: u32,
}

/// The columns that tell persons apart, by their places.
#[derive(Clone, Debug, Default)]
struct Roles {
    number: Option<usize>,
    names: Vec<usize>,
    birth: Option<usize>,
    contact: Option<usize>,
}

impl Sight {
    pub(super) fn new(head: TableHead) -> Self {
        Self {
            head,
            first: Vec::new(),
            kept: 0,
            begun: false,
            heading_row: 0,
            rows: 0,
            hidden_rows: 0,
            columns: Vec::new(),
            places: Vec::new(),
            roles: Roles::default(),
            persons: 0,
            texts_left: MAX_TEXTS,
        }
    }

    pub(super) fn row(&mut self, row: &RowRead<'_>, found: &mut Found) {
        if self.begun {
            self.take(row, true, found);
            return;
        }
        self.kept += row.cells.iter().map(|(_, text)| text.len() + 32).sum::<usize>();
        let cells = row.cells.to_vec();
        self.first.push(Kept { number: row.number, hidden: row.hidden, cells });
        if self.first.len() >= MAX_KEPT || self.kept > MAX_KEPT_BYTES {
            self.begin(found);
        }
    }

    /// Decides what the first rows are, and takes them.
    fn begin(&mut self, found: &mut Found) {
        self.begun = true;
        let first = std::mem::take(&mut self.first);
        let headings = heading::find(&first);
        let body = headings.as_ref().map_or(0, |headings| headings.row + 1);
        let (above, below) = first.split_at_checked(body).unwrap_or((&[], &first));
        if let Some(Headings { row, columns }) = headings {
            self.heading_row = first.get(row).map_or(0, |row| row.number);
            for (at, (text, told)) in &columns {
                self.column(*at, Some((text.as_str(), *told)), found);
            }
        }
        for row in above {
            self.hidden_rows += u64::from(row.hidden);
            title(row, found);
        }
        if self.heading_row == 0 {
            for row in below {
                fields(row, found);
            }
        }
        for (column, text) in below.iter().flat_map(|row| &row.cells) {
            if let Some(column) = self.column(*column, None, found) {
                column.sample(text);
            }
        }
        self.roles = roles(&self.columns);
        for row in below {
            let row = RowRead { number: row.number, hidden: row.hidden, cells: &row.cells };
            self.take(&row, false, found);
        }
    }

    /// A column; a new one where there is room for it.
    fn column(
        &mut self,
        at: u16,
        heading: Option<(&str, Heading)>,
        found: &mut Found,
    ) -> Option<&mut Column> {
        let index = usize::from(at);
        if self.places.len() <= index {
            self.places.resize(index + 1, None);
        }
        let place = self.places.get_mut(index)?;
        if place.is_none() {
            if self.columns.len() >= found.most_columns {
                found.refused = Some(Unreadable::TooLarge);
                return None;
            }
            *place = Some(self.columns.len());
            let (text, told) = heading.unwrap_or(("", Heading::Unknown));
            found.my_numbers += count(find_my_numbers(text).len());
            self.columns.push(Column::new(at, text, told, self.head.hides(at)));
        }
        let place = (*place)?;
        self.columns.get_mut(place)
    }

    /// A row below the headings.
    fn take(&mut self, row: &RowRead<'_>, sample: bool, found: &mut Found) {
        self.rows += 1;
        self.hidden_rows += u64::from(row.hidden);
        let person = self.person(row, found);
        let mut texts_left = self.texts_left;
        for (at, text) in row.cells {
            let named = found.names.named(text);
            let Some(column) = self.column(*at, None, found) else {
                return;
            };
            if sample {
                column.sample(text);
            }
            column.take(text, &mut texts_left);
            column.of_persons += u64::from(person);
            if let Some(named) = named {
                if column.named.len() <= named {
                    column.named.resize(named + 1, 0);
                }
                if let Some(times) = column.named.get_mut(named) {
                    *times += 1;
                }
            }
        }
        self.texts_left = texts_left;
        self.persons += u64::from(person);
    }

    /// Counts the row's person; whether it is about one.
    fn person(&self, row: &RowRead<'_>, found: &mut Found) -> bool {
        let text = |place: usize| {
            let at = self.columns.get(place).map(|column| column.at)?;
            let found = row.cells.binary_search_by_key(&at, |(column, _)| *column).ok()?;
            row.cells.get(found).map(|(_, text)| text.as_str())
        };
        let folded = |place: Option<usize>| place.and_then(text).map(fold).unwrap_or_default();
        let mut name = String::new();
        for place in &self.roles.names {
            name.push_str(&folded(Some(*place)));
        }
        if kind::is_nobody(&name) {
            return false;
        }
        let birth = self.roles.birth.and_then(text).map(|birth| match parse_date(birth) {
            Ok(date) => date.to_string(),
            Err(_) => fold(birth),
        });
        let person = Person {
            number: &folded(self.roles.number),
            name: &name,
            birth: &birth.unwrap_or_default(),
            contact: &folded(self.roles.contact),
        };
        found.persons.row(&person)
    }

    /// The table is over.
    pub(super) fn end(mut self, watch: &Watch, found: &mut Found) -> Table {
        if !self.begun {
            self.begin(found);
        }
        let naming = self.naming(watch);
        let mut table = Table {
            name: self.head.name,
            hidden: self.head.hidden,
            heading_row: self.heading_row,
            rows: self.rows,
            hidden_rows: self.hidden_rows,
            columns: Vec::new(),
            persons: found.persons.end_table(),
            naming,
        };
        self.columns.sort_by_key(|column| column.at);
        for column in self.columns {
            found.my_numbers += column.my_numbers();
            let (column, loose) = column.found();
            for (kind, times) in loose {
                *found.loose.entry(kind).or_default() += times;
            }
            table.columns.push(column);
        }
        table
    }

    /// The column that names most of those who are watched for. A row about a person that names
    /// nobody there is somebody else's.
    fn naming(&self, watch: &Watch) -> Option<Naming> {
        let named = |column: &&Column| column.named.iter().sum::<u64>();
        let most = self.columns.iter().rev().max_by_key(named).filter(|best| named(best) > 0)?;
        let keys = watch.named.iter().map(|(key, _)| key.clone());
        let rows: BTreeMap<String, u64> =
            keys.zip(most.named.iter().copied()).filter(|(_, times)| *times > 0).collect();
        let blank = self.persons.saturating_sub(most.of_persons);
        let others = most.filled.saturating_sub(named(&most)) + blank;
        Some(Naming { column: most.at, rows, others })
    }
}

/// A row above the headings: titles, notes, whom to ask.
fn title(row: &Kept, found: &mut Found) {
    for (_, text) in &row.cells {
        found.my_numbers += count(find_my_numbers(text).len());
        for (kind, times) in kind::loose(text) {
            *found.loose.entry(kind).or_default() += times;
        }
    }
}

/// The fields of a form: a label, and beside it something that is none.
fn fields(row: &Kept, found: &mut Found) {
    for pair in row.cells.windows(2) {
        let [(at, label), (beside, value)] = pair else { continue };
        let near = beside.abs_diff(*at) <= 3;
        if let (Heading::Kind(kind), true) = (read_heading(label), near) {
            let held = !matches!(read_heading(value), Heading::Kind(_));
            if held && !matches!(kind, DataKind::MyNumber | DataKind::CorporateNumber) {
                *found.loose.entry(kind).or_default() += 1;
            }
        }
    }
}

/// Which columns tell persons apart: the person whom the row is about stands before those who belong
/// to it.
fn roles(columns: &[Column]) -> Roles {
    let mut places: Vec<usize> = (0..columns.len()).collect();
    places.sort_by_key(|place| columns.get(*place).map(|column| column.at));
    let of = |kind: DataKind| {
        let fits =
            |place: &&usize| columns.get(**place).is_some_and(|column| column.kind() == Some(kind));
        places.iter().filter(fits).copied().collect::<Vec<usize>>()
    };
    let first = |kinds: &[DataKind]| kinds.iter().find_map(|kind| of(*kind).first().copied());
    let beside = |place: &usize| columns.get(*place).is_some_and(Column::is_of_others);
    let names = of(DataKind::Name);
    let own = names.iter().copied().find(|place| !beside(place)).or(names.first().copied());
    let given = own.filter(|place| columns.get(*place).is_some_and(Column::is_family_name));
    let given = given.and_then(|family| names.iter().copied().find(|place| *place > family));
    let names = match own {
        Some(own) => std::iter::once(own).chain(given).collect(),
        None => first(&[DataKind::Kana, DataKind::Mail]).into_iter().collect(),
    };
    let birth = first(&[DataKind::BirthDate]);
    let contact = first(&[DataKind::Address, DataKind::Phone, DataKind::Mail]);
    Roles {
        number: first(&[DataKind::PersonNumber, DataKind::MyNumber]),
        names,
        birth,
        contact: if birth.is_none() { contact } else { None },
    }
}
