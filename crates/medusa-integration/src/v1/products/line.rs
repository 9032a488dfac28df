//! What the lines of carts and orders say of their products.

use o2s_framework_core::error::Result;
use o2s_framework_core::ids::ProductId;
use o2s_framework_core::media::Media;
use o2s_framework_core::money::Currency;
use o2s_framework_core::products::{Product, ProductType};
use o2s_medusa_client::v1::store::line_items::LineItem;
use o2s_medusa_client::v1::store::products::Product as WireProduct;

use crate::catalogue::ProductTypes;
use crate::map;
use crate::slug::slug;
use crate::v1::money::price;

/// The product that the answer tells with a line.
pub(crate) fn product_of(line: &LineItem) -> Option<&WireProduct> {
    line.variant.as_ref()?.product.as_deref()
}

/// Whether a line is of a type that is not shipped.
pub(crate) fn is_virtual(product: Option<&WireProduct>, types: &ProductTypes) -> bool {
    product.and_then(|product| product.type_id.as_ref()).is_some_and(|kind| types.virtual_.contains(kind))
}

/// The product of a line: its name as the line keeps it, the rest as the product has it now.
// Medusa: a line keeps the names of product and variant; all else is gone with the product.
pub(crate) fn line_product(
    line: &LineItem,
    product: Option<&WireProduct>,
    types: &ProductTypes,
    currency: Currency,
) -> Result<Product> {
    let variant = line.variant.as_ref();
    let id = product.map(|product| product.id.as_str());
    let id = id.or_else(|| variant.and_then(|variant| variant.product_id.as_deref())).or(line.product_id.as_deref());
    let id: ProductId = map::id(id.unwrap_or(&line.id), "item.product_id")?;
    let name = map::text(line.title.as_ref()).unwrap_or_default();
    let sku = variant.and_then(|variant| map::text(variant.sku.as_ref()));
    let handle = product.and_then(|product| map::text(product.handle.as_ref())).unwrap_or_else(|| id.to_string());
    let variant_slug = sku.as_deref().map(slug).unwrap_or_default();
    Ok(Product {
        sku: sku.or_else(|| line.variant_id.clone()).unwrap_or_else(|| line.id.clone()),
        variant_id: line.variant_id.as_deref().map(|id| map::id(id, "item.variant_id")).transpose()?,
        description: product.and_then(|product| product.description.clone()).unwrap_or_default(),
        short_description: product.and_then(|product| map::text(product.subtitle.as_ref())),
        subtitle: None,
        location: None,
        image: map::text(line.thumbnail.as_ref()).map(|url| Media::new(url, name.clone())),
        images: None,
        price: Some(price(line.unit_price, currency, "item.unit_price")?),
        link: if variant_slug.is_empty() { format!("/{handle}") } else { format!("/{handle}/{variant_slug}") },
        kind: if is_virtual(product, types) { ProductType::Virtual } else { ProductType::Physical },
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

    fn types() -> ProductTypes {
        ProductTypes { virtual_: vec!["ptyp_2".to_owned()], physical: None }
    }

    fn shown(json: &str) -> Result<Product> {
        let line: LineItem = serde_json::from_str(json).expect("a line");
        line_product(&line, product_of(&line), &types(), Currency::EUR)
    }

    #[test]
    fn a_line_tells_its_product() {
        let product = shown(
            r#"{"id":"item_1","title":"Cordless Drill","description":"2Ah","thumbnail":"https://shop.example/d.png",
            "unit_price":12999,"variant_id":"variant_1","variant":{"id":"variant_1","sku":"DRILL 18V/2AH",
            "product_id":"prod_1","product":{"id":"prod_1","handle":"cordless-drill","description":"A drill.",
            "subtitle":"For daily work","type_id":"ptyp_1"}}}"#,
        )
        .expect("a product");
        assert_eq!((product.id.as_str(), product.sku.as_str()), ("prod_1", "DRILL 18V/2AH"));
        assert_eq!((product.name.as_str(), product.description.as_str()), ("Cordless Drill", "A drill."));
        assert_eq!(product.link, "/cordless-drill/drill-18v2ah");
        assert_eq!(product.price.map(|price| price.to_string()).as_deref(), Some("129.99 EUR"));
        assert_eq!(product.kind, ProductType::Physical);
    }

    #[test]
    fn a_line_of_a_virtual_type_is_virtual() {
        let kind = |type_id: &str| {
            let json = r#"{"id":"i","unit_price":1,"variant":{"id":"v","product":{"id":"p","type_id":"TYPE"}}}"#;
            shown(&json.replace("TYPE", type_id)).expect("a product").kind
        };
        assert_eq!((kind("ptyp_2"), kind("ptyp_3")), (ProductType::Virtual, ProductType::Physical));
    }

    #[test]
    fn a_line_outlives_its_product() {
        let product = shown(r#"{"id":"item_1","title":"Engraving","unit_price":500}"#).expect("a product");
        assert_eq!((product.id.as_str(), product.sku.as_str()), ("item_1", "item_1"));
        assert_eq!((product.name.as_str(), product.link.as_str()), ("Engraving", "/item_1"));
        assert_eq!(shown(r#"{"id":"item_1"}"#).expect_err("no price").code(), "backend.unreadable");
    }
}
