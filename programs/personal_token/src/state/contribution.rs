use {
    super::{VERSION, add},
    crate::error::{ProgramResult, TokenError, require},
    anchor_lang::prelude::*,
    upside_math::{MAX_STAGES, Purchase, Shares},
};

/// What one backer put into a round.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Contribution {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The round.
    pub round: Pubkey,
    /// The backer.
    pub wallet: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Quote atoms paid.
    pub paid: u64,
    /// Share atoms bought, by stage.
    pub by_stage: [u64; MAX_STAGES],
    pub(crate) reserved: [u64; 4],
}

impl Contribution {
    /// Fills a new account.
    pub fn open(&mut self, round: &Pubkey, wallet: &Pubkey, rent_payer: &Pubkey, bump: u8) {
        self.version = VERSION;
        self.bump = bump;
        self.round = *round;
        self.wallet = *wallet;
        self.rent_payer = *rent_payer;
    }

    /// Adds a purchase, up to the round's cap per backer.
    pub(crate) fn add(&mut self, purchase: &Purchase, cap: u64) -> ProgramResult<()> {
        self.paid = add(self.paid, purchase.charge.0)?;
        require(self.paid <= cap, TokenError::BackerCapExceeded)?;
        for (mine, bought) in self.by_stage.iter_mut().zip(purchase.by_stage) {
            *mine = add(*mine, bought)?;
        }
        Ok(())
    }

    /// Share atoms bought.
    pub fn shares(&self) -> ProgramResult<Shares> {
        self.by_stage
            .iter()
            .try_fold(0, |sum, shares| add(sum, *shares))
            .map(Shares)
    }
}

/// The owner's one-time approval of a transfer under `TransferPolicy::Approved`.
#[account(zero_copy)]
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Approval {
    /// Layout version.
    pub version: u8,
    /// Bump of this account's address.
    pub bump: u8,
    pub(crate) padding: [u8; 6],
    /// The personal token.
    pub token: Pubkey,
    /// Wallet that may send.
    pub from: Pubkey,
    /// Wallet that may receive.
    pub to: Pubkey,
    /// Who paid this account's rent and gets it back.
    pub rent_payer: Pubkey,
    /// Most share atoms that may move.
    pub shares: u64,
    /// Last second in which the approval can be used, unix time.
    pub expires_at: i64,
    pub(crate) reserved: [u64; 2],
}

impl Approval {
    /// Fills an account, new or not.
    #[allow(clippy::too_many_arguments, reason = "one argument a field")]
    pub(crate) fn set(
        &mut self,
        token: &Pubkey,
        from: &Pubkey,
        to: &Pubkey,
        rent_payer: &Pubkey,
        shares: u64,
        expires_at: i64,
        bump: u8,
    ) {
        *self = Approval {
            version: VERSION,
            bump,
            token: *token,
            from: *from,
            to: *to,
            rent_payer: *rent_payer,
            shares,
            expires_at,
            ..Approval::default()
        };
    }

    /// Refuses a transfer that this approval does not cover.
    pub fn require(&self, shares: u64, now: i64) -> ProgramResult<()> {
        require(now <= self.expires_at, TokenError::ApprovalExpired)?;
        require(shares <= self.shares, TokenError::ApprovalExceeded)
    }
}
