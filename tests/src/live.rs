//! The suite on a running Medusa 2, with customers of its own for each scenario, recorded where that is wanted.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use http::header::AUTHORIZATION;
use libtest_mimic::Failed;
use o2s_framework_core::context::CustomerToken;
use o2s_integration_testkit::facts::Facts;
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens};
use o2s_medusa_client::testing::RecordingTransport;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};
use o2s_medusa_client::v2::auth::{EmailPassword, Register};
use o2s_medusa_client::v2::store::customers::{CreateCustomer, GetMe, NewCustomer};
use o2s_medusa_client::v2::{AuthClient, StoreClient};
use o2s_medusa_client::{Backend, CallContext, CustomerToken as MedusaToken, PublishableKey, RetryPolicy};
use o2s_medusa_integration::MedusaConfig;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::people::{Admin, Warehouse, lines};
use crate::recorded::{self, RECORDED_RUN, Recordings, Shop};
use crate::seeded::Env;
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
    pub fn new(env: Env, record_to: Option<PathBuf>) -> anyhow::Result<Self> {
        let transport: Arc<dyn Transport> = Arc::new(HttpTransport::new(&env.base_url, &HttpConfig::default())?);
        let facts = Arc::new(env.facts());
        let recordings = Recordings::begin(record_to, &facts)?;
        let run = run(&recordings)?;
        Ok(Self { env, facts, transport, run, recordings })
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
    async fn customers(&self, [jane, john]: &[String; 2]) -> anyhow::Result<Tokens> {
        let jane = self.register(jane, "Jane").await?;
        let john = self.register(john, "John").await?;
        Ok(signed(&jane, &john, &self.env.medusa_jwt_secret))
    }

    /// The shop under a name of its own: its recording, and with `signed_in` its customers.
    pub async fn shop(&self, name: &'static str, signed_in: bool) -> anyhow::Result<Shop> {
        let emails = emails(self.run, name);
        let recording = hiding(RecordingTransport::new(Arc::clone(&self.transport)), &emails);
        let transport = self.recordings.watch(name, recording);
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
        let warehouse: Arc<dyn Warehouse> = Arc::new(self.warehouse());
        Shop { transport, config, facts: Arc::clone(&self.facts), tokens, warehouse: Some(warehouse) }
    }

    fn warehouse(&self) -> MedusaWarehouse {
        let encoded = STANDARD.encode(format!("{}:", self.env.admin_key));
        let credential = HeaderValue::try_from(format!("Basic {encoded}")).expect("base64");
        let admin = Admin { transport: Arc::clone(&self.transport), credential: (AUTHORIZATION, credential) };
        MedusaWarehouse { admin, stock_location_id: self.env.stock_location_id.clone() }
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
        let MedusaWarehouse { admin, stock_location_id } = self.warehouse();
        let sku = &self.facts.variants.last_pieces.sku;
        let stock = admin.get(&format!("/admin/inventory-items?sku={sku}&fields=id,*location_levels")).await?;
        let item = &stock["inventory_items"][0];
        let levels = item["location_levels"].as_array().context("no stock")?;
        let level = levels.iter().find(|level| level["location_id"] == *stock_location_id);
        let reserved = level.and_then(|level| level["reserved_quantity"].as_u64()).unwrap_or(0);
        let item = item["id"].as_str().context("no stock")?;
        let path = format!("/admin/inventory-items/{item}/location-levels/{stock_location_id}");
        admin.post(&path, &json!({ "stocked_quantity": reserved + 3 })).await?;
        Ok(())
    }
}

#[derive(Debug)]
struct MedusaWarehouse {
    admin: Admin,
    stock_location_id: String,
}

#[async_trait]
impl Warehouse for MedusaWarehouse {
    async fn send(&self, order: &str) -> anyhow::Result<()> {
        let admin = &self.admin;
        let told = admin.get(&format!("/admin/orders/{order}?fields=id,*items")).await?;
        let items = json!({ "items": lines(&told["order"]["items"], "id", "id")? });
        let packed = admin.post(&format!("/admin/orders/{order}/fulfillments?fields=id,*fulfillments"), &items).await?;
        let parcel = packed["order"]["fulfillments"][0]["id"].as_str().context("no parcel")?;
        admin.post(&format!("/admin/orders/{order}/fulfillments/{parcel}/shipments"), &items).await?;
        Ok(())
    }

    async fn receive(&self, _: &str, goods: &str) -> anyhow::Result<()> {
        let (admin, goods) = (&self.admin, format!("/admin/returns/{goods}"));
        let told = admin.get(&format!("{goods}?fields=id,items.item_id,items.quantity")).await?;
        let items = lines(&told["return"]["items"], "item_id", "id")?;
        admin.post(&format!("{goods}/receive"), &json!({})).await?;
        admin.post(&goods, &json!({ "location_id": self.stock_location_id })).await?;
        admin.post(&format!("{goods}/receive-items"), &json!({ "items": items })).await?;
        admin.post(&format!("{goods}/receive/confirm"), &json!({})).await?;
        Ok(())
    }
}

/// The number of a run, by which its customers are set apart.
pub(crate) fn run(recordings: &Recordings) -> anyhow::Result<u64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
    // Names in recordings must not change from one to the next; they are made on a fresh server.
    Ok(if recordings.are_kept() { RECORDED_RUN } else { now })
}

/// The e-mail addresses of Jane and John for one scenario.
pub(crate) fn emails(run: u64, scenario: &str) -> [String; 2] {
    ["jane", "john"].map(|who| short(&format!("{who}-{run}-{}@suite.example", scenario.replace("::", "-"))))
}

/// What is recorded shows the customers by their first names.
pub(crate) fn hiding(recording: RecordingTransport, [jane, john]: &[String; 2]) -> RecordingTransport {
    recording.hiding(jane, "jane@example.com").hiding(john, "john@example.com")
}

/// Tokens with these claims of Jane and John, and two that the shop must not take.
pub(crate) fn signed(jane: &Value, john: &Value, secret: &str) -> Tokens {
    let mut expired = jane.clone();
    expired["iat"] = json!(1_700_000_000);
    expired["exp"] = json!(1_700_003_600);
    Tokens {
        jane: CustomerToken::new(sign(jane, secret)),
        john: CustomerToken::new(sign(john, secret)),
        forged: CustomerToken::new(sign(jane, "a secret of somebody else")),
        expired: CustomerToken::new(sign(&expired, secret)),
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

/// Where to record, from `RECORD_DIR`.
pub fn record_to() -> Option<PathBuf> {
    std::env::var_os("RECORD_DIR").map(PathBuf::from)
}
