use {
    super::{asset_account, build, proceeds_account},
    crate::{
        address::{SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_contribution, find_holder, find_round},
        state::{Account, ContributeArgs, Contribution, PersonalToken, Round, RoundTerms},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::{AccountMeta, Instruction},
};

/// Opens the token's next round. Signers: `payer`, the owner.
pub fn open_round(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    terms: RoundTerms,
) -> Instruction {
    build(
        accounts::OpenRound {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            round: find_round(&token.key, token.data.rounds).0,
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenRound { terms },
    )
}

/// Contributes to a round, at once or into its escrow as the round demands.
/// Signers: `backer`, and `approver` (the owner or the registrar) in a round by
/// approval. Pays from the backer's associated account.
pub fn contribute(
    token: &Account<PersonalToken>,
    round: &Account<Round>,
    backer: &Pubkey,
    approver: Option<&Pubkey>,
    args: ContributeArgs,
) -> Instruction {
    let quote = token.data.quote();
    let records = round.data.escrows() || round.data.caps_backers();
    let backing = accounts::BackingAccounts {
        backer: *backer,
        approver: approver.copied(),
        token: token.key,
        round: round.key,
        holder: find_holder(&token.key, backer).0,
        contribution: records.then(|| find_contribution(&round.key, backer).0),
        payment: asset_account(quote, backer),
        quote_vault: quote.vault,
        quote_mint: quote.mint,
        quote_token_program: quote.token_program(),
        system_program: SYSTEM_PROGRAM,
    };
    if round.data.escrows() {
        return build(backing, data::ContributeEscrowed { args });
    }
    build(
        accounts::Contribute {
            backing,
            proceeds: proceeds_account(token),
            mint: token.data.mint,
            share_custody: token.data.share_custody,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::Contribute { args },
    )
}

/// Closes a round that is over. Signer: `closer`, anybody.
pub fn close_round(token: &Account<PersonalToken>, round: &Pubkey, closer: &Pubkey) -> Instruction {
    build(
        accounts::CloseRound {
            closer: *closer,
            token: token.key,
            round: *round,
            mint: token.data.mint,
            share_custody: token.data.share_custody,
            token_2022_program: TOKEN_2022_PROGRAM,
        },
        data::CloseRound {},
    )
}

fn managed(token: &Account<PersonalToken>, round: &Pubkey) -> accounts::ManageRoundAccounts {
    accounts::ManageRoundAccounts {
        owner: token.data.owner,
        token: token.key,
        round: *round,
    }
}

/// Moves the end of an open round to unix second `closes_at`, once. Signer: the owner.
pub fn extend_round(token: &Account<PersonalToken>, round: &Pubkey, closes_at: i64) -> Instruction {
    build(managed(token, round), data::ExtendRound { closes_at })
}

/// Ends a round that escrows: everybody is refunded. Signer: the owner.
pub fn cancel_round(token: &Account<PersonalToken>, round: &Pubkey) -> Instruction {
    build(managed(token, round), data::CancelRound {})
}

/// The same instruction with mint and vault of the assets that are exempted and cannot
/// move now: new shares need not bring them.
#[must_use]
pub fn exempting(
    token: &Account<PersonalToken>,
    mut instruction: Instruction,
    places: &[usize],
) -> Instruction {
    for place in places {
        if let Ok(asset) = token.data.asset(*place) {
            let shown = [asset.mint, asset.vault].map(|key| AccountMeta::new_readonly(key, false));
            instruction.accounts.extend(shown);
        }
    }
    instruction
}

/// Registers the shares of a contribution to a round that succeeded. No signer.
pub fn collect_contribution(token: &Pubkey, contribution: &Account<Contribution>) -> Instruction {
    build(
        accounts::CollectContribution {
            token: *token,
            round: contribution.data.round,
            contribution: contribution.key,
            holder: find_holder(token, &contribution.data.wallet).0,
            rent_payer: contribution.data.rent_payer,
        },
        data::CollectContribution {},
    )
}

fn give_back(
    token: &Account<PersonalToken>,
    contribution: &Account<Contribution>,
) -> accounts::ReturningAccounts {
    let quote = token.data.quote();
    accounts::ReturningAccounts {
        token: token.key,
        round: contribution.data.round,
        contribution: contribution.key,
        rent_payer: contribution.data.rent_payer,
        destination: asset_account(quote, &contribution.data.wallet),
        quote_vault: quote.vault,
        quote_mint: quote.mint,
        quote_token_program: quote.token_program(),
    }
}

/// Takes a contribution back while the round is open. Signer: the backer.
pub fn leave_round(
    token: &Account<PersonalToken>,
    contribution: &Account<Contribution>,
) -> Instruction {
    build(
        accounts::LeaveRound {
            backer: contribution.data.wallet,
            returning: give_back(token, contribution),
        },
        data::LeaveRound {},
    )
}

/// Pays a contribution to a failed round back. No signer.
pub fn refund_contribution(
    token: &Account<PersonalToken>,
    contribution: &Account<Contribution>,
) -> Instruction {
    build(
        accounts::RefundContribution {
            backer: contribution.data.wallet,
            returning: give_back(token, contribution),
        },
        data::RefundContribution {},
    )
}

/// Pays the owner's part of a successful round's proceeds. No signer.
pub fn settle_round(token: &Account<PersonalToken>, round: &Pubkey) -> Instruction {
    let quote = token.data.quote();
    build(
        accounts::SettleRound {
            token: token.key,
            round: *round,
            proceeds: proceeds_account(token),
            quote_vault: quote.vault,
            quote_mint: quote.mint,
            quote_token_program: quote.token_program(),
        },
        data::SettleRound {},
    )
}
