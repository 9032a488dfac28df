use std::borrow::Cow;

use o2s_framework_core::carts::ListCarts;
use o2s_framework_core::customers::ListAddresses;
use o2s_framework_core::error::Violation;
use o2s_framework_core::orders::{GetOrder, ListOrders};
use o2s_framework_core::payments::ListProviders;
use o2s_framework_core::products::{GetProduct, ListCategories, ListCollections, ListProducts};
use o2s_framework_core::regions::ListRegions;
use o2s_framework_core::resources::{ListAssets, ListServices, WindowQuery};
use o2s_framework_core::returns::ListReturnReasons;
use serde::de::value::MapDeserializer;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::add;
use crate::strict;

/// The parameters of a query.
pub(crate) trait QueryParameters: DeserializeOwned + Send {
    /// What is wrong with parameters that are good one by one.
    fn check(&self) -> Vec<Violation> {
        Vec::new()
    }
}

/// A route that takes no parameters: any is refused, for none is silently dropped.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoParameters {}

impl QueryParameters for NoParameters {}
impl QueryParameters for ListProducts {}
impl QueryParameters for GetProduct {}
impl QueryParameters for ListCategories {}
impl QueryParameters for ListCollections {}
impl QueryParameters for ListRegions {}
impl QueryParameters for ListCarts {}
impl QueryParameters for ListAddresses {}
impl QueryParameters for GetOrder {}
impl QueryParameters for ListReturnReasons {}
impl QueryParameters for ListProviders {}
impl QueryParameters for ListAssets {}
impl QueryParameters for ListServices {}
impl QueryParameters for WindowQuery {}

impl QueryParameters for ListOrders {
    fn check(&self) -> Vec<Violation> {
        self.violations()
    }
}

/// How many faults are looked for in one query.
const MOST_FAULTS: usize = 20;

/// Reads the parameters; none where they are wrong, which is then told among the violations.
pub(super) fn take<Q: QueryParameters>(query: &str, violations: &mut Vec<Violation>) -> Option<Q> {
    let mut pairs: Vec<(Cow<'_, str>, Cow<'_, str>)> = url::form_urlencoded::parse(query.as_bytes()).collect();
    for _ in 0..MOST_FAULTS {
        let map = MapDeserializer::new(pairs.iter().map(|(name, text)| (name.as_ref(), Text(text))));
        let error = match serde_path_to_error::deserialize::<_, Q>(map) {
            Ok(parameters) => {
                for violation in parameters.check() {
                    add(violations, violation);
                }
                return Some(parameters);
            }
            Err(error) => error,
        };
        let path = error.path().to_string();
        let strict::Fault { field, message, missing } = strict::fault(&path, &error.inner().to_string());
        add(violations, Violation::new(field.as_str(), message));
        // The others are looked at without it; what is missing is put in by a stand-in that no text type refuses.
        let before = pairs.len();
        pairs.retain(|(name, _)| *name != field);
        if missing {
            pairs.push((Cow::Owned(field), Cow::Borrowed("x")));
        } else if pairs.len() == before {
            break;
        }
    }
    None
}

/// The text of a parameter, which may stand for a number.
struct Text<'a>(&'a str);

impl IntoDeserializer<'_, serde::de::value::Error> for Text<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Text<'_> {
    type Error = serde::de::value::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_str(self.0)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        match self.0.parse() {
            Ok(number) => visitor.visit_u32(number),
            Err(_) => Err(Self::Error::custom(format!("must be a whole number from 0, not {:?}", self.0))),
        }
    }

    /// A bare name asks for nothing: front ends send one for what is null or empty.
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.0.is_empty() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        IntoDeserializer::<Self::Error>::into_deserializer(self.0).deserialize_enum(name, variants, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::orders::OrderStatus;
    use o2s_framework_core::products::ProductType;

    use super::*;

    fn refused<Q: QueryParameters>(query: &str) -> Vec<String> {
        let mut violations = Vec::new();
        let _ = take::<Q>(query, &mut violations);
        violations.into_iter().map(|violation| format!("{}: {}", violation.field, violation.message)).collect()
    }

    #[test]
    fn parameters_are_typed() {
        let mut violations = Vec::new();
        let query = "type=VIRTUAL&category=Power+Tools&sort=name_ASC&locale=de&basePath=%2Fshop&limit=3&offset=6";
        let products: ListProducts = take(query, &mut violations).unwrap();
        assert_eq!(products.kind, Some(ProductType::Virtual));
        assert_eq!(products.category.as_deref(), Some("Power Tools"));
        assert_eq!((products.page().limit, products.page().offset), (3, 6));
        let orders: ListOrders = take("status=completed&dateFrom=2026-01-01&limit=&locale", &mut violations).unwrap();
        assert_eq!((orders.status, orders.limit), (Some(OrderStatus::Completed), None));
        assert!(violations.is_empty());
    }

    #[test]
    fn everything_that_is_wrong_is_told() {
        assert_eq!(
            refused::<ListProducts>("limit=-1&offset=x&sort=size_UP&type=GAS&lokale=de&basePath=javascript:x"),
            [
                "limit: must be a whole number from 0, not \"-1\"",
                "offset: must be a whole number from 0, not \"x\"",
                "sort: must be one of name, price, createdAt, updatedAt followed by _ASC or _DESC, such as name_DESC",
                "type: must be one of PHYSICAL, VIRTUAL",
                "lokale: is not known here; did you mean locale?",
                "basePath: must be a safe path such as /products",
            ]
        );
        assert_eq!(refused::<ListProducts>("limit=1001"), ["limit: must be at most 1000"]);
        assert_eq!(refused::<ListProducts>("limit=1&limit=2"), ["limit: is given more than once"]);
        assert_eq!(
            refused::<ListOrders>("dateFrom=2026-02-01&dateTo=2026-01-01"),
            ["dateTo: must not be before dateFrom"]
        );
        assert_eq!(
            refused::<ListProviders>("local=de"),
            ["local: is not known here; did you mean locale?", "regionId: is required"]
        );
        assert_eq!(refused::<ListProviders>("regionId="), ["regionId: must not be empty"]);
        assert_eq!(refused::<NoParameters>("a=1"), ["a: is not known here"]);
    }
}
