//! Lessons: what a principal's officer draws from near misses, for all of its contractors. They name
//! nobody.

mod model;
mod store;
mod views;
mod web;

pub use model::{Lesson, LessonId};
pub(super) use views::samples;
pub(super) use web::routes;

use crate::error::{Error, Result};
use crate::web::{Ctx, Form};

/// Publishes a lesson, as the page does: for what tells a story.
///
/// # Errors
/// What the form's page would say; those of the database.
pub fn teach(ctx: &Ctx, form: &Form) -> Result<LessonId> {
    let taught = ctx.write_now(|tx, _| web::publish_now(tx, form))?;
    taught.map_err(|invalid| Error::internal(format!("{invalid:?}")))
}
