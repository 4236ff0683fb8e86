//! The map in a language: what is written in its boxes and beside its lines.

use super::model::{Edge, EdgeKind, Map, Node, NodeKind};
use crate::rulebook::RuleId;
use crate::web::Language;
use crate::web::locale::{self, ArgValue};

/// How many rules are named in a box; the table names all.
const NAMED: usize = 2;

/// A map with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    /// The nodes.
    pub nodes: Vec<NodeWords>,
    /// The edges; the numbers are places in `nodes`.
    pub edges: Vec<EdgeWords>,
}

/// How a node is drawn: each kind has a frame of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// The principal: a double frame.
    Double,
    /// A contractor: a plain frame.
    Plain,
    /// A sub-contractor: a bar on the left.
    Bar,
    /// A recipient: round ends.
    Round,
    /// Somebody whom nobody approved: dashed.
    Dashed,
    /// What is held: a sheet upon others.
    Stack,
}

/// How an edge is drawn: each kind has a line of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stroke {
    /// Entrusted: thick.
    Thick,
    /// Held: thin, without an arrow.
    Thin,
    /// Sent: an arrow.
    Arrow,
}

/// A node in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeWords {
    /// How it is drawn.
    pub frame: Frame,
    /// What it is.
    pub caption: String,
    /// Its name.
    pub title: String,
    /// What more is said.
    pub lines: Vec<String>,
    /// What is broken, shortly; empty when nothing is.
    pub sign: String,
    /// All rules that are broken.
    pub broken: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// An edge in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EdgeWords {
    /// From which node.
    pub from: usize,
    /// To which node.
    pub to: usize,
    /// How it is drawn.
    pub stroke: Stroke,
    /// What it is; empty when the line says enough.
    pub lines: Vec<String>,
    /// What is broken, shortly; empty when nothing is.
    pub sign: String,
    /// All rules that are broken.
    pub broken: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// The words of a map.
#[must_use]
pub fn words(map: &Map, language: Language) -> Worded {
    let speech = Speech(language);
    Worded {
        nodes: map.nodes.iter().map(|node| speech.node(node)).collect(),
        edges: map.edges.iter().map(|edge| speech.edge(edge)).collect(),
    }
}

/// A country by its code, in words where we have them.
#[must_use]
pub fn country(language: Language, code: &str) -> String {
    Speech(language).country(code)
}

/// A language in which maps are told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Speech(pub(super) Language);

impl Speech {
    pub(super) fn text(self, key: &str) -> String {
        locale::text(self.0, key)
    }

    pub(super) fn say(self, key: &str, args: &[(&str, ArgValue)]) -> String {
        locale::text_with(self.0, key, args)
    }

    /// A country by its code, in words where we have them.
    pub(super) fn country(self, code: &str) -> String {
        if code.is_empty() {
            return self.text("flow-country-unknown");
        }
        let key = format!("flow-country-{}", code.to_lowercase());
        if locale::has(self.0, &key) {
            format!("{} ({code})", self.text(&key))
        } else {
            code.to_owned()
        }
    }

    pub(super) fn rule(self, rule: RuleId) -> String {
        let key = format!("rule-{rule}-title");
        if locale::has(self.0, &key) { self.text(&key) } else { rule.to_string() }
    }

    /// All rules by their names.
    pub(super) fn rules(self, rules: &[RuleId]) -> String {
        let names: Vec<String> = rules.iter().map(|rule| self.rule(*rule)).collect();
        names.join(&self.text("flow-between"))
    }

    fn sign(self, rules: &[RuleId], findings: i64) -> String {
        if rules.is_empty() {
            return if findings > 0 {
                self.say("flow-findings", &[("count", findings.into())])
            } else {
                String::new()
            };
        }
        let first: Vec<RuleId> = rules.iter().copied().take(NAMED).collect();
        let rest = rules.len() - first.len();
        let names = self.rules(&first);
        if rest == 0 {
            self.say("flow-broken", &[("rules", names.into())])
        } else {
            self.say("flow-broken-more", &[("rules", names.into()), ("count", rest.into())])
        }
    }

    fn node(self, node: &Node) -> NodeWords {
        let (frame, caption, title, lines) = match &node.kind {
            NodeKind::Principal => (Frame::Double, "flow-principal", node.name.clone(), vec![]),
            NodeKind::Contractor => self.contractor(node, Frame::Plain, "flow-contractor"),
            NodeKind::SubContractor => self.contractor(node, Frame::Bar, "flow-sub-contractor"),
            NodeKind::Recipient => (Frame::Round, "flow-recipient", self.name(node), vec![]),
            NodeKind::Unregistered => (Frame::Dashed, "flow-unregistered", self.name(node), vec![]),
            NodeKind::Holding(_) => {
                let mut lines = self.spot(node);
                let title = if lines.is_empty() { String::new() } else { lines.remove(0) };
                (Frame::Stack, "flow-holding", title, lines)
            }
            NodeKind::Country(code) => {
                let gathered = self.gathered(node);
                (Frame::Stack, "flow-country", self.country(code), gathered)
            }
        };
        NodeWords {
            frame,
            caption: self.text(caption),
            title,
            lines,
            sign: self.sign(&node.broken, node.findings),
            broken: self.rules(&node.broken),
            href: node.href.clone(),
        }
    }

    /// The name of a party; those outside who are gathered have none of their own.
    pub(super) fn name(self, node: &Node) -> String {
        match &node.kind {
            NodeKind::Country(code) => self.country(code),
            NodeKind::Recipient if node.name.is_empty() => self.text("flow-recipients-all"),
            NodeKind::Unregistered if node.name.is_empty() => self.text("flow-unregistered-all"),
            _ => node.name.clone(),
        }
    }

    fn contractor(
        self,
        node: &Node,
        frame: Frame,
        caption: &'static str,
    ) -> (Frame, &'static str, String, Vec<String>) {
        let mut lines = Vec::new();
        if !node.number.is_empty() {
            lines.push(node.number.clone());
        }
        if node.count > 0 {
            lines.push(self.say("flow-cases", &[("count", node.count.into())]));
        }
        (frame, caption, node.name.clone(), lines)
    }

    /// A spot: its place, what is there, the country, how much.
    pub(super) fn spot(self, node: &Node) -> Vec<String> {
        let NodeKind::Holding(spot) = &node.kind else {
            return vec![];
        };
        let mut lines = vec![self.text(&format!("place-{}", spot.place))];
        for more in [&spot.provider, &spot.detail] {
            if !more.trim().is_empty() {
                lines.push(more.clone());
            }
        }
        let medium = self.text(&format!("medium-{}", spot.medium));
        if !lines.contains(&medium) {
            lines.push(medium);
        }
        lines.push(self.countries(&spot.country, &spot.access));
        lines.extend(self.gathered(node));
        lines
    }

    /// Where it is stored, and from where else it is reached.
    pub(super) fn countries(self, country: &str, access: &[String]) -> String {
        let stored = self.country(country);
        let elsewhere: Vec<String> = access
            .iter()
            .filter(|code| code.as_str() != country)
            .map(|code| self.country(code))
            .collect();
        if elsewhere.is_empty() {
            self.say("flow-stored-in", &[("country", stored.into())])
        } else {
            let from = elsewhere.join(&self.text("flow-between"));
            self.say(
                "flow-stored-in-and-reached",
                &[("country", stored.into()), ("from", from.into())],
            )
        }
    }

    fn gathered(self, node: &Node) -> Vec<String> {
        let args = [("count", node.count.into()), ("persons", node.persons.into())];
        vec![self.say("flow-gathered", &args)]
    }

    fn edge(self, edge: &Edge) -> EdgeWords {
        let (stroke, lines) = match edge.kind {
            EdgeKind::Entrust => (Stroke::Thick, vec![]),
            EdgeKind::Undeclared => (Stroke::Thick, vec![self.text("flow-undeclared")]),
            EdgeKind::Hold => (Stroke::Thin, vec![]),
            EdgeKind::Send(way) => {
                let args = [("count", edge.count.into()), ("persons", edge.persons.into())];
                let lines = vec![self.text(&format!("way-{way}")), self.say("flow-sent", &args)];
                (Stroke::Arrow, lines)
            }
        };
        EdgeWords {
            from: edge.from,
            to: edge.to,
            stroke,
            lines,
            sign: self.sign(&edge.broken, 0),
            broken: self.rules(&edge.broken),
            href: edge.href.clone(),
        }
    }
}
