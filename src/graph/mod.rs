//! The claim graph: outlets, documents, speakers, events and claims as nodes, with typed edges.

mod export;

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use crate::claim::{Claim, Content, Id};
use crate::event::{Event, Events};

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
    /// Claim to the claim that stands for all that give the same answer.
    Repeats,
    /// Claim to claim, each standing for its answer: both cannot be true.
    Contradicts,
    /// Later claim to the one it brings up to date, each standing for its answer.
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
            Self::Repeats => "repeats",
            Self::Contradicts => "contradicts",
            Self::Updates => "updates",
        }
    }
}

/// One node of the graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// What it stands for.
    pub kind: NodeKind,
    /// Unique among the nodes of its kind: a name, or an id.
    pub key: Cow<'a, str>,
    /// Words for people.
    pub label: &'a str,
}

/// Claims, who makes them and what they are about. Nodes and edges are only ever added, each once.
///
/// Nodes and edges are at most a few for each claim and each relation of answers, however many claims give one answer.
#[derive(Clone, Debug, Default)]
pub struct ClaimGraph<'a> {
    nodes: Vec<Node<'a>>,
    edges: Vec<Edge>,
    /// Outlets, documents and speakers by name, as indices into the nodes.
    named: BTreeMap<(NodeKind, &'a str), usize>,
    /// Events and claims by id, as indices into the nodes.
    known: BTreeMap<(NodeKind, Id), usize>,
    joined: FxHashSet<Edge>,
}

/// Indices of two nodes, and how they are joined.
type Edge = (usize, usize, EdgeKind);

impl<'a> ClaimGraph<'a> {
    /// The graph of claims and their events.
    pub fn of(claims: &'a [Claim], events: &'a Events) -> Self {
        let mut this = Self::default();
        let mut order: Vec<usize> = (0..claims.len()).collect();
        order.sort_by(|&a, &b| {
            let key = |i: usize| (&claims[i].article.document, claims[i].start, claims[i].end, claims[i].id);
            key(a).cmp(&key(b))
        });
        for event in &events.events {
            this.with_id(NodeKind::Event, event.id, &event.label);
        }
        for &i in &order {
            let event = events.of_claim(i).and_then(|e| events.events.get(e));
            this.add_claim(&claims[i], event);
        }
        for &i in &order {
            if let Content::Denial { target: Some(target) } = &*claims[i].content {
                this.relate(claims[i].id, *target, EdgeKind::Denies);
            }
        }
        this
    }

    fn add_claim(&mut self, claim: &'a Claim, event: Option<&'a Event>) {
        let article = &claim.article;
        let title = article.title.as_deref().unwrap_or(&article.document);
        let document = self.with_name(NodeKind::Document, &article.document, title);
        if let Some(outlet) = &article.outlet {
            let outlet = self.with_name(NodeKind::Outlet, outlet, outlet);
            self.edge(outlet, document, EdgeKind::Published);
        }
        let node = self.with_id(NodeKind::Claim, claim.id, claim.quote());
        self.edge(document, node, EdgeKind::States);
        if let Some(speaker) = &claim.speaker {
            let name = speaker.name();
            let speaker = self.with_name(NodeKind::Speaker, name, name);
            self.edge(node, speaker, EdgeKind::AttributedTo);
        }
        if let Some(event) = event {
            let event = self.with_id(NodeKind::Event, event.id, &event.label);
            self.edge(node, event, EdgeKind::About);
        }
    }

    /// Joins two claims; claims that are not in the graph are left alone, and none is joined to itself.
    pub fn relate(&mut self, from: Id, to: Id, kind: EdgeKind) {
        let find = |id: Id| self.known.get(&(NodeKind::Claim, id)).copied();
        if let (Some(from), Some(to), true) = (find(from), find(to), from != to) {
            self.edge(from, to, kind);
        }
    }

    fn with_name(&mut self, kind: NodeKind, key: &'a str, label: &'a str) -> usize {
        let nodes = &mut self.nodes;
        let node = || Node { kind, key: Cow::Borrowed(key), label };
        *self.named.entry((kind, key)).or_insert_with(|| add(nodes, node()))
    }

    fn with_id(&mut self, kind: NodeKind, id: Id, label: &'a str) -> usize {
        let nodes = &mut self.nodes;
        let node = || Node { kind, key: Cow::Owned(id.to_string()), label };
        *self.known.entry((kind, id)).or_insert_with(|| add(nodes, node()))
    }

    fn edge(&mut self, from: usize, to: usize, kind: EdgeKind) {
        if self.joined.insert((from, to, kind)) {
            self.edges.push((from, to, kind));
        }
    }

    /// All nodes in the order in which they were added.
    pub fn nodes(&self) -> impl Iterator<Item = &Node<'a>> {
        self.nodes.iter()
    }

    /// All edges in the order in which they were added: indices into the nodes, and the kind.
    pub fn edges(&self) -> impl Iterator<Item = (usize, usize, EdgeKind)> + '_ {
        self.edges.iter().copied()
    }
}

/// Adds a node, and tells its index.
fn add<'a>(nodes: &mut Vec<Node<'a>>, node: Node<'a>) -> usize {
    nodes.push(node);
    nodes.len() - 1
}
