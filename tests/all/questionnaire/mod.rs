//! Questionnaires: from the template through the dispatch and the answers to the approval.

mod answering;
mod dispatch;
mod mails;
mod main_job;
pub mod steps;
mod templates;
