//! The operations of the tag `Auth`.

use std::time::Duration;

use openapi_generated::v1 as api;
use openapi_runtime as rt;
use secrecy::{ExposeSecret, SecretString};

use super::{AuthError, Caller, Client, Credentials, Registration, Tokens};
use crate::app::Api;
use crate::http::wire;

/// The cookie that carries the refresh token; the document names it, too. Sent back only to where it is of use.
const COOKIE: &str = "waybill_refresh";
const COOKIE_SCOPE: &str = "Path=/api/v1/auth; HttpOnly; Secure; SameSite=Strict";

impl api::AuthApi for Api {
    async fn register(
        &self,
        call: rt::PublicCall<Caller>,
        request: api::RegisterRequest,
    ) -> Result<api::RegisterOk, api::RegisterError> {
        let registration = Registration {
            email: wire::email(&request.body.email)?,
            name: request.body.name,
            password: request.body.password.into(),
        };
        let ctx = self.context(&call.cx, call.caller());
        let user = self.auth.register(&ctx, registration).await?;
        Ok(api::RegisterOk::Created {
            location: format!("/api/v1/users/{}", user.id),
            etag: user.etag(),
            body: api::UserResponse { data: user.into() },
        })
    }

    async fn login(
        &self,
        call: rt::PublicCall<Caller>,
        request: api::LoginRequest,
    ) -> Result<api::LoginOk, api::LoginError> {
        let credentials = Credentials {
            email: wire::email(&request.body.email)?,
            password: request.body.password.into(),
            client: match request.body.client {
                api::ClientKind::Web => Client::Web,
                api::ClientKind::Mobile => Client::Mobile,
            },
        };
        let in_cookie = request.body.token_delivery == api::TokenDelivery::Cookie;
        let ctx = self.context(&call.cx, call.caller());
        let tokens = self.auth.log_in(&ctx, credentials).await?;
        let (body, set_cookie) = answer(tokens, in_cookie);
        Ok(api::LoginOk::Ok { body, set_cookie })
    }

    async fn refresh_token(
        &self,
        call: rt::PublicCall<Caller>,
        request: api::RefreshTokenRequest,
    ) -> Result<api::RefreshTokenOk, api::RefreshTokenError> {
        let in_body = request.body.and_then(|body| body.refresh_token);
        let in_cookie = in_body.is_none();
        let token = in_body
            .or(request.waybill_refresh)
            .ok_or(AuthError::RefreshTokenInvalid)?;
        let ctx = self.context(&call.cx, call.caller());
        let tokens = self.auth.refresh(&ctx, &SecretString::from(token)).await?;
        let (body, set_cookie) = answer(tokens, in_cookie);
        Ok(api::RefreshTokenOk::Ok { body, set_cookie })
    }

    async fn logout(
        &self,
        call: rt::Call<Caller>,
        request: api::LogoutRequest,
    ) -> Result<api::LogoutOk, api::LogoutError> {
        let everywhere = request.body.is_some_and(|body| body.all);
        let ctx = self.context(&call.cx, Some(call.caller()));
        self.auth.log_out(&ctx, everywhere).await?;
        // Harmless to whoever has no cookie.
        Ok(api::LogoutOk::NoContent {
            set_cookie: Some(format!("{COOKIE}=; Max-Age=0; {COOKIE_SCOPE}")),
        })
    }

    async fn change_password(
        &self,
        call: rt::Call<Caller>,
        request: api::ChangePasswordRequest,
    ) -> Result<api::ChangePasswordOk, api::ChangePasswordError> {
        let ctx = self.context(&call.cx, Some(call.caller()));
        let api::PasswordChange {
            current_password,
            new_password,
        } = request.body;
        self.auth
            .change_password(&ctx, current_password.into(), new_password.into())
            .await?;
        Ok(api::ChangePasswordOk::NoContent)
    }
}

/// The tokens as body and, where the client asked for that, the refresh token as a cookie and nowhere else.
fn answer(tokens: Tokens, in_cookie: bool) -> (api::TokensResponse, Option<String>) {
    let refresh = tokens.refresh.expose_secret();
    let set_cookie = in_cookie.then(|| {
        format!(
            "{COOKIE}={refresh}; Max-Age={}; {COOKIE_SCOPE}",
            tokens.refresh_expires_in.as_secs()
        )
    });
    let data = api::Tokens {
        access_token: tokens.access.expose_secret().to_owned(),
        expires_in: seconds(tokens.access_expires_in),
        refresh_token: (!in_cookie).then(|| refresh.to_owned()),
        refresh_expires_in: seconds(tokens.refresh_expires_in),
        user: tokens.user.into(),
    };
    (api::TokensResponse { data }, set_cookie)
}

fn seconds(duration: Duration) -> i32 {
    i32::try_from(duration.as_secs()).unwrap_or(i32::MAX)
}
