//! The register as a file.

use super::model::Transmission;
use super::store::{self, ListQuery};
use super::views;
use crate::conformity;
use crate::database::Connection;
use crate::entrustment::{self, EntrustmentId};
use crate::error::Result;
use crate::japanese::{jst_date, to_jst};
use crate::rulebook::{self, Judge, Party, ReceiverField, Terms};
use crate::sheet::{ColumnOf, Kind, Listed, moment};
use crate::web::Ctx;

/// The transmissions of an entrustment as their page has them.
pub(super) struct Register(EntrustmentId, ListQuery);

/// A transmission with the names of what it names, and the rules that it breaks.
pub(super) struct Row {
    transmission: Transmission,
    sender: String,
    handler: String,
    to: String,
    cc: String,
    bcc: String,
    items: String,
    broken: String,
}

impl Listed for Register {
    type Path = EntrustmentId;
    type Query = ListQuery;
    type Row = Row;
    const TITLE: &'static str = "transmission-list-title";

    fn asked(of: EntrustmentId, query: ListQuery) -> Self {
        Self(of, query)
    }

    fn cells() -> Vec<ColumnOf<Row>> {
        use Kind::{Code, Date, Number, Text};
        vec![
            ("transmission-number", Number, |_, row| row.transmission.position.to_string()),
            ("transmission-sent-on", Date, |_, row| jst_date(row.transmission.sent_at).to_string()),
            ("transmission-sent-time", Code, |_, row| {
                to_jst(row.transmission.sent_at).format("%H:%M").to_string()
            }),
            ("transmission-sender", Text, |_, row| row.sender.clone()),
            ("transmission-handler", Text, |_, row| row.handler.clone()),
            ("transmission-sender-address", Text, |_, row| row.transmission.sender_address.clone()),
            ("import-receivers", Text, |_, row| row.to.clone()),
            ("import-receivers-cc", Text, |_, row| row.cc.clone()),
            ("import-receivers-bcc", Text, |_, row| row.bcc.clone()),
            ("transmission-way", Text, |ctx, row| {
                ctx.text(&format!("way-{}", row.transmission.way))
            }),
            ("transmission-items", Text, |_, row| row.items.clone()),
            ("transmission-persons", Number, |_, row| row.transmission.persons.to_string()),
            ("transmission-protection", Text, |ctx, row| {
                ctx.text(&format!("transmission-protection-{}", row.transmission.protection))
            }),
            ("transmission-key-way", Text, |ctx, row| {
                ctx.text(&format!("transmission-key-{}", row.transmission.key_way))
            }),
            ("transmission-checked-by", Text, |_, row| row.transmission.checked_by.clone()),
            ("transmission-purpose", Text, |_, row| row.transmission.purpose.clone()),
            ("transmission-description", Text, |_, row| row.transmission.description.clone()),
            ("transmission-content-hash", Code, |_, row| row.transmission.content_hash.clone()),
            ("transmission-rules", Text, |_, row| row.broken.clone()),
            ("transmission-entered-by", Text, |_, row| row.transmission.entered_by_name.clone()),
            ("transmission-confirmation", Text, |ctx, row| {
                ctx.text(&format!("transmission-confirmation-{}", row.transmission.confirmation))
            }),
            ("transmission-confirmed-by", Text, |_, row| {
                row.transmission.confirmed_by_name.clone()
            }),
            ("transmission-confirmed-at", Text, |_, row| moment(row.transmission.confirmed_at)),
            ("transmission-note", Text, |_, row| row.transmission.confirmation_note.clone()),
        ]
    }

    fn all(&self, connection: &mut Connection, ctx: &Ctx) -> Result<Vec<Row>> {
        let of = entrustment::find(connection, &ctx.actor, self.0)?;
        let terms = conformity::terms(connection, &of, jst_date(ctx.now))?;
        let names = store::item_names(connection, &of)?;
        let judge = Judge::new(&terms);
        let between = ctx.text("sheet-separator");
        let row = |transmission: Transmission| {
            let items = transmission.items.0.iter().filter_map(|id| names.get(id));
            let items: Vec<&str> = items.map(String::as_str).collect();
            let broken =
                rulebook::warnings(ctx.language, &judge.transmission(&transmission.fact()));
            let broken: Vec<String> = broken.into_iter().map(|warning| warning.title).collect();
            let handler = terms.handlers.iter().find(|h| Some(h.id) == transmission.handler_id);
            Row {
                sender: views::sender(ctx.language, &terms, &transmission),
                handler: handler.map(|handler| handler.name.clone()).unwrap_or_default(),
                to: receivers(&terms, &transmission, ReceiverField::To, &between),
                cc: receivers(&terms, &transmission, ReceiverField::Cc, &between),
                bcc: receivers(&terms, &transmission, ReceiverField::Bcc, &between),
                items: items.join(&between),
                broken: broken.join(&between),
                transmission,
            }
        };
        Ok(store::whole(connection, &of, &self.1)?.into_iter().map(row).collect())
    }
}

/// The receivers of one field of a mail, as an import reads them.
fn receivers(terms: &Terms, row: &Transmission, field: ReceiverField, between: &str) -> String {
    let one = |receiver: &crate::rulebook::Receiver| {
        let name = views::called(terms, receiver);
        let own = receiver.party == Party::Other && !receiver.address.is_empty();
        if own && name != receiver.address {
            format!("{name} <{}>", receiver.address)
        } else {
            name
        }
    };
    let of = row.receivers.0.iter().filter(|receiver| receiver.field == field);
    of.map(one).collect::<Vec<_>>().join(between)
}
