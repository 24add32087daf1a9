//! What was done before, once more: as it was, with another account, or with another
//! amount.

use {
    super::Move,
    crate::{chance, draft::Call, search::Stage},
    upside_sdk::Pubkey,
    upside_tests::world::ONE,
};

pub const MOVES: &[Move] = &[(3, same), (4, elsewhere), (4, otherwise)];

/// A call of before whose signers act now.
fn seen<S: Stage>(scene: &mut S) -> Option<Call> {
    let group = scene.group();
    let able = |it: &&Call| it.signers.iter().all(|name| group.contains(name));
    let calls: Vec<Call> = scene.seen().iter().filter(able).cloned().collect();
    scene.rng().one(&calls)
}

pub fn same<S: Stage>(scene: &mut S) -> Option<Call> {
    let call = seen(scene)?;
    Some(Call {
        what: format!("again: {}", call.what),
        ..call
    })
}

/// One of its accounts is another one that calls have named.
pub fn elsewhere<S: Stage>(scene: &mut S) -> Option<Call> {
    let mut call = seen(scene)?;
    let accounts = &mut call.instruction.accounts;
    let place = scene.rng().below(accounts.len() as u64) as usize;
    let kept = accounts.get_mut(place).filter(|it| !it.is_signer)?;
    let same_place: Vec<Pubkey> = scene
        .seen()
        .iter()
        .filter(|it| it.instruction.data.get(..8) == call.instruction.data.get(..8))
        .filter_map(|it| Some(it.instruction.accounts.get(place)?.pubkey))
        .collect();
    let anywhere: Vec<Pubkey> = scene
        .seen()
        .iter()
        .flat_map(|it| &it.instruction.accounts)
        .map(|it| it.pubkey)
        .collect();
    let from = if scene.rng().percent(60) {
        same_place
    } else {
        anywhere
    };
    let other = scene.rng().one(&from)?;
    if other == kept.pubkey {
        return None;
    }
    kept.pubkey = other;
    call.what = format!("{}, but account {place} is {other}", call.what);
    Some(call)
}

/// Eight of its bytes are another amount.
pub fn otherwise<S: Stage>(scene: &mut S) -> Option<Call> {
    let mut call = seen(scene)?;
    let data = &mut call.instruction.data;
    let words = (data.len().checked_sub(8)? / 8) as u64;
    if words == 0 {
        return None;
    }
    let at = 8 + 8 * scene.rng().below(words) as usize;
    let was = u64::from_le_bytes(data.get(at..at + 8)?.try_into().ok()?);
    let amount = match scene.rng().below(4) {
        0 => u64::MAX,
        1 => was.wrapping_add(1),
        2 => was.wrapping_sub(1),
        _ => chance::edge(scene.rng(), 1_000_000 * ONE, &[was]),
    };
    data.get_mut(at..at + 8)?
        .copy_from_slice(&amount.to_le_bytes());
    call.what = format!("{}, but with {amount} at byte {at}", call.what);
    Some(call)
}
