//! The integrations that are compiled in: the one place that names them.

#[cfg(feature = "medusa-integration")]
mod medusa;
#[cfg(feature = "mock-integration")]
mod mock;

use o2s_framework_core::Modules;

use crate::composition::Check;
use crate::config::{Config, Integration, Problem, Problems};

#[cfg(feature = "mock-integration")]
pub(crate) use mock::{demo, mint};

/// The shop that an integration is.
pub(crate) struct Shop {
    /// Its modules; those that it lacks say so.
    pub(crate) modules: Modules,
    /// How to ask its backend.
    pub(crate) check: Check,
}

/// What a newcomer can try at once.
pub(crate) struct Demo {
    /// A variant that can be bought.
    pub(crate) sku: String,
    /// The currency to buy it in.
    pub(crate) currency: String,
}

/// The integrations of this program, in the order of the support matrix.
pub(crate) fn compiled_in() -> Vec<Integration> {
    [
        #[cfg(feature = "mock-integration")]
        Integration::Mock,
        #[cfg(feature = "medusa-integration")]
        Integration::Medusa,
    ]
    .into()
}

/// Makes the shop of an integration as configured; asks no backend.
#[cfg_attr(
    not(any(feature = "mock-integration", feature = "medusa-integration")),
    expect(unused_variables, reason = "a program without integrations reads no integration's configuration")
)]
pub(crate) fn shop(integration: Integration, config: &Config, problems: &mut Problems) -> Option<Shop> {
    match integration {
        #[cfg(feature = "mock-integration")]
        Integration::Mock => mock::shop(config, problems),
        #[cfg(feature = "medusa-integration")]
        Integration::Medusa => medusa::shop(config, problems),
        Integration::None => None,
        #[cfg(not(all(feature = "mock-integration", feature = "medusa-integration")))]
        integration => {
            let feature = format!("{integration}-integration");
            problems.push(Problem::new(
                format!("integrations.{integration}"),
                format!(
                    "is not in this program: build it with the feature {feature}, or choose another for the modules"
                ),
            ));
            None
        }
    }
}

/// The shop of an integration for its support alone: with all that can be configured, never called.
pub(crate) fn sample(integration: Integration) -> Option<(&'static str, Modules)> {
    match integration {
        #[cfg(feature = "mock-integration")]
        Integration::Mock => Some(("mock", mock::sample())),
        #[cfg(feature = "medusa-integration")]
        Integration::Medusa => medusa::sample().map(|modules| ("Medusa 2", modules)),
        _ => None,
    }
}
