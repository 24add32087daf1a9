//! Chance that is the same in every run.

/// SplitMix64.
pub struct Rng(pub u64);

impl Rng {
    /// Any number.
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`, or zero.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end.max(1)
    }

    /// From `low` to `high`.
    pub fn within(&mut self, low: u64, high: u64) -> u64 {
        low + self.below((high - low).saturating_add(1))
    }

    /// True in so many of a hundred cases.
    pub fn percent(&mut self, part: u64) -> bool {
        self.below(100) < part
    }

    /// One of these.
    pub fn pick<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        of[self.below(of.len() as u64) as usize]
    }

    /// One of these, or none where there are none.
    pub fn one<T: Clone>(&mut self, of: &[T]) -> Option<T> {
        of.get(self.below(of.len() as u64) as usize).cloned()
    }

    /// From 1 to `most`, every order of magnitude alike, the ends often.
    pub fn amount(&mut self, most: u64) -> u64 {
        let most = most.max(1);
        match self.below(12) {
            0 => 1,
            1 => most,
            _ => {
                let bits = self.below(u64::from(u64::BITS - most.leading_zeros())) + 1;
                let top = if bits == 64 {
                    u64::MAX
                } else {
                    (1 << bits) - 1
                };
                self.within(top / 2, top).clamp(1, most)
            }
        }
    }

    /// Mostly as [`Rng::amount`], now and then what nobody has: nothing, one atom too
    /// many, the end of the range.
    pub fn rash(&mut self, most: u64) -> u64 {
        match self.below(40) {
            0 => 0,
            1 | 2 => most.saturating_add(1),
            3 => u64::MAX,
            _ => self.amount(most),
        }
    }
}
