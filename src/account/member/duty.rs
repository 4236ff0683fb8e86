//! What somebody has in hand: told by the slices that know it, and handed over when the person leaves.

use serde::Serialize;

use crate::account::policy::Leave;
use crate::actor::{Authorized, MembershipId, OrganisationId, PersonId, Role};
use crate::database::{Connection, Tx};
use crate::error::Result;
use crate::web::Ctx;

/// Somebody who leaves, and from where.
#[derive(Clone, Debug)]
pub struct Leaver {
    /// The organisation.
    pub organisation_id: OrganisationId,
    /// The membership.
    pub membership_id: MembershipId,
    /// The person.
    pub person_id: PersonId,
    /// The name, under which what has no person's id is kept.
    pub name: String,
    /// Whether another member has the same name: what is kept by name may be that one's.
    pub namesake: bool,
    /// The role.
    pub role: Role,
}

/// Who takes over.
#[derive(Clone, Debug)]
pub struct Successor {
    /// The person.
    pub person_id: PersonId,
    /// The name.
    pub name: String,
}

/// A thing in hand.
#[derive(Clone, Debug, Default, Serialize)]
pub struct InHandRow {
    /// What it is.
    pub title: String,
    /// Where it is seen.
    pub href: String,
    /// A line beneath.
    pub hint: String,
}

/// What is in hand of one kind. All words are ready.
#[derive(Clone, Debug, Default, Serialize)]
pub struct InHand {
    /// The heading.
    pub title: String,
    /// What becomes of it.
    pub text: String,
    /// How many there are.
    pub count: i64,
    /// The first of them.
    pub rows: Vec<InHandRow>,
    /// Whether a successor gets it.
    pub passes_on: bool,
}

/// Most rows of one kind that the page shows.
pub const MOST_SHOWN: i64 = 20;

/// What a slice knows of somebody's duties: what is in hand, and how it is handed over (how many
/// were), for what passes to a successor.
#[derive(Clone, Copy, Debug)]
pub struct Duty {
    /// What is in hand; `None` where nothing is.
    pub in_hand: fn(&mut Connection, &Ctx, &Leaver) -> Result<Option<InHand>>,
    /// Hands it over.
    pub hand_over: Option<HandOver>,
}

/// Gives a successor what somebody who leaves has in hand.
pub type HandOver = fn(&mut Tx<'_>, &Leaving, &Successor) -> Result<usize>;

/// Somebody whom the actor may let go.
pub type Leaving = Authorized<Leaver, Leave>;

/// The duties in the order of the page. The server hands them out as application data.
#[derive(Clone, Debug, Default)]
pub struct Duties(pub Vec<Duty>);
