//! The running server, as its different callers see it.

use std::collections::BTreeMap;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use anyhow::Context;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use o2s_medusa_client::transport::{HttpConfig, HttpRequest, HttpTransport, Transport};
use o2s_tests::seeded::{Env, Login};
use serde_json::{Value, json};

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// An answer in the parts that are compared.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Without parameters.
    pub(crate) content_type: Option<String>,
    pub(crate) headers: HeaderMap,
    /// The JSON; null where there is none.
    pub(crate) body: Value,
}

/// A running, seeded Medusa.
#[derive(Debug)]
pub(crate) struct Server {
    transport: HttpTransport,
    pub(crate) env: Env,
    customer_token: String,
    user_token: String,
    /// Sets this run's rows apart from those of earlier runs on the same server.
    run: u64,
}

impl Server {
    pub(crate) async fn new(env: Env) -> anyhow::Result<Self> {
        let transport = HttpTransport::new(&env.base_url, &HttpConfig::default())?;
        let run = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();
        let mut server = Self { transport, env, customer_token: String::new(), user_token: String::new(), run };
        server.customer_token = server.login("customer", &server.env.customers[0].login).await?;
        server.user_token = server.login("user", &server.env.admin).await?;
        Ok(server)
    }

    async fn login(&self, actor: &str, login: &Login) -> anyhow::Result<String> {
        let body = json!({ "email": login.email, "password": login.password }).to_string();
        let target = format!("/auth/{actor}/emailpass");
        let answer = self.send("POST", &target, None, Some(body), &HeaderMap::new()).await?;
        Ok(answer.body["token"].as_str().context("no token")?.to_owned())
    }

    /// What a caller of the recordings sends to say who it is.
    fn credentials(&self, caller: &str) -> Vec<(HeaderName, String)> {
        const STORE_KEY: HeaderName = HeaderName::from_static("x-publishable-api-key");
        let env = &self.env;
        let basic = |text: &str| (AUTHORIZATION, format!("Basic {}", STANDARD.encode(text)));
        let bearer = |token: &str| (AUTHORIZATION, format!("Bearer {token}"));
        match caller {
            "admin" => vec![basic(&format!("{}:", env.admin_key))],
            "user" => vec![bearer(&self.user_token)],
            "customer" => vec![bearer(&self.customer_token), (STORE_KEY, env.publishable_key.clone())],
            "store" => vec![(STORE_KEY, env.publishable_key.clone())],
            "key without channel" => vec![(STORE_KEY, env.publishable_key_without_channel.clone())],
            "key without colon" => vec![basic(&env.admin_key)],
            "key as bearer" => vec![bearer(&env.admin_key)],
            "publishable key" => vec![basic(&format!("{}:", env.publishable_key))],
            "wrong key" => vec![basic("wrong:"), (STORE_KEY, "wrong".to_owned())],
            other => panic!("the recordings have a caller {other:?}, which nobody knows"),
        }
    }

    /// Asks, and reads the whole answer.
    pub(crate) async fn send(
        &self,
        method: &str,
        target: &str,
        caller: Option<&str>,
        body: Option<String>,
        more_headers: &HeaderMap,
    ) -> anyhow::Result<Answer> {
        let mut headers = more_headers.clone();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        for (name, value) in caller.map(|caller| self.credentials(caller)).unwrap_or_default() {
            headers.insert(name, HeaderValue::try_from(value)?);
        }
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        let request = HttpRequest {
            method: Method::from_bytes(method.as_bytes())?,
            route: "/{any}",
            target: target.to_owned(),
            headers,
            body: body.map(Bytes::from),
            deadline: Instant::now() + PATIENCE,
        };
        let response = self.transport.send(request).await.with_context(|| format!("{method} {target}"))?;
        let content_type = response.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let content_type = content_type.and_then(|value| value.split(';').next()).map(str::to_owned);
        let is_json = content_type.as_deref() == Some("application/json") && !response.body.is_empty();
        let body = if is_json { serde_json::from_slice(&response.body)? } else { Value::Null };
        Ok(Answer { status: response.status.as_u16(), content_type, headers: response.headers, body })
    }

    /// Reads with the admin key.
    pub(crate) async fn get(&self, target: &str) -> anyhow::Result<Answer> {
        self.send("GET", target, Some("admin"), None, &HeaderMap::new()).await
    }

    /// Makes a customer without an account, for this run.
    async fn new_customer(&self, name: &str) -> anyhow::Result<String> {
        let body = json!({ "email": format!("{name}-{}@example.com", self.run) }).to_string();
        let answer = self.send("POST", "/admin/customers", Some("admin"), Some(body), &HeaderMap::new()).await?;
        Ok(answer.body["customer"]["id"].as_str().with_context(|| format!("no customer: {answer:?}"))?.to_owned())
    }

    /// What the names in braces stand for in the recorded requests, in this shop.
    pub(crate) fn names(&self) -> BTreeMap<String, String> {
        let (env, seeded) = (&self.env, &self.env.resources);
        let target = |kind: &str, index: usize| &*seeded.references.targets[kind][index].id;
        let names = [
            ("jane", &*env.customers[0].id),
            ("john", &env.customers[1].id),
            ("mary", &seeded.customer_ids.without_anything),
            ("deletedCustomer", &seeded.customer_ids.deleted),
            ("region", &env.region_ids["eu"]),
            ("asset", &seeded.asset_ids["jane"][0]),
            ("laterAsset", &seeded.asset_ids["jane"][3]),
            ("assetOfJohn", &seeded.asset_ids["john"][1]),
            ("assetWithoutWarranty", &seeded.odd_assets["withoutWarranty"]),
            ("assetOfDraftProduct", &seeded.odd_assets["ofDraftProduct"]),
            ("assetOfUnknownCustomer", &seeded.odd_assets["ofUnknownCustomer"]),
            ("assetOfUnknownVariant", &seeded.odd_assets["ofUnknownVariant"]),
            ("assetOfTwoCustomers", &seeded.odd_assets["ofTwoCustomers"]),
            ("assetOfDeletedCustomer", &seeded.odd_assets["ofDeletedCustomer"]),
            // It holds two assets.
            ("service", &seeded.services_by_state["ONE_TIME"]["INACTIVE"]),
            ("bareService", &seeded.odd_services["bare"]),
            ("serviceOfJohn", &seeded.service_ids["john"][0]),
            ("serviceWithForeignAsset", &seeded.odd_services["withForeignAsset"]),
            ("product", &seeded.references.source.product_id),
            ("variant", &seeded.references.source.id),
            ("otherVariant", &env.variants["backorder"].id),
            ("serviceVariant", &env.variants["service"].id),
            ("otherServiceVariant", target("COMPATIBLE_SERVICE", 2)),
            ("draftVariant", target("REPLACEMENT", 1)),
            ("sparePart", target("SPARE_PART", 0)),
            ("otherSparePart", target("SPARE_PART", 1)),
            ("thirdTarget", target("SPARE_PART", 2)),
            ("featuredCategory", &seeded.featured.category_id),
        ];
        names.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    /// [`names`](Self::names), with customers and a variant that nothing belongs to yet.
    pub(crate) async fn names_to_write_with(&self) -> anyhow::Result<BTreeMap<String, String>> {
        let mut names = self.names();
        for name in ["writer", "stranger"] {
            names.insert(name.to_owned(), self.new_customer(name).await?);
        }
        names.insert("run".to_owned(), self.run.to_string());
        // References ask for no variant that exists.
        names.insert("newVariant".to_owned(), format!("variant_{:0>26}", self.run));
        Ok(names)
    }
}

/// The text with the names in braces replaced by what they stand for.
pub(crate) fn filled(text: &str, names: &BTreeMap<String, String>) -> String {
    names.iter().fold(text.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
