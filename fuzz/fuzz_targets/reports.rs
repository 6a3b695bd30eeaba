#![no_main]

#[path = "../../tests/found/markdown.rs"]
mod markdown;
#[path = "../../tests/found/pieces.rs"]
mod pieces;
#[path = "../../tests/found/reports.rs"]
mod reports;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reports::check(data));
