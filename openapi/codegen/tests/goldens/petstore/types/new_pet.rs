//! Generated from tests/cases/positive/petstore.yaml (sha256 62b8d169f232c387943ed6439ad85478101cf5fa528f66f067c40d3bd8ec5ac8). Do not edit.
//!
//! The schema `NewPet`.

use openapi_runtime as rt;

static NEW_PET_NAME_PATTERN: rt::Pattern = rt::Pattern::new(
    "^[^\\t\\n\\x0B\\x0C\\r\\x20\\xA0\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}]",
);
static NEW_PET_NAME: rt::rules::Text = rt::rules::Text::new()
    .length(1, 30)
    .pattern(&NEW_PET_NAME_PATTERN);
static NEW_PET_SPECIES: rt::rules::Parsed<super::Species> = rt::rules::Parsed::new();
static NEW_PET_BORN_ON: rt::rules::Parsed<rt::Date> = rt::rules::Parsed::new();
static NEW_PET_WEIGHT_KG: rt::rules::Float<f64> = rt::rules::Float::<f64>::new()
    .exclusive_minimum(0.0)
    .maximum(200.0);
static NEW_PET_TAGS: rt::rules::List<rt::rules::Text> = rt::rules::List::new(
        rt::rules::Text::new().length(1, 20),
    )
    .items(0, 5);
/// A pet that somebody brings. (tests/cases/positive/petstore.yaml:175)
#[derive(Debug, Clone, PartialEq, serde::Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct NewPet {
    /// `name` (tests/cases/positive/petstore.yaml:180)
    pub name: String,
    /// What kind of animal. (tests/cases/positive/petstore.yaml:181)
    pub species: super::Species,
    /// The birthday, as far as known. (tests/cases/positive/petstore.yaml:182)
    #[serde(
        rename = "bornOn",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Strict>, _, _>"
    )]
    pub born_on: Option<rt::Date>,
    /// `weightKg` (tests/cases/positive/petstore.yaml:183)
    #[serde(
        rename = "weightKg",
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub weight_kg: Option<f64>,
    /// `tags` (tests/cases/positive/petstore.yaml:185)
    #[serde(
        default,
        deserialize_with = "rt::fast::read::<rt::fast::Present<rt::fast::Same>, _, _>"
    )]
    pub tags: Option<Vec<String>>,
}

impl<'de> serde::Deserialize<'de> for NewPet {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        Self::deserialize(rt::fast::object(deserializer))
    }
}

impl rt::Parse for NewPet {
    fn parse(node: &rt::Node<'_>, out: &mut rt::Violations) -> Option<Self> {
        let object = rt::Object::closed(
            node,
            &["name", "species", "bornOn", "weightKg", "tags"],
            out,
        )?;
        let name = object.required("name", &NEW_PET_NAME, out);
        let species = object.required("species", &NEW_PET_SPECIES, out);
        let born_on = object.optional("bornOn", &NEW_PET_BORN_ON, out);
        let weight_kg = object.optional("weightKg", &NEW_PET_WEIGHT_KG, out);
        let tags = object.optional("tags", &NEW_PET_TAGS, out);
        Some(Self {
            name: name?,
            species: species?,
            born_on: born_on?,
            weight_kg: weight_kg?,
            tags: tags?,
        })
    }

    fn holds(&self) -> bool {
        use rt::Rule as _;
        NEW_PET_NAME.holds(&self.name) && NEW_PET_SPECIES.holds(&self.species)
            && NEW_PET_BORN_ON.holds_option(self.born_on.as_ref())
            && NEW_PET_WEIGHT_KG.holds_option(self.weight_kg.as_ref())
            && NEW_PET_TAGS.holds_option(self.tags.as_ref())
    }
}

pub(crate) static NEW_PET_SCHEMA: rt::Schema = rt::Schema {
    name: "NewPet",
    kind: rt::SchemaKind::Object(
        &[
            rt::Member::required("name", rt::Shape::Text("")),
            rt::Member::required(
                "species",
                rt::Shape::Named(&super::species::SPECIES_SCHEMA),
            ),
            rt::Member::optional("bornOn", rt::Shape::Text("date")),
            rt::Member::optional("weightKg", rt::Shape::Number("double")),
            rt::Member::optional("tags", rt::Shape::List(&rt::Shape::Text(""))),
        ],
    ),
};
