//! The claim graph as Graphviz DOT, as GraphML and as JSON.

use std::io::{self, Write};

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{ClaimGraph, EdgeKind, Node};
use crate::text::{is_hidden, write_json};

impl ClaimGraph<'_> {
    /// Graphviz DOT: one line per node and edge.
    pub fn write_dot(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "digraph claims {{\n  rankdir=LR;\n  node [shape=box];")?;
        for (i, node) in self.nodes().enumerate() {
            writeln!(out, "  n{i} [class=\"{}\", label=\"{}\"];", node.kind.as_str(), dot(node.label))?;
        }
        for (from, to, kind) in self.edges() {
            writeln!(out, "  n{from} -> n{to} [label=\"{}\"];", kind.as_str())?;
        }
        writeln!(out, "}}")
    }

    /// GraphML, with the keys `kind`, `key` and `label` on nodes and `kind` on edges.
    pub fn write_graphml(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        writeln!(out, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
        for (id, on, name) in
            [("kind", "node", "kind"), ("key", "node", "key"), ("label", "node", "label"), ("edge", "edge", "kind")]
        {
            writeln!(out, "<key id=\"{id}\" for=\"{on}\" attr.name=\"{name}\" attr.type=\"string\"/>")?;
        }
        writeln!(out, "<graph id=\"claims\" edgedefault=\"directed\">")?;
        for (i, node) in self.nodes().enumerate() {
            write!(out, "<node id=\"n{i}\">")?;
            for (key, value) in [("kind", node.kind.as_str()), ("key", &node.key), ("label", node.label)] {
                write!(out, "<data key=\"{key}\">{}</data>", xml(value))?;
            }
            writeln!(out, "</node>")?;
        }
        for (i, (from, to, kind)) in self.edges().enumerate() {
            let kind = kind.as_str();
            writeln!(
                out,
                "<edge id=\"e{i}\" source=\"n{from}\" target=\"n{to}\"><data key=\"edge\">{kind}</data></edge>"
            )?;
        }
        writeln!(out, "</graph>\n</graphml>")
    }

    /// One JSON object: `nodes` of `kind`, `key`, `label`, and `edges` of `from`, `to` (indices into the nodes) and
    /// `kind`.
    pub fn write_json(&self, out: &mut dyn Write) -> io::Result<()> {
        write_json(self, out)?;
        writeln!(out)
    }
}

impl Serialize for ClaimGraph<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(2))?;
        object.serialize_entry("nodes", &List(|| self.nodes().map(NodePart::from)))?;
        object.serialize_entry("edges", &List(|| self.edges().map(EdgePart::from)))?;
        object.end()
    }
}

/// A list that is written while it is made.
struct List<F>(F);

impl<F: Fn() -> I, I: Iterator<Item: Serialize>> Serialize for List<F> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}

#[derive(Serialize)]
struct NodePart<'n> {
    kind: &'static str,
    key: &'n str,
    label: &'n str,
}

impl<'n> From<&'n Node<'_>> for NodePart<'n> {
    fn from(node: &'n Node<'_>) -> Self {
        Self { kind: node.kind.as_str(), key: &node.key, label: node.label }
    }
}

#[derive(Serialize)]
struct EdgePart {
    from: usize,
    to: usize,
    kind: &'static str,
}

impl From<(usize, usize, EdgeKind)> for EdgePart {
    fn from((from, to, kind): (usize, usize, EdgeKind)) -> Self {
        Self { from, to, kind: kind.as_str() }
    }
}

/// Text inside a DOT string, on one line and without characters that steer.
fn dot(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '"' => out.extend(['\\', c]),
            '\n' | '\r' | '\t' => out.push(' '),
            _ if is_hidden(c) => {}
            _ => out.push(c),
        }
    }
    out
}

/// Text inside an XML element: markup is escaped, characters that XML 1.0 forbids or that steer are left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\r' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => {}
            _ if is_hidden(c) => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::claim::{Claim, Content};
    use crate::compare::claim_of_line;
    use crate::event::Events;
    use crate::text::Span;

    fn claims() -> [Claim; 2] {
        let mut a = claim_of_line("3 killed; by Tom & \"Jerry\" <Inc>; in A", "a").unwrap();
        a.sentence = "three\u{1} \"dead\" \\ <here>\n".into();
        a.quote = Span::new(0, a.sentence.len());
        let mut b = claim_of_line("denies; in A", "b").unwrap();
        b.content = Content::Denial { target: Some(a.id) }.into();
        [a, b]
    }

    fn text(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_node_and_edge_is_there_once() {
        let (claims, events) = (claims(), Events::default());
        let graph = ClaimGraph::of(&claims, &events);
        assert_eq!(graph.nodes().count(), 6);
        let kinds: Vec<&str> = graph.edges().map(|(.., kind)| kind.as_str()).collect();
        assert_eq!(kinds, ["published", "states", "attributed-to", "published", "states", "denies"]);
    }

    #[test]
    fn markup_in_names_and_quotes_is_escaped() {
        let (claims, events) = (claims(), Events::default());
        let graph = ClaimGraph::of(&claims, &events);
        let xml = text(|out| graph.write_graphml(out));
        assert!(xml.contains("Tom &amp; &quot;Jerry&quot; &lt;Inc&gt;"));
        assert!(!xml.contains('\u{1}'));
        assert!(text(|out| graph.write_dot(out)).contains("three \\\"dead\\\" \\\\ <here> \"];"));
        let json: serde_json::Value = serde_json::from_str(&text(|out| graph.write_json(out))).unwrap();
        assert_eq!(json["nodes"].as_array().map(Vec::len), Some(6));
        assert_eq!(json["nodes"][2]["label"], "three\u{1} \"dead\" \\ <here>\n");
    }
}
