//! Which command helps with a refusal of the token program.

use upside_sdk::TokenError;

/// The command that helps with a refusal of the token program; `None` if none does.
pub fn command_for(error: TokenError) -> Option<&'static str> {
    Some(match error {
        TokenError::AlreadyExists => {
            "each key creates one token, each wallet has one holder account"
        }
        TokenError::ApprovalRequired => "`upside holder approve TOKEN FROM TO SHARES`",
        TokenError::AssetNotListed | TokenError::NotAPayoutMint => {
            "`upside reserve add TOKEN MINT`"
        }
        TokenError::InsufficientShares => "`upside holder show TOKEN`",
        TokenError::InvalidTerms => "`upside token create --help` has the limits",
        TokenError::OwnerCannotContribute => "`upside token issue TOKEN WALLET SHARES`",
        TokenError::InvalidClaim => "`upside claim declare --help` has the limits",
        TokenError::NotAdmitted => "`upside holder open TOKEN --wallet WALLET` by the owner",
        TokenError::NotOwner => "-k names the key that signs; `upside token show TOKEN` the owner",
        TokenError::Paused => "`upside token unpause TOKEN` by the owner",
        TokenError::RoundNotFailed => "`upside round collect TOKEN --round ROUND`",
        TokenError::RoundNotOpen | TokenError::RoundSoldOut => "`upside round list TOKEN`",
        TokenError::RoundNotOver => "`upside round show TOKEN --round ROUND`",
        TokenError::RoundNotSucceeded => "`upside round show TOKEN --round ROUND`",
        TokenError::RoundNeedsApproval => "--approver names the owner's or registrar's keypair",
        TokenError::ZeroAmount => {
            "give one above zero; ALL is nothing if you have none: `upside portfolio`"
        }
        TokenError::NothingToChange => {
            "it is so, or the command was told nothing to change: its --help has the options"
        }
        TokenError::WrongClaimKind => {
            "`upside claim show TOKEN CLAIM` has its kind; each kind has its commands"
        }
        TokenError::NotAttester => {
            "`upside token show TOKEN` has the seats; a dispute ends by who signed it, one of \
             holders by `upside poll put resolve TOKEN CLAIM --document FILE`"
        }
        TokenError::InvalidAttester => {
            "an attester is another key than the owner's, and signs for others"
        }
        TokenError::NoticePending => "`upside token show TOKEN` has the date of what is announced",
        TokenError::Slippage => "or pass a larger --slippage",
        TokenError::SupplyCapExceeded => "`upside token show TOKEN`",
        TokenError::SaleExpired | TokenError::SaleExceeded | TokenError::NotBuyer => {
            "`upside sale list TOKEN`"
        }
        TokenError::BidExpired
        | TokenError::BidNotExpired
        | TokenError::BidExceeded
        | TokenError::NotSeller => "`upside bid list TOKEN`",
        TokenError::OrderVoid | TokenError::OrderNotOver => "`upside order list TOKEN`",
        TokenError::GrantNotEmpty => "`upside grant collect TOKEN GRANT` by its beneficiary",
        TokenError::GrantNotAccepted => "`upside grant accept TOKEN GRANT` by its beneficiary",
        TokenError::GrantAccepted => "`upside grant revoke TOKEN GRANT` by the owner",
        TokenError::NotBeneficiary => "-k names the beneficiary's key",
        TokenError::OfferLapsed | TokenError::InvalidGrantOffer => "`upside grant offer --help`",
        TokenError::GrantVested | TokenError::GrantNotRevocable | TokenError::OfferNotLapsed => {
            "`upside grant show TOKEN GRANT`"
        }
        TokenError::UnitsExceedHeld
        | TokenError::AuctionOpen
        | TokenError::AuctionNotOpen
        | TokenError::AuctionTooCheap
        | TokenError::TermsMismatch
        | TokenError::DocumentMismatch
        | TokenError::InvalidPeriod => "`upside claim show TOKEN CLAIM`",
        TokenError::NotAlone => "`upside poll put --help`",
        TokenError::NotAttested => "`upside claim attest --help`, or `upside poll put --help`",
        TokenError::NotSuccessor => "`upside attester successor TOKEN KEY` by the attester",
        TokenError::MonthNotOver => {
            "`upside revenue report TOKEN CLAIM MONTH GROSS --evidence FILE`"
        }
        TokenError::BearerCapExceeded => "`upside token bearer-cap TOKEN SHARES` by the owner",
        TokenError::ProductNotOpen | TokenError::ProductSoldOut => "`upside product list TOKEN`",
        TokenError::TooFewShares => "`upside holder show TOKEN`",
        TokenError::PassExpired | TokenError::PassUnitsExceeded => "`upside pass buy PRODUCT`",
        TokenError::PassNotOver => "`upside pass show PRODUCT`",
        TokenError::NotPointOfSale => "--point-of-sale names the point of sale's keypair",
        TokenError::CredentialRequired | TokenError::CredentialExpired => {
            "`upside token show TOKEN` names it"
        }
        TokenError::NothingToCollect => "`upside dividend show TOKEN`",
        TokenError::PollRequired | TokenError::PollStale => "`upside poll put --help`",
        TokenError::PollNotNeeded => "`upside token relax TOKEN`, or `upside reserve sync TOKEN`",
        TokenError::FloorOnlyFalls => "`upside token relax TOKEN`",
        TokenError::PollPlaceTaken | TokenError::PollPut | TokenError::PollNotOpen => {
            "`upside poll list TOKEN`"
        }
        TokenError::PollNotPassed
        | TokenError::PollObjected
        | TokenError::PollNotLapsed
        | TokenError::PollAnswered
        | TokenError::NotPutter
        | TokenError::NotAnswered
        | TokenError::SharesTooNew
        | TokenError::OwnerCannotVote => "`upside poll show TOKEN POLL`",
        TokenError::PollLapsed => "`upside poll close TOKEN POLL`",
        TokenError::PollWhileEscrow => "`upside round list TOKEN`",
        TokenError::TooFewToPut => {
            "what was held since before this second counts: wait for it, or hold more \
             (`upside holder show TOKEN`)"
        }
        TokenError::NotExecutor | TokenError::OwnerActive | TokenError::WoundUp => {
            "`upside token show TOKEN`"
        }
        TokenError::HolderNotEmpty => "`upside holder show TOKEN`",
        TokenError::PassEnded => "`upside pass show PRODUCT`",
        TokenError::ReceiptRequired => {
            "`upside holder deposit TOKEN ALL`, then `upside redeem TOKEN ALL`"
        }
        TokenError::NotAnEstate => "`upside token wind-down share-out TOKEN`",
        TokenError::NotWoundUp => "`upside token show TOKEN`",
        TokenError::NothingToRedeem => "`upside reserve list TOKEN`",
        _ => return None,
    })
}
