//! Questionnaires (点検票): versioned templates, their dispatch as frozen copies, the contractor's
//! response with evidence, and the principal's review, round by round.

mod answer;
mod entity;
mod model;
pub mod record;
mod rules;
mod store;

pub use answer::{AnswerFault, AnswerValue, Answered, Answers, Word, display};
pub use entity::{DispatchId, Questionnaire, QuestionnaireId, QuestionnaireStatus};
pub use model::*;
pub use rules::*;
pub use store::{find, frozen};
