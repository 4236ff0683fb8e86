//! The tables of questionnaires: one file a group of them.

pub(super) mod dispatch;
pub(super) mod draft;
pub(super) mod evidence;
pub(super) mod list;
pub(super) mod record;
mod reminder;
pub(super) mod response;
pub(super) mod tasks;
pub(super) mod template;

use diesel::prelude::*;

use super::entity::{Questionnaire, QuestionnaireId};
use super::model::Template;
use crate::actor::Actor;
use crate::database::Connection;
use crate::database::schema::{frozen_template, questionnaire};
use crate::entrustment::{self, Entrustment};
use crate::error::{Error, Result};

pub(super) use reminder::{Open, open_page, still_open};

/// A questionnaire with its entrustment, when that is visible to the actor.
///
/// # Errors
/// [`Error::NotFound`] alike when it isn't there and when it isn't visible.
pub fn find(
    connection: &mut Connection,
    actor: &Actor,
    id: QuestionnaireId,
) -> Result<(Questionnaire, Entrustment)> {
    let found: Questionnaire = questionnaire::table
        .filter(questionnaire::id.eq(id))
        .select(Questionnaire::as_select())
        .first(connection)?;
    let entrustment = match actor {
        Actor::System | Actor::Operator => {
            entrustment::find_for_system(connection, actor, found.entrustment_id)?
        }
        _ => entrustment::find(connection, actor, found.entrustment_id)?,
    };
    Ok((found, entrustment))
}

/// The frozen template of a hash.
///
/// # Errors
/// [`Error::NotFound`]; [`Error::Internal`] when what is stored can't be read.
pub fn frozen(connection: &mut Connection, hash: &str) -> Result<Template> {
    let body: String =
        frozen_template::table.find(hash).select(frozen_template::body).first(connection)?;
    Template::parse(&body).map_err(Error::internal)
}
