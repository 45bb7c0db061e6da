//! The generated registration says the same as the document it was generated from.

mod compare;

use openapi_codegen::read::Document;
use openapi_runtime::poem_openapi::OpenApi as _;
use openapi_runtime::registry::Registry;
use serde_json::Value;

use self::compare::{Operations, add, documented, schemas_agree};
use crate::goldens::{everything, hostile, petstore, tic_tac_toe};
use crate::host::Everyone;

fn document(case: &str) -> Value {
    let name = format!("tests/cases/positive/{case}.yaml");
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(&name);
    let text = std::fs::read_to_string(path).expect("the document");
    let document = Document::from_text(&name, &[(&name, &text)]);
    document.root().expect("a tree").to_json()
}

macro_rules! agrees {
    ($test:ident, $case:literal, $($routes:ty),+) => {
        #[test]
        fn $test() {
            let document = document($case);
            let mut operations = Operations::new();
            let mut registry = Registry::new();
            $(
                add(&mut operations, <$routes>::meta());
                <$routes>::register(&mut registry);
            )+
            assert_eq!(operations, documented(&document));
            schemas_agree(&document, &registry);
        }
    };
}

agrees!(
    everything_is_registered_as_documented,
    "everything",
    everything::ItemsRoutes<Everyone>,
    everything::ReportsRoutes<Everyone>
);
agrees!(
    hostile_names_are_registered_as_documented,
    "hostile",
    hostile::FnTypesRoutes<Everyone>,
    hostile::TypesRoutes<Everyone>
);
agrees!(
    the_pet_store_is_registered_as_documented,
    "petstore",
    petstore::PetsRoutes<Everyone>
);
agrees!(
    the_game_is_registered_as_documented,
    "tic-tac-toe",
    tic_tac_toe::GameplayRoutes<Everyone>
);
