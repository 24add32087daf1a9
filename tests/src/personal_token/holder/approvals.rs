//! The owner's one-time approvals of transfers, venues, and who may open and close
//! holder accounts.

use {
    crate::model::{Checks, Model, Predicted, Reason, require},
    upside_sdk::{Pubkey, TokenError, state::Admission, state::ApproveTransferArgs},
};

/// An approval of a transfer between two wallets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Approval {
    /// Most share atoms.
    pub shares: u64,
    /// Last good second.
    pub expires_at: i64,
    /// Who paid the rent.
    pub rent_payer: Pubkey,
}

impl Model {
    /// The owner approves a transfer, in place of an earlier approval for the two.
    ///
    /// # Errors
    /// `ZeroAmount`, `ApprovalExpired`, `SameAccount`, `NotOwner`.
    pub fn approve_transfer(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        args: &ApproveTransferArgs,
    ) -> Predicted {
        let (now, rent_payer) = (self.now, self.payer);
        let it = self.token_mut(token)?;
        Checks::new()
            .require(args.shares > 0, TokenError::ZeroAmount)
            .require(args.expires_at > now, TokenError::ApprovalExpired)
            .require(args.from != args.to, TokenError::SameAccount)
            .all(it.signed_by(signer, now))
            .end()?;
        it.report();
        let approval = Approval {
            shares: args.shares,
            expires_at: args.expires_at,
            rent_payer,
        };
        self.approvals
            .insert((*token, args.from, args.to), approval);
        Ok(())
    }

    /// The owner takes an approval back.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`.
    pub fn revoke_approval(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        from: &Pubkey,
        to: &Pubkey,
    ) -> Predicted {
        let now = self.now;
        let known = self.approvals.remove(&(*token, *from, *to));
        require(known.is_some(), Reason::Missing)?;
        let it = self.token_mut(token)?;
        it.signed_by(signer, now)?;
        it.report();
        Ok(())
    }

    /// What the transfer policy says of shares that go from one wallet to another; an
    /// approval that is needed is used up.
    ///
    /// # Errors
    /// `TransferClosed`, `ApprovalRequired`, `ApprovalExpired`, `ApprovalExceeded`.
    pub fn pass_policy(
        &mut self,
        token: &Pubkey,
        from: &Pubkey,
        to: &Pubkey,
        shares: u64,
        approved: bool,
    ) -> Predicted {
        let venue = self.holder(token, from)?.venue != 0 || self.holder(token, to)?.venue == 1;
        match self.token(token)?.transfer_policy() {
            _ if venue => Ok(()),
            0 => Ok(()),
            1 => {
                let approval = self.approvals.remove(&(*token, *from, *to));
                let approval = approval.filter(|_| approved);
                let approval = approval.ok_or(TokenError::ApprovalRequired)?;
                Checks::new()
                    .require(self.now <= approval.expires_at, TokenError::ApprovalExpired)
                    .require(shares <= approval.shares, TokenError::ApprovalExceeded)
                    .end()
            }
            _ => Err(TokenError::TransferClosed.into()),
        }
    }

    /// The owner marks a holder as a venue, or no longer: at once if all shares are theirs,
    /// else it is announced. The mark that it has cancels what was announced.
    ///
    /// # Errors
    /// `Missing`, `NotOwner`, `NothingToChange`.
    pub fn set_venue(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        wallet: &Pubkey,
        open: bool,
    ) -> Predicted {
        self.holder(token, wallet)?;
        let (now, alone) = (self.now, self.owns_all(token));
        let it = self.token_mut(token)?;
        it.signed_by(signer, now)?;
        it.report();
        self.touch(token, wallet)?;
        let holder = self.holder_mut(token, wallet)?;
        if (holder.venue == 1) == open {
            let announced = holder.pending_venue.take();
            return require(announced.is_some(), TokenError::NothingToChange);
        }
        let mark = if open { 1 } else { 2 };
        if alone {
            holder.venue = mark;
            holder.pending_venue = None;
        } else {
            holder.pending_venue = Some((mark, now));
        }
        Ok(())
    }

    /// Anybody applies an announced mark whose notice is over.
    ///
    /// # Errors
    /// `Missing`, `NothingToApply`, `NoticePending`.
    pub fn apply_venue(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted {
        let notice = i64::from(self.token(token)?.terms.notice_seconds);
        let pending = self.holder_mut(token, wallet)?.pending_venue.take();
        let (mark, announced_at) = pending.ok_or(TokenError::NothingToApply)?;
        let void = self.is_void(token, announced_at);
        require(!void, TokenError::NothingToApply)?;
        require(self.now >= announced_at + notice, TokenError::NoticePending)?;
        self.holder_mut(token, wallet)?.venue = mark;
        self.token_mut(token)?.report();
        Ok(())
    }

    /// A wallet opens its own holder account with the credential that the token asks
    /// for.
    ///
    /// # Errors
    /// `NotAdmitted`, `CredentialRequired`, `CredentialExpired`, `AlreadyExists`.
    pub fn open_holder_by_credential(&mut self, token: &Pubkey, wallet: &Pubkey) -> Predicted {
        let (admission, _, credential, schema) = self.token(token)?.policy;
        require(admission == Admission::Credential, TokenError::NotAdmitted)?;
        let found = self.credentials.get(&(credential, schema, *wallet));
        let expiry = *found.ok_or(TokenError::CredentialRequired)?;
        let good = expiry == 0 || self.now <= expiry;
        require(good, TokenError::CredentialExpired)?;
        self.admit(token, wallet)
    }

    /// A holder account without shares and without an atom to claim is closed: by its
    /// wallet, in a wind-down by anybody, unless the wallet is a program's or still has
    /// withdrawn shares.
    ///
    /// # Errors
    /// `Missing`, `NotHolder`, `HolderNotEmpty`.
    pub fn close_holder(&mut self, token: &Pubkey, signer: &Pubkey, wallet: &Pubkey) -> Predicted {
        let wound_up = self.token(token)?.wound_up;
        let holder = self.holder(token, wallet)?;
        let earned = (0..4).any(|stream| holder.payable(stream) > 0);
        let own = signer == wallet;
        let foreign = wound_up && !self.is_programs(wallet);
        Checks::new()
            .require(own || foreign, TokenError::NotHolder)
            .require(own || holder.withdrawn == 0, TokenError::HolderNotEmpty)
            .require(
                holder.shares + holder.warm == 0 && !earned,
                TokenError::HolderNotEmpty,
            )
            .require(holder.bids == 0, TokenError::HolderNotEmpty)
            .end()?;
        self.holders.remove(&(*token, *wallet));
        self.token_mut(token)?.report();
        Ok(())
    }
}
