//! What a creation makes, term by term, and what it costs.

use {
    crate::{error::Result, send::completed::Outcome},
    serde::Serialize,
    upside_sdk::{
        Pubkey,
        action::{Rent, Returns},
        address::TokenAddresses,
        error::SdkError,
        fetch::MintInfo,
        inspect::{Amount, TermsReport},
        state::CreateTokenArgs,
    },
    upside_view::words::Word,
    upside_view::{
        style::grouped,
        text::{self, Row},
    },
};

/// The rent of an account, and when it comes back.
#[derive(Debug, Serialize)]
struct Cost {
    what: &'static str,
    account: String,
    /// In SOL.
    rent: Amount,
    returns: Returns,
}

/// What a creation costs in SOL, beside fees.
#[derive(Debug, Serialize)]
pub struct Costs {
    accounts: Vec<Cost>,
    rent: Amount,
    /// What of it comes back, once an account is empty or at the end of a wind-down.
    comes_back: Amount,
}

impl Costs {
    /// Of these accounts.
    pub fn new(rents: Vec<Rent>) -> Self {
        let sum = |returning: bool| {
            let rents = rents.iter();
            let counted = rents.filter(|rent| !returning || rent.returns != Returns::Never);
            counted.fold(0u64, |sum, rent| sum.saturating_add(rent.lamports))
        };
        let (rent, comes_back) = (sol(sum(false)), sol(sum(true)));
        let accounts = rents.into_iter().map(|rent| Cost {
            what: rent.what,
            account: rent.account.to_string(),
            rent: sol(rent.lamports),
            returns: rent.returns,
        });
        Costs {
            accounts: accounts.collect(),
            rent,
            comes_back,
        }
    }

    fn rows(&self) -> Vec<Row> {
        let (rent, back) = (grouped(&self.rent), grouped(&self.comes_back));
        let mut rows = vec![(
            "costs",
            format!("{rent} SOL in rent, {back} of it comes back; fees come to it"),
        )];
        rows.extend(self.accounts.iter().map(|cost| {
            let returns = match cost.returns {
                Returns::Never => "does not come back",
                Returns::OnceEmpty => "comes back once it is empty and closed",
                Returns::AtTheEnd => "comes back at the end of a wind-down",
            };
            let rent = grouped(&cost.rent);
            ("rent", format!("{rent} for the {}, {returns}", cost.what))
        }));
        rows
    }
}

fn sol(lamports: u64) -> Amount {
    Amount::new(lamports, 9)
}

/// A token created.
#[derive(Debug, Serialize)]
pub struct Created {
    name: String,
    symbol: String,
    uri: Option<String>,
    token: String,
    mint: String,
    creator: String,
    quote_mint: String,
    terms: TermsReport,
    admission: &'static str,
    transfer_policy: &'static str,
    credential: Option<String>,
    schema: Option<String>,
    guardian: Option<String>,
    registrar: Option<String>,
    attesters: Vec<String>,
    attestation_threshold: u8,
    /// What it costs; `None` if nothing is sent or simulated.
    pub costs: Option<Costs>,
}

fn named(key: &Pubkey) -> Option<String> {
    (*key != Pubkey::default()).then(|| key.to_string())
}

impl Created {
    /// What a creation makes.
    pub fn new(
        args: &CreateTokenArgs,
        quote: &MintInfo,
        creator: &Pubkey,
        attesters: &[Pubkey],
        attestation_threshold: u8,
    ) -> Result<Self> {
        let addresses = TokenAddresses::of_creator(creator);
        let refused = SdkError::from;
        let terms = args.terms.validated().map_err(refused)?;
        let admission = args.admission;
        let transfers = args.transfer_policy;
        Ok(Created {
            name: args.name.clone(),
            symbol: args.symbol.clone(),
            uri: Some(args.uri.clone()).filter(|uri| !uri.is_empty()),
            token: addresses.token.to_string(),
            mint: addresses.mint.to_string(),
            creator: creator.to_string(),
            quote_mint: quote.key.to_string(),
            terms: TermsReport::new(&terms, quote.decimals),
            admission: admission.word(),
            transfer_policy: transfers.word(),
            credential: named(&args.credential),
            schema: named(&args.schema),
            guardian: named(&args.guardian),
            registrar: named(&args.registrar),
            attesters: attesters.iter().map(ToString::to_string).collect(),
            attestation_threshold,
            costs: None,
        })
    }
}

impl Outcome for Created {
    fn title(&self) -> String {
        format!("Create {} ({})", self.name, self.symbol)
    }

    fn rows(&self) -> Vec<(&str, String)> {
        let attesters = match self.attesters.as_slice() {
            [] => "none: claims on paper stay declared".to_string(),
            named => format!("{} of: {}", self.attestation_threshold, named.join(", ")),
        };
        let mut rows = vec![
            ("token", self.token.clone()),
            ("mint", self.mint.clone()),
            ("creator", format!("{} (unverified)", self.creator)),
            ("quote mint", self.quote_mint.clone()),
            ("attesters", attesters),
        ];
        rows.extend(text::of_terms(&self.terms, "of the quote mint"));
        rows.push(("admission", self.admission.to_string()));
        rows.push(("transfers", self.transfer_policy.to_string()));
        let named = [
            ("credential", &self.credential),
            ("schema", &self.schema),
            ("guardian", &self.guardian),
            ("registrar", &self.registrar),
        ];
        let named = named.into_iter();
        rows.extend(named.filter_map(|(what, key)| Some((what, key.clone()?))));
        if let Some(uri) = &self.uri {
            rows.push(("uri", uri.clone()));
        }
        rows.extend(self.costs.iter().flat_map(Costs::rows));
        rows
    }
}
