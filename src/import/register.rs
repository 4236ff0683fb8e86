//! Rows of an entrustment's registers: each names its entrustment by the number, or all are of the
//! one from whose page the file was chosen; each is held against the handling rules.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::Hash;
use std::marker::PhantomData;

use chrono::NaiveDate;

use super::acknowledging::Said;
use super::field::Field;
use super::kind::{Done, Imported};
use super::model::ImportKind;
use super::named::{Named, number};
use super::policy;
use super::table::{RowFaults, Table};
use crate::actor::OrganisationId;
use crate::clock::Timestamp;
use crate::conformity;
use crate::database::{Connection, Tx};
use crate::entrustment::{self, DataItem, Entrustment, EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::holding;
use crate::japanese::jst_date;
use crate::rulebook::{self, Broken, Exceptions, Judge, MAX_REASON, Terms};
use crate::sheet::{Kind, Row};
use crate::web::{Ctx, Fields, Form, Invalid, Language, Message, Rule};

/// The column with the entrustment's number.
pub(super) const ENTRUSTMENT: &str = "entrustment";

/// A row to enter, what it breaks, and the exceptions that are claimed.
pub(super) type Entering<'a, New> = (&'a New, &'a [Broken], &'a Exceptions);

/// A register: which columns it has, how a row is read, and who enters it.
pub(super) trait Register {
    /// What a row becomes.
    type New;
    /// What tells one row from another.
    type Key: Clone + Eq + Hash;
    /// The kind of import.
    const KIND: ImportKind;

    /// Its columns, those apart that every register has.
    fn fields() -> Vec<Field>;

    /// The form before a row fills it in.
    fn start() -> Form {
        Form::default()
    }

    /// Fills in what names something of the entrustment.
    fn own(_of: &Of, _table: &Table<'_>, _row: &Row, _form: &mut Form, _faults: &mut RowFaults) {}

    /// Reads the form: the slice's own reading.
    ///
    /// # Errors
    /// What is wrong, by field.
    fn parse(of: &Of, form: &Form) -> Result<Self::New, Invalid>;

    /// The column of a field of the form, where their names differ.
    fn column_of(field: &str) -> &str {
        field
    }

    /// What may be there only once: its field, and the value.
    fn key(of: EntrustmentId, new: &Self::New) -> (&'static str, Self::Key);

    /// What the registers of these entrustments have already, as far as it may be one of `keys`.
    ///
    /// # Errors
    /// Those of the database.
    fn registered(
        connection: &mut Connection,
        of: &[&Entrustment],
        keys: &[Self::Key],
    ) -> Result<HashSet<Self::Key>>;

    /// Which handling rules a row breaks.
    fn broken(judge: &Judge<'_>, of: &Of, new: &Self::New) -> Vec<Broken>;

    /// Enters the rows of an entrustment.
    ///
    /// # Errors
    /// [`crate::error::Error::Forbidden`] for who may not; those of the database.
    fn enter(tx: &mut Tx<'_>, of: Entrustment, rows: &[Entering<'_, Self::New>]) -> Result<()>;

    /// Whether rows name holdings from which theirs were made.
    fn names_sources(_table: &Table<'_>) -> bool {
        false
    }
}

/// An entrustment that rows name, with all that they may name of it.
pub(super) struct Of {
    pub terms: Terms,
    /// What a holding may name.
    pub holding: holding::Known,
    pub items: Named,
    pub handlers: Named,
    pub recipients: Named,
    /// When the rows are looked at.
    pub now: Timestamp,
}

impl Of {
    fn new(
        entrustment: Entrustment,
        (terms, items): (Terms, Vec<DataItem>),
        now: Timestamp,
    ) -> Self {
        let mut handlers = Named::default();
        for handler in &terms.handlers {
            handlers.learn(&handler.name, handler.id.as_str());
            handlers.learn(&handler.email, handler.id.as_str());
        }
        let mut recipients = Named::default();
        for recipient in &terms.recipients {
            recipients.learn(&recipient.name, recipient.id.as_str());
            recipients.learn(&recipient.address, recipient.id.as_str());
        }
        Self {
            items: item_names(&items),
            handlers,
            recipients,
            now,
            holding: holding::Known {
                items,
                handlers: terms.handlers.clone(),
                holdings: Vec::new(),
                today: terms.today,
                entrustment,
            },
            terms,
        }
    }

    /// Today in Japan.
    pub fn today(&self) -> NaiveDate {
        self.terms.today
    }
}

/// The items by their own names and by their names after those above them. What was taken off goes
/// by its name only where nothing that is entrusted has it.
fn item_names(items: &[DataItem]) -> Named {
    let mut names = Named::default();
    let mut learn = |item: &DataItem| {
        names.learn(&item.name, item.id.as_str());
        for language in Language::ALL {
            names.learn(&entrustment::full_name(language, items, item), item.id.as_str());
        }
    };
    items.iter().filter(|item| item.removed_at.is_none()).for_each(&mut learn);
    let gone: Vec<&DataItem> = items
        .iter()
        .filter(|item| item.removed_at.is_some() && names.is_free(&item.name))
        .collect();
    for item in gone {
        names.learn(&item.name, item.id.as_str());
    }
    names
}

/// What a number leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Numbered {
    One(EntrustmentId),
    /// Several principals gave it.
    Several,
    Closed,
}

/// The entrustments of a sheet.
pub(super) struct Known {
    numbers: HashMap<String, Numbered>,
    scope: Option<EntrustmentId>,
    of: HashMap<EntrustmentId, Of>,
}

impl Known {
    /// The entrustment of a row, or why there is none.
    fn find(&self, cell: &str) -> Result<EntrustmentId, Message> {
        let called = number(cell);
        let found = self.numbers.get(&called).copied();
        match (self.scope, found) {
            (Some(scope), _) if called.is_empty() => Ok(scope),
            (Some(scope), Some(Numbered::One(id))) if id == scope => Ok(scope),
            (Some(_), _) => {
                Err(Message::new("import-fault-other-entrustment").with("number", called))
            }
            (None, _) if called.is_empty() => Err(Message::new("import-fault-which-entrustment")),
            (None, Some(Numbered::One(id))) => Ok(id),
            (None, Some(Numbered::Several)) => {
                Err(Message::new("import-fault-several-entrustments").with("number", called))
            }
            (None, Some(Numbered::Closed)) => {
                Err(Message::new("import-fault-closed-entrustment").with("number", called))
            }
            (None, None) => Err(Message::new("import-fault-no-entrustment").with("number", called)),
        }
    }
}

/// A row of a register.
pub(super) struct Entry<New> {
    of: EntrustmentId,
    new: New,
    reason: String,
}

/// A register as a kind of import.
pub(super) struct OfRegister<R>(PhantomData<R>);

impl<R: Register> Imported for OfRegister<R> {
    type Command = Entry<R::New>;
    type Names = Known;
    type Key = R::Key;

    fn fields() -> Vec<Field> {
        let number = Field::new(ENTRUSTMENT, "import-entrustment", Kind::Code);
        let mut fields = vec![
            number.optional().taking(super::field::Takes::Own).hint("import-entrustment-hint"),
        ];
        fields.extend(R::fields());
        fields.push(
            Field::new("reason", "import-row-reason", Kind::Text)
                .optional()
                .hint("import-row-reason-hint"),
        );
        fields
    }

    fn start() -> Form {
        R::start()
    }

    fn names(
        connection: &mut Connection,
        ctx: &Ctx,
        table: &Table<'_>,
        scope: Option<EntrustmentId>,
    ) -> Result<Known> {
        let called: HashSet<String> =
            table.rows().iter().map(|row| number(table.cell(row, ENTRUSTMENT))).collect();
        let called: Vec<String> = called.into_iter().filter(|number| !number.is_empty()).collect();
        let mut found = match scope {
            Some(id) => vec![scope_of(connection, ctx, R::KIND, id)?],
            None => entrustment::numbered(connection, &ctx.actor, &called)?,
        };
        let mut numbers = HashMap::new();
        for entrustment in &found {
            let one = match entrustment.status {
                EntrustmentStatus::Active => Numbered::One(entrustment.id),
                EntrustmentStatus::Closed => Numbered::Closed,
            };
            let twice = |known: &mut Numbered| *known = Numbered::Several;
            numbers.entry(number(&entrustment.number)).and_modify(twice).or_insert(one);
        }
        let one = |numbered: &Numbered| match numbered {
            Numbered::One(id) => Some(*id),
            Numbered::Several | Numbered::Closed => None,
        };
        let open: HashSet<EntrustmentId> = numbers.values().filter_map(one).collect();
        found.retain(|entrustment| open.contains(&entrustment.id));
        let today = jst_date(ctx.now);
        let all: Vec<&Entrustment> = found.iter().collect();
        let mut terms = conformity::terms_of_many(connection, &all, today)?;
        let holdings = if R::names_sources(table) {
            holding::of_entrustments(connection, &all)?
        } else {
            Vec::new()
        };
        let mut of = HashMap::new();
        for entrustment in found {
            if let Some(terms) = terms.remove(&entrustment.id) {
                of.insert(entrustment.id, Of::new(entrustment, terms, ctx.now));
            }
        }
        for holding in holdings {
            if let Some(of) = of.get_mut(&holding.entrustment_id) {
                of.holding.holdings.push(holding);
            }
        }
        Ok(Known { numbers, scope, of })
    }

    fn own(known: &Known, table: &Table<'_>, row: &Row, form: &mut Form, faults: &mut RowFaults) {
        match known.find(table.cell(row, ENTRUSTMENT)) {
            Ok(id) => {
                form.set(ENTRUSTMENT, id.as_str());
                if let Some(of) = known.of.get(&id) {
                    R::own(of, table, row, form, faults);
                }
            }
            Err(message) => faults.add(table.column(ENTRUSTMENT), message),
        }
    }

    fn parse(known: &Known, form: &Form) -> Result<Self::Command, Invalid> {
        let id = form.value(ENTRUSTMENT).parse().ok();
        // A row without its entrustment has its fault already.
        let Some((id, of)) = id.and_then(|id| Some((id, known.of.get(&id)?))) else {
            return Err(Invalid::default());
        };
        let mut f = Fields::of(form);
        let reason = f.optional("reason", Rule::text(MAX_REASON));
        let read = R::parse(of, form);
        match (f.finish(|| reason), read) {
            (Ok(reason), Ok(new)) => Ok(Entry { of: id, new, reason }),
            (Ok(_), Err(invalid)) => Err(invalid),
            (Err(mut invalid), read) => {
                invalid.errors.extend(read.err().map(|also| also.errors).unwrap_or_default());
                Err(invalid)
            }
        }
    }

    fn column_of(field: &str) -> &str {
        R::column_of(field)
    }

    fn key(command: &Self::Command) -> (&'static str, R::Key) {
        R::key(command.of, &command.new)
    }

    fn taken(
        connection: &mut Connection,
        _: &Ctx,
        known: &Known,
        keys: &[R::Key],
    ) -> Result<HashSet<R::Key>> {
        let of: Vec<&Entrustment> = known.of.values().map(|of| &of.holding.entrustment).collect();
        R::registered(connection, &of, keys)
    }

    fn broken(known: &Known, commands: &[Self::Command]) -> Vec<Vec<Broken>> {
        let mut judges: HashMap<EntrustmentId, (Judge<'_>, &Of)> = HashMap::new();
        for (id, of) in &known.of {
            judges.insert(*id, (Judge::new(&of.terms), of));
        }
        let look = |command: &Self::Command| match judges.get(&command.of) {
            Some((judge, of)) => R::broken(judge, of, &command.new),
            None => Vec::new(),
        };
        commands.iter().map(look).collect()
    }

    fn reason(command: &Self::Command) -> &str {
        &command.reason
    }

    fn create(
        tx: &mut Tx<'_>,
        mut known: Known,
        commands: &[Self::Command],
        broken: &[Vec<Broken>],
        said: &Said,
    ) -> Result<Vec<Done>> {
        let exceptions: Vec<Exceptions> = commands
            .iter()
            .zip(broken)
            .map(|(command, broken)| rulebook::claimed(said.reason(&command.reason), broken))
            .collect();
        // In the order of the principals: two who import at once wait for each other, not in a circle.
        let mut sorted: BTreeMap<(OrganisationId, EntrustmentId), Vec<Entering<'_, R::New>>> =
            BTreeMap::new();
        for ((command, broken), exceptions) in commands.iter().zip(broken).zip(&exceptions) {
            if let Some(of) = known.of.get(&command.of) {
                let key = (of.holding.entrustment.tenant_id, command.of);
                sorted.entry(key).or_default().push((&command.new, broken, exceptions));
            }
        }
        let mut done = Vec::with_capacity(sorted.len());
        for ((tenant_id, id), rows) in sorted {
            let Some(of) = known.of.remove(&id) else { continue };
            R::enter(tx, of.holding.entrustment, &rows)?;
            done.push(Done { tenant_id, entrustment: Some(id), rows: rows.len() });
        }
        Ok(done)
    }
}

/// The entrustment from whose page a file is chosen, when the actor may enter such rows there.
///
/// # Errors
/// [`crate::error::Error::NotFound`] for what the actor can't see; [`crate::error::Error::Forbidden`];
/// [`crate::error::Error::Conflict`] when it is closed.
pub(super) fn scope_of(
    connection: &mut Connection,
    ctx: &Ctx,
    kind: ImportKind,
    id: EntrustmentId,
) -> Result<Entrustment> {
    let found = entrustment::find(connection, &ctx.actor, id)?;
    policy::enter_into(connection, &ctx.actor, kind, found)
}
