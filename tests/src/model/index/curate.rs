//! What the curator and the guardian decide, and its notice.

use {
    super::*,
    upside_sdk::index::{CreateIndexArgs, ParametersArgs, Status, TermsArgs},
};

/// Limits of what is promised for good. Errors: `InvalidTerms`.
pub fn valid_terms(terms: &TermsArgs) -> Check {
    let fits = terms.equal_share_bps <= 5_000
        && terms.offer_cap_bps <= 1_000
        && terms.window_cap_bps <= 1_000
        && (86_400..=30 * 86_400).contains(&terms.notice_seconds);
    require(fits, IndexError::InvalidTerms)
}

/// Limits of what may change. Errors: `InvalidParameters`.
pub fn valid_parameters(parameters: &ParametersArgs) -> Check {
    let fits = parameters.management_fee_bps <= 500
        && parameters.entry_fee_bps <= 300
        && parameters.exit_fee_bps <= 100
        && (60..=7 * 86_400).contains(&parameters.max_harvest_age);
    require(fits, IndexError::InvalidParameters)
}

/// A text that accounts accept: not empty, no blanks around it, not too long.
pub fn valid_text(text: &str, most: usize) -> Check {
    let fits = text.len() <= most
        && !text.is_empty()
        && text.trim() == text
        && !text.chars().any(char::is_control);
    require(fits, IndexError::InvalidText)
}

impl Index {
    /// A new index. Errors: `InvalidTerms`, `InvalidParameters`, `InvalidText`.
    pub fn create(creator: &Pubkey, args: &CreateIndexArgs) -> Check<Index> {
        valid_terms(&args.terms)?;
        valid_parameters(&args.parameters)?;
        let fee_recipient = named(&args.fee_recipient);
        let fee_recipient = fee_recipient.ok_or(IndexError::InvalidParameters)?;
        valid_text(&args.name, 32)?;
        valid_text(&args.symbol, 16)?;
        Ok(Index {
            creator: *creator,
            number: args.number,
            name: args.name.clone(),
            symbol: args.symbol.clone(),
            status: Status::Seeding,
            paused: false,
            terms: args.terms,
            parameters: args.parameters,
            announced: ParametersArgs::default(),
            parameters_at: 0,
            weights_at: 0,
            curator: Some(*creator),
            pending_curator: None,
            guardian: named(&args.guardian),
            fee_recipient,
            supply: 0,
            pending_fee: 0,
            fee_carry: 0,
            accrued_at: 0,
            members: 0,
            claimants: 0,
            memberships: 0,
            auctions_opened: 0,
            sequence: 0,
            told: Vec::new(),
            dilution_day: 0,
            dilution: BTreeMap::new(),
            books: Default::default(),
            trades: [None; TRADES],
            slots: [const { None }; SLOTS],
            baskets: BTreeMap::new(),
            people: BTreeMap::new(),
            auctions: BTreeMap::new(),
        })
    }

    /// The curator announces parameters.
    pub fn propose_parameters(&mut self, who: &Pubkey, new: &ParametersArgs, now: i64) -> Check {
        valid_parameters(new)?;
        self.require_curator(who)?;
        require(self.status != Status::WindDown, IndexError::NotActive)?;
        self.announced = *new;
        self.parameters_at = self.after_notice(now);
        Ok(())
    }

    /// Anybody applies them after the notice; fees until then are due at the old rate.
    pub fn apply_parameters(&mut self, minted: u64, now: i64) -> Check {
        self.accrue(minted, now)?;
        due(self.parameters_at, now)?;
        self.parameters = self.announced;
        self.parameters_at = 0;
        Ok(())
    }

    /// The curator announces weights; slots that are not named keep theirs.
    pub fn propose_weights(&mut self, who: &Pubkey, weights: &[(u8, u64)], now: i64) -> Check {
        self.require_curator(who)?;
        require(self.status != Status::WindDown, IndexError::NotActive)?;
        let fits = !weights.is_empty() && weights.len() <= SLOTS;
        require(fits, IndexError::LengthMismatch)?;
        for slot in self.slots.iter_mut().flatten() {
            slot.pending_weight = slot.weight;
        }
        for (place, (slot, atoms)) in weights.iter().enumerate() {
            self.slot_mut(*slot)?.pending_weight = *atoms;
            let again = weights[..place].iter().any(|(other, _)| other == slot);
            require(!again, IndexError::LengthMismatch)?;
        }
        self.weights_at = self.after_notice(now);
        Ok(())
    }

    /// Anybody applies them after the notice.
    pub fn apply_weights(&mut self, now: i64) -> Check {
        due(self.weights_at, now)?;
        for slot in self.slots.iter_mut().flatten() {
            slot.weight = slot.pending_weight;
        }
        self.weights_at = 0;
        Ok(())
    }

    /// The curator names who may pause, and who gets fees, which must be somebody.
    pub fn set_roles(&mut self, who: &Pubkey, guardian: &Pubkey, fees: &Pubkey) -> Check {
        self.require_curator(who)?;
        let fees = named(fees).ok_or(IndexError::InvalidParameters)?;
        self.guardian = named(guardian);
        self.fee_recipient = fees;
        Ok(())
    }

    /// The curator proposes a successor, or nobody.
    pub fn propose_curator(&mut self, who: &Pubkey, next: &Pubkey) -> Check {
        self.require_curator(who)?;
        self.pending_curator = named(next);
        Ok(())
    }

    /// The successor takes over.
    pub fn accept_curator(&mut self, who: &Pubkey) -> Check {
        let named = self.pending_curator.as_ref() == Some(who);
        require(named, IndexError::NotPendingCurator)?;
        self.curator = self.pending_curator.take();
        Ok(())
    }

    /// Curator or guardian stop new money.
    pub fn pause(&mut self, who: &Pubkey) -> Check {
        let may = [&self.curator, &self.guardian];
        let may = may.iter().any(|key| key.as_ref() == Some(who));
        require(may, IndexError::NotGuardian)?;
        require(!self.paused, IndexError::Paused)?;
        self.paused = true;
        Ok(())
    }

    /// The curator admits it again.
    pub fn unpause(&mut self, who: &Pubkey) -> Check {
        self.require_curator(who)?;
        require(self.paused, IndexError::NotPaused)?;
        self.paused = false;
        Ok(())
    }

    /// The curator ends the index: what was announced is void, weights are gone.
    pub fn wind_down(&mut self, who: &Pubkey, minted: u64, now: i64) -> Check {
        self.require_curator(who)?;
        self.accrue(minted, now)?;
        self.end()
    }

    fn end(&mut self) -> Check {
        self.require_active()?;
        self.status = Status::WindDown;
        (self.parameters_at, self.weights_at) = (0, 0);
        for slot in self.slots.iter_mut().flatten() {
            (slot.weight, slot.pending_weight) = (0, 0);
        }
        Ok(())
    }

    /// The curator leaves, which ends the index if it has not ended.
    pub fn resign(&mut self, who: &Pubkey, minted: u64, now: i64) -> Check {
        self.require_curator(who)?;
        self.accrue(minted, now)?;
        if self.status != Status::WindDown {
            self.end()?;
        }
        (self.curator, self.pending_curator) = (None, None);
        Ok(())
    }
}

/// The zero address is nobody.
pub(crate) fn named(key: &Pubkey) -> Option<Pubkey> {
    (*key != Pubkey::default()).then_some(*key)
}

fn due(at: i64, now: i64) -> Check {
    require(at != 0, IndexError::NothingToApply)?;
    require(now >= at, IndexError::NoticePending)
}
