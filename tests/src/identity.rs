//! The running Medusa with customers of an identity provider, in both modes. They have no accounts beforehand.

use std::sync::Arc;

use async_trait::async_trait;
use futures_util::future::join_all;
use libtest_mimic::Trial;
use o2s_framework_core::context::{CustomerToken, RequestContext};
use o2s_framework_core::customers::ListAddresses;
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::products::ListProducts;
use o2s_integration_testkit::{Scenario, Subject, SubjectFactory, Tokens, scenarios};
use o2s_medusa_client::testing::RecordingTransport;
use o2s_medusa_client::v2::AdminClient;
use o2s_medusa_client::v2::admin::customers::ListCustomers;
use o2s_medusa_client::{AdminKey, CallContext};
use o2s_medusa_integration::{IdentityConfig, IdentityMode, MedusaConfig, TokenAlgorithm};
use secrecy::SecretString;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::live::Live;
use crate::recorded::Shop;
use crate::suite::{self, Stage};
use crate::tokens::sign;

/// What is played with them: whole checkouts, and who may see what.
const PLAYED: [&str; 2] = ["placing::", "ownership::"];

/// Far in the future: 2100.
const LATE: i64 = 4_102_444_800;

/// A running Medusa as a stage for customers of the identity provider.
#[derive(Debug)]
struct Provider {
    live: Arc<Live>,
    mode: IdentityMode,
}

impl Provider {
    fn name(&self) -> &'static str {
        match self.mode {
            IdentityMode::Forward => "forward",
            IdentityMode::Exchange => "exchange",
        }
    }

    fn claims(&self, who: &str, scenario: &str) -> Value {
        let env = &self.live.env;
        let subject = format!("{who} {} {} {scenario}", self.name(), self.live.run);
        let email = crate::live::short(&format!("{who}-{}-{}@idp.example", self.live.run, scenario.replace("::", "-")));
        json!({ "iss": env.sso_issuer, "aud": env.sso_audience, "sub": subject, "email": email,
            "email_verified": true, "given_name": who, "exp": LATE })
    }

    fn token(&self, claims: &Value) -> CustomerToken {
        CustomerToken::new(sign(claims, &self.live.env.sso_secret))
    }

    fn shop(&self, scenario: &str) -> Shop {
        let jane = self.claims("jane", scenario);
        let mut expired = jane.clone();
        expired["exp"] = json!(1_700_003_600);
        let tokens = Tokens {
            jane: self.token(&jane),
            john: self.token(&self.claims("john", scenario)),
            forged: CustomerToken::new(sign(&jane, "a secret of somebody else")),
            expired: self.token(&expired),
        };
        let env = &self.live.env;
        let mut config = MedusaConfig::new(&*env.base_url, &*env.publishable_key);
        config.admin_key = Some(SecretString::from(env.admin_key.as_str()));
        if self.mode == IdentityMode::Exchange {
            config.identity = IdentityConfig {
                mode: self.mode,
                algorithm: Some(TokenAlgorithm::Hs256),
                secret: Some(SecretString::from(env.sso_secret.as_str())),
                issuer: Some(env.sso_issuer.clone()),
                audience: Some(env.sso_audience.clone()),
                medusa_jwt_secret: Some(SecretString::from(env.medusa_jwt_secret.as_str())),
                ..IdentityConfig::default()
            };
        }
        let transport = Arc::new(RecordingTransport::new(Arc::clone(&self.live.transport)));
        Shop { transport, config, facts: Arc::clone(&self.live.facts), tokens }
    }

    /// Tokens that are almost good are 401 where a guest would be served; in mode exchange Medusa never hears of them.
    async fn refuses_hostile_tokens(&self) -> anyhow::Result<()> {
        let subject = self.shop("hostile").subject()?;
        let good = self.claims("mallory", "hostile");
        let with = |name: &str, value: Value| {
            let mut claims = good.clone();
            claims[name] = value;
            self.token(&claims)
        };
        let none = sign(&good, "").replace("eyJhbGciOiJIUzI1NiI", "eyJhbGciOiJub25lIiI");
        let hostile = [
            ("another issuer", with("iss", json!("https://evil.example"))),
            ("another audience", with("aud", json!("other"))),
            ("not yet valid", with("nbf", json!(LATE - 1))),
            ("no end", with("exp", Value::Null)),
            ("an address that is not verified", with("email_verified", json!(false))),
            ("too long", with("padding", json!("x".repeat(9000)))),
            ("an algorithm of its own", CustomerToken::new(none)),
            ("nothing", CustomerToken::new("")),
        ];
        for (what, token) in hostile {
            let cx = RequestContext::guest("hostile", std::time::Duration::from_secs(30)).with_token(token);
            let before = subject.upstream_calls();
            let Err(error) = subject.modules.products.list_products(&cx, &ListProducts::default()).await else {
                anyhow::bail!("{what}: was served")
            };
            anyhow::ensure!(error.kind() == ErrorKind::Unauthenticated, "{what}: {error:?}");
            let silent = self.mode == IdentityMode::Forward || subject.upstream_calls() == before;
            anyhow::ensure!(silent, "{what}: Medusa was asked");
        }
        Ok(())
    }

    /// First sign-ins of one person at the same time, through two processes that share nothing, are one account.
    async fn makes_one_account(&self) -> anyhow::Result<()> {
        let shop = self.shop("together");
        let processes = [shop.subject()?, shop.subject()?];
        let patience = std::time::Duration::from_secs(60);
        let cx = RequestContext::guest("together", patience).with_token(shop.tokens.jane.clone());
        let page = ListAddresses::default();
        let sign_ins = (0..10).map(|turn| processes[turn % 2].modules.customers.list_addresses(&cx, &page));
        for signed_in in join_all(sign_ins).await {
            anyhow::ensure!(signed_in?.total == 0, "a newcomer has addresses");
        }
        let claims = self.claims("jane", "together");
        let email = claims["email"].as_str().expect("an address");
        let admin =
            AdminClient::new(crate::live::backend(&self.live.transport), AdminKey::new(&*self.live.env.admin_key)?);
        let request = ListCustomers { email: Some(email), ..ListCustomers::default() };
        let made = admin.call(&CallContext::within(patience), &request).await?.customers;
        anyhow::ensure!(made.len() == 1 && made[0].has_account == Some(true), "not one account: {made:?}");
        Ok(())
    }
}

#[async_trait]
impl SubjectFactory for Provider {
    async fn subject(&self, scenario: &Scenario) -> Subject {
        if scenario.takes_stock {
            self.live.restock().await.unwrap_or_else(|error| panic!("setting the stage: {error:#}"));
        }
        self.shop(scenario.name).subject().unwrap_or_else(|error| panic!("setting the stage: {error:#}"))
    }
}

impl Stage for Provider {}

/// Both modes on the running Medusa, as `identity::exchange::…` and `identity::forward::…`.
pub fn trials(live: &Arc<Live>, runtime: &Arc<Runtime>) -> Vec<Trial> {
    let mut all = Vec::new();
    for mode in [IdentityMode::Exchange, IdentityMode::Forward] {
        let stage = Arc::new(Provider { live: Arc::clone(live), mode });
        let played = scenarios()
            .into_iter()
            .filter(|scenario| scenario.signed_in && PLAYED.iter().any(|prefix| scenario.name.starts_with(prefix)));
        let named = played.map(|mut scenario| {
            // Names of scenarios live as long as the program.
            scenario.name = Box::leak(format!("identity::{}::{}", stage.name(), scenario.name).into_boxed_str());
            scenario
        });
        all.extend(suite::trials(&stage, runtime, named));
        let (there, waiting) = (Arc::clone(&stage), Arc::clone(runtime));
        all.push(Trial::test(format!("identity::{}::one_person_gets_one_account", stage.name()), move || {
            Ok(waiting.block_on(there.makes_one_account())?)
        }));
        let runtime = Arc::clone(runtime);
        all.push(Trial::test(format!("identity::{}::hostile_tokens_are_refused", stage.name()), move || {
            Ok(runtime.block_on(stage.refuses_hostile_tokens())?)
        }));
    }
    all
}
