//! Who is who: a notary vouches for the potter, and somebody copies her name.

use {
    super::potter::{one, token, trust},
    crate::{
        demo::{
            cast::{Stage, address},
            money::{DAY, currency, whole},
        },
        error::Result,
    },
    sha2::{Digest, Sha256},
    upside_sdk::{
        Pubkey, action,
        address::find_token,
        confusable, identity, instruction,
        state::{Admission, CreateTokenArgs, IdentityAttestation, TermsInput, TransferPolicy},
    },
    upside_view::style::short,
};

/// Makes somebody's token, whatever they call it.
pub async fn create(stage: &mut Stage, who: &str, name: &str, symbol: &str) -> Result<()> {
    let args = CreateTokenArgs {
        name: name.to_string(),
        symbol: symbol.to_string(),
        uri: String::new(),
        terms: TermsInput {
            supply_cap: whole(1_000_000).0,
            launch_shares: whole(1_000_000).0,
            room_bps: 2_500,
            bearer_cap: 0,
            floor: 0,
            loss_limit: 0,
            cash_out_tax_bps: 1_000,
            royalty_bps: 1_000,
            reserve_bps: 2_000,
            poll_threshold_bps: 6_667,
            drip_seconds: 604_800,
            notice_seconds: 604_800,
            inactivity_seconds: 31_536_000,
        },
        admission: Admission::Open,
        transfer_policy: TransferPolicy::Free,
        guardian: Pubkey::default(),
        registrar: Pubkey::default(),
        credential: Pubkey::default(),
        schema: Pubkey::default(),
    };
    let (client, me) = (stage.chain.client(), address(who));
    let create = action::create_token(&client, &me, &me, &currency(), args).await?;
    let what = format!("creates a token that says {name} ({symbol})");
    stage.act(who, what, &create.steps).await
}

/// A notary who knows her signs that it is she.
pub async fn attest(stage: &mut Stage) -> Result<()> {
    let (token, quin) = (token(stage).await?, address("quin"));
    let identity_attestation = IdentityAttestation {
        owner: token.data.owner,
        subject: Sha256::digest("Olga Kiln").into(),
        document: Sha256::digest("passport of Olga Kiln").into(),
        expires_at: stage.chain.now() + 2 * 365 * DAY,
    };
    let attest = instruction::attest_identity(&token.key, &quin, &quin, identity_attestation);
    let what = "vouches that its owner is Olga Kiln: verified to those who trust him";
    stage
        .act("quin", what.to_string(), &one("attest", attest))
        .await
}

/// The copy as a person.
pub fn copied(token: Pubkey) -> identity::Person {
    identity::Person {
        token,
        owner: address("vlad"),
        name: "\u{41e}lga Kiln".to_string(),
    }
}

/// Somebody makes a token that reads the same.
pub async fn copy(stage: &mut Stage) -> Result<()> {
    // The first letter of each is Cyrillic.
    create(stage, "vlad", "\u{41e}lga Kiln", "\u{41e}LGA").await?;
    let client = stage.chain.client();
    let copy = find_token(&address("vlad")).0;
    let all = confusable::all_names(&client).await?;
    let others = confusable::others(&all, &copy);
    let found = identity::of(&client, &[copied(copy)], &trust()).await?;
    let known = found.iter().any(identity::Identity::is_verified);
    let alike: Vec<_> = others.iter().map(|other| short(&other.token)).collect();
    stage.tell(format!(
        "pointed out: {} {} and looks like {}",
        short(&copy),
        if known {
            "is verified"
        } else {
            "is unverified"
        },
        alike.join(", "),
    ));
    Ok(())
}
