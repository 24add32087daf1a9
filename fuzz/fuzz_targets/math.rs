#![no_main]

#[allow(dead_code, reason = "a fuzzer does not enumerate")]
#[path = "../../math/tests/exact/reference/mod.rs"]
mod reference;

libfuzzer_sys::fuzz_target!(|data: &[u8]| reference::replay(data));
