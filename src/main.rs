//! The `gainsay` program.

fn main() {}
