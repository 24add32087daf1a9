//! What of an instruction follows from quotes and clocks, and not from what somebody asks for.

use {
    anchor_lang::{AnchorDeserialize, Discriminator, InstructionData},
    personal_token::instruction as token,
    pooled_index::instruction as pool,
    solana_program::instruction::Instruction,
};

/// A bound by the name of its argument, as the instruction has it.
pub type Bound = (&'static str, String);

macro_rules! bounds {
    ($data:expr; $($call:path { $($($name:ident).+),+ })*) => {$(
        if let Some(rest) = $data.strip_prefix(<$call>::DISCRIMINATOR) {
            let Ok(mut call) = <$call>::try_from_slice(rest) else {
                return (Vec::new(), $data.to_vec());
            };
            let bounds = vec![$((
                stringify!($($name).+).rsplit(['.', ' ']).next().unwrap_or_default(),
                format!("{:?}", call.$($name).+),
            )),+];
            $(call.$($name).+ = Default::default();)+
            return (bounds, call.data());
        }
    )*};
}

/// The bounds of an instruction, and its data without them: two that somebody asked for with
/// the same words differ in bounds alone, whenever they were built.
///
/// Bounds are what must come at least, what may be paid at most where the price is another's,
/// and the last second. The start of a grant is none: an earlier one vests at once. Nor is
/// the version of the terms that somebody agrees to.
pub fn bounds(call: &Instruction) -> (Vec<Bound>, Vec<u8>) {
    let data = &call.data;
    if call.program_id == crate::state::PROGRAM_ID {
        bounds! { data;
            token::ApproveTransfer { args.expires_at }
            token::AttestClaim { statement.expires_at }
            token::AttestIdentity { identity_attestation.expires_at }
            token::BurnForPass { args.deadline }
            token::Buy { args.max_payment, args.deadline }
            token::BuyAtAuction { args.max_payment, args.deadline }
            token::BuyPass { args.deadline }
            token::Contribute { args.min_shares, args.max_supply, args.deadline }
            token::ContributeEscrowed { args.min_shares, args.max_supply, args.deadline }
            token::ExtendRound { closes_at }
            token::FillBid { args.min_proceeds, args.deadline }
            token::OfferGrant { offer.expires_at }
            token::OpenBid { terms.expires_at }
            token::OpenRound { terms.opens_at, terms.closes_at }
            token::OpenSale { terms.expires_at }
            token::Redeem { args.min_out, args.deadline }
            token::RedeemBearer { args.min_out, args.deadline }
            token::SetOrder { ends_at }
        }
    } else if call.program_id == crate::index::PROGRAM_ID {
        bounds! { data;
            pool::AcceptMembership { args.most_gives, args.least_index_shares, args.deadline }
            pool::Bid { args.most, args.deadline }
            pool::Contribute { args.least_shares, args.most, args.deadline }
            pool::OpenBasket { deadline }
            pool::Redeem { args.least, args.deadline }
            pool::RedeemToBasket { args.least, args.deadline }
            pool::UnwrapTickets { args.least }
        }
    }
    (Vec::new(), data.clone())
}

#[cfg(test)]
mod tests {
    use {super::*, anchor_lang::prelude::Pubkey};

    fn call(data: Vec<u8>) -> Instruction {
        Instruction::new_with_bytes(crate::state::PROGRAM_ID, &data, Vec::new())
    }

    #[test]
    fn what_is_asked_for_stays_and_bounds_are_told() {
        let buy = |shares, max_payment, deadline| {
            let args = crate::state::BuyArgs {
                shares,
                max_payment,
                deadline,
            };
            bounds(&call(token::Buy { args }.data()))
        };
        let (told, asked) = buy(5, 7, 9);
        assert_eq!(
            told,
            [
                ("max_payment", "7".to_string()),
                ("deadline", "9".to_string())
            ]
        );
        assert_eq!(asked, buy(5, 8, 10).1);
        assert_ne!(asked, buy(6, 7, 9).1);
        // An earlier start would vest at once what the owner means to vest for years.
        let offer = |start, expires_at| {
            let offer = crate::state::GrantOffer {
                beneficiary: Pubkey::default(),
                terms: crate::state::GrantTerms {
                    shares: 1,
                    start,
                    cliff_seconds: 0,
                    duration_seconds: 1,
                    revocable: true,
                },
                expires_at,
                reference: 0,
            };
            bounds(&call(token::OfferGrant { offer }.data())).1
        };
        assert_eq!(offer(1, 2), offer(1, 3));
        assert_ne!(offer(1, 2), offer(0, 2));
        // Nor are other terms agreed to than one has seen.
        let contribute = |terms_version, min_shares| {
            let args = crate::state::ContributeArgs {
                max_payment: 1,
                min_shares,
                max_supply: 1,
                terms_version,
                deadline: 1,
            };
            bounds(&call(token::Contribute { args }.data())).1
        };
        assert_eq!(contribute(1, 1), contribute(1, 0));
        assert_ne!(contribute(1, 1), contribute(2, 1));
        // What cannot be read has no bounds.
        for data in [vec![], vec![1; 8], token::Buy::DISCRIMINATOR.to_vec()] {
            assert_eq!(bounds(&call(data.clone())), (Vec::new(), data));
        }
    }
}
