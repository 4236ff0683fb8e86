//! Placing a map of 200 nodes against its floor: `dagre` on the same graph without words, sizes of
//! labels and reading back. Words and reading may add little to it.

#![expect(clippy::unwrap_used, reason = "a benchmark that can't start has nothing to measure")]

use azukari::entrustment::rules::{Medium, Place};
use azukari::flow::{
    Case, Facts, Holding, Map, Spot, drawings, gather, picture, picture_for_paper, words,
};
use azukari::web::Language;
use dagre::graph::{Graph, GraphOptions};
use dagre::{EdgeLabel, LayoutOptions, NodeLabel, RankDir};
use divan::{Bencher, black_box};

fn main() {
    let map = gather(&facts());
    println!("{} nodes, {} edges", map.nodes.len(), map.edges.len());
    divan::main();
}

/// A principal, 40 contractors in tiers, 159 places.
fn facts() -> Facts {
    let id = |n: u64| format!("018f0000-0000-7000-8000-{n:012}").parse().unwrap();
    let case = |n: u64| Case {
        id: id(n),
        parent: (n > 1).then(|| id(n / 2)),
        number: format!("令8-{n}"),
        contractor: format!("第{n}情報処理株式会社"),
        broken: vec![],
    };
    let holding = |n: u64| Holding {
        id: format!("h{n}"),
        case: id(n % 40 + 1),
        holder: String::new(),
        spot: Spot {
            place: Place::Cloud,
            detail: String::new(),
            provider: format!("クラウド事業者{n}"),
            country: "JP".to_owned(),
            access: vec![],
            medium: Medium::Cloud,
        },
        persons: 49,
        broken: vec![],
    };
    Facts {
        principal: "三重野県".to_owned(),
        cases: (1..=40).map(case).collect(),
        holdings: (0..159).map(holding).collect(),
        ..Facts::default()
    }
}

#[divan::bench]
fn ours(bencher: Bencher<'_, '_>) {
    let map = gather(&facts());
    bencher.bench(|| picture(black_box(&words(&map, Language::Ja))));
}

#[divan::bench]
fn ours_with_sheets(bencher: Bencher<'_, '_>) {
    let map = gather(&facts());
    bencher.bench(|| drawings(&picture_for_paper(black_box(&words(&map, Language::Ja)))));
}

#[divan::bench]
fn floor(bencher: Bencher<'_, '_>) {
    let map = gather(&facts());
    bencher.with_inputs(|| graph(&map)).bench_values(|mut graph| {
        let options = LayoutOptions { rankdir: RankDir::LR, ..LayoutOptions::default() };
        dagre::layout(&mut graph, Some(options));
        graph.node_count()
    });
}

fn graph(map: &Map) -> Graph<NodeLabel, EdgeLabel> {
    let mut graph =
        Graph::with_options(GraphOptions { directed: true, multigraph: true, compound: false });
    for n in 0..map.nodes.len() {
        let size = NodeLabel { width: 216.0, height: 100.0, ..NodeLabel::default() };
        graph.set_node(n.to_string(), Some(size));
    }
    for (n, edge) in map.edges.iter().enumerate() {
        let (from, to) = (edge.from.to_string(), edge.to.to_string());
        graph.set_edge(from, to, Some(EdgeLabel::default()), Some(&n.to_string()));
    }
    graph
}
