//! The shop under test, as a scenario sees it.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use o2s_framework_core::Modules;
use o2s_framework_core::context::{CustomerToken, RequestContext};

use crate::Scenario;
use crate::back_office::BackOffice;
use crate::facts::Facts;

/// How long a scenario waits for one operation. Generous: scenarios measure behaviour, not speed.
const PATIENCE: Duration = Duration::from_secs(60);

/// Makes the shop for a scenario.
///
/// A shop in memory is made afresh; a recorded one answers from the scenario's own recording; a live one gives the
/// scenario customers of its own.
#[async_trait]
pub trait SubjectFactory: Send + Sync {
    /// The shop for one scenario. Jane and John start without carts that are not completed.
    async fn subject(&self, scenario: &Scenario) -> Subject;
}

/// A shop under test.
#[derive(Clone, Debug)]
pub struct Subject {
    /// What it does.
    pub modules: Modules,
    /// What it is.
    pub facts: Arc<Facts>,
    /// Who may come.
    pub tokens: Tokens,
    upstream_calls: Option<CallCount>,
    people: Option<People>,
}

#[derive(Clone)]
struct People(Arc<dyn BackOffice>);

impl std::fmt::Debug for People {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("People")
    }
}

#[derive(Clone)]
struct CallCount(Arc<dyn Fn() -> u64 + Send + Sync>);

impl std::fmt::Debug for CallCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} calls", (self.0)())
    }
}

/// Tokens that the shop takes, and tokens that it must not take.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// A customer with an account.
    pub jane: CustomerToken,
    /// Another one.
    pub john: CustomerToken,
    /// Well-formed, for Jane, and signed by somebody else.
    pub forged: CustomerToken,
    /// Jane's, from long ago.
    pub expired: CustomerToken,
}

impl Subject {
    /// A shop of which nobody counts the calls to its backend.
    pub fn new(modules: Modules, facts: Arc<Facts>, tokens: Tokens) -> Self {
        Self { modules, facts, tokens, upstream_calls: None, people: None }
    }

    /// The same shop with people who send goods, take them in and write mails: needed where it takes returns or claims.
    #[must_use]
    pub fn staffed(self, people: Arc<dyn BackOffice>) -> Self {
        Self { people: Some(People(people)), ..self }
    }

    /// The shop's people.
    pub(crate) fn people(&self) -> &dyn BackOffice {
        let people = self.people.as_ref();
        &*people.unwrap_or_else(|| panic!("the shop takes returns or claims: give it people with Subject::staffed")).0
    }

    /// The same shop with a counter of the calls made to its backend so far.
    #[must_use]
    pub fn counting(self, calls: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        Self { upstream_calls: Some(CallCount(Arc::new(calls))), ..self }
    }

    /// How many calls were made to the backend so far, where that is counted.
    pub fn upstream_calls(&self) -> Option<u64> {
        self.upstream_calls.as_ref().map(|count| (count.0)())
    }

    /// A caller without a token.
    #[expect(clippy::unused_self, reason = "reads like the other callers")]
    pub(crate) fn guest(&self) -> RequestContext {
        RequestContext::guest("suite", PATIENCE)
    }

    /// Jane, signed in.
    pub(crate) fn jane(&self) -> RequestContext {
        self.guest().with_token(self.tokens.jane.clone())
    }

    /// John, signed in.
    pub(crate) fn john(&self) -> RequestContext {
        self.guest().with_token(self.tokens.john.clone())
    }

    /// Callers whose token must be refused, with what is wrong with it.
    pub(crate) fn impostors(&self) -> [(&'static str, RequestContext); 3] {
        [
            ("a token that is none", self.guest().with_token(CustomerToken::new("not-a-token"))),
            ("a forged token", self.guest().with_token(self.tokens.forged.clone())),
            ("an expired token", self.guest().with_token(self.tokens.expired.clone())),
        ]
    }

    /// Whether the shop can do all of these operations.
    pub(crate) fn can(&self, operations: &[&str]) -> bool {
        let support = self.modules.support();
        operations.iter().all(|wanted| {
            support
                .iter()
                .any(|(module, name, support)| *wanted == format!("{module}.{name}") && support.is_available())
        })
    }
}
