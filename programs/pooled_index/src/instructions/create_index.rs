use {
    crate::{
        error::{IndexError, require},
        events::{self, IndexCreated},
        host::{AccountIo, TokenIo},
        seeds::{self, TOKEN_PROGRAM},
        state::{Index, ParametersArgs, TermsArgs, VERSION},
    },
    anchor_lang::prelude::*,
    upside_math::INDEX_SHARE_DECIMALS,
    upside_program::text,
};

/// Bytes of a classic mint.
const MINT_SPACE: usize = 82;

/// What a new index is and promises.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateIndexArgs {
    /// The creator's number of this index; part of its address.
    pub number: u64,
    /// Name, 1 to 32 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_text")
    )]
    pub name: String,
    /// Symbol, 1 to 16 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_text")
    )]
    pub symbol: String,
    /// The promises, for good.
    pub terms: TermsArgs,
    /// What the curator may change with notice.
    pub parameters: ParametersArgs,
    /// Whose token account receives fee shares.
    pub fee_recipient: Pubkey,
    /// Who may pause besides the curator; zero for nobody.
    pub guardian: Pubkey,
}

/// Creates an index with its share mint. The signer is its creator, for good, and
/// its first curator.
#[derive(Accounts)]
pub struct CreateIndex<'info> {
    /// Pays the rent.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Creator and first curator.
    pub creator: Signer<'info>,
    /// CHECK: the index to make, proven by its seeds.
    #[account(mut)]
    pub index: UncheckedAccount<'info>,
    /// CHECK: the share mint to make, proven by its seeds.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: classic SPL Token, proven by its address.
    pub token_program: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

pub(crate) fn create_index(ctx: Context<CreateIndex>, args: CreateIndexArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let terms = args.terms.validated()?;
    let parameters = args.parameters.validated()?;
    require(
        args.fee_recipient != Pubkey::default(),
        IndexError::InvalidParameters,
    )?;
    require(
        *a.token_program.key == TOKEN_PROGRAM,
        IndexError::WrongTokenProgram,
    )?;

    let creator = a.creator.key();
    let number = args.number.to_le_bytes();
    let index_seeds: [&[u8]; 3] = [seeds::INDEX, creator.as_ref(), &number];
    let bump = AccountIo::create_own::<Index>(&a.payer, &a.index, &index_seeds)?;
    let mint_bump = create_mint(a)?;
    let header = {
        let mut index = AccountIo::load_new::<Index>(&a.index)?;
        index.version = VERSION;
        index.bump = bump;
        index.mint_bump = mint_bump;
        index.terms = terms;
        index.parameters = parameters;
        text::write(&mut index.name, &args.name).map_err(IndexError::from)?;
        text::write(&mut index.symbol, &args.symbol).map_err(IndexError::from)?;
        index.creator = creator;
        index.curator = creator;
        index.guardian = args.guardian;
        index.fee_recipient = args.fee_recipient;
        index.mint = a.mint.key();
        index.number = args.number;
        index.header(a.index.key, &clock)?
    };

    events::log(&IndexCreated {
        header,
        creator,
        mint: a.mint.key(),
        number: args.number,
    });
    Ok(())
}

#[inline(never)]
fn create_mint(a: &CreateIndex) -> Result<u8> {
    let index = a.index.key();
    let bump = AccountIo::prove_address(&a.mint, &[seeds::SHARES, index.as_ref()])?;
    AccountIo::create(
        &a.payer,
        &a.mint,
        MINT_SPACE,
        &TOKEN_PROGRAM,
        &[seeds::SHARES, index.as_ref(), &[bump]],
    )?;
    TokenIo::initialize_mint(&a.token_program, &a.mint, &index, INDEX_SHARE_DECIMALS)?;
    Ok(bump)
}
