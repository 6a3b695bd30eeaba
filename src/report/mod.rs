//! Output: claims, findings, tallies, graph and report as bytes.
