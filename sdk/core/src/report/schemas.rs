use {
    crate::{
        index::inspect::{IndexPreview, IndexReport},
        inspect::{Preview, TokenReport},
    },
    schemars::{Schema, SchemaGenerator, generate::SchemaSettings},
};

fn schema<T: schemars::JsonSchema>() -> Schema {
    // What is written, not what is read: a member that is left out if empty is optional.
    let settings = SchemaSettings::draft2020_12().for_serialize();
    SchemaGenerator::new(settings).into_root_schema_for::<T>()
}

/// JSON schemas (draft 2020-12) of the reports, with the name of each: what
/// `upside inspect --output json` prints of a token and of an index, and the `preview` of
/// whoever pays for either.
pub fn schemas() -> [(&'static str, Schema); 4] {
    [
        ("token", schema::<TokenReport>()),
        ("index", schema::<IndexReport>()),
        ("preview", schema::<Preview>()),
        ("index-preview", schema::<IndexPreview>()),
    ]
}
