use {
    super::Look,
    crate::{
        error::SdkError,
        fetch::{self, Raw},
        index::{
            Constituent, PooledIndex, SlotKind, Wrapper,
            fetch::{self as indexes, Pool},
        },
        state::{Account, Holder, PersonalToken, decode},
    },
    anchor_lang::prelude::Pubkey,
    solana_rpc_client::nonblocking::rpc_client::RpcClient,
    std::{
        collections::{BTreeMap, BTreeSet},
        ops::Range,
    },
    upside_support::mint_policy,
};

/// Looks at an index: at most six requests for a hundred accounts each.
///
/// # Errors
/// `NotFound`, `WrongAccount`, `Rpc`.
pub async fn look(client: &RpcClient, index: &Pubkey) -> Result<Look, SdkError> {
    let pool = indexes::pool(client, index).await?;
    let rebalance = indexes::rebalance(client, index).await?;
    let wrappers = match pool.index.data.wraps {
        0 => Vec::new(),
        _ => indexes::wrappers(client, index).await?,
    };
    let stuck = stuck(client, &pool, &wrappers).await?;
    Ok(Look {
        pool,
        rebalance,
        stuck,
    })
}

/// A slot as it is without tickets, and of a person the accounts.
struct Subject {
    slot: u8,
    original: Constituent,
    person: Option<(PersonalToken, Holder)>,
}

async fn stuck(
    client: &RpcClient,
    pool: &Pool,
    wrappers: &[Account<Wrapper>],
) -> Result<BTreeSet<u8>, SdkError> {
    let subjects = subjects(client, pool, wrappers).await?;
    let mut keys = Vec::new();
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for subject in &subjects {
        let start = keys.len();
        keys.extend(subject.accounts(&pool.index.data)?);
        ranges.push(start..keys.len());
    }
    let found = fetch::raw(client, &keys).await?;
    let mut stuck = BTreeSet::new();
    for (subject, range) in subjects.iter().zip(ranges) {
        let accounts = found.get(range).unwrap_or_default();
        if subject.is_stuck(accounts) {
            stuck.insert(subject.slot);
        }
    }
    Ok(stuck)
}

async fn subjects(
    client: &RpcClient,
    pool: &Pool,
    wrappers: &[Account<Wrapper>],
) -> Result<Vec<Subject>, SdkError> {
    let mut wrapped = BTreeMap::new();
    for wrapper in wrappers.iter().filter(|wrapper| wrapper.data.active == 1) {
        wrapped.insert(wrapper.data.slot, wrapper.data.original());
    }
    let persons = wrapped
        .iter()
        .filter(|(_, original)| original.kind == SlotKind::Personal);
    let persons: Vec<_> = persons
        .map(|(slot, it)| (*slot, it.key, it.custody))
        .collect();
    let keys: Vec<Pubkey> = persons
        .iter()
        .flat_map(|(_, token, holder)| [*token, *holder])
        .collect();
    let found = fetch::raw(client, &keys).await?;
    let mut behind = BTreeMap::new();
    for ((slot, ..), pair) in persons.iter().zip(found.chunks(2)) {
        if let [Some(token), Some(holder)] = pair {
            let token: Account<PersonalToken> = decode(&token.key, &token.owner, &token.data)?;
            let holder: Account<Holder> = decode(&holder.key, &holder.owner, &holder.data)?;
            behind.insert(*slot, (token.data, holder.data));
        }
    }
    let subjects = pool.constituents().map(|(slot, constituent)| {
        let present = pool.persons.get(&slot);
        let present = present.map(|person| (person.token.data, person.custody.data));
        Subject {
            slot,
            original: wrapped.get(&slot).copied().unwrap_or(*constituent),
            person: present.or_else(|| behind.remove(&slot)),
        }
    });
    Ok(subjects.collect())
}

impl Subject {
    /// Mint and account of what moves with it: its own, or of the payouts that the index
    /// collects of a person.
    fn accounts(&self, index: &PooledIndex) -> Result<Vec<Pubkey>, SdkError> {
        let Some((token, _)) = &self.person else {
            return Ok(vec![self.original.key, self.original.custody]);
        };
        let mut keys = Vec::new();
        for stream in token.active_streams()? {
            let asset = token.asset(usize::from(stream.asset))?;
            let coin = index
                .coin_of(&asset.mint)
                .and_then(|place| index.book(place));
            if coin.is_ok_and(|coin| index.collected(coin.slot).is_ok()) {
                keys.extend([asset.mint, asset.vault]);
            }
        }
        Ok(keys)
    }

    /// As the program sees it.
    fn is_stuck(&self, accounts: &[Option<Raw>]) -> bool {
        let mut pairs = accounts.chunks(2);
        let immovable = pairs.any(|pair| match pair {
            [mint, account] => {
                let admitted = |mint: &Raw| mint_policy::check_data(&mint.owner, &mint.data);
                let refused = mint.as_ref().is_some_and(|mint| admitted(mint).is_err());
                let of_person = self.person.is_some();
                (refused && !of_person)
                    || fetch::immovable(account.as_ref(), mint.as_ref()).is_some()
            }
            _ => false,
        });
        match &self.person {
            Some((token, holder)) => {
                // To somebody who is no venue.
                let free = token.needs_approval(holder, &Holder::default()) == Ok(false);
                immovable || !free
            }
            None => immovable,
        }
    }
}
