use std::sync::Arc;

use o2s_framework_core::Modules;
use o2s_medusa_integration::{Medusa, MedusaConfig};
use serde_json::Value;

use super::Shop;
use crate::config::{Config, Integration, Problems};

const KEY: &str = "integrations.medusa";

pub(super) fn shop(config: &Config, problems: &mut Problems) -> Option<Shop> {
    let region = config.shop.default_region.as_ref().map(|region| ("default_region_id", region.to_string()));
    let defaults = [("default_currency", config.shop.default_currency.to_string())].into_iter().chain(region);
    let settings = config.decode_integration::<MedusaConfig>(Integration::Medusa, defaults, problems)?;
    match Medusa::new(&settings) {
        Ok(medusa) => {
            let medusa = Arc::new(medusa);
            let modules = medusa.modules();
            let check = Arc::new(move |cx| {
                let medusa = Arc::clone(&medusa);
                Box::pin(async move { medusa.check(&cx).await }) as crate::composition::Answer
            });
            Some(Shop { modules, check })
        }
        Err(error) => {
            problems.push(config.problem(KEY, error.to_string()));
            None
        }
    }
}

/// With an admin key, which some operations need.
pub(super) fn sample() -> Option<Modules> {
    let mut settings = MedusaConfig::new("http://localhost:9000", "pk_none");
    settings.admin_key = Some("sk_none".to_owned().into());
    Some(Medusa::new(&settings).ok()?.modules())
}
