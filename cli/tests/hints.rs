//! Every command that a text suggests is one that the command tree parses: hints of errors,
//! rows that name the next step, notes, and the examples of every help.

use {
    solana_keypair::{Keypair, write_keypair_file},
    std::{collections::BTreeSet, fs, path::Path},
};

const KEY: &str = "So11111111111111111111111111111111111111112";

const SIGNATURE: &str = "1111111111111111111111111111111111111111111111111111111111111111";

/// What stands for a value in a hint, and a value. A key is good for every query, too.
const SAMPLES: [(&str, &str); 33] = [
    ("ACCOUNT", KEY),
    ("AMOUNT", "10"),
    ("CLAIM", "0"),
    ("FROM", KEY),
    ("GRANT", "0"),
    ("GROSS", "100"),
    ("HIGH", "24"),
    ("INDEX", KEY),
    ("KEY", KEY),
    ("LOW", "20"),
    ("MINT", KEY),
    ("MONTH", "2027-01"),
    ("N", "1"),
    ("NAME", "Ada"),
    ("NONCE", KEY),
    ("NUMBER", "0"),
    ("PERCENT", "5"),
    ("POLL", "0"),
    ("PRICE", "0.10"),
    ("PRODUCT", "ADA/0"),
    ("PUBKEY", KEY),
    ("ROUND", "0"),
    ("SHARES", "100"),
    ("SIGNATURE", SIGNATURE),
    ("SYMBOL", "ADA"),
    ("TABLE", KEY),
    ("TO", KEY),
    ("TOKEN", KEY),
    ("TOKEN_OR_MINT", KEY),
    ("URL", "https://ada.example/ada.json"),
    ("USDC_MINT", KEY),
    ("WALLET", KEY),
    ("WHAT", KEY),
];

/// What a value in braces may be.
const FORMATTED: [&str; 5] = [KEY, "0", "ADA", SIGNATURE, ""];

/// What stands in the quotes of a source, outside of comments.
fn literals(source: &str) -> Vec<String> {
    let (mut found, mut rest) = (Vec::new(), source);
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("'\"'") {
            3
        } else if first == '"' {
            let (text, length) = literal(rest);
            found.push(text);
            length
        } else {
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    found
}

/// A literal's text and its length in the source.
fn literal(source: &str) -> (String, usize) {
    let (mut text, mut chars) = (String::new(), source.char_indices().skip(1).peekable());
    while let Some((place, c)) = chars.next() {
        match c {
            '"' => return (text, place + 1),
            '\\' => match chars.next() {
                // A line that goes on.
                Some((_, '\n')) => while chars.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                Some((_, 'n')) => text.push('\n'),
                Some((_, c)) => text.push(c),
                None => {}
            },
            c => text.push(c),
        }
    }
    (text, source.len())
}

/// The commands that a text suggests: they stand in backticks.
fn suggested(text: &str) -> Vec<String> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter(|text| text.starts_with("upside "))
        .map(str::to_string)
        .collect()
}

/// The words of a command line, as a shell takes them apart.
fn words(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted) = (Vec::new(), None, false);
    for c in line.chars() {
        match c {
            '"' => {
                quoted = !quoted;
                word.get_or_insert_with(String::new);
            }
            c if c.is_whitespace() && !quoted => words.extend(word.take()),
            c => word.get_or_insert_with(String::new).push(c),
        }
    }
    words.extend(word);
    words
}

/// A word with values in the places of their names: `WHAT=AMOUNT@LOW..HIGH`.
fn filled(word: &str) -> String {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let (mut text, mut rest) = (String::new(), word);
    while !rest.is_empty() {
        let length = rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        let (name, after) = rest.split_at(length);
        let sample = SAMPLES.iter().find(|(known, _)| *known == name);
        text.push_str(sample.map_or(name, |(_, value)| value));
        let other = after.find(is_name).unwrap_or(after.len());
        text.push_str(&after[..other]);
        rest = &after[other..];
    }
    text
}

/// Every way to put values in the places of braces.
fn formatted(line: &str) -> Vec<String> {
    let Some((before, rest)) = line.split_once('{') else {
        return vec![line.to_string()];
    };
    let (_, after) = rest.split_once('}').unwrap();
    let ends = formatted(after);
    let each = FORMATTED.iter().flat_map(|value| {
        let join = move |end: &String| format!("{before}{value}{end}");
        ends.iter().map(join).collect::<Vec<_>>()
    });
    each.collect()
}

/// Why no way to fill a command line in is a command; `None` if one is.
fn refused(line: &str, file: &str, tree: &clap::Command) -> Option<String> {
    let mut why = None;
    for line in formatted(line) {
        let words = words(&line).into_iter().map(|word| match word.as_str() {
            "FILE" | "KEYPAIR" => file.to_string(),
            // A hash, and a key, that an example cuts short.
            "b2c64f…" => "b2".repeat(32),
            word if word.contains('…') => with_keys(word),
            word if is_file(word) => file.to_string(),
            word if word.contains(".json=") => {
                let (_, portion) = word.split_once('=').unwrap();
                format!("{file}={portion}")
            }
            word => filled(word),
        });
        match tree.clone().try_get_matches_from(words) {
            Ok(_) => return None,
            Err(error) if !error.use_stderr() => return None,
            Err(error) => why = Some(error.to_string()),
        }
    }
    why
}

/// A word with a key in the place of a key that is cut short: `7kbn…=60%`.
fn with_keys(word: &str) -> String {
    let parts = word.split_inclusive('…').map(|part| {
        let Some(cut) = part.strip_suffix('…') else {
            return part.to_string();
        };
        let start = cut
            .rfind(|c: char| !c.is_alphanumeric())
            .map_or(0, |at| at + 1);
        format!("{}{KEY}", &cut[..start])
    });
    parts.collect()
}

/// Whether a word is a file that has to exist: a keypair, or evidence.
fn is_file(word: &str) -> bool {
    let ends = [".json", ".pdf"].iter().any(|end| word.ends_with(end));
    ends && !word.contains("://")
}

fn sources(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(fs::read_to_string(&path).unwrap());
        }
    }
}

/// The examples of a command's help: lines that begin with the program's name. What comes
/// behind a gap is a remark, and what comes behind the shell's own signs is the shell's.
fn examples(command: &clap::Command, found: &mut BTreeSet<String>) {
    let after = command.get_after_help().map(ToString::to_string);
    let after = after.unwrap_or_default();
    let whole = after.split("\\\n").map(str::trim).collect::<Vec<_>>();
    let after = whole.join(" ");
    for line in after.lines() {
        let line = line.trim_start();
        let line = match line.split_once("upside ") {
            Some((variables, rest))
                if variables
                    .split(' ')
                    .all(|it| it.is_empty() || it.contains('=')) =>
            {
                format!("upside {rest}")
            }
            _ => continue,
        };
        let ends = ["   ", " > ", " && ", " | "];
        let end = ends.iter().filter_map(|end| line.find(end)).min();
        found.insert(line[..end.unwrap_or(line.len())].to_string());
    }
    for verb in command.get_subcommands() {
        examples(verb, found);
    }
}

fn check(lines: &BTreeSet<String>) {
    let folder = tempfile::tempdir().unwrap();
    let keypair = folder.path().join("id.json");
    write_keypair_file(&Keypair::new(), &keypair).unwrap();
    let keypair = keypair.to_str().unwrap();
    let tree = upside_cli::fuzzing::command_tree();
    let refused: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let why = refused(line, keypair, &tree)?;
            let why = why.lines().take(3).collect::<Vec<_>>().join(" ");
            Some(format!("{line}\n    {why}"))
        })
        .collect();
    assert!(
        refused.is_empty(),
        "{} of {}:\n{}",
        refused.len(),
        lines.len(),
        refused.join("\n")
    );
}

#[test]
fn every_suggested_command_parses() {
    let mut files = Vec::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut files,
    );
    let texts = files.iter().flat_map(|source| literals(source));
    let lines: BTreeSet<String> = texts.flat_map(|text| suggested(&text)).collect();
    assert!(lines.len() > 100, "{}", lines.len());
    check(&lines);
}

#[test]
fn every_example_parses() {
    let mut lines = BTreeSet::new();
    examples(&upside_cli::fuzzing::command_tree(), &mut lines);
    assert!(lines.len() > 200, "{}", lines.len());
    check(&lines);
}

#[test]
fn names_of_values_are_filled_in() {
    assert_eq!(filled("WHAT=AMOUNT@LOW..HIGH"), format!("{KEY}=10@20..24"));
    assert_eq!(filled("--target"), "--target");
    assert_eq!(formatted("a {} b {x}").len(), 25);
    assert_eq!(words("a \"b c\"  d \"\""), ["a", "b c", "d", ""]);
    assert_eq!(with_keys("7kbn…=60%"), format!("{KEY}=60%"));
    let source = "// \"no\"\nf(\"see \\\n   `upside x {}`, or `ls`\", '\"')";
    assert_eq!(literals(source), ["see `upside x {}`, or `ls`"]);
    assert_eq!(suggested(&literals(source)[0]), ["upside x {}"]);
}
