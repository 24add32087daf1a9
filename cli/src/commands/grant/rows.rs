//! Grants in a CSV file: read, checked row by row, and recognised once they were sent.

use {
    crate::{
        error::{CliError, Result},
        values::{Decimal, When, seconds},
    },
    sha2::{Digest, Sha256},
    std::{collections::BTreeMap, fs, path::Path, str::FromStr},
    upside_sdk::{
        Pubkey,
        state::{GrantOffer, GrantTerms, MAX_OFFER, MAX_VESTING},
    },
};

/// The columns that a file may have, in the order of a row's cells.
const COLUMNS: [&str; 7] = [
    "wallet",
    "shares",
    "over",
    "cliff",
    "start",
    "revocable",
    "lasts",
];

/// A row that can be offered.
#[derive(Debug)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    /// What it offers.
    pub offer: GrantOffer,
}

/// What stands in for cells that a file leaves empty or has no column for.
pub struct Defaults<'a> {
    pub over: Option<&'a str>,
    pub cliff: &'a str,
    pub start: &'a str,
    pub revocable: bool,
    pub lasts: &'a str,
}

impl Defaults<'_> {
    fn of(&self, column: usize) -> &str {
        match column {
            2 => self.over.unwrap_or_default(),
            3 => self.cliff,
            4 => self.start,
            5 if self.revocable => "yes",
            5 => "no",
            6 => self.lasts,
            _ => "",
        }
    }
}

/// Every row of a file, or every error in it with its line.
pub fn read(path: &Path, defaults: &Defaults, now: i64) -> Result<Vec<Row>> {
    let text = fs::read_to_string(path).map_err(|source| CliError::File {
        path: path.to_path_buf(),
        source,
    })?;
    let label = path.file_name().unwrap_or_default().to_string_lossy();
    parse(&text, &label, defaults, now).map_err(|errors| CliError::in_file(path.display(), errors))
}

fn parse(
    text: &str,
    label: &str,
    defaults: &Defaults,
    now: i64,
) -> std::result::Result<Vec<Row>, Vec<String>> {
    let mut lines = upside_view::read_csv(text)
        .map_err(|error| vec![error])?
        .into_iter();
    let known = || format!("the columns are {}", COLUMNS.join(", "));
    let Some((_, header)) = lines.next() else {
        return Err(vec![format!("the file is empty: {}", known())]);
    };
    let places = columns(&header).map_err(|error| vec![format!("line 1: {error}; {}", known())])?;
    let (mut rows, mut errors, mut seen) = (Vec::new(), Vec::new(), BTreeMap::new());
    for (line, cells) in lines {
        if cells.len() != header.len() {
            errors.push(format!(
                "line {line}: {} cells, but the header has {}",
                cells.len(),
                header.len()
            ));
            continue;
        }
        let mut filled = [""; COLUMNS.len()];
        for (column, cell) in filled.iter_mut().enumerate() {
            let given = places[column].and_then(|place| cells.get(place));
            let given = given.map_or("", |given| given.trim());
            *cell = if given.is_empty() {
                defaults.of(column)
            } else {
                given
            };
        }
        match offer(&filled, label, now) {
            Err(error) => errors.push(format!("line {line}: {error}")),
            Ok(offer) => match seen.insert(offer.reference, line) {
                Some(first) => errors.push(format!(
                    "line {line}: the same as line {first}: make it one row with the sum"
                )),
                None => rows.push(Row { line, offer }),
            },
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    if rows.is_empty() {
        return Err(vec!["the file has no rows below its header".to_string()]);
    }
    Ok(rows)
}

/// Where each column is in the file.
fn columns(header: &[String]) -> std::result::Result<[Option<usize>; COLUMNS.len()], String> {
    let mut places = [None; COLUMNS.len()];
    for (place, name) in header.iter().enumerate() {
        let name = name.trim().to_lowercase();
        let column = COLUMNS.iter().position(|column| *column == name);
        let column = column.ok_or_else(|| format!("there is no column {name:?}"))?;
        if places[column].replace(place).is_some() {
            return Err(format!("the column {name:?} is there twice"));
        }
    }
    for needed in [0, 1] {
        if places[needed].is_none() {
            return Err(format!("the column {:?} is missing", COLUMNS[needed]));
        }
    }
    Ok(places)
}

/// What a row's cells offer. Its reference is the start of the hash of the file's name and
/// the cells, so that the same row is recognised in another run.
fn offer(
    cells: &[&str; COLUMNS.len()],
    label: &str,
    now: i64,
) -> std::result::Result<GrantOffer, String> {
    let [wallet, shares, over, cliff, start, revocable, lasts] = *cells;
    let of = |column: &str, error: String| format!("{column}: {error}");
    let beneficiary = Pubkey::from_str(wallet)
        .map_err(|_| of("wallet", format!("{wallet:?} is no address of a wallet")))?;
    let shares = Decimal::from_str(shares)
        .map_err(|error| of("shares", error.to_string()))?
        .shares()
        .map_err(|error| of("shares", error.to_string()))?;
    if over.is_empty() {
        return Err("over: no span, and --over gives none".to_string());
    }
    let terms = GrantTerms {
        shares: shares.0,
        start: When::from_str(start)
            .map_err(|error| of("start", error))?
            .at(now),
        cliff_seconds: seconds(cliff).map_err(|error| of("cliff", error))?,
        duration_seconds: seconds(over).map_err(|error| of("over", error))?,
        revocable: match revocable.to_lowercase().as_str() {
            "yes" | "true" | "1" => true,
            "no" | "false" | "0" => false,
            _ => return Err(format!("revocable: {revocable:?} is neither yes nor no")),
        },
    };
    let lasts = seconds(lasts).map_err(|error| of("lasts", error))?;
    let hash = Sha256::digest([label, &cells.join("\u{1f}")].join("\u{1e}").as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash[..8]);
    let offer = GrantOffer {
        beneficiary,
        terms,
        expires_at: now.saturating_add(i64::from(lasts)),
        reference: u64::from_le_bytes(first).max(1),
    };
    explain(&offer, now)?;
    Ok(offer)
}

/// Says what of an offer is impossible, where the program would only say that something is.
pub fn explain(offer: &GrantOffer, now: i64) -> std::result::Result<(), String> {
    let terms = &offer.terms;
    let (years, longest) = ("ten years", i64::from(MAX_VESTING));
    let end = terms
        .start
        .saturating_add(i64::from(terms.duration_seconds));
    let wrong = if terms.shares == 0 {
        "shares: none are offered".to_string()
    } else if terms.duration_seconds == 0 || terms.duration_seconds > MAX_VESTING {
        format!("over: above zero and at most {years}")
    } else if terms.cliff_seconds > terms.duration_seconds {
        "cliff: it is longer than the whole vesting".to_string()
    } else if terms.start < now.saturating_sub(longest) {
        format!("start: more than {years} ago")
    } else if end > now.saturating_add(longest) {
        format!("start: vesting would end more than {years} from now")
    } else if offer.expires_at <= now {
        "lasts: the offer would be over at once".to_string()
    } else if offer.expires_at > now.saturating_add(MAX_OFFER) {
        "lasts: an offer lasts at most 30 days".to_string()
    } else if offer.beneficiary == Pubkey::default() {
        "wallet: nobody has the key of this address".to_string()
    } else {
        return Ok(());
    };
    Err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;
    const DEFAULTS: Defaults = Defaults {
        over: None,
        cliff: "0s",
        start: "now",
        revocable: false,
        lasts: "14d",
    };
    const BOB: &str = "11111111111111111111111111111112";
    const EVE: &str = "11111111111111111111111111111113";

    fn errors(text: &str) -> Vec<String> {
        parse(text, "team.csv", &DEFAULTS, NOW).unwrap_err()
    }

    #[test]
    fn rows_become_offers() {
        let text = format!(
            "\u{feff}Shares,wallet,over,cliff,start,revocable\r\n\
             \"1000.5\",{BOB},365d,30d,2027-02-01,yes\r\n\r\n200,{EVE},1d,,,\r\n"
        );
        let rows = parse(&text, "team.csv", &DEFAULTS, NOW).unwrap();
        assert_eq!(rows.len(), 2);
        let (first, second) = (&rows[0], &rows[1]);
        assert_eq!((first.line, second.line), (2, 4));
        assert_eq!(first.offer.terms.shares, 1_000_500_000);
        assert_eq!(first.offer.terms.cliff_seconds, 30 * 86_400);
        assert!(first.offer.terms.revocable && !second.offer.terms.revocable);
        assert_eq!(second.offer.terms.start, NOW);
        assert_eq!(second.offer.expires_at, NOW + 14 * 86_400);
        assert_ne!(first.offer.reference, second.offer.reference);
        // Another time, the same row.
        let again = parse(&text, "team.csv", &DEFAULTS, NOW + 99).unwrap();
        assert_eq!(again[1].offer.reference, second.offer.reference);
        let other = parse(&text, "march.csv", &DEFAULTS, NOW).unwrap();
        assert_ne!(other[1].offer.reference, second.offer.reference);
    }

    #[test]
    fn every_bad_row_is_named() {
        let text = format!(
            "wallet,shares,over\nnobody,1,1d\n{BOB},x,1d\n{BOB},1,\n{BOB},1,1d,2\n\
             {BOB},0,1d\n{BOB},1,4000d\n{EVE},5,1d\n{EVE},5,1d\n"
        );
        let found = errors(&text);
        let begins = [
            "line 2: wallet",
            "line 3: shares",
            "line 4: over",
            "line 5: 4 cells",
            "line 6: shares: none",
            "line 7: over",
            "line 9: the same as line 8",
        ];
        assert_eq!(found.len(), begins.len(), "{found:?}");
        for (error, begin) in found.iter().zip(begins) {
            assert!(error.starts_with(begin), "{error}");
        }
    }

    #[test]
    fn headers_are_checked() {
        for (text, part) in [
            ("", "empty"),
            ("wallet,shares\n", "no rows"),
            ("wallet\n", "\"shares\" is missing"),
            ("wallet,shares,x\n", "no column \"x\""),
            ("wallet,shares,wallet\n", "twice"),
            ("wallet,\"shares\n", "never closed"),
        ] {
            let found = errors(text);
            assert!(found[0].contains(part), "{found:?}");
        }
    }
}
