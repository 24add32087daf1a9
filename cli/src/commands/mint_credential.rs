use {
    crate::{
        context::Context,
        error::{CliError, Result},
        values::{Address, text},
    },
    serde::Serialize,
    std::fmt,
    upside_sdk::{Pubkey, address::find_credential, state::ATTESTATION_SERVICE},
    upside_view::style::{self, facts, paint},
};

/// First byte of an attestation's account.
const ATTESTATION: u8 = 2;
/// Of the names of the credential and of its schema.
const NAME: &[u8] = b"upside test";

/// Give a wallet a test credential, on the embedded chain
///
/// Says that a certain human is behind a wallet, as an issuer says it with the Solana
/// Attestation Service. That service is not on the embedded chain: the account is put where
/// it would make it. Your key is the issuer, of one credential and one schema.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside mint-credential eve.json Eve
  upside index create Makers MAKERS --equal-share 20% --credential 9xQe… --schema 4tRw…")]
pub struct Args {
    /// Whose it is; a wallet with SOL
    #[arg(value_name = "WALLET")]
    wallet: Address,
    /// Who the human is, up to 64 bytes: one name, one human
    #[arg(value_parser = text(64))]
    human: String,
}

/// A credential given.
#[derive(Debug, Serialize)]
pub struct Given {
    wallet: String,
    human: String,
    /// The issuer's credential account.
    credential: String,
    /// The schema account.
    schema: String,
    /// The attestation about the wallet.
    attestation: String,
}

impl fmt::Display for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = format!("Give a test credential to {}", self.wallet);
        let (sign, title) = (paint(style::GOOD, "✔"), paint(style::BOLD, title));
        writeln!(f, "{sign} {title}")?;
        f.write_str(&facts(&[
            ("human", self.human.clone()),
            ("credential", self.credential.clone()),
            ("schema", self.schema.clone()),
            ("attestation", self.attestation.clone()),
        ]))
    }
}

/// The credential account of an issuer and the account of its schema, where the service
/// derives them.
pub fn issued_by(issuer: &Pubkey) -> (Pubkey, Pubkey) {
    let seeds: [&[u8]; 3] = [b"credential", issuer.as_ref(), NAME];
    let (credential, _) = Pubkey::find_program_address(&seeds, &ATTESTATION_SERVICE);
    let seeds: [&[u8]; 4] = [b"schema", credential.as_ref(), NAME, &[1]];
    let (schema, _) = Pubkey::find_program_address(&seeds, &ATTESTATION_SERVICE);
    (credential, schema)
}

/// Bytes of an attestation's account: kind, wallet, credential, schema, statement with its
/// length, signer, expiry, token account. The statement's first field names the human; it
/// never expires.
pub fn attestation([wallet, credential, schema, signer]: [&Pubkey; 4], human: &str) -> Vec<u8> {
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes();
    let statement = [&length(human.as_bytes())[..], human.as_bytes()].concat();
    [
        &[ATTESTATION][..],
        wallet.as_ref(),
        credential.as_ref(),
        schema.as_ref(),
        &length(&statement),
        &statement,
        signer.as_ref(),
        &0i64.to_le_bytes(),
        &[0; 32],
    ]
    .concat()
}

pub fn run(args: &Args, ctx: &Context) -> Result<Given> {
    let chain = ctx.embedded("mint-credential")?;
    let (issuer, wallet) = (ctx.keys.me()?, args.wallet.key);
    let (credential, schema) = issued_by(&issuer);
    let account = find_credential(&credential, &schema, &wallet).0;
    let found = chain.account(&wallet).ok_or_else(|| {
        CliError::usage(
            format!("{wallet} has no SOL"),
            format!("`upside airdrop 1 --to {wallet}` first"),
        )
    })?;
    let mut put = found;
    put.data = attestation([&wallet, &credential, &schema, &issuer], &args.human);
    put.owner = ATTESTATION_SERVICE;
    chain.set_account(&account, put)?;
    Ok(Given {
        wallet: wallet.to_string(),
        human: args.human.clone(),
        credential: credential.to_string(),
        schema: schema.to_string(),
        attestation: account.to_string(),
    })
}
