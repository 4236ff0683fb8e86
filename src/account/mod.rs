//! People (利用者): signing in and out, sessions, invitations, and the members of an organisation.
//!
//! A person has one account and may be a member of several organisations, in one role in each. A
//! session belongs to one membership; its cookie holds a token that names the session row, and the
//! row decides on every request.

mod arrival;
mod arrival_store;
mod ceremony_store;
mod factor;
mod identity;
mod invitation;
mod leaving_store;
mod member;
mod model;
mod password;
mod policy;
mod session;
mod store;

pub use invitation::{Invite, accept_as_operator, invite};
pub use leaving_store::{end_membership, is_member, member_by_email};
pub use member::{
    Member, Recipient, create_member, members_of, recipients, recipients_of_contractor,
    recipients_of_contractors,
};
pub use model::{NewPerson, Person};
pub use password::{PasswordFault, check as check_password, hash_password};
pub use policy::{Part, part};
pub use session::{act_as, identify, open_session};

use crate::web::Route;

/// The slice's routes.
#[must_use]
pub fn routes() -> Vec<Route> {
    let mut routes = session::routes();
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
    samples.extend(invitation::samples());
    samples.extend(member::samples());
    samples.extend(factor::passkey::samples());
    samples.extend(identity::samples());
    samples
}
