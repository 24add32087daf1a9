use {
    super::super::words::Words,
    crate::words::Word,
    upside_core::{
        Pubkey,
        event::IndexEvent as E,
        index::{ActionKind, Role},
    },
};

/// A day in seconds: a pause that ends within one of now is none.
const DAY: i64 = 86_400;

/// Fees, roles and what is announced.
pub fn sentence(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::FeesSet(e) => format!(
            "fees are {}",
            fees([e.management_fee_bps, e.entry_fee_bps, e.exit_fee_bps], w)
        ),
        E::RecipientSet(e) => format!(
            "{} receives {} of the fees",
            w.who(&e.recipient),
            w.percent(e.portion_bps)
        ),
        E::RoleSet(e) if e.key == Pubkey::default() => {
            format!("{} is {} no longer", w.who(&e.previous), role(e.role))
        }
        E::RoleSet(e) => format!("{} is {}", w.who(&e.key), role(e.role)),
        E::CoinListed(e) => format!("dividends are collected in {}", w.called(&e.mint)),
        E::CoinUnlisted(e) => {
            format!(
                "no dividends are collected in {} any more",
                w.called(&e.mint)
            )
        }
        E::ActionsAnnounced(e) => format!(
            "the curator made announcement {}, for {}{}",
            e.nonce,
            w.at(e.effective_at),
            match e.vetoes {
                0 => "",
                1 => "; the same was vetoed before",
                _ => "; the same was vetoed several times",
            }
        ),
        E::ActionAnnounced(e) => {
            let numbers = [e.first, e.second, e.third];
            let what = action(e.kind, &e.key, numbers, w);
            format!("announcement {}: {what}", e.nonce)
        }
        E::AnnouncementApplied(e) => format!("announcement {} was applied", e.nonce),
        E::AnnouncementCancelled(e) => match e.cause {
            1 => format!("holders vetoed announcement {}", e.nonce),
            2 => format!("announcement {} expired", e.nonce),
            3 => format!("announcement {} was closed: it fell before", e.nonce),
            _ => format!("{} took back announcement {}", w.who(&e.by), e.nonce),
        },
        E::AnnouncementVetoed(e) => format!(
            "holders vetoed announcement {} of {}: {} are locked against it, {} were needed",
            e.nonce,
            match e.kind {
                2 => "a rebalance",
                3 => "an offer",
                _ => "actions",
            },
            w.shares(e.against),
            w.shares(e.needed)
        ),
        E::CuratorAccepted(e) => format!(
            "{} took over from {} as curator",
            w.who(&e.curator),
            w.who(&e.previous)
        ),
        E::CuratorResigned(e) => format!("the curator {} left for good", w.who(&e.previous)),
        E::PauseChanged(e) if w.time.is_some_and(|now| e.until < now.saturating_add(DAY)) => {
            format!("{} admitted new money again", w.who(&e.by))
        }
        E::PauseChanged(e) => format!("{} paused new money until {}", w.who(&e.by), w.at(e.until)),
        E::WindDownStarted(e) => {
            format!(
                "the index is wound down, with {} in existence",
                w.shares(e.supply)
            )
        }
        _ => return None,
    })
}

/// What an announced action does.
fn action(kind: u64, key: &Pubkey, numbers: [u64; 3], w: &Words) -> String {
    let [first, ..] = numbers;
    let kind = u8::try_from(kind).map(ActionKind::try_from);
    match kind {
        Ok(Ok(ActionKind::SetFees)) => format!("fees of {}", fees(numbers, w)),
        Ok(Ok(ActionKind::SetRecipients)) => {
            format!("{} for {} of the fees", w.who(key), w.percent(first))
        }
        Ok(Ok(ActionKind::SetRole)) => format!("{} as {}", w.who(key), role(first)),
        Ok(Ok(ActionKind::ListCoin)) => format!("dividends collected in {}", w.called(key)),
        Ok(Ok(ActionKind::UnlistCoin)) => {
            format!("no dividends collected in {} any more", w.called(key))
        }
        _ => format!("action {first} with {}", w.who(key)),
    }
}

fn fees([management, entry, exit]: [u64; 3], w: &Words) -> String {
    format!(
        "{} a year, {} in, {} out",
        w.percent(management),
        w.percent(entry),
        w.percent(exit)
    )
}

fn role(number: u64) -> &'static str {
    let role = u8::try_from(number).map(Role::try_from);
    match role {
        Ok(Ok(role)) => role.word(),
        _ => "somebody",
    }
}
