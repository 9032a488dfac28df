//! Identities of an identity provider in mode exchange: which tokens are taken, and what Medusa is asked.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode, get_current_timestamp};
use o2s_framework_core::Modules;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind};
use o2s_framework_core::ids::{AddressId, CartId, OrderId, PaymentSessionId, ProductId};
use o2s_medusa_client::transport::Transport;
use o2s_medusa_integration::{EmailVerified, ExistingAccounts, IdentityMode, Medusa, MedusaConfig, TokenAlgorithm};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::script::{Answer, Call, Shop, holder, ok};

const ISSUER: &str = "https://idp.example";
const AUDIENCE: &str = "shop";
const SECRET: &str = "what the provider and we know";
const MEDUSA_SECRET: &str = "what Medusa signs with";
const RSA: &[u8] = include_bytes!("keys/rsa.pem");
const RSA_PUBLIC: &[u8] = include_bytes!("keys/rsa.pub.pem");
const STRANGER: &[u8] = include_bytes!("keys/stranger.pem");
const EC: &[u8] = include_bytes!("keys/ec.pem");

fn at(seconds: i64) -> i64 {
    i64::try_from(get_current_timestamp()).unwrap() + seconds
}

fn claims() -> Value {
    json!({ "iss": ISSUER, "aud": AUDIENCE, "sub": "person-1", "email": "Ada@Example.com", "email_verified": true,
        "name": "Ada King Lovelace", "iat": at(0), "exp": at(600) })
}

/// The claims with some of them changed; null removes one.
#[allow(clippy::needless_pass_by_value, reason = "callers write the changes where they need them")]
fn but(changes: Value) -> Value {
    let mut claims = claims();
    for (name, value) in changes.as_object().unwrap() {
        if value.is_null() {
            claims.as_object_mut().unwrap().remove(name);
        } else {
            claims[name] = value.clone();
        }
    }
    claims
}

fn hs256(claims: &Value) -> String {
    encode(&Header::new(Algorithm::HS256), claims, &EncodingKey::from_secret(SECRET.as_bytes())).unwrap()
}

fn with_key(algorithm: Algorithm, kid: &str, claims: &Value, key: &EncodingKey) -> String {
    encode(&Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) }, claims, key).unwrap()
}

fn rs256(kid: &str, claims: &Value) -> String {
    with_key(Algorithm::RS256, kid, claims, &EncodingKey::from_rsa_pem(RSA).unwrap())
}

fn es256(kid: &str, claims: &Value) -> String {
    with_key(Algorithm::ES256, kid, claims, &EncodingKey::from_ec_pem(EC).unwrap())
}

fn unsigned(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    format!("{}.{}.", part(header), part(claims))
}

/// What a bearer token says, whoever signed it.
fn said(token: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?).ok()?).ok()
}

/// A Medusa with accounts: logins by their name, customers by their address.
#[derive(Default)]
struct Accounts {
    /// Name of the login, customer or nothing.
    logins: Mutex<Vec<(String, Option<String>)>>,
    /// Address and id.
    customers: Mutex<Vec<(String, String)>>,
    /// How many customers somebody else makes first.
    raced: AtomicUsize,
    no_account: bool,
}

impl Accounts {
    fn token(customer: Option<&str>) -> Answer {
        let claims = json!({ "actor_id": customer.unwrap_or_default(), "auth_identity_id": "authid_1" });
        ok(json!({ "token": unsigned(&json!({ "alg": "HS256" }), &claims) }))
    }

    fn answer(&self, call: &Call) -> Option<Answer> {
        let refused = Answer::Json(401, json!({ "type": "unauthorized", "message": "no" }));
        let body = |name: &str| call.body[name].as_str().unwrap_or_default().to_owned();
        let mut logins = self.logins.lock().unwrap();
        let mut customers = self.customers.lock().unwrap();
        Some(match call.what.as_str() {
            "POST /auth/customer/emailpass" => match logins.iter().find(|(name, _)| *name == body("email")) {
                Some((_, customer)) => Self::token(customer.as_deref()),
                None => refused,
            },
            "POST /auth/customer/emailpass/register" => {
                if logins.iter().any(|(name, _)| *name == body("email")) {
                    return Some(refused);
                }
                logins.push((body("email"), None));
                Self::token(None)
            }
            "GET /admin/customers" => {
                let wanted = call.value("q").unwrap_or_default().to_lowercase();
                let found = customers.iter().filter(|(email, _)| email.to_lowercase().contains(&wanted));
                let found: Vec<_> =
                    found.map(|(email, id)| json!({ "id": id, "email": email, "has_account": true })).collect();
                ok(json!({ "count": found.len(), "customers": found }))
            }
            "POST /store/customers" => {
                let id = format!("cus_{}", customers.len() + 1);
                customers.push((body("email"), id.clone()));
                if let Some(login) = logins.last_mut() {
                    login.1 = Some(id.clone());
                }
                if self.raced.load(Ordering::SeqCst) > 0 {
                    self.raced.fetch_sub(1, Ordering::SeqCst);
                    return Some(Answer::Json(422, json!({ "type": "duplicate_error", "message": "taken" })));
                }
                ok(json!({ "customer": { "id": id } }))
            }
            "GET /store/customers/me" => match said(call.token.as_deref()?) {
                Some(claims) if is_signed(call.token.as_deref()?) => {
                    ok(json!({ "customer": { "id": claims["actor_id"], "has_account": !self.no_account } }))
                }
                _ => refused,
            },
            "GET /store/customers/me/addresses" => ok(json!({ "addresses": [], "count": 0 })),
            _ => return None,
        })
    }
}

fn is_signed(token: &str) -> bool {
    let rules = Validation::new(Algorithm::HS256);
    decode::<Value>(token, &DecodingKey::from_secret(MEDUSA_SECRET.as_bytes()), &rules).is_ok()
}

fn accounts(accounts: Accounts) -> (Arc<Shop>, Arc<Accounts>) {
    let accounts = Arc::new(accounts);
    let answering = Arc::clone(&accounts);
    (Shop::new(move |call| answering.answer(call)), accounts)
}

/// Where the provider publishes its keys: one RSA key, one EC key, and things that must not be taken.
fn published() -> Arc<Shop> {
    let jwk = |key: &EncodingKey, algorithm| {
        serde_json::to_value(jsonwebtoken::jwk::Jwk::from_encoding_key(key, algorithm).unwrap()).unwrap()
    };
    let mut rsa = jwk(&EncodingKey::from_rsa_pem(RSA).unwrap(), Algorithm::RS256);
    let mut ec = jwk(&EncodingKey::from_ec_pem(EC).unwrap(), Algorithm::ES256);
    let mut sealing = jwk(&EncodingKey::from_rsa_pem(STRANGER).unwrap(), Algorithm::RS256);
    rsa["kid"] = json!("rsa-1");
    ec["kid"] = json!("ec-1");
    sealing["kid"] = json!("for-encryption");
    sealing["use"] = json!("enc");
    let secret = json!({ "kty": "oct", "kid": "oct-1", "k": URL_SAFE_NO_PAD.encode(SECRET) });
    let keys = json!({ "keys": [secret, { "kty": "unheard of" }, sealing, rsa, ec] });
    Shop::new(move |call| (call.what == "GET /realm/keys").then(|| ok(keys.clone())))
}

fn config(algorithm: TokenAlgorithm) -> MedusaConfig {
    let mut config = MedusaConfig::new("http://shop", "pk_test");
    config.admin_key = Some("sk_test".into());
    config.identity.mode = IdentityMode::Exchange;
    config.identity.algorithm = Some(algorithm);
    config.identity.issuer = Some(ISSUER.to_owned());
    config.identity.audience = Some(AUDIENCE.to_owned());
    config.identity.medusa_jwt_secret = Some(MEDUSA_SECRET.into());
    match algorithm {
        TokenAlgorithm::Hs256 => config.identity.secret = Some(SECRET.into()),
        _ => config.identity.jwks_url = Some("https://idp.example/realm/keys".to_owned()),
    }
    config
}

fn medusa(config: &MedusaConfig, shop: &Arc<Shop>, provider: &Arc<Shop>) -> Medusa {
    let transport = |shop: &Arc<Shop>| Arc::clone(shop) as Arc<dyn Transport>;
    Medusa::with_transports(config, transport(shop), transport(provider)).expect("a configuration")
}

fn request<T: DeserializeOwned>(json: Value) -> T {
    serde_json::from_value(json).expect("a request")
}

/// One operation of each kind: those that need a customer, those that guests may use, reads and writes.
async fn every_way_in(shop: &Modules, cx: &RequestContext) -> Vec<(&'static str, Error)> {
    let cart: CartId = "cart_1".parse().unwrap();
    let order: OrderId = "order_1".parse().unwrap();
    let session: PaymentSessionId = "unknown".parse().unwrap();
    let address: AddressId = "cuaddr_1".parse().unwrap();
    let product: ProductId = "prod_1".parse().unwrap();
    let mut refused = Vec::new();
    macro_rules! refuse {
        ($($name:literal: $call:expr),* $(,)?) => { $(refused.push(($name, $call.await.expect_err($name)));)* };
    }
    refuse! {
        "products.list_products": shop.products.list_products(cx, &request(json!({}))),
        "products.get_product": shop.products.get_product(cx, &product, &request(json!({}))),
        "carts.get_cart": shop.carts.get_cart(cx, &cart),
        "carts.create_cart": shop.carts.create_cart(cx, &request(json!({ "currency": "EUR" }))),
        "carts.list_carts": shop.carts.list_carts(cx, &request(json!({}))),
        "carts.get_current_cart": shop.carts.get_current_cart(cx),
        "carts.add_item to a new cart":
            shop.carts.add_item(cx, &request(json!({ "sku": "A", "quantity": 1, "currency": "EUR" }))),
        "carts.add_item": shop.carts.add_item(cx, &request(json!({ "cartId": "cart_1", "sku": "A", "quantity": 1 }))),
        "checkout.get_summary": shop.checkout.get_summary(cx, &cart),
        "checkout.list_shipping_options": shop.checkout.list_shipping_options(cx, &cart),
        "checkout.place_order": shop.checkout.place_order(cx, &cart, &request(json!({}))),
        "customers.list_addresses": shop.customers.list_addresses(cx, &request(json!({}))),
        "customers.get_address": shop.customers.get_address(cx, &address),
        "customers.delete_address": shop.customers.delete_address(cx, &address),
        "orders.get_order": shop.orders.get_order(cx, &order, &request(json!({}))),
        "orders.list_orders": shop.orders.list_orders(cx, &request(json!({}))),
        "payments.list_providers": shop.payments.list_providers(cx, &request(json!({ "regionId": "reg_eu" }))),
        "payments.get_session": shop.payments.get_session(cx, &session),
    }
    refused
}

/// Tokens that no algorithm makes good.
fn hostile(sign: impl Fn(&Value) -> String) -> Vec<(&'static str, String)> {
    let good = sign(&claims());
    let parts: Vec<&str> = good.split('.').collect();
    let forged = URL_SAFE_NO_PAD.encode(but(json!({ "sub": "person-2" })).to_string());
    vec![
        ("no token at all", String::new()),
        ("no JWT", "garbage".to_owned()),
        ("three empty parts", "..".to_owned()),
        ("alg none", unsigned(&json!({ "alg": "none", "typ": "JWT" }), &claims())),
        ("alg NONE", unsigned(&json!({ "alg": "NONE" }), &claims())),
        ("no alg", unsigned(&json!({ "typ": "JWT" }), &claims())),
        ("no signature", format!("{}.{}.", parts[0], parts[1])),
        ("other claims under the signature", format!("{}.{forged}.{}", parts[0], parts[2])),
        ("a fourth part", format!("{good}.x")),
        ("another issuer", sign(&but(json!({ "iss": "https://evil.example" })))),
        ("the issuer with something behind it", sign(&but(json!({ "iss": format!("{ISSUER}.evil.example") })))),
        ("no issuer", sign(&but(json!({ "iss": null })))),
        ("another audience", sign(&but(json!({ "aud": "other shop" })))),
        ("other audiences", sign(&but(json!({ "aud": ["a", "b"] })))),
        ("no audience", sign(&but(json!({ "aud": null })))),
        ("expired", sign(&but(json!({ "exp": at(-120) })))),
        ("without an end", sign(&but(json!({ "exp": null })))),
        ("with an end that is no time", sign(&but(json!({ "exp": "tomorrow" })))),
        ("not yet valid", sign(&but(json!({ "nbf": at(120) })))),
        ("no subject", sign(&but(json!({ "sub": null })))),
        ("an empty subject", sign(&but(json!({ "sub": " " })))),
        ("a subject that is none", sign(&but(json!({ "sub": ["person-1"] })))),
        ("no e-mail address", sign(&but(json!({ "email": null })))),
        ("an e-mail address that is none", sign(&but(json!({ "email": "ada" })))),
        ("an e-mail address in two lines", sign(&but(json!({ "email": "ada@example.com\nx" })))),
        ("an address that is not verified", sign(&but(json!({ "email_verified": false })))),
        ("an address of which nothing is said", sign(&but(json!({ "email_verified": null })))),
        ("an address that is verified maybe", sign(&but(json!({ "email_verified": 1 })))),
        ("more than 8 KiB", sign(&but(json!({ "padding": "x".repeat(9000) })))),
    ]
}

#[tokio::test]
async fn hostile_tokens_are_refused_without_a_call() {
    let rsa_as_secret = EncodingKey::from_secret(RSA_PUBLIC);
    let stranger = EncodingKey::from_rsa_pem(STRANGER).unwrap();
    let medusas_own = json!({ "actor_id": "cus_1", "actor_type": "customer", "exp": at(600) });
    let medusas_own =
        encode(&Header::new(Algorithm::HS256), &medusas_own, &EncodingKey::from_secret(MEDUSA_SECRET.as_bytes()));
    let understood = unsigned(&json!({ "alg": "HS256", "crit": ["b64"], "b64": false }), &claims());
    let hs384 = encode(&Header::new(Algorithm::HS384), &claims(), &EncodingKey::from_secret(SECRET.as_bytes()));
    let mut secret = hostile(hs256);
    secret.extend([
        ("another secret", with_key(Algorithm::HS256, "x", &claims(), &EncodingKey::from_secret(b"other"))),
        ("an empty secret", with_key(Algorithm::HS256, "x", &claims(), &EncodingKey::from_secret(b""))),
        ("another hash", hs384.unwrap()),
        ("a public key's algorithm", rs256("rsa-1", &claims())),
        ("Medusa's own token", medusas_own.unwrap()),
        ("a header that must be understood", understood),
    ]);
    let mut rsa = hostile(|claims| rs256("rsa-1", claims));
    rsa.extend([
        ("the public key as secret", with_key(Algorithm::HS256, "rsa-1", &claims(), &rsa_as_secret)),
        (
            "a published secret",
            with_key(Algorithm::HS256, "oct-1", &claims(), &EncodingKey::from_secret(SECRET.as_bytes())),
        ),
        ("a stranger's key under a known id", with_key(Algorithm::RS256, "rsa-1", &claims(), &stranger)),
        ("an unknown key id", with_key(Algorithm::RS256, "rsa-2", &claims(), &stranger)),
        ("a key id that is a path", with_key(Algorithm::RS256, "../../etc/passwd", &claims(), &stranger)),
        ("a key that is for encryption", with_key(Algorithm::RS256, "for-encryption", &claims(), &stranger)),
        ("the key of another algorithm", es256("ec-1", &claims())),
    ]);
    let mut ec = hostile(|claims| es256("ec-1", claims));
    ec.push(("an RSA key's id", es256("rsa-1", &claims())));

    for (algorithm, tokens) in
        [(TokenAlgorithm::Hs256, secret), (TokenAlgorithm::Rs256, rsa), (TokenAlgorithm::Es256, ec)]
    {
        let shop = Shop::closed();
        let modules = medusa(&config(algorithm), &shop, &published()).modules();
        for (what, token) in tokens {
            for (operation, error) in every_way_in(&modules, &holder(&token)).await {
                let told = (error.kind(), error.code());
                assert_eq!(
                    told,
                    (ErrorKind::Unauthenticated, "auth.invalid_token"),
                    "{algorithm:?} {what}: {operation}"
                );
                assert!(
                    token.len() < 10 || !format!("{error:?}").contains(&token),
                    "{what}: {operation} shows the token"
                );
            }
            assert_eq!(shop.everything_called(), Vec::<String>::new(), "{algorithm:?} {what}");
        }
    }
}

#[tokio::test]
async fn a_newcomer_gets_a_real_account_once() {
    for (algorithm, token) in [
        (TokenAlgorithm::Hs256, hs256(&claims())),
        (TokenAlgorithm::Rs256, rs256("rsa-1", &claims())),
        (TokenAlgorithm::Es256, es256("ec-1", &but(json!({ "aud": ["other", AUDIENCE] })))),
    ] {
        let (shop, _) = accounts(Accounts::default());
        let customers = medusa(&config(algorithm), &shop, &published()).customers();
        let page = request(json!({}));
        customers.list_addresses(&holder(&token), &page).await.expect("a page");
        assert_eq!(
            shop.called(),
            [
                "POST /auth/customer/emailpass",
                "GET /admin/customers",
                "POST /auth/customer/emailpass/register",
                "POST /store/customers",
                "GET /store/customers/me",
                "GET /store/customers/me/addresses",
            ]
        );
        let calls = shop.calls();
        assert_eq!(calls[1].values("q"), ["ada@example.com"]);
        assert_eq!(calls[1].values("has_account"), ["true"]);
        assert_ne!(calls[2].body["email"], json!("ada@example.com"), "a login that no reset mail can reach");
        assert_eq!(
            calls[3].body,
            json!({ "email": "ada@example.com", "first_name": "Ada", "last_name": "King Lovelace" })
        );
        let made = calls[5].token.clone().expect("a token");
        assert!(is_signed(&made));
        let made = said(&made).unwrap();
        assert_eq!(made["actor_type"], json!("customer"));
        assert_eq!(made["auth_identity_id"], json!("authid_1"));
        assert_eq!(made["app_metadata"]["customer_id"], made["actor_id"]);
        assert_eq!(made["exp"].as_i64().unwrap() - made["iat"].as_i64().unwrap(), 600);

        // The provider's next token of the same person is worth the same token for Medusa.
        let next = match algorithm {
            TokenAlgorithm::Hs256 => hs256(&but(json!({ "exp": at(900) }))),
            _ => token,
        };
        customers.list_addresses(&holder(&next), &page).await.expect("a page");
        assert_eq!(shop.called().len(), 7);
    }
}

async fn calls_to_sign_in(shop: &Arc<Shop>, claims: &Value) -> Vec<String> {
    let before = shop.called().len();
    let customers = medusa(&config(TokenAlgorithm::Hs256), shop, &published()).customers();
    customers.list_addresses(&holder(&hs256(claims)), &request(json!({}))).await.expect("a page");
    shop.called().split_off(before)
}

#[tokio::test]
async fn a_subject_is_found_again_whatever_the_address() {
    let (shop, accounts) = accounts(Accounts::default());
    calls_to_sign_in(&shop, &claims()).await;
    // Another process, another address at the provider.
    let calls = calls_to_sign_in(&shop, &but(json!({ "email": "ada@married.example" }))).await;
    assert_eq!(
        calls,
        ["POST /auth/customer/emailpass", "GET /store/customers/me", "GET /store/customers/me/addresses"]
    );
    assert_eq!(accounts.customers.lock().unwrap().len(), 1);
}

/// A shop with an account that somebody made before, under this address.
fn with_earlier(address: &str) -> (Arc<Shop>, Arc<Accounts>) {
    accounts(Accounts { customers: Mutex::new(vec![(address.into(), "cus_old".into())]), ..Accounts::default() })
}

/// Whoever made an account with somebody else's address knows its password: the account is not for its address's owner.
#[tokio::test]
async fn an_earlier_account_is_not_taken_for_the_newcomers() {
    for address in ["ada@example.com", "Ada@Example.COM"] {
        let (shop, accounts) = with_earlier(address);
        let customers = medusa(&config(TokenAlgorithm::Hs256), &shop, &published()).customers();
        let error = customers.list_addresses(&holder(&hs256(&claims())), &request(json!({}))).await.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Forbidden, "auth.account_exists"), "{address}");
        assert_eq!(accounts.customers.lock().unwrap().len(), 1, "{address}: a second account was made");
        assert!(accounts.logins.lock().unwrap().is_empty(), "{address}: a login was made");
    }
}

/// Where the shop's accounts are trusted, the address decides, in any case; the same spelling comes first.
#[tokio::test]
async fn a_trusted_account_is_found_by_its_verified_address() {
    for others in [&["Ada@Example.com"][..], &["ADA@example.com", "ada@example.com"], &["ada@example.com"]] {
        let (shop, accounts) = with_earlier("lada@example.com");
        for (number, address) in others.iter().enumerate() {
            accounts.customers.lock().unwrap().push(((*address).to_owned(), format!("cus_{number}")));
        }
        let mut trusting = config(TokenAlgorithm::Hs256);
        trusting.identity.existing_accounts = ExistingAccounts::Trusted;
        let customers = medusa(&trusting, &shop, &published()).customers();
        customers.list_addresses(&holder(&hs256(&claims())), &request(json!({}))).await.expect("a page");
        let token = shop.calls().last().and_then(|call| call.token.clone()).expect("a token");
        assert_eq!(said(&token).unwrap()["actor_id"], json!(format!("cus_{}", others.len() - 1)));
        assert!(accounts.logins.lock().unwrap().is_empty(), "nothing was made");
    }
}

/// The name of the login that a person gets.
async fn login_made(change: impl FnOnce(&mut MedusaConfig)) -> String {
    let (shop, accounts) = accounts(Accounts::default());
    let mut config = config(TokenAlgorithm::Hs256);
    change(&mut config);
    let customers = medusa(&config, &shop, &published()).customers();
    // The scripted shop takes tokens of one secret only; the login comes before any.
    let _ = customers.list_addresses(&holder(&hs256(&claims())), &request(json!({}))).await;
    let logins = accounts.logins.lock().unwrap();
    logins[0].0.clone()
}

/// Nobody else can work out, and so occupy, the login of a person; and it outlives a change of Medusa's secret.
#[tokio::test]
async fn a_login_follows_from_a_secret() {
    let of_medusas = login_made(|_| {}).await;
    assert!(of_medusas.ends_with("@identity.invalid"), "{of_medusas}");
    let after_a_change = login_made(|config| config.identity.medusa_jwt_secret = Some("new".into())).await;
    assert_ne!(after_a_change, of_medusas);
    let kept = login_made(|config| {
        config.identity.medusa_jwt_secret = Some("new".into());
        config.identity.login_secret = Some(MEDUSA_SECRET.into());
    });
    assert_eq!(kept.await, of_medusas);
}

#[tokio::test]
async fn a_half_made_account_is_finished() {
    let (shop, accounts) = accounts(Accounts::default());
    calls_to_sign_in(&shop, &claims()).await;
    // As after a crash between the login and the customer.
    accounts.logins.lock().unwrap()[0].1 = None;
    accounts.customers.lock().unwrap().clear();
    let calls = calls_to_sign_in(&shop, &claims()).await;
    assert_eq!(calls[..3], ["POST /auth/customer/emailpass", "GET /admin/customers", "POST /store/customers"]);
}

#[tokio::test]
async fn one_account_is_made_however_many_ask() {
    let (shop, accounts) = accounts(Accounts::default());
    let customers = medusa(&config(TokenAlgorithm::Hs256), &shop, &published()).customers();
    let (token, page) = (holder(&hs256(&claims())), request(json!({})));
    let done = futures_util::future::join_all((0..20).map(|_| customers.list_addresses(&token, &page))).await;
    assert!(done.iter().all(Result::is_ok));
    assert_eq!(accounts.customers.lock().unwrap().len(), 1);
    assert_eq!(shop.called().iter().filter(|call| *call == "POST /auth/customer/emailpass").count(), 1);
}

#[tokio::test]
async fn an_account_that_another_process_makes_meanwhile_is_taken() {
    let (shop, accounts) = accounts(Accounts { raced: AtomicUsize::new(1), ..Accounts::default() });
    calls_to_sign_in(&shop, &claims()).await;
    assert_eq!(accounts.customers.lock().unwrap().len(), 1, "the other's, found by its login");
}

#[tokio::test]
async fn what_is_wrong_with_the_shop_is_not_the_callers_fault() {
    let page = request(json!({}));
    let token = holder(&hs256(&claims()));
    let told = |error: Error| (error.kind(), error.code());

    let (shop, _) = accounts(Accounts::default());
    let mut wrong = config(TokenAlgorithm::Hs256);
    wrong.identity.medusa_jwt_secret = Some("another".into());
    let error = medusa(&wrong, &shop, &published()).customers().list_addresses(&token, &page).await.unwrap_err();
    assert_eq!(told(error), (ErrorKind::Backend, "backend.misconfigured"));

    let (shop, _) = accounts(Accounts { no_account: true, ..Accounts::default() });
    let right = config(TokenAlgorithm::Hs256);
    let error = medusa(&right, &shop, &published()).customers().list_addresses(&token, &page).await.unwrap_err();
    assert_eq!(told(error), (ErrorKind::Backend, "backend.error"), "a customer without an account is nobody's");

    let shop = Shop::new(|call| {
        let status = if call.what.starts_with("GET /admin") { 403 } else { 401 };
        Some(Answer::Json(status, json!({ "message": "no" })))
    });
    let error = medusa(&right, &shop, &published()).customers().list_addresses(&token, &page).await.unwrap_err();
    assert_eq!(told(error), (ErrorKind::Backend, "backend.misconfigured"), "the admin key");
}

#[tokio::test]
async fn the_providers_keys_are_fetched_once_a_minute_at_most() {
    let (shop, _) = accounts(Accounts::default());
    let provider = published();
    let customers = medusa(&config(TokenAlgorithm::Rs256), &shop, &provider).customers();
    let page = request(json!({}));
    for kid in ["rsa-1", "rsa-2", "rsa-3", "rsa-1", "rsa-4"] {
        let answer = customers.list_addresses(&holder(&rs256(kid, &claims())), &page).await;
        assert_eq!(answer.is_ok(), kid == "rsa-1", "{kid}");
    }
    assert_eq!(provider.called(), ["GET /realm/keys"]);
}

#[tokio::test]
async fn without_the_providers_keys_nobody_is_told_to_sign_in_again() {
    let (shop, _) = accounts(Accounts::default());
    let silent = Shop::new(|_| Some(Answer::Json(500, json!({}))));
    let customers = medusa(&config(TokenAlgorithm::Rs256), &shop, &silent).customers();
    for _ in 0..3 {
        let answer = customers.list_addresses(&holder(&rs256("rsa-1", &claims())), &request(json!({}))).await;
        let error = answer.unwrap_err();
        assert_eq!((error.kind(), error.code()), (ErrorKind::Unavailable, "backend.unavailable"));
    }
    assert_eq!(silent.called().len(), 1);
    assert!(shop.called().is_empty());
}

#[tokio::test]
async fn a_provider_that_verifies_every_address_need_not_say_so() {
    let (shop, _) = accounts(Accounts::default());
    let mut trusting = config(TokenAlgorithm::Hs256);
    trusting.identity.email_verified = EmailVerified::Assumed;
    let customers = medusa(&trusting, &shop, &published()).customers();
    let sign_in =
        async |changes| customers.list_addresses(&holder(&hs256(&but(changes))), &request(json!({}))).await.is_ok();
    assert!(sign_in(json!({ "email_verified": null })).await);
    assert!(sign_in(json!({ "email_verified": "true" })).await);
    assert!(!sign_in(json!({ "email_verified": false })).await);
    assert!(!sign_in(json!({ "email_verified": "false" })).await);
}

#[test]
fn what_is_missing_is_told() {
    let problem = |change: &dyn Fn(&mut MedusaConfig)| {
        let mut config = config(TokenAlgorithm::Rs256);
        change(&mut config);
        Medusa::with_transport(&config, Shop::closed()).unwrap_err().to_string()
    };
    let required = |key: &str| format!("{key}: is required in mode exchange");
    assert_eq!(problem(&|c| c.identity.algorithm = None), required("identity.algorithm"));
    assert_eq!(problem(&|c| c.identity.jwks_url = None), required("identity.jwks_url"));
    assert_eq!(problem(&|c| c.identity.issuer = None), required("identity.issuer"));
    assert_eq!(problem(&|c| c.identity.audience = None), required("identity.audience"));
    assert_eq!(problem(&|c| c.identity.medusa_jwt_secret = None), required("identity.medusa_jwt_secret"));
    assert_eq!(problem(&|c| c.admin_key = None), required("admin_key"));
    assert!(problem(&|c| c.identity.jwks_url = Some("http://idp.example/keys".into())).contains("https://"));
    assert!(problem(&|c| c.identity.algorithm = Some(TokenAlgorithm::Hs256)).contains("not for HS256"));
    assert!(problem(&|c| c.identity.token_lifetime_seconds = 60).contains("120 to 86400"));
    assert!(problem(&|c| c.identity.mode = IdentityMode::Forward).starts_with("identity.mode: is forward"));
}
