//! 128-bit multiply and divide for sBPF programs built with upstream LLVM 23.
//!
//! LLVM's BPF back end calls `__multi3`, `__udivti3` and `__umodti3` with both
//! operands and the result in registers (result in r0:r2). Rust's own ABI
//! returns an `i128` through memory on this target, so the functions of
//! `compiler_builtins` and `solana-compiler-builtins` do not match those calls;
//! `extern "unadjusted"` hands the value to LLVM untouched, which does.
#![no_std]
#![feature(abi_unadjusted)]

pub use solana_compiler_builtins as memory;

const LOW: u64 = 0xffff_ffff;

/// Full 64 x 64 -> 128 bit product as (low, high).
#[inline(always)]
fn widening_mul(a: u64, b: u64) -> (u64, u64) {
    let (a_lo, a_hi, b_lo, b_hi) = (a & LOW, a >> 32, b & LOW, b >> 32);
    let lo_lo = a_lo.wrapping_mul(b_lo);
    let lo_hi = a_lo.wrapping_mul(b_hi);
    let hi_lo = a_hi.wrapping_mul(b_lo);
    let hi_hi = a_hi.wrapping_mul(b_hi);
    let mid = (lo_lo >> 32)
        .wrapping_add(lo_hi & LOW)
        .wrapping_add(hi_lo & LOW);
    let high = hi_hi
        .wrapping_add(lo_hi >> 32)
        .wrapping_add(hi_lo >> 32)
        .wrapping_add(mid >> 32);
    ((lo_lo & LOW) | (mid << 32), high)
}

/// Divides `high:low` by `d`, for `high < d`. Knuth's algorithm D in base 2^32.
#[inline(always)]
fn div_128_by_64(high: u64, low: u64, d: u64) -> (u64, u64) {
    let shift = d.leading_zeros();
    let d = d << shift;
    let (d_hi, d_lo) = (d >> 32, d & LOW);
    let high = if shift == 0 {
        high
    } else {
        (high << shift) | (low >> (64 - shift))
    };
    let low = low << shift;
    let (q_hi, high) = div_digit(high, low >> 32, d, d_hi, d_lo);
    let (q_lo, rest) = div_digit(high, low & LOW, d, d_hi, d_lo);
    ((q_hi << 32) | q_lo, rest >> shift)
}

/// One base-2^32 quotient digit of `(high * 2^32 + next) / d`.
#[inline(always)]
fn div_digit(high: u64, next: u64, d: u64, d_hi: u64, d_lo: u64) -> (u64, u64) {
    let mut q = high / d_hi;
    let mut r = high.wrapping_sub(q.wrapping_mul(d_hi));
    while q > LOW || q.wrapping_mul(d_lo) > ((r << 32) | next) {
        q = q.wrapping_sub(1);
        r = r.wrapping_add(d_hi);
        if r > LOW {
            break;
        }
    }
    (q, ((high << 32) | next).wrapping_sub(q.wrapping_mul(d)))
}

#[inline(always)]
fn halves(x: u128) -> (u64, u64) {
    (x as u64, (x >> 64) as u64)
}

#[inline(always)]
fn join(low: u64, high: u64) -> u128 {
    ((high as u128) << 64) | low as u128
}

/// Quotient and remainder. A zero divisor aborts, as the hardware would trap.
#[inline(always)]
fn div_rem(n: u128, d: u128) -> (u128, u128) {
    let ((n_lo, n_hi), (d_lo, d_hi)) = (halves(n), halves(d));
    if d_hi == 0 {
        if n_hi == 0 {
            return (join(n_lo / d_lo, 0), join(n_lo % d_lo, 0));
        }
        let (q_hi, n_hi) = if n_hi < d_lo {
            (0, n_hi)
        } else {
            (n_hi / d_lo, n_hi % d_lo)
        };
        let (q_lo, rest) = div_128_by_64(n_hi, n_lo, d_lo);
        return (join(q_lo, q_hi), join(rest, 0));
    }
    if n_hi < d_hi {
        return (0, n);
    }
    // The quotient fits in 64 bits: shift and subtract over the bits it can have.
    let mut shift = d_hi.leading_zeros() - n_hi.leading_zeros();
    let (mut q, mut rest, mut part) = (0u64, n, d << shift);
    loop {
        if rest >= part {
            rest = rest.wrapping_sub(part);
            q |= 1 << shift;
        }
        if shift == 0 {
            return (join(q, 0), rest);
        }
        shift -= 1;
        part >>= 1;
    }
}

#[unsafe(no_mangle)]
unsafe extern "unadjusted" fn __multi3(a: i128, b: i128) -> i128 {
    let ((a_lo, a_hi), (b_lo, b_hi)) = (halves(a as u128), halves(b as u128));
    let (low, high) = widening_mul(a_lo, b_lo);
    let high = high
        .wrapping_add(a_lo.wrapping_mul(b_hi))
        .wrapping_add(a_hi.wrapping_mul(b_lo));
    join(low, high) as i128
}

#[unsafe(no_mangle)]
unsafe extern "unadjusted" fn __udivti3(n: u128, d: u128) -> u128 {
    div_rem(n, d).0
}

#[unsafe(no_mangle)]
unsafe extern "unadjusted" fn __umodti3(n: u128, d: u128) -> u128 {
    div_rem(n, d).1
}

#[unsafe(no_mangle)]
unsafe extern "unadjusted" fn __divti3(n: i128, d: i128) -> i128 {
    let q = div_rem(n.unsigned_abs(), d.unsigned_abs()).0 as i128;
    if (n < 0) != (d < 0) {
        q.wrapping_neg()
    } else {
        q
    }
}

#[unsafe(no_mangle)]
unsafe extern "unadjusted" fn __modti3(n: i128, d: i128) -> i128 {
    let r = div_rem(n.unsigned_abs(), d.unsigned_abs()).1 as i128;
    if n < 0 { r.wrapping_neg() } else { r }
}
