//! The operations of the tag `Users`.

use openapi_generated::v1 as api;
use openapi_runtime as rt;

use super::{NewUser, User, UserChange, UserError, UserQuery, UserSort};
use crate::app::Api;
use crate::auth::Caller;
use crate::domain::{Role, UserId};
use crate::http::wire;
use crate::idempotency::{Once, Outcome};

impl api::UsersApi for Api {
    async fn list_users(
        &self,
        call: rt::Call<Caller>,
        request: api::ListUsersRequest,
    ) -> Result<api::ListUsersOk, api::ListUsersError> {
        let query = UserQuery {
            role: request.role.map(Role::from),
            q: request.q,
            sort: request.sort.into(),
            page: wire::page(request.page, request.limit),
        };
        let found = self.users.list(&query).await?;
        let link = wire::links(&call.uri, &found.meta);
        let meta = wire::page_meta(&found.meta);
        let body = api::UserPage {
            data: found.items.into_iter().map(api::User::from).collect(),
            meta,
        };
        Ok(api::ListUsersOk::Ok { body, link })
    }

    async fn create_user(
        &self,
        call: rt::Call<Caller>,
        request: api::CreateUserRequest,
    ) -> Result<api::CreateUserOk, api::CreateUserError> {
        let new = NewUser {
            email: wire::email(&request.body.email)?,
            name: request.body.name,
            role: request.body.role.into(),
        };
        let cx = call.cx.reply_context();
        let render = |outcome: Result<&User, &UserError>| match outcome {
            Ok(user) => created(user).store(&cx),
            Err(error) => api::CreateUserError::from(error).store(&cx),
        };
        let once = request.idempotency.as_ref().map(|key| Once {
            key,
            render: &render,
        });
        let ctx = self.context(&call.cx, Some(call.caller()));
        Ok(match self.users.invite(&ctx, &new, once).await? {
            Outcome::Done(user) => created(&user),
            Outcome::Replayed(reply) => api::CreateUserOk::Replayed(reply),
        })
    }

    async fn get_user(
        &self,
        call: rt::Call<Caller>,
        request: api::GetUserRequest,
    ) -> Result<api::GetUserOk, api::GetUserError> {
        let id = named(&call, &request.user_id)?;
        let ctx = self.context(&call.cx, Some(call.caller()));
        let user = self.users.get(&ctx, id).await?;
        let etag = user.etag();
        Ok(api::GetUserOk::Ok {
            body: api::UserResponse { data: user.into() },
            etag,
        })
    }

    async fn update_user(
        &self,
        call: rt::Call<Caller>,
        request: api::UpdateUserRequest,
    ) -> Result<api::UpdateUserOk, api::UpdateUserError> {
        let id = named(&call, &request.user_id)?;
        let change = UserChange {
            name: request.body.name,
            role: request.body.role.map(Role::from),
            disabled: request.body.disabled,
        };
        let is_current = |user: &User| {
            call.if_match
                .as_ref()
                .is_none_or(|tags| tags.permits(&user.etag()))
        };
        let ctx = self.context(&call.cx, Some(call.caller()));
        let user = self
            .users
            .update(&ctx, id, &change, Some(&is_current))
            .await?;
        let etag = user.etag();
        Ok(api::UpdateUserOk::Ok {
            body: api::UserResponse { data: user.into() },
            etag,
        })
    }
}

fn created(user: &User) -> api::CreateUserOk {
    api::CreateUserOk::Created {
        body: api::UserResponse {
            data: user.clone().into(),
        },
        location: format!("/api/v1/users/{}", user.id),
        etag: user.etag(),
    }
}

/// The account that the path names: `me` is the caller's own. The path's pattern has let nothing else through.
fn named(call: &rt::Call<Caller>, text: &str) -> Result<UserId, UserError> {
    if text == "me" {
        return Ok(wire::account(call));
    }
    text.parse()
        .map(UserId::from_uuid)
        .map_err(|_| UserError::NotFound)
}

impl From<User> for api::User {
    fn from(user: User) -> Self {
        Self {
            id: user.id.as_uuid(),
            email: user.email.as_str().to_owned(),
            name: user.name,
            role: user.role.into(),
            disabled: user.disabled,
            created_at: wire::time(user.created_at),
            updated_at: wire::time(user.updated_at),
        }
    }
}

impl From<Role> for api::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Member => Self::Member,
            Role::Viewer => Self::Viewer,
            Role::Admin => Self::Admin,
        }
    }
}

impl From<api::Role> for Role {
    fn from(role: api::Role) -> Self {
        match role {
            api::Role::Member => Self::Member,
            api::Role::Viewer => Self::Viewer,
            api::Role::Admin => Self::Admin,
        }
    }
}

impl From<api::UserSort> for UserSort {
    fn from(sort: api::UserSort) -> Self {
        match sort {
            api::UserSort::CreatedAt => Self::Oldest,
            api::UserSort::MinusCreatedAt => Self::Newest,
            api::UserSort::Name => Self::Name,
            api::UserSort::MinusName => Self::NameDescending,
            api::UserSort::Email => Self::Email,
            api::UserSort::MinusEmail => Self::EmailDescending,
        }
    }
}
