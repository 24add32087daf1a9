//! Terms of tokens, rounds and claims that the suites begin with.

use {
    crate::{
        people::person,
        world::{DAY, ONE, START},
    },
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        state::{
            Admission, ClaimTerms, CreateTokenArgs, RoundTerms, StageTerms, TermsInput,
            TransferPolicy,
        },
    },
};

/// Arguments of a token with some of everything.
pub fn token_args() -> CreateTokenArgs {
    CreateTokenArgs {
        name: "Ada Lovelace".into(),
        symbol: "ADA".into(),
        uri: "https://ada.example/token.json".into(),
        terms: TermsInput {
            supply_cap: 10_000_000 * ONE,
            launch_shares: 10_000_000 * ONE,
            bearer_cap: u64::MAX,
            cash_out_tax_bps: 1_000,
            reserve_bps: 2_000,
            ..TermsInput::default()
        },
        admission: Admission::Open,
        transfer_policy: TransferPolicy::Free,
        guardian: person("guardian").pubkey(),
        registrar: person("registrar").pubkey(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    }
}

/// A round that sells 100,000 shares at 0.10 and 100,000 at 0.20, at once.
pub fn round_terms() -> RoundTerms {
    let mut stages = [StageTerms::default(); 4];
    stages[0] = StageTerms {
        shares: 100_000 * ONE,
        price: ONE / 10,
    };
    stages[1] = StageTerms {
        shares: 100_000 * ONE,
        price: ONE / 5,
    };
    RoundTerms {
        stages,
        min_raise: 0,
        backer_cap: u64::MAX,
        min_contribution: ONE,
        opens_at: START - DAY,
        closes_at: START + 10 * DAY,
        reserve_bps: 3_000,
        most_part_bps: 10_000,
        by_approval: false,
    }
}

/// The same with a minimum raise of 10,000.
pub fn escrow_terms() -> RoundTerms {
    RoundTerms {
        min_raise: 10_000 * ONE,
        ..round_terms()
    }
}

/// A revenue claim: ten percent of concerts, until 1,000,000 or ten years.
pub fn revenue_terms(mint: Pubkey) -> ClaimTerms {
    ClaimTerms::RevenueShare {
        name: "Concerts".into(),
        share_bps: 1_000,
        payer: person("founder").pubkey(),
        mint,
        total: 1_000_000 * ONE,
        ends_at: START + 3_650 * DAY,
        uri: "https://ada.example/contract.pdf".into(),
        document: [7; 32],
    }
}

/// Equity on paper: 1,000 units that cost 1,000.
pub fn equity_terms() -> ClaimTerms {
    ClaimTerms::Equity {
        name: "Analytical Engines Ltd".into(),
        unit_label: "shares".into(),
        decimals: 0,
        units: 1_000,
        cost: 1_000 * ONE,
        value: 8_000 * ONE,
        uri: "https://ada.example/cap-table.pdf".into(),
        document: [9; 32],
    }
}

/// Tokenized equity, still to be deposited.
pub fn tokenized_terms() -> ClaimTerms {
    ClaimTerms::TokenizedEquity {
        name: "Difference Engines Inc".into(),
        uri: String::new(),
        document: [3; 32],
    }
}
