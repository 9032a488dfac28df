//! The shop's tokens: JSON web tokens signed with HMAC-SHA-256 (HS256, RFC 7515 and 7519). Those of the demo customers
//! say who calls, those of claims whose an order becomes; the header's type keeps the two apart (RFC 8725, 3.11).

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use o2s_framework_core::context::CustomerToken;
use o2s_framework_core::ids::OrderId;
use o2s_framework_core::orders::ClaimToken;
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

use crate::customers::{DemoCustomer, demo_customers};
use crate::known::known;

/// The only algorithm that is signed with and taken: it is never the token's to choose.
const ALGORITHM: &str = "HS256";

/// The type of a customer's token. One of an identity provider may have another, or none.
const CUSTOMER: &str = "JWT";

/// The type of a claim's token, and of no other.
const CLAIM: &str = "claim+jwt";

#[derive(Serialize, Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    typ: Option<String>,
}

/// What a token says.
#[derive(Serialize)]
struct NewClaims<'a> {
    sub: &'a str,
    email: &'a str,
    name: &'a str,
    roles: &'a [&'a str],
    permissions: &'a BTreeMap<&'a str, Permission<'a>>,
    customer: NewCustomer<'a>,
    iat: i64,
    exp: i64,
}

#[derive(Serialize)]
struct NewCustomer<'a> {
    id: &'a str,
    name: &'a str,
    roles: &'a [&'a str],
    permissions: &'a BTreeMap<&'a str, Permission<'a>>,
}

#[derive(Serialize)]
struct Permission<'a> {
    resource: &'a str,
    actions: &'a [&'a str],
}

/// What of a token matters here. Without an end a token is not taken.
#[derive(Deserialize)]
struct Claims {
    exp: i64,
    #[serde(default)]
    nbf: Option<i64>,
    #[serde(default)]
    customer: Option<ClaimedCustomer>,
    #[serde(default)]
    sub: Option<String>,
    #[serde(default)]
    email: Option<String>,
    #[serde(default)]
    email_verified: bool,
}

impl Claims {
    /// The customer's id: as the token says, else by the verified e-mail address, else the subject.
    fn customer_id(self) -> Option<String> {
        if let Some(customer) = self.customer {
            return Some(customer.id);
        }
        let email = self.email.filter(|_| self.email_verified);
        let by_email =
            email.and_then(|email| demo_customers().find(|customer| customer.email.eq_ignore_ascii_case(&email)));
        by_email.map(|customer| customer.id.to_owned()).or(self.sub)
    }
}

#[derive(Deserialize)]
struct ClaimedCustomer {
    id: String,
}

/// What a claim's token says: whose the order is to become.
#[derive(Serialize, Deserialize)]
struct Claim {
    order: OrderId,
    claimant: String,
    exp: i64,
}

/// Signs and checks tokens with one secret.
pub(crate) struct Tokens {
    secret: SecretString,
}

impl Tokens {
    pub(crate) fn new(secret: SecretString) -> Self {
        Self { secret }
    }

    /// A token that says who the customer is, from now on for as long as `lifetime`.
    pub(crate) fn mint(&self, customer: &DemoCustomer, now: DateTime<Utc>, lifetime: Duration) -> CustomerToken {
        let permissions = customer
            .permissions
            .iter()
            .map(|(resource, actions)| (*resource, Permission { resource, actions }))
            .collect();
        let name = customer.name();
        let claims = NewClaims {
            sub: customer.id,
            email: customer.email,
            name: &name,
            roles: customer.roles,
            permissions: &permissions,
            customer: NewCustomer {
                id: customer.id,
                name: customer.company.unwrap_or(&name),
                roles: customer.roles,
                permissions: &permissions,
            },
            iat: now.timestamp(),
            exp: end(now, lifetime),
        };
        CustomerToken::new(self.sign(CUSTOMER, &claims))
    }

    /// The id of the customer that a token is of; none where its form, algorithm, type, signature or time is wrong.
    pub(crate) fn verify(&self, token: &CustomerToken, now: DateTime<Utc>) -> Option<String> {
        let claims: Claims = self.open(token.expose(), |kind| kind != Some(CLAIM))?;
        let now = now.timestamp();
        let in_time = now < claims.exp && claims.nbf.is_none_or(|start| start <= now);
        if in_time { claims.customer_id() } else { None }
    }

    /// A token that makes an order the customer's, from now on for as long as `lifetime`.
    pub(crate) fn mint_claim(
        &self,
        order: &OrderId,
        claimant: &DemoCustomer,
        now: DateTime<Utc>,
        lifetime: Duration,
    ) -> ClaimToken {
        let claim = Claim { order: order.clone(), claimant: claimant.id.to_owned(), exp: end(now, lifetime) };
        known(&self.sign(CLAIM, &claim))
    }

    /// Whether a token makes this order this customer's.
    pub(crate) fn verify_claim(
        &self,
        token: &ClaimToken,
        order: &OrderId,
        claimant: &DemoCustomer,
        now: DateTime<Utc>,
    ) -> bool {
        let claim: Option<Claim> = self.open(token.expose(), |kind| kind == Some(CLAIM));
        claim.is_some_and(|claim| claim.order == *order && claim.claimant == claimant.id && now.timestamp() < claim.exp)
    }

    fn sign<T: Serialize>(&self, kind: &str, claims: &T) -> String {
        let header = Header { alg: ALGORITHM.to_owned(), typ: Some(kind.to_owned()) };
        let mut token = format!("{}.{}", encode(&header), encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(self.mac(&token).finalize().into_bytes());
        token.push('.');
        token.push_str(&signature);
        token
    }

    /// What a token says; none where its form, algorithm, type or signature is wrong.
    fn open<T: for<'de> Deserialize<'de>>(&self, token: &str, is_kind: impl Fn(Option<&str>) -> bool) -> Option<T> {
        let (signed, signature) = token.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let header: Header = decode(header)?;
        if header.alg != ALGORITHM || !is_kind(header.typ.as_deref()) {
            return None;
        }
        // Compares in constant time.
        self.mac(signed).verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        decode(claims)
    }

    #[expect(clippy::expect_used, reason = "HMAC takes keys of any length: this cannot fail")]
    fn mac(&self, signed: &str) -> Hmac<Sha256> {
        let mut mac = Hmac::<Sha256>::new_from_slice(self.secret.expose_secret().as_bytes())
            .expect("HMAC takes keys of any length");
        mac.update(signed.as_bytes());
        mac
    }
}

/// When a token ends that is good from now on for as long as `lifetime`.
fn end(now: DateTime<Utc>, lifetime: Duration) -> i64 {
    now.timestamp().saturating_add(i64::try_from(lifetime.as_secs()).unwrap_or(i64::MAX))
}

fn encode<T: Serialize>(part: &T) -> String {
    // Plain structs of texts and numbers always serialise.
    URL_SAFE_NO_PAD.encode(serde_json::to_vec(part).unwrap_or_default())
}

fn decode<T: for<'de> Deserialize<'de>>(part: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::customers::demo_customer;

    const HOUR: Duration = Duration::from_secs(3600);

    fn tokens(secret: &str) -> Tokens {
        Tokens::new(SecretString::from(secret))
    }

    #[test]
    fn a_token_is_good_until_its_end() {
        let (tokens, now) = (tokens("secret"), Utc::now());
        let jane = demo_customer("jane").expect("jane");
        let token = tokens.mint(jane, now, HOUR);
        assert_eq!(tokens.verify(&token, now).as_deref(), Some("cus_jane"));
        assert_eq!(tokens.verify(&token, now + HOUR - Duration::from_secs(1)).as_deref(), Some("cus_jane"));
        assert_eq!(tokens.verify(&token, now + HOUR), None);
    }

    #[test]
    fn whatever_is_not_signed_so_is_refused() {
        let (tokens, now) = (tokens("secret"), Utc::now());
        let jane = demo_customer("jane").expect("jane");
        let token = tokens.mint(jane, now, HOUR);
        let parts: Vec<&str> = token.expose().split('.').collect();
        let with =
            |header: &str, claims: &str, signature: &str| CustomerToken::new(format!("{header}.{claims}.{signature}"));
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#);
        let other = URL_SAFE_NO_PAD.encode(r#"{"exp":99999999999,"customer":{"id":"cus_john"}}"#);
        let forged = [
            CustomerToken::new("garbage"),
            CustomerToken::new(""),
            CustomerToken::new("a.b.c"),
            with(parts[0], parts[1], ""),
            with(&none, parts[1], ""),
            with(&none, parts[1], parts[2]),
            with(parts[0], &other, parts[2]),
            self::tokens("another secret").mint(jane, now, HOUR),
        ];
        for token in forged {
            assert_eq!(tokens.verify(&token, now), None, "{}", token.expose());
        }
    }

    fn signed(tokens: &Tokens, claims: &str) -> CustomerToken {
        let header = encode(&Header { alg: ALGORITHM.to_owned(), typ: None });
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims));
        let signature = URL_SAFE_NO_PAD.encode(tokens.mac(&signed).finalize().into_bytes());
        CustomerToken::new(format!("{signed}.{signature}"))
    }

    #[test]
    fn a_claim_is_for_one_order_one_customer_and_its_time() {
        let (tokens, now) = (tokens("secret"), Utc::now());
        let [jane, john] = ["jane", "john"].map(|name| demo_customer(name).expect("a customer"));
        let [order, other] = ["order_1", "order_2"].map(|id| id.parse::<OrderId>().expect("an id"));
        let token = tokens.mint_claim(&order, jane, now, HOUR);
        assert!(tokens.verify_claim(&token, &order, jane, now + HOUR - Duration::from_secs(1)));
        assert!(!tokens.verify_claim(&token, &order, jane, now + HOUR));
        assert!(!tokens.verify_claim(&token, &order, john, now));
        assert!(!tokens.verify_claim(&token, &other, jane, now));
        assert!(!self::tokens("another secret").verify_claim(&token, &order, jane, now));
    }

    #[test]
    fn neither_kind_of_token_passes_as_the_other() {
        let (tokens, now) = (tokens("secret"), Utc::now());
        let jane = demo_customer("jane").expect("jane");
        let order: OrderId = "order_1".parse().expect("an id");
        let claim = tokens.mint_claim(&order, jane, now, HOUR);
        assert_eq!(tokens.verify(&CustomerToken::new(claim.expose()), now), None);
        let customer = tokens.mint(jane, now, HOUR);
        assert!(!tokens.verify_claim(&known(customer.expose()), &order, jane, now));
        // Not for what they say, but for what they are.
        let both = r#"{"exp":99999999999,"sub":"cus_jane","order":"order_1","claimant":"cus_jane"}"#;
        let claims: serde_json::Value = serde_json::from_str(both).expect("claims");
        let as_customer = tokens.sign(CUSTOMER, &claims);
        assert_eq!(tokens.verify(&CustomerToken::new(as_customer.as_str()), now).as_deref(), Some("cus_jane"));
        assert!(!tokens.verify_claim(&known(&as_customer), &order, jane, now));
        let as_claim = tokens.sign(CLAIM, &claims);
        assert_eq!(tokens.verify(&CustomerToken::new(as_claim.as_str()), now), None);
        assert!(tokens.verify_claim(&known(&as_claim), &order, jane, now));
    }

    #[test]
    fn a_token_without_an_end_is_refused() {
        let tokens = tokens("secret");
        let token = signed(&tokens, r#"{"customer":{"id":"cus_jane"}}"#);
        assert_eq!(tokens.verify(&token, Utc::now()), None);
    }

    #[test]
    fn an_identity_providers_token_needs_no_customer() {
        let tokens = tokens("secret");
        let whose = |claims: &str| {
            let claims = format!(r#"{{"exp":99999999999,"iss":"https://idp.example","aud":"shop",{claims}}}"#);
            tokens.verify(&signed(&tokens, &claims), Utc::now())
        };
        let jane = demo_customer("jane").expect("jane");
        let address =
            |verified: bool| format!(r#""sub":"person-1","email":"{}","email_verified":{verified}"#, jane.email);
        assert_eq!(whose(&address(true)).as_deref(), Some(jane.id));
        assert_eq!(whose(&address(false)).as_deref(), Some("person-1"), "nobody here");
        assert_eq!(whose(r#""sub":"cus_john""#).as_deref(), Some("cus_john"));
        assert_eq!(whose(r#""email":"jane@example.com""#), None);
    }
}
