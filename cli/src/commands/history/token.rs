use {
    super::{life, words::Words},
    upside_sdk::{
        Pubkey,
        event::TokenEvent as E,
        history::Event,
        state::{ClaimKind, RoundStatus},
    },
};

/// A token's event in one sentence.
pub fn told(event: &E, w: &Words) -> String {
    people(event, w)
        .or_else(|| money(event, w))
        .or_else(|| rights(event, w))
        .or_else(|| life::trades(event, w))
        .or_else(|| life::passes(event, w))
        .or_else(|| life::governance(event, w))
        .unwrap_or_else(|| w.plain(&Event::Token(event.clone())))
}

/// `nobody` for the zero key.
fn role(key: &Pubkey, w: &Words) -> String {
    match *key == Pubkey::default() {
        true => "nobody".to_string(),
        false => w.who(key),
    }
}

/// Roles, holders and shares.
fn people(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::TokenCreated(e) => format!(
            "{} created {}, paid in {}",
            w.who(&e.creator),
            w.symbol,
            w.called(&e.quote_mint)
        ),
        E::MetadataUpdated(_) => "the name, symbol or URI changed".to_string(),
        E::RolesChanged(e) => format!(
            "the owner named the guardian ({}) and the registrar ({})",
            role(&e.guardian, w),
            role(&e.registrar, w)
        ),
        E::OwnershipProposed(e) if e.pending_owner == Pubkey::default() => {
            "the owner withdrew the proposal of a new owner".to_string()
        }
        E::OwnershipProposed(e) => {
            format!(
                "the owner proposed {} as the new owner",
                w.who(&e.pending_owner)
            )
        }
        E::OwnershipAccepted(e) => {
            format!(
                "{} took over from {} as owner",
                w.who(&e.owner),
                w.who(&e.previous)
            )
        }
        E::IdentityVouched(e) => format!(
            "{} vouched that the creator, {}, is the person of a name (sha256 {}), until {}",
            w.who(&e.attester),
            w.who(&e.creator),
            w.hash(&e.subject),
            w.at(e.expires_at)
        ),
        E::IdentityRevoked(e) => format!(
            "{} vouches no longer who the creator, {}, is",
            w.who(&e.attester),
            w.who(&e.creator)
        ),
        E::PauseChanged(e) if e.paused == 0 => format!("{} admitted new money again", w.who(&e.by)),
        E::PauseChanged(e) => format!("{} paused new money", w.who(&e.by)),
        E::BearerCapChanged(e) => match e.bearer_cap {
            u64::MAX => "the owner lifted the bearer cap".to_string(),
            cap => format!("the owner set the bearer cap to {}", w.shares(cap)),
        },
        E::HolderOpened(e) => format!("{} got a holder account", w.who(&e.wallet)),
        E::VenueChanged(e) if e.venue == 0 => format!("{} is a venue no longer", w.who(&e.wallet)),
        E::VenueChanged(e) => format!("{} became a venue", w.who(&e.wallet)),
        E::TransferApproved(e) => format!(
            "the owner approved a transfer of up to {} from {} to {}, until {}",
            w.shares(e.shares),
            w.who(&e.from),
            w.who(&e.to),
            w.at(e.expires_at)
        ),
        E::ApprovalRevoked(e) => format!(
            "the owner revoked the approval of a transfer from {} to {}",
            w.who(&e.from),
            w.who(&e.to)
        ),
        E::SharesTransferred(e) => format!(
            "{} transferred {} to {}",
            w.who(&e.from),
            w.shares(e.shares),
            w.who(&e.to)
        ),
        E::SharesWithdrawn(e) => {
            format!(
                "{} withdrew {} to a wallet",
                w.who(&e.wallet),
                w.shares(e.shares)
            )
        }
        E::SharesWarmed(e) => {
            format!(
                "{} deposited by {} earn and vote from now on",
                w.shares(e.shares),
                w.who(&e.wallet)
            )
        }
        E::SharesDeposited(e) => {
            format!(
                "{} deposited {} from a wallet, to earn and vote from {}",
                w.who(&e.wallet),
                w.shares(e.shares),
                w.at(e.warm_at)
            )
        }
        E::SharesIssued(e) if e.paid == 0 => {
            format!(
                "the owner issued {} to {}",
                w.shares(e.shares),
                w.who(&e.wallet)
            )
        }
        E::SharesIssued(e) => format!(
            "the owner issued {} to {}, paid with {} elsewhere",
            w.shares(e.shares),
            w.who(&e.wallet),
            w.cash(e.paid)
        ),
        E::SharesRedeemed(e) => format!(
            "{} redeemed {}{} for {}",
            w.who(&e.wallet),
            w.shares(e.shares),
            if e.bearer == 1 { " of a wallet" } else { "" },
            w.by_asset(&e.paid)
        ),
        E::RegisterSynced(e) => format!(
            "the register was synced: {} burned, {} exist",
            w.shares(e.burned),
            w.shares(e.supply)
        ),
        _ => return None,
    })
}

/// Rounds, the reserve and dividends.
fn money(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::RoundOpened(e) => {
            let least = match e.min_raise {
                0 => "at once".to_string(),
                least => format!("with a minimum raise of {}", w.cash(least)),
            };
            format!(
                "the owner opened round {}: {} for sale {least}, until {}",
                e.round,
                w.shares(e.shares.iter().fold(0, |sum, one| sum.saturating_add(*one))),
                w.at(e.closes_at)
            )
        }
        E::Contributed(e) => format!(
            "{} contributed {} to round {} for {}",
            w.who(&e.wallet),
            w.cash(e.paid),
            e.round,
            w.shares(e.shares)
        ),
        E::ContributionLeft(e) => format!(
            "{} left round {} and got {} back",
            w.who(&e.wallet),
            e.round,
            w.cash(e.paid)
        ),
        E::RoundExtended(e) => format!(
            "the owner moved the end of round {} from {} to {}",
            e.round,
            w.at(e.before),
            w.at(e.closes_at)
        ),
        E::RoundCancelled(e) => format!(
            "the owner cancelled round {}: {} go back to its backers",
            e.round,
            w.cash(e.raised)
        ),
        E::RoundClosed(e) => {
            let status = u8::try_from(e.status).map(RoundStatus::try_from);
            let outcome = match status {
                Ok(Ok(RoundStatus::Failed)) => "failed",
                _ => "succeeded",
            };
            format!(
                "round {} {outcome}: {} raised for {}",
                e.round,
                w.cash(e.raised),
                w.shares(e.sold)
            )
        }
        E::ContributionClaimed(e) => format!(
            "{} got {} of round {}",
            w.who(&e.wallet),
            w.shares(e.shares),
            e.round
        ),
        E::ContributionRefunded(e) => format!(
            "{} got {} of failed round {} back",
            w.who(&e.wallet),
            w.cash(e.paid),
            e.round
        ),
        E::RoundSettled(e) => format!("the owner got {} of round {}", w.cash(e.to_owner), e.round),
        E::AssetListed(e) => {
            let kind = if e.payout == 1 {
                " with a stream of payouts"
            } else {
                ""
            };
            let care = if e.seizable == 1 {
                "; its issuer can seize or freeze it"
            } else {
                ""
            };
            format!("{} was listed{kind}{care}", w.called(&e.mint))
        }
        E::ReserveDeposited(e) => {
            format!(
                "{} gave {} to the reserve",
                w.who(&e.from),
                w.of(&e.mint, e.amount)
            )
        }
        E::EndowmentDeposited(e) => format!(
            "{} added {} to the endowment",
            w.who(&e.from),
            w.of(&e.mint, e.amount)
        ),
        E::EndowmentWithdrawn(e) => format!(
            "the owner took {} out of the endowment",
            w.of(&e.mint, e.amount)
        ),
        E::AssetsBrought(e) => format!(
            "the endowment brought what {} had to bring into reserve and streams",
            w.shares(e.shares)
        ),
        E::ImmovabilityNoted(e) if e.since == 0 => {
            format!("{} was noted to move again", w.called(&e.mint))
        }
        E::ImmovabilityNoted(e) => format!(
            "{} was noted as immovable: its issuer froze or paused it",
            w.called(&e.mint)
        ),
        E::SurplusBooked(e) => format!(
            "{} that somebody sent was booked into the reserve",
            w.of(&e.mint, e.found)
        ),
        E::LossBooked(e) => format!(
            "the issuer took {} of the endowment and {} of the reserve",
            w.of(&e.mint, e.from_endowment),
            w.of(&e.mint, e.from_reserve)
        ),
        E::DividendClaimed(e) => {
            format!(
                "{} claimed {} of dividends",
                w.who(&e.wallet),
                w.of(&e.mint, e.amount)
            )
        }
        _ => return None,
    })
}

/// Claims and their evidence.
fn rights(event: &E, w: &Words) -> Option<String> {
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
        E::ClaimExited(e) => format!(
            "{} of {} were sold for {}: {} to the owner, {} to the reserve, {} to holders",
            w.units(e.claim, e.units),
            w.claim(e.claim),
            w.cash(e.proceeds),
            w.cash(e.to_owner),
            w.cash(e.to_reserve),
            w.cash(e.to_stream)
        ),
        E::RevenuePaid(e) => format!(
            "{} paid {} of revenue on {}: {} to the reserve, {} to holders",
            w.who(&e.from),
            w.of(&e.mint, e.amount),
            w.claim(e.claim),
            w.of(&e.mint, e.to_reserve),
            w.of(&e.mint, e.to_stream)
        ),
        E::RevenueReported(e) => format!(
            "the owner reported {} of revenue on {} for {}-{:02}: {} due",
            w.of_claim(e.claim, None, e.gross),
            w.claim(e.claim),
            e.period / 100,
            e.period % 100,
            w.of_claim(e.claim, None, e.due)
        ),
        E::AttesterAdded(e) => format!("{} became an attester", w.who(&e.attester)),
        E::AttesterRemovalAnnounced(e) => format!(
            "the removal of the attester {} was announced for {}",
            w.who(&e.attester),
            w.at(e.effective_at)
        ),
        E::AttesterRemoved(e) => format!("{} is an attester no longer", w.who(&e.attester)),
        E::ThresholdSet(e) => format!(
            "{} a claim attested from {} on",
            match e.threshold {
                1 => "one attestation makes".to_string(),
                most => format!("{most} attestations make"),
            },
            w.at(e.effective_at)
        ),
        E::ClaimAttested(e) => format!(
            "{} attested {}, worth {}, until {}",
            w.who(&e.attester),
            w.claim(e.claim),
            w.cash(e.value),
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
            "the owner wrote off {} of {}: a loss of {}",
            w.units(e.claim, e.units),
            w.claim(e.claim),
            w.cash(e.cost)
        ),
        _ => return None,
    })
}
