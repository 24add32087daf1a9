//! Cap tables in files: a spreadsheet, or a folder in the Open Cap Table Format.

use {
    crate::error::{CliError, Result},
    md5::{Digest, Md5},
    serde_json::Value,
    std::{
        collections::BTreeMap,
        fs,
        path::{Component, Path},
        str::FromStr,
    },
    upside_math::SHARE_DECIMALS,
    upside_sdk::{Atoms, Pubkey, Shares, amount, hex::hex},
};

/// Decimals of the format's prices.
const PRICE_DECIMALS: u8 = 10;
const COLUMNS: &str = "the columns are wallet, shares and paid (or cost)";

/// A holder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Where it stands in the file.
    pub place: String,
    /// Whose shares.
    pub wallet: Pubkey,
    /// How many.
    pub shares: Shares,
    /// What was paid for them.
    pub paid: Atoms,
}

/// A cap table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// Holders, each once.
    pub rows: Vec<Row>,
    /// What is nobody's.
    pub left_out: Vec<String>,
}

/// Reads a table whose amounts paid have so many decimals. `wallets` names the wallets of
/// stakeholders.
///
/// # Errors
/// `Usage` with every error in it; `File`.
pub fn read(path: &Path, wallets: Option<&Path>, decimals: u8) -> Result<Table> {
    let table = if path.is_dir() {
        let known = wallets.map(named_wallets).transpose()?;
        ocf(path, &known.unwrap_or_default(), decimals)?
    } else {
        sheet(&text(path)?, decimals)?
    };
    if table.rows.is_empty() {
        return Err(wrong("it has no holder with shares"));
    }
    Ok(table)
}

/// What is wrong with a table: nothing of it is sent.
fn wrong(error: impl Into<String>) -> CliError {
    CliError::in_file("the cap table", vec![error.into()])
}

/// Rejects a table with errors.
pub fn require_none(errors: Vec<String>) -> Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    Err(CliError::in_file("the cap table", errors))
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|source| CliError::File {
        path: path.to_path_buf(),
        source,
    })
}

/// The place of the first column that has one of these names, or one and a currency.
fn column(header: &[String], names: &[&str]) -> Option<usize> {
    let fits = |cell: &String| {
        let cell = cell.trim().to_lowercase();
        let first = cell.split(' ').next().unwrap_or_default();
        names.contains(&first)
    };
    header.iter().position(fits)
}

fn sheet(text: &str, decimals: u8) -> Result<Table> {
    let mut lines = upside_view::read_csv(text).map_err(wrong)?.into_iter();
    let header = lines.next().map(|(_, header)| header).unwrap_or_default();
    let places = (column(&header, &["wallet"]), column(&header, &["shares"]));
    let (Some(wallet), Some(shares)) = places else {
        return Err(wrong(format!("line 1: {COLUMNS}")));
    };
    let paid = column(&header, &["paid", "cost"]);
    let (mut table, mut errors, mut seen) = (Table::default(), Vec::new(), BTreeMap::new());
    for (line, cells) in lines {
        let cell = |place: usize| cells.get(place).map_or("", |cell| cell.trim());
        let paid = paid.map_or("0", cell);
        match row(line, [cell(wallet), cell(shares), paid], decimals) {
            Err(error) => errors.push(format!("line {line}: {error}")),
            // An account without shares.
            Ok(row) if row.shares.0 == 0 => {}
            Ok(row) => match seen.insert(row.wallet, line) {
                Some(first) => errors.push(format!(
                    "line {line}: the wallet of line {first}: make it one row with the sum"
                )),
                None => table.rows.push(row),
            },
        }
    }
    require_none(errors)?;
    Ok(table)
}

fn row(line: usize, cells: [&str; 3], decimals: u8) -> std::result::Result<Row, String> {
    let [wallet, shares, paid] = cells;
    let paid = if paid.is_empty() { "0" } else { paid };
    let number = |text, decimals| amount::parse(text, decimals).map_err(|error| error.to_string());
    Ok(Row {
        place: format!("line {line}"),
        wallet: Pubkey::from_str(wallet).map_err(|_| format!("{wallet:?} is no address"))?,
        shares: Shares(number(shares, SHARE_DECIMALS)?),
        paid: Atoms(number(paid, decimals)?),
    })
}

/// The wallets of stakeholders, by their identifiers in the format.
fn named_wallets(path: &Path) -> Result<BTreeMap<String, Pubkey>> {
    let wrong = |error: String| {
        let name = path.display();
        CliError::usage(
            format!("{name}: {error}"),
            "write a header `stakeholder,wallet` and one line for each",
        )
    };
    let lines = upside_view::read_csv(&text(path)?).map_err(wrong)?;
    let mut wallets = BTreeMap::new();
    for (line, cells) in lines.into_iter().skip(1) {
        let [name, wallet] = cells.as_slice() else {
            return Err(wrong(format!("line {line} has not two cells")));
        };
        let key = Pubkey::from_str(wallet.trim());
        let key = key.map_err(|_| wrong(format!("line {line}: {wallet:?} is no address")))?;
        wallets.insert(name.trim().to_string(), key);
    }
    Ok(wallets)
}

/// One file of a folder, and no other.
fn item(folder: &Path, name: &str) -> Result<String> {
    let inside = Path::new(name).components();
    let mut inside = inside.filter(|part| *part != Component::CurDir);
    if !inside.all(|part| matches!(part, Component::Normal(_))) {
        return Err(wrong(format!("{name:?} is not in the folder")));
    }
    text(&folder.join(name))
}

fn json(text: &str, name: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|error| {
        CliError::usage(
            format!("{name} is no JSON: {error}"),
            "give a folder in the Open Cap Table Format",
        )
    })
}

fn ocf(folder: &Path, wallets: &BTreeMap<String, Pubkey>, decimals: u8) -> Result<Table> {
    let manifest = json(&item(folder, "Manifest.ocf.json")?, "Manifest.ocf.json")?;
    let files = manifest["transactions_files"].as_array();
    let (mut found, mut left_out, mut errors) = (BTreeMap::new(), Vec::new(), Vec::new());
    for file in files.into_iter().flatten() {
        let name = file["filepath"].as_str().unwrap_or_default();
        let text = item(folder, name)?;
        let sum = file["md5"].as_str().unwrap_or_default();
        if !sum.is_empty() && !sum.eq_ignore_ascii_case(&hex(&Md5::digest(&text))) {
            errors.push(format!(
                "{name} is not as the manifest says: its MD5 differs"
            ));
        }
        for item in json(&text, name)?["items"].as_array().into_iter().flatten() {
            match issuance(item, wallets, decimals) {
                Ok(Issuance::Of(row)) => add(&mut found, row, &mut errors),
                Ok(Issuance::Nobodys(what)) => left_out.push(what),
                Err(error) => errors.push(error),
            }
        }
    }
    require_none(errors)?;
    let rows = found.into_values().filter(|row| row.shares.0 > 0);
    Ok(Table {
        rows: rows.collect(),
        left_out,
    })
}

/// Several securities of one holder are one row.
fn add(found: &mut BTreeMap<Pubkey, Row>, row: Row, errors: &mut Vec<String>) {
    let Some(before) = found.get_mut(&row.wallet) else {
        found.insert(row.wallet, row);
        return;
    };
    let shares = before.shares.0.checked_add(row.shares.0);
    let paid = before.paid.0.checked_add(row.paid.0);
    match shares.zip(paid) {
        Some((shares, paid)) => (before.shares, before.paid) = (Shares(shares), Atoms(paid)),
        None => errors.push(format!("{}: more than there can be", row.place)),
    }
}

enum Issuance {
    Of(Row),
    Nobodys(String),
}

fn issuance(
    item: &Value,
    wallets: &BTreeMap<String, Pubkey>,
    decimals: u8,
) -> std::result::Result<Issuance, String> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_string();
    let (kind, place) = (text(&item["object_type"]), text(&item["id"]));
    if kind != "TX_STOCK_ISSUANCE" {
        return Err(format!(
            "{place}: {kind} is not read: export a snapshot, in which each holder's shares are \
             issuances"
        ));
    }
    let holder = text(&item["stakeholder_id"]);
    let quantity = text(&item["quantity"]);
    if holder.ends_with(":bearer") || holder.ends_with(":uncollected") {
        return Ok(Issuance::Nobodys(format!("{quantity} shares of {holder}")));
    }
    let wallet = wallets.get(&holder).copied();
    let wallet = wallet.or_else(|| Pubkey::from_str(&holder).ok());
    let wallet = wallet.ok_or_else(|| {
        format!("{place}: stakeholder {holder:?} has no wallet: name it in --wallets FILE")
    })?;
    let wrong = |error: amount::AmountError| format!("{place}: {error}");
    let shares = amount::parse(&quantity, SHARE_DECIMALS).map_err(wrong)?;
    let paid = match item["cost_basis"]["amount"].as_str() {
        Some(cost) => amount::parse(cost, decimals).map_err(wrong)?,
        None => {
            let price = text(&item["share_price"]["amount"]);
            let price = amount::parse(&price, PRICE_DECIMALS).map_err(wrong)?;
            cost(shares, price, decimals)
                .ok_or_else(|| format!("{place}: more than there can be"))?
        }
    };
    Ok(Issuance::Of(Row {
        wallet,
        shares: Shares(shares),
        paid: Atoms(paid),
        place,
    }))
}

/// What so many shares cost at a price, rounded down.
fn cost(shares: u64, price: u64, decimals: u8) -> Option<u64> {
    let product = u128::from(shares).checked_mul(price.into())?;
    let places = u32::from(SHARE_DECIMALS.checked_add(PRICE_DECIMALS)?);
    let paid = match places.checked_sub(decimals.into()) {
        Some(down) => product.checked_div(10u128.checked_pow(down)?)?,
        None => {
            product.checked_mul(10u128.checked_pow(u32::from(decimals).checked_sub(places)?)?)?
        }
    };
    u64::try_from(paid).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALLET: &str = "So11111111111111111111111111111111111111112";

    #[test]
    fn every_error_of_a_sheet_is_told_with_its_line() {
        let table = sheet(&format!("Wallet,x,shares,Cost USDC\n{WALLET},,1.5,3\n"), 6).unwrap();
        assert_eq!(table.rows[0].shares, Shares(1_500_000));
        assert_eq!(table.rows[0].paid, Atoms(3_000_000));
        for (text, error) in [
            ("", "line 1: the columns"),
            ("name,shares\n", "line 1: the columns"),
            ("wallet,shares\nx,1\n", "line 2: \"x\" is no address"),
            (&format!("wallet,shares\n{WALLET},1,5\n"), ""),
            (&format!("wallet,shares\n{WALLET},1.0000001\n"), "line 2"),
            (
                &format!("wallet,shares\n{WALLET},1\n{WALLET},2\n"),
                "line 3: the wallet of line 2",
            ),
        ] {
            match sheet(text, 6) {
                Ok(_) => assert_eq!(error, "", "{text}"),
                Err(found) => assert!(found.to_string().contains(error), "{found}"),
            }
        }
    }

    #[test]
    fn what_shares_cost_is_rounded_down() {
        // 3 shares for 0.3333333333 each.
        assert_eq!(cost(3_000_000, 3_333_333_333, 6), Some(999_999));
        assert_eq!(cost(1_000_000, 2_500_000_000, 2), Some(25));
        assert_eq!(cost(1_000_000, 10_000_000_000, 18), Some(10u64.pow(18)));
        assert_eq!(cost(u64::MAX, u64::MAX, 6), None);
    }
}
