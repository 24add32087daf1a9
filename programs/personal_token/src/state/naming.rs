//! A token's names: what is announced, and what it was called before.

use {
    super::{PersonalToken, VERSION},
    crate::{
        error::{ProgramResult, TokenError, require},
        text,
    },
    anchor_lang::prelude::*,
};

/// Former names that stay in sight; all are in the events.
pub const MAX_FORMER_NAMES: usize = 4;
/// Bits of [`Naming::changes`].
const NAME: u8 = 1;
const SYMBOL: u8 = 2;
const URI: u8 = 4;

/// What a token was called.
#[zero_copy]
#[derive(Debug, PartialEq, Eq)]
pub struct FormerName {
    /// The name, zero-padded UTF-8.
    pub name: [u8; 64],
    /// The symbol, zero-padded UTF-8.
    pub symbol: [u8; 16],
    /// When it ceased to be called so, unix seconds.
    pub until: i64,
}

/// The announced and the former names of a token. It exists once the token was renamed,
/// or was to be.
#[account(zero_copy)]
#[derive(Debug, PartialEq, Eq)]
pub struct Naming {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// What the announcement changes: 1 the name, 2 the symbol, 4 the URI.
    pub changes: u8,
    pub(crate) padding: [u8; 5],
    /// The personal token.
    pub token: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// When the announcement was made, unix seconds; 0 if there is none.
    pub announced_at: i64,
    /// When it may be applied, unix seconds.
    pub effective_at: i64,
    /// How often name or symbol changed.
    pub renamed: u64,
    /// The announced name, zero-padded UTF-8.
    pub name: [u8; 64],
    /// The announced symbol, zero-padded UTF-8.
    pub symbol: [u8; 16],
    /// The announced URI, zero-padded UTF-8.
    pub uri: [u8; 256],
    /// Former names, the latest first.
    pub former: [FormerName; MAX_FORMER_NAMES],
    pub(crate) reserved: [u64; 4],
}

/// New texts; what is left out stays.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct NameTexts {
    /// Name, 1 to 64 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_option")
    )]
    pub name: Option<String>,
    /// Symbol, 1 to 12 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_option")
    )]
    pub symbol: Option<String>,
    /// Address of further metadata, at most 200 bytes.
    #[cfg_attr(
        not(feature = "idl-build"),
        borsh(deserialize_with = "upside_support::text::read_option")
    )]
    pub uri: Option<String>,
}

impl NameTexts {
    /// Errors: `InvalidText`.
    pub fn validate(&self) -> ProgramResult<()> {
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

impl Naming {
    /// Fills a new account.
    pub(crate) fn open(&mut self, token: &Pubkey, rent_payer: &Pubkey, bump: u8) {
        self.version = VERSION;
        self.bump = bump;
        self.token = *token;
        self.rent_payer = *rent_payer;
    }

    /// Announces texts in place of what was announced before; they may be applied at
    /// `effective_at`. Errors: `InvalidText`.
    pub(crate) fn announce(
        &mut self,
        texts: &NameTexts,
        now: i64,
        effective_at: i64,
    ) -> ProgramResult<()> {
        texts.validate()?;
        self.forget();
        if let Some(name) = &texts.name {
            text::write(&mut self.name, name)?;
            self.changes |= NAME;
        }
        if let Some(symbol) = &texts.symbol {
            text::write(&mut self.symbol, symbol)?;
            self.changes |= SYMBOL;
        }
        if let Some(uri) = &texts.uri {
            text::write_optional(&mut self.uri, uri)?;
            self.changes |= URI;
        }
        self.announced_at = now;
        self.effective_at = effective_at;
        Ok(())
    }

    fn forget(&mut self) {
        self.changes = 0;
        self.announced_at = 0;
        self.effective_at = 0;
        self.name = [0; 64];
        self.symbol = [0; 16];
        self.uri = [0; 256];
    }

    /// The announced texts. `None` if nothing was announced, or by an owner who handed the
    /// token over since.
    pub fn announced(&self, token: &PersonalToken) -> Option<NameTexts> {
        let at = self.announced_at;
        if at == 0 || (token.owner_since != 0 && at <= token.owner_since) {
            return None;
        }
        let given = |bit: u8, field: &[u8]| {
            (self.changes & bit != 0).then(|| text::read(field).to_string())
        };
        Some(NameTexts {
            name: given(NAME, &self.name),
            symbol: given(SYMBOL, &self.symbol),
            uri: given(URI, &self.uri),
        })
    }

    /// Cancels the announcement and returns when it would have been applicable. Errors:
    /// `NothingToApply`.
    pub(crate) fn cancel(&mut self) -> ProgramResult<i64> {
        require(self.announced_at != 0, TokenError::NothingToApply)?;
        let at = self.effective_at;
        self.forget();
        Ok(at)
    }

    /// Applies the announcement over the present `name` and `symbol`, which stay in sight
    /// if they change. Returns the texts to write. Errors: `NothingToApply`,
    /// `NoticePending`.
    pub(crate) fn apply(
        &mut self,
        token: &PersonalToken,
        [name, symbol]: [&str; 2],
        now: i64,
    ) -> ProgramResult<NameTexts> {
        let texts = self.announced(token).ok_or(TokenError::NothingToApply)?;
        require(now >= self.effective_at, TokenError::NoticePending)?;
        let differs = |new: &Option<String>, old: &str| new.as_ref().is_some_and(|new| new != old);
        if differs(&texts.name, name) || differs(&texts.symbol, symbol) {
            let mut former = FormerName {
                name: [0; 64],
                symbol: [0; 16],
                until: now,
            };
            text::write_optional(&mut former.name, name)?;
            text::write_optional(&mut former.symbol, symbol)?;
            self.former.rotate_right(1);
            let [latest, ..] = &mut self.former;
            *latest = former;
            self.renamed = self.renamed.saturating_add(1);
        }
        self.forget();
        Ok(texts)
    }

    /// Former names with the time until which they were used, the latest first.
    pub fn former_names(&self) -> Vec<(&str, &str, i64)> {
        let used = self.former.iter().filter(|one| one.until != 0);
        used.map(|one| (text::read(&one.name), text::read(&one.symbol), one.until))
            .collect()
    }
}

const _: () = assert!(core::mem::size_of::<FormerName>() == 88);
const _: () = assert!(core::mem::size_of::<Naming>() == 8 + 64 + 24 + 336 + 4 * 88 + 32);
