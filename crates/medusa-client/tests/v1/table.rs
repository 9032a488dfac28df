//! The page of the book that says where each endpoint was seen to work.
//!
//! After a change: `WRITE_MEDUSA_1_CLIENT=1 cargo test -p o2s-medusa-client --test v1 table`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use http::StatusCode;
use o2s_medusa_client::testing::Exchange;
use o2s_medusa_client::v1::store::{
    StoreEndpoint, addresses, auth, carts, categories, collections, completion, customers, discounts, gift_cards,
    line_items, order_edits, orders, passwords, payment_collections, payment_sessions, product_tags, product_types,
    products, regions, return_reasons, returns, shipping_methods, shipping_options, swaps, variants,
};

use crate::shop::{folder, recording};

const BEGIN: &str = "<!-- endpoints:begin -->";
const END: &str = "<!-- endpoints:end -->";
/// Set, it makes the test write the page.
const WRITE: &str = "WRITE_MEDUSA_1_CLIENT";

/// Which edition of the documents has an endpoint.
#[derive(Clone, Copy)]
enum Edition {
    Both,
    Y2021,
    Y2023,
    Neither,
}

use Edition::{Both, Neither, Y2021, Y2023};

impl Edition {
    fn name(self) -> &'static str {
        match self {
            Both => "2021, 2023",
            Y2021 => "2021",
            Y2023 => "2023",
            Neither => "–",
        }
    }
}

/// All endpoints of both documents, and the one that the server has beside them.
const DOCUMENTED: [(&str, &str, Edition); 68] = [
    ("GET", "/store/auth", Both),
    ("POST", "/store/auth", Both),
    ("DELETE", "/store/auth", Both),
    ("GET", "/store/auth/:email", Both),
    ("POST", "/store/carts", Both),
    ("GET", "/store/carts/:id", Both),
    ("POST", "/store/carts/:id", Both),
    ("POST", "/store/carts/:id/complete", Both),
    ("DELETE", "/store/carts/:id/discounts/:code", Both),
    ("POST", "/store/carts/:id/line-items", Both),
    ("POST", "/store/carts/:id/line-items/:line_id", Both),
    ("DELETE", "/store/carts/:id/line-items/:line_id", Both),
    ("POST", "/store/carts/:id/payment-session", Both),
    ("POST", "/store/carts/:id/payment-sessions", Both),
    ("POST", "/store/carts/:id/payment-sessions/:provider_id", Both),
    ("DELETE", "/store/carts/:id/payment-sessions/:provider_id", Both),
    ("POST", "/store/carts/:id/payment-sessions/:provider_id/refresh", Y2023),
    ("POST", "/store/carts/:id/shipping-methods", Both),
    ("POST", "/store/carts/:id/taxes", Y2023),
    ("POST", "/store/customers", Both),
    ("GET", "/store/customers/me", Both),
    ("POST", "/store/customers/me", Both),
    ("POST", "/store/customers/me/addresses", Y2023),
    ("POST", "/store/customers/me/addresses/:address_id", Both),
    ("DELETE", "/store/customers/me/addresses/:address_id", Y2023),
    ("GET", "/store/customers/me/orders", Both),
    ("GET", "/store/customers/me/payment-methods", Both),
    ("POST", "/store/customers/password-reset", Y2023),
    ("POST", "/store/customers/password-token", Both),
    ("GET", "/store/gift-cards/:code", Both),
    ("GET", "/store/order-edits/:id", Y2023),
    ("POST", "/store/order-edits/:id/complete", Y2023),
    ("POST", "/store/order-edits/:id/decline", Y2023),
    ("GET", "/store/orders", Both),
    ("POST", "/store/orders/batch/customer/token", Y2023),
    ("GET", "/store/orders/cart/:cart_id", Both),
    ("POST", "/store/orders/customer/confirm", Y2023),
    ("GET", "/store/orders/:id", Both),
    ("GET", "/store/payment-collections/:id", Y2023),
    ("POST", "/store/payment-collections/:id/sessions", Y2023),
    ("POST", "/store/payment-collections/:id/sessions/batch", Y2023),
    ("POST", "/store/payment-collections/:id/sessions/batch/authorize", Y2023),
    ("POST", "/store/payment-collections/:id/sessions/:session_id", Y2023),
    ("POST", "/store/payment-collections/:id/sessions/:session_id/authorize", Y2023),
    ("GET", "/store/product-categories", Y2023),
    ("GET", "/store/product-categories/:id", Y2023),
    ("GET", "/store/collections", Both),
    ("GET", "/store/collections/:id", Both),
    ("GET", "/store/product-tags", Y2023),
    ("GET", "/store/product-types", Y2023),
    ("GET", "/store/variants", Both),
    ("GET", "/store/variants/:id", Both),
    ("GET", "/store/products", Both),
    ("POST", "/store/products/search", Y2023),
    ("GET", "/store/products/:id", Both),
    ("GET", "/store/regions", Both),
    ("GET", "/store/regions/:id", Both),
    ("GET", "/store/return-reasons", Both),
    ("GET", "/store/return-reasons/:id", Both),
    ("POST", "/store/returns", Both),
    ("GET", "/store/shipping-options", Both),
    ("GET", "/store/shipping-options/:cart_id", Both),
    ("POST", "/store/swaps", Both),
    ("GET", "/store/swaps/:cart_id", Both),
    ("POST", "/store/customers/:id/addresses", Y2021),
    ("DELETE", "/store/customers/:id/addresses/:address_id", Y2021),
    ("POST", "/store/customers/reset-password", Y2021),
    ("POST", "/store/auth/token", Neither),
];

/// An endpoint of ours, and the recording of an answer.
struct Row {
    method: String,
    route: &'static str,
    name: &'static str,
    recording: &'static str,
}

fn row<E: StoreEndpoint>(recording: &'static str) -> Row {
    let name = std::any::type_name::<E>();
    let name = name.strip_prefix("o2s_medusa_client::").unwrap();
    Row { method: E::METHOD.to_string(), route: E::ROUTE, name: name.split('<').next().unwrap(), recording }
}

#[allow(deprecated, reason = "what moved has rows as well")]
fn rows() -> Vec<Row> {
    vec![
        row::<auth::GetSession>("auth-get-session"),
        row::<auth::Login>("auth-login"),
        row::<auth::Logout>("auth-logout"),
        row::<auth::EmailExists>("auth-email-exists"),
        row::<auth::CreateToken>("auth-token"),
        row::<carts::CreateCart>("carts-create"),
        row::<carts::GetCart>("carts-get"),
        row::<carts::UpdateCart>("carts-update-addresses"),
        row::<completion::CompleteCart>("carts-complete"),
        row::<discounts::RemoveDiscount>("discount-remove"),
        row::<line_items::AddLineItem>("line-items-add"),
        row::<line_items::UpdateLineItem>("line-items-update"),
        row::<line_items::DeleteLineItem>("line-items-delete"),
        row::<payment_sessions::SelectPaymentSession>("payment-session-set"),
        row::<payment_sessions::CreatePaymentSessions>("payment-sessions-create"),
        row::<payment_sessions::UpdatePaymentSession>("payment-session-update"),
        row::<payment_sessions::DeletePaymentSession>("payment-session-delete"),
        row::<payment_sessions::RefreshPaymentSession>("payment-session-refresh"),
        row::<shipping_methods::AddShippingMethod>("shipping-method-add"),
        row::<carts::CalculateTaxes>("carts-calculate-taxes"),
        row::<customers::CreateCustomer>("customers-create"),
        row::<customers::GetMe>("customers-me"),
        row::<customers::UpdateMe>("customers-update-billing-address"),
        row::<addresses::CreateAddress>("customers-address-add"),
        row::<addresses::UpdateAddress>("customers-address-update"),
        row::<addresses::DeleteAddress>("customers-address-delete"),
        row::<orders::ListOrders>("customers-orders-list"),
        row::<customers::ListPaymentMethods>("customers-payment-methods"),
        row::<passwords::ResetPassword>("customers-password-reset"),
        row::<passwords::RequestPasswordReset>("customers-password-token"),
        row::<gift_cards::GetGiftCard>("gift-cards-get"),
        row::<order_edits::GetOrderEdit>("order-edits-get"),
        row::<order_edits::CompleteOrderEdit>("order-edits-complete"),
        row::<order_edits::DeclineOrderEdit>("order-edits-decline"),
        row::<orders::LookUpOrder>("orders-lookup"),
        row::<orders::ClaimOrders>("orders-claim-token"),
        row::<orders::GetOrderOfCart>("orders-by-cart"),
        row::<orders::ConfirmClaim>("orders-claim-confirm"),
        row::<orders::GetOrder>("orders-get"),
        row::<payment_collections::GetPaymentCollection>("payment-collections-get"),
        row::<payment_collections::SetSession>("payment-collections-session"),
        row::<payment_collections::SetSessions>("payment-collections-sessions-batch"),
        row::<payment_collections::AuthorizeSessions>("payment-collections-batch-authorize"),
        row::<payment_collections::RefreshSession>("payment-collections-session-refresh"),
        row::<payment_collections::AuthorizeSession>("payment-collections-session-authorize"),
        row::<categories::ListCategories>("categories-list"),
        row::<categories::GetCategory>("categories-get"),
        row::<collections::ListCollections>("collections-list"),
        row::<collections::GetCollection>("collections-get"),
        row::<product_tags::ListProductTags>("tags-list"),
        row::<product_types::ListProductTypes>("types-list"),
        row::<variants::ListVariants>("variants-list"),
        row::<variants::GetVariant>("variants-get"),
        row::<products::ListProducts>("products-list-priced"),
        row::<products::SearchProducts>("products-search"),
        row::<products::GetProduct>("products-get-sale"),
        row::<regions::ListRegions>("regions-list-paged"),
        row::<regions::GetRegion>("regions-get"),
        row::<return_reasons::ListReturnReasons>("return-reasons-list"),
        row::<return_reasons::GetReturnReason>("return-reasons-get"),
        row::<returns::CreateReturn>("returns-create"),
        row::<shipping_options::ListShippingOptions>("shipping-options-list"),
        row::<shipping_options::ListCartShippingOptions>("shipping-options-for-cart"),
        row::<swaps::CreateSwap>("swaps-create"),
        row::<swaps::GetSwapOfCart>("swaps-by-cart"),
        row::<addresses::LegacyCreateAddress>("legacy-customers-id-addresses"),
        row::<addresses::LegacyDeleteAddress>("legacy-customers-id-address-delete"),
        row::<passwords::LegacyResetPassword>("legacy-customers-reset-password"),
    ]
}

/// Method and path with nothing in the place of each variable segment.
fn key(method: &str, path: &str) -> String {
    let is_variable = |segment: &&str| segment.starts_with([':', '{']);
    let segments: Vec<&str> =
        path.split('/').map(|segment| if is_variable(&segment) { "{}" } else { segment }).collect();
    format!("{method} {}", segments.join("/"))
}

fn editions() -> BTreeMap<String, Edition> {
    DOCUMENTED.iter().map(|(method, path, edition)| (key(method, path), *edition)).collect()
}

/// Whether a request was made to this endpoint.
fn fits(row: &Row, exchange: &Exchange) -> bool {
    let path = exchange.request.path.split('?').next().unwrap();
    let (asked, route): (Vec<_>, Vec<_>) = (path.split('/').collect(), row.route.split('/').collect());
    exchange.request.method == row.method
        && asked.len() == route.len()
        && asked.iter().zip(&route).all(|(asked, part)| part.starts_with('{') || asked == part)
}

/// The tests beside this one.
fn tests() -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/v1");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.filter(|path| !path.ends_with("table.rs")).map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn every_endpoint_of_the_documents_has_a_type() {
    let ours: BTreeSet<String> = rows().iter().map(|row| key(&row.method, row.route)).collect();
    let documented: BTreeSet<String> = editions().into_keys().collect();
    assert_eq!(ours, documented);
    assert_eq!((rows().len(), documented.len()), (DOCUMENTED.len(), DOCUMENTED.len()), "no endpoint twice");
}

#[test]
fn every_endpoint_was_seen_to_work_and_is_tested_with_what_was_seen() {
    let tests = tests();
    let editions = editions();
    for row in rows() {
        let Row { name, recording: seen, .. } = &row;
        let exchange = recording(seen);
        assert!(fits(&row, &exchange), "{seen} is no recording of {name}");
        let status = StatusCode::from_u16(exchange.response.status).unwrap();
        let has_moved = matches!(editions[&key(&row.method, row.route)], Y2021);
        assert_eq!(status.is_success(), !has_moved, "{name} in {seen}");
        assert!(tests.contains(&format!("\"{seen}\"")), "no test plays {seen} to {name}");
    }
}

#[test]
fn every_recording_is_read_by_a_test() {
    let tests = tests();
    let files = std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let unread: Vec<PathBuf> =
        files.filter(|path| !tests.contains(&format!("\"{}\"", path.file_stem().unwrap().to_str().unwrap()))).collect();
    assert_eq!(unread, Vec::<PathBuf>::new());
}

/// The table, in the order of routes and methods.
fn table() -> String {
    let editions = editions();
    let mut rows = rows();
    rows.sort_by(|one, other| (one.route, &one.method).cmp(&(other.route, &other.method)));
    let mut table = "| endpoint | type | editions | seen in | status |\n| --- | --- | --- | --- | --- |\n".to_owned();
    for row in &rows {
        let Row { method, route, name, recording: seen } = row;
        let edition = editions[&key(method, route)].name();
        let status = recording(seen).response.status;
        let file = format!("../../crates/medusa-client/tests/recordings/v1/{seen}.json");
        writeln!(table, "| `{method} {route}` | `{name}` | {edition} | [{seen}]({file}) | {status} |").unwrap();
    }
    table
}

#[test]
fn the_page_of_the_book_has_the_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reference/medusa-1-client.md");
    let page = std::fs::read_to_string(&path).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}\n\n{}\n{END}{after}", table());
    if std::env::var_os(WRITE).is_some() {
        std::fs::write(&path, &wanted).unwrap();
    } else {
        assert!(page == wanted, "the table is out of date: {WRITE}=1 cargo test -p o2s-medusa-client --test v1 table");
    }
}
