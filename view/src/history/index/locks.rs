use {
    super::super::words::Words,
    upside_core::{Pubkey, event::IndexEvent as E, index::VoteSide},
};

/// What holders lock, and what it counts.
pub fn sentence(event: &E, w: &Words) -> Option<String> {
    Some(match event {
        E::SharesLocked(e) => format!("{} locked {}", w.who(&e.wallet), w.shares(e.amount)),
        E::SharesUnlocked(e) => format!(
            "{} unlocked {}; {} are left",
            w.who(&e.wallet),
            w.shares(e.amount),
            w.shares(e.shares)
        ),
        E::VoteCounted(e) => {
            let (side, all) = match e.side == u64::from(VoteSide::Against) {
                true => ("against", e.against),
                false => ("for", e.support),
            };
            format!(
                "{} counts {} {side} announcement {}; {side} it are {}",
                w.who(&e.wallet),
                w.shares(e.weight),
                e.nonce,
                w.shares(all)
            )
        }
        E::CandidacyOpened(e) => format!("{} stands for curator", w.who(&e.candidate)),
        E::CandidateBacked(e) if e.candidate == Pubkey::default() => {
            format!("{} backs nobody any more", w.who(&e.wallet))
        }
        E::CandidateBacked(e) => format!(
            "{} backs {} with {}; {} back them",
            w.who(&e.wallet),
            w.who(&e.candidate),
            w.shares(e.weight),
            w.shares(e.support)
        ),
        E::CandidacyClosed(e) => format!("{} no longer stands for curator", w.who(&e.candidate)),
        E::CuratorReplaced(e) => format!(
            "holders made {} curator in place of {}: {} of {} back them; what was announced fell",
            w.who(&e.curator),
            w.who(&e.previous),
            w.shares(e.support),
            w.shares(e.supply)
        ),
        _ => return None,
    })
}
