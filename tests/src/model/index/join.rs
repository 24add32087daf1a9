//! Calls of members and of the curator who invites them.

use {
    super::{
        super::{Model, Predicted, Reason, require},
        Index,
        members::Membership,
        tell,
    },
    upside_sdk::{
        Pubkey,
        index::{IndexError, Kind, MembershipStatus, OfferTerms},
    },
};

fn membership(it: &Index, token: &Pubkey) -> Predicted<Membership> {
    let found = it.people.get(token);
    found.cloned().ok_or(Reason::Missing.into())
}

impl Model {
    /// The curator offers a person a membership.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`, `Paused`, `NotAConstituent`, `OfferTooLarge`,
    /// `AlreadyExists`, `InvalidOffer`.
    pub fn offer_membership(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        token: &Pubkey,
        terms: &OfferTerms,
    ) -> Predicted {
        let (payer, supply) = (self.payer, self.token(token)?.supply);
        self.at(index, |model, it| {
            it.require_curator(who)?;
            it.require_running()?;
            it.accrue(model.minted(it), model.now)?;
            it.may_offer(token, terms)?;
            let known = it.people.contains_key(token);
            require(!known, IndexError::AlreadyExists)?;
            let offer = it.offer(terms, &payer, supply, model.now)?;
            it.people.insert(*token, offer);
            tell!(
                it,
                MembershipOffered {
                    token: *token,
                    token_shares: terms.token_shares,
                    index_shares: terms.index_shares,
                    acceptable_from: it.after_notice(model.now),
                    expires_at: terms.expires_at,
                }
            );
            Ok(())
        })
    }

    /// The curator withdraws an offer, after its expiry anybody.
    ///
    /// # Errors
    /// `WrongMembershipStatus`, `OfferOpen`.
    pub fn withdraw_offer(&mut self, index: &Pubkey, who: &Pubkey, token: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            let offer = membership(it, token)?;
            offer.require(MembershipStatus::Offered)?;
            let may = model.now > offer.expires_at || it.require_curator(who).is_ok();
            require(may, IndexError::OfferOpen)?;
            it.people.remove(token);
            tell!(it, OfferWithdrawn { token: *token });
            Ok(())
        })
    }

    /// The token's owner accepts: shares of the person for shares of the index.
    ///
    /// # Errors
    /// `NotTokenOwner`, those of [`Index::admit`] and of the movement.
    pub fn accept_membership(&mut self, index: &Pubkey, who: &Pubkey, token: &Pubkey) -> Predicted {
        let (owner, supply) = (self.token(token)?.owner, self.token(token)?.supply);
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            require(owner == *who, IndexError::NotTokenOwner)?;
            it.require_running()?;
            let slot = it.slot_of(token)?;
            model.prove(it, slot, who)?;
            model.prepare(it, who)?;
            it.admit(&mut mine, slot, who, supply, model.now)?;
            tell!(
                it,
                MembershipAccepted {
                    token: *token,
                    member: *who,
                    token_shares: mine.token_shares,
                    index_shares: mine.index_shares,
                    supply: it.supply,
                    members: it.members,
                }
            );
            let (given, got) = (mine.token_shares, mine.index_shares);
            it.people.insert(*token, mine);
            model.bring_in(it, slot, who, given)?;
            model.mint_shares(it, who, got);
            Ok(())
        })
    }

    /// Anybody has a member paid what the equal share owes in the cash of a slot.
    ///
    /// # Errors
    /// `WrongKind`, `WrongTokenAccount`, `NothingToCollect`, `VaultShort`.
    pub fn claim_equal_share(&mut self, index: &Pubkey, token: &Pubkey, slot: u8) -> Predicted {
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            let cash = it.slot(slot)?.clone();
            require(cash.kind == Kind::Cash, IndexError::WrongKind)?;
            let member = mine.member.unwrap_or_default();
            model.prove(it, slot, &member)?;
            let atoms = it.pay_member(&mut mine, slot)?;
            it.people.insert(*token, mine);
            tell!(
                it,
                EqualShareClaimed {
                    token: *token,
                    member,
                    place: u64::from(slot),
                    amount: atoms,
                    owed: it.books[usize::from(cash.book)].owed,
                }
            );
            model.pay_out(it, slot, &member, atoms)
        })
    }

    /// A member leaves.
    ///
    /// # Errors
    /// `NotMember`, `WrongMembershipStatus`.
    pub fn leave_membership(&mut self, index: &Pubkey, who: &Pubkey, token: &Pubkey) -> Predicted {
        self.at(index, |_, it| {
            let mut mine = membership(it, token)?;
            require(mine.member == Some(*who), IndexError::NotMember)?;
            it.part_with(&mut mine)?;
            it.people.insert(*token, mine);
            tell!(
                it,
                MembershipLeft {
                    token: *token,
                    member: *who,
                    members: it.members
                }
            );
            Ok(())
        })
    }

    /// Anybody closes the membership of somebody who left and was paid.
    ///
    /// # Errors
    /// `WrongMembershipStatus`.
    pub fn close_membership(&mut self, index: &Pubkey, token: &Pubkey) -> Predicted {
        self.at(index, |_, it| {
            let mine = membership(it, token)?;
            it.forget(&mine)?;
            it.people.remove(token);
            tell!(it, MembershipClosed { token: *token });
            Ok(())
        })
    }
}
