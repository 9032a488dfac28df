//! Nobody sees what is somebody else's: 10,000 generated requests of two customers over a shop that changes meanwhile.
//!
//! That the test sees a leak was tried by hand: with `is_shown` of `ownership.rs` answering `true`, it fails within the
//! first requests; with the check taken out of one of its four callers (the list of assets, the list of services, the
//! assets of a service, a single asset), it fails as well.

use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::ids::{AssetId, ServiceId};
use o2s_framework_core::resources::{Asset, ListAssets, ListServices, ResourcesService, Service, WindowQuery};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use crate::shop::{AssetRow, Shop, State, holder};

const REQUESTS: usize = 10_000;

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        // splitmix64
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides as u64).unwrap()
    }

    fn one_of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.roll(values.len())].clone()
    }

    fn sometimes(&mut self) -> bool {
        self.roll(6) == 0
    }

    /// An id of the shop, as it is or changed a little, or something else altogether.
    fn id(&mut self, known: &[String]) -> String {
        let id = self.one_of(known);
        match self.roll(8) {
            0 => id.to_lowercase(),
            1 => format!("{id}0"),
            2 => id.chars().skip(1).collect(),
            3 => self.one_of(
                &[
                    "featured",
                    "*",
                    "_",
                    "01",
                    "cus_john",
                    "cus_jane",
                    "[object Object]",
                    "01JOHN1,01JOHN2",
                    "01JOHN1&id=01JANE1",
                ]
                .map(str::to_owned),
            ),
            _ => id,
        }
    }

    /// Parameters of a list, most of them sensible; names and values of one list also stray into the other.
    fn parameters(&mut self) -> Value {
        const VALUES: &[(&str, &[&str])] = &[
            ("status", &["ACTIVE", "INACTIVE", "RETIRED", "EXPIRED", "active", ""]),
            ("type", &["PHYSICAL", "VIRTUAL", "physical"]),
            ("category", &["Services", "services", "Tools", "", "%", "cus_john"]),
            ("billingAccountId", &["ba_1", "cus_john", "cus_jane", "%"]),
            ("dateFrom", &["2026-01-01", "2027-01-01", "2026-05-01T00:00:00Z", "yesterday"]),
            ("dateTo", &["2028-12-31", "2026-06-01", ""]),
            (
                "sort",
                &[
                    "name_ASC",
                    "name_DESC",
                    "serialNo_ASC",
                    "endOfWarranty_DESC",
                    "startDate_ASC",
                    "endDate_DESC",
                    "customer_ASC",
                ],
            ),
            ("locale", &["de", "en", "x"]),
            ("customerId", &["cus_john", "cus_jane", ""]),
            ("customer_id", &["cus_john"]),
        ];
        let mut parameters = Map::new();
        for (name, values) in VALUES {
            // A request that names a customer is refused as a whole: not too many of those.
            if self.sometimes() && (!name.starts_with("customer") || self.sometimes()) {
                parameters.insert((*name).to_owned(), json!(self.one_of(values)));
            }
        }
        if self.sometimes() {
            parameters.insert(
                "limit".to_owned(),
                self.one_of(&[json!(0), json!(1), json!(2), json!(1000), json!(-1), json!(2.5)]),
            );
        }
        if self.sometimes() {
            parameters
                .insert("offset".to_owned(), self.one_of(&[json!(0), json!(1), json!(5), json!(u32::MAX), json!(-1)]));
        }
        Value::Object(parameters)
    }

    /// Something happens in the shop: rows come, go, change hands, lose their owner, get a second one.
    fn change(&mut self, state: &mut State, number: usize) {
        let owners: [Vec<String>; 4] =
            [vec!["cus_jane".into()], vec!["cus_john".into()], vec![], vec!["cus_jane".into(), "cus_john".into()]];
        match self.roll(7) {
            0 => state.assets.push(AssetRow {
                id: format!("01NEW{number:05}"),
                owners: self.one_of(&owners),
                variant: self.one_of(&[Some("var_2ah"), Some("var_saw"), Some("var_draft"), None]),
                warranty: None,
            }),
            1 if state.assets.len() > 6 => {
                let gone = self.roll(state.assets.len());
                let gone = state.assets.remove(gone);
                for owner in gone.owners {
                    *state.dangling.entry(owner).or_default() += 1;
                }
            }
            2 => {
                let row = self.roll(state.assets.len());
                state.assets[row].owners = self.one_of(&owners);
            }
            3 => {
                let row = self.roll(state.services.len());
                state.services[row].owners = self.one_of(&owners);
            }
            4 => {
                let (service, asset) = (self.roll(state.services.len()), self.roll(state.assets.len()));
                let asset = state.assets[asset].id.clone();
                state.services[service].assets.push(asset);
            }
            // The server lists a row under a customer whose it is not.
            5 => {
                let asset = self.roll(state.assets.len());
                let service = self.roll(state.services.len());
                let strays = vec![state.assets[asset].id.clone(), state.services[service].id.clone()];
                state.strays.insert(self.one_of(&["cus_jane", "cus_john"]).to_owned(), strays);
            }
            _ => state.dangling.clear(),
        }
    }
}

/// What an answer shows: assets and services.
#[derive(Default)]
struct Shown {
    assets: Vec<Asset>,
    services: Vec<Service>,
    total: u64,
}

async fn request(
    resources: &dyn ResourcesService,
    dice: &mut Dice,
    (assets, services): (&[String], &[String]),
    customer: &str,
) -> Result<Shown, ErrorKind> {
    let cx = holder(customer);
    let invalid = ErrorKind::Invalid;
    match dice.roll(5) {
        0 => {
            let request: ListAssets = decoded(dice.parameters()).ok_or(invalid)?;
            let page = resources.list_assets(&cx, &request).await.map_err(|error| error.kind())?;
            Ok(Shown { assets: page.data, total: page.total, ..Shown::default() })
        }
        1 => {
            let request: ListServices = decoded(dice.parameters()).ok_or(invalid)?;
            let page = resources.list_services(&cx, &request).await.map_err(|error| error.kind())?;
            Ok(Shown { services: page.data, total: page.total, ..Shown::default() })
        }
        2 => {
            let known = if dice.sometimes() { services } else { assets };
            let id = AssetId::new(dice.id(known)).map_err(|_| invalid)?;
            let asset = resources.get_asset(&cx, &id).await.map_err(|error| error.kind())?;
            Ok(Shown { assets: vec![asset], total: 1, ..Shown::default() })
        }
        3 => {
            let known = if dice.sometimes() { assets } else { services };
            let id = ServiceId::new(dice.id(known)).map_err(|_| invalid)?;
            let service = resources.get_service(&cx, &id).await.map_err(|error| error.kind())?;
            Ok(Shown { services: vec![service], total: 1, ..Shown::default() })
        }
        _ => {
            let known = if dice.sometimes() { services } else { assets };
            let id = AssetId::new(dice.id(known)).map_err(|_| invalid)?;
            let window = WindowQuery::default();
            let page = resources.list_compatible_services(&cx, &id, &window).await.map_err(|error| error.kind())?;
            // Products are everybody's; that there are some tells that the asset was found.
            let found = resources.get_asset(&cx, &id).await.map_err(|error| error.kind())?;
            assert_eq!(found.id, id);
            Ok(Shown { assets: vec![found], total: page.total.min(1), ..Shown::default() })
        }
    }
}

fn decoded<T: DeserializeOwned>(parameters: Value) -> Option<T> {
    serde_json::from_value(parameters).ok()
}

/// Asserts that all that is shown is the customer's, and that no total counts more than is.
fn all_own(shown: &Shown, customer: &str, state: &State) {
    let is_own = |owners: &[String]| owners.iter().any(|owner| owner == customer);
    let assets = shown.assets.iter().chain(shown.services.iter().flat_map(|service| &service.assets));
    for asset in assets {
        let row = state.asset(asset.id.as_str()).expect("an asset of the shop");
        assert!(is_own(&row.owners), "{customer} sees the asset {} of {:?}", row.id, row.owners);
        assert_eq!(asset.serial_no, format!("SN-{}", row.id), "a serial number of another asset");
    }
    for service in &shown.services {
        let row = state.service(service.id.as_str()).expect("a service of the shop");
        assert!(is_own(&row.owners), "{customer} sees the service {} of {:?}", row.id, row.owners);
    }
    let own_assets = state.assets.iter().filter(|row| is_own(&row.owners)).count();
    let own_services = state.services.iter().filter(|row| is_own(&row.owners)).count();
    let own = if shown.services.is_empty() { own_assets.max(own_services) } else { own_services };
    assert!(shown.total <= own as u64, "{customer} has {own} rows, the total is {}", shown.total);
}

#[tokio::test]
async fn ten_thousand_requests_show_nothing_of_somebody_else() {
    let shop = Shop::new();
    let (_, resources) = shop.modules();
    let mut dice = Dice(1);
    let (mut answered, mut not_found, mut rows) = (0, 0, 0);
    for number in 0..REQUESTS {
        if number % 5 == 0 {
            dice.change(&mut shop.state(), number);
        }
        let (assets, services): (Vec<String>, Vec<String>) = {
            let state = shop.state();
            let assets = state.assets.iter().map(|row| row.id.clone()).collect();
            (assets, state.services.iter().map(|row| row.id.clone()).collect())
        };
        let customer = dice.one_of(&["jane", "john"]);
        match request(resources.as_ref(), &mut dice, (&assets, &services), customer).await {
            Ok(shown) => {
                all_own(&shown, &format!("cus_{customer}"), &shop.state());
                answered += 1;
                rows += shown.assets.len() + shown.services.len();
            }
            Err(ErrorKind::NotFound) => not_found += 1,
            Err(ErrorKind::Invalid) => {}
            Err(kind) => panic!("request {number} failed: {kind:?}"),
        }
    }
    // The requests were no empty ones.
    assert!(answered > REQUESTS / 4 && rows > REQUESTS / 4, "{answered} answers with {rows} rows");
    assert!(not_found > REQUESTS / 20, "{not_found} not found");
}
