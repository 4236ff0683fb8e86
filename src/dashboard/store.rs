//! What the dashboards count. The registers are written by their own slices; here they are read.

use chrono::NaiveDate;
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::model::{Certificate, Days60, Share, Show, Waiting};
use crate::actor::{Member, OrganisationId};
use crate::database::schema::{
    auditor_access, closing_proposal, contractor, disposal, entrustment as e, finding as f,
    handler, handover, handover_delivery as delivery, handover_request as request, holding as h,
    inspection, recipient, sub_application as sub, training, transmission as t,
};
use crate::database::{Backend, Connection};
use crate::entrustment::{self, AuditorAccessStatus, EntrustmentId, EntrustmentStatus};
use crate::error::Result;
use crate::finding::{FindingStatus, Severity};
use crate::handover::{HandoverStatus, ReceivingParty, RequestStatus};
use crate::recipient::RecipientStatus;
use crate::rulebook::Party;
use crate::sub_entrustment::ApplicationStatus;
use crate::web::paging::PAGE_SIZE;

/// The words of a holding's status under which it is still held.
const HELD: [&str; 2] = ["open", "retained"];
/// Most certificates that are listed.
const MOST: i64 = 50;

type Rows<'a> = e::BoxedQuery<'a, Backend>;

/// Active entrustments that the member may see and that fit.
fn fitting<'a>(member: &Member, show: Show, days: Days60) -> Rows<'a> {
    let rows = entrustment::seen!(e::table, member).filter(e::status.eq(EntrustmentStatus::Active));
    match show {
        Show::Expiring => rows.filter(e::ends_on.ge(days.today)).filter(e::ends_on.le(days.ahead)),
        Show::EraseDue => rows.filter(e::ends_on.lt(days.today)),
        Show::Uninspected => rows.filter(e::starts_on.le(days.today)).filter(not(exists(
            inspection::table
                .filter(inspection::tenant_id.eq(e::tenant_id))
                .filter(inspection::entrustment_id.eq(e::id))
                .filter(inspection::fiscal_year.eq(days.year.0))
                .filter(inspection::held_at.is_not_null()),
        ))),
        Show::MyNumber => rows.filter(e::my_number.eq(true)),
        Show::Sensitive => rows.filter(e::my_number.eq(false)).filter(e::sensitive.eq(true)),
        Show::Ordinary => rows.filter(e::my_number.eq(false)).filter(e::sensitive.eq(false)),
        Show::FindingsOpen => with_finding(rows, [FindingStatus::Open, FindingStatus::Returned]),
        Show::FindingsAnswered => with_finding(rows, [FindingStatus::Answered; 2]),
        Show::ExceptionsClaimed | Show::ClosingProposed | Show::AuditorsAsked => {
            to_decide(rows, show, days)
        }
        Show::HandoverProposed => handed_over(rows, member),
        Show::HandoverArrived => arrived(rows, member),
        Show::HandoverRequested => requested(rows, member),
        _ => with_register(rows, member, show, days),
    }
}

fn with_finding(rows: Rows<'_>, [one, other]: [FindingStatus; 2]) -> Rows<'_> {
    rows.filter(exists(
        f::table
            .filter(f::tenant_id.eq(e::tenant_id))
            .filter(f::entrustment_id.eq(e::id))
            .filter(f::status.eq(one).or(f::status.eq(other))),
    ))
}

fn with_register<'a>(rows: Rows<'a>, member: &Member, show: Show, days: Days60) -> Rows<'a> {
    match show {
        Show::SubApplied => rows.filter(exists(
            sub::table
                .filter(sub::tenant_id.eq(e::tenant_id))
                .filter(sub::entrustment_id.eq(e::id))
                .filter(sub::status.eq(ApplicationStatus::Applied)),
        )),
        Show::SubExpiring => expiring(rows, days),
        Show::RecipientProposed => rows.filter(exists(
            recipient::table
                .filter(recipient::tenant_id.eq(e::tenant_id))
                .filter(recipient::entrustment_id.eq(e::id))
                .filter(recipient::status.eq(RecipientStatus::Proposed)),
        )),
        Show::Unconfirmed => {
            // Each side confirms what the other entered.
            let other = match own_side(member) {
                Party::Principal => Party::Contractor,
                _ => Party::Principal,
            };
            rows.filter(exists(
                t::table
                    .filter(t::tenant_id.eq(e::tenant_id))
                    .filter(t::entrustment_id.eq(e::id))
                    .filter(t::confirmation.eq("waiting"))
                    .filter(t::entered_by.eq(other)),
            ))
        }
        Show::DisposalAttested => rows.filter(exists(
            disposal::table
                .filter(disposal::tenant_id.eq(e::tenant_id))
                .filter(disposal::entrustment_id.eq(e::id))
                .filter(disposal::status.eq("attested")),
        )),
        _ => untrained(rows, days),
    }
}

/// Where somebody else than who asked has to decide.
fn to_decide(rows: Rows<'_>, show: Show, days: Days60) -> Rows<'_> {
    match show {
        Show::ExceptionsClaimed => rows.filter(exists(
            f::table
                .filter(f::tenant_id.eq(e::tenant_id))
                .filter(f::entrustment_id.eq(e::id))
                .filter(f::status.ne(FindingStatus::Closed))
                .filter(f::mended_at.is_null())
                .filter(f::reason.ne("")),
        )),
        Show::ClosingProposed => rows.filter(exists(
            closing_proposal::table
                .filter(closing_proposal::tenant_id.eq(e::tenant_id))
                .filter(closing_proposal::entrustment_id.eq(e::id)),
        )),
        _ => rows.filter(exists(
            auditor_access::table
                .filter(auditor_access::tenant_id.eq(e::tenant_id))
                .filter(auditor_access::entrustment_id.eq(e::id))
                .filter(auditor_access::status.eq(AuditorAccessStatus::Asked))
                .filter(auditor_access::until_on.ge(days.today)),
        )),
    }
}

/// Where a hand-over waits for a second person: the principal's people see what either side sends.
fn handed_over<'a>(rows: Rows<'a>, member: &Member) -> Rows<'a> {
    let waiting = handover::table
        .filter(handover::tenant_id.eq(e::tenant_id))
        .filter(handover::entrustment_id.eq(e::id))
        .filter(handover::status.eq(HandoverStatus::Proposed));
    if member.role.is_principal() {
        return rows.filter(exists(waiting));
    }
    rows.filter(exists(waiting.filter(handover::sender.eq(Party::Contractor))))
}

/// Where something waits to be fetched by the reader's side.
fn arrived<'a>(rows: Rows<'a>, member: &Member) -> Rows<'a> {
    let own = match own_side(member) {
        Party::Principal => ReceivingParty::Principal,
        _ => ReceivingParty::Contractor,
    };
    let to_own = delivery::table
        .filter(delivery::tenant_id.eq(handover::tenant_id))
        .filter(delivery::handover_id.eq(handover::id))
        .filter(delivery::party.eq(own))
        .filter(delivery::received_at.is_null())
        .filter(delivery::refused_at.is_null());
    rows.filter(exists(
        handover::table
            .filter(handover::tenant_id.eq(e::tenant_id))
            .filter(handover::entrustment_id.eq(e::id))
            .filter(handover::status.eq(HandoverStatus::Sent))
            .filter(exists(to_own)),
    ))
}

/// Where the reader's side is asked to hand something over.
fn requested<'a>(rows: Rows<'a>, member: &Member) -> Rows<'a> {
    rows.filter(exists(
        request::table
            .filter(request::tenant_id.eq(e::tenant_id))
            .filter(request::entrustment_id.eq(e::id))
            .filter(request::status.eq(RequestStatus::Open))
            .filter(request::asked.eq(own_side(member))),
    ))
}

/// The side on which a member stands.
fn own_side(member: &Member) -> Party {
    if member.role.is_principal() { Party::Principal } else { Party::Contractor }
}

/// Where a permission of sub-entrustment ends soon, or has ended, that no later one replaced.
fn expiring(rows: Rows<'_>, days: Days60) -> Rows<'_> {
    let later = diesel::alias!(sub as later);
    let replaced = later
        .filter(later.field(sub::tenant_id).eq(sub::tenant_id))
        .filter(later.field(sub::child_id).eq(sub::child_id))
        .filter(later.field(sub::status).eq(ApplicationStatus::Approved))
        .filter(later.field(sub::decided_at).gt(sub::decided_at));
    rows.filter(exists(
        sub::table
            .filter(sub::tenant_id.eq(e::tenant_id))
            .filter(sub::entrustment_id.eq(e::id))
            .filter(sub::status.eq(ApplicationStatus::Approved))
            .filter(sub::permitted_until.le(days.ahead))
            .filter(not(exists(replaced))),
    ))
}

/// Where somebody handles the data who wasn't trained this fiscal year.
fn untrained(rows: Rows<'_>, days: Days60) -> Rows<'_> {
    let trained = training::table
        .filter(training::tenant_id.eq(handler::tenant_id))
        .filter(training::handler_id.eq(handler::id))
        .filter(training::held_on.ge(days.year.start()));
    rows.filter(exists(
        handler::table
            .filter(handler::tenant_id.eq(e::tenant_id))
            .filter(handler::entrustment_id.eq(e::id))
            .filter(handler::starts_on.le(days.today))
            .filter(handler::ends_on.is_null().or(handler::ends_on.ge(days.today)))
            .filter(not(exists(trained))),
    ))
}

/// How many entrustments fit.
pub(super) fn count(c: &mut Connection, member: &Member, show: Show, days: Days60) -> Result<i64> {
    Ok(fitting(member, show, days).count().get_result(c)?)
}

/// A line of a list.
pub(super) type Row = (EntrustmentId, String, String, String, NaiveDate, i64);

/// Which entrustments a list shows: those that a figure counts, or those of which something is held
/// in a country.
#[derive(Clone, Debug)]
pub(super) enum Chosen {
    /// Those of a figure.
    Show(Show),
    /// Those of a country; empty stands for an unknown one.
    Country(String),
}

fn chosen<'a>(member: &Member, chosen: &Chosen, days: Days60) -> Rows<'a> {
    match chosen {
        Chosen::Show(show) => fitting(member, *show, days),
        Chosen::Country(country) => entrustment::seen!(e::table, member).filter(exists(
            h::table
                .filter(h::tenant_id.eq(e::tenant_id))
                .filter(h::entrustment_id.eq(e::id))
                .filter(h::status.eq("open").or(h::status.eq("retained")))
                .filter(h::country.eq(country.clone())),
        )),
    }
}

/// A page of them, by the end of the contract, and how many there are.
pub(super) fn page(
    c: &mut Connection,
    member: &Member,
    list: &Chosen,
    days: Days60,
    offset: i64,
) -> Result<(Vec<Row>, i64)> {
    let total = chosen(member, list, days).count().get_result(c)?;
    let ids: Vec<EntrustmentId> = chosen(member, list, days)
        .order((e::ends_on.asc(), e::id.asc()))
        .offset(offset)
        .limit(PAGE_SIZE)
        .select(e::id)
        .load(c)?;
    Ok((rows(c, member, &ids)?, total))
}

/// The ids of all of them, in the same order.
pub(super) fn ids(
    c: &mut Connection,
    member: &Member,
    list: &Chosen,
    days: Days60,
) -> Result<Vec<EntrustmentId>> {
    let all = chosen(member, list, days).order((e::ends_on.asc(), e::id.asc()));
    Ok(all.select(e::id).load(c)?)
}

/// The lines of these entrustments, by the end of the contract.
pub(super) fn rows(c: &mut Connection, member: &Member, ids: &[EntrustmentId]) -> Result<Vec<Row>> {
    Ok(entrustment::visible(member)
        .filter(e::id.eq_any(ids.to_vec()))
        .order((e::ends_on.asc(), e::id.asc()))
        .select((e::id, e::number, e::title, contractor::name, e::ends_on, e::persons))
        .load(c)?)
}

/// The first entrustments in which something waits, the nearest deadline first.
pub(super) fn waiting(
    c: &mut Connection,
    member: &Member,
    show: Show,
    days: Days60,
    most: i64,
) -> Result<Vec<Waiting>> {
    if let Some(statuses) = match show {
        Show::FindingsOpen => Some([FindingStatus::Open, FindingStatus::Returned]),
        Show::FindingsAnswered => Some([FindingStatus::Answered; 2]),
        _ => None,
    } {
        return findings_waiting(c, member, show, statuses, most);
    }
    let rows: Vec<(EntrustmentId, String, String, NaiveDate)> = fitting(member, show, days)
        .order((e::erase_by.asc(), e::id.asc()))
        .limit(most)
        .select((e::id, e::number, e::title, e::erase_by))
        .load(c)?;
    let waiting = |(id, number, title, erase_by)| Waiting {
        show,
        id,
        number,
        title,
        due: (show == Show::EraseDue).then_some(erase_by),
    };
    Ok(rows.into_iter().map(waiting).collect())
}

fn findings_waiting(
    c: &mut Connection,
    member: &Member,
    show: Show,
    [one, other]: [FindingStatus; 2],
    most: i64,
) -> Result<Vec<Waiting>> {
    let due = diesel::dsl::min(f::due_on);
    let rows: Vec<(EntrustmentId, String, String, Option<NaiveDate>)> = entrustment::seen!(
        f::table
            .inner_join(e::table.on(f::tenant_id.eq(e::tenant_id).and(f::entrustment_id.eq(e::id))))
            .filter(f::status.eq(one).or(f::status.eq(other)))
            .group_by((e::id, e::number, e::title))
            .order((due.asc(), e::id.asc()))
            .limit(most)
            .select((e::id, e::number, e::title, due)),
        member
    )
    .load(c)?;
    let waiting = |(id, number, title, due)| Waiting { show, id, number, title, due };
    Ok(rows.into_iter().map(waiting).collect())
}

/// Findings that are not closed: how many of each severity, and how many of them are overdue.
pub(super) fn findings(
    c: &mut Connection,
    member: &Member,
    today: NaiveDate,
) -> Result<(Vec<(Severity, i64)>, i64)> {
    let open = entrustment::seen!(
        f::table
            .inner_join(e::table.on(f::tenant_id.eq(e::tenant_id).and(f::entrustment_id.eq(e::id))))
            .filter(f::status.ne(FindingStatus::Closed))
            .group_by(f::severity)
            .select((f::severity, count_star())),
        member
    )
    .load(c)?;
    let overdue = entrustment::seen!(
        f::table
            .inner_join(e::table.on(f::tenant_id.eq(e::tenant_id).and(f::entrustment_id.eq(e::id))))
            .filter(f::status.ne(FindingStatus::Closed))
            .filter(f::due_on.lt(today))
            .select(count_star()),
        member
    )
    .get_result(c)?;
    Ok((open, overdue))
}

/// What is held, by country, the most first.
pub(super) fn by_country(c: &mut Connection, member: &Member) -> Result<Vec<Share>> {
    let rows: Vec<(String, i64, i64)> = entrustment::seen!(
        h::table
            .inner_join(e::table.on(h::tenant_id.eq(e::tenant_id).and(h::entrustment_id.eq(e::id))))
            .filter(h::status.eq_any(HELD))
            .group_by(h::country)
            .order((count_star().desc(), h::country.asc()))
            .select((
                h::country,
                count_star(),
                diesel::dsl::sql::<BigInt>("CAST(SUM(holding.persons) AS BIGINT)"),
            )),
        member
    )
    .load(c)?;
    Ok(rows.into_iter().map(|(key, count, persons)| Share { key, count, persons }).collect())
}

/// Active entrustments by the gravest kind of their items.
pub(super) fn by_kind(c: &mut Connection, member: &Member) -> Result<Vec<Share>> {
    let rows: Vec<(bool, bool, i64, i64)> = entrustment::seen!(
        e::table
            .filter(e::status.eq(EntrustmentStatus::Active))
            .group_by((e::my_number, e::sensitive))
            .select((
                e::my_number,
                e::sensitive,
                count_star(),
                diesel::dsl::sql::<BigInt>("CAST(SUM(entrustment.persons) AS BIGINT)"),
            )),
        member
    )
    .load(c)?;
    let share = |show: Show, fits: fn(bool, bool) -> bool| {
        let fitting = rows.iter().filter(|(number, sensitive, ..)| fits(*number, *sensitive));
        let (count, persons) =
            fitting.fold((0, 0), |(count, all), (_, _, n, persons)| (count + n, all + persons));
        Share { key: show.to_string(), count, persons }
    };
    Ok(vec![
        share(Show::MyNumber, |number, _| number),
        share(Show::Sensitive, |number, sensitive| !number && sensitive),
        share(Show::Ordinary, |number, sensitive| !number && !sensitive),
    ])
}

/// Privacy marks and ISMS certificates of the principal's contractors that run out.
pub(super) fn certificates(
    c: &mut Connection,
    tenant: OrganisationId,
    days: Days60,
) -> Result<Vec<Certificate>> {
    type Row = (String, String, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = contractor::table
        .filter(contractor::tenant_id.eq(tenant))
        .filter(
            contractor::privacy_mark_until.le(days.ahead).or(contractor::isms_until.le(days.ahead)),
        )
        .order((contractor::name_key.asc(), contractor::id.asc()))
        .limit(MOST)
        .select((
            contractor::id,
            contractor::name,
            contractor::privacy_mark_until,
            contractor::isms_until,
        ))
        .load(c)?;
    let mut all = Vec::new();
    for (id, name, mark, isms) in rows {
        for (kind, until) in [("privacy_mark", mark), ("isms", isms)] {
            if let Some(until) = until.filter(|until| *until <= days.ahead) {
                let days = (until - days.today).num_days();
                all.push(Certificate { id: id.clone(), name: name.clone(), kind, until, days });
            }
        }
    }
    all.sort_by(|a, b| (a.until, &a.name).cmp(&(b.until, &b.name)));
    Ok(all)
}
