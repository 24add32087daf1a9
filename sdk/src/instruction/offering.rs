use {
    super::{asset_account, build},
    crate::{
        address::{
            SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_claim, find_holder, find_offering, find_pass,
        },
        error::SdkError,
        state::{Account, Offering, OfferingKind, OfferingTerms, Pass, PassArgs, PersonalToken},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Opens the token's next offering. Signers: `payer`, the owner.
pub fn open_offering(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    terms: OfferingTerms,
) -> Instruction {
    build(
        accounts::OpenOffering {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            offering: find_offering(&token.key, token.data.offerings).0,
            claim: terms.claim.map(|number| find_claim(&token.key, number).0),
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenOffering { terms },
    )
}

/// Ends an offering; its passes go on. Signer: the owner.
pub fn close_offering(token: &Account<PersonalToken>, offering: &Pubkey) -> Instruction {
    build(
        accounts::CloseOffering {
            owner: token.data.owner,
            token: token.key,
            offering: *offering,
        },
        data::CloseOffering {},
    )
}

fn passing(offering: &Account<Offering>, payer: &Pubkey, wallet: &Pubkey) -> accounts::Passing {
    accounts::Passing {
        payer: *payer,
        wallet: *wallet,
        token: offering.data.token,
        offering: offering.key,
        pass: find_pass(&offering.key, wallet).0,
        system_program: SYSTEM_PROGRAM,
    }
}

/// Gets `wallet` a pass, or extends the one that it has, in the way that the offering
/// asks: pays from its associated account, shows the shares that it holds, or burns them.
/// Signers: `payer`, `wallet`.
///
/// # Errors
/// `Refused(AssetNotListed)` where the offering's mint is not listed.
pub fn buy_pass(
    token: &Account<PersonalToken>,
    offering: &Account<Offering>,
    payer: &Pubkey,
    wallet: &Pubkey,
    args: PassArgs,
) -> Result<Instruction, SdkError> {
    let passing = passing(offering, payer, wallet);
    let holder = find_holder(&token.key, wallet).0;
    Ok(match offering.data.kind()? {
        OfferingKind::Pay => {
            let asset = token
                .data
                .asset(token.data.asset_of(&offering.data.mint)?)?;
            let linked = offering.data.linked == 1;
            let accounts = accounts::BuyPass {
                passing,
                claim: linked.then(|| find_claim(&token.key, offering.data.claim).0),
                payment: asset_account(asset, wallet),
                proceeds: asset_account(asset, &token.data.owner),
                vault: asset.vault,
                mint: asset.mint,
                token_program: asset.token_program(),
            };
            build(accounts, data::BuyPass { args })
        }
        OfferingKind::Hold => build(accounts::ClaimPass { passing, holder }, data::ClaimPass {}),
        OfferingKind::Burn => {
            let accounts = accounts::BurnForPass {
                passing,
                holder,
                mint: token.data.mint,
                register: token.data.register,
                token_2022_program: TOKEN_2022_PROGRAM,
            };
            build(accounts, data::BurnForPass { args })
        }
    })
}

/// Uses units of a pass up. Signers: the pass's wallet, and `till`: the offering's till
/// or the owner.
///
/// # Errors
/// `Refused(InvalidOffering)` where the offering's kind is unknown.
pub fn use_pass(
    offering: &Account<Offering>,
    wallet: &Pubkey,
    till: &Pubkey,
    units: u64,
) -> Result<Instruction, SdkError> {
    let token = offering.data.token;
    let holds = offering.data.kind()? == OfferingKind::Hold;
    Ok(build(
        accounts::UsePass {
            wallet: *wallet,
            till: *till,
            token,
            offering: offering.key,
            pass: find_pass(&offering.key, wallet).0,
            holder: holds.then(|| find_holder(&token, wallet).0),
        },
        data::UsePass { units },
    ))
}

/// Closes a pass that is over and frees the shares that it locked; its rent goes back to
/// who paid it. Signer: `authority`, its wallet, in a wind-down anybody.
pub fn close_pass(pass: &Account<Pass>, authority: &Pubkey) -> Instruction {
    let data = &pass.data;
    let locks = data.locked > 0;
    build(
        accounts::ClosePass {
            authority: *authority,
            token: data.token,
            offering: data.offering,
            pass: pass.key,
            holder: locks.then(|| find_holder(&data.token, &data.wallet).0),
            rent_payer: data.rent_payer,
        },
        data::ClosePass {},
    )
}
