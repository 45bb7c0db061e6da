//! The operations of the tag `Products`.

use openapi_generated::v1 as api;
use openapi_runtime as rt;

use super::model::MAX_STOCK;
use super::{
    NewProduct, Product, ProductChanges, ProductError, ProductFilter, ProductSort, StockChange,
};
use crate::app::Api;
use crate::auth::Caller;
use crate::domain::ProductId;
use crate::http::wire;
use crate::idempotency::{Once, Outcome};

impl api::ProductsApi for Api {
    async fn list_products(
        &self,
        call: rt::PublicCall<Caller>,
        request: api::ListProductsRequest,
    ) -> Result<api::ListProductsOk, api::ListProductsError> {
        let filter = ProductFilter {
            q: request.q,
            min_price: request.min_price,
            max_price: request.max_price,
            in_stock: request.in_stock,
        };
        let page = wire::page(request.page, request.limit);
        let found = self
            .products
            .list(&filter, request.sort.into(), page)
            .await?;
        let link = wire::links(&call.uri, &found.meta);
        let body = api::ProductPage {
            meta: wire::page_meta(&found.meta),
            data: found.items.into_iter().map(api::Product::from).collect(),
        };
        Ok(api::ListProductsOk::Ok {
            body,
            link,
            etag: None,
        })
    }

    async fn get_product(
        &self,
        _call: rt::PublicCall<Caller>,
        request: api::GetProductRequest,
    ) -> Result<api::GetProductOk, api::GetProductError> {
        let product = self
            .products
            .get(ProductId::from_uuid(request.product_id))
            .await?;
        let etag = Some(product.etag());
        Ok(api::GetProductOk::Ok {
            body: api::ProductResponse {
                data: product.into(),
            },
            etag,
        })
    }

    async fn create_product(
        &self,
        call: rt::Call<Caller>,
        request: api::CreateProductRequest,
    ) -> Result<api::CreateProductOk, api::CreateProductError> {
        let body = request.body;
        let new = NewProduct {
            sku: body.sku,
            name: body.name,
            description: body.description.into_change().flatten(),
            price: wire::money(body.price, &body.currency)?,
            stock: body.stock.into(),
        };
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&Product, &ProductError>| match outcome {
            Ok(product) => created(product).store(&cx),
            Err(error) => api::CreateProductError::from(error).store(&cx),
        };
        let once = request.idempotency.as_ref().map(|key| Once {
            key,
            render: &render,
        });
        let outcome = self
            .products
            .create(&self.context(&call.cx, Some(call.caller())), &new, once)
            .await?;
        Ok(match outcome {
            Outcome::Done(product) => {
                self.forget_catalogue();
                created(&product)
            }
            Outcome::Replayed(reply) => api::CreateProductOk::Replayed(reply),
        })
    }

    async fn update_product(
        &self,
        call: rt::Call<Caller>,
        request: api::UpdateProductRequest,
    ) -> Result<api::UpdateProductOk, api::UpdateProductError> {
        let id = ProductId::from_uuid(request.product_id);
        let changes = changes(request.body)?;
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&Product, &ProductError>| match outcome {
            Ok(product) => updated(product).store(&cx),
            Err(error) => api::UpdateProductError::from(error).store(&cx),
        };
        let once = request.idempotency.as_ref().map(|key| Once {
            key,
            render: &render,
        });
        let is_current = |product: &Product| {
            call.if_match
                .as_ref()
                .is_none_or(|tags| tags.permits(&product.etag()))
        };
        let outcome = self
            .products
            .update(
                &self.context(&call.cx, Some(call.caller())),
                id,
                &changes,
                Some(&is_current),
                once,
            )
            .await?;
        Ok(match outcome {
            Outcome::Done(product) => {
                self.forget_catalogue();
                updated(&product)
            }
            Outcome::Replayed(reply) => api::UpdateProductOk::Replayed(reply),
        })
    }
}

fn created(product: &Product) -> api::CreateProductOk {
    api::CreateProductOk::Created {
        body: api::ProductResponse {
            data: product.clone().into(),
        },
        location: format!("/api/v1/products/{}", product.id),
        etag: product.etag(),
    }
}

fn updated(product: &Product) -> api::UpdateProductOk {
    api::UpdateProductOk::Ok {
        body: api::ProductResponse {
            data: product.clone().into(),
        },
        etag: product.etag(),
    }
}

fn changes(body: api::ProductChanges) -> Result<ProductChanges, rt::Failure> {
    let stock = match (body.stock, body.stock_delta) {
        (None, None) => None,
        (Some(stock), None) => Some(StockChange::Set(stock.into())),
        (None, Some(delta)) => Some(StockChange::Add(delta.into())),
        (Some(_), Some(_)) => {
            return Err(rt::IntoFailure::into_failure(ProductError::StockGivenTwice));
        }
    };
    Ok(ProductChanges {
        sku: body.sku,
        name: body.name,
        description: body.description.into_change(),
        price: body.price,
        currency: body.currency.as_deref().map(wire::currency).transpose()?,
        stock,
    })
}

impl From<api::ProductSort> for ProductSort {
    fn from(sort: api::ProductSort) -> Self {
        match sort {
            api::ProductSort::CreatedAt => Self::CreatedAt,
            api::ProductSort::MinusCreatedAt => Self::CreatedAtDescending,
            api::ProductSort::Name => Self::Name,
            api::ProductSort::MinusName => Self::NameDescending,
            api::ProductSort::Price => Self::Price,
            api::ProductSort::MinusPrice => Self::PriceDescending,
        }
    }
}

impl From<Product> for api::Product {
    fn from(product: Product) -> Self {
        Self {
            id: product.id.as_uuid(),
            // Units of a paid order that is cancelled come back on top of what was set meanwhile; no answer shows more
            // than the contract lets it.
            stock: wire::small(product.stock().min(MAX_STOCK)),
            sku: product.sku,
            name: product.name,
            description: product.description,
            price: product.price,
            currency: product.currency.as_str().to_owned(),
            archived: product.archived,
            created_at: wire::time(product.created_at),
            updated_at: wire::time(product.updated_at),
        }
    }
}
