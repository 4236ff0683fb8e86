//! What a map is made from, and what it is.

use chrono::NaiveDate;

use crate::entrustment::EntrustmentId;
use crate::entrustment::rules::{Medium, Place, Way};
use crate::rulebook::{Party, Receiver, RecipientId, RuleId};

/// What the registers say about an entrustment and those below it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// The principal's name.
    pub principal: String,
    /// Who stands directly above the first case, when it is itself a sub-entrustment.
    pub above: Option<String>,
    /// The entrustment, then those below it, the nearest first.
    pub cases: Vec<Case>,
    /// The recipients of all of them.
    pub recipients: Vec<Recipient>,
    /// What is held now.
    pub holdings: Vec<Holding>,
    /// Every transmission.
    pub sent: Vec<Sent>,
}

/// An entrustment on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The id.
    pub id: EntrustmentId,
    /// The entrustment directly above.
    pub parent: Option<EntrustmentId>,
    /// 契約番号.
    pub number: String,
    /// The contractor's name.
    pub contractor: String,
    /// Rules that the tier itself breaks.
    pub broken: Vec<RuleId>,
}

/// A registered recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// The id.
    pub id: RecipientId,
    /// The entrustment.
    pub case: EntrustmentId,
    /// The name.
    pub name: String,
    /// Whether the principal approved.
    pub approved: bool,
}

/// Where something is held: what lies at the same spot is gathered.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// The kind of place.
    pub place: Place,
    /// The place in words.
    pub detail: String,
    /// The cloud service's provider, or empty.
    pub provider: String,
    /// The country of storage, or empty.
    pub country: String,
    /// Countries of access.
    pub access: Vec<String>,
    /// On what.
    pub medium: Medium,
}

/// A holding that isn't ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holding {
    /// The id.
    pub id: String,
    /// The entrustment.
    pub case: EntrustmentId,
    /// Another organisation that holds it; empty for the contractor.
    pub holder: String,
    /// Where.
    pub spot: Spot,
    /// Number of persons.
    pub persons: i64,
    /// Rules that it breaks.
    pub broken: Vec<RuleId>,
}

/// A transmission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The id.
    pub id: String,
    /// The entrustment.
    pub case: EntrustmentId,
    /// The day, in Japan.
    pub on: NaiveDate,
    /// Who sent.
    pub sender: Party,
    /// The sender's address, or empty.
    pub sender_address: String,
    /// To whom.
    pub receivers: Vec<Receiver>,
    /// By which way.
    pub way: Way,
    /// Number of persons.
    pub persons: i64,
    /// Rules that it breaks.
    pub broken: Vec<RuleId>,
}

/// The map: who and where as nodes, what holds and moves as edges. No words of a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Map {
    /// Who takes part, and where the data are.
    pub nodes: Vec<Node>,
    /// What is between them; the numbers are places in `nodes`.
    pub edges: Vec<Edge>,
    /// How many nodes were left out because there are too many.
    pub left_out: usize,
}

/// What a node stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NodeKind {
    /// The principal whose data it is.
    Principal,
    /// A contractor; the number of its entrustment, or how many it has.
    Contractor,
    /// A contractor further down.
    SubContractor,
    /// A recipient whom the principal approved.
    Recipient,
    /// Somebody whom nobody approved.
    Unregistered,
    /// Holdings at one spot.
    Holding(Spot),
    /// Holdings in one country.
    Country(String),
}

/// Somebody who takes part, or a place where data are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Distinguishes it from the others, and is the same every time.
    pub key: String,
    /// What it stands for.
    pub kind: NodeKind,
    /// Its name; empty for holdings and countries.
    pub name: String,
    /// 契約番号, or empty.
    pub number: String,
    /// How many holdings or entrustments it gathers.
    pub count: i64,
    /// Most persons whose data are there.
    pub persons: i64,
    /// Where more is said; empty for nowhere.
    pub href: String,
    /// Rules that it breaks.
    pub broken: Vec<RuleId>,
    /// Open findings, where rules aren't told one by one.
    pub findings: i64,
}

impl Node {
    /// A node without numbers.
    #[must_use]
    pub fn new(key: impl Into<String>, kind: NodeKind, name: &str) -> Self {
        Self {
            key: key.into(),
            kind,
            name: name.to_owned(),
            number: String::new(),
            count: 0,
            persons: 0,
            href: String::new(),
            broken: Vec::new(),
            findings: 0,
        }
    }

    /// Whether it is to be marked.
    #[must_use]
    pub fn marked(&self) -> bool {
        !self.broken.is_empty() || self.findings > 0
    }
}

/// What is between two nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// One entrusts the other.
    Entrust,
    /// One let the other hold data without approval.
    Undeclared,
    /// One holds data there.
    Hold,
    /// One sent to the other, by this way.
    Send(Way),
}

/// A relation between two nodes, gathered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// From which node.
    pub from: usize,
    /// To which node.
    pub to: usize,
    /// What it is.
    pub kind: EdgeKind,
    /// How often.
    pub count: i64,
    /// Persons whose data it was, all times together.
    pub persons: i64,
    /// The last day.
    pub last: Option<NaiveDate>,
    /// Where more is said; empty for nowhere.
    pub href: String,
    /// Rules that it breaks.
    pub broken: Vec<RuleId>,
}

impl Map {
    /// The same with at most `most` nodes: the parties first, then what breaks rules, then where
    /// the most persons' data are.
    #[must_use]
    pub fn at_most(mut self, most: usize) -> Self {
        if self.nodes.len() <= most {
            return self;
        }
        let rank = |node: &Node| {
            let party = matches!(
                node.kind,
                NodeKind::Principal | NodeKind::Contractor | NodeKind::SubContractor
            );
            (!party, !node.marked(), -node.persons)
        };
        let mut order: Vec<usize> = (0..self.nodes.len()).collect();
        order.sort_by_key(|&n| (self.nodes.get(n).map(rank), n));
        order.truncate(most);
        order.sort_unstable();
        self.left_out += self.nodes.len() - order.len();
        let place = |old: usize| order.binary_search(&old).ok();
        self.edges = self
            .edges
            .into_iter()
            .filter_map(|edge| Some(Edge { from: place(edge.from)?, to: place(edge.to)?, ..edge }))
            .collect();
        let mut number = 0..;
        self.nodes.retain(|_| number.next().is_some_and(|n| order.binary_search(&n).is_ok()));
        self
    }
}

/// Adds rules to those that are there, each once, in their order.
pub(super) fn add_rules(to: &mut Vec<RuleId>, rules: &[RuleId]) {
    to.extend_from_slice(rules);
    to.sort_unstable();
    to.dedup();
}
