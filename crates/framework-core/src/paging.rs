//! Lists: what is asked for and what comes back.

use serde::{Deserialize, Serialize};

use crate::text::InvalidValue;

/// The most items one page may hold.
pub const MAX_LIMIT: u32 = 1000;

/// How many items a page holds when the request does not say: 12 products, 10 of everything else.
pub const DEFAULT_LIMIT: u32 = 10;

/// How many items to return: 0 to 1000; 0 asks for the total alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = u32, maximum = 1000))]
#[serde(try_from = "u32")]
pub struct Limit(u32);

impl Limit {
    /// Takes a number from 0 to [`MAX_LIMIT`].
    pub fn new(items: u32) -> Result<Self, InvalidValue> {
        if items <= MAX_LIMIT { Ok(Self(items)) } else { Err(InvalidValue("must be at most 1000")) }
    }

    /// The number of items.
    pub fn get(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for Limit {
    type Error = InvalidValue;

    fn try_from(items: u32) -> Result<Self, InvalidValue> {
        Self::new(items)
    }
}

/// A window of a list: `limit` items after the first `offset`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many items to return, at most [`MAX_LIMIT`].
    pub limit: u32,
    /// How many items to skip.
    pub offset: u32,
}

impl Page {
    /// The window of a request, `default_limit` items long where the request does not say.
    pub fn of(limit: Option<Limit>, offset: Option<u32>, default_limit: u32) -> Self {
        Self { limit: limit.map_or(default_limit, Limit::get), offset: offset.unwrap_or(0) }
    }

    /// Cuts the window out of a whole list; `total` is the length of the list.
    pub fn cut<T>(self, items: Vec<T>) -> Paginated<T> {
        let total = items.len() as u64;
        let data = items.into_iter().skip(self.offset as usize).take(self.limit as usize).collect();
        Paginated { data, total }
    }
}

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Paginated<T> {
    /// The items of this page.
    pub data: Vec<T>,
    /// How many items there are in all, before the page was cut.
    pub total: u64,
}

impl<T> Paginated<T> {
    /// The whole of a list as one page.
    pub fn whole(data: Vec<T>) -> Self {
        let total = data.len() as u64;
        Self { data, total }
    }

    /// The empty list.
    pub fn empty() -> Self {
        Self { data: Vec::new(), total: 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_keeps_the_total_of_the_list() {
        let page = Page { limit: 2, offset: 1 }.cut(vec![1, 2, 3, 4]);
        assert_eq!(page, Paginated { data: vec![2, 3], total: 4 });
        let beyond = Page { limit: 2, offset: u32::MAX }.cut(vec![1]);
        assert_eq!(beyond, Paginated { data: vec![], total: 1 });
    }

    #[test]
    fn limits_are_bounded() {
        assert!(Limit::new(1000).is_ok() && Limit::new(0).is_ok());
        assert!(Limit::new(1001).is_err());
    }
}
