//! Products and passes.

use {
    crate::oracle::steps::{holders::holder_of, ids},
    crate::oracle::{
        Weighted,
        run::{Run, Step},
    },
    crate::{pool::token_of, world::ONE},
    upside_sdk::{
        Pubkey, instruction as ix,
        state::{PassInput, PassPrice, ProductKind, ProductTerms},
    },
};

pub const STEPS: &[Weighted] = &[
    (5, open),
    (1, close),
    (14, get),
    (6, use_units),
    (4, close_pass),
];

/// A product of a token, mostly one that there is.
fn any(run: &mut Run, person: &str) -> Option<u64> {
    let token = token_of(person);
    let made = run.model.tokens[&token].products;
    ids::number(run, (0..made).collect(), made)
}

fn asks(run: &mut Run, token: &Pubkey) -> PassPrice {
    let shares = match run.rng.below(40) {
        0 => 0,
        1 => 200_000 * ONE,
        _ => run.rng.amount(500 * ONE),
    };
    match run.rng.below(3) {
        0 => {
            let assets = run.model.tokens[token].assets.clone();
            let listed = run.rng.one(&assets).expect("the quote mint").mint;
            let unlisted = run.key("nobody's mint");
            PassPrice::Pay {
                mint: if run.rng.percent(5) { unlisted } else { listed },
                price: shares,
            }
        }
        1 => PassPrice::Hold { shares },
        _ => PassPrice::Burn { shares },
    }
}

fn open(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let asks = asks(run, &token.key);
    // A claim in the same mint, mostly.
    let claims = run.model.claims.iter();
    let claims: Vec<u64> = claims
        .filter(|((whose, _), claim)| {
            let fits = matches!(asks, PassPrice::Pay { mint, .. } if mint == claim.mint);
            *whose == token.key && fits
        })
        .map(|((_, number), _)| *number)
        .collect();
    let made = run.model.tokens[&token.key].claims;
    let claim = match run.rng.below(20) {
        0 if made > 0 => Some(run.rng.below(made + 1)),
        1..=12 => run.rng.one(&claims),
        _ => None,
    };
    let point_of_sale = match run.rng.percent(60) {
        true => {
            let point_of_sale = run.anybody();
            run.key(&point_of_sale)
        }
        false => Pubkey::default(),
    };
    let terms = ProductTerms {
        name: if run.rng.percent(3) { " " } else { "An hour" }.into(),
        uri: run.rng.pick(&["", "https://p.example/o"]).into(),
        tier: run.rng.below(4) as u8,
        asks,
        units: match run.rng.below(40) {
            0 => 0,
            1 => u64::MAX,
            _ => run.rng.within(1, 10),
        },
        lifetime: match run.rng.below(30) {
            0 => 100 * 365 * 86_400 + 1,
            1 => 100 * 365 * 86_400,
            2..=12 => 0,
            _ => run.rng.within(1, 10 * 86_400),
        },
        max_passes: run.rng.below(3) * run.rng.below(3),
        claim_number: claim,
        point_of_sale,
    };
    let open = ix::open_product(&token, &run.pool.payer(), terms.clone());
    let what = format!("{by} opens a product of {person}: {terms:?}");
    Some(Step::new(what, open, &[&by], move |model| {
        model.open_product(&token.key, &token.data.owner, &terms)
    }))
}

fn close(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let product = ids::product(run, &person, number);
    let owner = run.owner_of(&person);
    let by = run.mostly(&owner);
    let token = ids::token_as(run, &person, &by);
    let close = ix::close_product(&token, &product.key);
    let what = format!("{by} closes product {number} of {person}");
    Some(Step::new(what, close, &[&by], move |model| {
        model.close_product(&token.key, &token.data.owner, number)
    }))
}

/// Somebody gets a pass in the way that the product asks, seldom in another.
fn get(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let number = any(run, &person)?;
    let mut product = ids::product(run, &person, number);
    if run.rng.percent(5) {
        product.data.kind = upside_sdk::state::Byte::from_raw(run.rng.below(3) as u8);
        if product.data.mint == Pubkey::default() {
            product.data.mint = run.pool.world.quote;
        }
    }
    let wallet = holder_of(run, &person);
    let token = run.token(&person);
    let key = run.key(&wallet);
    let known = run.model.products.get(&(token.key, number));
    let price = known.map_or(0, |known| known.price());
    let args = PassInput {
        max_price: ids::most(run, price),
        deadline: ids::deadline(run),
    };
    let get = ix::buy_pass(&token, &product, &run.pool.payer(), &key, args).ok()?;
    let kind = product.data.kind.get().unwrap();
    let what = format!("{wallet} gets a pass {number} of {person} ({kind:?}): {args:?}");
    Some(Step::new(what, get, &[&wallet], move |model| match kind {
        ProductKind::Pay => model.buy_pass(&token.key, number, &key, &args),
        ProductKind::Hold => model.collect_pass(&token.key, number, &key),
        _ => model.burn_for_pass(&token.key, number, &key, &args),
    }))
}

/// A pass, mostly one that there is: product and wallet.
fn any_pass(run: &mut Run, person: &str) -> Option<(u64, Pubkey)> {
    let token = token_of(person);
    if run.rng.percent(5) {
        let wallet = holder_of(run, person);
        return Some((any(run, person)?, run.key(&wallet)));
    }
    let passes = run.model.passes.keys();
    let passes: Vec<_> = passes
        .filter(|(whose, ..)| *whose == token)
        .map(|(_, number, wallet)| (*number, *wallet))
        .collect();
    run.rng.one(&passes)
}

fn use_units(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let (number, wallet) = any_pass(run, &person)?;
    let product = ids::product(run, &person, number);
    let known = run.model.products.get(&(token, number));
    let point_of_sale = known.map(|known| known.terms.point_of_sale);
    let point_of_sale = point_of_sale.and_then(|point_of_sale| run.name(&point_of_sale));
    let owner = run.owner_of(&person);
    let point_of_sale = point_of_sale
        .filter(|_| run.rng.percent(60))
        .unwrap_or(owner);
    let point_of_sale = run.mostly(&point_of_sale);
    let pass = run.model.passes.get(&(token, number, wallet));
    let left = pass.map_or(1, |pass| pass.units);
    let units = run.rng.rash(left);
    let (who, by) = (run.name(&wallet)?, run.key(&point_of_sale));
    let take = ix::use_pass(&product, &wallet, &by, units).ok()?;
    let what = format!("{who} uses {units} of pass {number} of {person} with {point_of_sale}");
    Some(Step::new(
        what,
        take,
        &[&who, &point_of_sale],
        move |model| model.use_pass(&token, number, [&wallet, &by], units),
    ))
}

fn close_pass(run: &mut Run) -> Option<Step> {
    let person = run.somebody();
    let token = token_of(&person);
    let (number, wallet) = any_pass(run, &person)?;
    let product = ids::product(run, &person, number);
    let mut pass = ids::pass(run, &product, &wallet);
    let known = run.model.passes.get(&(token, number, wallet)).copied();
    if let Some(end) = known.map(|pass| pass.expires_at)
        && run.rng.percent(50)
        && end < run.now() + 20 * 86_400
    {
        // Its last second, or the next.
        let later = run.rng.below(2) as i64;
        run.pass_until(end + later);
    }
    let name = run.name(&wallet)?;
    let by = run.mostly(&name);
    let key = run.key(&by);
    pass.data.locked = known.map_or(0, |pass| pass.locked);
    let close = ix::close_pass(&pass, &key);
    let what = format!("{by} closes {name}'s pass {number} of {person}");
    Some(Step::new(what, close, &[&by], move |model| {
        model.close_pass(&token, number, &wallet, &key)
    }))
}
