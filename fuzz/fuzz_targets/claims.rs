#![no_main]

#[path = "../../tests/found/pieces.rs"]
mod pieces;
#[path = "../../tests/found/claims.rs"]
mod claims;

libfuzzer_sys::fuzz_target!(|data: &[u8]| claims::check(data));
