//! Who may do what: each role is a key of its own, which may be a multisig.

use {
    super::PooledIndex,
    crate::error::{IndexError, ProgramResult, require},
    anchor_lang::prelude::*,
};

upside_support::byte_enum! {
    /// A role in an index. A key of zero is nobody.
    Role, IndexError::InvariantBroken,
    /// Who may accept to become curator.
    PendingCurator = 0,
    /// Tightens or stops what was announced.
    Launcher = 1,
    /// Offers and ends memberships.
    Admissions = 2,
    /// Pauses.
    Guardian = 3,
}

impl Role {
    /// Every role.
    pub const ALL: [Role; 4] = [
        Role::PendingCurator,
        Role::Launcher,
        Role::Admissions,
        Role::Guardian,
    ];
}

impl PooledIndex {
    /// Errors: `NotCurator`.
    pub fn require_curator(&self, signer: &Pubkey) -> ProgramResult<()> {
        require(is(&self.curator, signer), IndexError::NotCurator)
    }

    /// The curator or the launcher. Errors: `NotLauncher`.
    pub fn require_launcher(&self, signer: &Pubkey) -> ProgramResult<()> {
        let may = is(&self.curator, signer) || is(&self.launcher, signer);
        require(may, IndexError::NotLauncher)
    }

    /// The curator or who admits members. Errors: `NotAdmissions`.
    pub fn require_admissions(&self, signer: &Pubkey) -> ProgramResult<()> {
        let may = is(&self.curator, signer) || is(&self.admissions, signer);
        require(may, IndexError::NotAdmissions)
    }

    /// The curator or the guardian. Errors: `NotGuardian`.
    pub fn require_guardian(&self, signer: &Pubkey) -> ProgramResult<()> {
        let may = is(&self.curator, signer) || is(&self.guardian, signer);
        require(may, IndexError::NotGuardian)
    }

    /// Who holds a role; zero for nobody.
    pub fn role(&self, role: Role) -> Pubkey {
        match role {
            Role::PendingCurator => self.pending_curator,
            Role::Launcher => self.launcher,
            Role::Admissions => self.admissions,
            Role::Guardian => self.guardian,
        }
    }

    pub(crate) fn set_role(&mut self, role: Role, key: Pubkey) {
        let place = match role {
            Role::PendingCurator => &mut self.pending_curator,
            Role::Launcher => &mut self.launcher,
            Role::Admissions => &mut self.admissions,
            Role::Guardian => &mut self.guardian,
        };
        *place = key;
    }

    /// Takes a role from whoever has it; the curator may, and the key itself. Returns
    /// the key. Errors: `NotCurator`, `RoleVacant` where nobody has it.
    pub(crate) fn clear_role(&mut self, role: Role, signer: &Pubkey) -> ProgramResult<Pubkey> {
        let key = self.role(role);
        let may = is(&self.curator, signer) || is(&key, signer);
        require(may, IndexError::NotCurator)?;
        require(key != Pubkey::default(), IndexError::RoleVacant)?;
        self.set_role(role, Pubkey::default());
        Ok(key)
    }

    /// Hands the index over to the proposed curator. Errors: `NotPendingCurator`.
    pub(crate) fn accept_curator(&mut self, signer: &Pubkey) -> ProgramResult<Pubkey> {
        let may = is(&self.pending_curator, signer);
        require(may, IndexError::NotPendingCurator)?;
        let previous = self.curator;
        self.curator = *signer;
        self.pending_curator = Pubkey::default();
        Ok(previous)
    }
}

fn is(key: &Pubkey, signer: &Pubkey) -> bool {
    *key != Pubkey::default() && key == signer
}
