//! What is known already when a report starts from a hand-over or from a transmission.

use crate::actor::Actor;
use crate::clock::Timestamp;
use crate::database::Connection;
use crate::entrustment::Entrustment;
use crate::error::{Error, Result};
use crate::handover::{self, Delivery, DeliveryId, Handover, HandoverId};
use crate::incident::model::Counted;
use crate::transmission::{self, Transmission, TransmissionId};
use crate::web::locale::text_with;
use crate::web::{Form, Language};

/// From what a report starts; each is looked up among what the actor may see.
#[derive(Clone, Debug, Default)]
pub(in crate::incident) struct Known {
    /// The hand-over with its recipients.
    pub handover: Option<(Handover, Vec<Delivery>)>,
    /// The recipient's part of it.
    pub delivery: Option<DeliveryId>,
    /// The transmission.
    pub transmission: Option<Transmission>,
}

impl Known {
    /// Looks up what `form` (or the address) names.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what isn't there or isn't seen.
    pub fn find(
        connection: &mut Connection,
        actor: &Actor,
        of: &Entrustment,
        form: &Form,
    ) -> Result<Self> {
        let mut known = Self::default();
        if let Some(id) = id::<HandoverId>(form, "handover")? {
            known.handover = Some(handover::seen(connection, actor, of, id)?);
        }
        if let Some(id) = id::<DeliveryId>(form, "delivery")? {
            let own = known.deliveries().any(|delivery| delivery.id == id);
            known.delivery = Some(if own { id } else { return Err(Error::NotFound) });
        }
        if let Some(id) = id::<TransmissionId>(form, "transmission")? {
            known.transmission = Some(transmission::seen(connection, of, id)?);
        }
        Ok(known)
    }

    fn deliveries(&self) -> impl Iterator<Item = &Delivery> {
        self.handover.iter().flat_map(|(_, deliveries)| deliveries)
    }

    /// The id of the hand-over.
    pub fn handover_id(&self) -> Option<HandoverId> {
        self.handover.as_ref().map(|(handover, _)| handover.id)
    }

    /// The id of the transmission.
    pub fn transmission_id(&self) -> Option<TransmissionId> {
        self.transmission.as_ref().map(|transmission| transmission.id)
    }

    fn occurred_at(&self) -> Option<Timestamp> {
        let handed = self.handover.as_ref().and_then(|(handover, _)| handover.sent_at);
        handed.or(self.transmission.as_ref().map(|transmission| transmission.sent_at))
    }

    /// The form as far as it is known: now, by whoever reports, and what stands in the portal.
    pub fn form(&self, language: Language, name: &str, now: Timestamp) -> Form {
        let mut form = super::form::moments(self.occurred_at(), Some(now));
        form.set("known_by", name);
        form.set("counted", Counted::Unknown.as_str());
        if let Some((handover, _)) = &self.handover {
            let chosen = self.delivery;
            let to = self.deliveries().filter(|one| chosen.is_none_or(|id| id == one.id));
            let names: Vec<&str> = to.map(|delivery| delivery.name.as_str()).collect();
            let args = [
                ("number", i64::from(handover.position).into()),
                ("purpose", handover.purpose.as_str().into()),
                ("reason", handover.recall_reason.as_str().into()),
            ];
            let key = match (handover.sent_at.is_some(), handover.recalled_at.is_some()) {
                (_, true) => "incident-known-recalled",
                (true, _) => "incident-known-handover",
                _ => "incident-known-stopped",
            };
            form.set("summary", &text_with(language, key, &args));
            form.set("recipients", &names.join("\n"));
        }
        if let Some(transmission) = &self.transmission {
            let args = [
                ("number", i64::from(transmission.position).into()),
                ("purpose", transmission.purpose.as_str().into()),
            ];
            let names: Vec<&str> =
                transmission.receivers.0.iter().map(|receiver| receiver.name.as_str()).collect();
            form.set("summary", &text_with(language, "incident-known-transmission", &args));
            form.set("recipients", &names.join("\n"));
            form.set("persons", &transmission.persons.to_string());
            form.set("counted", Counted::AtMost.as_str());
        }
        form
    }
}

/// The id in a field; nothing where it is empty.
fn id<T: std::str::FromStr>(form: &Form, field: &str) -> Result<Option<T>> {
    match form.value(field) {
        "" => Ok(None),
        text => text.parse().map(Some).or(Err(Error::NotFound)),
    }
}
