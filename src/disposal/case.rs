//! A disposal with what belongs to it: its holdings, their words, and its files.

use std::collections::HashMap;

use serde::Serialize;

use super::binding;
use super::model::Disposal;
use super::store;
use crate::attachment::{self, Attachment};
use crate::database::Connection;
use crate::entrustment::{self, DataItemId, Entrustment};
use crate::error::Result;
use crate::holding::{self, DisposalId, Holding, HoldingId, HoldingStatus};
use crate::web::{Language, locale};

/// A disposal with its holdings and files.
#[derive(Clone, Debug)]
pub struct Case {
    /// The disposal.
    pub disposal: Disposal,
    /// Its holdings, by number.
    pub holdings: Vec<Holding>,
    /// Its files, those that were taken back not among them.
    pub files: Vec<Attachment>,
}

impl Case {
    /// One disposal of an entrustment.
    ///
    /// # Errors
    /// [`crate::error::Error::NotFound`]; those of the database.
    pub(super) fn load(
        connection: &mut Connection,
        entrustment: &Entrustment,
        id: DisposalId,
    ) -> Result<Self> {
        let disposal = store::find(connection, entrustment, id)?;
        let holdings = holding::by_ids(connection, entrustment, &disposal.holdings.0)?;
        let mut files = attachment::of(connection, entrustment, id.as_str())?;
        files.retain(|file| file.removed_at.is_none());
        Ok(Self { disposal, holdings, files })
    }

    /// All disposals of an entrustment, in few queries.
    ///
    /// # Errors
    /// Those of the database.
    pub(super) fn all(connection: &mut Connection, entrustment: &Entrustment) -> Result<Vec<Self>> {
        let disposals = store::of_entrustment(connection, entrustment)?;
        if disposals.is_empty() {
            return Ok(Vec::new());
        }
        let holdings: HashMap<HoldingId, Holding> =
            holding::of_entrustment(connection, entrustment)?
                .into_iter()
                .map(|holding| (holding.id, holding))
                .collect();
        let files = attachment::of_entrustment(connection, entrustment)?;
        let of = |disposal: Disposal| {
            let mut own: Vec<Holding> =
                disposal.holdings.0.iter().filter_map(|id| holdings.get(id).cloned()).collect();
            own.sort_by_key(|holding| holding.position);
            let files = files.iter().filter(|file| file.subject_id == disposal.id.as_str());
            Self { holdings: own, files: files.cloned().collect(), disposal }
        };
        Ok(disposals.into_iter().map(of).collect())
    }

    /// The hash of what is there now.
    ///
    /// # Errors
    /// When JSON can't be written, which for these types is a bug.
    pub fn hash(&self) -> Result<String> {
        binding::hash(&self.disposal, &self.holdings, &self.files)
    }

    /// Whether what is there now is what was attested.
    ///
    /// # Errors
    /// As [`Case::hash`].
    pub fn holds(&self) -> Result<bool> {
        Ok(self.hash()? == self.disposal.attested_hash)
    }
}

/// The holdings of an entrustment that a disposal may cover: held or retained by law, and in no
/// other disposal that waits.
///
/// # Errors
/// Those of the database.
pub(super) fn coverable(
    connection: &mut Connection,
    entrustment: &Entrustment,
    except: Option<DisposalId>,
) -> Result<Vec<Holding>> {
    let taken = store::taken(connection, entrustment, except)?;
    let mut holdings = holding::of_entrustment(connection, entrustment)?;
    holdings.retain(|holding| {
        matches!(holding.status, HoldingStatus::Open | HoldingStatus::Retained)
            && !taken.contains(&holding.id)
    });
    Ok(holdings)
}

/// A holding in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoldingLine {
    /// The id.
    pub id: HoldingId,
    /// Its number.
    pub number: i32,
    /// The items.
    pub items: String,
    /// Number of persons.
    pub persons: i64,
    /// Where.
    pub place: String,
    /// On what.
    pub medium: String,
    /// How far it is.
    pub status: String,
    /// Its page.
    pub href: String,
}

/// The names of the items that holdings name.
#[derive(Clone, Debug, Default)]
pub struct ItemNames(HashMap<DataItemId, String>);

impl ItemNames {
    /// Those of an entrustment.
    ///
    /// # Errors
    /// Those of the database.
    pub fn load(connection: &mut Connection, entrustment: &Entrustment) -> Result<Self> {
        let items = entrustment::items_ever(connection, entrustment)?;
        Ok(Self(items.into_iter().map(|item| (item.id, item.name)).collect()))
    }

    /// A holding in words.
    #[must_use]
    pub fn line(&self, language: Language, holding: &Holding) -> HoldingLine {
        let say = |key: String| locale::text(language, &key);
        let between = say("paper-between".into());
        let items: Vec<String> = holding
            .items
            .0
            .iter()
            .map(|id| self.0.get(id).cloned().unwrap_or_else(|| say("disposal-item-gone".into())))
            .collect();
        let with = |word: String, detail: &str| {
            if detail.is_empty() {
                return word;
            }
            let args = [("what", word.into()), ("detail", detail.into())];
            locale::text_with(language, "disposal-with-detail", &args)
        };
        HoldingLine {
            id: holding.id,
            number: holding.position,
            items: items.join(&between),
            persons: holding.persons,
            place: with(say(format!("place-{}", holding.place)), &holding.place_detail),
            medium: with(say(format!("medium-{}", holding.medium)), &holding.system),
            status: say(format!("disposal-holding-{}", holding.status)),
            href: format!("/entrustments/{}/holdings/{}", holding.entrustment_id, holding.id),
        }
    }

    /// Several in words.
    #[must_use]
    pub fn lines(&self, language: Language, holdings: &[Holding]) -> Vec<HoldingLine> {
        holdings.iter().map(|holding| self.line(language, holding)).collect()
    }
}
