#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| upside_fuzz::words::run(data));
