//! The map of an organisation: its parties, and the countries in which they hold. Pure.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::model::{Edge, EdgeKind, Map, Node, NodeKind};
use crate::actor::OrganisationId;
use crate::entrustment::rules::Way;
use crate::organisation::contractor::ContractorId;
use crate::rulebook::{Party, Receiver};

/// A contractor in a principal's register.
pub(super) type Who = (OrganisationId, ContractorId);

/// What stands between the parties.
#[derive(Debug)]
pub(super) struct Relations {
    /// The organisation for which the reader acts.
    pub own: OrganisationId,
    /// The names of the principals.
    pub principals: HashMap<OrganisationId, String>,
    /// The names of the contractors.
    pub names: HashMap<Who, Name>,
    /// How many entrustments each contractor has.
    pub entrusted: Vec<Entrusted>,
    /// Who re-entrusted to whom, and how often.
    pub below: Vec<(Who, ContractorId, i64)>,
    /// What is held, by country.
    pub held: Vec<Held>,
    /// What was sent, by way and receivers.
    pub moved: Vec<Moved>,
    /// Open findings.
    pub findings: HashMap<Who, i64>,
}

/// A contractor's name, and its organisation when it has joined.
#[derive(Debug)]
pub(super) struct Name {
    /// The name.
    pub name: String,
    /// The organisation.
    pub organisation: Option<OrganisationId>,
}

/// How many entrustments a contractor has.
#[derive(Debug)]
pub(super) struct Entrusted {
    /// Who.
    pub who: Who,
    /// How many.
    pub cases: i64,
}

/// What a contractor holds in a country.
#[derive(Debug)]
pub(super) struct Held {
    /// Who.
    pub who: Who,
    /// Where.
    pub country: String,
    /// How many holdings.
    pub count: i64,
    /// Persons, all together.
    pub persons: i64,
}

/// What was sent in a contractor's entrustments.
#[derive(Debug)]
pub(super) struct Moved {
    /// Whose entrustments.
    pub who: Who,
    /// Who sent.
    pub sender: Party,
    /// By which way.
    pub way: Way,
    /// To whom.
    pub receivers: Vec<Receiver>,
    /// How often.
    pub count: i64,
    /// Persons, all together.
    pub persons: i64,
    /// The last day.
    pub last: Option<NaiveDate>,
}

/// Gathers the relations into a map.
pub(super) fn gather(relations: &Relations) -> Map {
    let mut gathering = Gathering::new(relations);
    gathering.parties();
    for held in &relations.held {
        gathering.held(held);
    }
    for moved in &relations.moved {
        gathering.moved(moved);
    }
    let left_out = gathering.left_out();
    Map { nodes: gathering.nodes, edges: gathering.edges.into_values().collect(), left_out }
}

struct Gathering<'a> {
    relations: &'a Relations,
    nodes: Vec<Node>,
    by_key: HashMap<String, usize>,
    edges: BTreeMap<(usize, usize, EdgeKind), Edge>,
    contractors: HashMap<Who, usize>,
}

impl<'a> Gathering<'a> {
    fn new(relations: &'a Relations) -> Self {
        Self {
            relations,
            nodes: Vec::new(),
            by_key: HashMap::new(),
            edges: BTreeMap::new(),
            contractors: HashMap::new(),
        }
    }

    fn node(&mut self, node: Node) -> usize {
        if let Some(&known) = self.by_key.get(&node.key) {
            return known;
        }
        let place = self.nodes.len();
        self.by_key.insert(node.key.clone(), place);
        self.nodes.push(node);
        place
    }

    fn edge(&mut self, from: usize, to: usize, kind: EdgeKind, count: i64) -> &mut Edge {
        let edge = self.edges.entry((from, to, kind)).or_insert(Edge {
            from,
            to,
            kind,
            count: 0,
            persons: 0,
            last: None,
            href: String::new(),
            broken: Vec::new(),
        });
        edge.count += count;
        edge
    }

    fn parties(&mut self) {
        let lower: BTreeMap<Who, i64> =
            self.relations.below.iter().fold(BTreeMap::new(), |mut all, (above, below, cases)| {
                *all.entry((above.0, *below)).or_default() += cases;
                all
            });
        for Entrusted { who, cases } in &self.relations.entrusted {
            let from_above = lower.get(who).copied().unwrap_or_default();
            let top = cases - from_above;
            let kind = if top > 0 { NodeKind::Contractor } else { NodeKind::SubContractor };
            let principal = (top > 0).then(|| self.principal(who.0));
            let place = self.contractor(*who, kind);
            if let Some(node) = self.nodes.get_mut(place) {
                node.count += cases;
                node.findings += self.relations.findings.get(who).copied().unwrap_or_default();
            }
            if let Some(principal) = principal {
                self.edge(principal, place, EdgeKind::Entrust, top);
            }
        }
        for (above, below, cases) in &self.relations.below {
            let known = self.contractors.contains_key(above);
            let from = self.contractor(*above, NodeKind::Contractor);
            if !known {
                // The reader sees what came down, and by whom; who stands above, only by name.
                let principal = self.principal(above.0);
                self.edge(principal, from, EdgeKind::Entrust, 0);
            }
            let to = self.contractor((above.0, *below), NodeKind::SubContractor);
            self.edge(from, to, EdgeKind::Entrust, *cases);
        }
    }

    fn principal(&mut self, tenant: OrganisationId) -> usize {
        let name = self.relations.principals.get(&tenant).map_or("", String::as_str);
        self.node(Node::new(format!("principal {tenant}"), NodeKind::Principal, name))
    }

    /// A contractor; the reader's own organisation is one, by however many principals.
    fn contractor(&mut self, who: Who, kind: NodeKind) -> usize {
        let known = self.relations.names.get(&who);
        let own = known.is_some_and(|name| name.organisation == Some(self.relations.own));
        let key = if own { "own".to_owned() } else { format!("contractor {} {}", who.0, who.1) };
        let mut node = Node::new(key, kind, known.map_or("", |name| &name.name));
        node.href = if own {
            "/entrustments".to_owned()
        } else {
            format!("/entrustments?contractor={}", who.1)
        };
        let place = self.node(node);
        self.contractors.insert(who, place);
        place
    }

    fn held(&mut self, held: &Held) {
        let Some(&holder) = self.contractors.get(&held.who) else { return };
        let kind = NodeKind::Country(held.country.clone());
        let mut node = Node::new(format!("country {}", held.country), kind, "");
        let code = if held.country.is_empty() { "unknown" } else { &held.country };
        node.href = format!("/overview/entrustments?country={code}");
        let place = self.node(node);
        if let Some(node) = self.nodes.get_mut(place) {
            node.count += held.count;
            node.persons += held.persons;
        }
        self.edge(holder, place, EdgeKind::Hold, held.count).persons += held.persons;
    }

    fn moved(&mut self, moved: &Moved) {
        let Some(&contractor) = self.contractors.get(&moved.who) else { return };
        let from = match moved.sender {
            Party::Principal => self.principal(moved.who.0),
            Party::Contractor => contractor,
            Party::Other => self.outside(false),
        };
        let mut reached: Vec<usize> = Vec::new();
        for receiver in &moved.receivers {
            let to = match receiver.party {
                Party::Principal => self.principal(moved.who.0),
                Party::Contractor => contractor,
                Party::Other => self.outside(receiver.recipient.is_some()),
            };
            if !reached.contains(&to) {
                reached.push(to);
            }
        }
        for to in reached {
            let edge = self.edge(from, to, EdgeKind::Send(moved.way), moved.count);
            edge.persons += moved.persons;
            edge.last = edge.last.max(moved.last);
        }
    }

    /// Everybody outside: who is registered as a recipient, and who isn't.
    fn outside(&mut self, registered: bool) -> usize {
        if registered {
            self.node(Node::new("recipients", NodeKind::Recipient, ""))
        } else {
            self.node(Node::new("others", NodeKind::Unregistered, ""))
        }
    }

    /// Contractors of whom only their holdings are known here: there are too many.
    fn left_out(&self) -> usize {
        let mut missing: Vec<Who> = self
            .relations
            .held
            .iter()
            .map(|held| held.who)
            .filter(|who| !self.contractors.contains_key(who))
            .collect();
        missing.sort_unstable();
        missing.dedup();
        missing.len()
    }
}
