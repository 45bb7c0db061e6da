//! The operations of the tag `ApiKeys`.

use openapi_generated::v1 as api;
use openapi_runtime as rt;
use secrecy::ExposeSecret;

use super::{ApiKey, IssuedApiKey, NewApiKey};
use crate::app::Api;
use crate::auth::Caller;
use crate::domain::{ApiKeyId, Scope};
use crate::http::wire;

impl api::ApiKeysApi for Api {
    async fn create_api_key(
        &self,
        call: rt::Call<Caller>,
        request: api::CreateApiKeyRequest,
    ) -> Result<api::CreateApiKeyOk, api::CreateApiKeyError> {
        let new = NewApiKey {
            name: request.body.name,
            scopes: request.body.scopes.into_iter().map(Scope::from).collect(),
            expires_at: request.body.expires_at.map(wire::instant),
        };
        let ctx = self.context(&call.cx, Some(call.caller()));
        let issued = self.api_keys.issue(&ctx, &new).await?;
        Ok(api::CreateApiKeyOk::Created {
            body: api::IssuedApiKeyResponse {
                data: issued.into(),
            },
        })
    }

    async fn list_api_keys(
        &self,
        call: rt::Call<Caller>,
        request: api::ListApiKeysRequest,
    ) -> Result<api::ListApiKeysOk, api::ListApiKeysError> {
        let ctx = self.context(&call.cx, Some(call.caller()));
        let found = self
            .api_keys
            .list(&ctx, wire::page(request.page, request.limit))
            .await?;
        let link = wire::links(&call.uri, &found.meta);
        let meta = wire::page_meta(&found.meta);
        let body = api::ApiKeyPage {
            data: found.items.into_iter().map(api::ApiKey::from).collect(),
            meta,
        };
        Ok(api::ListApiKeysOk::Ok { body, link })
    }

    async fn revoke_api_key(
        &self,
        call: rt::Call<Caller>,
        request: api::RevokeApiKeyRequest,
    ) -> Result<api::RevokeApiKeyOk, api::RevokeApiKeyError> {
        let ctx = self.context(&call.cx, Some(call.caller()));
        self.api_keys
            .revoke(&ctx, ApiKeyId::from_uuid(request.key_id))
            .await?;
        Ok(api::RevokeApiKeyOk::NoContent)
    }
}

impl From<ApiKey> for api::ApiKey {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id.as_uuid(),
            name: key.name,
            prefix: key.prefix,
            scopes: key.scopes.into_iter().map(api::ApiKeyScope::from).collect(),
            expires_at: key.expires_at.map(wire::time),
            created_at: wire::time(key.created_at),
        }
    }
}

impl From<IssuedApiKey> for api::IssuedApiKey {
    fn from(issued: IssuedApiKey) -> Self {
        let key = api::ApiKey::from(issued.key);
        Self {
            id: key.id,
            name: key.name,
            prefix: key.prefix,
            scopes: key.scopes,
            expires_at: key.expires_at,
            created_at: key.created_at,
            key: issued.secret.expose_secret().to_owned(),
        }
    }
}

impl From<Scope> for api::ApiKeyScope {
    fn from(scope: Scope) -> Self {
        match scope {
            Scope::OrdersRead => Self::OrdersRead,
            Scope::OrdersWrite => Self::OrdersWrite,
            Scope::ProductsWrite => Self::ProductsWrite,
            Scope::WalletRead => Self::WalletRead,
            Scope::WalletWrite => Self::WalletWrite,
            Scope::Admin => Self::Admin,
        }
    }
}

impl From<api::ApiKeyScope> for Scope {
    fn from(scope: api::ApiKeyScope) -> Self {
        match scope {
            api::ApiKeyScope::OrdersRead => Self::OrdersRead,
            api::ApiKeyScope::OrdersWrite => Self::OrdersWrite,
            api::ApiKeyScope::ProductsWrite => Self::ProductsWrite,
            api::ApiKeyScope::WalletRead => Self::WalletRead,
            api::ApiKeyScope::WalletWrite => Self::WalletWrite,
            api::ApiKeyScope::Admin => Self::Admin,
        }
    }
}
