//! Sort orders, written `field_ASC` or `field_DESC` such as `createdAt_DESC`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

/// Ascending or descending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest, earliest, A first.
    Ascending,
    /// Largest, latest, Z first.
    Descending,
}

/// A field that a list can be sorted by. Each list has its own.
pub trait SortField: Copy + Eq + fmt::Debug + Send + Sync + 'static {
    /// Every field with the name that requests use.
    const NAMES: &'static [(&'static str, Self)];
}

/// A field and a direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort<F> {
    /// What to sort by.
    pub field: F,
    /// Which way.
    pub direction: Direction,
}

impl<F: SortField> Sort<F> {
    /// Smallest, earliest, A first.
    pub fn ascending(field: F) -> Self {
        Self { field, direction: Direction::Ascending }
    }

    /// Largest, latest, Z first.
    pub fn descending(field: F) -> Self {
        Self { field, direction: Direction::Descending }
    }
}

/// A text that is no sort order of this list.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be one of {fields} followed by _ASC or _DESC, such as {example}_DESC")]
pub struct InvalidSort {
    fields: String,
    example: &'static str,
}

impl<F: SortField> FromStr for Sort<F> {
    type Err = InvalidSort;

    fn from_str(text: &str) -> Result<Self, InvalidSort> {
        let parsed = text.rsplit_once('_').and_then(|(name, order)| {
            let field = F::NAMES.iter().find(|(known, _)| *known == name)?.1;
            let direction = match order {
                "ASC" => Direction::Ascending,
                "DESC" => Direction::Descending,
                _ => return None,
            };
            Some(Self { field, direction })
        });
        parsed.ok_or_else(|| InvalidSort {
            fields: F::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", "),
            example: F::NAMES.first().map_or("", |(name, _)| name),
        })
    }
}

impl<'de, F: SortField> Deserialize<'de> for Sort<F> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Field {
        Name,
        CreatedAt,
    }

    impl SortField for Field {
        const NAMES: &'static [(&'static str, Self)] = &[("name", Self::Name), ("createdAt", Self::CreatedAt)];
    }

    #[test]
    fn reads_field_and_direction() {
        assert_eq!("createdAt_DESC".parse(), Ok(Sort::descending(Field::CreatedAt)));
        assert_eq!("name_ASC".parse(), Ok(Sort::ascending(Field::Name)));
    }

    #[test]
    fn refuses_what_it_does_not_know_and_says_what_there_is() {
        for text in ["", "name", "name_asc", "_ASC", "price_ASC", "created_at_DESC", "-name", "name:asc"] {
            let error = text.parse::<Sort<Field>>().expect_err(text).to_string();
            assert_eq!(error, "must be one of name, createdAt followed by _ASC or _DESC, such as name_DESC");
        }
    }
}
