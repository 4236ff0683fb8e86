//! A transmission as it is entered: the form, read into a command.

use super::model::{Confirmation, Transmission};
use crate::clock::Timestamp;
use crate::entrustment::DataItemId;
use crate::entrustment::rules::Way;
use crate::japanese::{fold_width, jst_date};
use crate::rulebook::{
    HandlerId, KeyWay, Party, Protection, Receiver, ReceiverField, RecipientFact, Terms,
    TransmissionFact,
};
use crate::web::{Fields, Form, Invalid, Message, Rule};

/// Most rows of receivers.
pub const MOST_ROWS: usize = 60;

/// Most receivers that are typed one a line.
const MOST_LINES: usize = 500;

/// A transmission as it is entered or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTransmission {
    /// When it was sent.
    pub sent_at: Timestamp,
    /// Who sent.
    pub sender: Party,
    /// The sender's own address, or empty.
    pub sender_address: String,
    /// The handler who sent.
    pub handler: Option<HandlerId>,
    /// To whom.
    pub receivers: Vec<Receiver>,
    /// By which way.
    pub way: Way,
    /// The items.
    pub items: Vec<DataItemId>,
    /// Number of persons.
    pub persons: i64,
    /// How the content was protected.
    pub protection: Protection,
    /// How the key went.
    pub key_way: KeyWay,
    /// Who else checked before it went, or empty.
    pub checked_by: String,
    /// For what it was sent.
    pub purpose: String,
    /// What was sent, in words.
    pub description: String,
    /// The SHA-256 of what was sent, hexadecimal, or empty.
    pub content_hash: String,
}

impl NewTransmission {
    /// Reads the form. Items, handlers and recipients are those of the terms.
    ///
    /// # Errors
    /// What is wrong, by field.
    pub fn parse(form: &Form, terms: &Terms, now: Timestamp) -> Result<Self, Invalid> {
        let mut f = Fields::of(form);
        let sent_at = moment(&mut f, now);
        let sender = f.word("sender");
        let sender_address = f.optional("sender_address", Rule::line(254));
        let handler = handler(&mut f, form, terms);
        let way = f.word("way");
        let receivers = receivers(&mut f, form, terms, way);
        let items = items(&mut f, terms);
        let persons = f.number("persons", 0, 200_000_000);
        let protection = f.word("protection");
        let key_way = f.word("key_way");
        let checked_by = f.optional("checked_by", Rule::line(100));
        let purpose = f.text("purpose", Rule::line(200));
        let description = f.optional("description", Rule::text(2000));
        let content_hash = content_hash(&mut f);
        if let (Some(words), Some(hash)) = (&description, &content_hash) {
            f.check(
                !words.is_empty() || !hash.is_empty(),
                "description",
                "transmission-error-content",
            );
        }
        f.finish(|| {
            Some(Self {
                sent_at: sent_at?,
                sender: sender?,
                sender_address: sender_address?,
                handler: handler?,
                receivers: receivers?,
                way: way?,
                items: items?,
                persons: persons?,
                protection: protection?,
                key_way: key_way?,
                checked_by: checked_by?,
                purpose: purpose?,
                description: description?,
                content_hash: content_hash?,
            })
        })
    }

    /// The transmission as the rules look at it.
    #[must_use]
    pub fn fact(&self) -> TransmissionFact {
        TransmissionFact {
            sent_on: jst_date(self.sent_at),
            sender: self.sender,
            sender_address: self.sender_address.clone(),
            handler: self.handler,
            receivers: self.receivers.clone(),
            way: self.way,
            items: self.items.clone(),
            persons: self.persons,
            protection: self.protection,
            key_way: self.key_way,
            checked_by: self.checked_by.clone(),
        }
    }

    /// Whether the other side has to confirm it, when `entered_by` enters it.
    #[must_use]
    pub fn confirmation(&self, entered_by: Party) -> Confirmation {
        let other = match entered_by {
            Party::Principal => Party::Contractor,
            _ => Party::Principal,
        };
        let received = self.receivers.iter().any(|receiver| receiver.party == other);
        let between = self.receivers.iter().any(|receiver| receiver.party != Party::Other);
        if received || (between && self.sender == other) {
            Confirmation::Waiting
        } else {
            Confirmation::NotNeeded
        }
    }
}

/// Day and time in Japan; nothing is entered before it happened.
fn moment(f: &mut Fields<'_>, now: Timestamp) -> Option<Timestamp> {
    let at = f.moment("sent")?;
    f.check(at <= now, "sent_on", "transmission-error-future");
    Some(at)
}

/// The handler who sent; nobody when it was somebody else.
#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn handler(f: &mut Fields<'_>, form: &Form, terms: &Terms) -> Option<Option<HandlerId>> {
    if form.value("handler").is_empty() {
        return Some(None);
    }
    let id: HandlerId = f.word("handler")?;
    let known = terms.handlers.iter().any(|handler| handler.id == id);
    f.check(known, "handler", "error-choose-from-list");
    Some(Some(id))
}

fn items(f: &mut Fields<'_>, terms: &Terms) -> Option<Vec<DataItemId>> {
    let items: Vec<DataItemId> = f.words("items")?;
    f.check(!items.is_empty(), "items", "error-choose-one");
    let own = |id: &DataItemId| terms.items.iter().any(|item| item.id == *id);
    f.check(items.iter().all(own), "items", "error-choose-from-list");
    Some(items)
}

fn content_hash(f: &mut Fields<'_>) -> Option<String> {
    let hash = f.optional("content_hash", Rule::line(100))?;
    let hash = fold_width(&hash).replace([' ', ':'], "").to_lowercase();
    let is_hash = hash.len() == 64 && hash.chars().all(|c| c.is_ascii_hexdigit());
    f.check(hash.is_empty() || is_hash, "content_hash", "transmission-error-hash");
    Some(hash)
}

/// Whether a way goes by mail addresses.
fn is_mail(way: Way) -> bool {
    matches!(way, Way::EncryptedMail | Way::PlainMail)
}

/// The rows of the form and the lines beneath them.
fn receivers(
    f: &mut Fields<'_>,
    form: &Form,
    terms: &Terms,
    way: Option<Way>,
) -> Option<Vec<Receiver>> {
    let mail = way.is_some_and(is_mail);
    let rows: Vec<_> = (0..filled(form)).map(|n| row(f, form, terms, (n, mail))).collect();
    let lines = lines(f, form, terms);
    let rows: Option<Vec<Option<Receiver>>> = rows.into_iter().collect();
    let mut all: Vec<Receiver> = rows?.into_iter().flatten().collect();
    all.extend(lines?);
    f.check(!all.is_empty(), "receiver_who_0", "transmission-error-receiver");
    Some(all)
}

/// How many rows the form has, as its fields are numbered.
fn filled(form: &Form) -> usize {
    let number = |name: &str| name.strip_prefix("receiver_")?.split_once('_')?.1.parse().ok();
    let last = form.pairs().iter().filter_map(|(name, _)| number(name)).max();
    last.map_or(0, |n: usize| n.saturating_add(1).min(MOST_ROWS))
}

/// A row; nothing when it is empty, none when it is wrong.
#[expect(clippy::option_option, reason = "outside: readable or not; inside: there or not")]
fn row(
    f: &mut Fields<'_>,
    form: &Form,
    terms: &Terms,
    (n, mail): (usize, bool),
) -> Option<Option<Receiver>> {
    let (who_field, name_field) = (format!("receiver_who_{n}"), format!("receiver_name_{n}"));
    let (address_field, field_field) =
        (format!("receiver_address_{n}"), format!("receiver_field_{n}"));
    let name = f.optional(&name_field, Rule::line(200))?;
    let address = f.optional(&address_field, Rule::line(254))?;
    let field = match form.value(&field_field) {
        "" => ReceiverField::To,
        _ => f.word(&field_field)?,
    };
    let who = form.value(&who_field);
    if who.is_empty() {
        let empty = name.is_empty() && address.is_empty();
        f.check(empty, &who_field, "error-choose-one");
        return empty.then_some(None);
    }
    let plain = |party| Receiver {
        party,
        recipient: None,
        name: name.clone(),
        address: address.clone(),
        field,
    };
    let receiver = match who {
        "principal" => plain(Party::Principal),
        "contractor" => plain(Party::Contractor),
        "other" => {
            let named = !name.is_empty() || !address.is_empty();
            f.check(named, &name_field, "transmission-error-receiver-name");
            let addressed = !mail || !address.is_empty();
            f.check(addressed, &address_field, "transmission-error-address");
            if !named || !addressed {
                return None;
            }
            plain(Party::Other)
        }
        id => {
            let Some(known) = terms.recipients.iter().find(|r| r.id.as_str() == id) else {
                f.error(&who_field, Message::new("error-choose-from-list"));
                return None;
            };
            registered(known, name, address, field)
        }
    };
    Some(Some(receiver))
}

/// A registered recipient; what isn't typed is as registered.
fn registered(
    known: &RecipientFact,
    name: String,
    address: String,
    field: ReceiverField,
) -> Receiver {
    let or = |typed: String, own: &str| if typed.is_empty() { own.to_owned() } else { typed };
    Receiver {
        party: Party::Other,
        recipient: Some(known.id),
        name: or(name, &known.name),
        address: or(address, &known.address),
        field,
    }
}

/// Addresses one a line, with a name before them or not: `名称 <name@example.jp>`.
fn lines(f: &mut Fields<'_>, form: &Form, terms: &Terms) -> Option<Vec<Receiver>> {
    let text = f.optional("receiver_lines", Rule::text(50_000))?;
    let field = match form.value("receiver_lines_field") {
        "" => ReceiverField::To,
        _ => f.word("receiver_lines_field")?,
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    if lines.len() > MOST_LINES || lines.iter().any(|line| line.chars().count() > 400) {
        f.error("receiver_lines", Message::new("transmission-error-lines").with("max", MOST_LINES));
        return None;
    }
    Some(lines.into_iter().map(|line| from_line(line, terms, field)).collect())
}

fn from_line(line: &str, terms: &Terms, field: ReceiverField) -> Receiver {
    let (name, address) = line
        .strip_suffix('>')
        .and_then(|rest| rest.split_once('<'))
        .map_or(("", line), |(name, address)| (name.trim(), address.trim()));
    let known = terms
        .recipients
        .iter()
        .find(|r| !r.address.is_empty() && r.address.eq_ignore_ascii_case(address));
    match known {
        Some(known) => registered(known, name.to_owned(), address.to_owned(), field),
        None => Receiver {
            party: Party::Other,
            recipient: None,
            name: name.to_owned(),
            address: address.to_owned(),
            field,
        },
    }
}

/// How many rows of receivers the form shows: all that are filled in and some empty ones.
pub(super) fn rows(form: &Form) -> usize {
    let filled = |n: &usize| {
        ["who", "name", "address"]
            .iter()
            .any(|part| !form.value(&format!("receiver_{part}_{n}")).is_empty())
    };
    let last = (0..MOST_ROWS).filter(filled).max().map_or(0, |n| n + 1);
    (last + 2).clamp(3, MOST_ROWS)
}

impl Transmission {
    /// The form filled in with this transmission: to change it.
    #[must_use]
    pub fn form(&self) -> Form {
        let mut form = self.copy();
        form.set_moment("sent", self.sent_at);
        form.set("content_hash", &self.content_hash);
        form.set("version", &self.version.to_string());
        form
    }

    /// The form for another like this: without what is of this one alone.
    #[must_use]
    pub fn copy(&self) -> Form {
        let mut pairs: Vec<(String, String)> = vec![
            ("sender".into(), self.sender.to_string()),
            ("sender_address".into(), self.sender_address.clone()),
            ("handler".into(), self.handler_id.map(|id| id.to_string()).unwrap_or_default()),
            ("way".into(), self.way.to_string()),
            ("persons".into(), self.persons.to_string()),
            ("protection".into(), self.protection.to_string()),
            ("key_way".into(), self.key_way.to_string()),
            ("checked_by".into(), self.checked_by.clone()),
            ("purpose".into(), self.purpose.clone()),
            ("description".into(), self.description.clone()),
        ];
        pairs.extend(self.items.0.iter().map(|id| ("items".into(), id.to_string())));
        let receivers = &self.receivers.0;
        for (n, receiver) in receivers.iter().take(MOST_ROWS).enumerate() {
            pairs.extend(row_pairs(n, receiver));
        }
        let rest: Vec<String> = receivers.iter().skip(MOST_ROWS).map(as_line).collect();
        pairs.push(("receiver_lines".into(), rest.join("\n")));
        let field = receivers.get(MOST_ROWS).map_or(ReceiverField::To, |r| r.field);
        pairs.push(("receiver_lines_field".into(), field.to_string()));
        Form::from_pairs(pairs)
    }
}

fn row_pairs(n: usize, receiver: &Receiver) -> [(String, String); 4] {
    let who = match receiver.recipient {
        Some(id) => id.to_string(),
        None => receiver.party.to_string(),
    };
    [
        (format!("receiver_who_{n}"), who),
        (format!("receiver_name_{n}"), receiver.name.clone()),
        (format!("receiver_address_{n}"), receiver.address.clone()),
        (format!("receiver_field_{n}"), receiver.field.to_string()),
    ]
}

fn as_line(receiver: &Receiver) -> String {
    if receiver.name.is_empty() {
        receiver.address.clone()
    } else {
        format!("{} <{}>", receiver.name, receiver.address)
    }
}
