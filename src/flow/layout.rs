//! Places on the sheet: `dagre` puts the parties in columns from left to right, so that a sheet
//! grows downwards and its width stays that of the tiers.

use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir, layout};

use super::wording::{EdgeWords, Frame, NodeWords, Stroke, Worded};

/// How wide things may be, px.
#[derive(Clone, Copy, Debug)]
struct Room {
    /// A node.
    node: f64,
    /// The words beside a line.
    label: f64,
    /// Between two columns.
    gap: f64,
}

/// On a page, which scrolls.
const PAGE: Room = Room { node: 216.0, label: 176.0, gap: 56.0 };
/// On paper, which doesn't: four columns fit beside each other.
const PAPER: Room = Room { node: 164.0, label: 112.0, gap: 32.0 };
/// Space between a node's frame and its words.
pub(super) const PAD: f64 = 12.0;
/// Height of a line of the name.
pub(super) const TITLE: f64 = 20.0;
/// Height of any other line.
pub(super) const LINE: f64 = 17.0;
/// Size of the name's letters.
const TITLE_SIZE: f64 = 14.0;
/// Size of the other letters.
const LINE_SIZE: f64 = 12.0;
/// What is kept free around everything.
const MARGIN: f64 = 12.0;

/// Words on the sheet: how much they stand out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// What a thing is.
    Caption,
    /// Its name.
    Title,
    /// More about it.
    Plain,
    /// What is broken.
    Sign,
}

/// A line of words; `x` is its left edge, `y` the top of its line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// The words, cut to what fits.
    pub text: String,
    /// How much they stand out.
    pub voice: Voice,
}

/// A node with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// How it is drawn.
    pub frame: Frame,
    /// Its left edge.
    pub x: f64,
    /// Its top.
    pub y: f64,
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// What is written in it.
    pub lines: Vec<Line>,
    /// All that there is to say, uncut.
    pub whole: String,
    /// Whether it breaks a rule.
    pub broken: bool,
    /// Where it leads.
    pub href: String,
}

/// An edge with its way and its words.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// How it is drawn.
    pub stroke: Stroke,
    /// Through which points.
    pub points: Vec<(f64, f64)>,
    /// Its words' left edge, top, width and height, when it has words.
    pub label: Option<(f64, f64, f64, f64)>,
    /// What is written beside it.
    pub lines: Vec<Line>,
    /// All that there is to say, uncut.
    pub whole: String,
    /// Whether it breaks a rule.
    pub broken: bool,
    /// Where it leads.
    pub href: String,
}

/// A sheet on which everything has its place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Picture {
    /// Width, px.
    pub width: f64,
    /// Height, px.
    pub height: f64,
    /// The nodes.
    pub nodes: Vec<Placed>,
    /// The edges.
    pub edges: Vec<Way>,
}

/// Gives every node and edge its place on a page. The same words, the same places.
#[must_use]
pub fn picture(words: &Worded) -> Picture {
    lay_out(words, PAGE)
}

/// The same for paper: narrower, so that its words stay large.
#[must_use]
pub fn picture_for_paper(words: &Worded) -> Picture {
    lay_out(words, PAPER)
}

fn lay_out(words: &Worded, room: Room) -> Picture {
    let texts: Vec<Vec<(String, Voice)>> =
        words.nodes.iter().map(|node| node_lines(node, room)).collect();
    let labels: Vec<Vec<(String, Voice)>> =
        words.edges.iter().map(|edge| edge_lines(edge, room)).collect();
    let mut graph =
        Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: false });
    for (n, lines) in texts.iter().enumerate() {
        let size =
            NodeLabel { width: room.node, height: tall(lines) + 2.0 * PAD, ..NodeLabel::default() };
        graph.set_node(n.to_string(), Some(size));
    }
    for (n, (edge, lines)) in words.edges.iter().zip(&labels).enumerate() {
        let (from, to) = (edge.from.to_string(), edge.to.to_string());
        graph.set_edge(from, to, Some(edge_label(edge, lines)), Some(&n.to_string()));
    }
    let options = LayoutOptions {
        rankdir: RankDir::LR,
        nodesep: 24.0,
        edgesep: 16.0,
        ranksep: room.gap,
        marginx: MARGIN,
        marginy: MARGIN,
        ..LayoutOptions::default()
    };
    layout(&mut graph, Some(options));
    read(&graph, words, &texts, &labels)
}

fn edge_label(edge: &EdgeWords, lines: &[(String, Voice)]) -> EdgeLabel {
    let (width, height) =
        if lines.is_empty() { (0.0, 0.0) } else { (widest(lines) + 8.0, tall(lines) + 4.0) };
    // What is entrusted and held keeps the order from left to right; what is sent follows.
    let weight = if edge.stroke == Stroke::Arrow { 1 } else { 3 };
    EdgeLabel { width, height, weight, labelpos: dagre_center(), ..EdgeLabel::default() }
}

fn dagre_center() -> dagre::layout::types::LabelPos {
    dagre::layout::types::LabelPos::Center
}

fn read(
    graph: &Graph<NodeLabel, EdgeLabel>,
    words: &Worded,
    texts: &[Vec<(String, Voice)>],
    labels: &[Vec<(String, Voice)>],
) -> Picture {
    let nodes: Vec<Placed> = words
        .nodes
        .iter()
        .zip(texts)
        .enumerate()
        .filter_map(|(n, (node, lines))| placed(node, lines, graph.node(&n.to_string())?))
        .collect();
    let edges: Vec<Way> = words
        .edges
        .iter()
        .zip(labels)
        .enumerate()
        .filter_map(|(n, (edge, lines))| {
            let (from, to) = (edge.from.to_string(), edge.to.to_string());
            way(edge, lines, graph.edge(&from, &to, Some(&n.to_string()))?)
        })
        .collect();
    let right = |x: f64, width: f64| x + width + MARGIN;
    let (mut width, mut height) = (2.0 * MARGIN, 2.0 * MARGIN);
    for node in &nodes {
        width = width.max(right(node.x, node.width));
        height = height.max(right(node.y, node.height));
    }
    for edge in &edges {
        for &(x, y) in &edge.points {
            width = width.max(x + MARGIN);
            height = height.max(y + MARGIN);
        }
        if let Some((x, y, w, h)) = edge.label {
            width = width.max(right(x, w));
            height = height.max(right(y, h));
        }
    }
    Picture { width: width.ceil(), height: height.ceil(), nodes, edges }
}

fn placed(node: &NodeWords, lines: &[(String, Voice)], label: &NodeLabel) -> Option<Placed> {
    let (x, y) = (tenth(label.x? - label.width / 2.0), tenth(label.y? - label.height / 2.0));
    Some(Placed {
        frame: node.frame,
        x,
        y,
        width: label.width,
        height: label.height,
        lines: set(lines, x + PAD, y + PAD),
        whole: whole(&node.caption, &node.title, &node.lines, &node.broken),
        broken: !node.sign.is_empty(),
        href: node.href.clone(),
    })
}

fn way(edge: &EdgeWords, lines: &[(String, Voice)], label: &EdgeLabel) -> Option<Way> {
    let at = match (label.x, label.y, lines.is_empty()) {
        (Some(x), Some(y), false) => {
            let (width, height) = (widest(lines) + 8.0, tall(lines) + 4.0);
            Some((tenth(x - width / 2.0), tenth(y - height / 2.0), tenth(width), height))
        }
        _ => None,
    };
    let points: Vec<(f64, f64)> =
        label.points.iter().map(|point| (tenth(point.x), tenth(point.y))).collect();
    (points.len() > 1).then(|| Way {
        stroke: edge.stroke,
        points,
        label: at,
        lines: at.map_or_else(Vec::new, |(x, y, ..)| set(lines, x + 4.0, y + 2.0)),
        whole: whole("", "", &edge.lines, &edge.broken),
        broken: !edge.sign.is_empty(),
        href: edge.href.clone(),
    })
}

/// Places are told in tenths of a pixel: enough for the eye, and short in the page.
fn tenth(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn whole(caption: &str, title: &str, lines: &[String], broken: &str) -> String {
    let parts = [caption, title].into_iter().chain(lines.iter().map(String::as_str));
    let parts: Vec<&str> = parts.chain([broken]).filter(|part| !part.is_empty()).collect();
    parts.join(" / ")
}

/// The lines from the top of a box downwards.
fn set(lines: &[(String, Voice)], x: f64, mut y: f64) -> Vec<Line> {
    let mut placed = Vec::new();
    for (text, voice) in lines {
        placed.push(Line { x, y: tenth(y), text: text.clone(), voice: *voice });
        y += high(*voice);
    }
    placed
}

fn high(voice: Voice) -> f64 {
    if voice == Voice::Title { TITLE } else { LINE }
}

fn tall(lines: &[(String, Voice)]) -> f64 {
    lines.iter().map(|(_, voice)| high(*voice)).sum()
}

fn widest(lines: &[(String, Voice)]) -> f64 {
    let wide = |(text, voice): &(String, Voice)| wide(text, *voice);
    lines.iter().map(wide).fold(0.0, f64::max)
}

fn node_lines(node: &NodeWords, room: Room) -> Vec<(String, Voice)> {
    let room = room.node - 2.0 * PAD;
    let mut lines = vec![(cut(&node.caption, Voice::Caption, room), Voice::Caption)];
    wrap(&node.title, Voice::Title, room, 2, &mut lines);
    for line in &node.lines {
        wrap(line, Voice::Plain, room, 2, &mut lines);
    }
    if !node.sign.is_empty() {
        wrap(&node.sign, Voice::Sign, room - 18.0, 3, &mut lines);
    }
    lines
}

fn edge_lines(edge: &EdgeWords, Room { label, .. }: Room) -> Vec<(String, Voice)> {
    let mut lines = Vec::new();
    for line in &edge.lines {
        wrap(line, Voice::Plain, label, 2, &mut lines);
    }
    if !edge.sign.is_empty() {
        wrap(&edge.sign, Voice::Sign, label - 18.0, 3, &mut lines);
    }
    lines
}

/// How wide words are in any of the fonts that a page may have: a full-width letter is a square, a
/// narrow one well over half of one.
fn wide(text: &str, voice: Voice) -> f64 {
    let size = if voice == Voice::Title { TITLE_SIZE } else { LINE_SIZE };
    let em = |c: char| match c {
        'i' | 'l' | 'j' | '.' | ',' | '\'' | ' ' | '|' | ':' | ';' | '!' => 0.36,
        'm' | 'w' | 'M' | 'W' | '@' | '%' => 0.95,
        'A'..='Z' => 0.72,
        '\u{21}'..='\u{2ff}' => 0.66,
        _ => 1.0,
    };
    let sign = if voice == Voice::Sign { 18.0 } else { 0.0 };
    sign + text.chars().map(em).sum::<f64>() * size
}

/// Breaks words into at most `most` lines; what is too much ends in an ellipsis.
fn wrap(text: &str, voice: Voice, room: f64, most: usize, lines: &mut Vec<(String, Voice)>) {
    let room = if voice == Voice::Sign { room + 18.0 } else { room };
    let mut rest = text.trim();
    for n in 1..=most {
        if rest.is_empty() {
            return;
        }
        if n == most {
            lines.push((cut(rest, voice, room), voice));
            return;
        }
        let (line, after) = broken_at(rest, voice, room);
        lines.push((line.trim_end().to_owned(), voice));
        rest = after.trim_start();
    }
}

/// The part that fits on a line, broken after a space where there is one, and the rest.
fn broken_at(text: &str, voice: Voice, room: f64) -> (&str, &str) {
    let mut end = 0;
    let mut space = None;
    for (at, letter) in text.char_indices() {
        let after = at + letter.len_utf8();
        if text.get(..after).is_some_and(|part| wide(part, voice) > room) && end > 0 {
            let at = space.filter(|_| letter.is_ascii()).unwrap_or(end);
            return text.split_at_checked(at).unwrap_or((text, ""));
        }
        end = after;
        if letter == ' ' || !letter.is_ascii() {
            space = Some(after);
        }
    }
    (text, "")
}

fn cut(text: &str, voice: Voice, room: f64) -> String {
    let (fits, rest) = broken_at(text, voice, room);
    if rest.is_empty() {
        return text.to_owned();
    }
    let (fits, _) = broken_at(fits, voice, room - LINE_SIZE * 1.2);
    format!("{}…", fits.trim_end())
}
