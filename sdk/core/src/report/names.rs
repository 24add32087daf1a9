//! How the programs' enums are called in JSON: by their variants, in snake case. The
//! compiler compares the variants with the programs'.

use {
    crate::{
        index::{IndexStatus, OrderSide, Role},
        state::{
            Admission, ChangeClass, ClaimKind, ClaimStatus, Origin, TokenStatus, TransferPolicy,
        },
    },
    serde::Serialize,
};

macro_rules! names {
    ($($name:ident of $of:literal { $($variant:ident),+ $(,)? })+) => {$(
        #[derive(Serialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(remote = $of, rename_all = "snake_case")]
        #[doc = concat!("How `", $of, "` is called: give its `serialize` to serde's `serialize_with`.")]
        #[allow(missing_docs)]
        pub enum $name {
            $($variant),+
        }
    )+};
}

names! {
    AdmissionName of "Admission" { Open, Approved, Credential }
    TransferPolicyName of "TransferPolicy" { Free, Approved, Closed }
    TokenStatusName of "TokenStatus" { Active, WindDown }
    ClaimKindName of "ClaimKind" { TokenizedEquity, Equity, RevenueShare }
    ClaimStatusName of "ClaimStatus" { Declared, ExitedInPart, Closed, WrittenOff, SharedOut }
    OriginName of "Origin" { Owner, Poll, Successor }
    ChangeClassName of "ChangeClass" { AgainstHolders, ForHolders, AgainstOwner }
    IndexStatusName of "IndexStatus" { Seeding, Active, WindDown }
    RoleName of "Role" { PendingCurator, Launcher, Admissions, Guardian }
    OrderSideName of "OrderSide" { None, Sell, Buy }
}
