//! Medusa's products as the contract's.

use o2s_framework_core::error::Result;
use o2s_framework_core::money::Currency;
use o2s_medusa_client::Amount;
use o2s_medusa_client::v1::store::variants::{OptionValue, Variant};

use super::Priced;
use crate::catalogue::TellsProduct;
use crate::catalogue::listing::{ListedVariant, Listing, TechnicalData};
use crate::v1::money::optional_price;

/// What is asked of each product of a list, with the times that related products are sorted by.
pub(super) const LIST_FIELDS: &str = "id,title,subtitle,description,handle,thumbnail,created_at,updated_at";

/// What of others is asked with it.
// Medusa: prices are worked out where both `variants` and `variants.prices` are asked for.
pub(super) const LIST_RELATIONS: &str = "variants,variants.prices,variants.options,images,tags,type";

/// What is asked of one product: that of a list, and its technical data.
pub(super) const DETAIL_FIELDS: &str = "id,title,subtitle,description,handle,thumbnail,created_at,updated_at,\
weight,length,height,width,material,origin_country,hs_code,mid_code";

/// What of others is asked with it.
pub(super) const DETAIL_RELATIONS: &str = "variants,variants.prices,variants.options,options,images,tags,type";

impl TellsProduct for Priced {
    fn id(&self) -> &str {
        &self.wire.id
    }

    fn listing(&self) -> Result<Listing<'_>> {
        let wire = &self.wire;
        let mut variants: Vec<&Variant> = wire.variants.iter().collect();
        // Medusa: variants come in no order; the id decides between equal ranks, so that the first stays the first.
        variants.sort_by_key(|variant| (variant.variant_rank.unwrap_or(i64::MAX), &variant.id));
        let options = wire.options.iter().filter_map(|option| Some((option.id.as_str(), option.title.as_deref()?)));
        Ok(Listing {
            id: &wire.id,
            title: wire.title.as_deref(),
            subtitle: wire.subtitle.as_deref(),
            description: wire.description.as_deref(),
            handle: wire.handle.as_deref(),
            thumbnail: wire.thumbnail.as_deref(),
            type_name: wire.product_type.as_ref().and_then(|kind| kind.value.as_deref()),
            category: wire.categories.iter().find_map(|category| category.name.as_deref()),
            tags: wire.tags.iter().filter_map(|tag| tag.value.as_deref()).collect(),
            images: wire.images.iter().filter_map(|image| image.url.as_deref()).collect(),
            options: options.collect(),
            data: TechnicalData {
                height: wire.height.map(Amount::value),
                hs_code: wire.hs_code.as_deref(),
                length: wire.length.map(Amount::value),
                material: wire.material.as_deref(),
                mid_code: wire.mid_code.as_deref(),
                origin_country: wire.origin_country.as_deref(),
                weight: wire.weight.map(Amount::value),
                width: wire.width.map(Amount::value),
            },
            variants: variants.into_iter().map(|wire| variant(wire, self.currency)).collect(),
        })
    }

    fn created_at(&self) -> Option<&str> {
        self.wire.created_at.as_deref()
    }

    fn updated_at(&self) -> Option<&str> {
        self.wire.updated_at.as_deref()
    }
}

fn variant(wire: &Variant, currency: Currency) -> ListedVariant<'_> {
    let mut choices: Vec<&OptionValue> = wire.options.iter().collect();
    // Medusa: values come in no order; options of one product are made one after the other, and so are their ids.
    choices.sort_by_key(|choice| &choice.option_id);
    let counted = || wire.inventory_quantity.is_none_or(|quantity| quantity > 0);
    ListedVariant {
        id: &wire.id,
        title: wire.title.as_deref(),
        sku: wire.sku.as_deref(),
        // Medusa: without a price in the region there is none.
        price: optional_price(wire.calculated_price, currency),
        in_stock: wire
            .purchasable
            .unwrap_or_else(|| wire.manage_inventory == Some(false) || wire.allow_backorder == Some(true) || counted()),
        choices: choices
            .into_iter()
            .filter_map(|choice| Some((choice.option_id.as_deref()?, choice.value.as_deref()?)))
            .collect(),
        data: TechnicalData {
            height: wire.height.map(Amount::value),
            hs_code: wire.hs_code.as_deref(),
            length: wire.length.map(Amount::value),
            material: wire.material.as_deref(),
            mid_code: wire.mid_code.as_deref(),
            origin_country: wire.origin_country.as_deref(),
            weight: wire.weight.map(Amount::value),
            width: wire.width.map(Amount::value),
        },
    }
}

#[cfg(test)]
mod tests {
    use o2s_framework_core::products::{GetProduct, Product, ProductType};

    use super::*;

    /// A jacket in two sizes and two colours; its variants and their values come out of order, as Medusa sends them.
    const JACKET: &str = r#"{"id":"prod_1","title":"Work Jacket","subtitle":"For daily work","handle":"work-jacket",
        "thumbnail":null,"weight":400,"type":{"id":"ptyp_1","value":"PHYSICAL"},"tags":[{"id":"t","value":"new"}],
        "categories":[{"id":"pcat_1","name":"Workwear","handle":"workwear"}],
        "images":[{"id":"i","url":"https://shop.example/1.png"}],
        "options":[{"id":"opt_1","title":"Size"},{"id":"opt_2","title":"Color"}],
        "variants":[
            {"id":"variant_b","title":"M / White","sku":"JACKET-M-WHITE","variant_rank":1,"manage_inventory":true,
             "allow_backorder":false,"inventory_quantity":0,"calculated_price":8332,
             "options":[{"id":"v4","value":"White","option_id":"opt_2"},{"id":"v2","value":"M","option_id":"opt_1"}]},
            {"id":"variant_a","title":"S / Black","sku":"JACKET-S-BLACK","variant_rank":0,"manage_inventory":true,
             "allow_backorder":false,"inventory_quantity":3,"calculated_price":7999,
             "options":[{"id":"v3","value":"Black","option_id":"opt_2"},{"id":"v1","value":"S","option_id":"opt_1"}]}
        ]}"#;

    fn shown(json: &str, currency: &str) -> Product {
        let wire = serde_json::from_str(json).expect("a product");
        let priced = Priced { wire, currency: currency.parse().expect("a currency") };
        priced.listing().expect("a listing").detail(&GetProduct::default()).expect("a product")
    }

    #[test]
    fn a_product_is_shown_through_its_first_variant() {
        let product = shown(JACKET, "EUR");
        assert_eq!((product.id.as_str(), product.sku.as_str()), ("prod_1", "JACKET-S-BLACK"));
        assert_eq!((product.category.as_str(), product.link.as_str()), ("Workwear", "/work-jacket/jacket-s-black"));
        assert_eq!(product.image.map(|image| image.url).as_deref(), Some("https://shop.example/1.png"));
        assert_eq!(product.kind, ProductType::Physical);
        let titles: Vec<_> = product.variants.iter().flatten().map(|variant| variant.title.as_str()).collect();
        assert_eq!(titles, ["S / Black", "M / White"]);
        let stock: Vec<_> = product.variants.iter().flatten().map(|variant| variant.in_stock).collect();
        assert_eq!(stock, [Some(true), Some(false)]);
        let groups: Vec<_> = product.option_groups.iter().flatten().map(|group| group.title.as_str()).collect();
        assert_eq!(groups, ["Size", "Color"]);
    }

    #[test]
    fn a_price_has_the_decimals_of_its_currency() {
        for (currency, price) in [("EUR", "79.99 EUR"), ("JPY", "7999 JPY"), ("KWD", "7.999 KWD")] {
            assert_eq!(shown(JACKET, currency).price.map(|price| price.to_string()).as_deref(), Some(price));
        }
    }

    #[test]
    fn what_has_no_price_in_the_region_shows_none() {
        let product = shown(r#"{"id":"prod_1","variants":[{"id":"a","calculated_price":null}]}"#, "EUR");
        assert_eq!(product.price, None);
    }

    #[test]
    fn a_shop_with_an_inventory_module_says_what_can_be_bought() {
        let stock = |variant: &str| {
            let json = format!(r#"{{"id":"prod_1","variants":[{variant},{{"id":"z","variant_rank":9}}]}}"#);
            shown(&json, "EUR").variants.into_iter().flatten().next().and_then(|variant| variant.in_stock)
        };
        assert_eq!(stock(r#"{"id":"a","variant_rank":0,"inventory_quantity":5,"purchasable":false}"#), Some(false));
        assert_eq!(stock(r#"{"id":"a","variant_rank":0,"inventory_quantity":0,"purchasable":true}"#), Some(true));
        assert_eq!(stock(r#"{"id":"a","variant_rank":0,"inventory_quantity":-2,"allow_backorder":true}"#), Some(true));
        assert_eq!(stock(r#"{"id":"a","variant_rank":0,"inventory_quantity":0,"manage_inventory":false}"#), Some(true));
    }
}
