//! Generated from tests/cases/positive/hostile.yaml (sha256 f6fce4875cf04eeab854f603d010ce897547d2b85aafb597dcdb35c703e4c0ff). Do not edit.
//!
//! The schema `Words`.

use openapi_runtime as rt;

/// Values that are no identifiers. */ (tests/cases/positive/hostile.yaml:81)
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Words {
    /// "" (tests/cases/positive/hostile.yaml:83)
    Empty,
    /// `*/` (tests/cases/positive/hostile.yaml:83)
    Star,
    /// `a"b` (tests/cases/positive/hostile.yaml:83)
    AB,
    /// `c\d` (tests/cases/positive/hostile.yaml:83)
    CD,
    /// `{e}` (tests/cases/positive/hostile.yaml:83)
    E,
    /// `new�line` (tests/cases/positive/hostile.yaml:83)
    NewLine,
    /// `Self` (tests/cases/positive/hostile.yaml:83)
    Self_,
    /// `type` (tests/cases/positive/hostile.yaml:83)
    Type,
    /// `1` (tests/cases/positive/hostile.yaml:83)
    N1,
    /// `+1` (tests/cases/positive/hostile.yaml:83)
    Plus1,
    /// `-1` (tests/cases/positive/hostile.yaml:83)
    Minus1,
    /// `ä` (tests/cases/positive/hostile.yaml:83)
    Ue4,
    /// `g h` (tests/cases/positive/hostile.yaml:83)
    GH,
    /// `�rtl` (tests/cases/positive/hostile.yaml:83)
    Rtl,
}

impl Words {
    /// Every value, in the order of the document.
    pub const ALL: &'static [Self] = &[
        Self::Empty,
        Self::Star,
        Self::AB,
        Self::CD,
        Self::E,
        Self::NewLine,
        Self::Self_,
        Self::Type,
        Self::N1,
        Self::Plus1,
        Self::Minus1,
        Self::Ue4,
        Self::GH,
        Self::Rtl,
    ];

    /// Every value as the document writes it.
    pub const NAMES: &'static [&'static str] = &[
        "",
        "*/",
        "a\"b",
        "c\\d",
        "{e}",
        "new\nline",
        "Self",
        "type",
        "1",
        "+1",
        "-1",
        "ä",
        "g h",
        "\u{202e}rtl",
    ];

    /// The value as the document writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Empty => "",
            Self::Star => "*/",
            Self::AB => "a\"b",
            Self::CD => "c\\d",
            Self::E => "{e}",
            Self::NewLine => "new\nline",
            Self::Self_ => "Self",
            Self::Type => "type",
            Self::N1 => "1",
            Self::Plus1 => "+1",
            Self::Minus1 => "-1",
            Self::Ue4 => "ä",
            Self::GH => "g h",
            Self::Rtl => "\u{202e}rtl",
        }
    }
}

impl rt::FromText for Words {
    fn from_text(text: &str) -> Option<Self> {
        match text {
            "" => Some(Self::Empty),
            "*/" => Some(Self::Star),
            "a\"b" => Some(Self::AB),
            "c\\d" => Some(Self::CD),
            "{e}" => Some(Self::E),
            "new\nline" => Some(Self::NewLine),
            "Self" => Some(Self::Self_),
            "type" => Some(Self::Type),
            "1" => Some(Self::N1),
            "+1" => Some(Self::Plus1),
            "-1" => Some(Self::Minus1),
            "ä" => Some(Self::Ue4),
            "g h" => Some(Self::GH),
            "\u{202e}rtl" => Some(Self::Rtl),
            _ => None,
        }
    }

    fn refuse(out: &mut rt::Violations) {
        out.not_in_enum(Self::NAMES);
    }
}

impl std::str::FromStr for Words {
    type Err = rt::UnknownName;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        rt::FromText::from_text(text).ok_or(rt::UnknownName)
    }
}

impl std::fmt::Display for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Words {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> serde::Deserialize<'de> for Words {
    fn deserialize<D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        rt::fast::text(deserializer)
    }
}

pub(crate) static WORDS_SCHEMA: rt::Schema = rt::Schema {
    name: "Words",
    kind: rt::SchemaKind::Words(Words::NAMES),
};
