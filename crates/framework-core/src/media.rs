//! Pictures.

use serde::Serialize;

/// A picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Media {
    /// Where it is.
    pub url: String,
    /// What it shows, in words.
    pub alt: String,
    /// Width in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub width: Option<u32>,
    /// Height in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub height: Option<u32>,
    /// Whether to load it first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub priority: Option<bool>,
}

impl Media {
    /// A picture of which nothing but address and description is known.
    pub fn new(url: impl Into<String>, alt: impl Into<String>) -> Self {
        Self { url: url.into(), alt: alt.into(), width: None, height: None, priority: None }
    }
}
