//! Which paths there are, which methods they know, and what each operation asks of its callers.

use http::Method;
use percent_encoding::percent_decode_str;

use crate::{
    access::Role,
    budget::Tier,
    rules::{self, Field},
};

/// A path of the contract.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Path {
    Health,
    Sessions,
    Quotes,
    Routes,
    Parcels,
    Parcel(String),
    Instructions(String),
    Label(String),
    Cancel(String),
    Status(String),
    Bookings,
    Booking(String),
}

/// An operation of the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Operation {
    GetHealth,
    OpenSession,
    GetQuote,
    PlanRoutes,
    ListParcels,
    RegisterParcel,
    ReadParcel,
    ChangeParcel,
    DropParcel,
    InstructParcel,
    PrintLabel,
    CancelParcel,
    MoveParcel,
    FollowBookings,
    BookPickup,
    ReadBooking,
}

/// What an operation asks for before it runs.
pub(crate) struct Demands {
    /// None: anybody may call it.
    pub(crate) access: Option<Access>,
    pub(crate) tier: Option<Tier>,
    /// The media type of the body that it takes.
    pub(crate) body: Option<&'static str>,
    pub(crate) query: &'static [Field],
    pub(crate) headers: &'static [Field],
    /// Whether `Idempotency-Key` is honoured, and needed.
    pub(crate) takes_key: bool,
}

/// Who may call an operation.
pub(crate) struct Access {
    /// Any role will do when this is empty.
    pub(crate) roles: &'static [Role],
    /// None: keys are not taken.
    pub(crate) scope: Option<&'static str>,
}

impl Path {
    /// Reads the path of a request. None is a path that the contract does not have.
    pub(crate) fn read(path: &str) -> Option<Self> {
        let segments: Option<Vec<String>> = path
            .strip_prefix('/')?
            .split('/')
            .map(|segment| {
                let text = percent_decode_str(segment).decode_utf8().ok()?;
                (!text.is_empty()).then(|| text.into_owned())
            })
            .collect();
        let segments = segments?;
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        Some(match segments.as_slice() {
            ["health"] => Self::Health,
            ["v1", "sessions"] => Self::Sessions,
            ["v1", "quotes"] => Self::Quotes,
            ["v1", "routes"] => Self::Routes,
            ["v1", "parcels"] => Self::Parcels,
            ["v1", "parcels", id] => Self::Parcel((*id).to_owned()),
            ["v1", "parcels", id, "instructions"] => Self::Instructions((*id).to_owned()),
            ["v1", "parcels", id, "label"] => Self::Label((*id).to_owned()),
            ["v1", "parcels", id, "cancel"] => Self::Cancel((*id).to_owned()),
            ["v1", "parcels", id, "status"] => Self::Status((*id).to_owned()),
            ["v1", "bookings"] => Self::Bookings,
            ["v1", "bookings", id] => Self::Booking((*id).to_owned()),
            _ => return None,
        })
    }

    /// The id in the path.
    pub(crate) fn id(&self) -> Option<&str> {
        match self {
            Self::Parcel(id)
            | Self::Instructions(id)
            | Self::Label(id)
            | Self::Cancel(id)
            | Self::Status(id)
            | Self::Booking(id) => Some(id),
            _ => None,
        }
    }

    /// What can be done here.
    pub(crate) const fn operations(&self) -> &'static [(Method, Operation)] {
        match self {
            Self::Health => &[(Method::GET, Operation::GetHealth)],
            Self::Sessions => &[(Method::POST, Operation::OpenSession)],
            Self::Quotes => &[(Method::GET, Operation::GetQuote)],
            Self::Routes => &[(Method::GET, Operation::PlanRoutes)],
            Self::Parcels => &[
                (Method::GET, Operation::ListParcels),
                (Method::POST, Operation::RegisterParcel),
            ],
            Self::Parcel(_) => &[
                (Method::GET, Operation::ReadParcel),
                (Method::PATCH, Operation::ChangeParcel),
                (Method::DELETE, Operation::DropParcel),
            ],
            Self::Instructions(_) => &[(Method::PUT, Operation::InstructParcel)],
            Self::Label(_) => &[(Method::GET, Operation::PrintLabel)],
            Self::Cancel(_) => &[(Method::POST, Operation::CancelParcel)],
            Self::Status(_) => &[(Method::PATCH, Operation::MoveParcel)],
            Self::Bookings => &[
                (Method::GET, Operation::FollowBookings),
                (Method::POST, Operation::BookPickup),
            ],
            Self::Booking(_) => &[(Method::GET, Operation::ReadBooking)],
        }
    }
}

const ANYBODY_KNOWN: Option<Access> = Some(Access {
    roles: &[],
    scope: None,
});
const READERS: Option<Access> = Some(Access {
    roles: &[],
    scope: Some("parcels:read"),
});
const WRITERS: Option<Access> = Some(Access {
    roles: &[],
    scope: Some("parcels:write"),
});
const STAFF: Option<Access> = Some(Access {
    roles: &[Role::Staff],
    scope: None,
});
const JSON: Option<&str> = Some("application/json");

impl Operation {
    pub(crate) const fn demands(self) -> Demands {
        let plain = Demands {
            access: ANYBODY_KNOWN,
            tier: Some(Tier::General),
            body: None,
            query: &[],
            headers: &[],
            takes_key: false,
        };
        match self {
            Self::GetHealth => Demands {
                access: None,
                tier: None,
                ..plain
            },
            Self::OpenSession => Demands {
                access: None,
                tier: Some(Tier::Auth),
                body: JSON,
                ..plain
            },
            Self::GetQuote => Demands {
                query: rules::QUOTE_QUERY,
                ..plain
            },
            Self::PlanRoutes => Demands {
                tier: Some(Tier::Heavy),
                ..plain
            },
            Self::ListParcels => Demands {
                access: READERS,
                query: rules::LIST_QUERY,
                ..plain
            },
            Self::RegisterParcel => Demands {
                access: WRITERS,
                body: JSON,
                headers: rules::DESK_HEADER,
                ..plain
            },
            Self::ReadParcel => Demands {
                access: READERS,
                headers: rules::NONE_MATCH_HEADER,
                ..plain
            },
            Self::ChangeParcel => Demands {
                access: WRITERS,
                body: JSON,
                headers: rules::MATCH_HEADER,
                ..plain
            },
            Self::DropParcel => Demands {
                access: WRITERS,
                ..plain
            },
            Self::InstructParcel => Demands {
                access: WRITERS,
                body: Some("text/plain"),
                ..plain
            },
            Self::PrintLabel | Self::CancelParcel | Self::ReadBooking => plain,
            Self::MoveParcel => Demands {
                access: STAFF,
                body: JSON,
                ..plain
            },
            Self::FollowBookings => Demands {
                query: rules::FEED_QUERY,
                ..plain
            },
            Self::BookPickup => Demands {
                body: JSON,
                takes_key: true,
                ..plain
            },
        }
    }
}
