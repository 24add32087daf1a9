//! Reading the evidence on a claim from the accounts of an instruction.

use {
    crate::{
        error::{TokenError, require},
        host::AccountIo,
        seeds,
        state::{Attestation, Attesters, Claim, Evidence, PersonalToken, Weighing},
    },
    anchor_lang::prelude::*,
};

/// Where the evidence on a claim is.
pub(crate) struct Given<'a, 'info> {
    /// The token's address.
    pub(crate) token: &'a Pubkey,
    /// The claim's address.
    pub(crate) claim: &'a Pubkey,
    /// The token's accepted attesters, proven by their seeds; they may not exist.
    pub(crate) attesters: &'a AccountInfo<'info>,
    /// The attestation of each of them on the claim, in the order of the list; each proven
    /// by its fields, or where it does not exist by its seeds.
    pub(crate) signed: &'a [AccountInfo<'info>],
}

/// Weighs all that accepted attesters signed on a claim: nothing of it can be left out.
/// Errors: `WrongAccount`, `EvidenceIncomplete`.
#[inline(never)]
pub(crate) fn weigh(
    token: &PersonalToken,
    claim: &Claim,
    given: &Given,
    now: i64,
) -> Result<Evidence> {
    if *given.attesters.owner != crate::ID {
        let seeds = seeds::attesters(given.token);
        AccountIo::prove_address(given.attesters, &seeds)?;
        require(given.signed.is_empty(), TokenError::EvidenceIncomplete)?;
        return Ok(Evidence::default());
    }
    let list = AccountIo::read::<Attesters>(given.attesters)?;
    require(list.token == *given.token, TokenError::WrongToken)?;
    let complete = list.count() == given.signed.len();
    require(complete, TokenError::EvidenceIncomplete)?;
    let at = Weighing {
        list: &list,
        owner: &token.owner,
        notice: i64::from(token.terms.notice_seconds),
        now,
    };
    let mut evidence = Evidence::begin(claim, &at);
    for ((_, attester), account) in list.seated().zip(given.signed) {
        if *account.owner == crate::ID {
            let signed = AccountIo::read::<Attestation>(account)?;
            let right = signed.claim == *given.claim && signed.attester == *attester;
            require(right, TokenError::EvidenceIncomplete)?;
            evidence.add(claim, &signed, &at)?;
        } else {
            let (address, _) = seeds::find_attestation(given.claim, attester);
            require(*account.key == address, TokenError::EvidenceIncomplete)?;
        }
    }
    Ok(evidence)
}
