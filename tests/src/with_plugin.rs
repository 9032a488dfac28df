//! The scenarios of assets, services and related products on a Medusa with the assets-and-services plugin: running, with
//! the customers of the seed, or recorded.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use libtest_mimic::Failed;
use o2s_framework_core::Modules;
use o2s_framework_core::context::CustomerToken;
use o2s_integration_testkit::facts::Facts;
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens, scenarios};
use o2s_medusa_client::testing::{RecordingTransport, ReplayTransport};
use o2s_medusa_client::transport::Transport;
use o2s_medusa_client::v2::AuthClient;
use o2s_medusa_client::v2::auth::{EmailPassword, Login};
use o2s_medusa_integration::{Medusa, MedusaConfig};
use o2s_resources_plugin::{ResourcesPlugin, ResourcesPluginConfig};
use secrecy::SecretString;
use serde_json::json;

use crate::live::{Live, backend, patience};
use crate::recorded::{self, Recordings, tokens};
use crate::suite::Stage;
use crate::tokens::{claims, sign};

/// The folder of the recordings of a Medusa 2 with the plugin.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings/medusa-2-plugin")
}

/// The scenarios that the plugin makes possible.
pub fn plugin_scenarios() -> impl Iterator<Item = Scenario> {
    let of_plugin = |name: &str| name.starts_with("resources::") || name.starts_with("related::");
    scenarios().into_iter().filter(move |scenario| of_plugin(scenario.name))
}

/// A Medusa with the plugin behind a transport that counts the calls.
fn subject(
    transport: &Arc<RecordingTransport>,
    publishable_key: &str,
    admin_key: &str,
    facts: &Arc<Facts>,
    tokens: Tokens,
) -> anyhow::Result<Subject> {
    let seam = || Arc::clone(transport) as Arc<dyn Transport>;
    let medusa = Medusa::with_transport(&MedusaConfig::new("http://medusa.invalid", publishable_key), seam())?;
    let mut config = ResourcesPluginConfig::new("http://medusa.invalid");
    config.admin_key = Some(SecretString::from(admin_key));
    let plugin = ResourcesPlugin::with_transport(&config, seam())?;
    let products = medusa.products_with(Some(plugin.references()));
    let resources = plugin.resources(medusa.identity(), Arc::clone(&products), medusa.variants());
    let modules = Modules { products, resources, ..medusa.modules() };
    let counter = Arc::clone(transport);
    Ok(Subject::new(modules, Arc::clone(facts), tokens).counting(move || counter.sent() as u64))
}

/// A running Medusa with the plugin as a stage. Scenarios that change what the seed's customers own are none of it.
#[derive(Debug)]
pub struct LivePlugin {
    live: Arc<Live>,
    tokens: Tokens,
    recordings: Recordings,
}

impl LivePlugin {
    /// Signs the seed's customers in. Where recordings are wanted, those of each scenario are kept in [`folder`].
    pub async fn new(live: Arc<Live>) -> anyhow::Result<Self> {
        let recordings = Recordings::begin(live.recordings.are_kept().then(folder), &live.facts)?;
        let [jane, john] = live.env.customers.as_slice() else { anyhow::bail!("the seed has two customers") };
        let auth = AuthClient::new(backend(&live.transport));
        let mut signed_in = Vec::new();
        for customer in [jane, john] {
            let password = SecretString::from(customer.login.password.as_str());
            let body = EmailPassword { email: customer.login.email.clone(), password };
            let token = auth.call(&patience(), None, &Login { body }).await?.token;
            signed_in.push(token.ok_or_else(|| anyhow::anyhow!("signing in gave no token"))?);
        }
        let of_jane = claims(signed_in[0].expose());
        let mut expired = of_jane.clone();
        expired["iat"] = json!(1_700_000_000);
        expired["exp"] = json!(1_700_003_600);
        let tokens = Tokens {
            jane: CustomerToken::new(signed_in[0].expose()),
            john: CustomerToken::new(signed_in[1].expose()),
            forged: CustomerToken::new(sign(&of_jane, "a secret of somebody else")),
            expired: CustomerToken::new(sign(&expired, &live.env.medusa_jwt_secret)),
        };
        Ok(Self { live, tokens, recordings })
    }

    async fn stage(&self, scenario: &Scenario) -> anyhow::Result<Subject> {
        let transport = RecordingTransport::new(Arc::clone(&self.live.transport));
        let transport = self.recordings.watch(scenario.name, transport);
        if self.recordings.are_kept() {
            self.live.name_tokens(&transport, &self.tokens).await?;
        }
        let env = &self.live.env;
        subject(&transport, &env.publishable_key, &env.admin_key, &self.live.facts, self.tokens.clone())
    }
}

#[async_trait]
impl SubjectFactory for LivePlugin {
    async fn subject(&self, scenario: &Scenario) -> Subject {
        self.stage(scenario).await.unwrap_or_else(|error| panic!("setting the stage: {error:#}"))
    }
}

impl Stage for LivePlugin {
    fn kept(&self, scenario: &Scenario) -> Result<(), Failed> {
        Ok(self.recordings.keep(scenario.name)?)
    }
}

/// A recorded Medusa with the plugin as a stage.
#[derive(Debug)]
pub struct RecordedPlugin {
    facts: Arc<Facts>,
}

impl RecordedPlugin {
    /// The Medusa that was recorded into [`folder`].
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self { facts: Arc::new(recorded::load_facts(&folder())?) })
    }

    fn stage(&self, scenario: &Scenario) -> anyhow::Result<Subject> {
        let replay = ReplayTransport::new(recorded::load(&folder(), scenario.name)?);
        let transport = Arc::new(RecordingTransport::new(Arc::new(replay)));
        subject(&transport, "pk_recorded", "sk_recorded", &self.facts, tokens())
    }
}

#[async_trait]
impl SubjectFactory for RecordedPlugin {
    async fn subject(&self, scenario: &Scenario) -> Subject {
        self.stage(scenario).unwrap_or_else(|error| panic!("{error:#}"))
    }
}

impl Stage for RecordedPlugin {}
