use {
    super::{claims, life, words::Words},
    upside_core::{
        Pubkey,
        event::TokenEvent as E,
        history::Event,
        state::{RoundStatus, text},
    },
};

/// A token's event in one sentence.
pub fn sentence(event: &E, w: &Words) -> String {
    people(event, w)
        .or_else(|| money(event, w))
        .or_else(|| claims::sentence(event, w))
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

/// What an announcement changes.
fn names(name: &[u8], symbol: &[u8], changes: u64) -> String {
    let mut said = Vec::new();
    if changes & 1 != 0 {
        said.push(format!("the name {}", text::read(name)));
    }
    if changes & 2 != 0 {
        said.push(format!("the symbol {}", text::read(symbol)));
    }
    if changes & 4 != 0 {
        said.push("another URI".to_string());
    }
    said.join(", ")
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
        E::NameAnnounced(e) if e.changes == 0 => {
            "the owner cancelled the announced name".to_string()
        }
        E::NameAnnounced(e) => format!(
            "the owner announced {} from {} on",
            names(&e.name, &e.symbol, e.changes),
            w.at(e.effective_at)
        ),
        E::MetadataUpdated(e) if e.old_name == e.name && e.old_symbol == e.symbol => {
            "the URI changed".to_string()
        }
        E::MetadataUpdated(e) => format!(
            "{} ({}) was renamed to {} ({})",
            text::read(&e.old_name),
            text::read(&e.old_symbol),
            text::read(&e.name),
            text::read(&e.symbol)
        ),
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
                "{} took over from {} as owner; the roles that were given ended",
                w.who(&e.owner),
                w.who(&e.previous)
            )
        }
        E::IdentityAttested(e) => format!(
            "{} vouched that the owner, {}, is the person of a name (sha256 {}), until {}",
            w.who(&e.attester),
            w.who(&e.owner),
            w.hash(&e.subject),
            w.at(e.expires_at)
        ),
        E::IdentityRevoked(e) => format!(
            "{} vouches no longer who the owner, {}, is",
            w.who(&e.attester),
            w.who(&e.owner)
        ),
        E::PauseChanged(e) if e.paused == 0 => format!("{} admitted new money again", w.who(&e.by)),
        E::PauseChanged(e) => format!("{} paused new money", w.who(&e.by)),
        E::BearerCapChanged(e) => match e.bearer_cap {
            u64::MAX => "the owner lifted the bearer cap".to_string(),
            cap => format!("the owner set the bearer cap to {}", w.shares(cap)),
        },
        E::HolderOpened(e) => format!("{} got a holder account", w.who(&e.wallet)),
        E::VenueAnnounced(e) if (e.venue == 1) == (e.open == 1) => format!(
            "the owner cancelled what was announced of the venue mark of {}",
            w.who(&e.wallet)
        ),
        E::VenueAnnounced(e) => format!(
            "the owner announced that {} {} from {} on",
            w.who(&e.wallet),
            if e.open == 1 {
                "is a venue"
            } else {
                "is a venue no longer"
            },
            w.at(e.effective_at)
        ),
        E::VenueChanged(e) if e.venue != 1 => format!(
            "{} is a venue no longer, and still gives out freely what it holds",
            w.who(&e.wallet)
        ),
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
            "{} redeemed {}{} for {}{}",
            w.who(&e.wallet),
            w.shares(e.shares),
            if e.bearer == 1 { " of a wallet" } else { "" },
            w.by_asset(&e.paid),
            if e.passes_ended == 1 {
                "; passes that locked them ended"
            } else {
                ""
            }
        ),
        E::ShareCustodySynced(e) => format!(
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
        E::ContributionCollected(e) => format!(
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
        E::AssetAdded(e) => {
            let kind = match (e.payout, e.payouts_from) {
                (1, 0) => " with a stream of payouts".to_string(),
                (1, from) => format!(" with a stream that takes payouts from {}", w.at(from)),
                _ => String::new(),
            };
            let can = [
                (e.seizable, "seize it"),
                (e.freezable, "freeze it"),
                (e.pausable, "pause it"),
            ];
            let can: Vec<_> = can.iter().filter(|(can, _)| *can == 1).collect();
            let can: Vec<_> = can.iter().map(|(_, what)| *what).collect();
            let care = if can.is_empty() {
                String::new()
            } else {
                format!("; its issuer can {}", can.join(", "))
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
        E::DividendCollected(e) => {
            format!(
                "{} collected {} of dividends",
                w.who(&e.wallet),
                w.of(&e.mint, e.amount)
            )
        }
        _ => return None,
    })
}
