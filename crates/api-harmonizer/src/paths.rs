//! Paths as people type them: the fixed parts in any case, with or without a slash at the end. Ids stay as they are.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::Uri;
use axum::http::uri::PathAndQuery;

/// The paths of the API, to be recognised in any case.
pub(crate) struct Templates(Vec<Vec<Segment>>);

enum Segment {
    Fixed(String),
    Id,
}

impl Templates {
    /// The templates of these routes, each under the prefix.
    pub(crate) fn new<'a>(prefix: &str, routes: impl Iterator<Item = &'a String>) -> Self {
        let segments = |route: &String| {
            let path = format!("{prefix}{route}");
            let is_id = |segment: &str| segment.starts_with('{');
            path.split('/')
                .map(|text| if is_id(text) { Segment::Id } else { Segment::Fixed(text.to_owned()) })
                .collect()
        };
        let mut templates: Vec<Vec<Segment>> = routes.map(segments).collect();
        // `/carts/current` is more than a cart's id: what has fewer ids comes first.
        templates.sort_by_key(|template| template.iter().filter(|segment| matches!(segment, Segment::Id)).count());
        Self(templates)
    }

    /// The path as the routes have it, where it is one of theirs in another spelling.
    fn normalised(&self, path: &str) -> Option<String> {
        if !path.ends_with('/') && !path.bytes().any(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let path = path.strip_suffix('/').unwrap_or(path);
        let template = self.0.iter().find(|template| {
            let mut texts = path.split('/');
            let fits = template.iter().all(|segment| match (segment, texts.next()) {
                (Segment::Fixed(fixed), Some(text)) => fixed.eq_ignore_ascii_case(text),
                (Segment::Id, Some(text)) => !text.is_empty(),
                (_, None) => false,
            });
            fits && texts.next().is_none()
        })?;
        let parts: Vec<&str> = template
            .iter()
            .zip(path.split('/'))
            .map(|(segment, text)| match segment {
                Segment::Fixed(fixed) => fixed.as_str(),
                Segment::Id => text,
            })
            .collect();
        Some(parts.join("/"))
    }
}

/// Gives the request the path that the routes have.
pub(crate) async fn normalise(State(templates): State<Arc<Templates>>, mut request: Request) -> Request {
    if let Some(path) = templates.normalised(request.uri().path()) {
        let path_and_query = match request.uri().query() {
            Some(query) => format!("{path}?{query}"),
            None => path,
        };
        // Made of parts of a good URI; should it be none all the same, the path stays as it came.
        if let Ok(path_and_query) = path_and_query.parse::<PathAndQuery>() {
            let mut parts = request.uri().clone().into_parts();
            parts.path_and_query = Some(path_and_query);
            if let Ok(uri) = Uri::from_parts(parts) {
                *request.uri_mut() = uri;
            }
        }
    }
    request
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_parts_are_lowered_and_ids_kept() {
        let routes = ["/carts", "/carts/{id}", "/carts/current", "/carts/{cartId}/items/{itemId}"].map(str::to_owned);
        let templates = Templates::new("/api", routes.iter());
        let normalised = |path| templates.normalised(path);
        assert_eq!(normalised("/api/carts"), None);
        assert_eq!(normalised("/API/Carts/"), Some("/api/carts".to_owned()));
        assert_eq!(normalised("/api/carts/CART-Aa/"), Some("/api/carts/CART-Aa".to_owned()));
        assert_eq!(normalised("/api/carts/Current"), Some("/api/carts/current".to_owned()));
        assert_eq!(normalised("/api/carts/C1/ITEMS/I1"), Some("/api/carts/C1/items/I1".to_owned()));
        assert_eq!(normalised("/api/carts//"), None);
        assert_eq!(normalised("/Docs/"), None);
        assert_eq!(normalised("/"), None);
    }
}
