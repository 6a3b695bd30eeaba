#![no_main]

#[path = "../../tests/found/pieces.rs"]
mod pieces;
#[path = "../../tests/found/findings.rs"]
mod findings;

libfuzzer_sys::fuzz_target!(|data: &[u8]| findings::check(data));
