//! What the curator announces to do.

use {
    crate::model::index::{
        curate::{named, valid_parameters, valid_recipients},
        notices::{ACTIONS, EXPIRY},
        *,
    },
    crate::model::{Model, Predicted, Reason, require as must},
    sha2::{Digest, Sha256},
    upside_sdk::index::{Action, Role},
};

/// Announced actions.
#[derive(Clone, Debug, PartialEq)]
pub struct Announced {
    /// What is done.
    pub actions: Vec<Action>,
    /// When the notice is over.
    pub effective_at: i64,
}

/// SHA-256 of the actions, one after the other, as the account has them: a kind, a role, a
/// key, three fees and four recipients, of which what an action does not have is zero.
pub fn content(actions: &[Action]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for action in actions {
        let mut bytes = [0; 208];
        match action {
            Action::SetFees(of) => {
                bytes[0] = 1;
                bytes[40..42].copy_from_slice(&of.management_fee_bps.to_le_bytes());
                bytes[42..44].copy_from_slice(&of.entry_fee_bps.to_le_bytes());
                bytes[44..46].copy_from_slice(&of.exit_fee_bps.to_le_bytes());
            }
            Action::SetRecipients(recipients) => {
                bytes[0] = 2;
                for (place, recipient) in bytes[48..].chunks_mut(40).zip(recipients) {
                    place[..32].copy_from_slice(recipient.key.as_ref());
                    place[32..34].copy_from_slice(&recipient.portion_bps.to_le_bytes());
                }
            }
            Action::SetRole { role, key } => {
                (bytes[0], bytes[1]) = (3, *role as u8);
                bytes[8..40].copy_from_slice(key.as_ref());
            }
            Action::ListCoin { mint } => {
                bytes[0] = 4;
                bytes[8..40].copy_from_slice(mint.as_ref());
            }
            Action::UnlistCoin { mint } => {
                bytes[0] = 5;
                bytes[8..40].copy_from_slice(mint.as_ref());
            }
        }
        hash.update(bytes);
    }
    hash.finalize().into()
}

fn valid(action: &Action) -> Check {
    match action {
        Action::SetFees(fees) => valid_parameters(fees),
        Action::SetRecipients(recipients) => valid_recipients(recipients),
        Action::SetRole { key, .. } => require(*key != Pubkey::default(), IndexError::RoleVacant),
        Action::ListCoin { .. } | Action::UnlistCoin { .. } => Ok(()),
    }
}

/// Key and three numbers, as events tell an action.
type Words = (Pubkey, [u64; 3]);

fn words(action: &Action) -> (u64, Vec<Words>) {
    let nobody = Pubkey::default();
    match action {
        Action::SetFees(of) => {
            let fees = [of.management_fee_bps, of.entry_fee_bps, of.exit_fee_bps];
            (1, vec![(nobody, fees.map(u64::from))])
        }
        Action::SetRecipients(all) => {
            let all = all.iter();
            let all = all.map(|it| (it.key, [u64::from(it.portion_bps), 0, 0]));
            (2, all.collect())
        }
        Action::SetRole { role, key } => (3, vec![(*key, [*role as u64, 0, 0])]),
        Action::ListCoin { mint } => (4, vec![(*mint, [0; 3])]),
        Action::UnlistCoin { mint } => (5, vec![(*mint, [0; 3])]),
    }
}

impl PooledIndex {
    /// Who has a role.
    pub fn role_mut(&mut self, role: Role) -> &mut Option<Pubkey> {
        match role {
            Role::PendingCurator => &mut self.pending_curator,
            Role::Launcher => &mut self.launcher,
            Role::Admissions => &mut self.admissions,
            Role::Guardian => &mut self.guardian,
        }
    }

    fn announce_actions(&mut self, actions: &[Action], now: i64) -> Check<(u64, i64)> {
        self.require_active()?;
        let fits = (1..=8).contains(&actions.len());
        require(fits, IndexError::ActionListLength)?;
        actions.iter().try_for_each(valid)?;
        let notice = self.terms.notice_seconds;
        let made = self.announce(ACTIONS, content(actions), notice, now)?;
        for action in actions {
            match action {
                Action::ListCoin { mint } => self.list_coin(self.slot_of(mint)?, made.0)?,
                Action::UnlistCoin { mint } => {
                    let place = self.slot(self.slot_of(mint)?)?.place();
                    let collected = place.is_some_and(|place| self.is_collected(place));
                    require(collected, IndexError::NotACoin)?;
                }
                Action::SetFees(_) | Action::SetRecipients(_) | Action::SetRole { .. } => {}
            }
        }
        Ok(made)
    }

    fn do_action(&mut self, action: &Action, nonce: u64) -> Check {
        match action {
            Action::SetFees(fees) => {
                self.parameters = *fees;
                self.report_fees();
            }
            Action::SetRecipients(recipients) => {
                self.recipients.clone_from(recipients);
                self.report_recipients();
            }
            Action::SetRole { role, key } => {
                let place = self.role_mut(*role);
                let previous = place.unwrap_or_default();
                *place = named(key);
                let role = *role as u64;
                report!(
                    self,
                    RoleSet {
                        role,
                        previous,
                        key: *key
                    }
                );
            }
            Action::ListCoin { mint } => {
                let slot = self.slot_of(mint)?;
                let place = self.slot(slot)?.place().ok_or(IndexError::NotACoin)?;
                let book = &mut self.books[place];
                let announced = book.used == 1 && book.listing == nonce;
                require(announced, IndexError::AlreadyCoin)?;
                book.listing = 0;
                report!(self, CoinListed { mint: *mint });
            }
            Action::UnlistCoin { mint } => {
                let slot = self.slot_of(mint)?;
                let place = self.slot(slot)?.place().ok_or(IndexError::NotACoin)?;
                require(self.books[place].used == 1, IndexError::NotACoin)?;
                self.unlist_book(place);
                report!(self, CoinUnlisted { mint: *mint });
            }
        }
        Ok(())
    }

    /// What fees are now.
    pub(crate) fn report_fees(&mut self) {
        let fees = self.parameters;
        report!(
            self,
            FeesSet {
                management_fee_bps: u64::from(fees.management_fee_bps),
                entry_fee_bps: u64::from(fees.entry_fee_bps),
                exit_fee_bps: u64::from(fees.exit_fee_bps),
            }
        );
    }

    /// Who receives them.
    pub(crate) fn report_recipients(&mut self) {
        for (place, recipient) in (0u64..).zip(self.recipients.clone()) {
            report!(
                self,
                RecipientSet {
                    place,
                    recipient: recipient.key,
                    portion_bps: u64::from(recipient.portion_bps),
                }
            );
        }
    }
}

impl Model {
    /// The curator announces actions.
    ///
    /// # Errors
    /// `NotCurator`, `NotActive`, `ActionListLength`, `AnnouncementListFull`, those of coins
    /// and of what is set.
    pub fn announce_actions(
        &mut self,
        index: &Pubkey,
        who: &Pubkey,
        actions: &[Action],
    ) -> Predicted {
        self.at(index, |model, it| {
            it.require_curator(who)?;
            let (nonce, effective_at) = it.announce_actions(actions, model.now)?;
            let announced = Announced {
                actions: actions.to_vec(),
                effective_at,
            };
            it.announced.insert(nonce, announced);
            let vetoes = u64::from(it.notice(nonce)?.vetoes);
            report!(
                it,
                ActionsAnnounced {
                    nonce,
                    effective_at,
                    actions: actions.len() as u64,
                    vetoes,
                }
            );
            for (place, action) in (0u64..).zip(actions) {
                let (kind, said) = words(action);
                for (key, [first, second, third]) in said {
                    report!(
                        it,
                        ActionAnnounced {
                            nonce,
                            place,
                            kind,
                            key,
                            first,
                            second,
                            third
                        }
                    );
                }
            }
            Ok(())
        })
    }

    /// Anybody has them done.
    ///
    /// # Errors
    /// `Missing`, `NotAnnounced`, `NoticePending`, `Vetoed`, `AnnouncementExpired`, those of
    /// coins.
    pub fn apply_announcement(&mut self, index: &Pubkey, nonce: u64) -> Predicted {
        self.at(index, |model, it| {
            let announced = it.announced.remove(&nonce).ok_or(Reason::Missing)?;
            it.accrue(model.minted(it), model.now)?;
            let at = it.require_effective(nonce, model.now)?.effective_at;
            let lapsed = model.now > at + EXPIRY;
            must(!lapsed, IndexError::AnnouncementExpired)?;
            for action in &announced.actions {
                it.do_action(action, nonce)?;
            }
            it.end_notice(nonce);
            report!(it, AnnouncementApplied { nonce });
            Ok(())
        })
    }

    /// The curator or the launcher takes them back, anybody what fell anyhow.
    ///
    /// # Errors
    /// `Missing`, `AnnouncementOpen`.
    pub fn cancel_announcement(&mut self, index: &Pubkey, nonce: u64, who: &Pubkey) -> Predicted {
        self.at(index, |model, it| {
            let now = model.now;
            let announced = it.announced.remove(&nonce).ok_or(Reason::Missing)?;
            it.accrue(model.minted(it), now)?;
            let expired = now > announced.effective_at + EXPIRY;
            let cause = if it.notice(nonce).is_err() {
                3u64
            } else if it.count_veto(nonce, now)?.is_some() {
                1
            } else {
                let may = expired || it.require_launcher(who).is_ok();
                must(may, IndexError::AnnouncementOpen)?;
                it.end_notice(nonce);
                if expired { 2 } else { 0 }
            };
            report!(
                it,
                AnnouncementCancelled {
                    nonce,
                    by: *who,
                    cause
                }
            );
            Ok(())
        })
    }
}
