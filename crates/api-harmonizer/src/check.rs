//! What `harmonizer check` finds: whether the backends answer and take what is configured, and what guests are offered.

use std::fmt::Write as _;
use std::time::Duration;

use futures_util::future::join_all;
use o2s_framework_core::context::RequestContext;
use o2s_framework_core::money::Currency;
use o2s_framework_core::paging::Limit;
use o2s_framework_core::products::ListProducts;
use o2s_framework_core::support::Module;

use crate::composition::{Composition, Question};
use crate::config::Config;
use crate::error::told;

/// How long a backend has to answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// What was found.
pub(crate) struct Report {
    /// A line for each module, and one for each currency where all backends are ready.
    pub(crate) text: String,
    /// What is wrong.
    pub(crate) problems: Vec<String>,
}

/// Asks the backends, then looks for products in each currency.
pub(crate) async fn check(config: &Config, composition: &Composition) -> Report {
    let mut problems = Vec::new();
    let mut text = String::from("the configuration is sound\n");
    let questions = composition.backends.iter().map(|backend| async move {
        let cx = RequestContext::guest("check", PATIENCE);
        match tokio::time::timeout(PATIENCE, backend.check(cx, Question::Whole)).await {
            Ok(Ok(())) => (backend.name(), Ok(())),
            Ok(Err(error)) => (backend.name(), Err(told(&error))),
            Err(_) => (backend.name(), Err(format!("no answer in {} seconds", PATIENCE.as_secs()))),
        }
    });
    let answers = join_all(questions).await;
    for module in Module::ALL {
        let integration = config.integration(module);
        let state = match answers.iter().find(|(name, _)| *name == integration.name()) {
            None => "absent",
            Some((_, Ok(()))) => "ok",
            Some((_, Err(_))) => "not ready",
        };
        let _ = writeln!(text, "{:<10} {:<8} {state}", module.name(), integration.name());
    }
    for (name, answer) in answers {
        if let Err(why) = answer {
            problems.push(format!("{name} is not ready: {why}"));
        }
    }
    if problems.is_empty() {
        for currency in &config.shop.currencies {
            let (state, problem) = products_in(*currency, config, composition).await;
            let _ = writeln!(text, "{:<10} {:<8} {state}", "currency", currency.as_str());
            problems.extend(problem);
        }
    }
    Report { text, problems }
}

/// What a guest finds in a currency, and what is wrong where there must be something.
async fn products_in(currency: Currency, config: &Config, composition: &Composition) -> (String, Option<String>) {
    let mut cx = RequestContext::guest("check", PATIENCE);
    cx.locale = Some(config.shop.default_locale.clone());
    cx.currency = Some(currency);
    let is_default = currency == config.shop.default_currency;
    cx.region = config.shop.default_region.clone().filter(|_| is_default);
    let request = ListProducts { limit: Limit::new(10).ok(), ..ListProducts::default() };
    match composition.modules.products.list_products(&cx, &request).await {
        Ok(page) if page.data.is_empty() || page.data.iter().any(|product| product.price.is_some()) => {
            (format!("{} products", page.total), None)
        }
        Ok(page) => (format!("{} products, the first {} without a price", page.total, page.data.len()), None),
        Err(error) if error.code() == "region.no_such_currency" && !is_default => ("not sold in".to_owned(), None),
        Err(error) => ("not ready".to_owned(), Some(format!("products in {currency} are not ready: {}", told(&error)))),
    }
}

#[cfg(test)]
#[cfg(all(feature = "mock-integration", feature = "medusa-integration"))]
mod tests {
    use super::*;
    use crate::composition::compose;
    use crate::config::Environment;

    async fn checked(toml: &str) -> Report {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("harmonizer.toml");
        std::fs::write(&path, toml).unwrap();
        let config = Config::load(Some(&path), &Environment::from_pairs::<String, String>([])).unwrap();
        check(&config, &compose(&config).unwrap()).await
    }

    #[tokio::test]
    async fn a_shop_is_shown_module_by_module_and_currency_by_currency() {
        let Report { text, problems } = checked("[modules]\nresources = \"none\"").await;
        assert!(problems.is_empty(), "{problems:?}");
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.first(), Some(&"the configuration is sound"));
        assert!(lines.contains(&"products   mock     ok") && lines.contains(&"resources  none     absent"), "{text}");
        assert!(lines.iter().any(|line| line.starts_with("currency   PLN ") && line.ends_with(" products")), "{text}");
    }

    #[tokio::test]
    async fn a_currency_without_prices_is_told() {
        let Report { text, problems } = checked("[shop]\ncurrencies = [\"EUR\", \"CHF\"]").await;
        assert!(problems.is_empty(), "{problems:?}");
        let line = text.lines().find(|line| line.starts_with("currency   CHF")).unwrap_or_default();
        assert!(line.ends_with("products, the first 10 without a price"), "{text}");
    }

    #[tokio::test]
    async fn a_backend_that_is_down_is_a_problem() {
        let medusa = "[integrations.medusa]\nbase_url = \"http://127.0.0.1:1\"\npublishable_key = \"pk_1\"";
        let Report { text, problems } = checked(&format!("[modules]\norders = \"medusa\"\n{medusa}")).await;
        assert!(text.contains("orders     medusa   not ready\n") && !text.contains("currency"), "{text}");
        assert!(problems.concat().starts_with("medusa is not ready: backend.unavailable"), "{problems:?}");
    }
}
