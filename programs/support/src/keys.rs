//! Addresses of our programs and of those that they call.

use anchor_lang::prelude::Pubkey;

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

/// Address and bump of the associated token account of `owner` for `mint`.
pub fn find_associated(owner: &Pubkey, mint: &Pubkey, token_program: &Pubkey) -> (Pubkey, u8) {
    Pubkey::find_program_address(
        &[owner.as_ref(), token_program.as_ref(), mint.as_ref()],
        &ASSOCIATED_TOKEN_PROGRAM,
    )
}
