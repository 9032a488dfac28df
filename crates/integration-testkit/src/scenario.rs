//! One promise of the contract, as a program that breaks when it is broken.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use o2s_framework_core::error::ErrorKind;
use o2s_framework_core::support::{Module, Support};

use crate::probe::{Targets, call};
use crate::subject::Subject;

/// A scenario of the suite.
#[derive(Clone)]
pub struct Scenario {
    /// Its name, such as `items::a_line_of_the_same_variant_grows`: unique, stable, fit for a file name but for the colons.
    pub name: &'static str,
    /// The operations that it needs, such as `carts.add_item`.
    pub operations: &'static [&'static str],
    /// Whether it buys [`last_pieces`](crate::facts::VariantFacts::last_pieces): the shop must have three when it starts, and
    /// nothing else may buy them meanwhile.
    pub takes_stock: bool,
    /// Whether [customers](crate::Tokens) come; where not, the tokens of the subject may be anything.
    pub signed_in: bool,
    run: Arc<dyn Fn(Subject) -> BoxFuture<'static, ()> + Send + Sync>,
}

impl Scenario {
    pub(crate) fn new<F: Future<Output = ()> + Send + 'static>(
        name: &'static str,
        operations: &'static [&'static str],
        run: impl Fn(Subject) -> F + Send + Sync + 'static,
    ) -> Self {
        Self {
            name,
            operations,
            takes_stock: false,
            signed_in: false,
            run: Arc::new(move |subject| run(subject).boxed()),
        }
    }

    pub(crate) fn taking_stock(self) -> Self {
        Self { takes_stock: true, ..self }
    }

    pub(crate) fn signed_in(self) -> Self {
        Self { signed_in: true, ..self }
    }

    /// Runs the scenario. Where the shop lacks an operation that the scenario needs, the promise is another one and is
    /// checked instead: the operation is refused with the reason, and without any call to the backend.
    ///
    /// # Panics
    ///
    /// When the promise is broken, saying what was expected and what happened.
    pub async fn run(&self, subject: Subject) {
        let absent: Vec<_> = subject
            .modules
            .support()
            .into_iter()
            .filter(|(module, name, _)| self.operations.contains(&format!("{module}.{name}").as_str()))
            .filter_map(|(module, name, support)| match support {
                Support::Absent(reason) => Some((module, name, reason)),
                Support::Native | Support::Emulated(_) => None,
            })
            .collect();
        for (module, name, reason) in &absent {
            is_refused(&subject, *module, name, reason).await;
        }
        if absent.is_empty() {
            (self.run)(subject).await;
        }
    }
}

impl fmt::Debug for Scenario {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// An absent operation is refused to whoever calls it, with the reason, before any traffic.
pub(crate) async fn is_refused(subject: &Subject, module: Module, name: &str, reason: &str) {
    assert!(!reason.trim().is_empty(), "{module}.{name} is absent without a reason");
    for cx in [subject.guest(), subject.jane()] {
        let before = subject.upstream_calls();
        match call(&subject.modules, &cx, module, name, &Targets::unknown(&subject.facts)).await {
            Ok(()) => panic!("{module}.{name} is said to be absent and was done"),
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Unsupported, "{module}.{name} is absent: {error}");
                assert_eq!(error.code(), "operation.unsupported", "{module}.{name} is absent: {error}");
                assert!(error.message().contains(reason), "the refusal of {module}.{name} does not say why: {error}");
            }
        }
        assert_eq!(subject.upstream_calls(), before, "the backend was called for {module}.{name}, which is absent");
    }
}
