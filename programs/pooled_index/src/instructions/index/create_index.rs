use {
    crate::{
        custody::IndexSigner,
        error::{IndexError, require},
        events::{self, IndexCreated},
        host::{AccountIo, ThisProgram},
        seeds::{self, TOKEN_2022_PROGRAM},
        state::{
            FeeRecipient, MAX_RECIPIENTS, NewIndex, ParametersInput, PooledIndex, RecipientArgs,
            TermsInput,
        },
    },
    anchor_lang::prelude::*,
    upside_math::INDEX_SHARE_DECIMALS,
    upside_support::{MAX_URI, MintTexts, ShareMint, text},
};

/// What a new index is and promises.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateIndexArgs {
    /// The creator's number of this index; part of its address.
    pub number: u64,
    /// Name, 1 to 32 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub name: String,
    /// Symbol, 1 to 16 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub symbol: String,
    /// Address of the file that wallets read (image, description, links), at most 200
    /// bytes; may be empty.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub uri: String,
    /// The promises, for good.
    pub terms: TermsInput,
    /// Fees, which the curator may raise with notice and lower at any time.
    pub parameters: ParametersInput,
    /// Who receives fee shares, and in which portions: 1 to 4.
    pub recipients: Vec<RecipientArgs>,
    /// Who may tighten or stop what was announced, besides the curator; zero for nobody.
    pub launcher: Pubkey,
    /// Who may offer and end memberships, besides the curator; zero for nobody.
    pub admissions: Pubkey,
    /// Who may pause, besides the curator; zero for nobody.
    pub guardian: Pubkey,
}

/// Creates an index with its share mint. The signer is its creator, for good, and
/// its first curator.
#[derive(Accounts)]
pub struct CreateIndex<'info> {
    /// Signs and pays the rent of the index and of its share mint.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The creator and first curator, who signs.
    pub creator: Signer<'info>,
    /// The index to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub index: UncheckedAccount<'info>,
    /// The share mint to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// Token-2022.
    ///
    /// CHECK: proven by its address.
    pub token_program: UncheckedAccount<'info>,
    /// The system program.
    pub system_program: Program<'info, System>,
}

pub(crate) fn create_index(ctx: Context<CreateIndex>, args: CreateIndexArgs) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let terms = args.terms.validated()?;
    let parameters = args.parameters.validated()?;
    let mut recipients = [FeeRecipient::default(); MAX_RECIPIENTS];
    RecipientArgs::store(&args.recipients, &mut recipients)?;
    require(
        *a.token_program.key == TOKEN_2022_PROGRAM,
        IndexError::WrongTokenProgram,
    )?;
    text::check(&args.uri, MAX_URI).map_err(IndexError::from)?;

    let creator = a.creator.key();
    let number = args.number.to_le_bytes();
    let index_seeds = seeds::index(&creator, &number);
    let bump = AccountIo::create_own::<PooledIndex>(&a.payer, &a.index, &index_seeds)?;
    let header = {
        let mut index = AccountIo::load_new::<PooledIndex>(&a.index)?;
        index.create(&NewIndex {
            creator: &creator,
            number: args.number,
            bump,
            mint: a.mint.key,
            name: &args.name,
            symbol: &args.symbol,
            terms: &terms,
            parameters: &parameters,
            launcher: &args.launcher,
            admissions: &args.admissions,
            guardian: &args.guardian,
            recipients: &recipients,
        })?;
        index.header(a.index.key, &clock)?
    };
    // The texts are checked by now: the index has the same name and symbol.
    let mint_bump = create_mint(a, &args, bump)?;
    AccountIo::load_new::<PooledIndex>(&a.index)?.note_mint(mint_bump);

    events::log(&IndexCreated {
        header,
        creator,
        mint: a.mint.key(),
        number: args.number,
    });
    Ok(())
}

#[inline(never)]
fn create_mint(a: &CreateIndex, args: &CreateIndexArgs, bump: u8) -> Result<u8> {
    let index = a.index.key();
    let texts = MintTexts {
        name: &args.name,
        symbol: &args.symbol,
        uri: &args.uri,
    };
    let shares = ShareMint {
        program: &a.token_program,
        mint: &a.mint,
        authority: &a.index,
    };
    let signer = IndexSigner::new(a.creator.key, args.number, bump);
    shares.create::<ThisProgram>(
        &a.payer,
        seeds::shares(&index),
        INDEX_SHARE_DECIMALS,
        &texts,
        &signer.seeds(),
    )
}
