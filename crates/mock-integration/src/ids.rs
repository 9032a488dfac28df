//! Where new ids come from.

use std::sync::{Mutex, PoisonError};

use rand::rngs::ChaCha12Rng;
use rand::{RngExt, SeedableRng};

use crate::config::MockConfig;
use crate::known::known;

/// Draws ids of 128 random bits.
pub(crate) struct Ids(Mutex<ChaCha12Rng>);

impl Ids {
    pub(crate) fn new(config: &MockConfig) -> Self {
        let source = if config.deterministic_ids { ChaCha12Rng::seed_from_u64(config.seed) } else { rand::make_rng() };
        Self(Mutex::new(source))
    }

    /// A new id such as `cart_` and 32 hexadecimal digits.
    pub(crate) fn next<T: TryFrom<String, Error: std::fmt::Debug>>(&self, kind: &str) -> T {
        known(&self.next_text(kind))
    }

    /// A new id as text.
    pub(crate) fn next_text(&self, kind: &str) -> String {
        // A thread that panicked while drawing leaves a generator that still draws.
        let mut source = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        format!("{kind}_{:032x}", source.random::<u128>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_repeat_only_when_asked_to() {
        let drawn =
            |deterministic_ids| Ids::new(&MockConfig { deterministic_ids, ..MockConfig::default() }).next_text("cart");
        assert_eq!(drawn(true), drawn(true));
        assert_ne!(drawn(false), drawn(false));
        assert_eq!(drawn(true).len(), "cart_".len() + 32);
    }
}
