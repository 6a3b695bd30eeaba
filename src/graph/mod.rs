//! The claim graph: outlets, documents, speakers, events and claims as nodes, with typed edges.

mod export;

use std::collections::BTreeMap;

use petgraph::graph::{DiGraph, NodeIndex};

use crate::claim::Claim;
use crate::event::Events;

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NodeKind {
    /// A publisher.
    Outlet,
    /// An article.
    Document,
    /// Who is quoted.
    Speaker,
    /// A happening.
    Event,
    /// A statement.
    Claim,
}

impl NodeKind {
    /// The kind as the exports write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Outlet => "outlet",
            Self::Document => "document",
            Self::Speaker => "speaker",
            Self::Event => "event",
            Self::Claim => "claim",
        }
    }
}

/// How two nodes are joined; every edge points from the left to the right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Outlet to document.
    Published,
    /// Document to claim.
    States,
    /// Claim to speaker.
    AttributedTo,
    /// Claim to event.
    About,
    /// Denial to the claim it denies.
    Denies,
    /// Claim to claim: both cannot be true.
    Contradicts,
    /// Later claim to the one it brings up to date.
    Updates,
}

impl EdgeKind {
    /// The kind as the exports write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::States => "states",
            Self::AttributedTo => "attributed-to",
            Self::About => "about",
            Self::Denies => "denies",
            Self::Contradicts => "contradicts",
            Self::Updates => "updates",
        }
    }
}

/// One node of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it stands for.
    pub kind: NodeKind,
    /// Unique among the nodes of its kind: a name, or an id.
    pub key: String,
    /// Words for people.
    pub label: String,
}

/// Claims, who makes them and what they are about. Nodes and edges are only ever added, each once.
#[derive(Clone, Debug, Default)]
pub struct ClaimGraph {
    graph: DiGraph<Node, EdgeKind>,
    nodes: BTreeMap<(NodeKind, String), NodeIndex>,
}

impl ClaimGraph {
    /// The graph of claims and their events.
    pub fn of(claims: &[Claim], events: &Events) -> Self {
        let mut this = Self::default();
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by(|&a, &b| {
            let key = |i: usize| (&claims[i].article.document, claims[i].start, claims[i].end, claims[i].id);
            key(a).cmp(&key(b))
        });
        for event in &events.events {
            this.node(NodeKind::Event, &event.id.to_string(), &event.label);
        }
        for &i in &order {
            let event = events.of.get(i).copied().flatten().and_then(|e| events.events.get(e));
            this.add_claim(&claims[i], event.map(|event| event.id.to_string()).as_deref());
        }
        for &i in &order {
            if let crate::claim::Content::Denial { target: Some(target) } = &claims[i].content {
                this.relate(&claims[i].id.to_string(), &target.to_string(), EdgeKind::Denies);
            }
        }
        this
    }

    fn add_claim(&mut self, claim: &Claim, event: Option<&str>) {
        let article = &claim.article;
        let title = article.title.as_deref().unwrap_or(&article.document);
        let document = self.node(NodeKind::Document, &article.document, title);
        if let Some(outlet) = &article.outlet {
            let outlet = self.node(NodeKind::Outlet, outlet, outlet);
            self.edge(outlet, document, EdgeKind::Published);
        }
        let node = self.node(NodeKind::Claim, &claim.id.to_string(), &claim.quote);
        self.edge(document, node, EdgeKind::States);
        if let Some(speaker) = &claim.speaker {
            let name = speaker.actor.as_ref().map_or(&*speaker.text, |actor| actor.as_str());
            let speaker = self.node(NodeKind::Speaker, name, name);
            self.edge(node, speaker, EdgeKind::AttributedTo);
        }
        if let Some(event) = event {
            let event = self.node(NodeKind::Event, event, event);
            self.edge(node, event, EdgeKind::About);
        }
    }

    /// Joins two claims by their ids; claims that are not in the graph are left alone.
    pub fn relate(&mut self, from: &str, to: &str, kind: EdgeKind) {
        let find = |key: &str| self.nodes.get(&(NodeKind::Claim, key.to_owned())).copied();
        if let (Some(from), Some(to)) = (find(from), find(to)) {
            self.edge(from, to, kind);
        }
    }

    fn node(&mut self, kind: NodeKind, key: &str, label: &str) -> NodeIndex {
        let graph = &mut self.graph;
        *self
            .nodes
            .entry((kind, key.to_owned()))
            .or_insert_with(|| graph.add_node(Node { kind, key: key.to_owned(), label: label.to_owned() }))
    }

    fn edge(&mut self, from: NodeIndex, to: NodeIndex, kind: EdgeKind) {
        if !self.graph.edges_connecting(from, to).any(|edge| *edge.weight() == kind) {
            self.graph.add_edge(from, to, kind);
        }
    }

    /// All nodes in the order in which they were added.
    pub fn nodes(&self) -> impl Iterator<Item = &Node> {
        self.graph.node_weights()
    }

    /// All edges in the order in which they were added: indices into the nodes, and the kind.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, EdgeKind)> + '_ {
        self.graph.edge_indices().filter_map(|edge| {
            let (from, to) = self.graph.edge_endpoints(edge)?;
            Some((from.index(), to.index(), *self.graph.edge_weight(edge)?))
        })
    }
}
