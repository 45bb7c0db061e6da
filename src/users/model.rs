//! Accounts of people, and who may change what of them.

use crate::context::Actor;
use crate::domain::{EmailAddress, PageRequest, Role, Timestamp, UserId};

/// A person's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Names it for good.
    pub id: UserId,
    /// Where the person is reached; one account each.
    pub email: EmailAddress,
    /// 1 to 100 characters.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// Whether the account is shut: no credential of it opens anything.
    pub disabled: bool,
    /// Counts changes.
    pub version: i64,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

impl User {
    /// The entity tag of this version (RFC 9110, strong).
    #[must_use]
    pub fn etag(&self) -> String {
        format!("\"u{}\"", self.version)
    }

    /// Whether the account can administer.
    #[must_use]
    pub fn is_active_admin(&self) -> bool {
        self.role == Role::Admin && !self.disabled
    }
}

/// What counts of an account whenever one of its credentials is presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// What it may do.
    pub role: Role,
    /// Whether it is shut.
    pub disabled: bool,
}

/// An account to be opened.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Not yet anybody's.
    pub email: EmailAddress,
    /// 1 to 100 characters.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// What to change of an account; `None` leaves it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct UserChange {
    /// 1 to 100 characters.
    pub name: Option<String>,
    /// For administrators only.
    pub role: Option<Role>,
    /// For administrators only.
    pub disabled: Option<bool>,
}

impl UserChange {
    /// The account as it is after the change.
    #[must_use]
    pub fn applied_to(&self, user: &User) -> User {
        let mut changed = user.clone();
        if let Some(name) = &self.name {
            changed.name.clone_from(name);
        }
        changed.role = self.role.unwrap_or(user.role);
        changed.disabled = self.disabled.unwrap_or(user.disabled);
        changed
    }

    /// The fields that only an administrator may name.
    #[must_use]
    pub fn reserved_fields(&self) -> Vec<&'static str> {
        let role = self.role.map(|_| "role");
        let disabled = self.disabled.map(|_| "disabled");
        role.into_iter().chain(disabled).collect()
    }
}

/// Why somebody may not read or change an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is none of the actor's business that it exists.
    Hidden,
    /// The actor may look, but not touch.
    ReadOnly,
    /// The actor may change other fields than these.
    Fields(Vec<&'static str>),
}

/// Whether `actor` may see the account of `target`: oneself, staff, and Waybill.
///
/// # Errors
/// [`Refusal::Hidden`] for everybody else.
pub(super) fn may_read(actor: &Actor, target: UserId) -> Result<(), Refusal> {
    if actor.is_staff() || actor.user_id() == Some(target) {
        Ok(())
    } else {
        Err(Refusal::Hidden)
    }
}

/// Whether `actor` may make this change to the account of `target`: administrators any, oneself the name.
///
/// # Errors
/// [`Refusal`] with the reason.
pub(super) fn may_change(
    actor: &Actor,
    target: UserId,
    change: &UserChange,
) -> Result<(), Refusal> {
    may_read(actor, target)?;
    if is_admin(actor) {
        return Ok(());
    }
    if actor.user_id() != Some(target) {
        return Err(Refusal::ReadOnly);
    }
    let reserved = change.reserved_fields();
    if reserved.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Fields(reserved))
    }
}

fn is_admin(actor: &Actor) -> bool {
    match actor {
        Actor::User { role, .. } | Actor::ApiKey { role, .. } => *role == Role::Admin,
        Actor::System => true,
    }
}

/// Which accounts to list.
#[derive(Debug, Clone)]
pub struct UserQuery {
    /// Only those of this role.
    pub role: Option<Role>,
    /// Only those whose name or e-mail address contains this, whatever the case.
    pub q: Option<String>,
    /// In which order.
    pub sort: UserSort,
    /// Which of them.
    pub page: PageRequest,
}

/// Orders of the list of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum UserSort {
    /// Oldest first.
    Oldest,
    /// Newest first.
    #[default]
    Newest,
    /// By name, A first.
    Name,
    /// By name, Z first.
    NameDescending,
    /// By e-mail address, A first.
    Email,
    /// By e-mail address, Z first.
    EmailDescending,
}

/// What the search looks through, as it is stored.
#[must_use]
pub(super) fn search_text(name: &str, email: &EmailAddress) -> String {
    format!("{}\n{email}", name.to_lowercase())
}

/// The `like` pattern (escape character `\`) that finds `q` anywhere in a [`search_text`].
#[must_use]
pub(super) fn search_pattern(q: &str) -> String {
    let mut pattern = String::with_capacity(q.len() + 2);
    pattern.push('%');
    for character in q.to_lowercase().chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn id(n: u128) -> UserId {
        Uuid::from_u128(n).into()
    }

    fn actor(n: u128, role: Role) -> Actor {
        Actor::User {
            id: id(n),
            role,
            session: Uuid::from_u128(9).into(),
        }
    }

    #[test]
    fn an_account_is_seen_by_its_owner_and_staff() {
        assert_eq!(may_read(&actor(1, Role::Member), id(1)), Ok(()));
        assert_eq!(
            may_read(&actor(1, Role::Member), id(2)),
            Err(Refusal::Hidden)
        );
        assert_eq!(may_read(&actor(1, Role::Viewer), id(2)), Ok(()));
        assert_eq!(may_read(&actor(1, Role::Admin), id(2)), Ok(()));
    }

    #[test]
    fn oneself_changes_the_name_and_an_administrator_everything() {
        let name = UserChange {
            name: Some("Ada".into()),
            ..UserChange::default()
        };
        let role = UserChange {
            role: Some(Role::Admin),
            disabled: Some(false),
            ..name.clone()
        };

        assert_eq!(may_change(&actor(1, Role::Member), id(1), &name), Ok(()));
        assert_eq!(
            may_change(&actor(1, Role::Member), id(1), &role),
            Err(Refusal::Fields(vec!["role", "disabled"]))
        );
        assert_eq!(
            may_change(&actor(1, Role::Member), id(2), &name),
            Err(Refusal::Hidden)
        );
        assert_eq!(
            may_change(&actor(1, Role::Viewer), id(2), &name),
            Err(Refusal::ReadOnly)
        );
        assert_eq!(may_change(&actor(1, Role::Admin), id(2), &role), Ok(()));
    }

    #[test]
    fn a_search_takes_wildcards_for_letters() {
        assert_eq!(search_pattern("50%_Ä\\"), "%50\\%\\_ä\\\\%");
    }
}
