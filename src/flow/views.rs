//! What the pages of maps show: the picture as numbers for the template, and the same as tables.

use serde::Serialize;
use serde_json::{Value, json};

use super::layout::{self, Line, Picture, Placed, Voice, Way};
use super::model::{Edge, EdgeKind, Map, Node, NodeKind};
use super::wording::{Frame, Speech, Stroke, words};
use crate::entrustment::Entrustment;
use crate::web::{Language, View};

/// A map as a page shows it.
#[derive(Debug, Serialize)]
pub struct MapView {
    /// Width of the picture, px.
    width: String,
    /// Its height.
    height: String,
    /// The boxes.
    nodes: Vec<NodeView>,
    /// The lines between them.
    edges: Vec<EdgeView>,
    /// How many things the picture leaves out.
    left_out: usize,
    /// Who takes part.
    parties: Vec<PartyRow>,
    /// Where the data are.
    places: Vec<PlaceRow>,
    /// How they moved.
    sent: Vec<SentRow>,
}

#[derive(Debug, Serialize)]
struct NodeView {
    frame: &'static str,
    broken: bool,
    href: String,
    whole: String,
    x: String,
    y: String,
    width: String,
    height: String,
    lines: Vec<LineView>,
}

#[derive(Debug, Serialize)]
struct EdgeView {
    stroke: &'static str,
    broken: bool,
    href: String,
    whole: String,
    points: String,
    label: Option<BoxView>,
    lines: Vec<LineView>,
}

#[derive(Debug, Serialize)]
struct BoxView {
    x: String,
    y: String,
    width: String,
    height: String,
}

#[derive(Debug, Serialize)]
struct LineView {
    x: String,
    y: String,
    voice: &'static str,
    text: String,
    sign: Option<String>,
}

#[derive(Debug, Serialize)]
struct PartyRow {
    role: String,
    name: String,
    by: String,
    about: String,
    href: String,
    broken: String,
}

#[derive(Debug, Serialize)]
struct PlaceRow {
    holder: String,
    place: String,
    detail: String,
    country: String,
    medium: String,
    count: i64,
    persons: i64,
    href: String,
    broken: String,
}

#[derive(Debug, Serialize)]
struct SentRow {
    from: String,
    to: String,
    way: String,
    count: i64,
    persons: i64,
    last: Option<chrono::NaiveDate>,
    href: String,
    broken: String,
}

/// The map of an entrustment.
#[derive(Debug, Serialize)]
pub struct EntrustmentMapView {
    /// The entrustment.
    pub entrustment: Entrustment,
    /// The map.
    pub map: MapView,
}

impl View for EntrustmentMapView {
    const TEMPLATE: &'static str = "flow/entrustment.html";
    const TITLE: &'static str = "flow-title";
}

/// The map of an organisation.
#[derive(Debug, Serialize)]
pub struct OrganisationMapView {
    /// Whether the reader belongs to a principal.
    pub is_principal: bool,
    /// The map.
    pub map: MapView,
}

impl View for OrganisationMapView {
    const TEMPLATE: &'static str = "flow/organisation.html";
    const TITLE: &'static str = "flow-organisation-title";
}

impl MapView {
    /// A map in a language: at most `most` boxes in the picture, everything in the tables.
    #[must_use]
    pub fn new(map: Map, language: Language, most: usize) -> Self {
        let tables = Tables { map: &map, speech: Speech(language) };
        let (parties, places, sent) = (tables.parties(), tables.places(), tables.sent());
        let drawn = map.at_most(most);
        let Picture { width, height, nodes, edges } = layout::picture(&words(&drawn, language));
        Self {
            width: px(width),
            height: px(height),
            nodes: nodes.iter().map(node).collect(),
            edges: edges.iter().map(edge).collect(),
            left_out: drawn.left_out,
            parties,
            places,
            sent,
        }
    }
}

/// A number as short as it can be told.
fn px(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn node(placed: &Placed) -> NodeView {
    // The front sheet of a stack leaves room for the one behind it.
    let behind = if placed.frame == Frame::Stack { 4.0 } else { 0.0 };
    NodeView {
        frame: match placed.frame {
            Frame::Double => "double",
            Frame::Plain => "plain",
            Frame::Bar => "bar",
            Frame::Round => "round",
            Frame::Dashed => "dashed",
            Frame::Stack => "stack",
        },
        broken: placed.broken,
        href: placed.href.clone(),
        whole: placed.whole.clone(),
        x: px(placed.x),
        y: px(placed.y + behind),
        width: px(placed.width - behind),
        height: px(placed.height - behind),
        lines: lines(&placed.lines),
    }
}

fn edge(way: &Way) -> EdgeView {
    let points: Vec<String> =
        way.points.iter().map(|(x, y)| format!("{},{}", px(*x), px(*y))).collect();
    EdgeView {
        stroke: match way.stroke {
            Stroke::Thick => "thick",
            Stroke::Thin => "thin",
            Stroke::Arrow => "arrow",
        },
        broken: way.broken,
        href: way.href.clone(),
        whole: way.whole.clone(),
        points: points.join(" "),
        label: way.label.map(|(x, y, width, height)| BoxView {
            x: px(x),
            y: px(y),
            width: px(width),
            height: px(height),
        }),
        lines: lines(&way.lines),
    }
}

fn lines(lines: &[Line]) -> Vec<LineView> {
    let mut signed = false;
    lines
        .iter()
        .map(|line| {
            let sign = line.voice == Voice::Sign;
            let first = sign && !signed;
            signed |= sign;
            LineView {
                x: px(if sign { line.x + 18.0 } else { line.x }),
                y: px(line.y + if line.voice == Voice::Title { 15.0 } else { 13.0 }),
                voice: match line.voice {
                    Voice::Caption => "caption",
                    Voice::Title => "name",
                    Voice::Plain => "plain",
                    Voice::Sign => "sign",
                },
                text: line.text.clone(),
                sign: first.then(|| triangle(line.x, line.y)),
            }
        })
        .collect()
}

/// The sign of a broken rule as a path: a triangle, and the mark in it.
fn triangle(x: f64, y: f64) -> String {
    format!("M{} {}l7 12h-14zm0 4v4.5m0 1.5v1", px(x + 7.0), px(y + 2.0))
}

/// The rows of the tables.
struct Tables<'a> {
    map: &'a Map,
    speech: Speech,
}

impl Tables<'_> {
    fn name(&self, place: usize) -> String {
        self.map.nodes.get(place).map(|node| self.speech.name(node)).unwrap_or_default()
    }

    fn parties(&self) -> Vec<PartyRow> {
        let rows = self.map.nodes.iter().enumerate().filter_map(|(place, node)| {
            let role = match node.kind {
                NodeKind::Principal => "flow-principal",
                NodeKind::Contractor => "flow-contractor",
                NodeKind::SubContractor => "flow-sub-contractor",
                NodeKind::Recipient => "flow-recipient",
                NodeKind::Unregistered => "flow-unregistered",
                NodeKind::Holding(_) | NodeKind::Country(_) => return None,
            };
            Some(self.party(place, node, role))
        });
        rows.collect()
    }

    fn party(&self, place: usize, node: &Node, role: &str) -> PartyRow {
        let above: Vec<String> = self
            .map
            .edges
            .iter()
            .filter(|edge| {
                edge.to == place && matches!(edge.kind, EdgeKind::Entrust | EdgeKind::Undeclared)
            })
            .map(|edge| self.name(edge.from))
            .collect();
        let count = [("count", node.count.into())];
        let about = if node.count > 0 {
            self.speech.say("flow-cases", &count)
        } else {
            node.number.clone()
        };
        let broken = if node.findings > 0 {
            self.speech.say("flow-findings", &[("count", node.findings.into())])
        } else {
            self.speech.rules(&node.broken)
        };
        PartyRow {
            role: self.speech.text(role),
            name: self.speech.name(node),
            by: above.join(&self.speech.text("flow-between")),
            about,
            href: node.href.clone(),
            broken,
        }
    }

    fn places(&self) -> Vec<PlaceRow> {
        let held = self.map.edges.iter().filter(|edge| edge.kind == EdgeKind::Hold);
        held.filter_map(|edge| Some(self.place(edge, self.map.nodes.get(edge.to)?))).collect()
    }

    fn place(&self, edge: &Edge, node: &Node) -> PlaceRow {
        let (place, detail, country, medium) = match &node.kind {
            NodeKind::Holding(spot) => {
                let words = [spot.provider.as_str(), spot.detail.as_str()];
                let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
                (
                    self.speech.text(&format!("place-{}", spot.place)),
                    words.join(" "),
                    self.speech.countries(&spot.country, &spot.access),
                    self.speech.text(&format!("medium-{}", spot.medium)),
                )
            }
            NodeKind::Country(code) => {
                (String::new(), String::new(), self.speech.country(code), String::new())
            }
            _ => Default::default(),
        };
        PlaceRow {
            holder: self.name(edge.from),
            place,
            detail,
            country,
            medium,
            count: edge.count,
            persons: edge.persons,
            href: if edge.href.is_empty() { node.href.clone() } else { edge.href.clone() },
            broken: self.speech.rules(&node.broken),
        }
    }

    fn sent(&self) -> Vec<SentRow> {
        let row = |edge: &Edge| {
            let EdgeKind::Send(way) = edge.kind else { return None };
            Some(SentRow {
                from: self.name(edge.from),
                to: self.name(edge.to),
                way: self.speech.text(&format!("way-{way}")),
                count: edge.count,
                persons: edge.persons,
                last: edge.last,
                href: edge.href.clone(),
                broken: self.speech.rules(&edge.broken),
            })
        };
        self.map.edges.iter().filter_map(row).collect()
    }
}

/// A sample of each page, for the test that renders them all.
#[must_use]
pub fn samples() -> Vec<(&'static str, Value)> {
    let entrustment = json!({ "id": "x", "number": "令8子-12", "title": "保育所等監査業務委託" });
    let empty = json!({ "width": "24", "height": "24", "nodes": [], "edges": [], "left_out": 0,
        "parties": [], "places": [], "sent": [] });
    let full = full_sample();
    vec![
        (EntrustmentMapView::TEMPLATE, json!({ "entrustment": entrustment, "map": full })),
        (EntrustmentMapView::TEMPLATE, json!({ "entrustment": entrustment, "map": empty })),
        (OrganisationMapView::TEMPLATE, json!({ "is_principal": true, "map": full })),
        (OrganisationMapView::TEMPLATE, json!({ "is_principal": false, "map": empty })),
    ]
}

fn full_sample() -> Value {
    let line = |voice, sign| json!({ "x": "12", "y": "25", "voice": voice, "text": "三重野県", "sign": sign });
    let node = |frame, broken, href| {
        json!({ "frame": frame, "broken": broken, "href": href, "whole": "委託元 / 三重野県", "x": "12",
            "y": "12", "width": "216", "height": "60",
            "lines": [line("caption", Value::Null), line("name", Value::Null), line("sign", json!("M0 0l7 12h-14z"))] })
    };
    let frames = ["double", "plain", "bar", "round", "dashed", "stack"];
    let nodes: Vec<Value> = frames
        .iter()
        .map(|frame| node(*frame, *frame == "dashed", if *frame == "dashed" { "" } else { "/x" }))
        .collect();
    let edge = |stroke, broken, href| {
        json!({ "stroke": stroke, "broken": broken, "href": href, "whole": "手渡し", "points": "0,0 10,10",
            "label": { "x": "0", "y": "0", "width": "9", "height": "9" }, "lines": [line("plain", Value::Null)] })
    };
    json!({ "width": "400", "height": "300", "nodes": nodes,
        "edges": [edge("thick", false, ""), edge("thin", false, ""), edge("arrow", true, "/x")], "left_out": 3,
        "parties": [{ "role": "委託先", "name": "髙橋事務所", "by": "三重野県", "about": "令8子-12", "href": "/x", "broken": "" }],
        "places": [{ "holder": "髙橋事務所", "place": "自宅", "detail": "", "country": "日本", "medium": "紙", "count": 2,
            "persons": 49, "href": "/x", "broken": "場所" }],
        "sent": [{ "from": "髙橋事務所", "to": "私用", "way": "メール", "count": 1, "persons": 49, "last": "2026-05-01",
            "href": "", "broken": "送付先" }] })
}
