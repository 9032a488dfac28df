//! Gift cards. Codes are put on a cart with [`UpdateCart`](super::carts::UpdateCart).

use http::Method;
use serde::Deserialize;

use super::StoreEndpoint;
use super::regions::Region;
use crate::amount::Amount;
use crate::endpoint::{Endpoint, Repeat};
use crate::v1::minor_units::MinorUnits;
use crate::v1::types::Metadata;

/// A gift card.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GiftCard {
    /// The id, `gift_…`.
    pub id: String,
    /// The code. Whoever knows it may spend it.
    pub code: Option<String>,
    /// What it was worth, in the currency of its region.
    pub value: Option<MinorUnits>,
    /// What is left of it.
    pub balance: Option<MinorUnits>,
    /// The id of the region that it holds in.
    pub region_id: Option<String>,
    /// The region.
    pub region: Option<Region>,
    /// The order that it was bought with.
    pub order_id: Option<String>,
    /// Whether it was turned off.
    pub is_disabled: Option<bool>,
    /// Until when it holds, RFC 3339.
    pub ends_at: Option<String>,
    /// The tax on what it pays, in percent.
    pub tax_rate: Option<Amount>,
    /// Free-form data.
    pub metadata: Option<Metadata>,
}

/// What a gift card paid of an order.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GiftCardTransaction {
    /// The id, `gct_…`.
    pub id: String,
    /// The gift card's id.
    pub gift_card_id: Option<String>,
    /// The gift card; there when asked for.
    pub gift_card: Option<GiftCard>,
    /// How much it paid.
    pub amount: Option<MinorUnits>,
    /// Whether tax is due on that.
    pub is_taxable: Option<bool>,
    /// That tax, in percent.
    pub tax_rate: Option<Amount>,
    /// When, RFC 3339.
    pub created_at: Option<String>,
}

/// `GET /store/gift-cards/{code}`: a gift card, 404 when the code is unknown.
#[derive(Debug, Clone, Copy, Default)]
pub struct GetGiftCard<'a> {
    /// The code, in capitals.
    pub code: &'a str,
}

/// One gift card.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct GiftCardAnswer {
    /// The gift card.
    pub gift_card: GiftCard,
}

impl Endpoint for GetGiftCard<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/store/gift-cards/{code}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = GiftCardAnswer;

    fn path_values(&self) -> Vec<&str> {
        vec![self.code]
    }
}

impl StoreEndpoint for GetGiftCard<'_> {}
