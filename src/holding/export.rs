//! The register as a file.

use std::collections::HashMap;

use super::country;
use super::list_store::{self, HoldingQuery};
use super::model::{Holding, HoldingId};
use super::store;
use crate::conformity;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::finding;
use crate::sheet::{ColumnOf, Kind, Listed, day};
use crate::web::Ctx;

/// The holdings of an entrustment as their page has them.
pub(super) struct Register(EntrustmentId, HoldingQuery);

/// A holding with the names of what it names.
pub(super) struct Row {
    holding: Holding,
    items: String,
    handlers: String,
    source: String,
    findings: i64,
}

impl Listed for Register {
    type Path = EntrustmentId;
    type Query = HoldingQuery;
    type Row = Row;
    const TITLE: &'static str = "holding-list-title";

    fn asked(of: EntrustmentId, query: HoldingQuery) -> Self {
        Self(of, query)
    }

    fn cells() -> Vec<ColumnOf<Row>> {
        use Kind::{Date, Number, Text};
        vec![
            ("holding-number", Number, |_, row| row.holding.position.to_string()),
            ("holding-items", Text, |_, row| row.items.clone()),
            ("holding-persons", Number, |_, row| row.holding.persons.to_string()),
            ("holding-kind", Text, |ctx, row| {
                ctx.text(&format!("holding-kind-{}", row.holding.kind))
            }),
            ("holding-source", Number, |_, row| row.source.clone()),
            ("holding-holder", Text, |_, row| row.holding.holder.clone()),
            ("holding-place", Text, |ctx, row| ctx.text(&format!("place-{}", row.holding.place))),
            ("holding-place-detail", Text, |_, row| row.holding.place_detail.clone()),
            ("holding-provider", Text, |_, row| row.holding.provider.clone()),
            ("holding-plan", Text, |_, row| row.holding.plan.clone()),
            ("holding-country", Text, |ctx, row| country::name(ctx.language, &row.holding.country)),
            ("holding-access-countries", Text, |_, row| row.holding.access_countries.0.join(" ")),
            ("holding-medium", Text, |ctx, row| {
                ctx.text(&format!("medium-{}", row.holding.medium))
            }),
            ("holding-system", Text, |_, row| row.holding.system.clone()),
            ("holding-encryption", Text, |ctx, row| {
                ctx.text(&format!("holding-encryption-{}", row.holding.encryption))
            }),
            ("holding-handlers", Text, |_, row| row.handlers.clone()),
            ("holding-backups", Text, |_, row| row.holding.backups.clone()),
            ("holding-starts-on", Date, |_, row| row.holding.starts_on.to_string()),
            ("holding-until-on", Date, |_, row| day(row.holding.until_on)),
            ("holding-status", Text, |ctx, row| {
                ctx.text(&format!("holding-status-{}", row.holding.status))
            }),
            ("holding-ended-on", Date, |_, row| day(row.holding.ended_on)),
            ("holding-entered-by", Text, |_, row| row.holding.entered_by_name.clone()),
            ("registers-findings", Number, |_, row| row.findings.to_string()),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Row>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        let found = list_store::whole(connection, &of, &self.1)?;
        let findings = finding::open_by_subject(connection, &of, "holding")?;
        let items = entrustment::items_ever(connection, &of)?;
        let handlers: HashMap<_, String> =
            conformity::handlers(connection, &of)?.into_iter().map(|h| (h.id, h.name)).collect();
        let numbers: HashMap<HoldingId, i32> = if found.iter().any(|h| h.source_id.is_some()) {
            let all = store::of_entrustment(connection, &of)?;
            all.into_iter().map(|h| (h.id, h.position)).collect()
        } else {
            HashMap::new()
        };
        let between = ctx.text("sheet-separator");
        let row = |holding: Holding| {
            let own = items.iter().filter(|item| holding.items.0.contains(&item.id));
            let names: Vec<&str> = own.map(|item| item.name.as_str()).collect();
            let people = holding.handlers.0.iter().filter_map(|id| handlers.get(id));
            let people: Vec<&str> = people.map(String::as_str).collect();
            let source = holding.source_id.and_then(|id| numbers.get(&id));
            Row {
                items: names.join(&between),
                handlers: people.join(&between),
                source: source.map(ToString::to_string).unwrap_or_default(),
                findings: findings.get(holding.id.as_str()).copied().unwrap_or(0),
                holding,
            }
        };
        Ok(found.into_iter().map(row).collect())
    }
}
