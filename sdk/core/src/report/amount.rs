use {
    super::{Scale, Unit, key::Base58},
    crate::amount::print_signed,
    anchor_lang::prelude::Pubkey,
    serde::{Serialize, Serializer, ser::SerializeStruct},
    serde_with::serde_as,
    std::fmt,
    upside_math::SHARE_DECIMALS,
};

/// An amount: exact atoms, and how many decimals a whole unit has.
///
/// Prints whole units, as wallets show them. In JSON it is there twice, as decimal strings,
/// for 64 bits do not fit every reader: `{"atoms": "1250500000", "amount": "1250.5"}`. Where
/// wallets show another amount, it is the third: `"ui_amount": "12505"`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    /// Smallest units; below zero if it is a loss.
    pub atoms: i128,
    /// Decimals of a whole unit.
    pub decimals: u8,
    /// What wallets multiply it by.
    pub scale: Scale,
}

impl Amount {
    /// Of `atoms` of something with so many decimals, or whose unit is known.
    pub fn new(atoms: u64, unit: impl Into<Unit>) -> Self {
        let Unit { decimals, scale } = unit.into();
        Amount {
            atoms: atoms.into(),
            decimals,
            scale,
        }
    }

    /// Of a sum that may be below zero.
    pub fn signed(atoms: i128, decimals: u8) -> Self {
        Amount {
            atoms,
            decimals,
            scale: Scale::ONE,
        }
    }

    /// Of shares of a person or an index, in share atoms.
    pub fn shares(atoms: u64) -> Self {
        Amount::new(atoms, SHARE_DECIMALS)
    }

    /// Whether there is nothing of it.
    pub fn is_zero(&self) -> bool {
        self.atoms == 0
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.scale.shown(self.atoms).unwrap_or(self.atoms);
        f.pad(&print_signed(shown, self.decimals))
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let scaled = !self.scale.is_one();
        let mut both = serializer.serialize_struct("Amount", if scaled { 3 } else { 2 })?;
        both.serialize_field("atoms", &self.atoms.to_string())?;
        both.serialize_field("amount", &print_signed(self.atoms, self.decimals))?;
        if scaled {
            both.serialize_field("ui_amount", &self.to_string())?;
        }
        both.end()
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Amount {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "description": "An amount twice, as decimal strings: 64 bits do not fit every reader.",
            "type": "object",
            "properties": {
                "atoms": {
                    "description": "Smallest units.",
                    "type": "string",
                    "pattern": "^-?[0-9]+$"
                },
                "amount": {
                    "description": "Whole units.",
                    "type": "string",
                    "pattern": "^-?[0-9]+(\\.[0-9]+)?$"
                },
                "ui_amount": {
                    "description": "What wallets show, where the mint's issuer has amounts multiplied.",
                    "type": "string",
                    "pattern": "^-?[0-9]+(\\.[0-9]+)?$"
                }
            },
            "required": ["atoms", "amount"]
        })
    }
}

/// An amount of a mint.
#[serde_as]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct MintAmount {
    /// The mint's address.
    #[serde_as(as = "Base58")]
    pub mint: Pubkey,
    /// How much.
    #[serde(flatten)]
    pub amount: Amount,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_there_twice() {
        let mint = Pubkey::new_from_array([1; 32]);
        let amount = Amount::new(1_250_500_000, 6);
        let json = serde_json::to_value(MintAmount { mint, amount }).unwrap();
        let right = serde_json::json!({
            "mint": mint.to_string(), "atoms": "1250500000", "amount": "1250.5"
        });
        assert_eq!(json, right);
        let ten = Scale::of_multiplier(10.0).unwrap();
        let scaled = Amount {
            scale: ten,
            ..amount
        };
        assert_eq!(scaled.to_string(), "12505");
        let json = serde_json::to_value(scaled).unwrap();
        let right = serde_json::json!({
            "atoms": "1250500000", "amount": "1250.5", "ui_amount": "12505"
        });
        assert_eq!(json, right);
        assert_eq!(Amount::signed(-5, 1).to_string(), "-0.5");
        assert_eq!(
            format!("{:>6}|", Amount::new(u64::MAX, 0)),
            "18446744073709551615|"
        );
    }
}
