use {
    crate::{
        error::{TokenError, require},
        events::{self, TokenCreated},
        host::{AccountIo, ThisProgram, TokenIo},
        mint_policy,
        seeds::{self, TOKEN_2022_PROGRAM},
        state::{Admission, Asset, NewToken, PersonalToken, Policy, TermsInput, TransferPolicy},
        text,
        token_io::TokenSigner,
    },
    anchor_lang::prelude::*,
    upside_support::{MintTexts, ShareMint},
};

/// What a new token is and promises.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug)]
pub struct CreateTokenArgs {
    /// Name, 1 to 64 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub name: String,
    /// Symbol, 1 to 12 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub symbol: String,
    /// Address of further metadata, at most 200 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_text")
    )]
    pub uri: String,
    /// The promises.
    pub terms: TermsInput,
    /// An [`Admission`].
    pub admission: Admission,
    /// A [`TransferPolicy`].
    pub transfer_policy: TransferPolicy,
    /// Who may pause besides the owner; zero for nobody.
    pub guardian: Pubkey,
    /// Who may admit besides the owner; zero for nobody.
    pub registrar: Pubkey,
    /// The credential of the Solana Attestation Service that admits, under
    /// `Admission::Credential`; zero otherwise.
    pub credential: Pubkey,
    /// The schema of that credential; zero otherwise.
    pub schema: Pubkey,
}

/// Creates a personal token with its mint, register and quote vault. The signer
/// is its creator, for good, and its first owner.
#[derive(Accounts)]
pub struct CreateToken<'info> {
    /// Pays the rent of all accounts that are made.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// Creator and first owner.
    pub creator: Signer<'info>,
    /// The token to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub token: UncheckedAccount<'info>,
    /// The share mint to make.
    ///
    /// CHECK: proven by its seeds.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// The share custody to make.
    ///
    /// CHECK: the associated token program proves its address.
    #[account(mut)]
    pub share_custody: UncheckedAccount<'info>,
    /// The quote mint, in which the token counts money.
    ///
    /// CHECK: proven by the mint policy.
    pub quote_mint: UncheckedAccount<'info>,
    /// The quote mint's authority, if it has one: it shows whether the mint is a share of a token
    /// or of an index.
    ///
    /// CHECK: proven by the quote mint.
    pub quote_authority: Option<UncheckedAccount<'info>>,
    /// The quote vault to make.
    ///
    /// CHECK: the associated token program proves its address.
    #[account(mut)]
    pub quote_vault: UncheckedAccount<'info>,
    /// The token program of the quote mint.
    ///
    /// CHECK: proven by the mint's owner.
    pub quote_token_program: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    /// The associated token program, which makes the register and the quote vault.
    ///
    /// CHECK: proven by its address before it is called.
    pub associated_token_program: UncheckedAccount<'info>,
    /// The system program, which makes the token's accounts.
    pub system_program: Program<'info, System>,
}

impl CreateToken<'_> {
    fn validate(&self, args: &CreateTokenArgs) -> Result<()> {
        text::check_filled(&args.name, text::MAX_NAME)?;
        text::check_filled(&args.symbol, text::MAX_SYMBOL)?;
        text::check(&args.uri, text::MAX_URI)?;
        args.admission
            .require_named(&args.credential, &args.schema)?;
        let programs = *self.token_2022_program.key == TOKEN_2022_PROGRAM
            && self.quote_token_program.key == self.quote_mint.owner;
        require(programs, TokenError::WrongTokenProgram)?;
        Ok(())
    }
}

pub(crate) fn create_token(ctx: Context<CreateToken>, args: CreateTokenArgs) -> Result<()> {
    let a = ctx.accounts;
    a.validate(&args)?;
    let terms = args.terms.validated()?;
    let quote = mint_policy::check(&a.quote_mint)?;
    mint_policy::require_not_ours(&a.quote_mint, a.quote_authority.as_deref())?;
    let clock = Clock::get()?;

    let creator = a.creator.key();
    let bump = AccountIo::create_own::<PersonalToken>(&a.payer, &a.token, &seeds::token(&creator))?;
    let signer = TokenSigner::new(&creator, bump);
    let mint_bump = create_mint(a, &args, &signer)?;
    create_vaults(a)?;

    let header = {
        let mut token = AccountIo::load_new::<PersonalToken>(&a.token)?;
        let new = NewToken {
            creator: &creator,
            mint: a.mint.key,
            share_custody: a.share_custody.key,
            bump,
            mint_bump,
            terms: &terms,
            policy: Policy {
                admission: args.admission,
                transfer_policy: args.transfer_policy,
                credential: args.credential,
                schema: args.schema,
            },
            guardian: &args.guardian,
            registrar: &args.registrar,
        };
        let quote = Asset {
            mint: a.quote_mint.key(),
            vault: a.quote_vault.key(),
            decimals: quote.decimals,
            flags: quote.flags,
            ..Asset::default()
        };
        token.create(&new, quote, &clock)?;
        token.header(a.token.key, &clock)?
    };

    events::log(&TokenCreated {
        header,
        creator,
        mint: a.mint.key(),
        quote_mint: a.quote_mint.key(),
        supply_cap: args.terms.supply_cap,
    });
    Ok(())
}

#[inline(never)]
fn create_mint(a: &CreateToken, args: &CreateTokenArgs, signer: &TokenSigner) -> Result<u8> {
    let token = a.token.key();
    let texts = MintTexts {
        name: &args.name,
        symbol: &args.symbol,
        uri: &args.uri,
    };
    let shares = ShareMint {
        program: &a.token_2022_program,
        mint: &a.mint,
        authority: &a.token,
    };
    let seeds = seeds::mint(&token);
    let decimals = upside_math::SHARE_DECIMALS;
    shares.create::<ThisProgram>(&a.payer, seeds, decimals, &texts, &signer.seeds())
}

#[inline(never)]
fn create_vaults(a: &CreateToken) -> Result<()> {
    let vaults = [
        (&a.share_custody, &a.mint, &a.token_2022_program),
        (&a.quote_vault, &a.quote_mint, &a.quote_token_program),
    ];
    for (account, mint, program) in vaults {
        TokenIo::create_associated(
            &a.payer,
            account,
            &a.token,
            mint,
            &a.system_program,
            program,
            &a.associated_token_program,
        )?;
    }
    Ok(())
}
