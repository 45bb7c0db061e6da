//! What is read from a document with a machine.

use super::*;
use crate::api::Api;

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
