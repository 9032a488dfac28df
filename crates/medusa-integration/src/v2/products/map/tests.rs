use o2s_framework_core::ids::{ProductId, VariantId};
use o2s_framework_core::media::Media;
use o2s_framework_core::products::{AttributeValue, GetProduct, OptionGroupLabel, Product, ProductType, Tag};
use o2s_framework_core::text::BasePath;

use super::*;

/// A jacket in two sizes and two colours; its variants come out of order, as Medusa sends them.
const JACKET: &str = r#"{"id":"prod_1","title":"Work Jacket","subtitle":"For daily work","description":"A jacket.",
    "handle":"work-jacket","thumbnail":"https://shop.example/j.png","weight":400,"width":0,"length":null,
    "material":"Cotton","origin_country":"de","hs_code":"","mid_code":null,
    "type":{"id":"ptyp_1","value":"PHYSICAL"},"tags":[{"id":"ptag_1","value":"new"},{"id":"ptag_2","value":null}],
    "categories":[{"id":"pcat_1","name":"Workwear","handle":"workwear"}],
    "images":[{"url":"https://shop.example/2.png","rank":1},{"url":"https://shop.example/1.png","rank":0}],
    "options":[{"id":"opt_size","title":"Size"},{"id":"opt_color","title":"Color"},{"id":"opt_cut","title":"Cut"}],
    "variants":[
        {"id":"variant_b","title":"M","sku":"JACKET M/White","variant_rank":1,"manage_inventory":true,
         "allow_backorder":false,"inventory_quantity":0,"weight":425.50,"material":"",
         "calculated_price":{"calculated_amount":83.32,"currency_code":"eur"},
         "options":[{"id":"v2","value":"M","option":{"id":"opt_size"}},{"id":"v4","value":"White","option_id":"opt_color"}]},
        {"id":"variant_a","title":"S","sku":"JACKET S/Black","variant_rank":0,"manage_inventory":true,
         "allow_backorder":false,"inventory_quantity":3,
         "calculated_price":{"calculated_amount":79.990,"currency_code":"eur"},
         "options":[{"id":"v1","value":"S","option":{"id":"opt_size"}},{"id":"v3","value":"Black","option":{"id":"opt_color"}},
                    {"id":"v9","value":null,"option":{"id":"opt_cut"}}]}
    ]}"#;

fn wire(json: &str) -> WireProduct {
    serde_json::from_str(json).expect("a product")
}

fn card(wire: &WireProduct, base_path: Option<&BasePath>) -> Result<Product> {
    wire.listing()?.card(base_path)
}

fn detail(wire: &WireProduct, request: &GetProduct) -> Result<Product> {
    wire.listing()?.detail(request)
}

fn shown(json: &str) -> Product {
    detail(&wire(json), &GetProduct::default()).expect("a product")
}

fn of_variant(variant: &str) -> GetProduct {
    GetProduct { variant_id: variant.parse().ok(), ..GetProduct::default() }
}

fn with_variants(variants: &str) -> WireProduct {
    wire(&format!(r#"{{"id":"prod_1","title":"Thing","handle":"thing","variants":[{variants}]}}"#))
}

/// M-PROD-01, M-PROD-16, C-14: everything of a product from one answer, the category too.
#[test]
fn a_product_is_shown_through_its_first_variant() {
    let product = shown(JACKET);
    assert_eq!((product.id.as_str(), product.sku.as_str()), ("prod_1", "JACKET S/Black"));
    assert_eq!(product.variant_id.as_ref().map(VariantId::as_str), Some("variant_a"));
    assert_eq!((product.name.as_str(), product.description.as_str()), ("Work Jacket", "A jacket."));
    assert_eq!(product.short_description.as_deref(), Some("For daily work"));
    assert_eq!(product.category, "Workwear");
    assert_eq!(product.link, "/work-jacket/jacket-sblack");
    assert_eq!(product.tags, [Tag { label: "new".to_owned(), variant: "default".to_owned() }]);
    assert_eq!(product.image, Some(Media::new("https://shop.example/j.png", "Work Jacket")));
    let urls: Vec<_> = product.images.iter().flatten().map(|image| image.url.as_str()).collect();
    assert_eq!(urls, ["https://shop.example/1.png", "https://shop.example/2.png"]);
}

/// C-13: the price is the calculated one, to its last digit; none is none, never 0.
#[test]
fn a_price_is_calculated_or_absent() {
    let price = |json: &str| card(&with_variants(json), None).map(|product| product.price.map(|p| p.to_string()));
    assert_eq!(shown(JACKET).price.map(|price| price.to_string()).as_deref(), Some("79.99 EUR"));
    assert_eq!(price(r#"{"id":"v"}"#).expect("a product"), None);
    assert_eq!(price(r#"{"id":"v","calculated_price":{"calculated_amount":null}}"#).expect("a product"), None);
    let free = r#"{"id":"v","calculated_price":{"calculated_amount":0,"currency_code":"usd"}}"#;
    assert_eq!(price(free).expect("a product").as_deref(), Some("0 USD"));
    let error = price(r#"{"id":"v","calculated_price":{"calculated_amount":5}}"#).expect_err("no currency");
    assert_eq!(error.code(), "backend.unreadable");
}

/// M-PROD-07 to M-PROD-10.
#[test]
fn only_the_type_virtual_is_not_shipped() {
    for (kind, expected) in [
        ("null", ProductType::Physical),
        (r#"{"id":"t","value":"PHYSICAL"}"#, ProductType::Physical),
        (r#"{"id":"t","value":"VIRTUAL"}"#, ProductType::Virtual),
        (r#"{"id":"t","value":"virtual"}"#, ProductType::Virtual),
        (r#"{"id":"t","value":"bundle"}"#, ProductType::Physical),
    ] {
        assert_eq!(shown(&format!(r#"{{"id":"prod_1","type":{kind}}}"#)).kind, expected, "{kind}");
    }
}

/// M-PROD-17, C-15: a variant goes by its id, its slug or its SKU; an unknown one is a 404 and never the first.
#[test]
fn a_variant_goes_by_id_slug_or_sku() {
    for name in ["variant_b", "jacket-mwhite"] {
        let product = detail(&wire(JACKET), &of_variant(name)).expect(name);
        assert_eq!(product.variant_id.as_ref().map(VariantId::as_str), Some("variant_b"), "{name}");
        assert_eq!(product.link, "/work-jacket/jacket-mwhite");
        assert_eq!(product.price.map(|price| price.to_string()).as_deref(), Some("83.32 EUR"));
    }
    let by_sku = detail(&with_variants(r#"{"id":"a","sku":"ONE"},{"id":"b","sku":"T.WO"}"#), &of_variant("T.WO"));
    assert_eq!(by_sku.expect("a product").variant_id.as_ref().map(VariantId::as_str), Some("b"));
    let error = detail(&wire(JACKET), &of_variant("variant_c")).expect_err("no such variant");
    assert_eq!(error.code(), "product.variant_not_found");
}

/// C-15: a variant without SKU is shown by its id, and found by its id or its title.
#[test]
fn a_variant_without_sku_can_be_shown() {
    let product = with_variants(r#"{"id":"variant_a","title":"Red Large"},{"id":"variant_b","sku":"","title":"Blue"}"#);
    let card = card(&product, None).expect("a product");
    assert_eq!((card.sku.as_str(), card.link.as_str()), ("variant_a", "/thing/variant_a"));
    for name in ["variant_b", "blue"] {
        let detail = detail(&product, &of_variant(name)).expect(name);
        assert_eq!(detail.variant_id.as_ref().map(VariantId::as_str), Some("variant_b"));
    }
    let only = with_variants(r#"{"id":"variant_a"}"#);
    assert_eq!(super::tests::card(&only, None).expect("a product").link, "/thing");
}

/// C-15: SKUs that give the same slug give way to the ids, so that each link leads to its own variant.
#[test]
fn slugs_never_collide() {
    let product =
        with_variants(r#"{"id":"variant_a","sku":"A.B"},{"id":"variant_b","sku":"AB"},{"id":"variant_c","sku":"C"}"#);
    let detail = detail(&product, &GetProduct::default()).expect("a product");
    let slugs: Vec<_> = detail.variants.iter().flatten().map(|variant| variant.slug.as_str()).collect();
    assert_eq!(slugs, ["variant_a", "variant_b", "c"]);
    assert_eq!(detail.link, "/thing/variant_a");
}

/// A product that cannot be bought yet stays in lists and on its page.
#[test]
fn a_product_without_variants_is_shown_without_a_price() {
    let product = with_variants("");
    for product in [card(&product, None), detail(&product, &GetProduct::default())] {
        let product = product.expect("a product");
        assert_eq!((product.variant_id, product.price, product.variants), (None, None, None));
        assert_eq!((product.sku.as_str(), product.link.as_str()), ("prod_1", "/thing"));
    }
    let error = detail(&product, &of_variant("variant_a")).expect_err("no variant");
    assert_eq!(error.code(), "product.variant_not_found");
}

#[test]
fn links_begin_with_the_base_path() {
    let base_path: BasePath = "/shop/products".parse().expect("a path");
    let card = card(&wire(JACKET), Some(&base_path)).expect("a product");
    assert_eq!(card.link, "/shop/products/work-jacket/jacket-sblack");
    let links: Vec<_> = card.variants.iter().flatten().filter_map(|variant| variant.link.as_deref()).collect();
    assert_eq!(links, ["/shop/products/work-jacket/jacket-sblack", "/shop/products/work-jacket/jacket-mwhite"]);
    let nameless = wire(r#"{"id":"prod_1","handle":""}"#);
    assert_eq!(super::tests::card(&nameless, None).expect("a product").link, "/prod_1");
}

/// The rank decides which variant is first; between equal ranks the id.
#[test]
fn the_first_variant_stays_the_first() {
    let first = |json: &str| card(&with_variants(json), None).expect("a product").sku;
    assert_eq!(first(r#"{"id":"b","variant_rank":0},{"id":"a","variant_rank":1}"#), "b");
    assert_eq!(first(r#"{"id":"b","variant_rank":0},{"id":"a","variant_rank":0}"#), "a");
    assert_eq!(first(r#"{"id":"a"},{"id":"b","variant_rank":7}"#), "b");
}

#[test]
fn variants_are_listed_where_there_is_a_choice() {
    let variants = shown(JACKET).variants.expect("variants");
    let titles: Vec<_> = variants.iter().map(|variant| (variant.title.as_str(), variant.in_stock)).collect();
    assert_eq!(titles, [("S / Black", Some(true)), ("M / White", Some(false))]);
    let options = variants.first().and_then(|variant| variant.options.as_ref()).expect("options");
    assert_eq!(options.get("opt_size").map(String::as_str), Some("S"));
    assert_eq!(options.get("opt_color").map(String::as_str), Some("Black"));
    assert_eq!(card(&with_variants(r#"{"id":"a","sku":"A"}"#), None).expect("a product").variants, None);
    let plain = card(&with_variants(r#"{"id":"a","title":"First"},{"id":"b"}"#), None).expect("a product").variants;
    let titles: Vec<_> = plain.iter().flatten().map(|variant| (variant.title.as_str(), &variant.options)).collect();
    assert_eq!(titles, [("First", &None), ("b", &None)]);
}

#[test]
fn stock_follows_how_it_is_kept() {
    for (variant, expected) in [
        (r#""manage_inventory":false,"inventory_quantity":0"#, true),
        (r#""manage_inventory":true,"allow_backorder":true,"inventory_quantity":0"#, true),
        (r#""manage_inventory":true,"inventory_quantity":null"#, true),
        (r#""manage_inventory":true,"inventory_quantity":1"#, true),
        (r#""manage_inventory":true,"inventory_quantity":0"#, false),
        (r#""manage_inventory":true,"inventory_quantity":-2"#, false),
        (r#""inventory_quantity":0"#, false),
    ] {
        let two = with_variants(&format!(r#"{{"id":"v",{variant}}},{{"id":"w"}}"#));
        let variants = card(&two, None).expect("a product").variants.expect("two variants");
        assert_eq!(variants[0].in_stock, Some(expected), "{variant}");
    }
}

/// M-PROD-12: without a word of the front end, groups come as they appear; an option without a value is none.
#[test]
fn option_groups_come_as_they_appear() {
    let groups = shown(JACKET).option_groups.expect("groups");
    let groups: Vec<_> =
        groups.iter().map(|group| (group.id.as_str(), group.title.as_str(), group.values.join("|"))).collect();
    assert_eq!(groups, [("opt_size", "Size", "S|M".to_owned()), ("opt_color", "Color", "Black|White".to_owned())]);
    assert_eq!(shown(r#"{"id":"prod_1","variants":[{"id":"a"}]}"#).option_groups, Some(Vec::new()));
}

/// M-PROD-11: groups follow the order of the front end and carry its titles; the others follow.
#[test]
fn option_groups_follow_the_front_end() {
    let label = |title: &str, label: &str| OptionGroupLabel { title: title.to_owned(), label: label.to_owned() };
    let labels = vec![label("Material", "Stoff"), label("Color", "Farbe")];
    let request = GetProduct { variant_option_groups: labels, ..GetProduct::default() };
    let groups = detail(&wire(JACKET), &request).expect("a product").option_groups.expect("groups");
    let groups: Vec<_> = groups.iter().map(|group| (group.id.as_str(), group.title.as_str())).collect();
    assert_eq!(groups, [("opt_color", "Farbe"), ("opt_size", "Size")]);
}

/// The variant's own data stand before the product's; what says nothing is left out.
#[test]
fn technical_data_are_the_variants_then_the_products() {
    let text = |value: &str| AttributeValue::Text(value.to_owned());
    let number = |value: &str| AttributeValue::Number(value.parse().expect("a number"));
    let of = |variant: &str| detail(&wire(JACKET), &of_variant(variant)).expect("a product").attributes;
    let expected = |weight: &str| {
        [("material", text("Cotton")), ("origin_country", text("de")), ("weight", number(weight))]
            .map(|(key, value)| (key.to_owned(), value))
            .into()
    };
    assert_eq!(of("variant_a"), Some(expected("400")));
    assert_eq!(of("variant_b"), Some(expected("425.5")));
    assert_eq!(shown(r#"{"id":"prod_1"}"#).attributes, None);
}

/// Technical data and option groups belong to the product's page.
#[test]
fn a_card_is_lighter_than_a_page() {
    let card = card(&wire(JACKET), None).expect("a product");
    assert_eq!((card.attributes, card.option_groups), (None, None));
    assert_eq!(card.id, ProductId::new("prod_1").expect("an id"));
}
