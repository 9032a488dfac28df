//! The suite on a running Medusa, with customers of its own for each scenario, recorded where that is wanted.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use bytes::Bytes;
use libtest_mimic::Failed;
use o2s_framework_core::context::CustomerToken;
use o2s_integration_testkit::facts::Facts;
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens};
use o2s_medusa_client::testing::RecordingTransport;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};
use o2s_medusa_client::v2::admin::AdminEndpoint;
use o2s_medusa_client::v2::auth::{EmailPassword, Register};
use o2s_medusa_client::v2::store::customers::{CreateCustomer, GetMe, NewCustomer};
use o2s_medusa_client::v2::store::variants::ListVariants;
use o2s_medusa_client::v2::{AdminClient, AuthClient, StoreClient};
use o2s_medusa_client::{
    AdminKey, Backend, CallContext, CustomerToken as MedusaToken, Endpoint, PublishableKey, Query, Repeat, RetryPolicy,
    json_body,
};
use o2s_medusa_integration::MedusaConfig;
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::recorded::{self, RECORDED_RUN, Recordings, Shop};
use crate::seeded::{Env, LAST_PIECES_SKU, SeededVariant};
use crate::suite::Stage;
use crate::tokens::{claims, sign};

/// A running Medusa as a stage.
#[derive(Debug)]
pub struct Live {
    pub(crate) env: Env,
    pub(crate) facts: Arc<Facts>,
    pub(crate) transport: Arc<dyn Transport>,
    /// Sets this run's customers apart from those of earlier runs on the same server.
    pub(crate) run: u64,
    /// What scenarios do.
    pub recordings: Recordings,
}

pub(crate) fn patience() -> CallContext<'static> {
    CallContext::within(Duration::from_secs(30))
}

impl Live {
    /// Looks the shop over. With `record_to`, what each scenario does is kept in that folder.
    pub async fn new(env: Env, record_to: Option<PathBuf>) -> anyhow::Result<Self> {
        let transport: Arc<dyn Transport> = Arc::new(HttpTransport::new(&env.base_url, &HttpConfig::default())?);
        let store = StoreClient::new(backend(&transport), PublishableKey::new(env.publishable_key.as_str())?);
        let request =
            ListVariants { fields: Some("id,sku,product_id"), skus: &[LAST_PIECES_SKU], ..ListVariants::default() };
        let variants = store.call(&patience(), None, &request).await?.variants;
        let variant = variants.into_iter().next().ok_or_else(|| anyhow::anyhow!("no variant {LAST_PIECES_SKU}"))?;
        let last_pieces = SeededVariant {
            id: variant.id,
            product_id: variant.product_id.ok_or_else(|| anyhow::anyhow!("{LAST_PIECES_SKU} has no product"))?,
            sku: LAST_PIECES_SKU.to_owned(),
        };
        let facts = Arc::new(env.facts(&last_pieces));
        let recordings = Recordings::begin(record_to, &facts)?;
        // Names in recordings must not change from one to the next; they are made on a fresh server.
        let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let run = if recordings.are_kept() { RECORDED_RUN } else { now };
        Ok(Self { env, facts, transport, run, recordings })
    }

    /// What the scenario does is recorded, or only counted; see [`Stage::kept`].
    fn watched(&self, scenario: &'static str, emails: &[String]) -> Arc<RecordingTransport> {
        let mut recording = RecordingTransport::new(Arc::clone(&self.transport));
        for (email, name) in emails.iter().zip(["jane@example.com", "john@example.com"]) {
            recording = recording.hiding(email, name);
        }
        self.recordings.watch(scenario, recording)
    }

    /// Registers a customer and answers the claims of a token for it.
    async fn register(&self, email: &str, first_name: &str) -> anyhow::Result<Value> {
        let auth = AuthClient::new(backend(&self.transport));
        let store = StoreClient::new(backend(&self.transport), PublishableKey::new(self.env.publishable_key.as_str())?);
        let body = EmailPassword { email: email.to_owned(), password: SecretString::from("Suite-pass-1") };
        let token = auth.call(&patience(), None, &Register { body }).await?.token;
        let token = token.ok_or_else(|| anyhow::anyhow!("registering {email} gave no token"))?;
        let body =
            NewCustomer { email: email.to_owned(), first_name: Some(first_name.to_owned()), ..NewCustomer::default() };
        let request = CreateCustomer { body, ..CreateCustomer::default() };
        let customer = store.call(&patience(), Some(&token), &request).await?.customer;
        let mut claims = claims(token.expose());
        claims["actor_id"] = json!(customer.id);
        claims["app_metadata"] = json!({ "customer_id": customer.id });
        Ok(claims)
    }

    /// Jane and John for one scenario. Signing their tokens spares the server two slow logins.
    async fn customers(&self, emails: &[String]) -> anyhow::Result<Tokens> {
        let [jane, john] = emails else { anyhow::bail!("two customers come") };
        let jane = self.register(jane, "Jane").await?;
        let john = self.register(john, "John").await?;
        let secret = &self.env.medusa_jwt_secret;
        let mut expired = jane.clone();
        expired["iat"] = json!(1_700_000_000);
        expired["exp"] = json!(1_700_003_600);
        Ok(Tokens {
            jane: CustomerToken::new(sign(&jane, secret)),
            john: CustomerToken::new(sign(&john, secret)),
            forged: CustomerToken::new(sign(&jane, "a secret of somebody else")),
            expired: CustomerToken::new(sign(&expired, secret)),
        })
    }

    /// The shop under a name of its own: its recording, and with `signed_in` its customers.
    pub async fn shop(&self, name: &'static str, signed_in: bool) -> anyhow::Result<Shop> {
        let who = |customer: &str| format!("{customer}-{}-{}@suite.example", self.run, name.replace("::", "-"));
        let emails = if signed_in { vec![short(&who("jane")), short(&who("john"))] } else { Vec::new() };
        let transport = self.watched(name, &emails);
        let tokens = if signed_in { self.customers(&emails).await? } else { recorded::tokens() };
        if signed_in && self.recordings.are_kept() {
            self.name_tokens(&transport, &tokens).await?;
        }
        Ok(self.behind(transport, tokens))
    }

    /// The shop behind a transport that leads to it.
    pub(crate) fn behind(&self, transport: Arc<RecordingTransport>, tokens: Tokens) -> Shop {
        let mut config = MedusaConfig::new(&*self.env.base_url, &*self.env.publishable_key);
        config.admin_key = Some(SecretString::from(self.env.admin_key.as_str()));
        Shop { transport, config, facts: Arc::clone(&self.facts), tokens }
    }

    async fn stage(&self, scenario: &Scenario) -> anyhow::Result<Subject> {
        if scenario.takes_stock {
            self.restock().await?;
        }
        self.shop(scenario.name, scenario.signed_in).await?.subject()
    }

    /// Recordings number tokens in the order of their appearance: shows them in the order of [`recorded::tokens`].
    pub(crate) async fn name_tokens(&self, transport: &Arc<RecordingTransport>, tokens: &Tokens) -> anyhow::Result<()> {
        let seam: Arc<dyn Transport> = Arc::clone(transport) as _;
        let store = StoreClient::new(backend(&seam), PublishableKey::new(self.env.publishable_key.as_str())?);
        for (token, good) in
            [(&tokens.jane, true), (&tokens.john, true), (&tokens.forged, false), (&tokens.expired, false)]
        {
            let token = MedusaToken::new(token.expose())?;
            let answer = store.call(&patience(), Some(&token), &GetMe { fields: Some("id") }).await;
            anyhow::ensure!(answer.is_ok() == good, "a token that should be {good} is not");
        }
        transport.take();
        Ok(())
    }

    /// Puts three pieces of the variant on the shelf that scenarios buy empty.
    pub(crate) async fn restock(&self) -> anyhow::Result<()> {
        let admin = AdminClient::new(backend(&self.transport), AdminKey::new(self.env.admin_key.as_str())?);
        let sku = &*self.facts.variants.last_pieces.sku.to_string();
        let items = admin.call(&patience(), &FindStock { sku }).await?.inventory_items;
        let item = items.first().ok_or_else(|| anyhow::anyhow!("no stock of {sku}"))?;
        let location = &*self.env.stock_location_id;
        let level = item.location_levels.iter().find(|level| level.location_id == location);
        let reserved = level.map_or(0, |level| level.reserved_quantity);
        let set = SetStock { item: &item.id, location, quantity: reserved + 3 };
        admin.call(&patience(), &set).await?;
        Ok(())
    }
}

/// Addresses of at most 64 characters before the `@`: the end of the scenario's name tells enough.
pub(crate) fn short(email: &str) -> String {
    let (name, domain) = email.split_once('@').expect("an address");
    let (who, rest) = name.split_at(name.len().min(16));
    format!("{who}{}@{domain}", &rest[rest.len().saturating_sub(44)..])
}

pub(crate) fn backend(transport: &Arc<dyn Transport>) -> Backend {
    Backend::new(Arc::clone(transport), RetryPolicy::default())
}

#[async_trait]
impl SubjectFactory for Live {
    async fn subject(&self, scenario: &Scenario) -> Subject {
        self.stage(scenario).await.unwrap_or_else(|error| panic!("setting the stage: {error:#}"))
    }
}

impl Stage for Live {
    fn kept(&self, scenario: &Scenario) -> Result<(), Failed> {
        Ok(self.recordings.keep(scenario.name)?)
    }
}

/// Reads where the running Medusa is from `MEDUSA_ENV`, and where to record from `RECORD_DIR`.
pub fn from_environment() -> anyhow::Result<Option<(Env, Option<PathBuf>)>> {
    let Some(path) = std::env::var_os("MEDUSA_ENV") else { return Ok(None) };
    let record_to = std::env::var_os("RECORD_DIR").map(PathBuf::from);
    Ok(Some((Env::load(Path::new(&path))?, record_to)))
}

struct FindStock<'a> {
    sku: &'a str,
}

#[derive(Deserialize)]
struct Stock {
    inventory_items: Vec<StockItem>,
}

#[derive(Deserialize)]
struct StockItem {
    id: String,
    location_levels: Vec<StockLevel>,
}

#[derive(Deserialize)]
struct StockLevel {
    location_id: String,
    reserved_quantity: u64,
}

impl Endpoint for FindStock<'_> {
    const METHOD: http::Method = http::Method::GET;
    const ROUTE: &'static str = "/admin/inventory-items";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = Stock;

    fn path_values(&self) -> Vec<&str> {
        Vec::new()
    }

    fn query(&self, query: &mut Query) {
        query.set("sku", self.sku);
        query.set("fields", "id,*location_levels");
    }
}

impl AdminEndpoint for FindStock<'_> {}

struct SetStock<'a> {
    item: &'a str,
    location: &'a str,
    quantity: u64,
}

impl Endpoint for SetStock<'_> {
    const METHOD: http::Method = http::Method::POST;
    const ROUTE: &'static str = "/admin/inventory-items/{id}/location-levels/{location_id}";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = Value;

    fn path_values(&self) -> Vec<&str> {
        vec![self.item, self.location]
    }

    fn body(&self) -> Result<Option<Bytes>, serde_json::Error> {
        json_body(&json!({ "stocked_quantity": self.quantity }))
    }
}

impl AdminEndpoint for SetStock<'_> {}
