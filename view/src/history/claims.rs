//! A token's events in sentences, of its claims and who attests them.

use {
    super::words::Words,
    upside_core::{Pubkey, event::TokenEvent as E, state::ClaimKind},
};

/// Claims and their evidence.
pub fn sentence(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::ClaimDeclared(e) => {
            let claim = w.claim(e.claim);
            match u8::try_from(e.kind).map(ClaimKind::try_from) {
                Ok(Ok(ClaimKind::Equity)) => format!(
                    "the owner declared {claim}: {} that cost {}",
                    w.units(e.claim, e.units),
                    w.cash(e.cost)
                ),
                Ok(Ok(ClaimKind::RevenueShare)) => {
                    format!("the owner declared {claim}: a share of revenue")
                }
                _ => format!("the owner declared {claim}: tokenized equity"),
            }
        }
        E::EquityDeposited(e) => format!(
            "{} came into {}, at a cost of {}",
            w.of(&e.mint, e.units),
            w.claim(e.claim),
            w.cash(e.cost)
        ),
        E::EquityReleased(e) => format!(
            "{} of {} went into the reserve",
            w.of(&e.mint, e.units),
            w.claim(e.claim)
        ),
        E::ClaimExited(e) if e.to_endowment > 0 => format!(
            "{} of {} were sold for {}: {} to the owner, {} to the endowment, as no share exists",
            w.units(e.claim, e.units),
            w.claim(e.claim),
            w.cash(e.proceeds),
            w.cash(e.to_owner),
            w.cash(e.to_endowment)
        ),
        E::ClaimExited(e) => format!(
            "{} of {} were sold for {}: {} to the owner, {} to the reserve, {} to holders",
            w.units(e.claim, e.units),
            w.claim(e.claim),
            w.cash(e.proceeds),
            w.cash(e.to_owner),
            w.cash(e.to_reserve),
            w.cash(e.to_stream)
        ),
        E::RevenuePaid(e) if e.to_endowment > 0 => format!(
            "{} paid {} of revenue on {}: to the endowment, as no share exists",
            w.who(&e.from),
            w.of(&e.mint, e.amount),
            w.claim(e.claim)
        ),
        E::RevenuePaid(e) => format!(
            "{} paid {} of revenue on {}: {} to the reserve, {} to holders",
            w.who(&e.from),
            w.of(&e.mint, e.amount),
            w.claim(e.claim),
            w.of(&e.mint, e.to_reserve),
            w.of(&e.mint, e.to_stream)
        ),
        E::RevenueReported(e) if e.corrections > 0 => format!(
            "the report of {}-{:02} on {} was corrected from {} to {}: {} due",
            e.period / 100,
            e.period % 100,
            w.claim(e.claim),
            w.of_claim(e.claim, None, e.first),
            w.of_claim(e.claim, None, e.gross),
            w.of_claim(e.claim, None, e.due)
        ),
        E::RevenueReported(e) => format!(
            "{} of revenue on {} was reported for {}-{:02}: {} due by {}",
            w.of_claim(e.claim, None, e.gross),
            w.claim(e.claim),
            e.period / 100,
            e.period % 100,
            w.of_claim(e.claim, None, e.due),
            w.at(e.due_at)
        ),
        E::AuctionAnnounced(e) => format!(
            "an auction of {} of {} was announced{}: from {} at {} to {} at {}",
            w.units(e.claim, e.units),
            w.claim(e.claim),
            match e.poll.checked_sub(1) {
                Some(poll) => format!(" by poll {poll}"),
                None => String::new(),
            },
            w.cash(e.start),
            w.at(e.starts_at),
            w.cash(e.end),
            w.at(e.ends_at)
        ),
        E::AuctionBought(e) => format!(
            "{} bought {} of {} at auction for {}",
            w.who(&e.buyer),
            w.units(e.claim, e.units),
            w.claim(e.claim),
            w.cash(e.paid)
        ),
        E::AuctionCancelled(e) => format!(
            "the auction of {} was stopped: {} stay in custody",
            w.claim(e.claim),
            w.units(e.claim, e.unsold)
        ),
        E::ClaimSynced(e) if e.lost > 0 => format!(
            "the issuer took {} of {}",
            w.units(e.claim, e.lost),
            w.claim(e.claim)
        ),
        E::ClaimSynced(e) => format!(
            "{} had arrived unasked in {}",
            w.units(e.claim, e.found),
            w.claim(e.claim)
        ),
        E::AttesterAccepted(e) => format!(
            "{} became an attester{}",
            w.who(&e.attester),
            match e.origin {
                0 => ", chosen by the owner before others bought shares",
                _ => ", by a poll of holders",
            }
        ),
        E::AttesterRemoved(e) => format!("{} is an attester no longer", w.who(&e.attester)),
        E::SuccessorNamed(e) if e.successor == Pubkey::default() => {
            format!("the attester {} named no successor", w.who(&e.attester))
        }
        E::SuccessorNamed(e) => format!(
            "the attester {} hands its seat to {} from {} on",
            w.who(&e.attester),
            w.who(&e.successor),
            w.at(e.effective_at)
        ),
        E::AttesterSucceeded(e) => format!(
            "{} took the seat of the attester {}",
            w.who(&e.successor),
            w.who(&e.attester)
        ),
        E::ThresholdSet(e) => format!(
            "{} a claim attested",
            match e.threshold {
                1 => "one attestation makes".to_string(),
                most => format!("{most} attestations make"),
            }
        ),
        E::ClaimAttested(e) => format!(
            "{} attested {}, worth {}, at a cost of {}, until {}",
            w.who(&e.attester),
            w.claim(e.claim),
            w.worth(e.claim, e.value),
            w.cash(e.cost),
            w.at(e.expires_at)
        ),
        E::AttestationRevoked(e) => {
            format!(
                "{} took the attestation of {} back",
                w.who(&e.attester),
                w.claim(e.claim)
            )
        }
        E::ClaimDisputed(e) => format!("{} disputed {}", w.who(&e.attester), w.claim(e.claim)),
        E::DisputeResolved(e) => {
            format!("{} ended the dispute of {}", w.who(&e.by), w.claim(e.claim))
        }
        E::ClaimTransformed(e) => format!(
            "{} changed its form: {} became {}",
            w.claim(e.claim),
            w.units(e.claim, e.before),
            w.units(e.claim, e.after)
        ),
        E::ClaimWrittenOff(e) => format!(
            "the owner wrote off {} of {}: a loss of {} that counts",
            w.units(e.claim, e.units),
            w.claim(e.claim),
            w.cash(e.cost)
        ),
        _ => return None,
    })
}
