//! A Medusa with customers of an identity provider, in both modes: running, or recorded. They have no accounts
//! beforehand.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use axum::routing::get;
use axum::{Json, Router};
use futures_util::future::join_all;
use libtest_mimic::{Failed, Trial};
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_framework_core::customers::ListAddresses;
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::products::ListProducts;
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens, scenarios};
use o2s_medusa_client::testing::RecordingTransport;
use o2s_medusa_client::v2::AdminClient;
use o2s_medusa_client::v2::admin::customers::ListCustomers;
use o2s_medusa_client::{AdminKey, CallContext};
use o2s_medusa_integration::{IdentityConfig, IdentityMode, TokenAlgorithm};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::live::Live;
use crate::recorded::{RECORDED_RUN, Recorded, Recordings, Shop};
use crate::suite::{self, Stage};
use crate::tokens::{KeyPair, sign, unsigned};

/// What is played with them: whole checkouts, and who may see what.
const PLAYED: [&str; 2] = ["placing::", "ownership::"];

/// A whole checkout.
const CHECKOUT: &str = "placing::a_customers_cart_becomes_the_customers_order";

/// Far in the future: 2100.
const LATE: i64 = 4_102_444_800;

/// The folder of the recordings of both modes.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings/medusa-2-identity")
}

/// The Medusa that the customers come to.
#[derive(Debug)]
enum Place {
    Running { live: Arc<Live>, recordings: Recordings },
    Recorded(Recorded),
}

/// What the identity provider signs with.
#[derive(Debug)]
enum Keys {
    Secret(String),
    /// Published at this address, where somebody counts the visitors.
    Published {
        pair: KeyPair,
        address: String,
        visits: Arc<AtomicUsize>,
    },
}

impl Keys {
    /// Publishes the public half of a pair on this machine, as long as the program runs.
    async fn publish(pair: KeyPair) -> anyhow::Result<Self> {
        let visits = Arc::new(AtomicUsize::new(0));
        let (keys, counter) = (pair.published(), Arc::clone(&visits));
        let answer = async move || {
            counter.fetch_add(1, Ordering::SeqCst);
            Json(keys)
        };
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = format!("http://{}/realm/keys", listener.local_addr()?);
        tokio::spawn(axum::serve(listener, Router::new().route("/realm/keys", get(answer))).into_future());
        Ok(Self::Published { pair, address, visits })
    }

    fn sign(&self, claims: &Value) -> CustomerToken {
        CustomerToken::new(match self {
            Self::Secret(secret) => sign(claims, secret),
            Self::Published { pair, .. } => pair.sign(claims),
        })
    }
}

/// The identity provider, and a Medusa as a stage for its customers.
#[derive(Debug)]
struct Provider {
    /// Of the mode, and of what is particular.
    name: &'static str,
    mode: IdentityMode,
    issuer: String,
    audience: String,
    keys: Keys,
    medusa_jwt_secret: String,
    /// Sets the customers of one run apart from those of another.
    run: u64,
    place: Place,
}

impl Provider {
    /// Where recordings are wanted, those of each scenario are kept in [`folder`].
    fn running(live: &Arc<Live>, mode: IdentityMode) -> anyhow::Result<Self> {
        let env = &live.env;
        let recordings = Recordings::begin(live.recordings.are_kept().then(folder), &live.facts)?;
        Ok(Self {
            name: name(mode),
            mode,
            issuer: env.sso_issuer.clone(),
            audience: env.sso_audience.clone(),
            keys: Keys::Secret(env.sso_secret.clone()),
            medusa_jwt_secret: env.medusa_jwt_secret.clone(),
            run: live.run,
            place: Place::Running { live: Arc::clone(live), recordings },
        })
    }

    fn recorded(mode: IdentityMode) -> anyhow::Result<Self> {
        Ok(Self {
            name: name(mode),
            mode,
            issuer: "https://identity.example".to_owned(),
            audience: "shop".to_owned(),
            keys: Keys::Secret("the provider's".to_owned()),
            medusa_jwt_secret: "Medusa's".to_owned(),
            run: RECORDED_RUN,
            place: Place::Recorded(Recorded::new(folder())?),
        })
    }

    /// In mode exchange, with keys that are published. What is done is not recorded: Medusa is asked the same.
    async fn publishing(live: &Arc<Live>, name: &'static str, pair: KeyPair) -> anyhow::Result<Self> {
        let place = Place::Running { live: Arc::clone(live), recordings: Recordings::begin(None, &live.facts)? };
        let keys = Keys::publish(pair).await?;
        Ok(Self { name, keys, place, ..Self::running(live, IdentityMode::Exchange)? })
    }

    fn claims(&self, who: &str, scenario: &str) -> Value {
        let subject = format!("{who} {} {} {scenario}", self.name, self.run);
        // Each provider has its own customers, also where the names of scenarios end alike.
        let domain = format!("{}.idp.example", self.name.replace("::", "-"));
        let email = crate::live::short(&format!("{who}-{}-{}@{domain}", self.run, scenario.replace("::", "-")));
        json!({ "iss": self.issuer, "aud": self.audience, "sub": subject, "email": email,
            "email_verified": true, "given_name": who, "exp": LATE })
    }

    fn tokens(&self, scenario: &str) -> Tokens {
        let jane = self.claims("jane", scenario);
        let mut expired = jane.clone();
        expired["exp"] = json!(1_700_003_600);
        Tokens {
            jane: self.keys.sign(&jane),
            john: self.keys.sign(&self.claims("john", scenario)),
            forged: CustomerToken::new(sign(&jane, "a secret of somebody else")),
            expired: self.keys.sign(&expired),
        }
    }

    /// The shop with customers who come for the first time.
    async fn shop(&self, scenario: &str) -> anyhow::Result<Shop> {
        let tokens = self.tokens(scenario);
        let mut shop = match &self.place {
            Place::Running { live, recordings } => {
                let transport = RecordingTransport::new(Arc::clone(&live.transport));
                let transport = recordings.watch(file_name(scenario), transport);
                if recordings.are_kept() && self.mode == IdentityMode::Forward {
                    live.name_tokens(&transport, &tokens).await?;
                }
                live.behind(transport, tokens.clone())
            }
            Place::Recorded(recorded) => recorded.shop(file_name(scenario))?,
        };
        if self.mode == IdentityMode::Exchange {
            shop.tokens = tokens;
            let (algorithm, secret, jwks_url) = match &self.keys {
                Keys::Secret(secret) => (TokenAlgorithm::Hs256, Some(SecretString::from(secret.as_str())), None),
                Keys::Published { pair, address, .. } => (pair.algorithm, None, Some(address.clone())),
            };
            shop.config.identity = IdentityConfig {
                mode: self.mode,
                algorithm: Some(algorithm),
                secret,
                jwks_url,
                issuer: Some(self.issuer.clone()),
                audience: Some(self.audience.clone()),
                medusa_jwt_secret: Some(SecretString::from(self.medusa_jwt_secret.as_str())),
                // The names of logins follow from it: recordings have them, whatever Medusa's secret was.
                login_secret: Some(SecretString::from("the secret of the suite's logins")),
                ..IdentityConfig::default()
            };
        }
        Ok(shop)
    }

    async fn stage(&self, scenario: &Scenario) -> anyhow::Result<Subject> {
        if let (true, Place::Running { live, .. }) = (scenario.takes_stock, &self.place) {
            live.restock().await?;
        }
        self.shop(scenario.name).await?.subject()
    }

    /// Keeps what was done, where recordings are wanted.
    fn keep(&self, scenario: &str) -> anyhow::Result<()> {
        match &self.place {
            Place::Running { recordings, .. } => recordings.keep(file_name(scenario)),
            Place::Recorded(_) => Ok(()),
        }
    }

    /// Tokens that are almost good are 401 where a guest would be served; in mode exchange Medusa never hears of them.
    async fn refuses_hostile_tokens(&self, name: &str) -> anyhow::Result<()> {
        let subject = self.shop(name).await?.subject()?;
        let good = self.claims("mallory", name);
        let with = |name: &str, value: Value| {
            let mut claims = good.clone();
            claims[name] = value;
            self.keys.sign(&claims)
        };
        let hostile = [
            ("another issuer", with("iss", json!("https://evil.example"))),
            ("another audience", with("aud", json!("other"))),
            ("not yet valid", with("nbf", json!(LATE - 1))),
            ("no end", with("exp", Value::Null)),
            ("an address that is not verified", with("email_verified", json!(false))),
            ("too long", with("padding", json!("x".repeat(9000)))),
            ("no algorithm", CustomerToken::new(unsigned(&good))),
            ("nothing", CustomerToken::new("")),
        ];
        for (what, token) in hostile {
            let cx = RequestContext::guest("hostile", Duration::from_secs(30)).with_token(token);
            let before = subject.upstream_calls();
            let Err(error) = subject.modules.products.list_products(&cx, &ListProducts::default()).await else {
                anyhow::bail!("{what}: was served")
            };
            anyhow::ensure!(error.kind() == ErrorKind::Unauthenticated, "{what}: {error:?}");
            let silent = self.mode == IdentityMode::Forward || subject.upstream_calls() == before;
            anyhow::ensure!(silent, "{what}: Medusa was asked");
        }
        self.keep(name)
    }

    /// First sign-ins of one person at the same time, through two processes that share nothing, are one account.
    async fn makes_one_account(&self, live: &Live, name: &str) -> anyhow::Result<()> {
        let shop = self.shop(name).await?;
        let processes = [shop.subject()?, shop.subject()?];
        let patience = Duration::from_secs(60);
        let cx = RequestContext::guest("together", patience).with_token(shop.tokens.jane.clone());
        let page = ListAddresses::default();
        let sign_ins = (0..10).map(|turn| processes[turn % 2].modules.customers.list_addresses(&cx, &page));
        for signed_in in join_all(sign_ins).await {
            anyhow::ensure!(signed_in?.total == 0, "a newcomer has addresses");
        }
        let claims = self.claims("jane", name);
        let email = claims["email"].as_str().expect("an address");
        let admin = AdminClient::new(crate::live::backend(&live.transport), AdminKey::new(&*live.env.admin_key)?);
        let request = ListCustomers { q: Some(email), ..ListCustomers::default() };
        let made = admin.call(&CallContext::within(patience), &request).await?.customers;
        anyhow::ensure!(made.len() == 1 && made[0].has_account == Some(true), "not one account: {made:?}");
        Ok(())
    }
}

/// The name of a scenario in [`folder`], where all are of identities.
pub fn file_name(scenario: &str) -> &str {
    scenario.strip_prefix("identity::").unwrap_or(scenario)
}

#[async_trait]
impl SubjectFactory for Provider {
    async fn subject(&self, scenario: &Scenario) -> Subject {
        self.stage(scenario).await.unwrap_or_else(|error| panic!("setting the stage: {error:#}"))
    }
}

impl Stage for Provider {
    fn kept(&self, scenario: &Scenario) -> Result<(), Failed> {
        if let Keys::Published { visits, .. } = &self.keys {
            let visits = visits.load(Ordering::SeqCst);
            if visits != 1 {
                return Err(format!("the provider's keys were fetched {visits} times").into());
            }
        }
        Ok(self.keep(scenario.name)?)
    }
}

const MODES: [IdentityMode; 2] = [IdentityMode::Exchange, IdentityMode::Forward];

fn name(mode: IdentityMode) -> &'static str {
    match mode {
        IdentityMode::Forward => "forward",
        IdentityMode::Exchange => "exchange",
    }
}

/// Both modes on the running Medusa, as `identity::exchange::…` and `identity::forward::…`, and a checkout with published
/// keys of each kind.
pub fn live_trials(live: &Arc<Live>, runtime: &Arc<Runtime>) -> anyhow::Result<Vec<Trial>> {
    let mut all = Vec::new();
    for mode in MODES {
        let provider = Arc::new(Provider::running(live, mode)?);
        all.extend(trials(&provider, runtime));
        // Played live alone: how the processes' calls mix is another each time.
        let name = format!("identity::{}::one_person_gets_one_account", provider.name);
        let (live, runtime) = (Arc::clone(live), Arc::clone(runtime));
        all.push(Trial::test(name.clone(), move || Ok(runtime.block_on(provider.makes_one_account(&live, &name))?)));
    }
    for (name, pair) in [("exchange::rs256", KeyPair::rsa()), ("exchange::es256", KeyPair::ec())] {
        let provider = runtime.block_on(Provider::publishing(live, name, pair))?;
        all.extend(suite::trials(&Arc::new(provider), runtime, played(name, |scenario| scenario == CHECKOUT)));
    }
    Ok(all)
}

/// As [`live_trials`], on the Medusa that was recorded into [`folder`].
pub fn recorded_trials(runtime: &Arc<Runtime>) -> anyhow::Result<Vec<Trial>> {
    let mut all = Vec::new();
    for mode in MODES {
        all.extend(trials(&Arc::new(Provider::recorded(mode)?), runtime));
    }
    Ok(all)
}

fn trials(provider: &Arc<Provider>, runtime: &Arc<Runtime>) -> Vec<Trial> {
    let is_played = |scenario: &str| PLAYED.iter().any(|prefix| scenario.starts_with(prefix));
    let mut all = suite::trials(provider, runtime, played(provider.name, is_played));
    let name = format!("identity::{}::hostile_tokens_are_refused", provider.name);
    let (provider, runtime) = (Arc::clone(provider), Arc::clone(runtime));
    all.push(Trial::test(name.clone(), move || Ok(runtime.block_on(provider.refuses_hostile_tokens(&name))?)));
    all
}

/// The scenarios with customers that are wanted, under names of their own.
fn played(under: &str, wanted: impl Fn(&str) -> bool) -> impl Iterator<Item = Scenario> {
    let wanted = scenarios().into_iter().filter(move |scenario| scenario.signed_in && wanted(scenario.name));
    wanted.map(move |mut scenario| {
        // Names of scenarios live as long as the program.
        scenario.name = Box::leak(format!("identity::{under}::{}", scenario.name).into_boxed_str());
        scenario
    })
}
