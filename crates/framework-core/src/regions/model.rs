use serde::Serialize;

use crate::ids::RegionId;
use crate::money::Currency;

/// A region: countries that the shop sells to at the same prices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Region {
    /// The region's id.
    pub id: RegionId,
    /// The name.
    pub name: String,
    /// The currency of its prices.
    pub currency: Currency,
    /// The countries that goods are sent to, in the order of their codes.
    pub countries: Vec<Country>,
}

/// A country of a region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Country {
    /// ISO 3166-1 alpha-2 code in upper case, such as `DE`: what an address has.
    pub code: String,
    /// The name, as the shop writes it.
    pub name: String,
}
