use {
    crate::{
        error::{TokenError, require},
        host::AccountIo,
        state::Approval,
    },
    anchor_lang::prelude::*,
};

/// Proves that the approval covers a move of `shares` of a token from one wallet to
/// another, and closes it.
#[inline(never)]
pub(crate) fn use_up(
    approval: Option<&AccountInfo>,
    rent_payer: Option<&AccountInfo>,
    [token, from, to]: [&Pubkey; 3],
    shares: u64,
    now: i64,
) -> Result<()> {
    let (Some(account), Some(rent_payer)) = (approval, rent_payer) else {
        return Err(TokenError::ApprovalRequired.into());
    };
    {
        let approval = AccountIo::load::<Approval>(account)?;
        require(approval.token == *token, TokenError::WrongToken)?;
        let wallets = approval.from == *from && approval.to == *to;
        require(wallets, TokenError::ApprovalRequired)?;
        approval.require(shares, now)?;
        AccountIo::same(rent_payer.key, &approval.rent_payer)?;
    }
    AccountIo::close(account, rent_payer)
}
