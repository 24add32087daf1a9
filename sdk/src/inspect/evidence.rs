use {
    super::{
        build::Sources,
        report::{Amount, AttestationReport},
    },
    crate::{
        error::SdkError,
        state::{Account, Attestation, Claim, ClaimKind},
    },
};

/// The class of backing that a claim belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// In custody: real tokens.
    Liquid,
    /// Enough listed attesters signed its present document, and none has expired.
    Attested,
    /// Enough of them signed it, but some signatures have expired.
    Stale,
    /// Only the owner says so, or an attester disputes it.
    Declared,
}

impl Class {
    /// As reports name it.
    pub fn name(self) -> &'static str {
        match self {
            Class::Liquid => "liquid",
            Class::Attested => "attested",
            Class::Stale => "stale",
            Class::Declared => "declared",
        }
    }
}

impl Sources<'_> {
    /// What was signed on a claim.
    fn signed<'a>(
        &'a self,
        claim: &'a Account<Claim>,
    ) -> impl Iterator<Item = &'a Attestation> + 'a {
        let signed = self.attestations.iter().map(|signed| &signed.data);
        signed.filter(move |signed| signed.claim == claim.key)
    }

    /// The class of a claim at the time of the reading.
    ///
    /// # Errors
    /// `Refused` where the claim does not decode.
    pub fn class(&self, claim: &Account<Claim>) -> Result<Class, SdkError> {
        if claim.data.kind()? == ClaimKind::TokenizedEquity {
            return Ok(Class::Liquid);
        }
        let Some(list) = &self.attesters else {
            return Ok(Class::Declared);
        };
        let (now, data) = (self.clock.unix_timestamp, &claim.data);
        let listed = self
            .signed(claim)
            .filter(|signed| list.contains(&signed.attester) && signed.document == data.document);
        let (mut fresh, mut all) = (0usize, 0usize);
        for signed in listed {
            all = all.saturating_add(1);
            fresh = fresh.saturating_add(usize::from(signed.is_fresh(data, now)));
        }
        let enough = usize::from(list.threshold);
        Ok(match data.disputed {
            0 if fresh >= enough => Class::Attested,
            0 if all >= enough => Class::Stale,
            _ => Class::Declared,
        })
    }

    /// What third parties signed on a claim.
    pub(super) fn attestations(&self, claim: &Account<Claim>) -> Vec<AttestationReport> {
        let (now, decimals) = (self.clock.unix_timestamp, self.token.data.quote().decimals);
        let list = self.attesters.as_ref();
        let report = |signed: &Attestation| AttestationReport {
            attester: signed.attester.to_string(),
            listed: list.is_some_and(|list| list.contains(&signed.attester)),
            value: Amount::new(signed.value, decimals),
            fresh: signed.is_fresh(&claim.data, now),
            signed_at: signed.signed_at,
            expires_at: signed.expires_at,
        };
        self.signed(claim).map(report).collect()
    }
}
