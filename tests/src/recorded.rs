//! The suite on recorded answers of Medusa: one file a scenario, and what was true of the shop that was recorded.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::Context;
use async_trait::async_trait;
use o2s_framework_core::context::CustomerToken;
use o2s_integration_testkit::facts::Facts;
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens};
use o2s_medusa_client::testing::{Exchange, RecordingTransport, ReplayTransport};
use o2s_medusa_client::transport::Transport;
use o2s_medusa_integration::{Medusa, MedusaConfig};
use secrecy::SecretString;

use crate::people::{People, Warehouse};
use crate::suite::Stage;

/// The run of all recordings, see [`crate::live::Live`].
pub(crate) const RECORDED_RUN: u64 = 0;

/// The folder of the recordings of a Medusa 2.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings/medusa-2")
}

/// The folder of the recordings of a Medusa 1.
pub fn folder_v1() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings/medusa-1")
}

/// The names that stand for the customers' tokens in recordings.
pub fn tokens() -> Tokens {
    Tokens {
        jane: CustomerToken::new("token-1"),
        john: CustomerToken::new("token-2"),
        forged: CustomerToken::new("token-3"),
        expired: CustomerToken::new("token-4"),
    }
}

/// Where the recording of a scenario is: `carts::a_name` is in `carts/a_name.json`.
pub fn file(folder: &Path, scenario: &str) -> PathBuf {
    folder.join(scenario.replace("::", "/")).with_extension("json")
}

/// What is done while it is recorded, or only counted; kept in a folder, where recordings are wanted.
#[derive(Debug)]
pub struct Recordings {
    folder: Option<PathBuf>,
    running: Mutex<BTreeMap<String, Arc<RecordingTransport>>>,
}

impl Recordings {
    /// Begins to record a shop. Recordings of another shop are thrown away: their ids mean nothing in this one.
    pub fn begin(folder: Option<PathBuf>, facts: &Facts) -> anyhow::Result<Self> {
        if let Some(folder) = &folder
            && !load_facts(folder).is_ok_and(|recorded| recorded == *facts)
        {
            if folder.is_dir() {
                fs::remove_dir_all(folder).with_context(|| format!("clearing {}", folder.display()))?;
            }
            fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
            fs::write(folder.join("facts.json"), serde_json::to_string_pretty(facts)? + "\n")?;
        }
        Ok(Self { folder, running: Mutex::default() })
    }

    /// Whether what is done is kept.
    pub fn are_kept(&self) -> bool {
        self.folder.is_some()
    }

    /// What passes through the transport from now on is what is done under the name.
    pub fn watch(&self, name: &str, transport: RecordingTransport) -> Arc<RecordingTransport> {
        let transport = Arc::new(transport);
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        running.insert(name.to_owned(), Arc::clone(&transport));
        transport
    }

    /// Keeps what was done under a name, where recordings are wanted.
    pub fn keep(&self, name: &str) -> anyhow::Result<()> {
        let done = self.running.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
        match (&self.folder, done) {
            (Some(folder), Some(transport)) => write(folder, name, &transport.exchanges()),
            _ => Ok(()),
        }
    }
}

fn write(folder: &Path, name: &str, exchanges: &[Exchange]) -> anyhow::Result<()> {
    let path = file(folder, name);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    let mut text = String::from("[");
    for (index, exchange) in exchanges.iter().enumerate() {
        text.push_str(if index == 0 { "\n" } else { ",\n" });
        text.push_str(&serde_json::to_string(exchange)?);
    }
    text.push_str("\n]\n");
    fs::write(&path, text).with_context(|| format!("writing {}", path.display()))
}

/// What is true of the shop that was recorded.
pub fn load_facts(folder: &Path) -> anyhow::Result<Facts> {
    let path = folder.join("facts.json");
    let text = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} holds other facts: record anew", path.display()))
}

/// What a scenario did when it was recorded.
pub fn load(folder: &Path, scenario: &str) -> anyhow::Result<Vec<Exchange>> {
    let path = file(folder, scenario);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("no recording {}: `cargo xtask record` makes it", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not a recording", path.display()))
}

/// A recorded Medusa as a stage.
#[derive(Debug)]
pub struct Recorded {
    folder: PathBuf,
    config: MedusaConfig,
    facts: Arc<Facts>,
}

impl Recorded {
    /// The Medusa 2 that was recorded into the folder.
    pub fn new(folder: PathBuf) -> anyhow::Result<Self> {
        let mut config = MedusaConfig::new("http://medusa.invalid", "pk_recorded");
        config.admin_key = Some(SecretString::from("sk_recorded"));
        Self::of(folder, config)
    }

    /// The Medusa 1 that was recorded into the folder.
    pub fn new_v1(folder: PathBuf) -> anyhow::Result<Self> {
        let mut config = MedusaConfig::medusa_1("http://medusa.invalid");
        config.publishable_key = Some(SecretString::from("pk_recorded"));
        Self::of(folder, config)
    }

    fn of(folder: PathBuf, config: MedusaConfig) -> anyhow::Result<Self> {
        let facts = Arc::new(load_facts(&folder)?);
        Ok(Self { folder, config, facts })
    }

    /// The shop as it was when something was recorded under this name.
    pub fn shop(&self, name: &str) -> anyhow::Result<Shop> {
        Ok(self.replaying(load(&self.folder, name)?))
    }

    fn replaying(&self, exchanges: Vec<Exchange>) -> Shop {
        let transport = Arc::new(RecordingTransport::new(Arc::new(ReplayTransport::new(exchanges))));
        let (config, facts) = (self.config.clone(), Arc::clone(&self.facts));
        Shop { transport, config, facts, tokens: tokens(), warehouse: None }
    }
}

/// A Medusa behind a transport that counts the calls.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names tell")]
pub struct Shop {
    pub transport: Arc<RecordingTransport>,
    pub config: MedusaConfig,
    pub facts: Arc<Facts>,
    pub tokens: Tokens,
    pub warehouse: Option<Arc<dyn Warehouse>>,
}

impl Shop {
    /// A new integration over the shop, which remembers nothing yet.
    pub fn subject(&self) -> anyhow::Result<Subject> {
        let transport = Arc::clone(&self.transport);
        let medusa = Medusa::with_transport(&self.config, Arc::clone(&transport) as Arc<dyn Transport>)?;
        let people = People { mails: Arc::clone(&transport), warehouse: self.warehouse.clone() };
        let subject = Subject::new(medusa.modules(), Arc::clone(&self.facts), self.tokens.clone());
        Ok(subject.staffed(Arc::new(people)).counting(move || transport.sent() as u64))
    }
}

#[async_trait]
impl SubjectFactory for Recorded {
    async fn subject(&self, scenario: &Scenario) -> Subject {
        self.shop(scenario.name).and_then(|shop| shop.subject()).unwrap_or_else(|error| panic!("{error:#}"))
    }
}

impl Stage for Recorded {}

/// The recorded Medusa without an admin key: what needs one is absent, and nothing is ever called.
#[derive(Debug)]
pub struct WithoutAdminKey(pub Recorded);

#[async_trait]
impl SubjectFactory for WithoutAdminKey {
    async fn subject(&self, _: &Scenario) -> Subject {
        let mut shop = self.0.replaying(Vec::new());
        shop.config.admin_key = None;
        shop.subject().unwrap_or_else(|error| panic!("{error:#}"))
    }
}

impl Stage for WithoutAdminKey {}
