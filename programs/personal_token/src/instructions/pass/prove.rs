use {
    crate::{
        error::{Outcome, TokenError, require},
        state::{Offering, Pass},
    },
    anchor_lang::prelude::*,
};

pub(super) fn prove(
    pass: &Pass,
    offering: &Offering,
    offering_key: &Pubkey,
    token: &Pubkey,
) -> Outcome<()> {
    let ours = offering.token == *token && pass.token == *token;
    require(ours, TokenError::WrongToken)?;
    require(pass.offering == *offering_key, TokenError::WrongAccount)
}
