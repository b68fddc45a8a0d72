//! JSON Schemas of the published files, for whoever reads or writes them with other tools.

use schemars::{Schema, schema_for};

use crate::{Card, Manifest, Story};

/// Name and schema of each kind of file, e.g. `story`.
pub fn json_schemas() -> [(&'static str, Schema); 3] {
    [("story", schema_for!(Story)), ("card", schema_for!(Card)), ("manifest", schema_for!(Manifest))]
}

#[cfg(test)]
mod tests {
    #[test]
    fn schemas_name_the_fields_of_the_files() {
        for ((name, schema), field) in super::json_schemas().into_iter().zip(["blocks", "n_chars", "search"]) {
            assert!(schema.pointer(&format!("/properties/{field}")).is_some(), "{name} without {field}");
        }
    }
}
