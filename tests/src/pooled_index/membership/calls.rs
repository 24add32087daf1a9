//! Calls of members, and of who admits them.

use {
    crate::model::index::{
        PooledIndex,
        members::{Membership, Offer},
        report,
    },
    crate::model::{Model, Predicted, Reason, require},
    upside_sdk::{
        Pubkey,
        index::{
            AcceptArgs, Ending, IndexError, MembershipStatus, OfferTerms, SlotKind, find_shares,
        },
        state::{Answer, Change},
    },
};

fn membership(it: &PooledIndex, token: &Pubkey) -> Predicted<Membership> {
    let found = it.people.get(token);
    found.cloned().ok_or(Reason::Missing.into())
}

fn offer(it: &PooledIndex, nonce: u64) -> Predicted<Offer> {
    let found = it.offers.get(&nonce);
    found.cloned().ok_or(Reason::Missing.into())
}

impl Model {
    /// A person is offered a deal.
    ///
    /// # Errors
    /// `NotAdmissions`, `NotActive`, `NotAConstituent`, `PersonWoundUp`, those of
    /// [`PooledIndex::offer`].
    pub fn offer_membership(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        token: &Pubkey,
        terms: &OfferTerms,
    ) -> Predicted {
        let payer = self.payer;
        let (wound_up, cap) = (
            self.token(token)?.wound_up,
            self.token(token)?.terms.supply_cap,
        );
        self.at(index, |model, it| {
            it.require_admissions(who)?;
            it.accrue(model.minted(it), model.now)?;
            it.require_active()?;
            it.slot_of(token)?;
            require(!wound_up, IndexError::PersonWoundUp)?;
            let nonce = it.offer(terms, (token, cap), &payer, model.now)?;
            report!(
                it,
                MembershipOffered {
                    token: *token,
                    nonce,
                    token_shares: terms.token_shares,
                    index_shares: terms.index_shares,
                    cap,
                    acceptable_from: it.after_notice(model.now),
                }
            );
            Ok(())
        })
    }

    /// An offer is taken back, by anybody once it is vetoed, has lapsed or fell.
    ///
    /// # Errors
    /// `Missing`, `AnnouncementOpen`.
    pub fn cancel_offer(&mut self, index: &Pubkey, who: &Pubkey, nonce: u64) -> Predicted {
        self.at(index, |model, it| {
            let offer = offer(it, nonce)?;
            it.accrue(model.minted(it), model.now)?;
            let expired = model.now > offer.acceptable_from + crate::model::index::notices::EXPIRY;
            let cause = if it.notice(nonce).is_err() {
                3u64
            } else if it.count_veto(nonce, model.now)?.is_some() {
                1
            } else {
                let admits = it.require_admissions(who).is_ok();
                let may = expired || admits || it.require_launcher(who).is_ok();
                require(may, IndexError::AnnouncementOpen)?;
                it.end_notice(nonce);
                if expired { 2 } else { 0 }
            };
            it.offers.remove(&nonce);
            report!(
                it,
                OfferCancelled {
                    token: offer.token,
                    nonce,
                    by: *who,
                    cause
                }
            );
            Ok(())
        })
    }

    /// What names the human of a wallet who is to be a member by `token`, if that is asked.
    ///
    /// # Errors
    /// `CredentialRequired`, `CredentialExpired`, `SubjectTaken`.
    fn human(
        &self,
        it: &PooledIndex,
        token: &Pubkey,
        wallet: &Pubkey,
    ) -> Predicted<Option<[u8; 32]>> {
        if it.terms.equal_share_bps == 0 {
            return Ok(None);
        }
        let attested = (it.terms.credential, it.terms.schema, *wallet);
        let expiry = self.credentials.get(&attested);
        let expiry = *expiry.ok_or(IndexError::CredentialRequired)?;
        let good = expiry == 0 || self.now <= expiry;
        require(good, IndexError::CredentialExpired)?;
        let subject = self.subjects[wallet];
        let other = it
            .people
            .iter()
            .any(|(key, mine)| key != token && mine.subject == Some(subject));
        require(!other, IndexError::SubjectTaken)?;
        Ok(Some(subject))
    }

    /// The token's owner accepts: shares of the person for shares of the index, half of them
    /// locked.
    ///
    /// # Errors
    /// `Missing`, `DeadlinePassed`, `NotTokenOwner`, `PersonUnsettled`, `PersonWoundUp`,
    /// `NotTransferable`, `Slippage`, those of announcements, of attestations, of
    /// [`PooledIndex::admit`], [`PooledIndex::accept`] and of the movement.
    pub fn accept_membership(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        nonce: u64,
        args: &AcceptArgs,
    ) -> Predicted {
        let (own, payer) = (find_shares(index).0, self.payer);
        self.at(index, |model, it| {
            let now = model.now;
            let offer = offer(it, nonce)?;
            let token = offer.token;
            require(now <= args.deadline, IndexError::DeadlinePassed)?;
            let theirs = model.token(&token)?.clone();
            require(theirs.owner == *who, IndexError::NotTokenOwner)?;
            let slot = it.slot_of(&token)?;
            model.prove(it, slot, who)?;
            model.prepare(it, who)?;
            let settled = model.is_settled(&token, index)?;
            require(settled, IndexError::PersonUnsettled)?;
            it.require_active()?;
            let notice = it.require_effective(nonce, now)?;
            let lapsed = now > notice.effective_at + crate::model::index::notices::EXPIRY;
            require(!lapsed, IndexError::AnnouncementExpired)?;
            require(!theirs.wound_up, IndexError::PersonWoundUp)?;
            let venue = model.holder(&token, index)?.venue != 0;
            let moves = venue || theirs.transfer_policy() == 0;
            require(moves, IndexError::NotTransferable)?;
            it.require_harvested(now)?;
            let gives = offer.gives(theirs.terms.supply_cap)?;
            let known = it.people.get(&token).cloned();
            let mut mine = match known {
                Some(known) => known,
                None => {
                    let subject = model.human(it, &token, who)?;
                    it.admit((who, &payer), subject, now)?
                }
            };
            let within = gives <= args.most_gives && offer.index_shares >= args.least_index_shares;
            require(within, IndexError::Slippage)?;
            let locked = it.accept(&mut mine, nonce, (who, gives), now)?;
            report!(
                it,
                MembershipAccepted {
                    token,
                    member: *who,
                    nonce,
                    token_shares: gives,
                    index_shares: offer.index_shares,
                    locked: mine.locked,
                    supply: it.supply,
                    members: it.members,
                }
            );
            it.people.insert(token, mine);
            model.bring_in(it, slot, who, gives)?;
            model.mint_to(who, &own, offer.index_shares - locked);
            model.mint_to(index, &own, locked);
            Ok(())
        })
    }

    /// Anybody has a member paid what the equal share owes in the cash of a slot.
    ///
    /// # Errors
    /// `WrongKind`, `WrongTokenAccount`, `NothingToCollect`, `VaultShort`.
    pub fn collect_equal_share(&mut self, index: &Pubkey, token: &Pubkey, slot: u8) -> Predicted {
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            let cash = it.slot(slot)?.clone();
            require(cash.kind == SlotKind::Mint, IndexError::WrongKind)?;
            let (place, member) = (cash.place(), mine.member);
            model.prove(it, slot, &member)?;
            let atoms = it.pay_member(&mut mine, slot)?;
            it.people.insert(*token, mine);
            report!(
                it,
                EqualShareCollected {
                    token: *token,
                    member,
                    place: u64::from(slot),
                    amount: atoms,
                    owed: it.books[place.ok_or(IndexError::NotACoin)?].owed,
                }
            );
            model.pay_out(it, slot, &member, atoms)
        })
    }

    /// The end of a membership is announced.
    ///
    /// # Errors
    /// `Missing`, those of [`PooledIndex::end_membership`].
    pub fn end_membership(&mut self, index: &Pubkey, who: &Pubkey, token: &Pubkey) -> Predicted {
        let owner = self.token(token)?.owner;
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            it.end_membership(&mut mine, token, (who, &owner), model.now)?;
            report!(
                it,
                MembershipEnds {
                    token: *token,
                    member: mine.member,
                    by: *who,
                    empty: u64::from(mine.ending == Ending::Empty),
                    ends_at: mine.ends_at,
                }
            );
            it.people.insert(*token, mine);
            Ok(())
        })
    }

    /// The announced end falls: the slot is not empty any more.
    ///
    /// # Errors
    /// `Missing`, those of [`PooledIndex::keep_membership`].
    pub fn keep_membership(&mut self, index: &Pubkey, token: &Pubkey) -> Predicted {
        self.at(index, |_, it| {
            let mut mine = membership(it, token)?;
            it.keep_membership(&mut mine, token)?;
            it.people.insert(*token, mine);
            report!(it, MembershipKept { token: *token });
            Ok(())
        })
    }

    /// A membership ends.
    ///
    /// # Errors
    /// `Missing`, those of [`PooledIndex::apply_end`].
    pub fn apply_end(&mut self, index: &Pubkey, token: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            it.apply_end(&mut mine, token, model.now)?;
            report!(
                it,
                MembershipEnded {
                    token: *token,
                    member: mine.member,
                    members: it.members
                }
            );
            it.people.insert(*token, mine);
            Ok(())
        })
    }

    /// Who owns the token now announces to take the membership over.
    ///
    /// # Errors
    /// `Missing`, `WrongMembershipStatus`, `NotTokenOwner`, `MemberAlready`.
    pub fn take_over_membership(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        token: &Pubkey,
    ) -> Predicted {
        let owner = self.token(token)?.owner;
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            mine.require(MembershipStatus::Active)?;
            require(owner == *who, IndexError::NotTokenOwner)?;
            require(mine.member != *who, IndexError::MemberAlready)?;
            let effective_at = it.after_notice(model.now);
            mine.successor = Some((*who, effective_at));
            report!(
                it,
                TakeOverAnnounced {
                    token: *token,
                    member: mine.member,
                    successor: *who,
                    effective_at,
                }
            );
            it.people.insert(*token, mine);
            Ok(())
        })
    }

    /// The token's owner becomes the member.
    ///
    /// # Errors
    /// `Missing`, those of [`PooledIndex::take_over_membership`] and of attestations.
    pub fn apply_take_over(&mut self, index: &Pubkey, token: &Pubkey) -> Predicted {
        let owner = self.token(token)?.owner;
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            let previous = it.take_over_membership(&mut mine, &owner, model.now)?;
            mine.subject = model.human(it, token, &owner)?;
            report!(
                it,
                MembershipTakenOver {
                    token: *token,
                    previous,
                    member: owner,
                    locked: mine.locked,
                }
            );
            it.people.insert(*token, mine);
            Ok(())
        })
    }

    /// Anybody has a member whose membership ended paid what was locked.
    ///
    /// # Errors
    /// `Missing`, `WrongTokenAccount`, `WrongMembershipStatus`, `NothingToCollect`.
    pub fn collect_locked(&mut self, index: &Pubkey, token: &Pubkey) -> Predicted {
        let own = find_shares(index).0;
        self.at(index, |model, it| {
            let mut mine = membership(it, token)?;
            let member = mine.member;
            let has = model.accounts.contains_key(&(member, own));
            require(has, IndexError::WrongTokenAccount)?;
            mine.require(MembershipStatus::Ended)?;
            require(mine.locked > 0, IndexError::NothingToCollect)?;
            let shares = std::mem::take(&mut mine.locked);
            it.people.insert(*token, mine);
            report!(
                it,
                LockedCollected {
                    token: *token,
                    member,
                    shares,
                    members_locked: it.members_locked(),
                }
            );
            model.pay(index, &member, &own, shares)
        })
    }

    /// Anybody closes a membership that ended and of which nothing is left.
    ///
    /// # Errors
    /// `Missing`, those of [`PooledIndex::forget`].
    pub fn close_membership(&mut self, index: &Pubkey, token: &Pubkey) -> Predicted {
        self.at(index, |_, it| {
            let mine = membership(it, token)?;
            it.forget(&mine)?;
            it.people.remove(token);
            report!(it, MembershipClosed { token: *token });
            Ok(())
        })
    }

    /// The index answers against a poll on how many shares of a person there may be.
    ///
    /// # Errors
    /// `Missing`, `NotOpposed`, those of [`Model::answer_poll`].
    pub fn oppose_poll(&mut self, index: &Pubkey, token: &Pubkey, poll: u64) -> Predicted {
        self.at(index, |model, it| {
            model.holder(token, index)?;
            let asked = model.polls.get(&(*token, poll)).ok_or(Reason::Missing)?;
            let printing = matches!(asked.change, Change::SupplyCap(_) | Change::Room(_));
            require(printing, IndexError::NotOpposed)?;
            report!(
                it,
                PollOpposed {
                    token: *token,
                    poll
                }
            );
            model.answer_poll(token, index, poll, Answer::Against)
        })
    }
}
