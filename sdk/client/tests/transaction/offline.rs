//! Messages and signatures without a network.

use {
    crate::network::*,
    base64::{Engine, prelude::BASE64_STANDARD},
    solana_keypair::Keypair,
    solana_message::{AddressLookupTableAccount, Hash},
    solana_program::{instruction::AccountMeta, pubkey::Pubkey},
    solana_signer::Signer,
    upside_sdk::transaction::{
        MAX_TRANSACTION_BYTES, TransactionError, compile, message_base64, missing_signers,
        sign_partially, transaction_base64,
    },
};

#[test]
fn a_message_that_does_not_fit_says_by_how_much_and_a_lookup_table_helps() {
    let payer = Pubkey::new_from_array([1; 32]);
    let error = compile(&[instruction(&payer, 1_232)], &payer, &[], Hash::default()).unwrap_err();
    let TransactionError::TooLarge {
        bytes,
        limit: MAX_TRANSACTION_BYTES,
    } = error
    else {
        panic!("{error}")
    };
    assert!((1_300..1_450).contains(&bytes));

    let keys: Vec<_> = (10..60)
        .map(|byte| Pubkey::new_from_array([byte; 32]))
        .collect();
    let mut wide = instruction(&payer, 8);
    wide.accounts
        .extend(keys.iter().map(|key| AccountMeta::new(*key, false)));
    let wide = [wide];
    assert!(compile(&wide, &payer, &[], Hash::default()).is_err());
    let table = AddressLookupTableAccount {
        key: Pubkey::new_from_array([99; 32]),
        addresses: keys,
    };
    compile(&wide, &payer, &[table], Hash::default()).unwrap();
}

#[test]
fn signatures_can_be_gathered_and_are_verified() {
    let (payer, owner, stranger) = (Keypair::new(), Keypair::new(), Keypair::new());
    let message = compile(
        &[instruction(&owner.pubkey(), 8)],
        &payer.pubkey(),
        &[],
        blockhash(5),
    )
    .unwrap();
    assert_eq!(
        missing_signers(&message, &[]),
        [payer.pubkey(), owner.pubkey()]
    );
    assert_eq!(
        missing_signers(&message, &[payer.pubkey()]),
        [owner.pubkey()]
    );

    // The owner signs what it was shown, elsewhere.
    let shown = BASE64_STANDARD.decode(message_base64(&message)).unwrap();
    let given = (owner.pubkey(), owner.sign_message(&shown));
    let half = sign_partially(message.clone(), &[&payer, &stranger], &[]).unwrap();
    assert_eq!(half.verify_with_results(), [true, false]);
    let whole = sign_partially(message.clone(), &[&payer], &[given]).unwrap();
    assert_eq!(whole.verify_with_results(), [true, true]);
    assert_eq!(decode(&transaction_base64(&whole)), whole);

    let wrong = [
        (owner.pubkey(), owner.sign_message(b"something else")),
        (owner.pubkey(), stranger.sign_message(&shown)),
        (stranger.pubkey(), stranger.sign_message(&shown)),
    ];
    for (key, signature) in wrong {
        let error = sign_partially(message.clone(), &[&payer], &[(key, signature)]).unwrap_err();
        assert!(matches!(error, TransactionError::Sign(whose, _) if whose == key));
    }
}
