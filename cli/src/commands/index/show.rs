use {
    crate::{context::Context, error::Result, values::IndexQuery, views},
    serde::{Serialize, Serializer},
    serde_json::Value,
    std::fmt,
    upside_view::text::{self, IndexView},
};

/// Show an index: terms, roles, what it holds, members, the rebalance, what is announced
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  upside index show MAKERS
  upside index show MAKERS --output json

`upside inspect MAKERS` looks through to every person's claims and reserve, too.")]
pub struct Args {
    /// The index
    index: IndexQuery,
}

/// An index without what stands behind its people.
pub struct Shown(IndexView);

impl Serialize for Shown {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut tree = serde_json::to_value(&self.0.report).unwrap_or_default();
        let slots = tree.get_mut("constituents").and_then(Value::as_array_mut);
        for slot in slots.into_iter().flatten() {
            // What a person is called and who they are is enough here.
            let Some(slot) = slot.as_object_mut() else {
                continue;
            };
            let token = slot.remove("token").unwrap_or_default();
            slot.insert("symbol".to_string(), token["symbol"].clone());
            for member in ["name", "verified", "identity", "looks_like"] {
                if let Some(value) = token.get(member) {
                    slot.insert(member.to_string(), value.clone());
                }
            }
        }
        tree.serialize(serializer)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let view = &self.0;
        let parts = [
            text::index_identity(view),
            text::index_terms(view),
            text::index_supply(view),
            text::index_disclosure(view),
            text::index_slots(view),
            text::index_exits(view),
            text::index_people(view),
            text::index_members(view),
            text::index_rebalance(view),
            text::index_announcements(view),
        ];
        parts.iter().try_for_each(|part| f.write_str(part))
    }
}

pub async fn run(args: &Args, ctx: &Context) -> Result<Shown> {
    let pool = ctx.pool(&args.index).await?;
    Ok(Shown(views::index(&pool, &ctx.client, &ctx.trust).await?))
}
