//! Where the arguments of a check come from: all small ones, random ones, or bytes.

use upside_math::Bps;

/// Chooses the arguments of one case.
pub trait Draw {
    /// A number below `choices`, which is above zero.
    fn pick(&mut self, choices: u64) -> u64;
    /// Any number of 64 bits.
    fn number(&mut self) -> u64;
    /// Any number of 128 bits.
    fn wide(&mut self) -> u128;
    /// How many of something, at most `most`.
    fn length(&mut self, most: usize) -> usize;

    /// Any signed number of 64 bits.
    fn signed(&mut self) -> i64 {
        let bits = self.number();
        bits as i64
    }

    /// Any signed number of 128 bits.
    fn wide_signed(&mut self) -> i128 {
        let bits = self.wide();
        bits as i128
    }

    /// Any number of 32 bits.
    fn short(&mut self) -> u32 {
        let number = self.number();
        u32::try_from(number).unwrap_or(number as u32)
    }

    /// Any part of a whole, the ends often.
    fn bps(&mut self) -> Bps;

    /// A number, sometimes `times` as large: small cases then reach what depends on it.
    fn scaled(&mut self, times: u64) -> u64 {
        let number = self.number();
        match self.pick(2) {
            0 => number,
            _ => number.wrapping_mul(times),
        }
    }
}

/// Every combination of small arguments and the ends of their types, one after the
/// other: it counts up, each choice of a case being one digit.
pub struct Odometer {
    digits: Vec<(u64, u64)>,
    place: usize,
    bound: u64,
}

impl Odometer {
    /// Numbers up to `bound`, and the ends.
    pub fn new(bound: u64) -> Self {
        Self {
            digits: Vec::new(),
            place: 0,
            bound,
        }
    }

    /// Goes to the next case; `false` after the last one.
    pub fn advance(&mut self) -> bool {
        self.digits.truncate(self.place);
        self.place = 0;
        while let Some((digit, choices)) = self.digits.pop() {
            if digit + 1 < choices {
                self.digits.push((digit + 1, choices));
                return true;
            }
        }
        false
    }
}

impl Draw for Odometer {
    fn pick(&mut self, choices: u64) -> u64 {
        if self.place == self.digits.len() {
            self.digits.push((0, choices));
        }
        let (digit, same) = self.digits[self.place];
        assert_eq!(choices, same, "a check draws the same for the same choices");
        self.place += 1;
        digit
    }

    fn number(&mut self) -> u64 {
        match self.pick(self.bound + 2) {
            digit if digit > self.bound => u64::MAX,
            digit => digit,
        }
    }

    fn wide(&mut self) -> u128 {
        match self.pick(self.bound + 4) {
            digit if digit <= self.bound => digit.into(),
            digit => [u128::MAX, u64::MAX.into(), 1 << 64][(digit - self.bound - 1) as usize],
        }
    }

    fn length(&mut self, most: usize) -> usize {
        // Each of them multiplies the cases.
        let most = most.min(if self.bound < 2 { 1 } else { 2 });
        self.pick(most as u64 + 1) as usize
    }

    fn signed(&mut self) -> i64 {
        let bound = self.bound as i64;
        match self.pick(2 * self.bound + 3) as i64 {
            digit if digit > 2 * bound + 1 => i64::MAX,
            digit if digit > 2 * bound => i64::MIN,
            digit => digit - bound,
        }
    }

    fn wide_signed(&mut self) -> i128 {
        match self.signed() {
            i64::MAX => i128::MAX,
            i64::MIN => i128::MIN,
            number => number.into(),
        }
    }

    fn bps(&mut self) -> Bps {
        let ends = [0, 1, 2, 5_000, 9_999, 10_000];
        Bps::new(ends[self.pick(ends.len() as u64) as usize]).unwrap()
    }
}

/// Shapes raw bits: uniform, of uniform size, small, around a power of two, near the
/// end of the type, or equal or next to an argument before.
fn shaped(kind: u64, bits: u128, width: u32, before: u128) -> u128 {
    let most = u128::MAX >> (128 - width);
    let shift = (bits >> 120) as u32 % width;
    let off = (bits & 3).wrapping_sub(1);
    let number = match kind % 8 {
        0 | 1 => bits,
        2 | 3 => (bits & most) >> shift,
        4 => bits & 31,
        5 => (1u128 << shift).wrapping_add(off),
        6 => most.wrapping_sub(bits & 3),
        _ => before.wrapping_add(off),
    };
    number & most
}

/// Random arguments with a bias towards edges.
pub struct Random {
    state: u64,
    before: u128,
}

impl Random {
    /// The same cases for the same seed.
    pub fn new(seed: u64) -> Self {
        Self {
            state: seed,
            before: 0,
        }
    }

    /// SplitMix64.
    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    fn any(&mut self, width: u32) -> u128 {
        let bits = u128::from(self.next()) << 64 | u128::from(self.next());
        let number = shaped(self.next(), bits, width, self.before);
        self.before = number;
        number
    }
}

impl Draw for Random {
    fn pick(&mut self, choices: u64) -> u64 {
        self.next() % choices
    }

    fn number(&mut self) -> u64 {
        self.any(64) as u64
    }

    fn wide(&mut self) -> u128 {
        self.any(128)
    }

    fn length(&mut self, most: usize) -> usize {
        self.pick(most as u64 + 1) as usize
    }

    fn bps(&mut self) -> Bps {
        biased_bps(self.next())
    }
}

/// What a fuzzer hands over; zeros where it ends.
pub struct Bytes<'a> {
    data: &'a [u8],
    before: u128,
}

impl<'a> Bytes<'a> {
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, before: 0 }
    }

    fn take(&mut self, most: usize) -> u128 {
        let (head, rest) = self.data.split_at(self.data.len().min(most));
        self.data = rest;
        head.iter()
            .fold(0, |bits, byte| bits << 8 | u128::from(*byte))
    }

    fn any(&mut self, width: u32) -> u128 {
        let kind = self.take(1) as u64;
        // Small and relative numbers need few bytes.
        let size = match kind % 8 {
            4 | 6 | 7 => 1,
            5 => 2,
            _ => width as usize / 8,
        };
        let bits = self.take(size);
        let bits = if kind % 8 == 5 {
            (bits >> 8) << 120 | bits & 3
        } else if matches!(kind % 8, 2 | 3) {
            bits | u128::from(kind as u8 >> 3) << 120
        } else {
            bits
        };
        let number = shaped(kind, bits, width, self.before);
        self.before = number;
        number
    }
}

impl Draw for Bytes<'_> {
    fn pick(&mut self, choices: u64) -> u64 {
        self.take(1) as u64 % choices
    }

    fn number(&mut self) -> u64 {
        self.any(64) as u64
    }

    fn wide(&mut self) -> u128 {
        self.any(128)
    }

    fn length(&mut self, most: usize) -> usize {
        self.pick(most as u64 + 1) as usize
    }

    fn bps(&mut self) -> Bps {
        biased_bps(self.take(3) as u64)
    }
}

fn biased_bps(bits: u64) -> Bps {
    let number = match bits % 8 {
        0 => 0,
        1 => 1,
        2 => 9_999,
        3 => 10_000,
        _ => (bits >> 3) % 10_001,
    };
    Bps::new(number as u16).unwrap()
}
