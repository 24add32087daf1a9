//! Calls of token programs. Each function is compiled once; each movement of money
//! is checked against the balances after the call.

use {
    crate::{
        Program,
        call::{self, CpiAccount},
        error::{CommonError, require},
        keys::ASSOCIATED_TOKEN_PROGRAM,
        token_account::{
            account_mint, account_owner, balance, cannot_be_paid, is_frozen, is_shut, mint_supply,
            prove_account, prove_associated, prove_own, prove_payee,
        },
    },
    anchor_lang::{
        error::Error,
        prelude::*,
        solana_program::{
            instruction::{AccountMeta, Instruction},
            program::invoke_signed,
        },
    },
    core::marker::PhantomData,
};

/// Instruction numbers that classic SPL Token and Token-2022 share.
const TRANSFER_CHECKED: u8 = 12;
const MINT_TO: u8 = 7;
const BURN: u8 = 8;
const CLOSE_ACCOUNT: u8 = 9;
const INITIALIZE_MINT_2: u8 = 20;
/// Associated token program: make the account unless it is there.
const CREATE_IDEMPOTENT: u8 = 1;

/// Calls of token programs with the errors of the program `P`.
pub struct TokenIo<P: Program>(PhantomData<P>);

/// One transfer of a foreign mint.
pub struct Transfer<'a, 'info> {
    /// The program that owns the mint.
    pub program: &'a AccountInfo<'info>,
    /// The mint.
    pub mint: &'a AccountInfo<'info>,
    /// The mint's decimals.
    pub decimals: u8,
    /// Where the atoms are.
    pub from: &'a AccountInfo<'info>,
    /// Where they go.
    pub to: &'a AccountInfo<'info>,
    /// Who may move them.
    pub authority: &'a AccountInfo<'info>,
}

impl Transfer<'_, '_> {
    /// Moves `amount` atoms, signed by the authority's own signature.
    pub fn by_wallet<P: Program>(&self, amount: u64) -> Result<()> {
        self.send(amount, &[]).map_err(|fault| fault.named::<P>())
    }

    /// Moves `amount` atoms out of a vault whose authority signs with `seeds`.
    pub fn by_seeds<P: Program>(&self, amount: u64, seeds: &[&[u8]]) -> Result<()> {
        self.send(amount, &[seeds])
            .map_err(|fault| fault.named::<P>())
    }

    #[inline(never)]
    fn send(&self, amount: u64, signers: &[&[&[u8]]]) -> core::result::Result<(), CpiError> {
        if amount == 0 {
            return Ok(());
        }
        require(self.from.key != self.to.key, CommonError::SameAccount)?;
        let (from, to) = (balance(self.from)?, balance(self.to)?);
        let short = !signers.is_empty() && from < amount;
        require(!short, CommonError::VaultShort)?;
        let [a, b, c, d, e, f, g, h] = amount.to_le_bytes();
        let data = [TRANSFER_CHECKED, a, b, c, d, e, f, g, h, self.decimals];
        call::call(
            self.program,
            [
                CpiAccount::write(self.from),
                CpiAccount::read(self.mint),
                CpiAccount::write(self.to),
                CpiAccount::signer(self.authority),
            ],
            &data,
            signers,
        )
        .map_err(CpiError::Call)?;
        let left = from.checked_sub(amount);
        let arrived = to.checked_add(amount);
        let exact = left == Some(balance(self.from)?) && arrived == Some(balance(self.to)?);
        require(exact, CommonError::BalanceMismatch)?;
        Ok(())
    }
}

impl<P: Program> TokenIo<P> {
    /// Mints `amount` atoms into `account`, signed by the mint authority's `seeds`.
    pub fn mint_to<'info>(
        program: &AccountInfo<'info>,
        mint: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        authority: &AccountInfo<'info>,
        amount: u64,
        seeds: &[&[u8]],
    ) -> Result<()> {
        let accounts = [mint, account, authority];
        change_supply(program, MINT_TO, accounts, account, amount, &[seeds])
            .map_err(|fault| fault.named::<P>())
    }

    /// Burns `amount` atoms from `account`: signed by `seeds`, or without them by the
    /// authority's own signature.
    pub fn burn<'info>(
        program: &AccountInfo<'info>,
        mint: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        authority: &AccountInfo<'info>,
        amount: u64,
        seeds: Option<&[&[u8]]>,
    ) -> Result<()> {
        let accounts = [account, mint, authority];
        let burned = match seeds {
            Some(seeds) => change_supply(program, BURN, accounts, account, amount, &[seeds]),
            None => change_supply(program, BURN, accounts, account, amount, &[]),
        };
        burned.map_err(|fault| fault.named::<P>())
    }

    /// Closes an empty token account, signed by its authority's `seeds`; its lamports go to
    /// `receiver`.
    #[inline(never)]
    pub fn close_account<'info>(
        program: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        receiver: &AccountInfo<'info>,
        authority: &AccountInfo<'info>,
        seeds: &[&[u8]],
    ) -> Result<()> {
        Self::call(
            program,
            vec![
                AccountMeta::new(*account.key, false),
                AccountMeta::new(*receiver.key, false),
                AccountMeta::new_readonly(*authority.key, true),
            ],
            vec![CLOSE_ACCOUNT],
            &[account.clone(), receiver.clone(), authority.clone()],
            &[seeds],
        )
    }

    /// Makes an associated token account unless it exists.
    #[inline(never)]
    pub fn create_associated<'info>(
        payer: &AccountInfo<'info>,
        account: &AccountInfo<'info>,
        owner: &AccountInfo<'info>,
        mint: &AccountInfo<'info>,
        system_program: &AccountInfo<'info>,
        token_program: &AccountInfo<'info>,
        associated_token_program: &AccountInfo<'info>,
    ) -> Result<()> {
        require(
            *associated_token_program.key == ASSOCIATED_TOKEN_PROGRAM,
            CommonError::WrongTokenProgram,
        )
        .map_err(|refusal| P::Error::from(refusal).into())?;
        Self::call(
            associated_token_program,
            vec![
                AccountMeta::new(*payer.key, true),
                AccountMeta::new(*account.key, false),
                AccountMeta::new_readonly(*owner.key, false),
                AccountMeta::new_readonly(*mint.key, false),
                AccountMeta::new_readonly(*system_program.key, false),
                AccountMeta::new_readonly(*token_program.key, false),
            ],
            vec![CREATE_IDEMPOTENT],
            &[
                payer.clone(),
                account.clone(),
                owner.clone(),
                mint.clone(),
                system_program.clone(),
                token_program.clone(),
            ],
            &[],
        )
    }

    /// Turns an allocated account into a mint without freeze authority.
    #[inline(never)]
    pub fn initialize_mint<'info>(
        program: &AccountInfo<'info>,
        mint: &AccountInfo<'info>,
        authority: &Pubkey,
        decimals: u8,
    ) -> Result<()> {
        let mut data = Vec::with_capacity(35);
        data.push(INITIALIZE_MINT_2);
        data.push(decimals);
        data.extend_from_slice(authority.as_ref());
        data.push(0); // no freeze authority
        Self::call(
            program,
            vec![AccountMeta::new(*mint.key, false)],
            data,
            core::slice::from_ref(mint),
            &[],
        )
    }

    /// Calls a program that may change the accounts' lengths. For others
    /// [`call`](crate::call) is cheaper.
    #[inline(never)]
    pub fn call(
        program: &AccountInfo,
        accounts: Vec<AccountMeta>,
        data: Vec<u8>,
        infos: &[AccountInfo],
        signers: &[&[&[u8]]],
    ) -> Result<()> {
        let instruction = Instruction {
            program_id: *program.key,
            accounts,
            data,
        };
        invoke_signed(&instruction, infos, signers)?;
        Ok(())
    }

    /// Atoms in a token account.
    pub fn balance(account: &AccountInfo) -> core::result::Result<u64, P::Error> {
        balance(account).map_err(P::Error::from)
    }

    /// Proves that `account` is an initialized token account of `mint` and `wallet`.
    pub fn prove_account(
        account: &AccountInfo,
        mint: &Pubkey,
        wallet: &Pubkey,
    ) -> core::result::Result<(), P::Error> {
        prove_account(account, mint, wallet).map_err(P::Error::from)
    }

    /// Proves that `account` is the associated token account of `wallet` for `mint`, and
    /// initialized. Errors: `WrongTokenAccount`, `WrongAccount` for another of the wallet's.
    pub fn prove_associated(
        account: &AccountInfo,
        mint: &Pubkey,
        wallet: &Pubkey,
    ) -> core::result::Result<(), P::Error> {
        prove_associated(account, mint, wallet).map_err(P::Error::from)
    }

    /// Proves the account that receives what is `wallet`'s: any of its accounts if the wallet
    /// signs (`signed`), else one that [`Self::prove_payee`] accepts. Errors:
    /// `WrongTokenAccount`, `WrongAccount`.
    pub fn prove_receiver(
        account: &AccountInfo,
        mint: &Pubkey,
        wallet: &Pubkey,
        signed: bool,
    ) -> core::result::Result<(), P::Error> {
        if signed {
            return Self::prove_account(account, mint, wallet);
        }
        Self::prove_payee(account, mint, wallet)
    }

    /// Proves an account that is paid what is `wallet`'s by whoever sends the instruction: the
    /// associated one, or any other that nobody but the wallet can take from. It MUST NOT be
    /// the associated one alone where others wait for the payment: its wallet could hand it to
    /// somebody else, or its mint's issuer freeze it, and so hold them up. Errors:
    /// `WrongTokenAccount`, `WrongAccount` for another account with a delegate or a close
    /// authority.
    pub fn prove_payee(
        account: &AccountInfo,
        mint: &Pubkey,
        wallet: &Pubkey,
    ) -> core::result::Result<(), P::Error> {
        prove_payee(account, mint, wallet).map_err(P::Error::from)
    }

    /// Proves an account that is paid what is `wallet`'s: any of its accounts if the wallet
    /// signs (`signed`), else the associated one. Another that nobody else can take from is
    /// taken only if `shown` is the associated one and cannot be paid now: handed over, frozen,
    /// or refusing what comes without a memo. Errors: `WrongTokenAccount`, `WrongAccount`.
    pub fn prove_own(
        account: &AccountInfo,
        mint: &Pubkey,
        wallet: &Pubkey,
        signed: bool,
        shown: Option<&AccountInfo>,
    ) -> core::result::Result<(), P::Error> {
        if signed {
            return Self::prove_account(account, mint, wallet);
        }
        prove_own(account, mint, wallet, shown).map_err(P::Error::from)
    }

    /// The mint of which `account` is `wallet`'s associated account and cannot be paid now;
    /// `None` if it is something else.
    pub fn unpayable_mint(account: &AccountInfo, wallet: &Pubkey) -> Option<Pubkey> {
        let mint = account_mint(account).ok()?;
        cannot_be_paid(account, &mint, wallet).then_some(mint)
    }

    /// Whether `account` is `wallet`'s associated account and can be paid by nobody, because
    /// the wallet handed it to somebody else or lets it take nothing without a memo.
    pub fn is_shut(account: &AccountInfo, mint: &Pubkey, wallet: &Pubkey) -> bool {
        is_shut(account, mint, wallet)
    }

    /// Whose a token account is. Errors: `WrongTokenAccount`.
    pub fn account_owner(account: &AccountInfo) -> core::result::Result<Pubkey, P::Error> {
        account_owner(account).map_err(P::Error::from)
    }

    /// Supply of a mint that the caller's state proved.
    pub fn mint_supply(mint: &AccountInfo) -> core::result::Result<u64, P::Error> {
        mint_supply(mint).map_err(P::Error::from)
    }

    /// Whether a token account is frozen, whose address the caller's state proved.
    pub fn is_frozen(account: &AccountInfo) -> core::result::Result<bool, P::Error> {
        is_frozen(account).map_err(P::Error::from)
    }
}

/// What went wrong: a refusal that has no name yet, or the called program's error.
enum CpiError {
    Refused(CommonError),
    Call(ProgramError),
}

impl CpiError {
    #[cold]
    #[inline(never)]
    fn named<P: Program>(self) -> Error {
        match self {
            CpiError::Refused(refusal) => P::Error::from(refusal).into(),
            CpiError::Call(error) => error.into(),
        }
    }
}

impl From<CommonError> for CpiError {
    fn from(refusal: CommonError) -> CpiError {
        CpiError::Refused(refusal)
    }
}

/// `MintTo` and `Burn` have the same shape: two written accounts and a signer. The
/// balance of `changed` must move by exactly `amount`.
#[inline(never)]
fn change_supply(
    program: &AccountInfo,
    number: u8,
    accounts: [&AccountInfo; 3],
    changed: &AccountInfo,
    amount: u64,
    signers: &[&[&[u8]]],
) -> core::result::Result<(), CpiError> {
    let before = balance(changed)?;
    let [first, second, authority] = accounts;
    let [a, b, c, d, e, f, g, h] = amount.to_le_bytes();
    call::call(
        program,
        [
            CpiAccount::write(first),
            CpiAccount::write(second),
            CpiAccount::signer(authority),
        ],
        &[number, a, b, c, d, e, f, g, h],
        signers,
    )
    .map_err(CpiError::Call)?;
    let after = if number == BURN {
        before.checked_sub(amount)
    } else {
        before.checked_add(amount)
    };
    require(
        after == Some(balance(changed)?),
        CommonError::BalanceMismatch,
    )?;
    Ok(())
}
