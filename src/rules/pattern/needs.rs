//! What a pattern needs before it can match, and what it asks for at all.

use super::Node;
use crate::rules::symbol::SymbolSet;

/// Most sets of needs kept for a node; fewer only let more sentences through.
const MOST_NEEDS: usize = 6;

/// Sets of which every match of the node holds a member each, the smallest first.
pub(super) fn needs(node: &Node) -> Vec<SymbolSet> {
    let mut set = SymbolSet::default();
    match node {
        Node::Symbol(symbol, _) => set.insert(*symbol),
        Node::Words(words) => words.iter().for_each(|word| set.insert_word(*word)),
        Node::Seq(all) => return thinned(all.iter().flat_map(needs).collect()),
        Node::Alt(all) => return all.iter().map(needs).reduce(|a, b| either(&a, &b)).unwrap_or_default(),
        Node::Repeat(inner, low, ..) if *low > 0 => return needs(inner),
        Node::Capture(_, inner) | Node::Look(true, inner) => return needs(inner),
        _ => return Vec::new(),
    }
    vec![set]
}

/// The needs of two alternatives: a member of one of `a`'s sets and of one of `b`'s, for each two of them.
fn either(a: &[SymbolSet], b: &[SymbolSet]) -> Vec<SymbolSet> {
    let joined = |x: &SymbolSet, y: &SymbolSet| {
        let mut both = *x;
        both.extend(y);
        both
    };
    thinned(a.iter().flat_map(|x| b.iter().map(move |y| joined(x, y))).collect())
}

/// Without the sets that follow from a smaller one.
fn thinned(mut all: Vec<SymbolSet>) -> Vec<SymbolSet> {
    all.sort_by_key(SymbolSet::len);
    let mut out: Vec<SymbolSet> = Vec::new();
    for set in all {
        if out.len() < MOST_NEEDS && !out.iter().any(|smaller| set.holds(smaller)) {
            out.push(set);
        }
    }
    out
}

/// Adds every symbol that the node asks for, looking ahead included.
pub(super) fn reads(node: &Node, out: &mut SymbolSet) {
    match node {
        Node::Symbol(symbol, _) => out.insert(*symbol),
        Node::Seq(all) | Node::Alt(all) => all.iter().for_each(|node| reads(node, out)),
        Node::Repeat(inner, ..) | Node::Capture(_, inner) | Node::Look(_, inner) => reads(inner, out),
        Node::Words(_) | Node::Any | Node::Start | Node::End => {}
    }
}
