//! The potter of the third act: her token, her claims, whom its readers trust.

use {
    crate::{
        demo::cast::{Stage, address},
        error::Result,
    },
    solana_program::instruction::Instruction,
    upside_sdk::{
        Pubkey,
        action::Step,
        address::find_token,
        fetch,
        identity::Trust,
        inspect::{self, Amount},
        state::{Account, Claim, PersonalToken},
    },
    upside_view::style::grouped,
    upside_view::words::Word,
};

/// Decimals of SOL.
pub const SOL_DECIMALS: u8 = 9;

/// What the act has come to beside what the chain keeps.
#[derive(Debug, Default)]
pub struct Kept {
    /// Lamports of rent that came back as accounts were closed.
    pub rent: u64,
}

/// The potter's token.
pub fn olga() -> Pubkey {
    find_token(&address("olga")).0
}

/// Whom readers of this act trust: the notary.
pub fn trust() -> Trust {
    Trust {
        keys: vec![address("quin")],
        credentials: Vec::new(),
    }
}

pub async fn token(stage: &Stage) -> Result<Account<PersonalToken>> {
    Ok(fetch::token(&stage.chain.client(), &olga()).await?)
}

pub async fn claim(stage: &Stage, number: u64) -> Result<Account<Claim>> {
    Ok(fetch::claim(&stage.chain.client(), &olga(), number).await?)
}

/// What the look-through counts her equity as.
pub async fn class(stage: &Stage) -> Result<&'static str> {
    let report = inspect::token(&stage.chain.client(), &token(stage).await?).await?;
    let equity = report.claims.iter().find(|claim| claim.number == 0);
    Ok(equity.map_or("gone", |claim| claim.class.word()))
}

pub fn one(label: &str, instruction: Instruction) -> [Step; 1] {
    [Step::new(label, vec![instruction])]
}

pub fn sol(lamports: u64) -> String {
    grouped(&Amount::new(lamports, SOL_DECIMALS))
}
