//! Pages of transmissions.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::web::{Path, Query};
use serde::Deserialize;

use super::command::{self, NewTransmission};
use super::model::{Confirmation, Transmission, TransmissionId};
use super::policy::{self, WRITERS};
use super::store::{self, ListQuery};
use super::views::{self, FormPage, ListView, Row, ShowView};
use crate::conformity;
use crate::database::{Connection, Tx};
use crate::entrustment::rules::Way;
use crate::entrustment::{self, Entrustment, EntrustmentId, EntrustmentStatus, ItemMark};
use crate::error::{Error, Result};
use crate::finding::{self, English, NewFinding, Severity, Source, Subject};
use crate::japanese::jst_date;
use crate::ledger;
use crate::rulebook::{self, Broken, Judge, KeyWay, Party, Protection, ReceiverField, Terms};
use crate::web::{
    Access, Choice, Ctx, Fields, Form, Invalid, Language, Message, Route, Rule, locale,
};

/// Entries of the history on a transmission's page.
const HISTORY: i64 = 20;

/// The routes of transmissions.
#[must_use]
pub fn routes() -> Vec<Route> {
    const WRITER: Access = Access::Roles(WRITERS);
    vec![
        Route::get("/entrustments/{id}/transmissions", Access::Session, index),
        Route::get("/entrustments/{id}/transmissions/new", WRITER, new),
        Route::post("/entrustments/{id}/transmissions", WRITER, create),
        Route::get("/entrustments/{id}/transmissions/{transmission}", Access::Session, show),
        Route::get("/entrustments/{id}/transmissions/{transmission}/edit", WRITER, edit),
        Route::post("/entrustments/{id}/transmissions/{transmission}", WRITER, update),
        Route::post(
            "/entrustments/{id}/transmissions/{transmission}/confirmation",
            WRITER,
            confirm,
        ),
    ]
}

/// An entrustment and one of its transmissions.
type Ids = (EntrustmentId, TransmissionId);

fn may_enter(ctx: &Ctx, entrustment: &Entrustment) -> bool {
    let role = ctx.actor.member().is_some_and(|member| WRITERS.contains(&member.role));
    role && entrustment.status == EntrustmentStatus::Active
}

/// Lists a page of the transmissions.
async fn index(ctx: Ctx, id: Path<EntrustmentId>, query: Query<ListQuery>) -> Result<HttpResponse> {
    let (id, query) = (id.into_inner(), query.into_inner());
    let view = ctx
        .read(move |c, ctx| {
            let entrustment = entrustment::find(c, &ctx.actor, id)?;
            let terms = conformity::terms(c, &entrustment, jst_date(ctx.now))?;
            let list = store::page(c, &entrustment, &query)?;
            let judge = Judge::new(&terms);
            let confirmation = "transmission-confirmation-";
            Ok(ListView {
                list: list.map(|row| Row::of(ctx.language, &terms, &judge, &row)),
                ways: Choice::words(ctx.language, "way-", Way::ALL),
                confirmations: Choice::words(ctx.language, confirmation, Confirmation::ALL),
                parties: Choice::words(ctx.language, "transmission-party-", Party::ALL),
                may_enter: may_enter(ctx, &entrustment),
                entrustment,
            })
        })
        .await?;
    ctx.page(&view)
}

/// What the form is shown with.
struct Shown<'a> {
    form: &'a Form,
    invalid: &'a Invalid,
    broken: &'a [Broken],
}

fn form_page(
    c: &mut Connection,
    ctx: &Ctx,
    id: EntrustmentId,
    known: Option<TransmissionId>,
    shown: &Shown<'_>,
) -> Result<FormPage> {
    let entrustment = entrustment::find(c, &ctx.actor, id)?;
    let terms = conformity::terms(c, &entrustment, jst_date(ctx.now))?;
    let language = ctx.language;
    let handlers = terms.handlers.iter().map(|handler| Choice::new(handler.id, &*handler.name));
    Ok(FormPage {
        form: shown.form.view_with(language, shown.invalid),
        id: known,
        warnings: rulebook::warnings(language, shown.broken),
        rows: (0..command::rows(shown.form)).collect(),
        who: who(ctx, &terms),
        fields: Choice::words(language, "transmission-field-", ReceiverField::ALL),
        senders: Choice::words(language, "transmission-party-", Party::ALL),
        handlers: handlers.collect(),
        ways: Choice::words(language, "way-", Way::ALL),
        items: items(ctx, &terms, shown.form),
        protections: Choice::words(language, "transmission-protection-", Protection::ALL),
        key_ways: Choice::words(language, "transmission-key-", KeyWay::ALL),
        entrustment,
    })
}

/// The receivers to choose from: the parties, the recipients that are approved, somebody else.
fn who(ctx: &Ctx, terms: &Terms) -> Vec<Choice> {
    let mut all = vec![
        Choice::new(Party::Principal, &*terms.principal),
        Choice::new(Party::Contractor, &*terms.contractor),
    ];
    let waiting = |name: &str| {
        let args = [("name", name.into())];
        crate::web::locale::text_with(ctx.language, "transmission-who-not-approved", &args)
    };
    all.extend(terms.recipients.iter().map(|recipient| {
        let name = &recipient.name;
        Choice::new(recipient.id, if recipient.approved { name.clone() } else { waiting(name) })
    }));
    all.push(Choice::new(Party::Other, ctx.text("transmission-who-other")));
    all
}

/// The items to choose from, each with its mark; one that was taken off only where it was chosen.
fn items(ctx: &Ctx, terms: &Terms, form: &Form) -> Vec<Choice> {
    let mark = |mark: ItemMark| match mark {
        ItemMark::None => String::new(),
        mark => ctx.text(&format!("mark-{mark}")),
    };
    let chosen = |id: &str| form.values("items").any(|value| value == id);
    let items = terms.items.iter().filter(|item| item.entrusted || chosen(item.id.as_str()));
    items.map(|i| Choice { hint: mark(i.mark), ..Choice::new(i.id, &*i.name) }).collect()
}

/// The transmission that a new one is like.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct NewQuery {
    from: String,
}

/// Shows the form, empty or filled in like an earlier transmission.
async fn new(ctx: Ctx, id: Path<EntrustmentId>, query: Query<NewQuery>) -> Result<HttpResponse> {
    let id = id.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let found = entrustment::find(c, &ctx.actor, id)?;
            let entering = policy::enter(c, &ctx.actor, found, None)?;
            let form = match query.from.parse() {
                Ok(from) => store::find(c, &entering.entrustment, from)?.copy(),
                Err(_) => Form::from_pairs([("sender", entering.side.as_str())]),
            };
            let invalid = Invalid::default();
            let shown = Shown { form: &form, invalid: &invalid, broken: &[] };
            form_page(c, ctx, id, None, &shown)
        })
        .await?;
    ctx.page(&view)
}

/// Enters a transmission.
async fn create(ctx: Ctx, id: Path<EntrustmentId>, form: Form) -> Result<HttpResponse> {
    save(ctx, id.into_inner(), None, form).await
}

/// Shows the form filled in.
async fn edit(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let (id, transmission) = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| {
            let (entrustment, known) = load(c, ctx, (id, transmission))?;
            let entering = policy::enter(c, &ctx.actor, entrustment, Some(known))?;
            let form = entering.known.as_ref().map(Transmission::form).unwrap_or_default();
            let invalid = Invalid::default();
            let shown = Shown { form: &form, invalid: &invalid, broken: &[] };
            form_page(c, ctx, id, Some(transmission), &shown)
        })
        .await?;
    ctx.page(&view)
}

/// Corrects a transmission.
async fn update(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let (id, transmission) = ids.into_inner();
    save(ctx, id, Some(transmission), form).await
}

/// What became of a form.
enum Saved {
    Done(TransmissionId),
    Invalid(Invalid, Vec<Broken>),
}

fn save_now(
    tx: &mut Tx<'_>,
    id: EntrustmentId,
    known: Option<TransmissionId>,
    form: &Form,
) -> Result<Saved> {
    let entrustment = entrustment::find(tx.connection, tx.actor, id)?;
    let known = match known {
        Some(known) => Some(store::find(tx.connection, &entrustment, known)?),
        None => None,
    };
    let entering = policy::enter(tx.connection, tx.actor, entrustment, known)?;
    let terms = conformity::terms(tx.connection, &entering.entrustment, jst_date(tx.now))?;
    let command = match NewTransmission::parse(form, &terms, tx.now) {
        Ok(command) => command,
        Err(invalid) => return Ok(Saved::Invalid(invalid, Vec::new())),
    };
    let broken = rulebook::transmission(&terms, &command.fact());
    let exceptions = match rulebook::acknowledged(form, &broken) {
        Ok(exceptions) => exceptions,
        Err(invalid) => return Ok(Saved::Invalid(invalid, broken)),
    };
    let version = Fields::of(form).version();
    let saved = store::save(tx, &entering, version, &command, &exceptions)?;
    let subject = Subject { kind: "transmission", id: saved.as_str() };
    finding::hold_against(tx, &entering.entrustment, subject, &broken, &exceptions)?;
    Ok(Saved::Done(saved))
}

async fn save(
    ctx: Ctx,
    id: EntrustmentId,
    known: Option<TransmissionId>,
    mut form: Form,
) -> Result<HttpResponse> {
    let typed = form.clone();
    let saved = ctx.write(move |tx, _| save_now(tx, id, known, &typed)).await;
    let (status, invalid, broken) = match saved {
        Ok(Saved::Done(saved)) => {
            let path = format!("/entrustments/{id}/transmissions/{saved}");
            return Ok(ctx.see_other(&path, "done-saved"));
        }
        Ok(Saved::Invalid(invalid, broken)) => (StatusCode::UNPROCESSABLE_ENTITY, invalid, broken),
        // What was typed stays on the page; the summary says that somebody else was faster.
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("sent_on", Message::new(key));
            (StatusCode::CONFLICT, invalid, Vec::new())
        }
        Err(other) => return Err(other),
    };
    let view = ctx
        .read(move |c, ctx| {
            if let (StatusCode::CONFLICT, Some(known)) = (status, known) {
                let current = load(c, ctx, (id, known))?.1;
                form.set("version", &current.version.to_string());
            }
            let shown = Shown { form: &form, invalid: &invalid, broken: &broken };
            form_page(c, ctx, id, known, &shown)
        })
        .await?;
    ctx.page_with(status, &view)
}

fn load(c: &mut Connection, ctx: &Ctx, ids: Ids) -> Result<(Entrustment, Transmission)> {
    let entrustment = entrustment::find(c, &ctx.actor, ids.0)?;
    let transmission = store::find(c, &entrustment, ids.1)?;
    Ok((entrustment, transmission))
}

fn show_view(
    c: &mut Connection,
    ctx: &Ctx,
    ids: Ids,
    form: &Form,
    invalid: &Invalid,
) -> Result<ShowView> {
    let (entrustment, row) = load(c, ctx, ids)?;
    let terms = conformity::terms(c, &entrustment, jst_date(ctx.now))?;
    let names = store::item_names(c, &entrustment)?;
    let entries = ledger::history(c, entrustment.tenant_id, row.id.as_str(), HISTORY)?;
    let mut form = form.clone();
    form.set("version", &row.version.to_string());
    let may_confirm = policy::confirm(c, &ctx.actor, entrustment.clone(), row.clone()).is_ok();
    let may_edit = policy::enter(c, &ctx.actor, entrustment.clone(), Some(row.clone())).is_ok();
    let decisions = [Confirmation::Confirmed, Confirmation::Disputed];
    let handler = terms.handlers.iter().find(|handler| Some(handler.id) == row.handler_id);
    let entered_by = match row.entered_by {
        Party::Principal => terms.principal.clone(),
        _ => terms.contractor.clone(),
    };
    Ok(ShowView {
        form: form.view_with(ctx.language, invalid),
        sender: views::sender(ctx.language, &terms, &row),
        handler: handler.map(|handler| handler.name.clone()).unwrap_or_default(),
        receivers: views::receivers(ctx.language, &terms, &row),
        items: row.items.0.iter().filter_map(|id| names.get(id).cloned()).collect(),
        broken: views::broken(ctx.language, &terms, &row),
        entered_by,
        tone: views::tone(row.confirmation),
        decisions: Choice::words(ctx.language, "transmission-decision-", &decisions),
        may_confirm,
        may_edit,
        may_enter: may_enter(ctx, &entrustment),
        history: entries.iter().map(|entry| entry.line(ctx.language)).collect(),
        entrustment,
        transmission: row,
    })
}

/// Shows a transmission.
async fn show(ctx: Ctx, ids: Path<Ids>) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let view = ctx
        .read(move |c, ctx| show_view(c, ctx, ids, &Form::default(), &Invalid::default()))
        .await?;
    ctx.page(&view)
}

/// What the other side says: confirmed, or disputed with a note.
fn parse_confirmation(form: &Form) -> Result<(Confirmation, String, i32), Invalid> {
    let mut f = Fields::of(form);
    let decision: Option<Confirmation> = f.word("decision");
    let settles = [Confirmation::Confirmed, Confirmation::Disputed];
    let known = decision.is_none_or(|decision| settles.contains(&decision));
    f.check(known, "decision", "error-choose-from-list");
    let note = if decision == Some(Confirmation::Disputed) {
        f.text("note", Rule::text(1000))
    } else {
        f.optional("note", Rule::text(1000))
    };
    let version = f.version();
    f.finish(|| Some((decision?, note?, version)))
}

/// Confirms or disputes a transmission.
async fn confirm(ctx: Ctx, ids: Path<Ids>, form: Form) -> Result<HttpResponse> {
    let ids = ids.into_inner();
    let (decision, note, version) = match parse_confirmation(&form) {
        Ok(said) => said,
        Err(invalid) => {
            let view = ctx.read(move |c, ctx| show_view(c, ctx, ids, &form, &invalid)).await?;
            return ctx.invalid(&view);
        }
    };
    let settled = ctx
        .write(move |tx, ctx| {
            let (entrustment, row) = load(tx.connection, ctx, ids)?;
            let asked = policy::confirm(tx.connection, tx.actor, entrustment, row)?;
            store::settle(tx, &asked, version, decision, &note)?;
            if decision == Confirmation::Disputed {
                dispute(tx, &asked.0, &asked.1, &note)?;
            }
            Ok(())
        })
        .await;
    match settled {
        Ok(()) => {
            let path = format!("/entrustments/{}/transmissions/{}", ids.0, ids.1);
            let done = match decision {
                Confirmation::Disputed => "done-transmission-disputed",
                _ => "done-transmission-confirmed",
            };
            Ok(ctx.see_other(&path, done))
        }
        Err(Error::Conflict(key @ "error-stale")) => {
            let invalid = Invalid::at("decision", Message::new(key));
            let view = ctx.read(move |c, ctx| show_view(c, ctx, ids, &form, &invalid)).await?;
            ctx.page_with(StatusCode::CONFLICT, &view)
        }
        Err(other) => Err(other),
    }
}

/// A dispute is a finding: both sides see that their registers differ.
fn dispute(
    tx: &mut Tx<'_>,
    entrustment: &Entrustment,
    row: &Transmission,
    note: &str,
) -> Result<()> {
    let new = NewFinding {
        source: Source::Officer,
        subject: Subject { kind: "transmission", id: row.id.as_str() },
        rule: "",
        title: &locale::text(Language::Ja, "transmission-dispute-title"),
        detail: note,
        english: English {
            title: locale::text(Language::En, "transmission-dispute-title"),
            detail: String::new(),
        },
        reason: "",
        severity: Severity::Medium,
        due_on: None,
    };
    finding::raise(tx, entrustment, &new)?;
    Ok(())
}
