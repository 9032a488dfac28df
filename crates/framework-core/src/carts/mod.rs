//! Carts: lines, promotions, addresses and the chosen shipping method.

mod model;
mod request;
mod service;

pub use model::{Cart, CartItem, Lines, PaymentMethod, Promotion, PromotionType};
pub use request::{
    AddCartItem, AddShippingMethod, ApplyPromotion, CartSort, CreateCart, ListCarts, UpdateCart, UpdateCartAddresses,
    UpdateCartItem,
};
#[cfg(feature = "mock")]
pub use service::MockCartsService;
pub use service::{CartsOperation, CartsService};
