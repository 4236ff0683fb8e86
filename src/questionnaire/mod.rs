//! Questionnaires (点検票): versioned templates, their dispatch as frozen copies, the contractor's
//! response with evidence, and the principal's review, round by round.

mod answer;
mod dispatch;
mod entity;
mod jobs;
mod model;
mod reminder;
mod family;
mod mail;
mod policy;
pub mod answering;
pub mod evidence;
mod response;
mod response_mail;
mod response_policy;
pub mod review;
pub mod record;
mod rules;
mod store;
mod views;
mod web;

pub use answer::{AnswerFault, AnswerValue, Answered, Answers, Word, display};
pub use dispatch::{Dispatch, dispatch};
pub use entity::{DispatchId, Questionnaire, QuestionnaireId, QuestionnaireStatus};
pub use jobs::jobs;
pub use family::{StoredTemplate, TemplateId, TemplateStatus, TemplateSummary};
pub use model::*;
pub use reminder::{Reminder, Waiting, due as reminders_due};
pub use rules::*;
pub use store::list::of_entrustment;
pub use store::template::{Heading, headings};
pub use response::{AnswerId, AnswerRow, EvidenceId, EvidenceRow, Response, Verdict};
pub use response_policy::{Answer, Review, answer, review as may_review};
pub use review::{Seal, SealOf, Seals};
pub use store::response::NewAnswer;
pub use store::tasks::{Due, PrincipalTasks, Task, tasks_for_contractor, tasks_for_principal};
pub use store::{find, frozen};
pub use views::{panel, samples};
pub use web::routes;
