//! Addresses of our programs and of those that they call.

use {anchor_lang::prelude::Pubkey, solana_sha256_hasher::hashv};

/// The program of associated token accounts.
pub const ASSOCIATED_TOKEN_PROGRAM: Pubkey =
    Pubkey::from_str_const("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
/// Token-2022.
pub const TOKEN_2022_PROGRAM: Pubkey =
    Pubkey::from_str_const("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
/// Classic SPL Token.
pub const TOKEN_PROGRAM: Pubkey =
    Pubkey::from_str_const("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");

/// Our programs: what mints shares. Each of them tests that its own address is here.
pub const OURS: [Pubkey; 2] = [
    Pubkey::from_str_const("UpexUHBQkvU96YzzwjehbAoqhZ9xW5PewGbT22wkEzK"),
    Pubkey::from_str_const("Bx5c1sSPLtgt2uioLsPHN3ybhY8JLGCqzCgdWhyr1txY"),
];

/// Address and bump of the associated token account of `owner` for `mint`. On chain, an
/// account that exists is proven by [`is_associated`] at a tenth of the cost.
pub fn find_associated(owner: &Pubkey, mint: &Pubkey, token_program: &Pubkey) -> (Pubkey, u8) {
    Pubkey::find_program_address(
        &[owner.as_ref(), token_program.as_ref(), mint.as_ref()],
        &ASSOCIATED_TOKEN_PROGRAM,
    )
}

/// Whether `account` is the address of `owner`'s associated token account for `mint`.
///
/// `account` MUST hold an initialized token account. Then it suffices that the address is
/// the hash of the seeds with any bump: the associated token program makes accounts at the
/// canonical bump alone, nobody else can sign for an address that is off the curve, and
/// nobody knows the key of a hash that is on it. So no point has to be tested.
pub fn is_associated(
    account: &Pubkey,
    owner: &Pubkey,
    mint: &Pubkey,
    token_program: &Pubkey,
) -> bool {
    (0..=u8::MAX).rev().any(|bump| {
        let hash = hashv(&[
            owner.as_ref(),
            token_program.as_ref(),
            mint.as_ref(),
            &[bump],
            ASSOCIATED_TOKEN_PROGRAM.as_ref(),
            b"ProgramDerivedAddress",
        ]);
        hash.as_ref() == account.as_ref()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_associated_account_is_known_by_its_address() {
        for _ in 0..64 {
            let [owner, mint, other] = [(); 3].map(|()| Pubkey::new_unique());
            let (account, _) = find_associated(&owner, &mint, &TOKEN_PROGRAM);
            assert!(is_associated(&account, &owner, &mint, &TOKEN_PROGRAM));
            assert!(!is_associated(&account, &owner, &mint, &TOKEN_2022_PROGRAM));
            assert!(!is_associated(&account, &other, &mint, &TOKEN_PROGRAM));
            assert!(!is_associated(&other, &owner, &mint, &TOKEN_PROGRAM));
        }
    }
}
