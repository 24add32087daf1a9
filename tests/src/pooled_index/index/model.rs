//! What the curator and the guardian decide, and its notice.

use {
    crate::model::index::*,
    std::collections::BTreeSet,
    upside_sdk::index::{
        CreateIndexArgs, IndexStatus, ParametersInput, RecipientArgs, Role, TermsInput,
    },
};

/// Limits of what is promised for good. Errors: `InvalidTerms`.
pub fn valid_terms(terms: &TermsInput) -> Check {
    let shared = terms.equal_share_bps > 0;
    let named = [terms.credential, terms.schema].map(|key| key != Pubkey::default());
    let fits = terms.equal_share_bps <= 2_500
        && terms.dilution_bps <= 1_000
        && named == [shared, shared]
        && (3 * 86_400..=30 * 86_400).contains(&terms.notice_seconds);
    require(fits, IndexError::InvalidTerms)
}

/// Limits of what may change. Errors: `InvalidParameters`.
pub fn valid_parameters(parameters: &ParametersInput) -> Check {
    let fits = parameters.management_fee_bps <= 500
        && parameters.entry_fee_bps <= 300
        && parameters.exit_fee_bps <= 100;
    require(fits, IndexError::InvalidParameters)
}

/// One to four different recipients, whose portions are all of it. Errors:
/// `InvalidRecipients`.
pub fn valid_recipients(recipients: &[RecipientArgs]) -> Check {
    let keys: BTreeSet<Pubkey> = recipients.iter().map(|it| it.key).collect();
    let all: u64 = recipients.iter().map(|it| u64::from(it.portion_bps)).sum();
    let fits = recipients.len() <= 4
        && keys.len() == recipients.len()
        && !keys.contains(&Pubkey::default())
        && recipients.iter().all(|it| it.portion_bps > 0)
        && all == 10_000;
    require(fits, IndexError::InvalidRecipients)
}

/// A text that accounts accept: not empty, no blanks around it, not too long.
pub fn valid_text(text: &str, most: usize) -> Check {
    let fits = text.len() <= most
        && !text.is_empty()
        && text.trim() == text
        && !text.chars().any(char::is_control);
    require(fits, IndexError::InvalidText)
}

/// An address that a share mint accepts.
pub fn valid_uri(uri: &str) -> Check {
    let fits = uri.len() <= 200 && !uri.chars().any(char::is_control);
    require(fits, IndexError::InvalidText)
}

impl PooledIndex {
    /// A new index. Errors: `InvalidTerms`, `InvalidParameters`, `InvalidRecipients`,
    /// `InvalidText`.
    pub fn create(creator: &Pubkey, args: &CreateIndexArgs) -> Check<PooledIndex> {
        valid_terms(&args.terms)?;
        valid_parameters(&args.parameters)?;
        valid_recipients(&args.recipients)?;
        valid_text(&args.name, 32)?;
        valid_text(&args.symbol, 16)?;
        valid_uri(&args.uri)?;
        Ok(PooledIndex {
            creator: *creator,
            number: args.number,
            name: args.name.clone(),
            symbol: args.symbol.clone(),
            uri: args.uri.clone(),
            status: IndexStatus::Seeding,
            paused_until: 0,
            pausable_from: 0,
            terms: args.terms,
            parameters: args.parameters,
            curator: Some(*creator),
            pending_curator: None,
            launcher: named(&args.launcher),
            admissions: named(&args.admissions),
            guardian: named(&args.guardian),
            recipients: args.recipients.clone(),
            supply: 0,
            pending_fee: 0,
            fee_carry: 0,
            accrued_at: 0,
            settled: 0,
            settled_at: 0,
            members: 0,
            claimants: 0,
            wraps: 0,
            wrappers: BTreeMap::new(),
            memberships: 0,
            sequence: 0,
            reported: Vec::new(),
            diluted_period: 0,
            diluted: BTreeMap::new(),
            admitted: Vec::new(),
            offers: BTreeMap::new(),
            books: Default::default(),
            notices_made: 0,
            notices: Default::default(),
            vetoed: Default::default(),
            announced: BTreeMap::new(),
            locks: BTreeMap::new(),
            candidacies: 0,
            candidates: BTreeMap::new(),
            slots: [const { None }; SLOTS],
            baskets: BTreeMap::new(),
            people: BTreeMap::new(),
            rebalance: None,
        })
    }

    /// The curator lowers fees at once; those until then are due at the old rate. Errors:
    /// `InvalidParameters`, `NotCurator`, `FeesNotLower`.
    pub fn lower_fees(
        &mut self,
        who: &Pubkey,
        new: &ParametersInput,
        minted: u64,
        now: i64,
    ) -> Check {
        valid_parameters(new)?;
        self.require_curator(who)?;
        self.accrue(minted, now)?;
        let old = self.parameters;
        let lower = new.management_fee_bps <= old.management_fee_bps
            && new.entry_fee_bps <= old.entry_fee_bps
            && new.exit_fee_bps <= old.exit_fee_bps
            && *new != old;
        require(lower, IndexError::FeesNotLower)?;
        self.parameters = *new;
        Ok(())
    }

    /// The curator takes a role away, or who has it gives it up. Returns who had it. Errors:
    /// `NotCurator`, `RoleVacant`.
    pub fn clear_role(&mut self, who: &Pubkey, role: Role) -> Check<Pubkey> {
        let curator = self.curator;
        let place = self.role_mut(role);
        let may = [curator, *place].contains(&Some(*who));
        require(may, IndexError::NotCurator)?;
        place.take().ok_or(IndexError::RoleVacant)
    }

    /// The successor takes over.
    pub fn accept_curator(&mut self, who: &Pubkey) -> Check {
        let named = self.pending_curator.as_ref() == Some(who);
        require(named, IndexError::NotPendingCurator)?;
        self.curator = self.pending_curator.take();
        Ok(())
    }

    /// Curator or guardian stop new money for 14 days, and then not again for a notice.
    /// Errors: `NotGuardian`, `Paused`, `PausedLately`.
    pub fn pause(&mut self, who: &Pubkey, now: i64) -> Check {
        let may = [&self.curator, &self.guardian];
        let may = may.iter().any(|key| key.as_ref() == Some(who));
        require(may, IndexError::NotGuardian)?;
        require(now >= self.paused_until, IndexError::Paused)?;
        require(now >= self.pausable_from, IndexError::PausedLately)?;
        self.end_pause(now + 14 * DAY);
        Ok(())
    }

    /// The curator admits it again. Errors: `NotCurator`, `NotPaused`.
    pub fn unpause(&mut self, who: &Pubkey, now: i64) -> Check {
        self.require_curator(who)?;
        require(now < self.paused_until, IndexError::NotPaused)?;
        self.end_pause(now);
        Ok(())
    }

    fn end_pause(&mut self, at: i64) {
        self.paused_until = at;
        self.pausable_from = self.after_notice(at);
    }

    /// The curator ends the index: what was announced is void.
    pub fn wind_down(&mut self, who: &Pubkey, minted: u64, now: i64) -> Check {
        self.require_curator(who)?;
        self.accrue(minted, now)?;
        self.end()
    }

    fn end(&mut self) -> Check {
        self.require_active()?;
        self.status = IndexStatus::WindDown;
        self.end_notices();
        Ok(())
    }

    /// The curator leaves, which ends the index if it has not ended.
    pub fn resign(&mut self, who: &Pubkey, minted: u64, now: i64) -> Check {
        self.require_curator(who)?;
        self.accrue(minted, now)?;
        if self.status != IndexStatus::WindDown {
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
