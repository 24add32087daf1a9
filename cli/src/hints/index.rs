//! Which command helps with a refusal of the index program.

use upside_sdk::IndexError;

/// The command that helps with a refusal of the index program; `None` if none does.
pub fn command_for(error: IndexError) -> Option<&'static str> {
    Some(match error {
        IndexError::NotHarvested | IndexError::DividendsDue | IndexError::TooManyDues => {
            "`upside index harvest INDEX`"
        }
        IndexError::AlreadyExists => "a creator's next index takes another --number",
        IndexError::BasketTooSmall
        | IndexError::BasketNotEmpty
        | IndexError::SlotBroughtAlready => "`upside index basket resume INDEX`, or cancel",
        IndexError::DeadlineTooFar => "pass an earlier --deadline",
        IndexError::NoticePending
        | IndexError::NotAnnounced
        | IndexError::AnnouncementListFull
        | IndexError::AnnouncementOpen => "`upside index announcements INDEX`",
        IndexError::AnnouncementExpired | IndexError::Vetoed => {
            "`upside index cancel INDEX NUMBER`"
        }
        IndexError::FeesNotLower | IndexError::ActionListLength => {
            "`upside index announce INDEX --management-fee PERCENT`"
        }
        IndexError::NotVetoed | IndexError::VoteUnchanged => {
            "`upside index announcements INDEX`, `upside index veto INDEX NUMBER`"
        }
        IndexError::LockTooYoung | IndexError::LockedLess | IndexError::BacksAnother => {
            "`upside index locks INDEX`"
        }
        IndexError::NotLockOwner => "-k names the wallet that locked the shares",
        IndexError::NotCandidate | IndexError::NoMajority => "`upside index candidate list INDEX`",
        IndexError::NotPendingCurator
        | IndexError::NotLauncher
        | IndexError::NotAdmissions
        | IndexError::NotGuardian
        | IndexError::RoleVacant => "`upside index roles show INDEX`",
        IndexError::InvalidRecipients => "`--recipient KEY=60% --recipient KEY=40%`",
        IndexError::PausedLately => "`upside index show INDEX`",
        IndexError::AlreadyCoin
        | IndexError::StillACoin
        | IndexError::NotACoin
        | IndexError::CoinListFull => {
            "`upside index announce INDEX --list-coin MINT`, or --unlist-coin"
        }
        IndexError::Paused => "`upside index unpause INDEX` by the curator",
        IndexError::RebalanceRunning
        | IndexError::RebalanceOver
        | IndexError::RebalanceNotOver
        | IndexError::NotForTrade
        | IndexError::OrderStale
        | IndexError::LotShort
        | IndexError::BeyondTarget
        | IndexError::NotTighter => "`upside index rebalance show INDEX`",
        IndexError::NoDraft | IndexError::DraftChanged | IndexError::NothingToTrade => {
            "`upside index rebalance draft INDEX --sell WHAT=AMOUNT@LOW..HIGH \
             --buy WHAT=AMOUNT@LOW..HIGH`"
        }
        IndexError::TurnoverTooLarge => {
            "`upside index rebalance seal INDEX --long-notice`, or --by-majority"
        }
        IndexError::NotTransferable => {
            "`upside holder open TOKEN --wallet INDEX` and `upside holder venue TOKEN INDEX` by \
             the owner"
        }
        IndexError::NotActive | IndexError::NotLaunched | IndexError::NotCurator => {
            "`upside index show INDEX`"
        }
        IndexError::Slippage => "or pass a larger --slippage",
        IndexError::NothingSeeded => {
            "`upside index seed INDEX --piece TOKEN_OR_MINT=AMOUNT --shares SHARES`"
        }
        IndexError::NotSeeding => "`upside index show INDEX`",
        IndexError::InvalidOffer | IndexError::OfferTooLarge => {
            "`upside index member offer INDEX TOKEN --gives SHARES --gets SHARES`"
        }
        IndexError::WrongMembershipStatus
        | IndexError::DilutionCapReached
        | IndexError::TooManyNewMembers
        | IndexError::MembershipEnding
        | IndexError::NotEnding
        | IndexError::SlotHeld
        | IndexError::SlotEmpty
        | IndexError::MemberAlready
        | IndexError::SharesLocked => "`upside index show INDEX` lists offers and members",
        IndexError::NotTokenOwner => "`upside token show TOKEN` names the owner",
        IndexError::NotMember => "-k names the member's key",
        IndexError::CredentialRequired
        | IndexError::WrongCredential
        | IndexError::CredentialExpired => "`upside index show INDEX` names the credential",
        IndexError::SubjectTaken => "`upside index member end INDEX TOKEN` of the other one",
        IndexError::NoSuccessor => {
            "`upside index member take-over INDEX TOKEN` by the token's owner"
        }
        IndexError::EqualShareOwed => "`upside index equal-share collect INDEX TOKEN`",
        IndexError::NotOpposed => "`upside poll list TOKEN`",
        IndexError::PersonUnsettled => "`upside token show TOKEN`, `upside poll list TOKEN`",
        IndexError::NotNoted => "`upside index wrap note INDEX KEY`",
        IndexError::NothingToNote
        | IndexError::SlotMoves
        | IndexError::SlotStuck
        | IndexError::AlreadyWrapped
        | IndexError::NotWrapped
        | IndexError::TicketsLeft
        | IndexError::NothingToWrap => "`upside index wrap show INDEX`",
        IndexError::CoinWrapped => "`upside index wrap unwrap-slot INDEX MINT`, or --without",
        IndexError::NoSlotForAsset => "`upside index add INDEX MINT` by the curator",
        IndexError::ClaimsOpen | IndexError::NotWoundUp => "`upside token show TOKEN`",
        IndexError::VaultShort => "`upside index sync INDEX`",
        IndexError::InvalidTerms | IndexError::InvalidParameters => {
            "`upside index create --help` has the limits"
        }
        IndexError::NotPaused
        | IndexError::AlreadyConstituent
        | IndexError::NotAConstituent
        | IndexError::WrongKind
        | IndexError::EmptyIndex
        | IndexError::InsufficientShares
        | IndexError::PersonWoundUp
        | IndexError::ConstituentInUse => "`upside index show INDEX`",
        IndexError::ConstituentListFull => "`upside index remove INDEX WHAT` by the curator",
        IndexError::NotBasketOwner
        | IndexError::WrongBasketKind
        | IndexError::BasketEmpty
        | IndexError::BasketNotExpired => "`upside index basket list INDEX`",
        IndexError::InvalidDuration => "`upside index rebalance seal INDEX --lasts 2d`",
        IndexError::InvalidOrder => {
            "`upside index plan INDEX --target WHAT=PERCENT` finds orders that are possible"
        }
        _ => return None,
    })
}
