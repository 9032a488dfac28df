//! The exchange of an identity provider's token for one of Medusa's: no plugin in Medusa is needed.
//!
//! The token is checked here. Then the customer is found, by the provider's subject, or made, and gets a short-lived
//! token signed with Medusa's own secret. An account that is there already under the verified e-mail address is refused,
//! or taken where the configuration trusts it.
//!
//! A subject is found again by a login of its own in Medusa: its name and its password follow from the subject and a
//! secret, so that they need not be kept anywhere, and nobody can guess, reset or occupy them.

use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::Utc;
use jsonwebtoken::{Algorithm, EncodingKey, Header, encode};
use moka::future::Cache;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::error::{Error, ErrorKind, Result};
use o2s_framework_core::ids::CustomerId;
use o2s_medusa_client::v2::admin::customers::{AdminCustomer, ListCustomers};
use o2s_medusa_client::v2::auth::{EmailPassword, Login, Register};
use o2s_medusa_client::v2::store::customers::{CreateCustomer, GetMe, NewCustomer};
use o2s_medusa_client::v2::types::Page;
use o2s_medusa_client::v2::{AdminClient, AuthClient, StoreClient};
use o2s_medusa_client::{AdminKey, Backend, CustomerToken, Error as ClientError};
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::provider::{Person, Provider};
use crate::config::{ConfigError, ExistingAccounts};
use crate::context::call_context;
use crate::error::backend;
use crate::kept::fetched;
use crate::map;

/// Exchanged tokens are used until this long before they end, so that none ends on its way.
const MARGIN: Duration = Duration::from_secs(60);

/// How often the customer is looked for again where another process makes the same one at the same time.
const ROUNDS: usize = 3;

/// A customer with the token that Medusa takes.
#[derive(Clone)]
pub(super) struct Exchanged {
    pub(super) customer: CustomerId,
    pub(super) token: CustomerToken,
}

/// What Medusa knows a person by.
struct Account {
    customer: String,
    /// The login that is the person's own; the account of an earlier customer has another.
    auth_identity: String,
}

/// Exchanges tokens of one provider for tokens of one Medusa.
pub(crate) struct Exchange {
    provider: Provider,
    issuer: String,
    store: StoreClient,
    auth: AuthClient,
    admin: AdminClient,
    secret: EncodingKey,
    login_secret: EncodingKey,
    lifetime: Duration,
    existing: ExistingAccounts,
    known: Cache<[u8; 32], Arc<Exchanged>>,
}

/// What an exchange is made of.
pub(super) struct Parts<'a> {
    pub(super) provider: Provider,
    pub(super) issuer: String,
    pub(super) store: StoreClient,
    pub(super) backend: Backend,
    pub(super) admin_key: &'a SecretString,
    pub(super) secret: &'a SecretString,
    pub(super) login_secret: &'a SecretString,
    pub(super) lifetime: Duration,
    pub(super) existing: ExistingAccounts,
}

impl Exchange {
    pub(super) fn new(parts: Parts<'_>) -> Result<Self, ConfigError> {
        let Parts { provider, issuer, store, backend, admin_key, secret, login_secret, lifetime, existing } = parts;
        let kept = lifetime.saturating_sub(MARGIN);
        Ok(Self {
            provider,
            issuer,
            store,
            auth: AuthClient::new(backend.clone()),
            admin: AdminClient::new(backend, AdminKey::new(admin_key.expose_secret())?),
            secret: EncodingKey::from_secret(secret.expose_secret().as_bytes()),
            login_secret: EncodingKey::from_secret(login_secret.expose_secret().as_bytes()),
            lifetime,
            existing,
            known: Cache::builder().max_capacity(50_000).time_to_live(kept).build(),
        })
    }

    /// The customer whom a provider's token is of, with a token for Medusa. The provider's token is checked each time;
    /// Medusa is asked once in a token's life. 401 before any call for a token that does not hold.
    pub(super) async fn exchange(&self, cx: &RequestContext, token: &CustomerToken) -> Result<Exchanged> {
        let person = self.provider.verify(token.expose()).await?;
        let key = digest(&[&self.issuer, &person.subject, &person.email]);
        // Callers of one person wait for one exchange.
        let exchanged = fetched(&self.known, key, self.account_token(cx, &person)).await?;
        Ok((*exchanged).clone())
    }

    async fn account_token(&self, cx: &RequestContext, person: &Person) -> Result<Exchanged> {
        let account = self.account(cx, person).await?;
        let exchanged = Exchanged {
            customer: map::id(&account.customer, "customer.id")?,
            token: self.sign(&account).ok_or_else(|| Error::internal("a customer's token cannot be signed"))?,
        };
        self.prove(cx, &exchanged).await?;
        Ok(exchanged)
    }

    /// Asks Medusa whether it takes the token, and for an account: the carts of customers without one are open to
    /// whoever knows their ids.
    async fn prove(&self, cx: &RequestContext, exchanged: &Exchanged) -> Result<()> {
        let endpoint = GetMe { fields: Some("id,has_account") };
        let me = match self.store.call(&call_context(cx), Some(&exchanged.token), &endpoint).await {
            Ok(answer) => answer.customer,
            Err(error) if is_status(&error, &[401]) => {
                return Err(misconfigured(
                    "The shop does not take tokens signed with the configured medusa_jwt_secret",
                    error,
                ));
            }
            Err(error) => return Err(backend(error)),
        };
        if me.id == exchanged.customer.as_str() && me.has_account == Some(true) {
            return Ok(());
        }
        Err(Error::backend("backend.error", "The shop has no account for the signed-in customer"))
    }

    /// Finds the person's account, or makes it. Whoever makes the same one at the same time finds ours, or we theirs.
    async fn account(&self, cx: &RequestContext, person: &Person) -> Result<Account> {
        let login = self.login(person)?;
        let mut refusal = None;
        for _ in 0..ROUNDS {
            let begun = self.log_in(cx, &login).await?;
            if let Some(account) = begun.as_ref().and_then(account_of) {
                return Ok(account);
            }
            match (self.account_by_email(cx, &person.email).await?, self.existing) {
                (Some(account), ExistingAccounts::Trusted) => return Ok(account),
                (Some(_), ExistingAccounts::Refused) => {
                    // Another process may just have made it for the same person.
                    let made = self.log_in(cx, &login).await?;
                    return made.as_ref().and_then(account_of).ok_or_else(account_exists);
                }
                (None, _) => {}
            }
            match self.make(cx, person, &login, begun).await {
                Ok(account) => return Ok(account),
                Err(error) if error.status().is_some() || error.may_have_acted() => refusal = Some(error),
                Err(error) => return Err(upstream(error)),
            }
        }
        Err(match refusal {
            Some(error) => upstream(error),
            None => Error::internal("no round was made to find an account"),
        })
    }

    /// The token of a login; none for a login that is not there. It names no customer while there is none.
    async fn log_in(&self, cx: &RequestContext, login: &EmailPassword) -> Result<Option<CustomerToken>> {
        match self.auth.call(&call_context(cx), None, &Login { body: login.clone() }).await {
            Ok(answer) => Ok(answer.token),
            // Medusa: one answer for an unknown login and for a wrong password.
            Err(error) if is_status(&error, &[401]) => Ok(None),
            Err(error) => Err(upstream(error)),
        }
    }

    /// The account under an e-mail address, however it is spelled; the one that is spelled the same, where there are
    /// several.
    // Medusa: addresses are kept as they were typed, and told apart by their case.
    async fn account_by_email(&self, cx: &RequestContext, email: &str) -> Result<Option<Account>> {
        let endpoint = ListCustomers {
            fields: Some("id,email,has_account"),
            page: Page { limit: Some(100), ..Page::default() },
            q: Some(email),
            has_account: Some(true),
            ..ListCustomers::default()
        };
        let answer = self.admin.call(&call_context(cx), &endpoint).await.map_err(|error| {
            if is_status(&error, &[401, 403]) {
                misconfigured("The shop does not accept the configured admin key", error)
            } else {
                upstream(error)
            }
        })?;
        if answer.count > answer.customers.len() as u64 {
            // The one that is looked for may be among those that were not told.
            return Err(Error::backend("backend.error", "Too many accounts have this address in their texts"));
        }
        let mut found: Vec<AdminCustomer> = answer.customers;
        found.retain(|customer| {
            customer.has_account == Some(true)
                && customer.email.as_deref().is_some_and(|known| known.to_lowercase() == email)
        });
        found.sort_by_key(|customer| customer.email.as_deref() != Some(email));
        let first = found.into_iter().next();
        Ok(first.map(|customer| Account { customer: customer.id, auth_identity: String::new() }))
    }

    /// Makes a real account: a login, and the customer with its token. The Admin API would make a customer without an
    /// account, whose carts are open to whoever knows their ids.
    async fn make(
        &self,
        cx: &RequestContext,
        person: &Person,
        login: &EmailPassword,
        begun: Option<CustomerToken>,
    ) -> Result<Account, ClientError> {
        let call = call_context(cx);
        let token = match begun {
            Some(token) => Some(token),
            None => self.auth.call(&call, None, &Register { body: login.clone() }).await?.token,
        };
        let auth_identity = token.as_ref().and_then(claims_of).and_then(|claims| text(&claims, "auth_identity_id"));
        let body = NewCustomer {
            email: person.email.clone(),
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            ..NewCustomer::default()
        };
        let endpoint = CreateCustomer { fields: Some("id"), body };
        let customer = self.store.call(&call, token.as_ref(), &endpoint).await?.customer;
        Ok(Account { customer: customer.id, auth_identity: auth_identity.unwrap_or_default() })
    }

    /// The login of a person: no address that a mail could reach, and a name and a password that only the holder of the
    /// secret can work out.
    fn login(&self, person: &Person) -> Result<EmailPassword> {
        let subject = URL_SAFE_NO_PAD.encode(digest(&[&self.issuer, &person.subject]));
        // The blanks keep this apart from what is signed for a token.
        let derived = |what: &str| {
            jsonwebtoken::crypto::sign(
                format!("the {what} of {subject}").as_bytes(),
                &self.login_secret,
                Algorithm::HS256,
            )
            .map_err(|error| Error::internal(format!("a {what} cannot be worked out: {error}")))
        };
        let email = format!("{}@identity.invalid", derived("name")?);
        Ok(EmailPassword { email, password: SecretString::from(derived("password")?) })
    }

    /// A token as Medusa makes them.
    fn sign(&self, account: &Account) -> Option<CustomerToken> {
        let now = Utc::now().timestamp();
        let end = now.checked_add(i64::try_from(self.lifetime.as_secs()).ok()?)?;
        let claims = json!({
            "actor_id": account.customer,
            "actor_type": "customer",
            "auth_identity_id": account.auth_identity,
            "app_metadata": { "customer_id": account.customer },
            "user_metadata": {},
            "iat": now,
            "exp": end,
        });
        CustomerToken::new(encode(&Header::new(Algorithm::HS256), &claims, &self.secret).ok()?).ok()
    }
}

/// A hash over texts, told apart from each other by their lengths.
fn digest(texts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for text in texts {
        hash.update(text.len().to_be_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().into()
}

/// The claims of a token that Medusa has just given us: they need no check.
fn claims_of(token: &CustomerToken) -> Option<Value> {
    let claims = URL_SAFE_NO_PAD.decode(token.expose().split('.').nth(1)?).ok()?;
    serde_json::from_slice(&claims).ok()
}

fn text(claims: &Value, name: &str) -> Option<String> {
    claims.get(name).and_then(Value::as_str).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// The account that a login's token names; none while the login has no customer yet.
fn account_of(token: &CustomerToken) -> Option<Account> {
    let claims = claims_of(token)?;
    let auth_identity = text(&claims, "auth_identity_id").unwrap_or_default();
    Some(Account { customer: text(&claims, "actor_id")?, auth_identity })
}

fn is_status(error: &ClientError, wanted: &[u16]) -> bool {
    error.status().is_some_and(|status| wanted.contains(&status.as_u16()))
}

/// 403: there is an account already, and nothing proves that it is the person's.
fn account_exists() -> Error {
    let message = "There is an account with this e-mail address already: the shop has to make it yours";
    Error::new(ErrorKind::Forbidden, "auth.account_exists", message)
}

fn misconfigured(message: &'static str, error: ClientError) -> Error {
    Error::backend("backend.misconfigured", message).with_source(error)
}

/// A refusal of these calls is never the caller's fault: the caller's token is good.
fn upstream(error: ClientError) -> Error {
    if error.status().is_some_and(|status| status.is_client_error() && status.as_u16() != 429) {
        Error::backend("backend.error", "The shop would not make an account for the signed-in customer")
            .with_source(error)
    } else {
        backend(error)
    }
}
