//! Who creators are by a credential of the Solana Attestation Service, and for whom they
//! could be taken.

use {
    super::{DAY, Result, World, key, token_of},
    solana_account::Account as Bytes,
    solana_keypair::Keypair,
    solana_signer::Signer,
    upside_sdk::{
        Pubkey,
        address::find_credential,
        confusable,
        identity::{self, Identity, Person, Trust, Trusted},
        inspect,
        state::ATTESTATION_SERVICE,
    },
};

/// An attestation's bytes by the service's public layout.
/// An attestation whose data holds the SHA-256 of the first person's name.
fn attestation(wallet: &Pubkey, issuer: &Pubkey, schema: &Pubkey, expiry: i64) -> Vec<u8> {
    let mut bytes = vec![2];
    for key in [wallet, issuer, schema] {
        bytes.extend_from_slice(key.as_ref());
    }
    bytes.extend_from_slice(&32u32.to_le_bytes());
    bytes.extend_from_slice(&solana_program::hash::hash(b"Person 0").to_bytes());
    bytes.extend_from_slice(&[9; 32]);
    bytes.extend_from_slice(&expiry.to_le_bytes());
    bytes.extend_from_slice(&[0; 32]);
    bytes
}

/// Puts an attestation of `about` where the one on `wallet` belongs.
fn put(
    world: &World,
    (wallet, about): (&Pubkey, &Pubkey),
    (issuer, schema): (&Pubkey, &Pubkey),
    expiry: i64,
) -> Result<()> {
    let account = Bytes {
        lamports: 10_000_000,
        data: attestation(about, issuer, schema, expiry),
        owner: ATTESTATION_SERVICE,
        executable: false,
        rent_epoch: u64::MAX,
    };
    let address = find_credential(issuer, schema, wallet).0;
    world.put(vec![(address, account)])
}

fn of(number: usize, person: &Keypair) -> Person {
    Person {
        token: token_of(person),
        owner: person.pubkey(),
        name: format!("Person {number}"),
    }
}

#[tokio::test]
async fn a_credential_counts_for_whoever_trusts_it_while_it_is_good() -> Result<()> {
    let world = World::new(2).await?;
    let (issuer, schema, other) = (key(7, 0).pubkey(), key(7, 1).pubkey(), key(7, 2).pubkey());
    let (ada, bob) = (world.people[0].pubkey(), world.people[1].pubkey());
    let people = [of(0, &world.people[0]), of(1, &world.people[1])];
    let ask = async |trusted: &[Trusted]| {
        let trust: Trust = trusted.iter().copied().collect();
        identity::of(&world.client, &people, &trust).await
    };
    let both = [Trusted::Key(other), Trusted::Credential(issuer, schema)];
    let nobody = vec![Identity::Unverified, Identity::Unverified];
    assert_eq!(ask(&both).await?, nobody);

    let until = world.chain.now() + DAY;
    put(&world, (&ada, &ada), (&issuer, &schema), until)?;
    // One about somebody else proves nothing, wherever it stands.
    put(&world, (&bob, &ada), (&issuer, &schema), 0)?;
    let found = ask(&both).await?;
    let expected = Identity::Credential {
        credential: issuer,
        schema,
        name_verified: true,
        expires_at: Some(until),
    };
    assert_eq!(found, [expected, Identity::Unverified]);
    for wrong in [
        Trusted::Credential(schema, issuer),
        Trusted::Credential(issuer, other),
        Trusted::Key(issuer),
    ] {
        assert_eq!(ask(&[wrong]).await?, nobody, "{wrong:?}");
    }

    // Good in its last second, and not after it.
    world.chain.advance(DAY)?;
    assert!(ask(&both).await?[0].is_verified());
    world.chain.advance(1)?;
    assert_eq!(ask(&both).await?, nobody);
    put(&world, (&ada, &ada), (&issuer, &schema), 0)?;
    let token = world.token(&world.people[0]).await?;
    let mut report = inspect::token(&world.client, &token).await?;
    let trust: Trust = both.into_iter().collect();
    identity::annotate(&world.client, &mut [&mut report], &trust).await?;
    assert!(report.verified && report.identity.is_verified());
    Ok(())
}

#[tokio::test]
async fn reports_are_marked_with_who_looks_like_them() -> Result<()> {
    let world = World::new(3).await?;
    let mut reports = Vec::new();
    for person in &world.people {
        let token = world.token(person).await?;
        reports.push(inspect::token(&world.client, &token).await?);
    }
    let mut marked: Vec<_> = reports.iter_mut().collect();
    confusable::annotate(&world.client, &mut marked).await?;
    assert!(marked.iter().all(|report| report.looks_like.is_empty()));

    // The first one's name, with a Cyrillic letter.
    let (eve, owner) = (world.token(&world.people[2]).await?, &world.people[2]);
    let texts = upside_sdk::state::NameTexts {
        name: Some("Р\u{435}rson 0".to_string()),
        symbol: Some("EVE".to_string()),
        uri: None,
    };
    let payer = owner.pubkey();
    let announce = upside_sdk::instruction::announce_name(&eve, &payer, texts);
    let apply = upside_sdk::instruction::apply_name(&eve, &payer);
    world.run(vec![announce], &[owner]).await?;
    world.chain.advance(8 * 86_400)?;
    world.run(vec![apply], &[owner]).await?;
    confusable::annotate(&world.client, &mut marked).await?;
    let alike: Vec<Vec<Pubkey>> = marked
        .iter()
        .map(|report| report.looks_like.iter().map(|one| one.token).collect())
        .collect();
    let (first, last) = (&marked[0].token, &marked[2].token);
    assert_eq!(alike, [vec![*last], vec![], vec![*first]]);
    Ok(())
}
