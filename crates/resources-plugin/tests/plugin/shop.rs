//! A Medusa with the assets-and-services plugin, in memory: a transport that keeps state and counts calls, with the
//! habits of the real one. Lists by route tell everybody's rows, links outlive what they lead to, a service may be for
//! somebody else's asset.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, StatusCode};
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_framework_core::products::ProductsService;
use o2s_framework_core::resources::ResourcesService;
use o2s_medusa_client::transport::{HttpRequest, HttpResponse, Transport, TransportError, TransportErrorKind};
use o2s_medusa_integration::{Medusa, MedusaConfig};
use o2s_resources_plugin::{ResourcesPlugin, ResourcesPluginConfig};
use serde_json::{Value, json};
use url::Url;

/// An asset of the plugin's table, with its links.
#[derive(Clone, Debug)]
pub(crate) struct AssetRow {
    pub(crate) id: String,
    /// The customers that it is linked to.
    pub(crate) owners: Vec<String>,
    pub(crate) variant: Option<&'static str>,
    pub(crate) warranty: Option<String>,
}

/// A service of the plugin's table, with its links.
#[derive(Clone, Debug)]
pub(crate) struct ServiceRow {
    pub(crate) id: String,
    pub(crate) owners: Vec<String>,
    pub(crate) variant: Option<&'static str>,
    pub(crate) status: &'static str,
    pub(crate) payment_type: &'static str,
    pub(crate) start: String,
    pub(crate) end: Option<String>,
    pub(crate) totals: Value,
    pub(crate) assets: Vec<String>,
}

/// What the shop holds.
#[derive(Default)]
pub(crate) struct State {
    pub(crate) assets: Vec<AssetRow>,
    pub(crate) services: Vec<ServiceRow>,
    /// Links whose rows were deleted: `null`s in the lists of a customer.
    pub(crate) dangling: HashMap<String, usize>,
    /// Rows that the list of a customer holds although they say that they are somebody else's, or nobody's.
    pub(crate) strays: HashMap<String, Vec<String>>,
    /// Source variant, kind, target variant (none for one that is gone).
    pub(crate) references: Vec<(&'static str, &'static str, Option<&'static str>)>,
    /// Tokens of the admin user that hold.
    pub(crate) admin_tokens: Vec<String>,
    /// How long the admin user's tokens are good, in seconds.
    pub(crate) admin_token_life: i64,
    /// The longest answer that is read, in bytes, where that matters.
    pub(crate) longest_answer: Option<usize>,
    /// Methods and paths, but for what the integration looks up once in minutes.
    pub(crate) calls: Vec<String>,
}

impl State {
    pub(crate) fn asset(&self, id: &str) -> Option<&AssetRow> {
        self.assets.iter().find(|row| row.id == id)
    }

    pub(crate) fn service(&self, id: &str) -> Option<&ServiceRow> {
        self.services.iter().find(|row| row.id == id)
    }
}

/// Product, handle, title, kind, whether it is for sale, variants (id, SKU, price in EUR).
type ProductRow = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    bool,
    &'static [(&'static str, &'static str, &'static str)],
);

const PRODUCTS: &[ProductRow] = &[
    (
        "prod_drill",
        "drill",
        "Drill",
        "PHYSICAL",
        true,
        &[("var_2ah", "DRILL-2AH", "129.99"), ("var_4ah", "DRILL-4AH", "159.5")],
    ),
    ("prod_saw", "saw", "Saw", "PHYSICAL", true, &[("var_saw", "SAW", "80")]),
    ("prod_battery", "battery", "Battery", "PHYSICAL", true, &[("var_battery", "BATTERY", "49")]),
    ("prod_care", "care", "Care plan", "VIRTUAL", true, &[("var_care", "CARE-1Y", "29.99")]),
    ("prod_tuning", "tuning", "Tuning", "VIRTUAL", true, &[("var_tuning", "TUNING", "15")]),
    ("prod_draft", "draft", "Prototype", "PHYSICAL", false, &[("var_draft", "PROTO", "1")]),
];

fn product_of(variant: &str) -> Option<&'static ProductRow> {
    PRODUCTS.iter().find(|product| product.5.iter().any(|(id, _, _)| *id == variant))
}

/// The shop as a transport.
pub(crate) struct Shop {
    state: Mutex<State>,
}

impl fmt::Debug for Shop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Shop")
    }
}

impl Shop {
    /// Jane with three assets and two services, John with two and one, Mary with none.
    pub(crate) fn new() -> Arc<Self> {
        let asset = |id: &str, owner: &str, variant, warranty: Option<&str>| AssetRow {
            id: id.to_owned(),
            owners: vec![owner.to_owned()],
            variant,
            warranty: warranty.map(str::to_owned),
        };
        let service = |id: &str, owner: &str, status, payment_type, assets: &[&str]| ServiceRow {
            id: id.to_owned(),
            owners: vec![owner.to_owned()],
            variant: Some("var_care"),
            status,
            payment_type,
            start: "2026-01-01T00:00:00.000Z".to_owned(),
            end: Some("2026-12-31T23:59:59.999Z".to_owned()),
            totals: json!({ "currency": "eur", "total_price": { "value": 29.99 } }),
            assets: assets.iter().map(|id| (*id).to_owned()).collect(),
        };
        let state = State {
            assets: vec![
                asset("01JANE1", "cus_jane", Some("var_2ah"), Some("2027-03-31T00:00:00.000Z")),
                asset("01JANE2", "cus_jane", Some("var_4ah"), None),
                asset("01JANE3", "cus_jane", Some("var_draft"), Some("2026-05-01T00:00:00.000Z")),
                asset("01JOHN1", "cus_john", Some("var_2ah"), None),
                asset("01JOHN2", "cus_john", Some("var_saw"), Some("2028-01-01T00:00:00.000Z")),
            ],
            services: vec![
                service("02JANE1", "cus_jane", "ACTIVE", "YEARLY", &["01JANE2", "01JANE1", "01JOHN1"]),
                service("02JANE2", "cus_jane", "PAUSED", "DAILY", &[]),
                service("02JOHN1", "cus_john", "EXPIRED", "MONTHLY", &["01JOHN2"]),
            ],
            references: vec![
                ("var_2ah", "SPARE_PART", Some("var_battery")),
                ("var_2ah", "SPARE_PART", None),
                ("var_2ah", "REPLACEMENT", Some("var_draft")),
                ("var_2ah", "REPLACEMENT", Some("var_4ah")),
                ("var_2ah", "ACCESSORY", Some("var_saw")),
                ("var_2ah", "COMPATIBLE_SERVICE", Some("var_tuning")),
                ("var_2ah", "COMPATIBLE_SERVICE", Some("var_care")),
                ("var_2ah", "COMPATIBLE_SERVICE", Some("var_draft")),
            ],
            admin_token_life: 86_400,
            ..State::default()
        };
        Arc::new(Self { state: Mutex::new(state) })
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    /// The calls since the last time this was asked.
    pub(crate) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut self.state().calls)
    }

    /// Products and resources over this shop, as a composition makes them, with the secret key.
    pub(crate) fn modules(self: &Arc<Self>) -> (Arc<dyn ProductsService>, Arc<dyn ResourcesService>) {
        self.configured(|config| config.admin_key = Some("sk_test".to_owned().into()))
    }

    pub(crate) fn configured(
        self: &Arc<Self>,
        change: impl FnOnce(&mut ResourcesPluginConfig),
    ) -> (Arc<dyn ProductsService>, Arc<dyn ResourcesService>) {
        let transport = Arc::clone(self) as Arc<dyn Transport>;
        let medusa = MedusaConfig::new("http://shop", "pk_test");
        let medusa = Medusa::with_transport(&medusa, Arc::clone(&transport)).unwrap();
        let mut config = ResourcesPluginConfig::new("http://shop");
        change(&mut config);
        let plugin = ResourcesPlugin::with_transport(&config, transport).unwrap();
        let products = medusa.products_with(Some(plugin.references()));
        let resources = plugin.resources(medusa.identity(), Arc::clone(&products), medusa.variants());
        (products, resources)
    }

    fn answer(&self, call: &Call) -> (u16, Value) {
        let mut state = self.state();
        let looked_up = matches!(call.path.as_str(), "/store/regions" | "/store/product-categories");
        if !looked_up {
            state.calls.push(format!("{} {}", call.method, call.path));
        }
        let segments: Vec<&str> = call.path.split('/').skip(1).collect();
        if segments[0] == "admin" && !call.is_admin(&state) {
            return (401, json!({ "message": "Unauthorized" }));
        }
        match segments.as_slice() {
            ["store", "regions"] => (
                200,
                json!({ "count": 2, "regions": [
                    { "id": "reg_eu", "currency_code": "eur", "countries": [{ "iso_2": "de" }] },
                    { "id": "reg_us", "currency_code": "usd", "countries": [{ "iso_2": "us" }] },
                ] }),
            ),
            ["store", "product-categories"] => (
                200,
                json!({ "count": 1, "product_categories": [{ "id": "pcat_f", "name": "Featured", "handle": "featured-services" }] }),
            ),
            ["store", "customers", "me"] => match call.bearer() {
                Some(name @ ("jane" | "john" | "mary")) => {
                    (200, json!({ "customer": { "id": format!("cus_{name}") } }))
                }
                _ => (401, json!({ "message": "Unauthorized" })),
            },
            ["store", "products"] => products(call),
            ["store", "products", id] => {
                let product = PRODUCTS.iter().find(|product| product.0 == *id && product.4);
                product.map_or_else(missing, |product| (200, json!({ "product": wire_product(product, call) })))
            }
            ["store" | "admin", "products", _, "variants", variant, "references"] => references(&state, call, variant),
            ["auth", "user", "emailpass"] => sign_in(&mut state, call),
            ["admin", "customers", id] => customer(&state, call, id),
            ["admin", "assets", id] => state.asset(id).map_or_else(
                || (404, json!({ "message": "Asset not found" })),
                |row| (200, json!({ "asset": wire_asset(row) })),
            ),
            ["admin", "assets"] => {
                let rows: Vec<Value> = state.assets.iter().map(wire_asset).collect();
                (200, json!({ "count": rows.len(), "assets": rows, "limit": 10, "offset": 0 }))
            }
            ["admin", "service-instances"] => {
                let owner = call.value("customerId").unwrap_or_default();
                let rows = state.services.iter().filter(|row| owner.is_empty() || row.owners.contains(&owner));
                let rows: Vec<Value> = rows.map(|row| wire_service(row, &state)).collect();
                (200, json!({ "count": rows.len(), "serviceInstances": rows, "limit": 10, "offset": 0 }))
            }
            _ => panic!("the shop has no answer to {} {}", call.method, call.path),
        }
    }
}

fn missing() -> (u16, Value) {
    (404, json!({ "type": "not_found", "message": "not found" }))
}

fn sign_in(state: &mut State, call: &Call) -> (u16, Value) {
    if call.body["email"] != "admin@shop.example" || call.body["password"] != "secret" {
        return (401, json!({ "type": "unauthorized", "message": "Invalid email or password" }));
    }
    let ends = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let claims = json!({ "exp": i64::try_from(ends).unwrap() + state.admin_token_life, "n": state.admin_tokens.len() });
    let token = format!("x.{}.y", URL_SAFE_NO_PAD.encode(claims.to_string()));
    state.admin_tokens.push(token.clone());
    (200, json!({ "token": token }))
}

fn products(call: &Call) -> (u16, Value) {
    let (ids, categories, handle) = (call.values("id"), call.values("category_id"), call.value("handle"));
    let found = PRODUCTS.iter().filter(|product| {
        product.4
            && (ids.is_empty() || ids.contains(&product.0))
            && (categories.is_empty() || product.3 == "VIRTUAL")
            && handle.as_deref().is_none_or(|handle| handle == product.1)
    });
    let found: Vec<Value> = found.map(|product| wire_product(product, call)).collect();
    let limit = call.value("limit").and_then(|limit| limit.parse().ok()).unwrap_or(50);
    let offset = call.value("offset").and_then(|offset| offset.parse().ok()).unwrap_or(0);
    let count = found.len();
    (200, json!({ "count": count, "products": found.into_iter().skip(offset).take(limit).collect::<Vec<_>>() }))
}

fn wire_product((id, handle, title, kind, _, variants): &ProductRow, call: &Call) -> Value {
    let currency = if call.value("region_id").as_deref() == Some("reg_us") { "usd" } else { "eur" };
    let variants = variants.iter().enumerate().map(|(rank, (id, sku, price))| {
        let amount: Value = serde_json::from_str(price).unwrap();
        json!({ "id": id, "sku": sku, "title": sku, "variant_rank": rank, "options": [],
            "calculated_price": { "calculated_amount": amount, "currency_code": currency } })
    });
    json!({ "id": id, "handle": handle, "title": title, "type": { "id": format!("ptyp_{kind}"), "value": kind },
        "categories": [{ "id": "pcat_1", "name": if *kind == "VIRTUAL" { "Services" } else { "Tools" } }],
        "tags": [], "images": [], "variants": variants.collect::<Vec<_>>(), "created_at": format!("2026-01-01T00:00:00.{:03}Z", title.len()) })
}

fn references(state: &State, call: &Call, variant: &str) -> (u16, Value) {
    let kind = call.value("referenceType");
    let found = state
        .references
        .iter()
        .filter(|(source, of, _)| *source == variant && kind.as_deref().is_none_or(|kind| kind == *of));
    let found: Vec<Value> = found
        .enumerate()
        .map(|(number, (source, kind, target))| {
            let target = target.and_then(|id| Some((id, product_of(id)?))).map_or_else(
                || json!({}),
                |(id, product)| json!({ "id": id, "product_id": product.0, "product": { "id": product.0, "title": product.2 } }),
            );
            json!({ "id": format!("03REF{number}"), "source_product_variant_id": source, "reference_type": kind,
                "target_product_variant_id": target["id"], "targetProduct": target })
        })
        .collect();
    (200, json!({ "count": found.len(), "productReferences": found, "limit": 10, "offset": 0 }))
}

/// A customer with what `fields` asks for, by the tables of links; `null` for what is gone.
fn customer(state: &State, call: &Call, id: &str) -> (u16, Value) {
    if !["cus_jane", "cus_john", "cus_mary"].contains(&id) {
        return missing();
    }
    let fields = call.value("fields").unwrap();
    let strays = state.strays.get(id);
    let is_listed = |row: &str, owners: &[String]| {
        owners.iter().any(|owner| owner == id) || strays.is_some_and(|strays| strays.iter().any(|stray| stray == row))
    };
    let gone = vec![Value::Null; state.dangling.get(id).copied().unwrap_or_default()];
    let mut customer = json!({ "id": id });
    // The newest first: the order is the link table's, not that of the ids.
    if fields.contains(",assets.id") {
        let rows = state.assets.iter().rev().filter(|row| is_listed(&row.id, &row.owners)).map(wire_asset);
        customer["assets"] = gone.iter().cloned().chain(rows).collect();
    }
    if fields.contains(",service_instances.id") {
        let rows = state.services.iter().rev().filter(|row| is_listed(&row.id, &row.owners));
        customer["service_instances"] = gone.iter().cloned().chain(rows.map(|row| wire_service(row, state))).collect();
    }
    (200, json!({ "customer": customer }))
}

/// Absent for nobody, an object for one, a list for several.
fn put_owners(row: &mut Value, owners: &[String]) {
    match owners {
        [] => {}
        [one] => row["customer"] = json!({ "id": one, "email": "mail@shop.example" }),
        several => row["customer"] = several.iter().map(|id| json!({ "id": id })).collect(),
    }
}

fn put_variant(row: &mut Value, variant: Option<&str>) {
    if let Some((id, product)) = variant.and_then(|id| Some((id, product_of(id)?))) {
        let sku = product.5.iter().find(|(known, _, _)| *known == id).map(|(_, sku, _)| *sku);
        row["product_variant"] = json!({ "id": id, "sku": sku, "title": sku, "product": {
            "id": product.0, "handle": product.1, "title": product.2, "type": { "id": "ptyp", "value": product.3 } } });
    }
}

fn wire_asset(row: &AssetRow) -> Value {
    let mut asset = json!({
        "id": row.id, "name": format!("Asset {}", row.id), "serial_number": format!("SN-{}", row.id),
        "thumbnail": null, "end_of_warranty_date": row.warranty, "totals": { "any": ["thing"] },
        "address": { "id": "caaddr_1", "address_1": "Unter den Linden", "city": "Berlin", "country_code": "de",
            "postal_code": "10117", "province": "BE", "phone": null, "metadata": null },
    });
    put_owners(&mut asset, &row.owners);
    put_variant(&mut asset, row.variant);
    asset
}

fn wire_service(row: &ServiceRow, state: &State) -> Value {
    let mut service = json!({
        "id": row.id, "name": format!("Service {}", row.id), "start_date": row.start, "end_date": row.end,
        "purchase_date": null, "payment_type": row.payment_type, "status": row.status, "totals": row.totals,
        "assets": row.assets.iter().map(|id| state.asset(id).map_or(Value::Null, wire_asset)).collect::<Vec<_>>(),
    });
    put_owners(&mut service, &row.owners);
    put_variant(&mut service, row.variant);
    service
}

struct Call {
    method: String,
    path: String,
    query: Vec<(String, String)>,
    authorization: Option<String>,
    body: Value,
}

impl Call {
    fn of(request: &HttpRequest) -> Self {
        let url = Url::parse(&format!("http://shop{}", request.target)).unwrap();
        Self {
            method: request.method.to_string(),
            path: url.path().to_owned(),
            query: url.query_pairs().into_owned().collect(),
            authorization: request
                .headers
                .get("authorization")
                .and_then(|value| value.to_str().ok())
                .map(str::to_owned),
            body: request.body.as_deref().map_or(Value::Null, |body| serde_json::from_slice(body).unwrap()),
        }
    }

    fn values(&self, name: &str) -> Vec<&str> {
        let list = format!("{name}[]");
        let named = self.query.iter().filter(|(key, _)| key == name || *key == list);
        named.map(|(_, value)| value.as_str()).collect()
    }

    fn value(&self, name: &str) -> Option<String> {
        self.values(name).first().map(|value| (*value).to_owned())
    }

    fn bearer(&self) -> Option<&str> {
        self.authorization.as_deref()?.strip_prefix("Bearer ")
    }

    /// `sk_test:` in Basic, or a token of the admin user.
    fn is_admin(&self, state: &State) -> bool {
        self.authorization.as_deref() == Some("Basic c2tfdGVzdDo=")
            || self.bearer().is_some_and(|token| state.admin_tokens.iter().any(|known| known == token))
    }
}

#[async_trait]
impl Transport for Shop {
    async fn send(&self, request: HttpRequest) -> Result<HttpResponse, TransportError> {
        let (status, body) = self.answer(&Call::of(&request));
        let body = serde_json::to_vec(&body).unwrap();
        if let Some(limit) = self.state().longest_answer.filter(|limit| body.len() > *limit) {
            return Err(TransportError::new(TransportErrorKind::TooLarge { limit }, None));
        }
        Ok(HttpResponse {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::from_iter([(http::header::CONTENT_TYPE, "application/json".parse().unwrap())]),
            body: body.into(),
        })
    }
}

/// A guest.
pub(crate) fn guest() -> RequestContext {
    RequestContext::guest("r-1", Duration::from_secs(10))
}

/// Whoever has this token: `jane`, `john`, `mary`; any other is refused.
pub(crate) fn holder(token: &str) -> RequestContext {
    guest().with_token(CustomerToken::new(token))
}
