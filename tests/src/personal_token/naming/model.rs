//! What a token is called: announced and former names.

use {
    crate::model::{Checks, Model, Predicted, Reason, require, token::is_text},
    upside_sdk::{Pubkey, TokenError, state::NameTexts},
};

/// The names of a token beside its present one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Naming {
    /// Announced texts, when they were announced and when they may be applied.
    pub announced: Option<(NameTexts, i64, i64)>,
    /// Former names and symbols with the second until which they were used, latest first.
    pub former: Vec<(String, String, i64)>,
    /// How often name or symbol changed.
    pub renamed: u64,
}

impl Naming {
    /// Bits of what the announcement changes: name, symbol, URI.
    pub fn changes(&self) -> u8 {
        self.announced.as_ref().map_or(0, |(texts, ..)| {
            u8::from(texts.name.is_some())
                + 2 * u8::from(texts.symbol.is_some())
                + 4 * u8::from(texts.uri.is_some())
        })
    }
}

impl Model {
    /// Whether all shares are the owner's, and none are on offer.
    pub fn owns_all(&self, token: &Pubkey) -> bool {
        let it = &self.tokens[token];
        let own = self.holders.get(&(*token, it.owner));
        let own = own.map_or(0, |holder| holder.shares);
        it.supply == own && self.tally(token).offered == 0
    }

    /// When what the owner announces now counts: now if all shares are theirs, else after
    /// the notice.
    pub fn counts_at(&self, token: &Pubkey) -> i64 {
        let notice = self.tokens[token].terms.notice_seconds;
        let alone = self.owns_all(token);
        self.now + if alone { 0 } else { i64::from(notice) }
    }

    /// Whether what was announced at a time is void, because the token was handed over
    /// since.
    pub fn is_void(&self, token: &Pubkey, announced_at: i64) -> bool {
        let since = self.tokens[token].owner_since;
        since != 0 && announced_at <= since
    }

    /// The owner announces texts, in place of what was announced before; no text at all
    /// cancels that.
    ///
    /// # Errors
    /// `InvalidText`, `NotOwner`, `NothingToApply`.
    pub fn announce_name(
        &mut self,
        token: &Pubkey,
        signer: &Pubkey,
        texts: &NameTexts,
    ) -> Predicted {
        let (now, at) = (self.now, self.counts_at(token));
        let fits = |text: &Option<String>, most, filled| {
            text.as_ref().is_none_or(|text| is_text(text, most, filled))
        };
        let some = texts.name.is_some() || texts.symbol.is_some() || texts.uri.is_some();
        let named = fits(&texts.name, 64, true) && fits(&texts.symbol, 12, true);
        if !some {
            return self.cancel_name(token, signer);
        }
        let it = self.token_mut(token)?;
        Checks::new()
            .require(
                named && fits(&texts.uri, 200, false),
                TokenError::InvalidText,
            )
            .all(it.signed_by(signer, now))
            .end()?;
        it.report();
        let naming = self.naming.entry(*token).or_default();
        naming.announced = Some((texts.clone(), now, at));
        Ok(())
    }

    /// The owner cancels what was announced.
    ///
    /// # Errors
    /// `NotOwner`, `NothingToApply`.
    pub fn cancel_name(&mut self, token: &Pubkey, signer: &Pubkey) -> Predicted {
        let now = self.now;
        let naming = self.naming.get_mut(token);
        let announced = naming.and_then(|naming| naming.announced.take());
        let it = self.token_mut(token)?;
        it.signed_by(signer, now)?;
        require(announced.is_some(), TokenError::NothingToApply)?;
        it.report();
        Ok(())
    }

    /// Anybody applies announced texts whose notice is over; what is left out stays.
    ///
    /// # Errors
    /// `Missing`, `NothingToApply`, `NoticePending`.
    pub fn apply_name(&mut self, token: &Pubkey) -> Predicted {
        let now = self.now;
        let naming = self.naming.get(token).ok_or(Reason::Missing)?;
        let (texts, announced_at, at) =
            naming.announced.clone().ok_or(TokenError::NothingToApply)?;
        let void = self.is_void(token, announced_at);
        require(!void, TokenError::NothingToApply)?;
        require(now >= at, TokenError::NoticePending)?;
        let it = self.token_mut(token)?;
        let [name, symbol, uri] = it.metadata.clone();
        let new = |given: &Option<String>, old: &String| given.clone().unwrap_or(old.clone());
        let after = [
            new(&texts.name, &name),
            new(&texts.symbol, &symbol),
            new(&texts.uri, &uri),
        ];
        let renamed = after[0] != name || after[1] != symbol;
        it.metadata = after;
        it.report();
        let naming = self.naming.get_mut(token).expect("it is there");
        naming.announced = None;
        if renamed {
            naming.former.insert(0, (name, symbol, now));
            naming.former.truncate(4);
            naming.renamed += 1;
        }
        Ok(())
    }
}
