//! Questionnaires (点検票): versioned templates, their dispatch as frozen copies, the contractor's
//! response with evidence, and the principal's review, round by round.

mod answer;
pub mod answering;
mod design;
mod dispatch;
mod entity;
pub mod evidence;
mod export;
mod family;
mod jobs;
mod mail;
mod model;
mod policy;
pub mod record;
mod reminder;
mod response;
#[cfg(test)]
pub(crate) mod response_desk;
#[cfg(test)]
mod response_http_tests;
mod response_mail;
mod response_policy;
#[cfg(test)]
mod response_tests;
pub mod review;
mod rules;
mod sheet;
mod store;
#[cfg(test)]
mod tests;
mod views;
mod web;

pub use answer::{AnswerFault, AnswerValue, Answered, Answers, ParseDate, Word, display};
pub use answering::contact;
pub use dispatch::{Dispatch, dispatch};
pub use entity::{DispatchId, Questionnaire, QuestionnaireId, QuestionnaireStatus};
pub use family::{StoredTemplate, TemplateId, TemplateStatus, TemplateSummary};
pub use jobs::jobs;
pub use model::*;
pub use reminder::{Reminder, Waiting, due as reminders_due};
pub use response::{AnswerId, AnswerRow, EvidenceId, EvidenceRow, Response, Verdict};
pub use response_policy::{Answer, Review};
pub use review::{Seal, SealOf, Seals};
pub use rules::*;
pub use sheet::{SheetLine, SheetSection, sheet};
pub use store::list::of_entrustment;
pub use store::response::NewAnswer;
pub use store::tasks::{Due, PrincipalTasks, Task, tasks_for_contractor, tasks_for_principal};
pub use store::template::{Heading, headings};
pub use store::{find, frozen};
pub use views::words::{FileLine, HeadView, said};
pub use views::{panel, samples};
pub use web::{head, routes};
