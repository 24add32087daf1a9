use {
    super::{build::Sources, evidence::EvidenceClass, report::Backing},
    crate::report::{Amount, MintAmount},
    crate::{
        error::CoreError,
        state::{ClaimKind, ClaimStatus},
    },
    anchor_lang::prelude::Pubkey,
    upside_math::MathError,
};

/// Amounts by mint, none below zero.
#[derive(Clone, Debug, Default)]
pub struct Tally(Vec<MintAmount>);

impl Tally {
    /// Adds to the entry of a mint. Errors: `Math(Overflow)`.
    pub fn add(&mut self, mint: &Pubkey, decimals: u8, atoms: u128) -> Result<(), CoreError> {
        if atoms == 0 {
            return Ok(());
        }
        let atoms = i128::try_from(atoms).map_err(|_| MathError::Overflow)?;
        match self.0.iter_mut().find(|one| one.mint == *mint) {
            Some(one) => {
                let sum = one.amount.atoms.checked_add(atoms);
                one.amount.atoms = sum.ok_or(MathError::Overflow)?;
            }
            None => self.0.push(MintAmount {
                mint: *mint,
                amount: Amount::signed(atoms, decimals),
            }),
        }
        Ok(())
    }

    fn add_all(&mut self, other: &Tally) -> Result<(), CoreError> {
        let mut all = other.0.iter();
        all.try_for_each(|MintAmount { mint, amount }| {
            self.add(mint, amount.decimals, amount.atoms.unsigned_abs())
        })
    }

    /// Each entry times `part / whole`, rounded down. Errors: `Math`.
    fn scaled(&self, part: u64, whole: u64) -> Result<Tally, CoreError> {
        let mut scaled = Tally::default();
        for MintAmount { mint, amount } in &self.0 {
            let atoms = amount.atoms.unsigned_abs();
            // In two pieces, so that the product fits: the rest of the first is below `whole`.
            let (part, whole) = (u128::from(part), u128::from(whole));
            let zero = MathError::DivisionByZero;
            let high = atoms.checked_div(whole).ok_or(zero)?;
            let low = atoms.checked_rem(whole).ok_or(zero)? * part / whole;
            let high = high.checked_mul(part).ok_or(MathError::Overflow)?;
            let sum = high.checked_add(low).ok_or(MathError::Overflow)?;
            scaled.add(mint, amount.decimals, sum)?;
        }
        Ok(scaled)
    }

    /// For a reader.
    pub(crate) fn report(&self) -> Vec<MintAmount> {
        self.0.clone()
    }
}

/// What stands behind shares, by class and mint: [`Backing`] in numbers.
#[derive(Clone, Debug, Default)]
pub struct Tallies {
    /// In vaults: what a redemption can pay.
    pub liquid: Tally,
    /// In vaults, but it cannot move now: the vault is frozen or the mint paused.
    pub immovable: Tally,
    /// In custody of claims.
    pub custody: Tally,
    /// Claims that accepted attesters signed as they are: the smaller of the owner's number
    /// and the lowest accepted value.
    pub attested: Tally,
    /// The same of claims that changed since, or whose signatures expired.
    pub stale: Tally,
    /// Claims that only the owner declared: the owner's number.
    pub declared: Tally,
}

impl Tallies {
    /// Of all shares of a token.
    ///
    /// # Errors
    /// `Refused`, `Math` where the accounts do not add up.
    pub fn of(from: &Sources) -> Result<Tallies, CoreError> {
        let token = &from.token.data;
        let quote = token.quote();
        let mut all = Tallies::default();
        for (place, asset) in token.listed()?.iter().enumerate() {
            let moves = from.immovable.get(place).is_none_or(Option::is_none);
            let tally = if moves {
                &mut all.liquid
            } else {
                &mut all.immovable
            };
            tally.add(&asset.mint, asset.decimals, asset.reserve.into())?;
        }
        for claim in &from.claims {
            let data = &claim.data;
            let estate = data.status()? == ClaimStatus::SharedOut;
            if !data.is_open()? && !estate {
                continue;
            }
            let (mint, decimals) = match data.kind()? {
                ClaimKind::TokenizedEquity => (&data.mint, from.unit_decimals(data)),
                ClaimKind::Equity => (&quote.mint, quote.decimals),
                ClaimKind::RevenueShare if from.clock.unix_timestamp < data.ends_at => {
                    let asset = token.asset(token.asset_of(&data.mint)?)?;
                    (&data.mint, asset.decimals)
                }
                ClaimKind::RevenueShare => continue,
            };
            let (class, atoms) = from.class(claim)?;
            let tally = match class {
                EvidenceClass::Liquid => &mut all.custody,
                EvidenceClass::Attested => &mut all.attested,
                EvidenceClass::Stale => &mut all.stale,
                EvidenceClass::Declared => &mut all.declared,
            };
            tally.add(mint, decimals, atoms.into())?;
        }
        Ok(all)
    }

    fn classes(&self) -> [&Tally; 6] {
        [
            &self.liquid,
            &self.immovable,
            &self.custody,
            &self.attested,
            &self.stale,
            &self.declared,
        ]
    }

    /// Adds another's. Errors: `Math(Overflow)`.
    pub fn add(&mut self, other: &Tallies) -> Result<(), CoreError> {
        let own = [
            &mut self.liquid,
            &mut self.immovable,
            &mut self.custody,
            &mut self.attested,
            &mut self.stale,
            &mut self.declared,
        ];
        for (mine, theirs) in own.into_iter().zip(other.classes()) {
            mine.add_all(theirs)?;
        }
        Ok(())
    }

    /// The part that `part` of `whole` shares have, rounded down. Errors: `Math`.
    pub fn scaled(&self, part: u64, whole: u64) -> Result<Tallies, CoreError> {
        Ok(Tallies {
            liquid: self.liquid.scaled(part, whole)?,
            immovable: self.immovable.scaled(part, whole)?,
            custody: self.custody.scaled(part, whole)?,
            attested: self.attested.scaled(part, whole)?,
            stale: self.stale.scaled(part, whole)?,
            declared: self.declared.scaled(part, whole)?,
        })
    }

    /// For a reader.
    pub fn report(&self) -> Backing {
        let [liquid, immovable, custody, attested, stale, declared] =
            self.classes().map(Tally::report);
        Backing {
            liquid,
            immovable,
            custody,
            attested,
            stale,
            declared,
        }
    }
}
