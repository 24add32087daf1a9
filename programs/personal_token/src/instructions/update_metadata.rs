use {
    crate::{
        error::{TokenError, require},
        events::{self, MetadataUpdated},
        host::AccountIo,
        seeds::TOKEN_2022_PROGRAM,
        state::PersonalToken,
        text,
        token_io::{self, MetadataField, TokenSigner},
    },
    anchor_lang::prelude::*,
};

/// New texts; what is left out stays.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, Default)]
pub struct MetadataArgs {
    /// Name, 1 to 64 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_option")
    )]
    pub name: Option<String>,
    /// Symbol, 1 to 12 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_option")
    )]
    pub symbol: Option<String>,
    /// Address of further metadata, at most 200 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_program::text::read_option")
    )]
    pub uri: Option<String>,
}

/// The owner changes name, symbol or URI on the share mint.
#[derive(Accounts)]
pub struct UpdateMetadata<'info> {
    /// Pays for a longer text.
    #[account(mut)]
    pub payer: Signer<'info>,
    /// The owner.
    pub owner: Signer<'info>,
    /// The token.
    #[account(mut)]
    pub token: AccountLoader<'info, PersonalToken>,
    /// CHECK: the share mint, proven by the token.
    #[account(mut)]
    pub mint: UncheckedAccount<'info>,
    /// CHECK: Token-2022, proven by its address.
    pub token_2022_program: UncheckedAccount<'info>,
    pub system_program: Program<'info, System>,
}

impl MetadataArgs {
    fn validate(&self) -> Result<()> {
        let given = self.name.is_some() || self.symbol.is_some() || self.uri.is_some();
        require(given, TokenError::InvalidText)?;
        if let Some(name) = &self.name {
            text::check_filled(name, text::MAX_NAME)?;
        }
        if let Some(symbol) = &self.symbol {
            text::check_filled(symbol, text::MAX_SYMBOL)?;
        }
        if let Some(uri) = &self.uri {
            text::check(uri, text::MAX_URI)?;
        }
        Ok(())
    }
}

pub(crate) fn update_metadata(ctx: Context<UpdateMetadata>, args: MetadataArgs) -> Result<()> {
    let a = ctx.accounts;
    args.validate()?;
    let clock = Clock::get()?;
    let (header, signer) = {
        let mut token = a.token.load_mut()?;
        token.require_owner(a.owner.key, &clock)?;
        AccountIo::same(a.mint.key, &token.mint)?;
        require(
            *a.token_2022_program.key == TOKEN_2022_PROGRAM,
            TokenError::WrongTokenProgram,
        )?;
        (
            token.header(&a.token.key(), &clock)?,
            TokenSigner::of(&token),
        )
    };

    let texts = [
        (MetadataField::Name, &args.name),
        (MetadataField::Symbol, &args.symbol),
        (MetadataField::Uri, &args.uri),
    ];
    for (field, text) in texts {
        let Some(text) = text else { continue };
        // Enough for the whole text anew: the old one's length is not worth reading.
        let space = a.mint.data_len().saturating_add(text.len());
        AccountIo::fund(&a.payer, &a.mint, space)?;
        let token = a.token.as_ref();
        token_io::update_metadata(&a.token_2022_program, &a.mint, token, field, text, &signer)?;
    }

    events::log(&MetadataUpdated {
        header,
        mint: a.mint.key(),
    });
    Ok(())
}
