//! Relations between products by the Admin API: the same answers as by the
//! [Store API](crate::v2::store::references), for shops whose publishable keys do not reach them.

use http::Method;

use super::AdminEndpoint;
use crate::endpoint::{Endpoint, Query, Repeat};
use crate::v2::store::references::{ListReferences as StoreReferences, ReferenceList};

/// `GET /admin/products/{product_id}/variants/{variant_id}/references`: what a variant relates to.
#[derive(Debug, Clone, Copy)]
pub struct ListReferences<'a>(
    /// Which relations.
    pub StoreReferences<'a>,
);

impl Endpoint for ListReferences<'_> {
    const METHOD: Method = Method::GET;
    const ROUTE: &'static str = "/admin/products/{product_id}/variants/{variant_id}/references";
    const REPEAT: Repeat = Repeat::Harmless;
    type Response = ReferenceList;

    fn path_values(&self) -> Vec<&str> {
        vec![self.0.product_id, self.0.variant_id]
    }

    fn query(&self, query: &mut Query) {
        self.0.write_query(query);
    }
}

impl AdminEndpoint for ListReferences<'_> {}
