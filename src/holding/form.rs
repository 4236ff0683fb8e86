//! The form of a holding: what may be chosen, how it is read, how it is filled in again.

use chrono::NaiveDate;

use super::country;
use super::model::{Holding, HoldingId, NewHolding};
use crate::conformity;
use crate::entrustment::{self, DataItem, DataItemId, Entrustment};
use crate::rulebook::{HandlerFact, HandlerId};
use crate::web::{Choice, Fields, Form, Invalid, Language, Message, Rule, locale};

/// What a holding of an entrustment may name.
#[derive(Clone, Debug)]
pub struct Known {
    /// The entrustment.
    pub entrustment: Entrustment,
    /// Every item it ever had.
    pub items: Vec<DataItem>,
    /// The roster, with those who left.
    pub handlers: Vec<HandlerFact>,
    /// Its holdings.
    pub holdings: Vec<Holding>,
    /// Today in Japan.
    pub today: NaiveDate,
}

impl Known {
    /// The items to tick: those in force, and those that were ticked before.
    pub(super) fn item_choices(&self, language: Language, form: &Form) -> Vec<Choice> {
        let marks = conformity::item_facts(&self.items);
        let ticked: Vec<&str> = form.values("items").collect();
        let shown =
            |item: &DataItem| item.removed_at.is_none() || ticked.contains(&item.id.as_str());
        entrustment::placed(&self.items)
            .iter()
            .map(|placed| &placed.item)
            .filter(|item| shown(item))
            .map(|item| {
                let name = entrustment::full_name(language, &self.items, item);
                let mark = marks.iter().find(|fact| fact.id == item.id).map(|fact| fact.mark);
                let special = mark.filter(|mark| *mark != entrustment::ItemMark::None);
                let hint = special.map(|m| locale::text(language, &format!("mark-{m}")));
                Choice { hint: hint.unwrap_or_default(), ..Choice::new(item.id, name) }
            })
            .collect()
    }

    /// The handlers to tick: those who are there today or later, and those ticked before.
    pub(super) fn handler_choices(&self, form: &Form) -> Vec<Choice> {
        let ticked: Vec<&str> = form.values("handlers").collect();
        let stays = |h: &HandlerFact| h.ends_on.is_none_or(|end| end >= self.today);
        self.handlers
            .iter()
            .filter(|h| stays(h) || ticked.contains(&h.id.as_str()))
            .map(|h| Choice::new(h.id, h.name.clone()))
            .collect()
    }

    /// The holdings from which one may have been made.
    pub(super) fn source_choices(
        &self,
        language: Language,
        except: Option<HoldingId>,
    ) -> Vec<Choice> {
        self.holdings
            .iter()
            .filter(|h| Some(h.id) != except)
            .map(|h| Choice::new(h.id, h.label(language)))
            .collect()
    }

    /// The name of an item after those above it.
    pub(super) fn item_name(&self, language: Language, id: DataItemId) -> String {
        let item = self.items.iter().find(|item| item.id == id);
        item.map(|item| entrustment::full_name(language, &self.items, item)).unwrap_or_default()
    }

    /// The name of a handler.
    pub(super) fn handler_name(&self, id: HandlerId) -> String {
        self.handlers.iter().find(|h| h.id == id).map(|h| h.name.clone()).unwrap_or_default()
    }
}

impl Holding {
    /// The holding in a few words.
    #[must_use]
    pub fn label(&self, language: Language) -> String {
        let word = |key: String| locale::text(language, &key);
        let args = [
            ("number", self.position.to_string().into()),
            ("kind", word(format!("holding-kind-{}", self.kind)).into()),
            ("place", self.place_detail.as_str().into()),
            ("medium", word(format!("medium-{}", self.medium)).into()),
        ];
        locale::text_with(language, "holding-label", &args)
    }

    /// The form filled in with this holding.
    #[must_use]
    pub(super) fn form(&self) -> Form {
        let until = self.until_on.map(|day| day.to_string()).unwrap_or_default();
        let mut form = Form::from_pairs([
            ("kind", self.kind.to_string()),
            ("source", self.source_id.map(|id| id.to_string()).unwrap_or_default()),
            ("holder", self.holder.clone()),
            ("persons", self.persons.to_string()),
            ("place", self.place.to_string()),
            ("place_detail", self.place_detail.clone()),
            ("provider", self.provider.clone()),
            ("plan", self.plan.clone()),
            ("access_countries", self.access_countries.0.join(" ")),
            ("medium", self.medium.to_string()),
            ("system", self.system.clone()),
            ("encryption", self.encryption.to_string()),
            ("backups", self.backups.clone()),
            ("starts_on", self.starts_on.to_string()),
            ("until_on", until),
            ("version", self.version.to_string()),
        ]);
        let listed = country::choices(Language::Ja).iter().any(|c| c.value == self.country);
        form.set(if listed { "country" } else { "country_other" }, &self.country);
        for item in &self.items.0 {
            form.add("items", item.as_str());
        }
        for handler in &self.handlers.0 {
            form.add("handlers", handler.as_str());
        }
        form
    }

    /// The form for another holding like this one, made from it.
    #[must_use]
    pub(super) fn copy(&self, today: NaiveDate) -> Form {
        let mut form = self.form();
        form.set("kind", super::HoldingKind::Copy.as_str());
        form.set("source", self.id.as_str());
        form.set("starts_on", &today.to_string());
        form.remove("version");
        form
    }
}

/// The empty form: Japan, from today.
#[must_use]
pub fn empty(today: NaiveDate) -> Form {
    let today = today.to_string();
    Form::from_pairs([("country", "JP"), ("access_countries", "JP"), ("starts_on", &today)])
}

impl NewHolding {
    /// Reads the form.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, known: &Known) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let items = items(&mut f, known);
        let persons = f.number("persons", 0, 200_000_000);
        let holder = f.optional("holder", Rule::line(200));
        let kind = f.word("kind");
        let source_id = source(&mut f, form, known);
        let place = f.word("place");
        let place_detail = f.text("place_detail", Rule::line(200));
        let provider = f.optional("provider", Rule::line(100));
        let plan = f.optional("plan", Rule::line(100));
        let country = country_of(&mut f, form);
        let access_countries = access(&mut f);
        let medium = f.word("medium");
        let system = f.optional("system", Rule::line(200));
        let encryption = f.word("encryption");
        let handlers = handlers(&mut f, known);
        let backups = f.optional("backups", Rule::text(1000));
        let starts_on = f.date("starts_on");
        let until_on = f.optional_date("until_on");
        if let (Some(start), Some(Some(until))) = (starts_on, until_on) {
            f.check(start <= until, "until_on", "holding-error-until");
        }
        f.finish(|| {
            Some(Self {
                kind: kind?,
                source_id: source_id?,
                holder: holder?,
                items: items?,
                persons: persons?,
                place: place?,
                place_detail: place_detail?,
                provider: provider?,
                plan: plan?,
                country: country?,
                access_countries: access_countries?,
                medium: medium?,
                system: system?,
                encryption: encryption?,
                handlers: handlers?,
                backups: backups?,
                starts_on: starts_on?,
                until_on: until_on?,
            })
        })
    }
}

fn items(f: &mut Fields<'_>, known: &Known) -> Option<Vec<DataItemId>> {
    let items: Vec<DataItemId> = f.words("items")?;
    f.check(!items.is_empty(), "items", "error-choose-one");
    let all = items.iter().all(|id| known.items.iter().any(|item| item.id == *id));
    f.check(all, "items", "error-choose-from-list");
    (all && !items.is_empty()).then_some(items)
}

fn handlers(f: &mut Fields<'_>, known: &Known) -> Option<Vec<HandlerId>> {
    let handlers: Vec<HandlerId> = f.words("handlers")?;
    let all = handlers.iter().all(|id| known.handlers.iter().any(|h| h.id == *id));
    f.check(all, "handlers", "error-choose-from-list");
    all.then_some(handlers)
}

#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn source(f: &mut Fields<'_>, form: &Form, known: &Known) -> Option<Option<HoldingId>> {
    if form.value("source").is_empty() {
        return Some(None);
    }
    let id: HoldingId = f.word("source")?;
    let there = known.holdings.iter().any(|h| h.id == id);
    f.check(there, "source", "error-choose-from-list");
    there.then_some(Some(id))
}

/// The country of storage: a code that is typed goes before the list; empty is unknown.
fn country_of(f: &mut Fields<'_>, form: &Form) -> Option<String> {
    let other = !form.value("country_other").trim().is_empty();
    let field = if other { "country_other" } else { "country" };
    let text = f.optional(field, Rule::line(20))?;
    match country::codes(&text) {
        Some(codes) if codes.len() <= 1 => Some(codes.into_iter().next().unwrap_or_default()),
        _ => {
            f.error(field, Message::new("holding-error-country"));
            None
        }
    }
}

fn access(f: &mut Fields<'_>) -> Option<Vec<String>> {
    let text = f.optional("access_countries", Rule::line(200))?;
    let codes = country::codes(&text);
    f.check(codes.is_some(), "access_countries", "error-country-codes");
    codes
}
