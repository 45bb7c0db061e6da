//! The handlers of the document with everything: they answer what they were asked.

use openapi_runtime as rt;
use serde_json::json;

use crate::goldens::everything as api;
use crate::host::{Everyone, Refused, Somebody};
use api::{
    ChangeItemError, ChangeItemOk, ChangeItemRequest, CreateItemError, CreateItemOk,
    CreateItemRequest, FillDefaultsError, FillDefaultsOk, FillDefaultsRequest, FindItemsError,
    FindItemsOk, FindItemsRequest, Item, ItemInput, ItemPage, ItemPageMeta, ItemResponse,
    ItemStatus, MakeReportError, MakeReportOk, MakeReportRequest, Outage, PutTreeError, PutTreeOk,
    PutTreeRequest, Reading, Rectangle, RemoveItemError, RemoveItemOk, RemoveItemRequest, Report,
    Shape, ShapeInput,
};

/// The id of every item.
pub(super) const ID: &str = "00000000-0000-7000-8000-000000000001";

fn item(input: ItemInput) -> Item {
    Item {
        id: ID.parse().unwrap(),
        name: input.name,
        price: input.price,
        status: input.status,
        note: input.note,
        quantity: Some(input.quantity),
        pack: input.pack,
        ratio: input.ratio,
        contact: input.contact,
        homepage: input.homepage,
        address: input.address,
        codes: input.codes,
        labels: input.labels,
        parts: input.parts,
        marks: input.marks,
        due: input.due,
        created_at: None,
    }
}

fn plain(name: &str) -> Item {
    Item {
        id: ID.parse().unwrap(),
        name: name.to_owned(),
        price: 5,
        status: ItemStatus::Open,
        note: None,
        quantity: None,
        pack: None,
        ratio: None,
        contact: None,
        homepage: None,
        address: None,
        codes: None,
        labels: None,
        parts: None,
        marks: None,
        due: None,
        created_at: Some("2026-01-02T03:04:05Z".parse().unwrap()),
    }
}

impl api::ItemsApi for Everyone {
    async fn create_item(
        &self,
        call: rt::Call<Somebody>,
        request: CreateItemRequest,
    ) -> Result<CreateItemOk, CreateItemError> {
        if request.body.name == "twice" {
            Err(Refused("ITEM_EXISTS"))?;
        }
        if request.body.name == "replayed" {
            let made = CreateItemOk::Ok {
                body: ItemResponse {
                    data: item(request.body),
                },
            };
            return Ok(CreateItemOk::Replayed(made.store(&call.cx.reply_context())));
        }
        let key = request.idempotency.map(|key| key.key);
        let body = ItemResponse {
            data: item(request.body),
        };
        Ok(if request.dry_run {
            CreateItemOk::Ok { body }
        } else {
            CreateItemOk::Created {
                body,
                location: format!("/items/{ID}"),
                etag: key.map(|key| format!("\"{key}\"")),
            }
        })
    }

    async fn find_items(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: FindItemsRequest,
    ) -> Result<FindItemsOk, FindItemsError> {
        let name = format!(
            "{:?} {:?} {} {:?} {:?} {:?} {} {} {:?} {:?}",
            request.q,
            request.status,
            request.ids.len(),
            request.since.map(|since| since.to_string()),
            request.on.map(|on| on.to_string()),
            request.max_price,
            request.sort,
            request.x_region,
            request.x_levels,
            request.theme
        );
        let body = ItemPage {
            data: vec![plain(&name)],
            meta: ItemPageMeta {
                total: 1,
                next: None,
            },
        };
        Ok(FindItemsOk::Ok { body })
    }

    async fn change_item(
        &self,
        _call: rt::Call<Somebody>,
        request: ChangeItemRequest,
    ) -> Result<ChangeItemOk, ChangeItemError> {
        let change = request.body;
        let name = format!(
            "{:?} {:?} {:?} {}",
            change.name, change.note, change.due, request.idempotency.key
        );
        Ok(ChangeItemOk::Ok {
            body: ItemResponse { data: plain(&name) },
            etag: Some("\"2\"".to_owned()),
        })
    }

    async fn remove_item(
        &self,
        call: rt::Call<Somebody>,
        request: RemoveItemRequest,
    ) -> Result<RemoveItemOk, RemoveItemError> {
        assert!(!call.caller().name.is_empty());
        Ok(match request.body {
            None => RemoveItemOk::NoContent,
            Some(body) => RemoveItemOk::Accepted {
                location: body.reason.unwrap_or_default(),
                x_position: body.force.map(i32::from),
            },
        })
    }
}

impl api::ReportsApi for Everyone {
    async fn make_report(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: MakeReportRequest,
    ) -> Result<MakeReportOk, MakeReportError> {
        let (shape, value) = match request.body {
            ShapeInput::Circle(circle) if circle.radius == 13 => {
                return Err(MakeReportError::ServiceUnavailable {
                    body: Outage { retry: true },
                });
            }
            ShapeInput::Circle(circle) => (Shape::Circle(circle), Reading::Integer(3)),
            ShapeInput::Rectangle(input) => {
                let rectangle = Rectangle {
                    width: input.width,
                    height: input.height,
                    filled: Some(input.filled),
                };
                (
                    Shape::Rectangle(rectangle),
                    Reading::Text("four".to_owned()),
                )
            }
        };
        let counts = [("sides".to_owned(), 4)].into_iter().collect();
        Ok(MakeReportOk::Ok {
            body: Report {
                shape,
                counts,
                value,
                anything: Some(json!([1, null]).into()),
            },
        })
    }

    async fn fill_defaults(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: FillDefaultsRequest,
    ) -> Result<FillDefaultsOk, FillDefaultsError> {
        let body = format!(
            "{} {} {} {:?}",
            request.at,
            request.id,
            request.none.len(),
            request.body
        );
        Ok(FillDefaultsOk::Ok { body })
    }

    async fn put_tree(
        &self,
        _call: rt::PublicCall<Somebody>,
        request: PutTreeRequest,
    ) -> Result<PutTreeOk, PutTreeError> {
        Ok(PutTreeOk::Ok { body: request.body })
    }
}
