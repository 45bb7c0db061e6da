//! Data made at random from the schemas, from a seed: valid data and data with one or several deviations, larger than
//! in the coverage phase, with letters of all alphabets.

use std::sync::Arc;

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::{
    api::{Location, Operation, Parameter},
    case::{Case, Content, Mode, Payload, Phase},
    generate::{
        body, negative,
        positive::{Room, Variant},
        recipe::{Draft, Kitchen, Recipe},
        values::{Maker, Style},
        wire::{self, Pairs},
    },
    run::{Run, Stop},
};

/// How large parts may become by deviations.
const ROOM: Room = Room {
    text: 20_000,
    items: 200,
};

pub(super) async fn run(run: &Run) -> Result<(), Stop> {
    let nonce = super::nonce();
    let kitchen = Kitchen {
        api: &run.api,
        settings: &run.settings,
        pool: &run.pool,
        nonce: &nonce,
    };
    let count = run.settings.max_examples;
    for stage in super::coverage::stages(&run.api, &run.settings, Phase::Random) {
        let new = |operation: &Arc<Operation>| run.case(operation, Phase::Random);
        let cases = stage
            .iter()
            .flat_map(|operation| cases(kitchen, operation, count, new));
        run.send_all(cases).await?;
    }
    Ok(())
}

fn cases<'r>(
    kitchen: Kitchen<'r>,
    operation: &'r Arc<Operation>,
    count: usize,
    mut new: impl FnMut(&Arc<Operation>) -> Case + 'r,
) -> impl Iterator<Item = Case> {
    let recipe = Recipe::new(kitchen, operation);
    let count = if recipe.is_complete() { count } else { 0 };
    let mut dice = Dice::new(kitchen, operation);
    (0..count).map(move |number| {
        let draft = dice.draft(&recipe, number);
        let mut case = new(operation);
        case.origin.seed = kitchen.settings.seed;
        recipe.fill(&mut case, &draft, &format!("r{}.{number}", operation.index));
        case
    })
}

/// Draws the cases of an operation.
struct Dice<'r> {
    seed: u64,
    rng: ChaCha8Rng,
    parameters: Vec<Source<'r, &'r Parameter>>,
    bodies: Vec<Source<'r, (&'r str, &'r crate::api::Media)>>,
}

/// Where values of a part of the request come from.
struct Source<'r, P> {
    part: P,
    maker: Maker<'r>,
    /// Deviations, worked out when the first one is drawn.
    deviations: Option<Vec<Variant>>,
}

impl<P> Source<'_, P> {
    fn deviation(&mut self, rng: &mut ChaCha8Rng) -> Option<Variant> {
        let maker = &mut self.maker;
        let known = self
            .deviations
            .get_or_insert_with(|| negative::deviations(maker, ROOM));
        known.get(rng.random_range(0..known.len().max(1))).cloned()
    }
}

impl<'r> Dice<'r> {
    fn new(kitchen: Kitchen<'r>, operation: &'r Operation) -> Self {
        let free = operation.parameters.iter().filter(|parameter| {
            let location = parameter.location.as_str();
            let configured = kitchen
                .settings
                .parameter(operation, location, &parameter.name);
            configured.is_none() && !Recipe::is_key(parameter)
        });
        let parameters = free.map(|parameter| Source {
            part: parameter,
            maker: kitchen.parameter(operation, parameter),
            deviations: None,
        });
        let media = operation.body.iter().flat_map(|body| &body.media);
        let bodies = media.filter_map(|(media_type, media)| {
            body::Kind::of(media_type)?;
            Some(Source {
                part: (media_type.as_str(), media),
                maker: kitchen.media(operation, media_type, media, media.schema.as_ref()?),
                deviations: None,
            })
        });
        let seed = kitchen.seed(&["random", &operation.label]);
        Self {
            seed,
            rng: ChaCha8Rng::seed_from_u64(seed),
            parameters: parameters.collect(),
            bodies: bodies.collect(),
        }
    }

    /// The next case. Every second one deviates, some in several ways.
    fn draft(&mut self, recipe: &Recipe<'_>, number: usize) -> Draft {
        let mut draft = Draft::default();
        // Each case has numbers of its own: what the server answered to others does not change them.
        let seed = self
            .seed
            .wrapping_add(u64::try_from(number).unwrap_or_default());
        self.rng = ChaCha8Rng::seed_from_u64(seed);
        let makers = self.parameters.iter_mut().map(|source| &mut source.maker);
        for maker in makers.chain(self.bodies.iter_mut().map(|source| &mut source.maker)) {
            maker.rng = ChaCha8Rng::seed_from_u64(self.rng.random());
        }
        let deviates = self.rng.random_ratio(1, 2);
        for index in 0..self.parameters.len() {
            self.parameter(index, deviates, &mut draft);
        }
        let is_left_out = recipe.has_optional_body() && self.rng.random_ratio(1, 5);
        let which = self.rng.random_range(0..self.bodies.len().max(1));
        if is_left_out {
            draft.body = Some(None);
        } else if let Some(source) = self.bodies.get_mut(which) {
            let needs_one = deviates && !draft.is_negative;
            let is_wrong = deviates && (needs_one || self.rng.random_ratio(1, 3));
            body_of(source, is_wrong, &mut self.rng, &mut draft);
        }
        if draft.is_negative {
            draft.scenario = "random_deviation";
        } else {
            draft.scenario = "random_value";
            "Random value".clone_into(&mut draft.description);
            draft.location = None;
            draft.parameter = None;
            draft.place = None;
        }
        draft
    }

    fn parameter(&mut self, index: usize, deviates: bool, draft: &mut Draft) {
        let Some(source) = self.parameters.get_mut(index) else {
            return;
        };
        let parameter = source.part;
        // An id that exists reaches further than one that was made up.
        let is_id = parameter.location == Location::Path && self.rng.random_ratio(2, 3);
        let is_absent = !parameter.is_required && self.rng.random_ratio(1, 2);
        if is_id || is_absent {
            return;
        }
        if deviates
            && self.rng.random_ratio(1, 3)
            && let Some(variant) = source.deviation(&mut self.rng)
            && let Some(pairs) = written(parameter, &variant.value, Mode::Negative)
            && !wire::is_readable(&mut source.maker, parameter, &pairs)
        {
            deviate(
                draft,
                parameter.location,
                Some(parameter.name.clone()),
                &variant,
            );
            let place = draft.place.take();
            draft.place = Some(place.unwrap_or_else(|| parameter.place.clone()));
            draft
                .set
                .push((parameter.location, parameter.name.clone(), pairs));
            return;
        }
        let value = source.maker.valid(Style::Random);
        let pairs = value.and_then(|value| written(parameter, &value, Mode::Positive));
        let pairs = pairs.filter(|pairs| {
            let is_whole_with_point = pairs.iter().any(|(_, text)| text.ends_with(".0"));
            !is_whole_with_point && wire::is_readable(&mut source.maker, parameter, pairs)
        });
        if let Some(pairs) = pairs {
            draft
                .set
                .push((parameter.location, parameter.name.clone(), pairs));
        }
    }
}

fn written(parameter: &Parameter, value: &Value, mode: Mode) -> Option<Pairs> {
    let pairs = wire::write(parameter, value)?;
    let is_carried =
        |(_, text): &(String, String)| wire::is_carried(parameter.location, text, mode);
    (!pairs.is_empty() && !value.is_null() && pairs.iter().all(is_carried)).then_some(pairs)
}

fn deviate(draft: &mut Draft, location: Location, parameter: Option<String>, variant: &Variant) {
    if draft.is_negative {
        draft.description = format!("{}; {}", draft.description, variant.description);
        return;
    }
    draft.is_negative = true;
    draft.description.clone_from(&variant.description);
    draft.location = Some(location);
    draft.parameter = parameter;
    draft.place.clone_from(&variant.place);
}

fn body_of(
    source: &mut Source<'_, (&str, &crate::api::Media)>,
    is_wrong: bool,
    rng: &mut ChaCha8Rng,
    draft: &mut Draft,
) {
    let (media_type, media) = source.part;
    let is_json = body::Kind::of(media_type) == Some(body::Kind::Json);
    // In a form everything is text: whether a deviation is one there, only the coverage phase works out.
    if is_wrong
        && is_json
        && let Some(variant) = source.deviation(rng)
    {
        let mut value = variant.value.clone();
        // A second one on top, where it finds its place.
        if rng.random_ratio(1, 3)
            && let Some(other) = source.deviation(rng)
            && let Some(part) = other.value.pointer(&other.pointer)
            && let Some(changed) =
                crate::generate::sites::replaced(&value, &other.pointer, part.clone())
            && source
                .part
                .1
                .schema
                .as_ref()
                .is_some_and(|schema| !schema.takes(&changed))
        {
            value = changed;
        }
        deviate(
            draft,
            Location::Body,
            (!variant.pointer.is_empty()).then(|| variant.pointer.clone()),
            &variant,
        );
        draft.place.get_or_insert_with(|| media.place.clone());
        draft.pointer = Some(variant.pointer);
        draft.body = Some(Some(Payload {
            media_type: media_type.to_owned(),
            content: Content::Json(value),
        }));
        return;
    }
    let made = source.maker.valid(Style::Random);
    if let Some(payload) = made.and_then(|value| body::write(media_type, media, &value)) {
        draft.body = Some(Some(payload));
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use url::Url;

    use super::*;
    use crate::{api::Api, config::Settings, pool::Pool};

    fn made(count: usize, seed: u64) -> Vec<Case> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/v1.yaml");
        let api = Arc::new(Api::read(&path).unwrap());
        let pool = Pool::new(&api);
        let mut settings = Settings::new(Url::parse("http://127.0.0.1:1").unwrap());
        settings.seed = seed;
        let kitchen = Kitchen {
            api: &api,
            settings: &settings,
            pool: &pool,
            nonce: "n",
        };
        let new =
            |operation: &Arc<Operation>| Case::new("1".into(), operation, Phase::Random, seed);
        let operations = api.operations.iter();
        operations
            .flat_map(|operation| cases(kitchen, operation, count, new))
            .collect()
    }

    fn texts(cases: &[Case]) -> Vec<String> {
        let cases = cases.iter();
        cases
            .map(|case| {
                format!(
                    "{:?} {:?} {:?} {:?}",
                    case.query, case.headers, case.body, case.origin
                )
            })
            .collect()
    }

    #[test]
    fn the_seed_decides_what_is_drawn_and_bodies_are_what_they_claim_to_be() {
        let cases = made(6, 1);
        assert_eq!(texts(&cases), texts(&made(6, 1)));
        assert_ne!(texts(&cases), texts(&made(6, 2)));
        let negative = cases
            .iter()
            .filter(|case| case.origin.mode == Mode::Negative);
        assert!(negative.clone().count() > 20);
        assert!(cases.len() > 2 * negative.count());
        for case in &cases {
            let body = case.body.as_ref().and_then(Payload::json);
            let Some((value, declared)) = body.zip(case.operation.body.as_ref()) else {
                continue;
            };
            let schema = declared.media[0].schema.as_ref().unwrap();
            let is_wrong = case.origin.components.get(&Location::Body) == Some(&Mode::Negative);
            if !is_wrong && case.origin.mode == Mode::Positive {
                assert!(schema.takes(value), "{value}");
            }
            if is_wrong {
                assert!(!schema.takes(value), "{value} {:?}", case.origin);
            }
        }
    }
}
