#![no_main]

#[path = "../../tests/found/intervals.rs"]
mod intervals;

libfuzzer_sys::fuzz_target!(|data: &[u8]| intervals::check(data));
