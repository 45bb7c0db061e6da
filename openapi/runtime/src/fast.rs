//! The fast path of bodies: what typed deserialization needs so that it never accepts what the slow
//! path refuses.
//!
//! serde alone is too kind: it takes arrays for structs, null for absent members, the last of
//! repeated keys, three spellings of a UUID. The adaptors here are put together like the types they
//! read: `Present<List<Strict>>` reads an `Option<Vec<Uuid>>`.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use crate::rules::Only;
use crate::{FromText, Map, Patch};

mod tagged;

pub use tagged::{Tagged, tagged};

/// For `deserialize_with`: reads a value through the adaptor `A`.
///
/// # Errors
/// When the value is none of the adaptor's.
pub fn read<'de, A: As<'de, T>, T, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    A::read(deserializer)
}

/// Reads a text and makes it a value; for enums and formats.
///
/// # Errors
/// When there is no text, or no value of this text.
pub fn text<'de, T: FromText, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

/// Makes a deserializer refuse arrays where a struct is read.
pub const fn object<D>(deserializer: D) -> ObjectOnly<D> {
    ObjectOnly(deserializer)
}

/// Accepts nothing, so that the slow path decides.
///
/// # Errors
/// Always.
pub fn decline<'de, T, D: Deserializer<'de>>(_deserializer: D) -> Result<T, D::Error> {
    Err(D::Error::custom("left to the slow path"))
}

/// Reads a member that has one possible value.
///
/// # Errors
/// When it has another.
pub fn only<'de, D: Deserializer<'de>>(deserializer: D, rule: &Only) -> Result<(), D::Error> {
    let node = crate::Node::deserialize(deserializer)?;
    if rule.is(&node) {
        Ok(())
    } else {
        Err(D::Error::custom("another value than the only one"))
    }
}

/// How a value of type `T` is read.
pub trait As<'de, T> {
    /// Reads the value.
    ///
    /// # Errors
    /// When there is no such value.
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// A type whose own `Deserialize` is strict: numbers, booleans, texts, generated types, maps of them.
#[derive(Debug)]
pub struct Same;

impl<'de, T: Deserialize<'de>> As<'de, T> for Same {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// A type that is written as text and whose own `Deserialize` reads more than the contract promises.
#[derive(Debug)]
pub struct Strict;

impl<'de, T: FromText> As<'de, T> for Strict {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        text(deserializer)
    }
}

/// A member that may be left out (with `default`) but is not null.
#[derive(Debug)]
pub struct Present<A>(PhantomData<A>);

impl<'de, T, A: As<'de, T>> As<'de, Option<T>> for Present<A> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        A::read(deserializer).map(Some)
    }
}

/// A value or null.
#[derive(Debug)]
pub struct OrNull<A>(PhantomData<A>);

impl<'de, T, A: As<'de, T>> As<'de, Option<T>> for OrNull<A> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_option(NullableVisitor::<A, T>(PhantomData))
    }
}

/// A member that may be left out (with `default`) and may be null.
#[derive(Debug)]
pub struct OrAbsent<A>(PhantomData<A>);

impl<'de, T, A: As<'de, T>> As<'de, Patch<T>> for OrAbsent<A> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Patch<T>, D::Error> {
        Ok(OrNull::<A>::read(deserializer)?.map_or(Patch::Null, Patch::Value))
    }
}

/// A list.
#[derive(Debug)]
pub struct List<A>(PhantomData<A>);

impl<'de, T, A: As<'de, T>> As<'de, Vec<T>> for List<A> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        deserializer.deserialize_seq(ListVisitor::<A, T>(PhantomData))
    }
}

/// A map without repeated keys.
#[derive(Debug)]
pub struct Entries<A>(PhantomData<A>);

impl<'de, T, A: As<'de, T>> As<'de, Map<T>> for Entries<A> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Map<T>, D::Error> {
        deserializer.deserialize_map(EntriesVisitor::<A, T>(PhantomData))
    }
}

/// A value behind a pointer.
#[derive(Debug)]
pub struct Boxed<A>(PhantomData<A>);

impl<'de, T, A: As<'de, T>> As<'de, Box<T>> for Boxed<A> {
    fn read<D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        A::read(deserializer).map(Box::new)
    }
}

/// See [`object`].
#[derive(Debug)]
pub struct ObjectOnly<D>(D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectOnly<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// Lets an adaptor read an element inside a list or a map.
struct Seed<A, T>(PhantomData<fn() -> (A, T)>);

impl<'de, T, A: As<'de, T>> serde::de::DeserializeSeed<'de> for Seed<A, T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        A::read(deserializer)
    }
}

struct TextVisitor<T>(PhantomData<fn() -> T>);

impl<T: FromText> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        T::from_text(text).ok_or_else(|| E::custom("not such a text"))
    }
}

struct NullableVisitor<A, T>(PhantomData<fn() -> (A, T)>);

impl<'de, T, A: As<'de, T>> Visitor<'de> for NullableVisitor<A, T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        A::read(deserializer).map(Some)
    }
}

struct ListVisitor<A, T>(PhantomData<fn() -> (A, T)>);

impl<'de, T, A: As<'de, T>> Visitor<'de> for ListVisitor<A, T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<Vec<T>, S::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Seed::<A, T>(PhantomData))? {
            list.push(item);
        }
        Ok(list)
    }
}

struct EntriesVisitor<A, T>(PhantomData<fn() -> (A, T)>);

impl<'de, T, A: As<'de, T>> Visitor<'de> for EntriesVisitor<A, T> {
    type Value = Map<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Map<T>, M::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let value = members.next_value_seed(Seed::<A, T>(PhantomData))?;
            if map.insert(name, value).is_some() {
                return Err(M::Error::custom("a name is given more than once"));
            }
        }
        Ok(map)
    }
}

#[cfg(test)]
mod tests;
