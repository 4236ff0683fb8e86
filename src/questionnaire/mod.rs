//! Questionnaires (点検票): versioned templates, their dispatch as frozen copies, the contractor's
//! response with evidence, and the principal's review, round by round.

mod answer;
mod design;
mod dispatch;
mod entity;
mod family;
mod mail;
mod model;
mod policy;
mod rules;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use answer::{AnswerFault, AnswerValue, Answered, Answers, Word, display};
pub use dispatch::{Dispatch, dispatch};
pub use entity::{DispatchId, Questionnaire, QuestionnaireId, QuestionnaireStatus};
pub use family::{StoredTemplate, TemplateId, TemplateStatus, TemplateSummary};
pub use model::*;
pub use rules::*;
pub use store::list::of_entrustment;
pub use store::template::{Heading, headings};
pub use store::{find, frozen};
pub use views::{panel, samples};
pub use web::routes;
