//! The claim graph as Graphviz DOT, as GraphML and as JSON.

use std::fmt::Write;

use super::ClaimGraph;

impl ClaimGraph {
    /// Graphviz DOT: one line per node and edge.
    pub fn to_dot(&self) -> String {
        let mut out = String::from("digraph claims {\n  rankdir=LR;\n  node [shape=box];\n");
        for (i, node) in self.nodes().enumerate() {
            let _ = writeln!(out, "  n{i} [class=\"{}\", label=\"{}\"];", node.kind.as_str(), dot(&node.label));
        }
        for (from, to, kind) in self.edges() {
            let _ = writeln!(out, "  n{from} -> n{to} [label=\"{}\"];", kind.as_str());
        }
        out.push_str("}\n");
        out
    }

    /// GraphML, with the keys `kind`, `key` and `label` on nodes and `kind` on edges.
    pub fn to_graphml(&self) -> String {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        for (id, on, name) in
            [("kind", "node", "kind"), ("key", "node", "key"), ("label", "node", "label"), ("edge", "edge", "kind")]
        {
            let _ = writeln!(out, "<key id=\"{id}\" for=\"{on}\" attr.name=\"{name}\" attr.type=\"string\"/>");
        }
        out.push_str("<graph id=\"claims\" edgedefault=\"directed\">\n");
        for (i, node) in self.nodes().enumerate() {
            let data = |key: &str, value: &str| format!("<data key=\"{key}\">{}</data>", xml(value));
            let (kind, key, label) =
                (data("kind", node.kind.as_str()), data("key", &node.key), data("label", &node.label));
            let _ = writeln!(out, "<node id=\"n{i}\">{kind}{key}{label}</node>");
        }
        for (i, (from, to, kind)) in self.edges().enumerate() {
            let kind = kind.as_str();
            let _ = writeln!(
                out,
                "<edge id=\"e{i}\" source=\"n{from}\" target=\"n{to}\"><data key=\"edge\">{kind}</data></edge>"
            );
        }
        out.push_str("</graph>\n</graphml>\n");
        out
    }

    /// JSON: `nodes` of `kind`, `key`, `label`, and `edges` of `from`, `to` (indices into the nodes) and `kind`.
    pub fn to_json(&self) -> serde_json::Value {
        let nodes: Vec<_> = self
            .nodes()
            .map(|node| serde_json::json!({ "kind": node.kind.as_str(), "key": node.key, "label": node.label }))
            .collect();
        let edges: Vec<_> = self
            .edges()
            .map(|(from, to, kind)| serde_json::json!({ "from": from, "to": to, "kind": kind.as_str() }))
            .collect();
        serde_json::json!({ "nodes": nodes, "edges": edges })
    }
}

/// Text inside a DOT string.
fn dot(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}

/// Text inside an XML element: markup is escaped, characters that XML 1.0 forbids are left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::claim_of_line;
    use crate::event::Events;

    fn graph() -> ClaimGraph {
        let mut a = claim_of_line("3 killed; by Tom & \"Jerry\" <Inc>; in A", "a").unwrap();
        a.quote = "three\u{1} \"dead\" \\ <here>\n".into();
        let mut b = claim_of_line("denies; in A", "b").unwrap();
        b.content = crate::claim::Content::Denial { target: Some(a.id) };
        ClaimGraph::of(&[a, b], &Events { events: Vec::new(), of: vec![None, None] })
    }

    #[test]
    fn every_node_and_edge_is_there_once() {
        let graph = graph();
        assert_eq!(graph.nodes().count(), 6);
        let kinds: Vec<&str> = graph.edges().map(|(.., kind)| kind.as_str()).collect();
        assert_eq!(kinds, ["published", "states", "attributed-to", "published", "states", "denies"]);
    }

    #[test]
    fn markup_in_names_and_quotes_is_escaped() {
        let graph = graph();
        let xml = graph.to_graphml();
        assert!(xml.contains("Tom &amp; &quot;Jerry&quot; &lt;Inc&gt;"));
        assert!(!xml.contains('\u{1}'));
        assert!(graph.to_dot().contains("three\u{1} \\\"dead\\\" \\\\ <here> "));
        assert_eq!(graph.to_json()["nodes"].as_array().map(Vec::len), Some(6));
    }
}
