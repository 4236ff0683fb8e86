//! From the registers' facts to the map of an entrustment. Pure: the same facts, the same map.

use std::collections::{BTreeMap, HashMap};

use super::model::{Case, Edge, EdgeKind, Facts, Holding, Map, Node, NodeKind, Sent, add_rules};
use crate::entrustment::EntrustmentId;
use crate::japanese::fold_name;
use crate::rulebook::{Party, Receiver, RecipientId};

/// Gathers the facts: holdings by spot, transmissions by sender, receiver and way.
#[must_use]
pub fn gather(facts: &Facts) -> Map {
    let mut gathering = Gathering::default();
    gathering.cases(facts);
    for recipient in &facts.recipients {
        let kind = if recipient.approved { NodeKind::Recipient } else { NodeKind::Unregistered };
        let key = format!("recipient {}", fold_name(&recipient.name));
        let mut node = Node::new(key, kind, &recipient.name);
        node.href = format!("/entrustments/{}/recipients", recipient.case);
        gathering.recipients.insert(recipient.id, node);
    }
    for holding in &facts.holdings {
        gathering.holding(holding);
    }
    for sent in &facts.sent {
        gathering.sent(sent);
    }
    gathering.finish()
}

/// The map while it is being gathered.
#[derive(Default)]
struct Gathering {
    nodes: Vec<Node>,
    by_key: HashMap<String, usize>,
    /// In the order of nodes and kinds: the same facts give the same order.
    edges: BTreeMap<(usize, usize, EdgeKind), Edge>,
    principal: usize,
    contractors: HashMap<EntrustmentId, usize>,
    by_name: HashMap<String, usize>,
    /// Recipients come on the map when something goes to them.
    recipients: HashMap<RecipientId, Node>,
}

impl Gathering {
    fn node(&mut self, node: Node) -> usize {
        if let Some(&known) = self.by_key.get(&node.key) {
            return known;
        }
        let place = self.nodes.len();
        self.by_key.insert(node.key.clone(), place);
        self.nodes.push(node);
        place
    }

    fn edge(&mut self, from: usize, to: usize, kind: EdgeKind) -> &mut Edge {
        let empty = Edge {
            from,
            to,
            kind,
            count: 0,
            persons: 0,
            last: None,
            href: String::new(),
            broken: Vec::new(),
        };
        self.edges.entry((from, to, kind)).or_insert(empty)
    }

    fn cases(&mut self, facts: &Facts) {
        self.principal = self.node(Node::new("principal", NodeKind::Principal, &facts.principal));
        self.by_name.insert(fold_name(&facts.principal), self.principal);
        let mut top = self.principal;
        if let Some(above) = &facts.above {
            top = self.node(Node::new("above", NodeKind::Contractor, above));
            self.by_name.insert(fold_name(above), top);
            self.edge(self.principal, top, EdgeKind::Entrust).count += 1;
        }
        for case in &facts.cases {
            let parent = case.parent.and_then(|id| self.contractors.get(&id).copied());
            let below = parent.is_some() || facts.above.is_some();
            let place = self.case(case, below);
            let edge = self.edge(parent.unwrap_or(top), place, EdgeKind::Entrust);
            edge.count += 1;
            add_rules(&mut edge.broken, &case.broken);
        }
    }

    fn case(&mut self, case: &Case, below: bool) -> usize {
        let kind = if below { NodeKind::SubContractor } else { NodeKind::Contractor };
        let mut node = Node::new(format!("case {}", case.id), kind, &case.contractor);
        node.number.clone_from(&case.number);
        node.href = format!("/entrustments/{}", case.id);
        node.broken.clone_from(&case.broken);
        let place = self.node(node);
        self.contractors.insert(case.id, place);
        self.by_name.entry(fold_name(&case.contractor)).or_insert(place);
        place
    }

    /// Somebody by name: who is on the map already, or somebody whom nobody approved.
    fn somebody(&mut self, name: &str, address: &str) -> usize {
        let shown = if name.trim().is_empty() { address } else { name };
        let folded = fold_name(shown);
        if let Some(&known) = self.by_name.get(&folded) {
            return known;
        }
        let key = format!("other {folded} {}", fold_name(address));
        self.node(Node::new(key, NodeKind::Unregistered, shown))
    }

    fn contractor(&self, case: EntrustmentId) -> usize {
        self.contractors.get(&case).copied().unwrap_or(self.principal)
    }

    fn holding(&mut self, holding: &Holding) {
        let contractor = self.contractor(holding.case);
        let holder = if holding.holder.trim().is_empty() {
            contractor
        } else {
            let holder = self.somebody(&holding.holder, "");
            let stranger = self.nodes.get(holder).is_some_and(|n| n.kind == NodeKind::Unregistered);
            if stranger {
                let edge = self.edge(contractor, holder, EdgeKind::Undeclared);
                edge.count += 1;
                edge.href = format!("/entrustments/{}/holdings/{}", holding.case, holding.id);
            }
            holder
        };
        let key = format!("holding {holder} {} {:?}", holding.case, holding.spot);
        let place = self.node(Node::new(key, NodeKind::Holding(holding.spot.clone()), ""));
        let list = format!("/entrustments/{}/holdings", holding.case);
        if let Some(node) = self.nodes.get_mut(place) {
            node.count += 1;
            node.persons = node.persons.max(holding.persons);
            node.href = if node.count == 1 { format!("{list}/{}", holding.id) } else { list };
            add_rules(&mut node.broken, &holding.broken);
        }
        let edge = self.edge(holder, place, EdgeKind::Hold);
        edge.count += 1;
        edge.persons = edge.persons.max(holding.persons);
    }

    fn sent(&mut self, sent: &Sent) {
        let from = match sent.sender {
            Party::Principal => self.principal,
            Party::Contractor => self.contractor(sent.case),
            Party::Other => self.somebody("", &sent.sender_address),
        };
        let mut reached: Vec<usize> =
            sent.receivers.iter().map(|receiver| self.receiver(sent.case, receiver)).collect();
        reached.sort_unstable();
        reached.dedup();
        let list = format!("/entrustments/{}/transmissions", sent.case);
        for to in reached {
            let edge = self.edge(from, to, EdgeKind::Send(sent.way));
            edge.count += 1;
            edge.persons += sent.persons;
            edge.last = edge.last.max(Some(sent.on));
            edge.href = if edge.count == 1 { format!("{list}/{}", sent.id) } else { list.clone() };
            add_rules(&mut edge.broken, &sent.broken);
        }
    }

    fn receiver(&mut self, case: EntrustmentId, receiver: &Receiver) -> usize {
        match receiver.party {
            Party::Principal => self.principal,
            Party::Contractor => self.contractor(case),
            Party::Other => {
                match receiver.recipient.and_then(|id| self.recipients.get(&id)).cloned() {
                    Some(node) => self.node(node),
                    None => self.somebody(&receiver.name, &receiver.address),
                }
            }
        }
    }

    fn finish(self) -> Map {
        Map { nodes: self.nodes, edges: self.edges.into_values().collect(), left_out: 0 }
    }
}
