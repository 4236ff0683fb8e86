//! What a list is cut by: the file, what was found in it, and the recipients.

use std::collections::BTreeSet;

use super::permit;
use super::plan::{Addressee, Choice, Fault, Named, Plan};
use crate::actor::Authorized;
use crate::contents::{Contents, Format, Table};
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::{Error, Result};
use crate::handover::model::{File, FileId, FileState, HandoverId};
use crate::handover::policy::{self, Edit, Of};
use crate::handover::{checking, store, upload};
use crate::japanese::jst_date;
use crate::storage::Parts;
use crate::web::{Ctx, Form};

/// Most rows of a list that is cut.
const MOST_ROWS: u64 = 100_000;

/// The ids in an address: entrustment, hand-over, file.
pub(super) type Ids = (EntrustmentId, HandoverId, FileId);

/// A file of a hand-over that is being put together.
pub(super) struct Ground {
    /// The hand-over.
    pub of: Authorized<Of, Edit>,
    /// The file.
    pub file: File,
    /// What it is.
    pub format: Format,
    /// Its tables that are shown and have headings.
    pub tables: Vec<Table>,
    /// Its bytes.
    pub parts: Parts,
    /// Names of the recipients, in the order of the addressees.
    pub names: Vec<String>,
    facts: checking::Facts,
    named: Vec<Named>,
}

/// The same with a table and a column chosen.
pub(super) struct Cut {
    /// The table.
    pub table: Table,
    /// The recipients.
    pub addressees: Vec<Addressee>,
    /// The plan.
    pub plan: Plan,
}

impl Ground {
    /// Loads what the actor may change.
    ///
    /// # Errors
    /// [`Error::NotFound`], those of the policy, and [`Error::Conflict`] for a file that can't be cut.
    pub fn load(c: &mut Connection, ctx: &Ctx, (id, handover, file): Ids) -> Result<Self> {
        let entrustment = entrustment::find(c, &ctx.actor, id)?;
        let handover = store::find(c, &entrustment, handover)?;
        let file = store::file(c, &handover, file)?;
        let of = policy::edit(c, &ctx.actor, entrustment, handover)?;
        let contents = found(&file)?;
        let facts = checking::facts(c, &of.1, &of.0, jst_date(ctx.now))?;
        let watch = checking::watch(c, &of.0)?;
        Ok(Self {
            parts: upload::parts_of(c, &ctx.portal, &file)?,
            format: contents.format,
            tables: contents.tables.into_iter().filter(is_list).collect(),
            named: permit::named(&facts, &watch),
            names: facts.recipients.iter().map(|to| to.name.clone()).collect(),
            facts,
            file,
            of,
        })
    }

    /// The table that is asked for; the only one without asking.
    ///
    /// # Errors
    /// [`Error::Conflict`] when there is none.
    pub fn table(&self, asked: &str) -> Result<Option<&Table>> {
        match self.tables.as_slice() {
            [] => Err(Error::Conflict("handover-cut-no-list")),
            [only] => Ok(Some(only)),
            many => Ok(asked.parse().ok().and_then(|at: usize| many.get(at))),
        }
    }

    /// The list cut in thought.
    ///
    /// # Errors
    /// What is wrong with the choice.
    pub fn cut(&self, table: &Table, naming: Option<u16>, choice: &Choice) -> Result<Cut, Fault> {
        let addressees = permit::addressees(&self.facts, &table.columns);
        let plan = Plan::new(naming, &addressees, &self.named, choice)?;
        Ok(Cut { table: table.clone(), addressees, plan })
    }

    /// The column that seems to name the recipients.
    pub fn suggested(table: &Table) -> Option<u16> {
        table.naming.as_ref().map(|naming| naming.column)
    }
}

/// What was found in a file that can be cut.
fn found(file: &File) -> Result<Contents> {
    if file.state != FileState::Checked {
        return Err(Error::Conflict("handover-cut-not-checked"));
    }
    let contents = file.found().ok_or(Error::Conflict("handover-cut-not-checked"))?;
    let read = matches!(
        contents.format,
        Format::Csv | Format::Tsv | Format::Xlsx | Format::Xlsm | Format::Xls | Format::Ods
    );
    if !read || contents.unreadable.is_some() {
        return Err(Error::Conflict("handover-cut-no-list"));
    }
    if contents.tables.iter().any(|table| table.rows > MOST_ROWS) {
        return Err(Error::Conflict("handover-cut-too-long"));
    }
    Ok(contents)
}

fn is_list(table: &Table) -> bool {
    !table.hidden && table.heading_row > 0 && table.rows > 0
}

/// What a form chose.
pub(super) fn choice(form: &Form) -> Choice {
    let columns: BTreeSet<u16> = form.values("columns").filter_map(|at| at.parse().ok()).collect();
    let recipients = form.values("recipients").filter_map(|id| id.parse().ok()).collect();
    Choice { columns: Some(columns), recipients: Some(recipients) }
}
