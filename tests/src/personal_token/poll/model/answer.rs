//! What shares weigh, and their answers.

use {
    super::{Diary, Mark},
    crate::model::{Model, Predicted, require},
    upside_sdk::{Pubkey, TokenError, state::Answer},
};

impl Model {
    /// Marks what a holder weighs in every open poll, from the diary so far.
    fn mark(&mut self, token: &Pubkey, wallet: &Pubkey, open: [Option<u64>; 4]) {
        let mut diary = self.diary(token, wallet);
        for (place, number) in open.into_iter().enumerate() {
            let Some(number) = number else { continue };
            if diary.marks[place].seq != number + 1 {
                let poll = self.polls[&(*token, number)];
                let weighs = diary.born <= number;
                diary.marks[place] = Mark {
                    seq: number + 1,
                    weight: if weighs {
                        diary.least_since(poll.put_at)
                    } else {
                        0
                    },
                    says: None,
                };
            }
        }
        self.diaries.insert((*token, *wallet), diary);
    }

    /// Cuts a holder's marks in open polls to at most so much.
    fn cut(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        open: [Option<u64>; 4],
        most: u64,
        eligible: u64,
    ) {
        for (place, number) in open.into_iter().enumerate() {
            let Some(number) = number else { continue };
            let key = (*token, *wallet);
            let mark = &mut self.diaries.get_mut(&key).expect("it was marked").marks[place];
            let lost = mark.says == Some(true) && most < mark.weight;
            mark.weight = mark.weight.min(most);
            let against = self.polls[&(*token, number)].against_holders;
            if lost && against && self.passes(token, number, eligible).is_err() {
                let poll = self.polls.get_mut(&(*token, number)).expect("it is open");
                poll.passed_at = 0;
            }
        }
    }

    /// Writes into the diaries what a call did to holders' shares, since the state `old`.
    pub fn note_shares(&mut self, old: &Model) {
        let now = self.now;
        let gone = self
            .diaries
            .keys()
            .filter(|key| !self.holders.contains_key(key));
        for key in gone.copied().collect::<Vec<_>>() {
            self.diaries.remove(&key);
        }
        for key in self.holders.keys().copied().collect::<Vec<_>>() {
            let (token, wallet) = key;
            let (before, after) = (old.holders.get(&key), self.holders[&key].shares);
            let born = self.tokens[&token].polls_put;
            if before.is_none() {
                let diary = Diary {
                    born,
                    ..Diary::default()
                };
                self.diaries.insert(key, diary);
            }
            let before = before.map_or(0, |holder| holder.shares);
            if before == after {
                continue;
            }
            let open = self.tokens[&token].open_polls;
            self.mark(&token, &wallet, open);
            let diary = self.diaries.get_mut(&key).expect("it was marked");
            diary.held.push((now, after));
            // As the program saw it: shares that are burned were still there.
            let was = &old.tokens[&token];
            let supply = match was.supply == self.tokens[&token].supply {
                true => was.supply,
                false => old.mints[&was.mint].supply,
            };
            let eligible = supply - old.owner_shares(&token);
            if after < before {
                self.cut(&token, &wallet, open, after, eligible);
            }
        }
    }

    /// A holder answers.
    ///
    /// # Errors
    /// `Missing`, `PollNotOpen`, `PollLapsed`, `OwnerCannotVote`, `SharesTooNew`,
    /// `NotAnswered`.
    pub fn answer_poll(
        &mut self,
        token: &Pubkey,
        wallet: &Pubkey,
        number: u64,
        answer: Answer,
    ) -> Predicted {
        let now = self.now;
        self.holder(token, wallet)?;
        self.poll(token, number)?;
        self.touch(token, wallet)?;
        let poll = self.require_open(token, number)?;
        let owner = self.token(token)?.owner;
        let owns = *wallet == owner || *wallet == poll.owner;
        require(!owns, TokenError::OwnerCannotVote)?;
        let open = self.token(token)?.open_polls;
        self.mark(token, wallet, open);
        let diary = self.diaries.get_mut(&(*token, *wallet));
        let mark = &mut diary.expect("it was marked").marks[poll.place];
        let says = match answer {
            Answer::For => Some(true),
            Answer::Against => Some(false),
            Answer::Withdraw => None,
        };
        if says.is_none() {
            let answered = mark.says.is_some() && mark.weight > 0;
            require(answered, TokenError::NotAnswered)?;
        } else {
            require(mark.weight > 0, TokenError::SharesTooNew)?;
        }
        mark.says = says;
        let passed = self.passes(token, number, self.eligible(token)).is_ok();
        let poll = self.polls.get_mut(&(*token, number)).expect("it is open");
        if !passed {
            poll.passed_at = 0;
        } else if poll.against_holders && poll.passed_at == 0 {
            poll.passed_at = now;
        }
        self.token_mut(token)?.report();
        Ok(())
    }

    /// Who owns the token from now on weighs nothing in what is open; `eligible` shares
    /// were counted on before.
    pub(crate) fn silence(&mut self, token: &Pubkey, wallet: &Pubkey, eligible: u64) {
        if self.holders.contains_key(&(*token, *wallet)) {
            let open = self.tokens[token].open_polls;
            self.mark(token, wallet, open);
            self.cut(token, wallet, open, 0, eligible);
        }
    }
}
