//! Files that import each other in a circle cannot be understood one at a time. The layers
//! of the crate are: values and style; flags, errors and output; texts and pages; context;
//! sending; selecting; commands; the command tree.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

/// Files in the largest circle that is allowed.
const MOST: usize = 3;

/// A module by its names from the crate's root.
type Module = Vec<String>;
type Graph = BTreeMap<Module, BTreeSet<Module>>;

/// Every module that has a file, with the source.
fn sources(folder: &Path, at: &[String], found: &mut BTreeMap<Module, String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_string();
        if path.is_dir() && name != "bin" {
            sources(&path, &[at, &[name]].concat(), found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let own = match name.as_str() {
                "mod" | "lib" => at.to_vec(),
                _ => [at, &[name]].concat(),
            };
            found.insert(own, fs::read_to_string(&path).unwrap());
        }
    }
}

/// Names, `::` and single marks, without comments and without what stands in quotes.
fn tokens(source: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        let name = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        let hashes = rest
            .get(1..)
            .map_or(0, |after| after.len() - after.trim_start_matches('#').len());
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if first == 'r' && rest[1 + hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let body = 2 + hashes;
            body + rest[body..].find(&end).unwrap() + end.len()
        } else if first == '"' {
            quoted(rest, '"')
        } else if first == '\'' && is_char(rest) {
            quoted(rest, '\'')
        } else if rest.starts_with("::") {
            tokens.push("::".to_string());
            2
        } else if name > 0 {
            tokens.push(rest[..name].to_string());
            name
        } else {
            if !first.is_whitespace() {
                tokens.push(first.to_string());
            }
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    tokens
}

/// Whether a quote begins a character, and not a lifetime.
fn is_char(text: &str) -> bool {
    let mut chars = text.chars().skip(1);
    matches!(
        (chars.next(), chars.next()),
        (Some('\\'), _) | (_, Some('\''))
    )
}

/// Length of what stands in quotes, with them.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (place, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return place + 1,
            _ => {}
        }
    }
    text.len()
}

/// The paths of a `use` tree that starts at `place`. Returns the place behind it.
fn tree(tokens: &[String], mut place: usize, before: &[String], paths: &mut Vec<Module>) -> usize {
    let mut path = before.to_vec();
    loop {
        match tokens[place].as_str() {
            "{" => {
                place += 1;
                while tokens[place] != "}" {
                    place = tree(tokens, place, &path, paths);
                    if tokens[place] == "," {
                        place += 1;
                    }
                }
                return place + 1;
            }
            "," | "}" | ";" => {
                paths.push(path);
                return place;
            }
            "as" => place += 2,
            "::" => place += 1,
            name => {
                path.push(name.to_string());
                place += 1;
            }
        }
    }
}

/// Every path in a file, with the module it is written in: a module within the file counts
/// for `super`.
fn paths(own: &Module, source: &str) -> Vec<(Module, Module)> {
    let tokens = tokens(source);
    let at = |place: usize| tokens.get(place).map_or("", String::as_str);
    let is_name = |text: &str| text.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let (mut here, mut inner, mut depth) = (own.clone(), Vec::new(), 0);
    let (mut found, mut place) = (Vec::new(), 0);
    while place < tokens.len() {
        match at(place) {
            "use" => {
                let mut used = Vec::new();
                place = tree(&tokens, place + 1, &[], &mut used);
                found.extend(used.into_iter().map(|path| (here.clone(), path)));
            }
            "mod" if at(place + 2) == "{" => {
                here.push(at(place + 1).to_string());
                inner.push(depth);
                depth += 1;
                place += 3;
            }
            "{" => (depth, place) = (depth + 1, place + 1),
            "}" => {
                (depth, place) = (depth - 1, place + 1);
                if inner.last() == Some(&depth) {
                    inner.pop();
                    here.pop();
                }
            }
            name if is_name(name) && at(place + 1) == "::" => {
                let mut path = vec![name.to_string()];
                place += 1;
                while at(place) == "::" && is_name(at(place + 1)) {
                    path.push(at(place + 1).to_string());
                    place += 2;
                }
                found.push((here.clone(), path));
            }
            _ => place += 1,
        }
    }
    found
}

/// The module whose file a path leads to; `None` if it leaves the crate.
fn target(here: &Module, path: &[String], files: &BTreeMap<Module, String>) -> Option<Module> {
    let mut base = here.clone();
    let mut path = path;
    match path.first()?.as_str() {
        "crate" => (base, path) = (Vec::new(), &path[1..]),
        "self" | "super" => {
            while let Some(("self" | "super", rest)) =
                path.split_first().map(|(name, rest)| (name.as_str(), rest))
            {
                if path[0] == "super" {
                    base.pop();
                }
                path = rest;
            }
        }
        child => {
            let child = [here.as_slice(), &[child.to_string()]].concat();
            files.contains_key(&child).then_some(())?;
        }
    }
    let mut module = [base.as_slice(), path].concat();
    while !files.contains_key(&module) {
        module.pop();
    }
    Some(module)
}

/// What each file imports of the others. A `mod` is no import: a parent has to declare its
/// children.
fn graph(files: &BTreeMap<Module, String>) -> Graph {
    let imports = |(own, source): (&Module, &String)| {
        let paths = paths(own, source).into_iter();
        let targets = paths.filter_map(|(here, path)| target(&here, &path, files));
        (
            own.clone(),
            targets.filter(|target| target != own).collect(),
        )
    };
    files.iter().map(imports).collect()
}

fn reachable(from: &Module, graph: &Graph) -> BTreeSet<Module> {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        for target in &graph[module] {
            if seen.insert(target.clone()) {
                next.push(target);
            }
        }
    }
    seen
}

/// Files that all reach each other, largest circle first.
fn circles(graph: &Graph) -> Vec<BTreeSet<Module>> {
    let reach: BTreeMap<&Module, BTreeSet<Module>> = graph
        .keys()
        .map(|module| (module, reachable(module, graph)))
        .collect();
    let circle = |(module, reached): (&&Module, &BTreeSet<Module>)| {
        let back = reached
            .iter()
            .filter(|other| reach[other].contains(*module));
        back.cloned().collect::<BTreeSet<_>>()
    };
    let found: BTreeSet<_> = reach.iter().map(circle).filter(|it| it.len() > 1).collect();
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    found
}

fn crate_graph() -> Graph {
    let mut files = BTreeMap::new();
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    sources(&src, &[], &mut files);
    graph(&files)
}

#[test]
fn no_circle_of_imports_has_more_than_three_files() {
    for circle in circles(&crate_graph()) {
        let names: Vec<String> = circle.iter().map(|module| module.join("::")).collect();
        assert!(
            circle.len() <= MOST,
            "{} files import each other: {}. What they share belongs in a file below them",
            names.len(),
            names.join(", ")
        );
    }
}

#[test]
fn lower_layers_do_not_import_commands() {
    let upper = ["commands", "command", "demo", "fuzzing"];
    let is_upper = |module: &Module| module.first().is_none_or(|it| upper.contains(&it.as_str()));
    for (module, targets) in crate_graph() {
        if is_upper(&module) {
            continue;
        }
        for target in targets {
            let below = !is_upper(&target);
            assert!(below, "{} imports {}", module.join("::"), target.join("::"));
        }
    }
}

#[test]
fn every_way_of_importing_is_seen() {
    let file = |path: &str, source: &str| {
        let module: Module = path.split("::").map(str::to_string).collect();
        (module, source.to_string())
    };
    let files = BTreeMap::from([
        file("a", "use {crate::{b::{self, X}, c as d}, std::fmt};"),
        file(
            "b",
            "mod c; /* */ fn f() { \"crate::a\"; 'c'; let x: &'static str = r#\"crate::a\"#; }",
        ),
        file(
            "b::c",
            "mod tests { use super::super::Y; // crate::a\n } fn f() -> crate::a::Z { '\"' }",
        ),
        file("c", "pub use self::f; fn f() { super::a::g() }"),
    ]);
    let graph = graph(&files);
    let imports = |of: &str| {
        let of: Module = of.split("::").map(str::to_string).collect();
        let names: Vec<String> = graph[&of].iter().map(|it| it.join("::")).collect();
        names.join(" ")
    };
    assert_eq!(imports("a"), "b c");
    assert_eq!(imports("b"), "");
    assert_eq!(imports("b::c"), "a b");
    assert_eq!(imports("c"), "a");
    assert_eq!(circles(&graph).len(), 1);
    assert_eq!(circles(&graph)[0].len(), 2);
}
