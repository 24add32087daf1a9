//! Whether nobody but the owner holds shares, or is buying any.

use {
    crate::{
        host::AccountIo,
        seeds,
        state::{Holder, PersonalToken},
    },
    anchor_lang::prelude::*,
};

/// Whether nobody but the owner holds shares of `token`, or is buying any. `owner_holder` is
/// the owner's holder account, which may not exist. Errors: `WrongAccount`.
#[inline(never)]
pub(crate) fn is_owners_alone(
    token: &PersonalToken,
    key: &Pubkey,
    owner_holder: &AccountInfo,
) -> Result<bool> {
    let seeds = seeds::holder(key, &token.owner);
    AccountIo::prove_address(owner_holder, &seeds)?;
    let shares = if *owner_holder.owner == crate::ID {
        AccountIo::read::<Holder>(owner_holder)?.shares
    } else {
        0
    };
    Ok(token.is_owners_alone(shares))
}
