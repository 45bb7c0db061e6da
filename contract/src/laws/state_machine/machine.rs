//! What `x-state-machine` says, and the operations by which its states are read and changed.

use std::{collections::VecDeque, sync::Arc};

use serde_json::Value;

use crate::{
    api::{Api, Location, Operation, Schemas},
    document::Place,
    laws::{shape, world},
};

/// The name of the extension.
pub(in crate::laws) const EXTENSION: &str = "x-state-machine";
/// Names of a way that is setting the state itself.
const SETTING: [&str; 6] = ["patch", "put", "set", "update", "status", "change"];

/// A machine, and how it is reached.
pub(in crate::laws) struct Machine {
    /// The schema's name, or the operation that reads it.
    pub(in crate::laws) name: String,
    pub(in crate::laws) place: Place,
    pub(in crate::laws) states: Vec<String>,
    pub(in crate::laws) initial: Vec<String>,
    pub(in crate::laws) transitions: Vec<Transition>,
    /// The operation that shows the state, and where.
    pub(in crate::laws) reader: Arc<Operation>,
    pub(in crate::laws) pointer: String,
    pub(in crate::laws) ways: Vec<Way>,
    /// Ways for which there is no operation.
    pub(in crate::laws) unknown: Vec<String>,
    /// The status and the code of a refusal, where the document says them.
    pub(in crate::laws) refusal: (Option<u16>, Option<String>),
}

/// A change that can happen.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::laws) struct Transition {
    pub(in crate::laws) from: String,
    pub(in crate::laws) to: String,
    /// `who.how`, each.
    pub(in crate::laws) by: Vec<(String, String)>,
}

/// An operation that changes the state.
pub(in crate::laws) struct Way {
    /// How, in the words of `by`.
    pub(in crate::laws) how: String,
    pub(in crate::laws) operation: Arc<Operation>,
    /// Where in its body the wanted state stands; none for an action.
    pub(in crate::laws) target: Option<String>,
}

impl Machine {
    /// Every machine of a document that some operation shows.
    pub(in crate::laws) fn all(api: &Api) -> Vec<Self> {
        let mut found: Vec<(String, Self)> = Vec::new();
        for operation in &api.operations {
            if operation.method != "GET" || !operation.path.ends_with('}') {
                continue;
            }
            let answer = operation.answer(200).map(|(_, answer)| answer);
            let Some(schema) = answer.and_then(shape::json) else {
                continue;
            };
            let has =
                |_: &str, property: &Value| api.schemas.follow(property).get(EXTENSION).is_some();
            for pointer in shape::find(&api.schemas, &schema.value, &has) {
                let Some(state) = part(api, &schema.value, &pointer) else {
                    continue;
                };
                let extension = state
                    .get(EXTENSION)
                    .map_or_else(String::new, Value::to_string);
                if !found.iter().any(|(known, _)| *known == extension)
                    && let Some(machine) = Self::of(api, operation, &pointer, state)
                {
                    found.push((extension, machine));
                }
            }
        }
        found.into_iter().map(|(_, machine)| machine).collect()
    }

    fn of(api: &Api, reader: &Arc<Operation>, pointer: &str, state: &Value) -> Option<Self> {
        let extension = state.get(EXTENSION)?;
        let states: Vec<_> = texts(state.get("enum")?).collect();
        let transitions = extension.get("transitions")?.as_array()?;
        let transitions: Vec<_> = transitions.iter().flat_map(Transition::read).collect();
        let named = api.schemas.iter().find(|(_, schema)| *schema == state);
        let name = named.map(|(name, _)| name.to_owned());
        let place = name
            .as_deref()
            .and_then(|name| api.schemas.place(name, &format!("/{EXTENSION}")));
        let shown = name.as_deref().and_then(|name| name.rsplit_once('.'));
        let mut machine = Self {
            name: shown.map_or_else(|| reader.label.clone(), |(name, _)| name.to_owned()),
            place: place.cloned().unwrap_or_else(|| reader.place.clone()),
            initial: texts(extension.get("initial")?).collect(),
            states,
            transitions,
            reader: Arc::clone(reader),
            pointer: pointer.to_owned(),
            ways: Vec::new(),
            unknown: Vec::new(),
            refusal: refusal(extension),
        };
        machine.find_ways(api, extension);
        Some(machine)
    }

    fn find_ways(&mut self, api: &Api, extension: &Value) {
        let mut names: Vec<String> = Vec::new();
        for (_, how) in self
            .transitions
            .iter()
            .flat_map(|transition| &transition.by)
        {
            if !how.is_empty() && !names.contains(how) {
                names.push(how.clone());
            }
        }
        let setters = self.setters(api);
        if names.is_empty() {
            // Nothing says how: setting it is the one way that the document shows.
            names.extend(setters.first().map(|_| String::new()));
        }
        for how in names {
            let said = extension
                .get("operations")
                .and_then(|operations| operations.get(&how))
                .and_then(Value::as_str);
            let operation = match said {
                Some(name) => api.operation(name).cloned(),
                None => self.action(api, &how).or_else(|| {
                    let is_setting = |operation: &&Arc<Operation>| {
                        how.is_empty()
                            || SETTING.contains(&how.as_str())
                            || operation.method.eq_ignore_ascii_case(&how)
                    };
                    setters.iter().find(is_setting).cloned()
                }),
            };
            match operation {
                Some(operation) => {
                    let target = target(api, &operation);
                    self.ways.push(Way {
                        how,
                        operation,
                        target,
                    });
                }
                None => self.unknown.push(how),
            }
        }
    }

    /// The name of the path parameter that stands for the thing itself.
    pub(in crate::laws) fn parameter(&self) -> &str {
        let last = self.reader.path.rsplit('{').next().unwrap_or_default();
        last.trim_end_matches('}')
    }

    /// Operations that take a state in their body and are about the same thing.
    fn setters(&self, api: &Api) -> Vec<Arc<Operation>> {
        let operations = api.operations.iter();
        operations
            .filter(|operation| self.is_about_it(operation) && target(api, operation).is_some())
            .cloned()
            .collect()
    }

    /// The operation that carries out an action: its path ends with it, or its id begins with it.
    fn action(&self, api: &Api, how: &str) -> Option<Arc<Operation>> {
        let how = shape::plain(how);
        let posts = || {
            let operations = api.operations.iter();
            operations.filter(|operation| operation.method != "GET" && self.is_about_it(operation))
        };
        let by_path = posts().find(|operation| {
            let last = operation
                .path
                .rsplit('/')
                .next()
                .map(shape::plain)
                .unwrap_or_default();
            last == how || last == format!("{how}s")
        });
        let by_id = || {
            posts().find(|operation| {
                let id = operation
                    .id
                    .as_deref()
                    .map(shape::plain)
                    .unwrap_or_default();
                id.starts_with(&how) && target(api, operation).is_none()
            })
        };
        by_path.or_else(by_id).cloned()
    }

    fn is_about_it(&self, operation: &Operation) -> bool {
        operation.method != "GET"
            && operation
                .parameter(Location::Path, self.parameter())
                .is_some()
    }

    /// Where a way leads from a state: what is declared for it.
    pub(in crate::laws) fn targets(&self, from: &str, way: &Way) -> Vec<&str> {
        let takes =
            |transition: &&Transition| transition.from == from && transition.takes(&way.how);
        self.transitions
            .iter()
            .filter(takes)
            .map(|transition| transition.to.as_str())
            .collect()
    }

    /// Who may go a way, in the words of `by`.
    pub(in crate::laws) fn actor(&self, way: &Way) -> Option<&str> {
        let mut by = self
            .transitions
            .iter()
            .flat_map(|transition| &transition.by);
        by.find(|(_, how)| *how == way.how)
            .map(|(who, _)| who.as_str())
    }

    /// The shortest way from where a thing begins to a state: each step with its way.
    pub(in crate::laws) fn path(&self, begin: &str, state: &str) -> Option<Vec<(&Way, String)>> {
        let mut waiting = VecDeque::from([(begin.to_owned(), Vec::new())]);
        let mut seen = vec![begin.to_owned()];
        while let Some((at, path)) = waiting.pop_front() {
            if at == state {
                return Some(path);
            }
            for way in &self.ways {
                for to in self.targets(&at, way) {
                    if !seen.iter().any(|known| known == to) {
                        seen.push(to.to_owned());
                        let mut longer: Vec<(&Way, String)> = path.clone();
                        longer.push((way, to.to_owned()));
                        waiting.push_back((to.to_owned(), longer));
                    }
                }
            }
        }
        None
    }

    /// Whether a status is that of a refusal.
    pub(in crate::laws) fn is_refusal(&self, status: u16) -> bool {
        match self.refusal.0 {
            Some(declared) => declared == status,
            None => matches!(status, 409 | 422),
        }
    }
}

impl Transition {
    /// `{from: A, to: B, by: [owner.pay]}`; `from` and `by` may be one text or several.
    fn read(value: &Value) -> Vec<Self> {
        let by: Vec<_> = value
            .get("by")
            .map(|by| {
                let split = |text: String| match text.split_once('.') {
                    Some((who, how)) => (who.to_owned(), how.to_owned()),
                    None => (text, String::new()),
                };
                texts(by).map(split).collect()
            })
            .unwrap_or_default();
        let Some(to) = value.get("to").and_then(Value::as_str) else {
            return Vec::new();
        };
        let from = value.get("from").into_iter().flat_map(texts);
        from.map(|from| Self {
            from,
            to: to.to_owned(),
            by: by.clone(),
        })
        .collect()
    }

    fn takes(&self, how: &str) -> bool {
        // Without `by` every way is meant.
        self.by.is_empty()
            || self
                .by
                .iter()
                .any(|(who, known)| known == how && who != "server")
    }
}

fn refusal(extension: &Value) -> (Option<u16>, Option<String>) {
    let said = extension.get("refusal");
    let status = said.and_then(|said| said.get("status")?.as_u64());
    let code = said.and_then(|said| said.get("code")?.as_str());
    (
        status.and_then(|status| u16::try_from(status).ok()),
        code.map(str::to_owned),
    )
}

/// Where the body of an operation takes a state: the top-level property whose schema is such an enum.
fn target(api: &Api, operation: &Operation) -> Option<String> {
    let schema = world::schema(operation)?;
    let properties = shape::properties(&api.schemas, &schema.value);
    let (name, _) = properties
        .into_iter()
        .find(|(_, property)| api.schemas.follow(property).get(EXTENSION).is_some())?;
    Some(format!("/{}", shape::escaped(name)))
}

/// The schema of a part, references followed.
fn part<'s>(api: &'s Api, schema: &'s Value, pointer: &str) -> Option<&'s Value> {
    let schemas: &'s Schemas = &api.schemas;
    let mut schema = schemas.follow(schema);
    for name in pointer.split('/').skip(1) {
        let properties = shape::properties(schemas, schema);
        let (_, found) = properties.into_iter().find(|(known, _)| *known == name)?;
        schema = schemas.follow(found);
    }
    Some(schema)
}

/// One text or several.
fn texts(value: &Value) -> impl Iterator<Item = String> {
    let one = value.as_str();
    let several = value.as_array();
    let several = several.into_iter().flatten().filter_map(Value::as_str);
    one.into_iter().chain(several).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DOCUMENT: &str = "
openapi: 3.1.0
info: { title: Shop, version: '1' }
paths:
  /orders/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200':
          description: It.
          content: { application/json: { schema: { type: object, properties: { state: { $ref: '#/components/schemas/State' } } } } }
    patch:
      requestBody:
        content: { application/json: { schema: { type: object, properties: { state: { $ref: '#/components/schemas/State' } } } } }
      responses: { '200': { description: Done. } }
  /orders/{id}/payments:
    post: { operationId: settle, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '201': { description: Paid. } } }
  /orders/{id}/end:
    post: { operationId: cancelOrder, parameters: [{ name: id, in: path, required: true, schema: { type: string } }], responses: { '200': { description: Ended. } } }
components:
  schemas:
    State:
      type: string
      enum: [NEW, PAID, SENT, ENDED, LOST]
      x-state-machine:
        initial: NEW
        transitions:
          - { from: NEW, to: PAID, by: owner.pay }
          - { from: PAID, to: SENT, by: [staff.patch] }
          - { from: [NEW, PAID], to: ENDED, by: [owner.cancel, server] }
          - { from: SENT, to: LOST, by: [server] }
          - { from: LOST, to: ENDED, by: [staff.write-off] }
        operations: { pay: settle }
        refusal: { status: 409, code: NO_SUCH_STEP }
";

    fn machine() -> Machine {
        let api = Api::from_text("shop.yaml", DOCUMENT).unwrap();
        let mut machines = Machine::all(&api);
        assert_eq!(machines.len(), 1);
        machines.remove(0)
    }

    #[test]
    fn ways_are_named_outright_or_told_by_paths_ids_and_bodies() {
        let machine = machine();
        let ways: Vec<_> = machine
            .ways
            .iter()
            .map(|way| {
                (
                    way.how.as_str(),
                    way.operation.label.as_str(),
                    way.target.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            ways,
            [
                ("pay", "POST /orders/{id}/payments", None),
                ("patch", "PATCH /orders/{id}", Some("/state")),
                ("cancel", "POST /orders/{id}/end", None),
            ]
        );
        assert_eq!(machine.unknown, ["write-off"]);
        assert_eq!(
            machine.refusal,
            (Some(409), Some("NO_SUCH_STEP".to_owned()))
        );
        assert!(machine.is_refusal(409) && !machine.is_refusal(422));
        assert_eq!((machine.name.as_str(), machine.place.line), ("State", 26));
    }

    #[test]
    fn states_are_reached_on_the_shortest_way_that_can_be_gone() {
        let machine = machine();
        let path = |state| {
            let path = machine.path("NEW", state)?;
            Some(
                path.into_iter()
                    .map(|(way, to)| format!("{} {to}", way.how))
                    .collect::<Vec<_>>(),
            )
        };
        assert_eq!(path("SENT").unwrap(), ["pay PAID", "patch SENT"]);
        assert_eq!(path("ENDED").unwrap(), ["cancel ENDED"]);
        assert_eq!(path("NEW").unwrap().len(), 0);
        assert_eq!(path("LOST"), None);
        let cancel = &machine.ways[2];
        assert_eq!(machine.targets("PAID", cancel), ["ENDED"]);
        assert_eq!(machine.actor(cancel), Some("owner"));
        assert!(machine.targets("SENT", cancel).is_empty());
    }
}
