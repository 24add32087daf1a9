//! A disk that fails and loses power when a test says so.

use redb::StorageBackend;
use std::io::{Error, ErrorKind, Result};
use std::sync::{Arc, Mutex};

/// What a disk writes at once.
pub(super) const SECTOR: usize = 512;

#[derive(Clone, Debug)]
pub(super) enum Op {
    Write(u64, Vec<u8>),
    Resize(u64),
    Sync,
    /// So many commits had returned.
    Returned(u64),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// One operation fails, the next works.
    Once,
    /// All that follow fail too: the disk is full for good.
    ForGood,
}

#[derive(Debug, Default)]
pub(super) struct Inner {
    pub bytes: Vec<u8>,
    pub log: Vec<Op>,
    pub ops: usize,
    /// From which operation on it fails, and how.
    pub fails: Option<(usize, Failure)>,
    pub failed: usize,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Disk(pub Arc<Mutex<Inner>>);

impl Inner {
    fn op(&mut self, op: Op) -> Result<()> {
        self.ops += 1;
        let fails = self.fails.is_some_and(|(at, how)| match how {
            Failure::Once => self.ops == at,
            Failure::ForGood => self.ops >= at,
        });
        if fails {
            self.failed += 1;
            return Err(ErrorKind::StorageFull.into());
        }
        apply(&mut self.bytes, &op);
        self.log.push(op);
        Ok(())
    }
}

pub(super) fn apply(bytes: &mut Vec<u8>, op: &Op) {
    match op {
        Op::Write(at, data) => {
            let at = *at as usize;
            bytes.resize(bytes.len().max(at + data.len()), 0);
            bytes[at..at + data.len()].copy_from_slice(data);
        }
        Op::Resize(len) => bytes.resize(*len as usize, 0),
        Op::Sync | Op::Returned(_) => {}
    }
}

impl StorageBackend for Disk {
    fn len(&self) -> Result<u64> {
        Ok(self.0.lock().unwrap().bytes.len() as u64)
    }
    fn read(&self, offset: u64, out: &mut [u8]) -> Result<()> {
        let disk = self.0.lock().unwrap();
        let from = offset as usize;
        let found = disk.bytes.get(from..from + out.len());
        out.copy_from_slice(found.ok_or(Error::from(ErrorKind::UnexpectedEof))?);
        Ok(())
    }
    fn set_len(&self, len: u64) -> Result<()> {
        self.0.lock().unwrap().op(Op::Resize(len))
    }
    fn sync_data(&self) -> Result<()> {
        self.0.lock().unwrap().op(Op::Sync)
    }
    fn write(&self, offset: u64, data: &[u8]) -> Result<()> {
        let op = Op::Write(offset, data.to_vec());
        self.0.lock().unwrap().op(op)
    }
}

/// Numbers that look random (splitmix64).
pub(super) struct Dice(pub u64);

impl Dice {
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}
