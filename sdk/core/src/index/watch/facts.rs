use {
    super::Look,
    crate::{
        error::CoreError,
        index::{
            AnnouncementKind, AnnouncementPlace, Constituent, PooledIndex, Rebalance, Side, quote,
            rebalance,
        },
        state::TokenStatus,
    },
};

/// Something that stands, and that time alone has brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fact {
    /// An announcement waits out its notice.
    Waiting {
        /// Its number.
        nonce: u64,
        /// What it is.
        kind: AnnouncementKind,
        /// When its notice is over, unix seconds.
        effective_at: i64,
    },
    /// Its notice is over: actions can be applied, an offer accepted, a rebalance traded.
    Effective {
        /// Its number.
        nonce: u64,
        /// What it is.
        kind: AnnouncementKind,
        /// Until when, unix seconds.
        until: i64,
    },
    /// It is over, and only takes a place.
    Expired {
        /// Its number.
        nonce: u64,
        /// What it was.
        kind: AnnouncementKind,
    },
    /// Locks hold against it.
    Against {
        /// Its number.
        nonce: u64,
        /// Index share atoms.
        atoms: u64,
        /// How many cancel it.
        needed: u64,
    },
    /// Locks hold for it.
    Support {
        /// Its number.
        nonce: u64,
        /// Index share atoms.
        atoms: u64,
        /// How many are a majority.
        needed: u64,
    },
    /// What a slot is traded at now.
    Price {
        /// Number of the announcement.
        nonce: u64,
        /// The slot.
        slot: u8,
        /// Which way.
        side: Side,
        /// Of one whole unit, in billionths of the unit that all orders share.
        price: u64,
        /// Atoms that are left to trade.
        left: u64,
    },
    /// A slot cannot move.
    Stuck {
        /// The slot.
        slot: u8,
        /// From when on anybody may wrap it, unix seconds; `None` until somebody notes it.
        wraps_from: Option<i64>,
    },
    /// A slot that could not move does so again.
    Moves {
        /// The slot.
        slot: u8,
    },
    /// Tickets stand in a slot, and what they stand for does not move.
    Wrapped {
        /// The slot.
        slot: u8,
    },
    /// Tickets stand in a slot, and what they stand for moves again: anybody may unwrap.
    Unwrappable {
        /// The slot.
        slot: u8,
    },
    /// The person in a slot was wound up: anybody may redeem the index's shares.
    WoundUp {
        /// The slot.
        slot: u8,
    },
    /// Persons owe the index this.
    Due {
        /// Slot of the coin.
        slot: u8,
        /// Atoms that a harvest collects.
        atoms: u64,
    },
    /// No new money comes in.
    Paused {
        /// Until when, unix seconds.
        until: i64,
    },
    /// New money comes in again.
    Resumed,
}

/// What a fact is about: of each there is one at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Announcement(u64),
    Against(u64),
    Support(u64),
    Price(u64, u8),
    Movement(u8),
    WoundUp(u8),
    Due(u8),
    Pause,
}

impl Fact {
    pub(super) fn subject(&self) -> Subject {
        match *self {
            Fact::Waiting { nonce, .. }
            | Fact::Effective { nonce, .. }
            | Fact::Expired { nonce, .. } => Subject::Announcement(nonce),
            Fact::Against { nonce, .. } => Subject::Against(nonce),
            Fact::Support { nonce, .. } => Subject::Support(nonce),
            Fact::Price { nonce, slot, .. } => Subject::Price(nonce, slot),
            Fact::Stuck { slot, .. }
            | Fact::Moves { slot }
            | Fact::Wrapped { slot }
            | Fact::Unwrappable { slot } => Subject::Movement(slot),
            Fact::WoundUp { slot } => Subject::WoundUp(slot),
            Fact::Due { slot, .. } => Subject::Due(slot),
            Fact::Paused { .. } | Fact::Resumed => Subject::Pause,
        }
    }

    /// Whether it is worth telling after what was told last of the same.
    pub(super) fn is_news(&self, last: &Fact) -> bool {
        match (self, last) {
            // How many are needed changes with the fee of each second.
            (Fact::Against { .. }, Fact::Against { .. })
            | (Fact::Support { .. }, Fact::Support { .. }) => {
                self.locked() != last.locked() || self.is_enough() != last.is_enough()
            }
            (
                Fact::Price { price, left, .. },
                Fact::Price {
                    price: before,
                    left: had,
                    ..
                },
            ) => left != had || price.abs_diff(*before) >= (before / 100).max(1),
            (Fact::Due { atoms, .. }, Fact::Due { atoms: before, .. }) => {
                *atoms >= before.saturating_mul(2)
            }
            (new, last) => new != last,
        }
    }

    fn votes(&self) -> Option<(u64, u64)> {
        match self {
            Fact::Against { atoms, needed, .. } | Fact::Support { atoms, needed, .. } => {
                Some((*atoms, *needed))
            }
            _ => None,
        }
    }

    fn locked(&self) -> Option<u64> {
        self.votes().map(|(atoms, _)| atoms)
    }

    fn is_enough(&self) -> bool {
        self.votes().is_some_and(|(atoms, needed)| atoms >= needed)
    }

    /// What is told when it stands no more, where no event does.
    pub(super) fn ended(&self) -> Option<Fact> {
        match self {
            Fact::Stuck { slot, .. } => Some(Fact::Moves { slot: *slot }),
            Fact::Paused { .. } => Some(Fact::Resumed),
            _ => None,
        }
    }
}

impl Look {
    /// What stands.
    ///
    /// # Errors
    /// `IndexRefused(InvariantBroken)` where books do not add up.
    pub fn facts(&self) -> Result<Vec<Fact>, CoreError> {
        let index = quote::accrued(&self.pool)?;
        let now = self.pool.clock.unix_timestamp;
        let mut facts = Vec::new();
        for place in index.announcements.iter().filter(|place| place.is_open()) {
            facts.push(self.phase(place)?);
            facts.extend(votes(&index, place)?);
        }
        if let Some(rebalance) = &self.rebalance {
            facts.extend(self.prices(&index, &rebalance.data)?);
        }
        for (slot, constituent) in self.pool.constituents() {
            facts.extend(self.movement(&index, slot, constituent)?);
            let person = self.pool.persons.get(&slot);
            let over = person
                .map(|person| person.token.data.status())
                .transpose()?;
            if over == Some(TokenStatus::WindDown) && constituent.is_held() {
                facts.push(Fact::WoundUp { slot });
            }
        }
        let dues = quote::dues(&self.pool, now)?;
        for (place, atoms) in (0u8..).zip(dues).filter(|(_, atoms)| *atoms > 0) {
            let slot = index.book(place)?.slot;
            if index.collected(slot).is_ok() {
                facts.push(Fact::Due { slot, atoms });
            }
        }
        if index.is_paused(now) {
            facts.push(Fact::Paused {
                until: index.paused_until,
            });
        }
        Ok(facts)
    }

    fn phase(&self, place: &AnnouncementPlace) -> Result<Fact, CoreError> {
        let (now, nonce) = (self.pool.clock.unix_timestamp, place.nonce);
        let kind = place.kind.get()?;
        let rebalance = self.rebalance.as_ref().map(|account| &account.data);
        let rebalance = rebalance.filter(|data| data.nonce == nonce);
        let until = match rebalance {
            Some(data) if kind == AnnouncementKind::Rebalance => data.ends_at,
            _ => place.expires_at(),
        };
        Ok(if now < place.effective_at {
            Fact::Waiting {
                nonce,
                kind,
                effective_at: place.effective_at,
            }
        } else if now <= until {
            Fact::Effective { nonce, kind, until }
        } else {
            Fact::Expired { nonce, kind }
        })
    }

    /// What each slot is traded at now.
    fn prices(&self, index: &PooledIndex, data: &Rebalance) -> Result<Vec<Fact>, CoreError> {
        let now = self.pool.clock.unix_timestamp;
        if !data.is_running(index, now)? || now < data.starts_at {
            return Ok(Vec::new());
        }
        let mut prices = Vec::new();
        for (slot, order) in data.traded() {
            let Some(side) = order.side() else { continue };
            let supply = rebalance::supply_of(&self.pool, slot)?;
            let value = data.value(slot, supply, now)?;
            prices.push(Fact::Price {
                nonce: data.nonce,
                slot,
                side,
                price: rebalance::price_of(value, rebalance::decimals(index, slot)?)?,
                left: order.left,
            });
        }
        Ok(prices)
    }

    fn movement(
        &self,
        index: &PooledIndex,
        slot: u8,
        constituent: &Constituent,
    ) -> Result<Option<Fact>, CoreError> {
        let stuck = self.stuck.contains(&slot);
        if constituent.is_wrapped() {
            return Ok(Some(match stuck {
                true => Fact::Wrapped { slot },
                false => Fact::Unwrappable { slot },
            }));
        }
        if !stuck || !constituent.is_held() {
            return Ok(None);
        }
        let noted = Some(i64::from(constituent.stuck_at)).filter(|noted| *noted != 0);
        let wraps_from = noted.map(|noted| index.after_notice(noted)).transpose()?;
        Ok(Some(Fact::Stuck { slot, wraps_from }))
    }
}

/// What locks hold against an announcement, and for it.
fn votes(index: &PooledIndex, place: &AnnouncementPlace) -> Result<Vec<Fact>, CoreError> {
    let nonce = place.nonce;
    let mut votes = Vec::new();
    if place.against > 0 {
        votes.push(Fact::Against {
            nonce,
            atoms: place.against,
            needed: index.veto_needs(place)?,
        });
    }
    if place.support > 0 {
        votes.push(Fact::Support {
            nonce,
            atoms: place.support,
            needed: index.counted_supply()? / 2 + 1,
        });
    }
    Ok(votes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn price(price: u64, left: u64) -> Fact {
        Fact::Price {
            nonce: 1,
            slot: 2,
            side: Side::Sell,
            price,
            left,
        }
    }

    #[test]
    fn a_price_is_news_when_it_moved_by_a_hundredth_or_something_was_traded() {
        assert!(!price(9_901, 5).is_news(&price(10_000, 5)));
        assert!(price(9_900, 5).is_news(&price(10_000, 5)));
        assert!(price(10_000, 4).is_news(&price(10_000, 5)));
        assert!(!price(1, 5).is_news(&price(1, 5)));
    }

    #[test]
    fn votes_are_news_when_they_change_and_not_when_the_fee_accrues() {
        let against = |atoms, needed| Fact::Against {
            nonce: 1,
            atoms,
            needed,
        };
        assert!(against(11, 200).is_news(&against(10, 200)));
        assert!(against(200, 200).is_news(&against(200, 201)));
        let support = |needed| Fact::Support {
            nonce: 1,
            atoms: 10,
            needed,
        };
        assert!(!support(201).is_news(&support(200)));
    }

    #[test]
    fn what_ends_without_an_event_is_told() {
        let stuck = Fact::Stuck {
            slot: 3,
            wraps_from: None,
        };
        assert_eq!(stuck.ended(), Some(Fact::Moves { slot: 3 }));
        assert_eq!(Fact::Paused { until: 5 }.ended(), Some(Fact::Resumed));
        assert_eq!(price(1, 1).ended(), None);
    }
}
