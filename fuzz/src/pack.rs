//! A corpus in one file, `fuzz/corpus/TARGET.pack`: of each input, in the order of names, a
//! line with its name, a space and its length in bytes, then the bytes and a newline.

/// A name and what a target reads.
pub type Input = (String, Vec<u8>);

/// The inputs of a packed corpus.
///
/// # Errors
/// If the file is cut off or damaged.
pub fn read(mut pack: &[u8]) -> Result<Vec<Input>, String> {
    let mut inputs = Vec::new();
    while !pack.is_empty() {
        let input = first(pack).ok_or_else(|| format!("input {} is damaged", inputs.len()))?;
        let (name, bytes, rest) = input;
        inputs.push((name.to_owned(), bytes.to_vec()));
        pack = rest;
    }
    Ok(inputs)
}

/// The first input of a pack, and the rest.
fn first(pack: &[u8]) -> Option<(&str, &[u8], &[u8])> {
    let end = pack.iter().position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(pack.get(..end)?).ok()?;
    let (name, length) = line.rsplit_once(' ')?;
    let start = end.checked_add(1)?;
    let stop = start.checked_add(length.parse().ok()?)?;
    let rest = pack.get(stop..)?.strip_prefix(b"\n")?;
    Some((name, pack.get(start..stop)?, rest))
}

/// The pack of some inputs.
pub fn write(mut inputs: Vec<Input>) -> Vec<u8> {
    inputs.sort();
    let mut pack = Vec::new();
    for (name, bytes) in inputs {
        pack.extend_from_slice(format!("{name} {}\n", bytes.len()).as_bytes());
        pack.extend_from_slice(&bytes);
        pack.push(b'\n');
    }
    pack
}
