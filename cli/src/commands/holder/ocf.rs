//! A cap table in the Open Cap Table Format, version 1.2.0.

use {
    super::cap_table::Row,
    crate::{
        error::{CliError, Result},
        values::iso,
    },
    md5::{Digest, Md5},
    serde_json::{Value, json},
    std::{
        fs,
        path::{Path, PathBuf},
    },
    upside_math::SHARE_DECIMALS,
    upside_sdk::{amount, hex::hex, inspect::Amount},
    upside_view::text::TokenView,
};

const VERSION: &str = "1.2.0";
/// Decimals of prices: the most that the format's numbers have.
const PRICE_DECIMALS: u8 = 10;

/// What the chain does not know of the issuer.
pub struct Issuer {
    /// What it is called by law.
    pub legal_name: String,
    /// Its day of formation.
    pub formed: String,
    /// ISO 4217 code.
    pub currency: String,
    /// ISO 3166 code.
    pub country: String,
}

/// A security: who holds how many shares, at which cost.
struct Security {
    holder: String,
    name: String,
    kind: &'static str,
    shares: Amount,
    /// Quote atoms; `None` if it is not known.
    cost: Option<Amount>,
    comment: &'static str,
}

/// Writes a manifest and the files that it names into a folder. Returns the files.
pub fn write(
    folder: &Path,
    view: &TokenView,
    rows: &[Row],
    issuer: &Issuer,
) -> Result<Vec<PathBuf>> {
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    let securities = securities(view, rows);
    let files = [
        (
            "StockClasses.ocf.json",
            "OCF_STOCK_CLASSES_FILE",
            vec![stock_class(view)],
        ),
        (
            "Stakeholders.ocf.json",
            "OCF_STAKEHOLDERS_FILE",
            securities.iter().map(stakeholder).collect(),
        ),
        (
            "Transactions.ocf.json",
            "OCF_TRANSACTIONS_FILE",
            (1u64..)
                .zip(&securities)
                .map(|(number, security)| issuance(number, security, view, issuer))
                .collect(),
        ),
    ];
    let mut written = Vec::new();
    let mut named = Vec::new();
    for (name, kind, items) in files {
        let text = pretty(&json!({ "file_type": kind, "items": items }));
        let sum = hex(&Md5::digest(&text));
        named.push(json!([{ "filepath": format!("./{name}"), "md5": sum }]));
        written.push(put(folder, name, &text)?);
    }
    let [classes, stakeholders, transactions]: [Value; 3] = named
        .try_into()
        .map_err(|_| CliError::Other("the format has three files".to_string()))?;
    let time = iso(view.report.time);
    let manifest = json!({
        "ocf_version": VERSION,
        "file_type": "OCF_MANIFEST_FILE",
        "issuer": {
            "id": view.report.owner.to_string(),
            "object_type": "ISSUER",
            "legal_name": issuer.legal_name,
            "formation_date": issuer.formed,
            "country_of_formation": issuer.country,
            "comments": [format!("personal token {}", view.report.token)],
        },
        "as_of": day(&time),
        "generated_at": time,
        "comments": [format!(
            "a snapshot at slot {}: each holder's shares as one issuance of that day, at their \
             average cost in {}",
            view.report.slot, view.report.quote_mint
        )],
        "stock_plans_files": [],
        "stock_legend_templates_files": [],
        "stock_classes_files": classes,
        "vesting_terms_files": [],
        "valuations_files": [],
        "transactions_files": transactions,
        "stakeholders_files": stakeholders,
    });
    written.insert(0, put(folder, "Manifest.ocf.json", &pretty(&manifest))?);
    Ok(written)
}

/// Everything that exists: holders, tokens in wallets, and what rounds sold and nobody
/// claimed yet.
fn securities(view: &TokenView, rows: &[Row]) -> Vec<Security> {
    let held = rows
        .iter()
        .filter(|row| row.account.shares > 0 || row.account.warm > 0);
    let held = held.map(|row| Security {
        holder: row.report.wallet.to_string(),
        name: row.report.wallet.to_string(),
        kind: if row.report.venue {
            "INSTITUTION"
        } else {
            "INDIVIDUAL"
        },
        shares: row.report.shares,
        cost: Some(row.report.cost),
        comment: "registered shares",
    });
    let mut all: Vec<Security> = held.collect();
    let supply = &view.report.supply;
    let outside = [
        (
            &supply.bearer,
            "bearer",
            "Bearer tokens outside the register",
        ),
        (
            &supply.uncollected,
            "uncollected",
            "Backers who did not claim yet",
        ),
    ];
    for (shares, id, name) in outside {
        if !shares.is_zero() {
            all.push(Security {
                holder: format!("{}:{id}", view.report.token),
                name: name.to_string(),
                kind: "INSTITUTION",
                shares: *shares,
                cost: None,
                comment: "of several: who they are, the register does not know",
            });
        }
    }
    all
}

fn stock_class(view: &TokenView) -> Value {
    let report = &view.report;
    json!({
        "id": report.mint.to_string(),
        "object_type": "STOCK_CLASS",
        "name": format!("{} ({})", report.name, report.symbol),
        "class_type": "COMMON",
        "default_id_prefix": format!("{}-", report.symbol),
        "initial_shares_authorized": report.terms.supply_cap.to_string(),
        "votes_per_share": "1",
        "seniority": "1",
    })
}

fn stakeholder(security: &Security) -> Value {
    json!({
        "id": security.holder,
        "object_type": "STAKEHOLDER",
        "name": { "legal_name": security.name },
        "stakeholder_type": security.kind,
    })
}

fn issuance(number: u64, security: &Security, view: &TokenView, issuer: &Issuer) -> Value {
    let holder = &security.holder;
    let mut issuance = json!({
        "id": format!("issuance:{holder}"),
        "object_type": "TX_STOCK_ISSUANCE",
        "security_id": format!("security:{holder}"),
        "date": day(&iso(view.report.time)),
        "custom_id": format!("{}-{number}", view.report.symbol),
        "stakeholder_id": holder,
        "stock_class_id": view.report.mint.to_string(),
        "share_price": {
            "amount": price(security, view.token.data.quote().decimals),
            "currency": issuer.currency,
        },
        "quantity": security.shares.to_string(),
        "stock_legend_ids": [],
        "security_law_exemptions": [],
        "comments": [security.comment],
    });
    if let (Some(cost), Some(issuance)) = (&security.cost, issuance.as_object_mut()) {
        let basis = json!({ "amount": cost.to_string(), "currency": issuer.currency });
        issuance.insert("cost_basis".to_string(), basis);
    }
    issuance
}

/// Average cost of a whole share, rounded down: the exact cost is in `cost_basis`.
fn price(security: &Security, decimals: u8) -> String {
    let atoms = |amount: &Amount| u128::try_from(amount.atoms).unwrap_or_default();
    let (Some(cost), shares) = (&security.cost, atoms(&security.shares)) else {
        return "0".to_string();
    };
    average(atoms(cost), decimals, shares).unwrap_or_else(|| "0".to_string())
}

/// `cost × 10^(10 + share decimals − decimals) / shares`, printed with ten decimals.
fn average(cost: u128, decimals: u8, shares: u128) -> Option<String> {
    let up = u32::from(PRICE_DECIMALS.checked_add(SHARE_DECIMALS)?);
    let scale = 10u128.checked_pow(up.checked_sub(u32::from(decimals))?)?;
    let price = cost.checked_mul(scale)?.checked_div(shares)?;
    Some(amount::print_wide(price, PRICE_DECIMALS))
}

/// The day of an ISO time.
fn day(iso: &str) -> &str {
    iso.get(..10).unwrap_or(iso)
}

fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn put(folder: &Path, name: &str, text: &str) -> Result<PathBuf> {
    let path = folder.join(name);
    fs::write(&path, text).map_err(|source| failed(&path, source))?;
    Ok(path)
}

fn failed(path: &Path, source: std::io::Error) -> CliError {
    CliError::File {
        path: path.to_path_buf(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_have_ten_decimals_rounded_down() {
        assert_eq!(
            average(250_000_000, 6, 1_000_000_000),
            Some("0.25".to_string())
        );
        assert_eq!(
            average(1_000_000, 6, 3_000_000),
            Some("0.3333333333".to_string())
        );
        assert_eq!(average(100, 2, 1_000_000), Some("1".to_string()));
        assert_eq!(average(1, 6, 0), None);
        assert_eq!(average(1, 30, 1), None);
    }
}
