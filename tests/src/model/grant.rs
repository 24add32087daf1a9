//! Grants: shares for help, which vest.

use {
    super::{Model, Predicted, Reason, number::floor64, require},
    upside_sdk::{Pubkey, TokenError, address::find_grant, state::GrantTerms},
};

/// Longest vesting, and farthest start, in seconds.
const LONGEST: u32 = 10 * 365 * 86_400;

/// Shares that vest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grant {
    /// Who gets them.
    pub beneficiary: Pubkey,
    /// What was agreed on.
    pub terms: GrantTerms,
    /// Share atoms of it that will ever be the beneficiary's: fewer once it was revoked.
    pub shares: u64,
    /// Whether it was revoked.
    pub revoked: bool,
    /// Share atoms claimed.
    pub claimed: u64,
}

impl Grant {
    /// Share atoms that have vested: in proportion to time, none before the cliff.
    pub fn vested(&self, now: i64) -> u64 {
        let passed = i128::from(now) - i128::from(self.terms.start);
        let all = i128::from(self.terms.duration_seconds);
        if self.revoked || passed >= all {
            return self.shares;
        }
        if passed < i128::from(self.terms.cliff_seconds) {
            return 0;
        }
        let passed = u64::try_from(passed).expect("the start is over");
        let duration = self.terms.duration_seconds.into();
        floor64(self.shares, passed, duration).expect("a part of the shares")
    }
}

impl Model {
    fn grant(&self, token: &Pubkey, number: u64) -> Predicted<&Grant> {
        let grant = self.grants.get(&(*token, number));
        grant.ok_or(Reason::Missing.into())
    }

    fn grant_mut(&mut self, token: &Pubkey, number: u64) -> Predicted<&mut Grant> {
        let grant = self.grants.get_mut(&(*token, number));
        grant.ok_or(Reason::Missing.into())
    }

    /// Whether an address is that of a grant that is no more, or of the next one.
    pub(super) fn is_vacant_grant(&self, key: &Pubkey) -> bool {
        self.tokens.iter().any(|(token, it)| {
            let vacant = |number: &u64| !self.grants.contains_key(&(*token, *number));
            let mut vacant = (0..=it.grants).filter(vacant);
            vacant.any(|number| find_grant(token, number).0 == *key)
        })
    }

    /// The owner grants new shares, registered to a holder account of the grant's own.
    ///
    /// # Errors
    /// `ZeroAmount`, `InvalidGrant`, `NotOwner`, `WoundUp`, `Paused`, `SupplyCapExceeded`.
    pub fn make_grant(
        &mut self,
        token: &Pubkey,
        owner: &Pubkey,
        beneficiary: &Pubkey,
        terms: &GrantTerms,
    ) -> Predicted {
        let now = self.now;
        require(terms.shares > 0, TokenError::ZeroAmount)?;
        let fits = terms.start.abs_diff(now) <= u64::from(LONGEST)
            && terms.duration_seconds > 0
            && terms.duration_seconds <= LONGEST
            && terms.cliff_seconds <= terms.duration_seconds;
        require(fits, TokenError::InvalidGrant)?;
        let it = self.token_mut(token)?;
        it.signed_by(owner, now)?;
        it.require_running()?;
        self.observe_supply(token)?;
        self.require_room(token, terms.shares)?;
        let number = self.token(token)?.grants;
        let wallet = find_grant(token, number).0;
        // Somebody may have opened the account before, and nobody is told of a new one.
        if self.holder(token, &wallet).is_err() {
            self.admit(token, &wallet)?;
            self.token_mut(token)?.sequence -= 1;
        }
        self.register_new(token, &wallet, terms.shares, 0)?;
        let grant = Grant {
            beneficiary: *beneficiary,
            terms: *terms,
            shares: terms.shares,
            revoked: false,
            claimed: 0,
        };
        self.grants.insert((*token, number), grant);
        let it = self.token_mut(token)?;
        it.grants += 1;
        it.tell();
        Ok(())
    }

    /// What has vested goes to the beneficiary, with whatever others gave the grant.
    ///
    /// # Errors
    /// `Missing`, `NothingToClaim`.
    pub fn claim_grant(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let wallet = find_grant(token, number).0;
        let grant = *self.grant(token, number)?;
        self.holder(token, &grant.beneficiary)?;
        let vested = grant.vested(self.now);
        let has = self.holder(token, &wallet)?.shares;
        let shares = has - (grant.shares - vested);
        require(shares > 0, TokenError::NothingToClaim)?;
        self.move_shares(token, &wallet, &grant.beneficiary, shares)?;
        self.grant_mut(token, number)?.claimed = vested;
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// What the grant's shares earned goes to the beneficiary's wallet.
    ///
    /// # Errors
    /// `Missing`, `AssetNotListed`, `NotAPayoutMint`, `WrongTokenAccount`,
    /// `NothingToClaim`.
    pub fn claim_grant_dividend(
        &mut self,
        token: &Pubkey,
        number: u64,
        mint: &Pubkey,
    ) -> Predicted {
        let wallet = find_grant(token, number).0;
        let beneficiary = self.grant(token, number)?.beneficiary;
        self.pay_dividend(token, &wallet, &beneficiary, mint)
    }

    /// The owner takes back what has not vested: it is burned.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `GrantNotRevocable`, `GrantVested`.
    pub fn revoke_grant(&mut self, token: &Pubkey, by: &Pubkey, number: u64) -> Predicted {
        let now = self.now;
        let wallet = find_grant(token, number).0;
        let grant = *self.grant(token, number)?;
        self.token_mut(token)?.signed_by(by, now)?;
        require(grant.terms.revocable, TokenError::GrantNotRevocable)?;
        let vested = grant.vested(now);
        let unvested = grant.shares - vested;
        require(unvested > 0, TokenError::GrantVested)?;
        let grant = self.grant_mut(token, number)?;
        grant.shares = vested;
        grant.revoked = true;
        self.burn_registered(token, &wallet, unvested)?;
        self.token_mut(token)?.tell();
        Ok(())
    }

    /// Registered shares are burned for nothing.
    ///
    /// # Errors
    /// `Missing`, `InsufficientShares`.
    pub fn burn_registered(&mut self, token: &Pubkey, wallet: &Pubkey, shares: u64) -> Predicted {
        self.observe_supply(token)?;
        self.touch(token, wallet)?;
        self.holder_mut(token, wallet)?.give(shares)?;
        self.last_left(token)?;
        let it = self.token_mut(token)?;
        it.supply -= shares;
        let mint = it.mint;
        self.burn(token, &mint, shares)
    }

    /// An empty grant ends, and its holder account with it.
    ///
    /// # Errors
    /// `Missing`, `GrantNotEmpty`.
    pub fn close_grant(&mut self, token: &Pubkey, number: u64) -> Predicted {
        let wallet = find_grant(token, number).0;
        self.grant(token, number)?;
        self.touch(token, &wallet)?;
        let holder = self.holder(token, &wallet)?;
        let owed = (0..4).any(|stream| holder.payable(stream) > 0);
        let empty = holder.shares == 0 && !owed;
        require(empty, TokenError::GrantNotEmpty)?;
        self.holders.remove(&(*token, wallet));
        self.grants.remove(&(*token, number));
        self.token_mut(token)?.tell();
        Ok(())
    }
}
