//! What the lines of carts and orders say of their products.

use o2s_framework_core::error::Result;
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::media::Media;
use o2s_framework_core::money::Currency;
use o2s_framework_core::products::{Product, ProductType};
use o2s_medusa_client::v2::store::line_items::LineItem;

use crate::catalogue::listing::is_virtual;
use crate::map;
use crate::slug::slug;

/// The product of a line, as the line keeps it: it stays readable when the shop has dropped the product.
pub(crate) fn line_product(line: &LineItem, currency: Currency) -> Result<Product> {
    // Medusa: a line that an administrator wrote has no product, and a deleted product leaves its handle at most.
    let id = line.product_id.as_deref().or(line.product_handle.as_deref()).unwrap_or(&line.id);
    let id: ProductId = map::id(id, "item.product_id")?;
    let name = map::text(line.product_title.as_ref()).or_else(|| map::text(line.title.as_ref())).unwrap_or_default();
    let sku = map::text(line.variant_sku.as_ref());
    let handle = line.product_handle.as_deref().unwrap_or(id.as_str());
    let variant_slug = sku.as_deref().map(slug).unwrap_or_default();
    let path = if variant_slug.is_empty() { format!("/{handle}") } else { format!("/{handle}/{variant_slug}") };
    let is_virtual = line.requires_shipping == Some(false) || is_virtual(line.product_type.as_deref());
    Ok(Product {
        sku: sku.or_else(|| line.variant_id.clone()).unwrap_or_else(|| line.id.clone()),
        variant_id: line.variant_id.as_deref().map(|id| map::id(id, "item.variant_id")).transpose()?,
        description: line.product_description.clone().unwrap_or_default(),
        short_description: map::text(line.product_subtitle.as_ref()),
        subtitle: None,
        location: None,
        image: map::text(line.thumbnail.as_ref()).map(|url| Media::new(url, name.clone())),
        images: None,
        price: Some(map::price(line.unit_price.as_ref(), currency, "item.unit_price")?),
        link: path,
        kind: if is_virtual { ProductType::Virtual } else { ProductType::Physical },
        category: String::new(),
        tags: Vec::new(),
        attributes: None,
        option_groups: None,
        variants: None,
        name,
        id,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(json: &str) -> LineItem {
        serde_json::from_str(json).expect("a line")
    }

    const LINE: &str = r#"{"id":"ordli_1","title":"Drill","thumbnail":"https://shop.example/d.png","unit_price":129.990,
        "requires_shipping":true,"product_id":"prod_1","product_title":"Cordless Drill","product_subtitle":"For daily work",
        "product_description":"A drill.","product_handle":"cordless-drill","product_type":"PHYSICAL",
        "variant_id":"variant_1","variant_sku":"DRILL 18V/2AH"}"#;

    /// C-37: a line's product has its variant, a link, its type.
    #[test]
    fn a_line_tells_its_product() {
        let product = line_product(&line(LINE), Currency::EUR).expect("a product");
        assert_eq!(product.id.as_str(), "prod_1");
        assert_eq!(product.variant_id.as_ref().map(AsRef::as_ref), Some("variant_1"));
        assert_eq!(product.sku, "DRILL 18V/2AH");
        assert_eq!(product.link, "/cordless-drill/drill-18v2ah");
        assert_eq!((product.name.as_str(), product.description.as_str()), ("Cordless Drill", "A drill."));
        assert_eq!(product.short_description.as_deref(), Some("For daily work"));
        assert_eq!(product.image, Some(Media::new("https://shop.example/d.png", "Cordless Drill")));
        assert_eq!(product.price.map(|price| price.to_string()).as_deref(), Some("129.99 EUR"));
        assert_eq!(product.kind, ProductType::Physical);
    }

    /// C-37: what is not shipped is virtual, whichever field says so.
    #[test]
    fn what_is_not_shipped_is_virtual() {
        let kind = |json: &str| line_product(&line(json), Currency::EUR).expect("a product").kind;
        assert_eq!(kind(r#"{"id":"i","unit_price":1,"requires_shipping":false}"#), ProductType::Virtual);
        assert_eq!(
            kind(r#"{"id":"i","unit_price":1,"requires_shipping":true,"product_type":"virtual"}"#),
            ProductType::Virtual
        );
        assert_eq!(kind(r#"{"id":"i","unit_price":1}"#), ProductType::Physical);
    }

    #[test]
    fn a_line_outlives_its_product() {
        let product = line_product(&line(r#"{"id":"ordli_1","title":"Engraving","unit_price":5}"#), Currency::EUR)
            .expect("a product");
        assert_eq!((product.id.as_str(), product.sku.as_str()), ("ordli_1", "ordli_1"));
        assert_eq!((product.name.as_str(), product.link.as_str()), ("Engraving", "/ordli_1"));
        assert_eq!(product.variant_id, None);
    }

    /// C-36, R-10: a price that is not there is the backend's fault, and never 0.
    #[test]
    fn a_line_without_a_price_cannot_be_read() {
        let error = line_product(&line(r#"{"id":"ordli_1"}"#), Currency::EUR).expect_err("no price");
        assert_eq!(error.code(), "backend.unreadable");
    }
}
