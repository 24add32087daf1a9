use {
    super::{asset_account, build},
    crate::{
        address::{
            SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, find_claim, find_holder, find_pass, find_product,
        },
        error::CoreError,
        state::{Account, Pass, PassInput, PersonalToken, Product, ProductKind, ProductTerms},
    },
    anchor_lang::prelude::Pubkey,
    personal_token::{accounts, instruction as data},
    solana_program::instruction::Instruction,
};

/// Opens the token's next product. Signers: `payer`, the owner.
pub fn open_product(
    token: &Account<PersonalToken>,
    payer: &Pubkey,
    terms: ProductTerms,
) -> Instruction {
    build(
        accounts::OpenProduct {
            payer: *payer,
            owner: token.data.owner,
            token: token.key,
            product: find_product(&token.key, token.data.products).0,
            claim: terms
                .claim_number
                .map(|number| find_claim(&token.key, number).0),
            system_program: SYSTEM_PROGRAM,
        },
        data::OpenProduct { terms },
    )
}

/// Ends a product; its passes go on. Signer: the owner.
pub fn close_product(token: &Account<PersonalToken>, product: &Pubkey) -> Instruction {
    build(
        accounts::CloseProduct {
            owner: token.data.owner,
            token: token.key,
            product: *product,
        },
        data::CloseProduct {},
    )
}

fn passing(
    product: &Account<Product>,
    payer: &Pubkey,
    wallet: &Pubkey,
) -> accounts::PassingAccounts {
    accounts::PassingAccounts {
        payer: *payer,
        wallet: *wallet,
        token: product.data.token,
        product: product.key,
        pass: find_pass(&product.key, wallet).0,
        system_program: SYSTEM_PROGRAM,
    }
}

/// Gets `wallet` a pass, or extends the one that it has, in the way that the product
/// asks: pays from its associated account, shows the shares that it holds, or burns them.
/// Signers: `payer`, `wallet`.
///
/// # Errors
/// `Refused(AssetNotListed)` where the product's mint is not listed.
pub fn buy_pass(
    token: &Account<PersonalToken>,
    product: &Account<Product>,
    payer: &Pubkey,
    wallet: &Pubkey,
    args: PassInput,
) -> Result<Instruction, CoreError> {
    let passing = passing(product, payer, wallet);
    let holder = find_holder(&token.key, wallet).0;
    Ok(match product.data.kind()? {
        ProductKind::Pay => {
            let asset = token.data.asset(token.data.asset_of(&product.data.mint)?)?;
            let linked = product.data.linked == 1;
            let accounts = accounts::BuyPass {
                passing,
                claim: linked.then(|| find_claim(&token.key, product.data.claim).0),
                payment: asset_account(asset, wallet),
                proceeds: asset_account(asset, &token.data.owner),
                vault: asset.vault,
                mint: asset.mint,
                token_program: asset.token_program(),
            };
            build(accounts, data::BuyPass { args })
        }
        ProductKind::Hold => build(
            accounts::CollectPass { passing, holder },
            data::CollectPass {},
        ),
        ProductKind::Burn => {
            let accounts = accounts::BurnForPass {
                passing,
                holder,
                mint: token.data.mint,
                share_custody: token.data.share_custody,
                token_2022_program: TOKEN_2022_PROGRAM,
            };
            build(accounts, data::BurnForPass { args })
        }
    })
}

/// Uses units of a pass up. Signers: the pass's wallet, and `point_of_sale`: the product's point of sale
/// or the owner.
///
/// # Errors
/// `Refused(InvalidProduct)` where the product's kind is unknown.
pub fn use_pass(
    product: &Account<Product>,
    wallet: &Pubkey,
    point_of_sale: &Pubkey,
    units: u64,
) -> Result<Instruction, CoreError> {
    let token = product.data.token;
    let holds = product.data.kind()? == ProductKind::Hold;
    Ok(build(
        accounts::UsePass {
            wallet: *wallet,
            point_of_sale: *point_of_sale,
            token,
            product: product.key,
            pass: find_pass(&product.key, wallet).0,
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
            product: data.product,
            pass: pass.key,
            holder: locks.then(|| find_holder(&data.token, &data.wallet).0),
            rent_payer: data.rent_payer,
        },
        data::ClosePass {},
    )
}
