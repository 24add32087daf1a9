use {
    crate::{
        error::{ProgramResult, TokenError, require},
        state::{Pass, Product},
    },
    anchor_lang::prelude::*,
};

pub(super) fn prove(
    pass: &Pass,
    product: &Product,
    product_key: &Pubkey,
    token: &Pubkey,
) -> ProgramResult<()> {
    let ours = product.token == *token && pass.token == *token;
    require(ours, TokenError::WrongToken)?;
    require(pass.product == *product_key, TokenError::WrongAccount)
}
