use std::sync::Arc;
use std::time::Duration;

use o2s_framework_core::Modules;
use o2s_mock_integration::{Mock, MockConfig};

use super::{Demo, Shop};
use crate::config::{Config, Integration, Problems};

pub(super) fn shop(config: &Config, problems: &mut Problems) -> Option<Shop> {
    let modules = mock(config, problems)?.modules();
    Some(Shop { modules, check: Arc::new(|_| Box::pin(async { Ok(()) })) })
}

pub(super) fn sample() -> Modules {
    Mock::new(&MockConfig::default()).modules()
}

fn mock(config: &Config, problems: &mut Problems) -> Option<Mock> {
    let settings: MockConfig = config.decode_integration(Integration::Mock, [], problems)?;
    Some(Mock::new(&settings))
}

/// A token of a demo customer, which every shop in memory with this configuration takes.
pub(crate) fn mint(config: &Config, customer: &str, lifetime: Duration) -> Result<String, String> {
    let mut problems = Problems::default();
    let mock = mock(config, &mut problems).ok_or_else(|| problems.to_string())?;
    let token = mock.mint_token(customer, lifetime).map_err(|error| error.to_string())?;
    Ok(token.expose().to_owned())
}

/// What a newcomer can try.
pub(crate) fn demo(config: &Config) -> Option<Demo> {
    let mock = mock(config, &mut Problems::default())?;
    let variant = mock.facts().variants.plain;
    let sold_in = |currency| variant.prices.iter().any(|(other, _)| *other == currency);
    let wanted = config.shop.default_currency;
    let currency = if sold_in(wanted) { wanted } else { variant.prices.first()?.0 };
    Some(Demo { sku: variant.sku.to_string(), currency: currency.to_string() })
}
