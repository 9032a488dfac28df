use std::collections::BTreeMap;
use std::sync::Arc;

use o2s_medusa_client::SetupError;
use o2s_medusa_client::transport::{HttpConfig, HttpTransport, Transport};

/// The ways to backends, one for each address: integrations of one backend share its pool of connections.
#[derive(Default)]
pub(crate) struct Transports {
    by_address: BTreeMap<String, Arc<dyn Transport>>,
}

impl Transports {
    /// The way to an address, however it is spelled.
    pub(super) fn to(&mut self, address: &str) -> Result<Arc<dyn Transport>, SetupError> {
        let made = HttpTransport::new(address, &HttpConfig::default())?;
        let known = self.by_address.entry(made.address().to_owned()).or_insert_with(|| Arc::new(made));
        Ok(Arc::clone(known))
    }
}
