use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, UriChanged},
        host::{AccountIo, ThisProgram},
        seeds::TOKEN_2022_PROGRAM,
        state::PooledIndex,
    },
    anchor_lang::prelude::*,
    upside_support::{MAX_URI, MetadataField, ShareMint, text},
};

/// Where the file is that wallets read.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct SetUriArgs {
    /// Its address, at most 200 bytes; empty for none.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub uri: String,
}

/// The curator says where the file is that wallets read (image, description, links). Name
/// and symbol are for good. No notice: what the file says changes without one anyway.
#[derive(Accounts)]
pub struct SetUriAccounts<'info> {
    /// Signs and pays the rent of a longer address.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The curator, who signs.
    pub curator: Signer<'info>,
    /// The index.
    #[account(mut)]
    pub index: AccountLoader<'info, PooledIndex>,
    /// The share mint, on which the address stands.
    ///
    /// CHECK: proven by the index.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn set_uri(ctx: Context<SetUriAccounts>, args: &SetUriArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    text::check(&args.uri, MAX_URI).map_err(IndexError::from)?;
    let (mut event, signer) = {
        let mut index = a.index.load_mut()?;
        index.require_curator(a.curator.key)?;
        AccountIo::same(a.mint.key, &index.mint)?;
        let program = *a.token_program.key == TOKEN_2022_PROGRAM;
        require(program, IndexError::WrongTokenProgram)?;
        let event = UriChanged {
            header: index.header(&a.index.key(), &clock)?,
            uri: [0; MAX_URI],
        };
        (event, IndexSigner::of(&index))
    };
    text::write_optional(&mut event.uri, &args.uri).map_err(IndexError::from)?;

    let shares = ShareMint {
        program: &a.token_program,
        mint: &a.mint,
        authority: a.index.as_ref(),
    };
    shares.update::<ThisProgram>(&a.payer, MetadataField::Uri, &args.uri, &signer.seeds())?;

    events::log(&event);
    Ok(())
}
