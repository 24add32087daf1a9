//! Keys that never leave a device: Ledger, by the addresses that the Solana tools use.
//!
//! `usb://ledger` is the first key of the only device, `usb://ledger?key=0/1` one of its
//! others, `usb://ledger/PUBKEY?key=0` one of the device with that first key. It takes a
//! build with the feature `ledger`; every other build returns an error that asks for it.

use {crate::error::Result, solana_signer::Signer};

/// What addresses of devices begin with.
const SCHEME: &str = "usb://";

/// Whether a keypair is named as one on a device.
pub fn is_device(name: &str) -> bool {
    name.starts_with(SCHEME)
}

/// A key on a device, which is asked for it now, and to approve every signature.
///
/// # Errors
/// `Device` if the address is none, the device is not there or is locked, or this
/// build cannot talk to devices.
#[cfg(not(feature = "ledger"))]
pub fn open(url: &str) -> Result<Box<dyn Signer>> {
    Err(crate::error::CliError::Device {
        url: url.to_string(),
        why: "this build cannot talk to devices".to_string(),
        next: "build it with them: `cargo install --path cli --features ledger`; or sign offline",
    })
}

#[cfg(feature = "ledger")]
pub use usb::open;

#[cfg(feature = "ledger")]
mod usb {
    use {
        super::*,
        crate::error::CliError,
        solana_derivation_path::DerivationPath,
        solana_remote_wallet::{
            locator::{Locator, Manufacturer},
            remote_keypair::generate_remote_keypair,
            remote_wallet::{RemoteWalletError, RemoteWalletManager, initialize_wallet_manager},
        },
        std::{cell::OnceCell, rc::Rc},
        uriparse::URIReference,
    };

    thread_local! {
        /// The devices, looked for once.
        static DEVICES: OnceCell<Rc<RemoteWalletManager>> = const { OnceCell::new() };
    }

    fn device(url: &str, why: impl ToString, next: &'static str) -> CliError {
        CliError::Device {
            url: url.to_string(),
            why: why.to_string(),
            next,
        }
    }

    /// What an address names: which device, and which of its keys.
    pub(super) fn parse(url: &str) -> Result<(Locator, DerivationPath)> {
        let hint = "write usb://ledger, or usb://ledger?key=0/1 for another of its keys";
        let uri = URIReference::try_from(url).map_err(|error| device(url, error, hint))?;
        let locator = Locator::new_from_uri(&uri).map_err(|error| device(url, error, hint))?;
        if locator.manufacturer != Manufacturer::Ledger {
            return Err(device(url, "only Ledger devices are supported", hint));
        }
        let path = DerivationPath::from_uri_key_query(&uri);
        let path = path.map_err(|error| device(url, error, hint))?;
        Ok((locator, path.unwrap_or_default()))
    }

    fn devices() -> Result<Rc<RemoteWalletManager>, RemoteWalletError> {
        DEVICES.with(|found| {
            if let Some(devices) = found.get() {
                return Ok(devices.clone());
            }
            let devices = initialize_wallet_manager()?;
            devices.update_devices()?;
            Ok(found.get_or_init(|| devices).clone())
        })
    }

    /// A key on a device, which is asked for it now, and to approve every signature.
    ///
    /// # Errors
    /// `Device` if the address is none, or the device is not there or is locked.
    pub fn open(url: &str) -> Result<Box<dyn Signer>> {
        let (locator, path) = parse(url)?;
        let asked = || generate_remote_keypair(locator, path, &*devices()?, false, url);
        match asked() {
            Ok(keypair) => Ok(Box::new(keypair)),
            Err(RemoteWalletError::NoDeviceFound) => Err(device(
                url,
                "no such device is connected",
                "connect and unlock it, and open its Solana app",
            )),
            Err(error) => Err(device(
                url,
                error,
                "unlock the device, open its Solana app, and allow blind signing in it",
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use {super::*, crate::error::CliError};

    #[test]
    fn devices_are_told_from_files() {
        assert!(is_device("usb://ledger?key=0"));
        for name in ["id.json", "/dev/usb", "-", "usb:ledger"] {
            assert!(!is_device(name), "{name}");
        }
    }

    /// Without a device, and in a build without support for one, the error contains what to do.
    #[test]
    fn what_cannot_be_opened_says_why() {
        let Err(CliError::Device { url, why, next }) = open("usb://ledger?key=0") else {
            panic!("there is no device here")
        };
        assert_eq!(url, "usb://ledger?key=0");
        let expected = match cfg!(feature = "ledger") {
            true => ["no such device", "unlock it"],
            false => ["cannot talk to devices", "--features ledger"],
        };
        assert!(
            why.contains(expected[0]) && next.contains(expected[1]),
            "{why}; {next}"
        );
    }

    #[cfg(feature = "ledger")]
    #[test]
    fn addresses_name_a_device_and_a_key() {
        use solana_derivation_path::DerivationPath;
        let key = |url: &str| usb::parse(url).unwrap().1;
        assert_eq!(key("usb://ledger"), DerivationPath::default());
        assert_eq!(
            key("usb://ledger?key=0"),
            DerivationPath::new_bip44(Some(0), None)
        );
        assert_eq!(
            key("usb://ledger?key=3/1"),
            DerivationPath::new_bip44(Some(3), Some(1))
        );
        let owner = upside_sdk::Pubkey::new_from_array([7; 32]);
        let (locator, _) = usb::parse(&format!("usb://ledger/{owner}?key=1")).unwrap();
        assert_eq!(locator.pubkey.map(|key| key.to_bytes()), Some([7; 32]));
        for wrong in [
            "usb://",
            "usb://trezor",
            "usb://ledger?key=x",
            "usb://ledger?key=0/0/0",
            "usb://ledger/notakey",
        ] {
            assert!(
                matches!(usb::parse(wrong), Err(CliError::Device { .. })),
                "{wrong}"
            );
        }
    }
}
