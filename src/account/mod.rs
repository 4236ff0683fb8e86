//! People (利用者): signing in and out, sessions, invitations, and the members of an organisation.
//!
//! A person has one account and may be a member of several organisations, in one role in each. A
//! session belongs to one membership; its cookie holds a token that names the session row, and the
//! row decides on every request.
//!
//! Signing in goes in steps. A first proof (a password, a link, a passkey) comes to `arrival`: it
//! opens the session, or keeps a row that waits for the second factor (`second`). Who needs a second
//! factor and has none comes no further than the pages on which it is set up (`factor`). What can't
//! be undone asks for a fresh proof (`step_up`). Guesses are counted in `guess`, browsers
//! remembered in `device`. Everybody sees and ends the own sessions (`open_sessions`); a form that
//! comes after the session has run out waits for its writer (`carried`).

mod arrival;
mod arrival_store;
mod carried;
mod carried_store;
mod ceremony_store;
mod common_password;
mod device;
mod device_store;
mod export;
mod factor;
mod guess;
mod guess_rules;
mod guess_store;
mod identity;
mod invitation;
mod invitation_store;
mod leaving_store;
mod link;
mod link_store;
mod mail;
mod member;
mod model;
mod open_session_store;
mod open_sessions;
mod own;
mod password;
mod policy;
mod refused;
mod second;
mod session;
mod step_up;
mod store;
mod switching;

pub use carried::keep as keep_form;
pub use invitation::{Invite, accept_as_operator, invite};
pub use leaving_store::{end_membership, is_member, member_by_email, members_by_email};
pub use link::jobs;
pub use member::{
    Duties, Duty, HandOver, InHand, InHandRow, Leaver, Leaving, MOST_SHOWN, Successor,
};
pub use member::{
    Member, Recipient, create_member, members_of, recipients, recipients_of_contractor,
    recipients_of_contractors,
};
pub use member::{NewMember, invite_all, known, reset_factors, roles_of};
pub use model::{NewPerson, Person};
pub use password::{PasswordFault, check as check_password, hash_password};
pub use policy::{Leave, Part, part};
pub use session::{act_as, identify, member_of_membership, open_session};
pub use step_up::ask as ask_for_proof;

use crate::secret::Sealed;
use crate::web::Route;

/// What is kept under the installation's secret.
pub const SEALED: [Sealed; 2] = [factor::SEEDS, identity::CLIENT_SECRETS];

/// The slice's routes.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = session::routes();
    routes.extend(switching::routes());
    routes.extend(second::routes());
    routes.extend(step_up::routes());
    routes.extend(own::routes());
    routes.extend(open_sessions::routes());
    routes.extend(carried::routes());
    routes.extend(link::routes());
    routes.extend(factor::page::routes());
    routes.extend(invitation::routes());
    routes.extend(member::routes());
    routes.extend(factor::passkey::routes());
    routes.extend(identity::routes());
    routes
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, serde_json::Value)> {
    let mut samples = session::samples();
    samples.extend(switching::samples());
    samples.extend(second::samples());
    samples.extend(step_up::samples());
    samples.extend(own::samples());
    samples.extend(open_sessions::samples());
    samples.extend(carried::samples());
    samples.extend(link::samples());
    samples.extend(invitation::samples());
    samples.extend(member::samples());
    samples.extend(factor::passkey::samples());
    samples.extend(identity::samples());
    samples
}
