//! What the curator announces to do, in an account of its own.

use {
    super::{
        AnnouncementKind, FeeRecipient, IndexParameters, ParametersInput, PooledIndex,
        RecipientArgs, Role, VERSION,
    },
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
    solana_sha256_hasher::hash,
    upside_support::Byte,
};

/// Most actions of an announcement.
pub const MAX_ACTIONS: usize = 8;

/// One thing that an announcement does when it is applied.
#[derive(AnchorSerialize, AnchorDeserialize, Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Sets the fees.
    SetFees(ParametersInput),
    /// Names who receives fee shares, and in which portions.
    SetRecipients(Vec<RecipientArgs>),
    /// Gives a role to a key. Who is to be curator must accept.
    SetRole {
        /// The role.
        role: Role,
        /// Who has it from then on; not zero.
        key: Pubkey,
    },
    /// Puts a mint, which has a slot, on the list of coins. What is due in it counts for
    /// entries from the announcement on.
    ListCoin {
        /// The mint.
        mint: Pubkey,
    },
    /// Takes a mint off the list of coins.
    UnlistCoin {
        /// The mint.
        mint: Pubkey,
    },
}

upside_support::byte_enum! {
    /// Which [`Action`] an account holds.
    ActionKind, IndexError::InvariantBroken,
    /// None.
    None = 0,
    /// [`Action::SetFees`].
    SetFees = 1,
    /// [`Action::SetRecipients`].
    SetRecipients = 2,
    /// [`Action::SetRole`].
    SetRole = 3,
    /// [`Action::ListCoin`].
    ListCoin = 4,
    /// [`Action::UnlistCoin`].
    UnlistCoin = 5,
}

/// An [`Action`] in an account's layout.
#[zero_copy]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct StoredAction {
    /// Which action it is.
    pub kind: Byte<ActionKind>,
    /// The role, of `SetRole`.
    pub role: Byte<Role>,
    pub(crate) padding: [u8; 6],
    /// The key, or the mint; zero for actions without one.
    pub key: Pubkey,
    /// The fees, of `SetFees`.
    pub fees: IndexParameters,
    /// Who receives fees, of `SetRecipients`.
    pub recipients: [FeeRecipient; super::MAX_RECIPIENTS],
}

/// Announced actions, which anybody applies after their notice.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Announcement {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    /// How many actions it has.
    pub count: u8,
    pub(crate) padding: [u8; 5],
    /// The index.
    pub index: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Its number in the index; part of its address.
    pub nonce: u64,
    /// When its notice is over, unix seconds.
    pub effective_at: i64,
    /// The actions, in their order.
    pub actions: [StoredAction; MAX_ACTIONS],
    pub(crate) reserved: [u64; 4],
}

impl Action {
    /// SHA-256 of a list of actions in an account's layout: the announcement's content.
    /// Errors: as of [`Self::store`].
    #[inline(never)]
    pub fn content(actions: &[Action]) -> ProgramResult<[u8; 32]> {
        let mut bytes = Vec::new();
        for action in actions {
            let mut stored: StoredAction = bytemuck::Zeroable::zeroed();
            action.store(&mut stored)?;
            bytes.extend_from_slice(bytemuck::bytes_of(&stored));
        }
        Ok(hash(&bytes).to_bytes())
    }

    /// Writes this action into zeroed bytes of an account. Errors: `InvalidParameters`,
    /// `InvalidRecipients`, `RoleVacant` for a key of zero.
    #[inline(never)]
    pub fn store(&self, stored: &mut StoredAction) -> ProgramResult<()> {
        stored.kind = match self {
            Action::SetFees(fees) => {
                stored.fees = fees.validated()?;
                ActionKind::SetFees
            }
            Action::SetRecipients(recipients) => {
                RecipientArgs::store(recipients, &mut stored.recipients)?;
                ActionKind::SetRecipients
            }
            Action::SetRole { role, key } => {
                require(*key != Pubkey::default(), IndexError::RoleVacant)?;
                stored.role = (*role).into();
                stored.key = *key;
                ActionKind::SetRole
            }
            Action::ListCoin { mint } => {
                stored.key = *mint;
                ActionKind::ListCoin
            }
            Action::UnlistCoin { mint } => {
                stored.key = *mint;
                ActionKind::UnlistCoin
            }
        }
        .into();
        Ok(())
    }
}

impl Announcement {
    /// The actions, in their order.
    pub fn list(&self) -> impl Iterator<Item = &StoredAction> {
        self.actions.iter().take(self.count.into())
    }

    /// Fills a new account. Errors: as of [`Action::store`].
    pub(crate) fn open(
        &mut self,
        keys: [&Pubkey; 2],
        bump: u8,
        (nonce, effective_at): (u64, i64),
        actions: &[Action],
    ) -> ProgramResult<()> {
        let [index, rent_payer] = keys;
        self.version = VERSION;
        self.bump = bump;
        self.index = *index;
        self.rent_payer = *rent_payer;
        self.nonce = nonce;
        self.effective_at = effective_at;
        for (place, action) in self.actions.iter_mut().zip(actions) {
            action.store(place)?;
        }
        let count = u8::try_from(actions.len());
        self.count = count.map_err(|_| IndexError::ActionListLength)?;
        Ok(())
    }
}

impl PooledIndex {
    /// Announces actions with the notice of the terms; coins that they list count for
    /// entries at once. Errors: `NotActive`, `ActionListLength`, `AnnouncementListFull`,
    /// `NotAConstituent`, `WrongKind`, `AlreadyCoin`, `CoinListFull`, `NotACoin`.
    pub(crate) fn announce_actions(
        &mut self,
        actions: &[Action],
        now: i64,
    ) -> ProgramResult<(u64, i64)> {
        self.require_active()?;
        let fits = (1..=MAX_ACTIONS).contains(&actions.len());
        require(fits, IndexError::ActionListLength)?;
        let content = Action::content(actions)?;
        let notice = self.terms.notice_seconds;
        let (nonce, effective_at) =
            self.announce(AnnouncementKind::Actions, content, notice, now)?;
        for action in actions {
            match action {
                Action::ListCoin { mint } => self.list_coin(self.slot_of(mint)?, nonce)?,
                Action::UnlistCoin { mint } => {
                    self.collected(self.slot_of(mint)?)?;
                }
                Action::SetFees(_) | Action::SetRecipients(_) | Action::SetRole { .. } => {}
            }
        }
        Ok((nonce, effective_at))
    }

    /// Whether the announcement may be applied now. MUST follow `accrue`. Errors:
    /// `NotAnnounced`, `NoticePending`, `Vetoed`, `AnnouncementExpired`.
    pub(crate) fn require_applicable(&self, nonce: u64, now: i64) -> ProgramResult<()> {
        let place = self.require_effective(nonce, now)?;
        self.require_unexpired(place, now)
    }

    /// Does what one action says. MUST follow `require_applicable`. Errors:
    /// `NotAConstituent`, `NotACoin`, `AlreadyCoin`.
    pub(crate) fn apply(&mut self, action: &StoredAction, nonce: u64) -> ProgramResult<()> {
        match action.kind.get()? {
            ActionKind::None => return Err(IndexError::InvariantBroken),
            ActionKind::SetFees => self.parameters = action.fees,
            ActionKind::SetRecipients => self.recipients = action.recipients,
            ActionKind::SetRole => self.set_role(action.role.get()?, action.key),
            ActionKind::ListCoin => self.confirm_listing(self.slot_of(&action.key)?, nonce)?,
            ActionKind::UnlistCoin => self.unlist_coin(self.slot_of(&action.key)?)?,
        }
        Ok(())
    }
}

const _: () = assert!(core::mem::size_of::<StoredAction>() == 8 + 32 + 8 + 160);
const _: () = assert!(core::mem::size_of::<Announcement>() == 8 + 64 + 16 + MAX_ACTIONS * 208 + 32);
