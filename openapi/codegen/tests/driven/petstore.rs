//! A public API with arrays and maps as whole bodies, driven over HTTP.

use std::collections::BTreeMap;
use std::sync::Arc;

use openapi_runtime as rt;
use rt::poem::{Endpoint, Response};
use serde_json::json;

use crate::goldens::petstore::{
    AdoptPetError, AdoptPetOk, AdoptPetRequest, CreatePetError, CreatePetOk, CreatePetRequest,
    GetPetError, GetPetOk, GetPetRequest, ListPetsError, ListPetsOk, ListPetsRequest, Pet, PetsApi,
    RenamePetsError, RenamePetsOk, RenamePetsRequest, Species, routes,
};
use crate::host::{Everyone, Refused, Somebody, ask};

type Call = rt::PublicCall<Somebody>;

fn minka() -> Pet {
    Pet {
        id: 1,
        name: "Minka".to_owned(),
        species: Species::Cat,
        born_on: None,
        weight_kg: Some(3.5),
    }
}

impl PetsApi for Everyone {
    async fn list_pets(
        &self,
        _call: Call,
        request: ListPetsRequest,
    ) -> Result<ListPetsOk, ListPetsError> {
        if request.limit == 99 {
            Err(Refused("NOBODY_DECLARED_THIS"))?;
        }
        let species = request
            .species
            .first()
            .copied()
            .unwrap_or(Species::GuineaPig);
        let pet = Pet {
            name: format!("{} of {}", request.tag.join("+"), request.limit),
            species,
            ..minka()
        };
        Ok(ListPetsOk::Ok {
            body: vec![pet],
            x_total: 7,
        })
    }

    async fn create_pet(
        &self,
        _call: Call,
        request: CreatePetRequest,
    ) -> Result<CreatePetOk, CreatePetError> {
        let new = request.body;
        if new.name == "Minka" {
            Err(Refused("NAME_TAKEN"))?;
        }
        let body = Pet {
            id: 2,
            name: new.name,
            species: new.species,
            born_on: new.born_on,
            weight_kg: new.weight_kg,
        };
        Ok(CreatePetOk::Created {
            body,
            location: "/pets/2".to_owned(),
        })
    }

    async fn get_pet(&self, _call: Call, request: GetPetRequest) -> Result<GetPetOk, GetPetError> {
        if request.pet_id != 1 {
            Err(Refused("PET_NOT_FOUND"))?;
        }
        Ok(GetPetOk::Ok { body: minka() })
    }

    async fn rename_pets(
        &self,
        _call: Call,
        request: RenamePetsRequest,
    ) -> Result<RenamePetsOk, RenamePetsError> {
        let counts: BTreeMap<String, i32> =
            request.body.into_iter().map(|name| (name, 1)).collect();
        Ok(RenamePetsOk::Ok {
            body: counts.into(),
        })
    }

    async fn adopt_pet(
        &self,
        _call: Call,
        request: AdoptPetRequest,
    ) -> Result<AdoptPetOk, AdoptPetError> {
        if request.pet_id == 13 {
            Err(Refused("INTERNAL_ERROR"))?;
        }
        Ok(AdoptPetOk::NoContent)
    }
}

fn shelter() -> impl Endpoint<Output = Response> {
    routes(Arc::new(Everyone))
}

#[tokio::test]
async fn parameters_arrive_typed_and_with_their_defaults() {
    let answer = ask(&shelter(), "GET /pets?species=dog&species=cat&tag=a,b")
        .send()
        .await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.header("x-total"), Some("7"));
    assert_eq!(
        answer.body,
        json!([{"id": 1, "name": "a+b of 20", "species": "dog", "weightKg": 3.5}])
    );
}

#[tokio::test]
async fn every_violation_of_path_query_and_body_comes_at_once() {
    let answer = ask(
        &shelter(),
        "GET /pets?limit=0&species=cow&tag=a,,b&unknown=1",
    )
    .send()
    .await;
    assert_eq!(
        (answer.status, answer.code()),
        (400, "VALIDATION_ERROR"),
        "{answer:?}"
    );
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "query limit too_small",
            "query species[0] not_in_enum",
            "query tag[1] too_short",
            "query unknown unknown_field"
        ]
    );

    let body = json!({"name": " x", "species": 1, "weightKg": 0, "tags": ["", 5], "colour": "red"});
    let answer = ask(&shelter(), "POST /pets").json(&body).send().await;
    let mut violations = answer.violations();
    violations.sort();
    assert_eq!(
        violations,
        [
            "body colour unknown_field",
            "body name pattern_mismatch",
            "body species invalid_type",
            "body tags[0] too_short",
            "body tags[1] invalid_type",
            "body weightKg too_small"
        ]
    );
}

#[tokio::test]
async fn a_created_pet_comes_back_with_its_location() {
    let body = json!({"name": "Rex", "species": "guinea-pig", "bornOn": "2024-02-29"});
    let answer = ask(&shelter(), "POST /pets").json(&body).send().await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(answer.header("location"), Some("/pets/2"));
    assert_eq!(
        answer.body,
        json!({"id": 2, "name": "Rex", "species": "guinea-pig", "bornOn": "2024-02-29"})
    );
}

#[tokio::test]
async fn a_date_that_does_not_exist_is_a_violation() {
    let body = json!({"name": "Rex", "species": "cat", "bornOn": "2023-02-29"});
    let answer = ask(&shelter(), "POST /pets").json(&body).send().await;
    assert_eq!(answer.violations(), ["body bornOn invalid_format"]);
}

#[tokio::test]
async fn a_declared_code_becomes_its_status_and_an_undeclared_one_a_500() {
    let body = json!({"name": "Minka", "species": "cat"});
    let taken = ask(&shelter(), "POST /pets").json(&body).send().await;
    assert_eq!((taken.status, taken.code()), (409, "NAME_TAKEN"));
    let undeclared = ask(&shelter(), "GET /pets?limit=99").send().await;
    assert_eq!(
        (undeclared.status, undeclared.code()),
        (500, "INTERNAL_ERROR")
    );
    let implied = ask(&shelter(), "DELETE /pets/13").send().await;
    assert_eq!((implied.status, implied.code()), (500, "INTERNAL_ERROR"));
}

#[tokio::test]
async fn an_id_that_cannot_exist_is_not_found() {
    for path in ["/pets/0", "/pets/cat", "/pets/9007199254740992", "/pets/2"] {
        let answer = ask(&shelter(), &format!("GET {path}")).send().await;
        assert_eq!(
            (answer.status, answer.code()),
            (404, "PET_NOT_FOUND"),
            "{path}"
        );
    }
}

#[tokio::test]
async fn whole_bodies_may_be_arrays_and_maps() {
    let answer = ask(&shelter(), "PUT /pets/1")
        .json(&json!(["Tom", "Tim"]))
        .send()
        .await;
    assert_eq!(
        (answer.status, &answer.body),
        (200, &json!({"Tim": 1, "Tom": 1})),
        "{answer:?}"
    );
    let answer = ask(&shelter(), "PUT /pets/1").json(&json!([])).send().await;
    assert_eq!(answer.status, 400);
    assert!(
        answer.violations()[0].ends_with("too_few_items"),
        "{answer:?}"
    );
    let answer = ask(&shelter(), "PUT /pets/1")
        .json(&json!(["", null]))
        .send()
        .await;
    assert_eq!(answer.violations().len(), 2, "{answer:?}");
}

#[tokio::test]
async fn methods_are_told() {
    let answer = ask(&shelter(), "PATCH /pets/1").send().await;
    assert_eq!((answer.status, answer.code()), (405, "METHOD_NOT_ALLOWED"));
    let allow = answer.header("allow").unwrap_or_default();
    for method in ["DELETE", "GET", "HEAD", "OPTIONS", "PUT"] {
        assert!(allow.contains(method), "{allow}");
    }
    assert_eq!(ask(&shelter(), "OPTIONS /pets").send().await.status, 204);
    assert_eq!(ask(&shelter(), "HEAD /pets/1").send().await.status, 200);
    assert_eq!(ask(&shelter(), "DELETE /pets/1").send().await.status, 204);
    assert_eq!(
        ask(&shelter(), "GET /nowhere").send().await.code(),
        "ROUTE_NOT_FOUND"
    );
}
