//! What the pages of a hand-over show of its checking: first what stops it and what to do, then what
//! was found in each file, held against what may go.

mod contents;
mod sample_views;

pub(in crate::handover) use sample_views::{differences_sample, sample};

use std::collections::BTreeMap;

use serde::Serialize;

pub(in crate::handover) use contents::{ContentsView, KindView};

use super::cover::Cover;
use super::facts::{Facts, Looked, To};
use super::judge::{limits, persons};
use super::{gather, store, words};
use crate::database::Connection;
use crate::entrustment::{DataItemId, Entrustment};
use crate::error::Result;
use crate::handover::model::{
    Delivery, File, FileId, FileState, Handover, ReceivingParty, Stop, Stopped,
};
use crate::handover::{policy, store as desk};
use crate::japanese::jst_date;
use crate::rulebook::RuleId;
use crate::web::locale::text;
use crate::web::{Ctx, Language};

/// What stops a hand-over (component `handover.stops`), and what may go (`handover.comparison`).
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct StopsView {
    /// Whether files are still being looked at: then the page follows by itself.
    pub checking: bool,
    /// Whether nothing stops it.
    pub clear: bool,
    /// What stops it, the unexplained first.
    pub stops: Vec<StopView>,
    /// What may go, and what is there.
    pub comparison: Vec<ComparedView>,
}

/// One stop, for all recipients for whom it is so.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct StopView {
    /// The stop.
    pub stop: Stop,
    /// What is wrong.
    pub title: String,
    /// What to do.
    pub to_do: String,
    /// By what.
    pub whats: Vec<String>,
    /// In which file; empty where it is in none.
    pub file: String,
    /// The part of the page on that file.
    pub anchor: String,
    /// For whom, where it isn't so for all.
    pub recipients: Vec<String>,
    /// Where it is mended.
    pub links: Vec<LinkView>,
    /// Whether it stops the hand-over.
    pub holds: bool,
    /// Why it may go all the same.
    pub reason: String,
    /// Who said so.
    pub reason_by: String,
}

/// Where something is mended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::handover) struct LinkView {
    /// The address.
    pub href: String,
    /// What is done there.
    pub label: String,
}

/// What somebody may get, and what is there for it.
#[derive(Clone, Debug, Serialize)]
pub(in crate::handover) struct ComparedView {
    /// Who; empty for the entrustment itself.
    pub name: String,
    /// The items; empty where all that are chosen may go.
    pub items: Vec<String>,
    /// Most persons.
    pub most: Option<i64>,
    /// Kinds of data in the files.
    pub kinds: Vec<KindView>,
    /// Persons in the file that has most.
    pub persons: u64,
    /// Whether these are too many.
    pub too_many: bool,
}

/// What the page of a hand-over shows: of each file, and of all of it.
///
/// # Errors
/// Those of the database.
pub(in crate::handover) fn views(
    c: &mut Connection,
    ctx: &Ctx,
    of: &Handover,
    entrustment: &Entrustment,
) -> Result<(Vec<ContentsView>, StopsView)> {
    let facts = gather::facts(c, of, entrustment, jst_date(ctx.now))?;
    let (files, deliveries) = (desk::files(c, of)?, desk::deliveries(c, of)?);
    let stopped = store::stops(c, of)?;
    let edits = policy::edit(c, &ctx.actor, entrustment.clone(), of.clone()).is_ok();
    let language = ctx.language;
    let contents = contents::contents(language, &facts, &files, &deliveries, &home(of));
    let page = Page { language, facts: &facts, files: &files, deliveries: &deliveries, of, edits };
    let checking = contents.iter().any(|file| file.checking);
    let stops = StopsView {
        checking,
        clear: !stopped.iter().any(Stopped::holds),
        stops: page.stops(&stopped),
        comparison: comparison(language, &facts),
    };
    Ok((contents, stops))
}

/// The path of a hand-over.
pub(super) fn home(of: &Handover) -> String {
    format!("/entrustments/{}/hand-overs/{}", of.entrustment_id, of.id)
}

/// What is at hand to put stops into words.
struct Page<'a> {
    language: Language,
    facts: &'a Facts,
    files: &'a [File],
    deliveries: &'a [Delivery],
    of: &'a Handover,
    edits: bool,
}

impl Page<'_> {
    /// The stops, those of a kind and file gathered; each that may be explained by itself.
    fn stops(&self, stopped: &[Stopped]) -> Vec<StopView> {
        type Key<'a> = (bool, Stop, Option<FileId>, &'a str);
        let mut groups: BTreeMap<Key<'_>, Vec<&Stopped>> = BTreeMap::new();
        for one in stopped {
            let alone = one.may_be_explained() || one.stop == Stop::Rule;
            let what = if alone { one.what.as_str() } else { "" };
            groups.entry((!one.holds(), one.stop, one.file_id, what)).or_default().push(one);
        }
        groups.into_values().filter_map(|group| self.stop(&group)).collect()
    }

    fn stop(&self, group: &[&Stopped]) -> Option<StopView> {
        let first = group.first()?;
        let file = self.files.iter().find(|file| Some(file.id) == first.file_id);
        let mut whats: Vec<String> = group.iter().map(|one| self.what(one)).collect();
        whats.retain(|what| !what.is_empty());
        whats.sort_unstable();
        whats.dedup();
        Some(StopView {
            stop: first.stop,
            title: words::title(self.language, first.stop, &first.what),
            to_do: words::to_do(self.language, first.stop, &first.what),
            whats,
            file: file.map(|file| file.name.clone()).unwrap_or_default(),
            anchor: file.map(|file| format!("contents-{}", file.id)).unwrap_or_default(),
            recipients: self.recipients(group),
            links: if self.edits { self.links(group, first) } else { Vec::new() },
            holds: first.holds(),
            reason: first.reason.clone(),
            reason_by: first.reason_by_name.clone(),
        })
    }

    fn what(&self, one: &Stopped) -> String {
        words::what(self.language, one.stop, &one.what, &self.facts.terms.items)
    }

    fn recipients(&self, group: &[&Stopped]) -> Vec<String> {
        let named =
            |delivery: &&Delivery| group.iter().any(|one| one.delivery_id == Some(delivery.id));
        self.deliveries.iter().filter(named).map(|delivery| delivery.name.clone()).collect()
    }

    fn link(&self, key: &str, href: String) -> LinkView {
        LinkView { href, label: text(self.language, key) }
    }

    /// Where a stop is mended, the nearest first; a reason in its place comes last.
    fn links(&self, group: &[&Stopped], first: &Stopped) -> Vec<LinkView> {
        let home = home(self.of);
        let recipients = || self.link("handover-link-recipients", format!("{home}/recipients"));
        let edit = || self.link("handover-link-items", format!("{home}/edit"));
        let explain = |key| self.link(key, format!("{home}/stops/{}/explain", first.id));
        if !first.holds() {
            return vec![explain("handover-link-explain-again")];
        }
        let mut links: Vec<LinkView> = self.cut(first).into_iter().collect();
        match first.stop {
            Stop::OthersRows | Stop::RecipientPersons | Stop::RecipientItems => {
                links.extend([recipients(), edit()]);
            }
            Stop::ItemsBeyond => links.push(edit()),
            Stop::NoRecipient | Stop::OwnAddress => links.push(recipients()),
            Stop::NotApproved => {
                links.extend(self.registered(group));
                links.push(recipients());
            }
            Stop::Rule => links.extend(self.of_rule(first)),
            _ => {}
        }
        if first.may_be_explained() {
            links.push(explain("handover-link-explain"));
        }
        links
    }

    /// Cutting, where that mends it and the file is a list that can be cut.
    fn cut(&self, one: &Stopped) -> Option<LinkView> {
        let by_cutting = matches!(
            one.stop,
            Stop::OthersRows
                | Stop::RecipientPersons
                | Stop::RecipientItems
                | Stop::ItemsBeyond
                | Stop::PersonsBeyond
                | Stop::Hidden
                | Stop::MyNumber
        );
        let file = self.files.iter().find(|file| Some(file.id) == one.file_id)?;
        let list = file.state == FileState::Checked
            && file.found().is_some_and(|contents| !contents.tables.is_empty());
        let href = format!("{}/files/{}/cut", home(self.of), file.id);
        (by_cutting && list).then(|| self.link("handover-link-cut", href))
    }

    /// The pages on which the principal's approval of recipients is asked for.
    fn registered(&self, group: &[&Stopped]) -> Vec<LinkView> {
        let base = base(self.of);
        let mut links: Vec<LinkView> = Vec::new();
        for one in group {
            let is = |delivery: &&Delivery| Some(delivery.id) == one.delivery_id;
            let Some(delivery) = self.deliveries.iter().find(is) else {
                continue;
            };
            let link = match (delivery.party, delivery.recipient_id) {
                (ReceivingParty::SubContractor, _) => {
                    self.link("handover-link-below", format!("{base}/sub-entrustments"))
                }
                (_, Some(id)) => {
                    self.link("handover-link-approval", format!("{base}/recipients/{id}"))
                }
                _ => self.link("handover-link-approval", format!("{base}/recipients")),
            };
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    /// Where what a rule asks for is entered.
    fn of_rule(&self, one: &Stopped) -> Option<LinkView> {
        let base = base(self.of);
        Some(match words::rule(one.stop, &one.what)? {
            RuleId::HandlerUnregistered
            | RuleId::HandlerPledge
            | RuleId::HandlerTraining
            | RuleId::HandlerLeft => {
                self.link("handover-link-handlers", format!("{base}/handlers"))
            }
            RuleId::FreeMail | RuleId::Recipient => {
                self.link("handover-link-registered", format!("{base}/recipients"))
            }
            _ => self.link("handover-link-rules", base),
        })
    }
}

/// The path of the entrustment.
fn base(of: &Handover) -> String {
    format!("/entrustments/{}", of.entrustment_id)
}

/// What the entrustment and each recipient may get, beside what is there.
fn comparison(language: Language, facts: &Facts) -> Vec<ComparedView> {
    let row = |name: String, items: Option<&[DataItemId]>, most: Option<i64>, to: Option<&To>| {
        let chosen = items.unwrap_or(&facts.items);
        let cover = Cover::of(&facts.terms.items, chosen);
        let gets = |file: &&Looked| to.is_none_or(|to| file.is_for(to.id));
        let contents = || facts.files.iter().filter(gets).filter_map(|file| file.contents.as_ref());
        let persons = contents().map(persons).max().unwrap_or_default();
        let named = facts.terms.items.iter().filter(|item| item.entrusted);
        let named = named.filter(|item| items.is_some_and(|ids| ids.contains(&item.id)));
        ComparedView {
            name,
            items: named.map(|item| item.name.clone()).collect(),
            most,
            kinds: contents::kinds(language, &cover, contents()),
            persons,
            too_many: most.is_some_and(|most| persons > u64::try_from(most).unwrap_or_default()),
        }
    };
    let whole = row(String::new(), Some(&facts.items), Some(facts.terms.persons), None);
    let each = facts.recipients.iter().map(|to| {
        let own = limits(facts, to);
        row(to.name.clone(), own.items.as_deref(), own.persons, Some(to))
    });
    std::iter::once(whole).chain(each).collect()
}
