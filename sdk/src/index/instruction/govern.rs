use {
    super::{super::*, build, listed},
    crate::{error::SdkError, state::Account},
    anchor_lang::prelude::Pubkey,
    pooled_index::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

pub(super) fn curate(index: &Account<Index>, authority: &Pubkey) -> accounts::Curate {
    accounts::Curate {
        authority: *authority,
        index: index.key,
    }
}

fn by_curator(index: &Account<Index>, data: impl anchor_lang::InstructionData) -> Instruction {
    build(curate(index, &index.data.curator), data)
}

/// Announces parameters. Signer: the curator.
pub fn propose_parameters(index: &Account<Index>, args: ParametersArgs) -> Instruction {
    by_curator(index, data::ProposeParameters { args })
}

/// Applies announced parameters after the notice. No signer.
pub fn apply_parameters(index: &Account<Index>) -> Instruction {
    let accounts = accounts::ApplyParameters {
        index: index.key,
        mint: index.data.mint,
    };
    build(accounts, data::ApplyParameters {})
}

/// Announces weights: slots, and atoms per whole index share. Signer: the curator.
pub fn propose_weights(index: &Account<Index>, weights: Vec<(u8, u64)>) -> Instruction {
    let weights = listed(weights);
    by_curator(index, data::ProposeWeights { weights })
}

/// Applies announced weights after the notice. Signer: `authority`, anybody.
pub fn apply_weights(index: &Account<Index>, authority: &Pubkey) -> Instruction {
    build(curate(index, authority), data::ApplyWeights {})
}

/// Names guardian and fee recipient. Signer: the curator.
pub fn set_index_roles(
    index: &Account<Index>,
    guardian: &Pubkey,
    fee_recipient: &Pubkey,
) -> Instruction {
    let (guardian, fee_recipient) = (*guardian, *fee_recipient);
    by_curator(
        index,
        data::SetRoles {
            guardian,
            fee_recipient,
        },
    )
}

/// Proposes a new curator; the zero address withdraws the proposal. Signer: the curator.
pub fn propose_curator(index: &Account<Index>, pending_curator: &Pubkey) -> Instruction {
    let pending_curator = *pending_curator;
    by_curator(index, data::ProposeCurator { pending_curator })
}

/// Takes an index over. Signer: the proposed curator.
pub fn accept_curator(index: &Account<Index>) -> Instruction {
    let authority = index.data.pending_curator;
    build(curate(index, &authority), data::AcceptCurator {})
}

/// Stops new money. Signer: `authority`, the curator or the guardian.
pub fn pause(index: &Account<Index>, authority: &Pubkey) -> Instruction {
    build(curate(index, authority), data::Pause {})
}

/// Admits new money again. Signer: the curator.
pub fn unpause(index: &Account<Index>) -> Instruction {
    by_curator(index, data::Unpause {})
}

fn ending(index: &Account<Index>) -> accounts::WindDown {
    accounts::WindDown {
        curator: index.data.curator,
        index: index.key,
        mint: index.data.mint,
    }
}

/// Ends an index: from now on only redemptions, harvests and claims. Signer: the
/// curator.
pub fn wind_down(index: &Account<Index>) -> Instruction {
    build(ending(index), data::WindDown {})
}

/// The curator leaves, which ends the index. Signer: the curator.
pub fn resign_curator(index: &Account<Index>) -> Instruction {
    build(ending(index), data::ResignCurator {})
}

/// Books what the custody of a slot holds beyond the books, or lacks. No signer.
///
/// # Errors
/// `IndexRefused(NotAConstituent)`.
pub fn sync_custody(index: &Account<Index>, slot: u8) -> Result<Instruction, SdkError> {
    let constituent = index.data.constituent(slot)?;
    let accounts = accounts::SyncCustody {
        index: index.key,
        custody: constituent.custody,
    };
    Ok(match constituent.kind()? {
        Kind::Personal => build(accounts, data::SyncPersonal { slot }),
        Kind::Free | Kind::Cash => build(accounts, data::SyncCash { slot }),
    })
}
