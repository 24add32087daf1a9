//! What builders of instructions want to know of accounts, from the model: so calls can
//! name what is no more, or never was.

use {
    crate::oracle::run::Run,
    crate::{pool::token_of, world::NEVER},
    upside_sdk::{
        Pubkey,
        address::{
            find_approval, find_bid, find_claim, find_grant, find_pass, find_poll, find_product,
            find_sale,
        },
        anchor::ZeroCopy,
        state::{
            Account, Approval, Attestation, Attesters, Bid, Claim, Grant, Identity, Pass,
            PassPrice, PersonalToken, Poll, Product, ProductKind, Sale,
        },
    },
};

/// An account of zeros.
pub fn blank<T: ZeroCopy>(key: Pubkey) -> Account<T> {
    let data = bytemuck::Zeroable::zeroed();
    Account { key, data }
}

/// A token as if somebody owned it: builders ask its owner to sign.
pub fn token_as(run: &mut Run, person: &str, signer: &str) -> Account<PersonalToken> {
    let mut token = run.token(person);
    token.data.owner = run.key(signer);
    token
}

/// A sale by its seller and number.
pub fn sale(run: &Run, person: &str, seller: Pubkey, number: u64) -> Account<Sale> {
    let token = token_of(person);
    let mut sale = blank::<Sale>(find_sale(&token, &seller, number).0);
    sale.data.token = token;
    sale.data.seller = seller;
    sale.data.number = number;
    sale.data.rent_payer = run.model.payer;
    sale
}

/// A bid by its bidder and number.
pub fn bid(run: &Run, person: &str, bidder: Pubkey, number: u64) -> Account<Bid> {
    let token = token_of(person);
    let mut bid = blank::<Bid>(find_bid(&token, &bidder, number).0);
    bid.data.token = token;
    bid.data.bidder = bidder;
    bid.data.number = number;
    bid.data.rent_payer = run.model.payer;
    bid
}

/// The approval of a transfer, mostly where there is one.
pub fn approval(
    run: &mut Run,
    token: Pubkey,
    from: Pubkey,
    to: Pubkey,
) -> Option<Account<Approval>> {
    let known = run.model.approvals.contains_key(&(token, from, to));
    if !known || run.rng.percent(4) {
        return None;
    }
    let mut approval = blank::<Approval>(find_approval(&token, &from, &to).0);
    approval.data.rent_payer = run.model.payer;
    Some(approval)
}

/// A grant by its number.
pub fn grant(run: &mut Run, person: &str, number: u64) -> Account<Grant> {
    let token = token_of(person);
    let mut grant = blank::<Grant>(find_grant(&token, number).0);
    grant.data.token = token;
    grant.data.rent_payer = run.model.payer;
    let known = run.model.grants.get(&(token, number));
    let beneficiary = known.map(|known| known.beneficiary);
    grant.data.beneficiary = beneficiary.unwrap_or_else(|| run.key("bob"));
    grant
}

/// A claim by its number.
pub fn claim(run: &Run, person: &str, number: u64) -> Account<Claim> {
    let token = token_of(person);
    let mut claim = blank::<Claim>(find_claim(&token, number).0);
    claim.data.token = token;
    claim.data.number = number;
    claim.data.rent_payer = run.model.payer;
    claim
}

/// The attesters of a token, as calls name their attestations; none where it has none.
pub fn attesters(run: &Run, token: &Pubkey) -> Option<Attesters> {
    let known = run.model.attesters.get(token)?;
    let mut list: Attesters = bytemuck::Zeroable::zeroed();
    for (key, seat) in list.keys.iter_mut().zip(known.seats) {
        *key = seat.map_or(Pubkey::default(), |seat| seat.key);
    }
    Some(list)
}

/// A product by its number.
pub fn product(run: &Run, person: &str, number: u64) -> Account<Product> {
    let token = token_of(person);
    let mut product = blank::<Product>(find_product(&token, number).0);
    let data = &mut product.data;
    data.token = token;
    data.number = number;
    data.mint = run.model.tokens[&token].assets[0].mint;
    if let Some(known) = run.model.products.get(&(token, number)) {
        data.kind = match known.terms.asks {
            PassPrice::Pay { mint, .. } => {
                data.mint = mint;
                ProductKind::Pay
            }
            PassPrice::Hold { .. } => ProductKind::Hold,
            PassPrice::Burn { .. } => ProductKind::Burn,
        }
        .into();
        data.linked = u8::from(known.terms.claim_number.is_some());
        data.claim = known.terms.claim_number.unwrap_or(0);
    }
    product
}

/// A wallet's pass of a product.
pub fn pass(run: &Run, product: &Account<Product>, wallet: &Pubkey) -> Account<Pass> {
    let mut pass = blank::<Pass>(find_pass(&product.key, wallet).0);
    pass.data.token = product.data.token;
    pass.data.product = product.key;
    pass.data.wallet = *wallet;
    pass.data.rent_payer = run.model.payer;
    pass
}

/// An attester's statement on a claim.
pub fn attestation(run: &Run, claim: &Account<Claim>, attester: Pubkey) -> Account<Attestation> {
    let key = upside_sdk::address::find_attestation(&claim.key, &attester).0;
    let mut attestation = blank::<Attestation>(key);
    attestation.data.token = claim.data.token;
    attestation.data.claim = claim.key;
    attestation.data.number = claim.data.number;
    attestation.data.attester = attester;
    attestation.data.rent_payer = run.model.payer;
    attestation
}

/// Somebody's word for a creator.
pub fn identity(run: &Run, person: &str, attester: Pubkey) -> Account<Identity> {
    let token = token_of(person);
    let key = upside_sdk::address::find_identity(&token, &attester).0;
    let mut identity = blank::<Identity>(key);
    identity.data.token = token;
    identity.data.attester = attester;
    identity.data.rent_payer = run.model.payer;
    identity
}

/// A poll by its number.
pub fn poll(run: &mut Run, person: &str, number: u64) -> Account<Poll> {
    let token = token_of(person);
    let mut poll = blank::<Poll>(find_poll(&token, number).0);
    let data = &mut poll.data;
    data.token = token;
    data.number = number;
    data.rent_payer = run.model.payer;
    if let Some(known) = run.model.polls.get(&(token, number)) {
        use crate::model::poll::{about, numbers};
        let (kind, (value, ends_at, share_bps, units, seconds)) = numbers(&known.change);
        data.kind = kind;
        data.after.value = value;
        data.after.ends_at = ends_at;
        data.after.share_bps = share_bps;
        data.after.units = units;
        data.after.seconds = seconds;
        data.claim = about(&known.change);
        data.subject = run.model.subject(&token, &known.change);
        data.place = known.place as u8;
        data.put_by = known.put_by;
    }
    poll
}

/// A number of something that was made: mostly one that is there.
pub fn number(run: &mut Run, there: Vec<u64>, made: u64) -> Option<u64> {
    if run.rng.percent(5) {
        return Some(run.rng.below(made + 1));
    }
    run.rng.one(&there)
}

/// A time until which a call is good: mostly for ever.
pub fn deadline(run: &mut Run) -> i64 {
    match run.rng.below(30) {
        0 => run.now() - 1,
        1..=4 => run.now(),
        _ => NEVER,
    }
}

/// The most that somebody pays for what costs so much: seldom too little.
pub fn most(run: &mut Run, price: u64) -> u64 {
    match run.rng.below(30) {
        0 => price.saturating_sub(1),
        1..=6 => price,
        _ => u64::MAX,
    }
}

/// A time around the limits of what may lie ahead: mostly within some days.
pub fn ahead(run: &mut Run, longest: i64) -> i64 {
    let now = run.now();
    match run.rng.below(60) {
        0 => now,
        1 => now + longest + 1,
        2 => now + longest,
        3 => i64::MAX,
        4 => now + 1,
        _ => now + run.rng.within(60, 20 * 86_400) as i64,
    }
}
