//! Medusa's Store API as typed values, without the rest of the project: the products of a running Medusa.
//!
//! ```sh
//! MEDUSAJS_BASE_URL=http://localhost:9000 MEDUSAJS_PUBLISHABLE_API_KEY=pk_123 \
//!   cargo run -p o2s-examples --example client_alone
//! ```

#![allow(clippy::print_stdout, reason = "a program that talks to the person at the terminal")]

use std::time::Duration;

use o2s_medusa_client::v2::StoreClient;
use o2s_medusa_client::v2::store::products::{ListProducts, Product};
use o2s_medusa_client::v2::store::regions::ListRegions;
use o2s_medusa_client::v2::types::{Page, PriceContext};
use o2s_medusa_client::{Backend, CallContext, Error, PublishableKey};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let (Ok(url), Ok(key)) = (std::env::var("MEDUSAJS_BASE_URL"), std::env::var("MEDUSAJS_PUBLISHABLE_API_KEY")) else {
        println!("Set MEDUSAJS_BASE_URL and MEDUSAJS_PUBLISHABLE_API_KEY to those of a running Medusa 2.");
        return Ok(());
    };
    let store = StoreClient::new(Backend::at(&url)?, PublishableKey::new(key)?);
    for line in price_list(&store).await? {
        println!("{line}");
    }
    Ok(())
}

/// The first products by name, each with the price of its first variant in the shop's first region.
async fn price_list(store: &StoreClient) -> Result<Vec<String>, Error> {
    // Both calls, retries included, have to be done in five seconds.
    let context = CallContext::within(Duration::from_secs(5));
    let regions = store.call(&context, None, &ListRegions { fields: Some("id"), ..Default::default() }).await?.regions;
    let endpoint = ListProducts {
        // Ask for what you use and no more: Medusa's answers are large.
        fields: Some("id,title,variants.id,*variants.calculated_price"),
        page: Page { limit: Some(10), offset: None, order: Some("title") },
        prices: PriceContext { region_id: regions.first().map(|region| region.id.as_str()), ..Default::default() },
        ..Default::default()
    };
    let list = store.call(&context, None, &endpoint).await?;
    Ok(list.products.iter().map(line).collect())
}

fn line(product: &Product) -> String {
    let price = product.variants.iter().find_map(|variant| variant.calculated_price.as_ref());
    let amount = price.and_then(|price| price.calculated_amount).map_or("no price".to_owned(), |it| it.to_string());
    let currency = price.and_then(|price| price.currency_code.as_deref()).unwrap_or_default().to_uppercase();
    format!("{:<40} {amount} {currency}", product.title.as_deref().unwrap_or(&product.id)).trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use o2s_medusa_client::RetryPolicy;
    use o2s_medusa_client::testing::{Exchange, Fault, FaultTransport, ReplayTransport};
    use serde_json::json;

    use super::*;

    fn recorded(path: &str, body: &serde_json::Value) -> anyhow::Result<Exchange> {
        let exchange = json!({"request": {"method": "GET", "path": path}, "response": {"status": 200, "body": body}});
        Ok(serde_json::from_str(&exchange.to_string())?)
    }

    /// Recorded answers stand in for Medusa; the first attempt does not even reach it.
    #[tokio::test]
    async fn prices_are_exact_and_a_lost_request_is_sent_again() -> anyhow::Result<()> {
        let price = json!({"calculated_amount": 19.99, "currency_code": "eur"});
        let products = json!({"count": 1, "products": [
            {"id": "prod_1", "title": "Shirt", "variants": [{"id": "variant_1", "calculated_price": price}]},
        ]});
        let path = "/store/products?limit=10&order=title&region_id=reg_1\
                    &fields=id,title,variants.id,*variants.calculated_price";
        let exchanges = vec![
            recorded("/store/regions?fields=id", &json!({"count": 1, "regions": [{"id": "reg_1"}]}))?,
            recorded(path, &products)?,
        ];
        let transport = Arc::new(FaultTransport::new(Arc::new(ReplayTransport::new(exchanges))));
        transport.inject_next(Fault::Refuse, 1);
        let backend = Backend::new(transport, RetryPolicy::default());
        let store = StoreClient::new(backend, PublishableKey::new("pk_test")?);
        let lines = price_list(&store).await?;
        assert_eq!(
            lines.first().map(|line| line.split_whitespace().collect::<Vec<_>>()),
            Some(vec!["Shirt", "19.99", "EUR"])
        );
        Ok(())
    }
}
