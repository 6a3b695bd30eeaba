//! The claim graph: outlets, documents, speakers, events and claims as nodes, with typed edges.
