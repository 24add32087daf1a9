//! What the SDK's errors mean.

use {
    super::{
        refusal::{of_index, of_token},
        transaction::{of_rpc, of_transaction},
    },
    crate::error::{Described, Kind},
    upside_sdk::error::SdkError,
};

/// An error of the SDK, as it is shown.
pub fn of_sdk(error: &SdkError) -> Described {
    let text = error.to_string();
    match error {
        SdkError::Refused(error) => of_token(*error),
        SdkError::IndexRefused(error) => of_index(*error),
        SdkError::Math(_) => Described::new(Kind::Usage, "Math", text)
            .hint("an amount is out of range: use a smaller one"),
        SdkError::NotFound { what: "token", .. } => Described::new(Kind::Usage, "NotFound", text)
            .hint("see `upside token list`, and mind -u: every chain has its own tokens"),
        SdkError::NotFound { what: "mint", .. } => Described::new(Kind::Usage, "NotFound", text)
            .hint(
                "mind -u: every chain has its own mints; `upside mint-quote 100000` makes one for tests",
            ),
        SdkError::NotFound { what, .. } if what.starts_with("holder") => {
            Described::new(Kind::Usage, "NotFound", text)
                .hint("open one with `upside holder open TOKEN`, or let the owner admit the wallet")
        }
        SdkError::NotFound { what, .. } => {
            let found = Described::new(Kind::Usage, "NotFound", text);
            match *what {
                "nonce account" => found.hint("make one with `upside nonce create KEYPAIR`"),
                "round" => found.hint("see `upside round list TOKEN`"),
                "product" => found.hint("see `upside product list TOKEN`"),
                "sale" => found.hint("see `upside sale list TOKEN`"),
                "bid" => found.hint("see `upside bid list TOKEN`"),
                "grant" => found.hint("see `upside grant list TOKEN`"),
                "poll" | "open poll" => found.hint("see `upside poll list TOKEN`"),
                "order" => found.hint("see `upside order list TOKEN`"),
                "pass" => found.hint("see `upside product show TOKEN/NUMBER`"),
                "claim" => found.hint("see `upside claim list TOKEN`"),
                "index" => found.hint("see `upside index list`, and mind -u"),
                "token or index" => {
                    found.hint("see `upside token list` and `upside index list`, and mind -u")
                }
                "constituent" => found.hint("see `upside index show INDEX`"),
                "membership" => found.hint("see `upside index show INDEX` for offers and members"),
                "basket" => found.hint("see `upside index basket list INDEX`"),
                "rebalance" => found.hint("its curator drafts one: `upside index rebalance draft INDEX`"),
                "offers of enough shares in the currency" => found.hint(
                    "its person opens a round without --min-raise: `upside round open TOKEN \
                     --stage SHARES@PRICE --closes 30d`, or somebody a sale; or leave them out \
                     with --skip, get shares elsewhere and contribute in kind",
                ),
                "announcement" => found.hint("see `upside index announcements INDEX`"),
                "offer" => found.hint("see `upside index announcements INDEX`"),
                "candidacy" => found.hint("see `upside index candidate list INDEX`"),
                "contribution" => found.hint(
                    "it was never made, or was collected, refunded or taken back: \
                     see `upside round show TOKEN`",
                ),
                _ => found,
            }
        }
        SdkError::Ambiguous { .. } => Described::new(Kind::Usage, "Ambiguous", text),
        SdkError::WrongAccount { .. } => Described::new(Kind::Usage, "WrongAccount", text),
        SdkError::EndowmentShort { .. } => Described::new(Kind::Refused, "EndowmentShort", text)
            .hint("new shares bring their part of every reserve asset: see `upside reserve list TOKEN`"),
        SdkError::RoundAtBacking => Described::new(Kind::Refused, "RoundAtBacking", text)
            .hint("give a higher --stage price, or --backer-cap"),
        SdkError::Rpc(error) => of_rpc(error),
        SdkError::Transaction(error) => of_transaction("the transaction", true, error),
        _ => Described::new(Kind::Other, "Other", text),
    }
}
