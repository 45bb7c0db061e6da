//! `admin`

use std::io;

use secrecy::{ExposeSecret, SecretString};

use super::{Admin, answer};
use crate::{
    app::App,
    auth::made_up_password,
    context::RequestContext,
    domain::EmailAddress,
    error::{Error, chain},
};

pub(super) async fn run(command: Admin, app: App) -> Result<(), Error> {
    let Admin::Create {
        email,
        name,
        password_stdin,
    } = command;
    let api = app.api();
    let address = email.parse::<EmailAddress>();
    let address =
        address.map_err(|_| Error::Refused(format!("`{email}` is not an e-mail address")))?;
    let (password, is_made_up) = if password_stdin {
        (password_from_stdin()?, false)
    } else {
        (made_up_password(&api.ids), true)
    };
    let ctx = RequestContext::system("admin-create", api.clock.now());
    let created = api
        .admins
        .create(&ctx, address, &name, password.clone())
        .await;
    let user = created.map_err(|error| Error::Refused(chain(&error)))?;
    let mut text = format!("administrator {} ({email})\n", user.id);
    if is_made_up {
        text.extend(["password ", password.expose_secret(), "\n"]);
    }
    answer(&text)?;
    api.db.close().await;
    Ok(())
}

fn password_from_stdin() -> Result<SecretString, Error> {
    let mut line = String::new();
    let read = io::stdin().read_line(&mut line);
    read.map_err(|source| Error::System {
        action: "standard input cannot be read",
        source,
    })?;
    Ok(SecretString::from(
        line.trim_end_matches(['\r', '\n']).to_owned(),
    ))
}
