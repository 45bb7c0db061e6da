//! Log-ins, the rule by which their refresh tokens rotate, and who a caller is.

use std::time::Duration;

use secrecy::SecretString;

use crate::context::Actor;
use crate::domain::{EmailAddress, SessionId, Timestamp, UserId, text_enum};
use crate::users::User;

/// How long after its rotation a refresh token may come once more: a lost answer, or two tabs at once.
const GRACE: Duration = Duration::from_secs(10);
/// The life of a family, however often it rotates.
const FAMILY_LIFETIME: Duration = Duration::from_hours(90 * 24);

text_enum! {
    /// What logs in, which decides how long it stays logged in.
    pub enum Client {
        /// A browser or a script.
        Web = "web",
        /// An app on a telephone.
        Mobile = "mobile",
    }
}

text_enum! {
    /// Why a log-in ended before its time.
    pub enum RevokeReason {
        /// Its user logged out.
        LoggedOut = "logged_out",
        /// The password changed in another log-in.
        PasswordChanged = "password_changed",
        /// A refresh token came back that had long been exchanged: one of the two holders stole it.
        TokenReused = "token_reused",
        /// The account was disabled.
        AccountDisabled = "account_disabled",
    }
}

/// Who wants an account.
#[derive(Debug)]
pub struct Registration {
    /// Not yet anybody's.
    pub email: EmailAddress,
    /// 1 to 100 characters.
    pub name: String,
    /// As typed.
    pub password: SecretString,
}

/// Who wants to log in.
#[derive(Debug)]
pub struct Credentials {
    /// Whose account.
    pub email: EmailAddress,
    /// As typed.
    pub password: SecretString,
    /// With what.
    pub client: Client,
}

/// What a log-in or a rotation hands out. Secrets: they go to the client and nowhere else.
#[derive(Debug)]
pub struct Tokens {
    /// Opens the API.
    pub access: SecretString,
    /// How long it does.
    pub access_expires_in: Duration,
    /// Buys the next pair, once.
    pub refresh: SecretString,
    /// How long it does.
    pub refresh_expires_in: Duration,
    /// Whose they are.
    pub user: User,
}

/// Lives of refresh tokens.
#[derive(Debug, Clone, Copy)]
pub struct RefreshLifetimes {
    /// Of a browser's.
    pub web: Duration,
    /// Of an app's.
    pub mobile: Duration,
}

impl RefreshLifetimes {
    /// When a token that is handed out now ends; never after its family.
    #[must_use]
    pub fn end(self, client: Client, family_end: Timestamp, now: Timestamp) -> Timestamp {
        let lifetime = match client {
            Client::Web => self.web,
            Client::Mobile => self.mobile,
        };
        now.plus(lifetime).min(family_end)
    }
}

/// When a family that begins now ends.
#[must_use]
pub(super) fn family_end(now: Timestamp) -> Timestamp {
    now.plus(FAMILY_LIFETIME)
}

/// A refresh token that was presented, beside the log-in that it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Presented {
    /// The log-in.
    pub(super) session: SessionId,
    /// Whose it is.
    pub(super) user: UserId,
    /// With what.
    pub(super) client: Client,
    /// The rotation that the token came from.
    pub(super) token_generation: i64,
    /// The token's own end.
    pub(super) token_expires_at: Timestamp,
    /// The last rotation of the log-in.
    pub(super) generation: i64,
    /// When that was.
    pub(super) rotated_at: Timestamp,
    /// The end of the family.
    pub(super) expires_at: Timestamp,
    /// When it was ended before its time.
    pub(super) revoked_at: Option<Timestamp>,
}

/// What a presented refresh token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Judgement {
    /// The present generation: exchange it, which begins the next one.
    Current,
    /// The generation before, a moment ago, while nobody has used the present one: its holder did not get the
    /// answer. Hand out another token of the present generation. Whichever token of that generation is used first
    /// makes the others old, so a thief and an owner still give each other away.
    Repeated,
    /// Older than that: stolen, from or by whoever presents it.
    Reused,
    /// Expired or revoked.
    Over,
}

impl Presented {
    /// Judges the token.
    #[must_use]
    pub(super) fn judge(&self, now: Timestamp) -> Judgement {
        if self.revoked_at.is_some() || now >= self.token_expires_at || now >= self.expires_at {
            return Judgement::Over;
        }
        match self.generation.saturating_sub(self.token_generation) {
            0 => Judgement::Current,
            1 if now.since(self.rotated_at) <= GRACE => Judgement::Repeated,
            _ => Judgement::Reused,
        }
    }
}

/// An authenticated caller. Cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The user or the API key, with the role that its account has now.
    pub actor: Actor,
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const NOW: Timestamp = Timestamp::from_micros(1_767_323_045_678_000);
    const MINUTE: Duration = Duration::from_mins(1);

    fn presented() -> Presented {
        Presented {
            session: Uuid::from_u128(1).into(),
            user: Uuid::from_u128(2).into(),
            client: Client::Web,
            token_generation: 3,
            token_expires_at: NOW.plus(MINUTE),
            generation: 3,
            rotated_at: NOW.minus(MINUTE),
            expires_at: NOW.plus(MINUTE),
            revoked_at: None,
        }
    }

    #[test]
    fn the_present_generation_is_exchanged() {
        assert_eq!(presented().judge(NOW), Judgement::Current);
    }

    #[test]
    fn the_generation_before_is_forgiven_for_ten_seconds() {
        let before = |ago: u64| {
            let rotated_at = NOW.minus(Duration::from_secs(ago));
            Presented {
                generation: 4,
                rotated_at,
                ..presented()
            }
            .judge(NOW)
        };
        assert_eq!(before(0), Judgement::Repeated);
        assert_eq!(before(10), Judgement::Repeated);
        assert_eq!(before(11), Judgement::Reused);
    }

    #[test]
    fn a_token_whose_successor_was_used_is_stolen_however_soon_it_comes() {
        let presented = Presented {
            generation: 5,
            rotated_at: NOW,
            ..presented()
        };
        assert_eq!(presented.judge(NOW), Judgement::Reused);
    }

    #[test]
    fn nothing_outlives_its_end_its_family_or_a_revocation() {
        let cases = [
            Presented {
                token_expires_at: NOW,
                ..presented()
            },
            Presented {
                expires_at: NOW,
                ..presented()
            },
            Presented {
                revoked_at: Some(NOW),
                ..presented()
            },
            Presented {
                revoked_at: Some(NOW),
                generation: 9,
                ..presented()
            },
        ];
        for case in cases {
            assert_eq!(case.judge(NOW), Judgement::Over, "{case:?}");
        }
    }

    #[test]
    fn a_token_lives_as_long_as_its_client_says_and_never_longer_than_its_family() {
        let day = Duration::from_hours(24);
        let lifetimes = RefreshLifetimes {
            web: 7 * day,
            mobile: 30 * day,
        };
        let end = family_end(NOW);

        assert_eq!(lifetimes.end(Client::Web, end, NOW), NOW.plus(7 * day));
        assert_eq!(lifetimes.end(Client::Mobile, end, NOW), NOW.plus(30 * day));
        assert_eq!(
            lifetimes.end(Client::Mobile, end, NOW.plus(80 * day)),
            NOW.plus(90 * day)
        );
    }
}
