//! The suite on a running Medusa 1, with customers of its own for each scenario, recorded where that is wanted.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use async_trait::async_trait;
use http::{HeaderName, HeaderValue};
use libtest_mimic::Failed;
use o2s_integration_testkit::facts::Facts;
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens};
use o2s_medusa_client::CustomerToken as MedusaToken;
use o2s_medusa_client::testing::RecordingTransport;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};
use o2s_medusa_client::v1::store::customers::{CreateCustomer, GetMe, NewCustomer};
use o2s_medusa_client::v1::{Caller, StoreClient};
use o2s_medusa_integration::MedusaConfig;
use secrecy::SecretString;
use serde_json::{Value, json};

use crate::live::{backend, emails, hiding, patience, run, signed};
use crate::people::{Admin, Warehouse, lines};
use crate::recorded::{self, Recordings, Shop};
use crate::seeded::EnvV1;
use crate::suite::Stage;

/// Far in the future: 2100.
const LATE: i64 = 4_102_444_800;

/// A running Medusa 1 as a stage.
#[derive(Debug)]
pub struct LiveV1 {
    /// What the seed put into it.
    pub env: EnvV1,
    facts: Arc<Facts>,
    transport: Arc<dyn Transport>,
    /// Sets this run's customers apart from those of earlier runs on the same server.
    run: u64,
    /// What scenarios do.
    pub recordings: Recordings,
}

impl LiveV1 {
    /// Looks the shop over. With `record_to`, what each scenario does is kept in that folder.
    pub fn new(env: EnvV1, record_to: Option<PathBuf>) -> anyhow::Result<Self> {
        let transport: Arc<dyn Transport> = Arc::new(HttpTransport::new(&env.base_url, &HttpConfig::default())?);
        let facts = Arc::new(env.facts());
        let recordings = Recordings::begin(record_to, &facts)?;
        let run = run(&recordings)?;
        Ok(Self { env, facts, transport, run, recordings })
    }

    /// Registers a customer and answers the claims of a token for it.
    async fn register(&self, email: &str, first_name: &str) -> anyhow::Result<Value> {
        let body = NewCustomer {
            email: email.to_owned(),
            password: SecretString::from("Suite-pass-1"),
            first_name: Some(first_name.to_owned()),
            last_name: None,
            phone: None,
        };
        let store = StoreClient::new(backend(&self.transport), None);
        let signed_in = store.call(&patience(), Caller::Guest, &CreateCustomer { body }).await?;
        Ok(json!({ "customer_id": signed_in.customer.id, "domain": "store", "exp": LATE }))
    }

    /// The shop under a name of its own: its recording, and with `signed_in` its customers.
    pub async fn shop(&self, name: &'static str, signed_in: bool) -> anyhow::Result<Shop> {
        let emails = emails(self.run, name);
        let recording = RecordingTransport::new(Arc::clone(&self.transport)).keeping_claims();
        let transport = self.recordings.watch(name, hiding(recording, &emails));
        let tokens = if signed_in {
            let [jane, john] = &emails;
            let (jane, john) = (self.register(jane, "Jane").await?, self.register(john, "John").await?);
            signed(&jane, &john, &self.env.medusa_jwt_secret)
        } else {
            recorded::tokens()
        };
        if signed_in && self.recordings.are_kept() {
            self.name_tokens(&transport, &tokens).await?;
        }
        let mut config = MedusaConfig::medusa_1(&*self.env.base_url);
        config.publishable_key = Some(SecretString::from(&*self.env.publishable_key));
        let warehouse: Arc<dyn Warehouse> = Arc::new(MedusaWarehouse(self.admin()));
        Ok(Shop { transport, config, facts: Arc::clone(&self.facts), tokens, warehouse: Some(warehouse) })
    }

    fn admin(&self) -> Admin {
        let credential = HeaderValue::try_from(&self.env.admin_api_token).expect("a token of the seed");
        let header = HeaderName::from_static("x-medusa-access-token");
        Admin { transport: Arc::clone(&self.transport), credential: (header, credential) }
    }

    /// Recordings number tokens in the order of their appearance: shows them in the order of [`recorded::tokens`].
    async fn name_tokens(&self, transport: &Arc<RecordingTransport>, tokens: &Tokens) -> anyhow::Result<()> {
        let seam: Arc<dyn Transport> = Arc::clone(transport) as _;
        let store = StoreClient::new(backend(&seam), None);
        for (token, good) in
            [(&tokens.jane, true), (&tokens.john, true), (&tokens.forged, false), (&tokens.expired, false)]
        {
            let token = MedusaToken::new(token.expose())?;
            let answer = store.call(&patience(), Caller::Token(&token), &GetMe).await;
            anyhow::ensure!(answer.is_ok() == good, "a token that should be {good} is not");
        }
        transport.take();
        Ok(())
    }

    async fn stage(&self, scenario: &Scenario) -> anyhow::Result<Subject> {
        if scenario.takes_stock {
            let variant = &self.env.variants["lastPieces"];
            let path = format!("/admin/products/{}/variants/{}", variant.product_id, variant.id);
            self.admin().post(&path, &json!({ "inventory_quantity": 3 })).await?;
        }
        self.shop(scenario.name, scenario.signed_in).await?.subject()
    }
}

#[derive(Debug)]
struct MedusaWarehouse(Admin);

#[async_trait]
impl Warehouse for MedusaWarehouse {
    async fn send(&self, order: &str) -> anyhow::Result<()> {
        let (admin, order) = (&self.0, format!("/admin/orders/{order}"));
        // What is not paid is not paid back either.
        let paid = admin.post(&format!("{order}/capture"), &json!({})).await?;
        let items = lines(&paid["order"]["items"], "id", "item_id")?;
        let packed = admin.post(&format!("{order}/fulfillment"), &json!({ "items": items })).await?;
        let parcel = packed["order"]["fulfillments"][0]["id"].as_str().context("no parcel")?;
        admin.post(&format!("{order}/shipment"), &json!({ "fulfillment_id": parcel })).await?;
        Ok(())
    }

    async fn receive(&self, order: &str, goods: &str) -> anyhow::Result<()> {
        let told = self.0.get(&format!("/admin/orders/{order}")).await?;
        let returns = told["order"]["returns"].as_array().context("no returns")?;
        let asked = returns.iter().find(|asked| asked["id"] == goods).context("no such return")?;
        let items = lines(&asked["items"], "item_id", "item_id")?;
        self.0.post(&format!("/admin/returns/{goods}/receive"), &json!({ "items": items })).await?;
        Ok(())
    }
}

#[async_trait]
impl SubjectFactory for LiveV1 {
    async fn subject(&self, scenario: &Scenario) -> Subject {
        self.stage(scenario).await.unwrap_or_else(|error| panic!("setting the stage: {error:#}"))
    }
}

impl Stage for LiveV1 {
    fn kept(&self, scenario: &Scenario) -> Result<(), Failed> {
        Ok(self.recordings.keep(scenario.name)?)
    }
}
