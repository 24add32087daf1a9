use {
    crate::{
        error::{TokenError, require},
        events::{self, MetadataUpdated},
        host::{AccountIo, ThisProgram},
        seeds::TOKEN_2022_PROGRAM,
        state::{Naming, PersonalToken},
        text,
        token_io::{self, TokenSigner},
    },
    anchor_lang::prelude::*,
    upside_support::{MetadataField, ShareMint},
};

/// Writes an announced name, symbol or URI on the share mint once its notice is over, and
/// keeps the former ones in sight. Anyone may.
#[derive(Accounts)]
pub struct ApplyNameAccounts<'info> {
    /// Pays for a longer text.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// The token's names.
    #[account(mut)]
    pub naming: AccountLoader<'info, Naming>,
    /// The share mint.
    ///
    /// CHECK: proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// Token-2022, the token program of the share mint.
    ///
    /// CHECK: proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    /// The system program, which moves the rent for a longer text.
    pub system_program: Program<'info, System>,
}

pub(crate) fn apply_name(ctx: Context<ApplyNameAccounts>) -> Result<()> {
    let a = ctx.accounts;
    let clock = Clock::get()?;
    let key = a.token.key();
    let (texts, event, signer) = {
        let mut token = a.token.load_mut()?;
        let mut naming = a.naming.load_mut()?;
        require(naming.token == key, TokenError::WrongToken)?;
        AccountIo::same(a.mint.key, &token.mint)?;
        let program = *a.token_2022_program.key == TOKEN_2022_PROGRAM;
        require(program, TokenError::WrongTokenProgram)?;
        let [name, symbol] = token_io::read_texts(&a.mint)?;

        let changes = u64::from(naming.changes);
        let texts = naming.apply(&token, [&name, &symbol], clock.unix_timestamp)?;
        let mut event = MetadataUpdated {
            header: token.header(&key, &clock)?,
            mint: a.mint.key(),
            changes,
            old_name: [0; 64],
            old_symbol: [0; 16],
            name: [0; 64],
            symbol: [0; 16],
        };
        text::write_optional(&mut event.old_name, &name)?;
        text::write_optional(&mut event.old_symbol, &symbol)?;
        text::write_optional(&mut event.name, texts.name.as_deref().unwrap_or(&name))?;
        text::write_optional(
            &mut event.symbol,
            texts.symbol.as_deref().unwrap_or(&symbol),
        )?;
        (texts, event, TokenSigner::of(&token))
    };

    let fields = [
        (MetadataField::Name, &texts.name),
        (MetadataField::Symbol, &texts.symbol),
        (MetadataField::Uri, &texts.uri),
    ];
    let shares = ShareMint {
        program: &a.token_2022_program,
        mint: &a.mint,
        authority: a.token.as_ref(),
    };
    for (field, text) in fields {
        let Some(text) = text else { continue };
        shares.update::<ThisProgram>(&a.payer, field, text, &signer.seeds())?;
    }

    events::log(&event);
    Ok(())
}
