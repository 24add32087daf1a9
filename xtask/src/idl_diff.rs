//! Says in words how two JSON documents differ, element by element.

use serde_json::Value;

/// One line for every place where `new` differs from `old`. Elements of a list are
/// matched by their `name` where all have one, else by their place.
pub fn differences(old: &Value, new: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk("", old, new, &mut found);
    found
}

fn walk(path: &str, old: &Value, new: &Value, found: &mut Vec<String>) {
    if old == new {
        return;
    }
    match (members(old), members(new)) {
        (Some(old), Some(new)) => {
            let before = found.len();
            for (key, value) in &old {
                let path = join(path, key);
                match new.iter().find(|(candidate, _)| candidate == key) {
                    Some((_, other)) => walk(&path, value, other, found),
                    None => found.push(format!("removed: {path}")),
                }
            }
            for (key, _) in &new {
                if !old.iter().any(|(candidate, _)| candidate == key) {
                    found.push(format!("added: {}", join(path, key)));
                }
            }
            if found.len() == before {
                found.push(format!("reordered: {path}"));
            }
        }
        _ => found.push(format!("changed: {path}: {old} is now {new}")),
    }
}

/// What a container holds, by key; `None` for a plain value.
fn members(value: &Value) -> Option<Vec<(String, &Value)>> {
    match value {
        Value::Object(map) => Some(
            map.iter()
                .map(|(key, value)| (key.clone(), value))
                .collect(),
        ),
        Value::Array(items) => {
            let named: Option<Vec<_>> = items
                .iter()
                .map(|item| Some((item.get("name")?.as_str()?.into(), item)))
                .collect();
            let by_place = || {
                items
                    .iter()
                    .enumerate()
                    .map(|(i, item)| (i.to_string(), item))
            };
            Some(named.unwrap_or_else(|| by_place().collect()))
        }
        _ => None,
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() {
        key.to_owned()
    } else {
        format!("{path}.{key}")
    }
}

#[cfg(test)]
mod tests {
    use {super::*, serde_json::json};

    #[test]
    fn names_what_was_added_removed_changed_and_moved() {
        let old =
            json!({"instructions": [{"name": "a", "args": [1]}, {"name": "b"}], "version": 1});
        let new =
            json!({"instructions": [{"name": "a", "args": [2]}, {"name": "c"}], "version": 1});
        let expected = [
            "changed: instructions.a.args.0: 1 is now 2",
            "removed: instructions.b",
            "added: instructions.c",
        ];
        assert_eq!(differences(&old, &new), expected);
        assert!(differences(&old, &old).is_empty());
        let (old, new) = (
            json!([{"name": "a"}, {"name": "b"}]),
            json!([{"name": "b"}, {"name": "a"}]),
        );
        assert_eq!(differences(&old, &new), ["reordered: "]);
    }
}
