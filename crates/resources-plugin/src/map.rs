//! The plugin's rows as the contract's assets and services.

use o2s_framework_core::address::Address;
use o2s_framework_core::ids::{AssetId, ProductId, ServiceId, VariantId};
use o2s_framework_core::media::Media;
use o2s_framework_core::money::{Currency, Price};
use o2s_framework_core::products::{Product, ProductReferenceType, ProductType, VariantRef};
use o2s_framework_core::resources::{Asset, Contract, ContractStatus, PaymentPeriod, Service};
use o2s_framework_core::time::Timestamp;
use o2s_medusa_client::v2::admin::resources::{
    Asset as WireAsset, PaymentType, ServiceInstance, ServiceStatus, Totals,
};
use o2s_medusa_client::v2::store::references::ReferenceType;
use o2s_medusa_client::v2::store::variants::Variant;
use o2s_medusa_client::v2::types::Address as WireAddress;

/// What is asked of a customer for the list of assets. Only what is shown: the answer holds all that the customer owns.
// Medusa: `assets.customer` tells whose each row is, also where the list comes with the customer.
pub(crate) const ASSET_FIELDS: &str = "id,assets.id,assets.name,assets.serial_number,assets.end_of_warranty_date,\
assets.customer.id,assets.address.first_name,assets.address.last_name,assets.address.company,assets.address.address_1,\
assets.address.address_2,assets.address.city,assets.address.postal_code,assets.address.country_code,\
assets.address.province,assets.address.phone,assets.product_variant.id,assets.product_variant.sku,\
assets.product_variant.product.id,assets.product_variant.product.title,assets.product_variant.product.handle,\
assets.product_variant.product.subtitle,assets.product_variant.product.description,\
assets.product_variant.product.thumbnail,assets.product_variant.product.type.id,\
assets.product_variant.product.type.value";

/// What is asked of a customer for services: their own, and the same of their assets as of a list of assets.
pub(crate) const SERVICE_FIELDS: &str = "id,service_instances.id,service_instances.start_date,\
service_instances.end_date,service_instances.created_at,service_instances.payment_type,service_instances.status,\
service_instances.totals,service_instances.customer.id,service_instances.product_variant.id,\
service_instances.product_variant.sku,service_instances.product_variant.product.id,\
service_instances.product_variant.product.title,service_instances.product_variant.product.handle,\
service_instances.product_variant.product.subtitle,service_instances.product_variant.product.description,\
service_instances.product_variant.product.thumbnail,service_instances.product_variant.product.type.id,\
service_instances.product_variant.product.type.value,service_instances.assets.id,service_instances.assets.name,\
service_instances.assets.serial_number,service_instances.assets.end_of_warranty_date,\
service_instances.assets.customer.id,service_instances.assets.address.first_name,\
service_instances.assets.address.last_name,service_instances.assets.address.company,\
service_instances.assets.address.address_1,service_instances.assets.address.address_2,\
service_instances.assets.address.city,service_instances.assets.address.postal_code,\
service_instances.assets.address.country_code,service_instances.assets.address.province,\
service_instances.assets.address.phone,service_instances.assets.product_variant.id,\
service_instances.assets.product_variant.sku,service_instances.assets.product_variant.product.id,\
service_instances.assets.product_variant.product.title,service_instances.assets.product_variant.product.handle,\
service_instances.assets.product_variant.product.subtitle,\
service_instances.assets.product_variant.product.description,\
service_instances.assets.product_variant.product.thumbnail,service_instances.assets.product_variant.product.type.id,\
service_instances.assets.product_variant.product.type.value";

/// An asset with its product as far as the row knows it: without a price. None where its id is none.
pub(crate) fn asset(row: &WireAsset) -> Option<Asset> {
    let product = row.product_variant.as_ref().and_then(product);
    let name = text(row.name.as_ref());
    Some(Asset {
        id: AssetId::new(row.id.as_str()).ok()?,
        billing_account_id: String::new(),
        manufacturer: None,
        model: name.or_else(|| product.as_ref().map(|product| product.name.clone())).unwrap_or_else(|| row.id.clone()),
        serial_no: row.serial_number.clone().unwrap_or_default(),
        description: String::new(),
        // The plugin keeps no status of assets.
        status: None,
        address: row.address.as_ref().and_then(address),
        end_of_warranty: timestamp(row.end_of_warranty_date.as_ref()),
        compatible_services: None,
        product,
    })
}

/// A service with its product as far as the row knows it, and with these assets. None where the row lacks what every
/// service has: an id and a beginning.
pub(crate) fn service(row: &ServiceInstance, assets: Vec<Asset>) -> Option<Service> {
    Some(Service {
        id: ServiceId::new(row.id.as_str()).ok()?,
        billing_account_id: String::new(),
        product: row.product_variant.as_ref().and_then(product),
        contract: Contract {
            id: row.id.clone(),
            kind: None,
            status: contract_status(row.status.as_ref()),
            start_date: timestamp(row.start_date.as_ref()).or_else(|| timestamp(row.created_at.as_ref()))?,
            end_date: timestamp(row.end_date.as_ref()),
            payment_period: row.payment_type.as_ref().map(payment_period),
            price: row.totals.as_ref().and_then(price),
        },
        assets,
    })
}

/// The variant of a product that the catalogue can be asked for.
pub(crate) fn variant_of(product: &Product) -> Option<VariantRef> {
    Some(VariantRef { product_id: product.id.clone(), variant_id: product.variant_id.clone()? })
}

/// The plugin's word for a relation.
pub(crate) fn reference_type(kind: ProductReferenceType) -> ReferenceType {
    match kind {
        ProductReferenceType::SparePart => ReferenceType::SparePart,
        ProductReferenceType::Replacement => ReferenceType::Replacement,
        ProductReferenceType::CompatibleService => ReferenceType::CompatibleService,
        ProductReferenceType::Accessory => ReferenceType::Accessory,
        ProductReferenceType::Tool => ReferenceType::Tool,
    }
}

/// The product of a row, for where the catalogue does not show it (any more).
fn product(variant: &Variant) -> Option<Product> {
    let wire = variant.product.as_ref()?;
    let name = text(wire.title.as_ref()).unwrap_or_default();
    let kind = wire.product_type.as_ref().and_then(|kind| kind.value.as_deref());
    let is_virtual = kind.is_some_and(|kind| kind.eq_ignore_ascii_case("VIRTUAL"));
    Some(Product {
        id: ProductId::new(wire.id.as_str()).ok()?,
        sku: text(variant.sku.as_ref()).unwrap_or_else(|| variant.id.clone()),
        variant_id: Some(VariantId::new(variant.id.as_str()).ok()?),
        description: wire.description.clone().unwrap_or_default(),
        short_description: text(wire.subtitle.as_ref()),
        subtitle: None,
        location: None,
        image: text(wire.thumbnail.as_ref()).map(|url| Media::new(url, name.clone())),
        images: None,
        price: None,
        link: format!("/{}", text(wire.handle.as_ref()).unwrap_or_else(|| wire.id.clone())),
        kind: if is_virtual { ProductType::Virtual } else { ProductType::Physical },
        category: String::new(),
        tags: Vec::new(),
        attributes: None,
        option_groups: None,
        variants: None,
        name,
    })
}

fn contract_status(status: Option<&ServiceStatus>) -> ContractStatus {
    match status {
        Some(ServiceStatus::Active) => ContractStatus::Active,
        Some(ServiceStatus::Inactive) => ContractStatus::Inactive,
        Some(ServiceStatus::Expired) => ContractStatus::Expired,
        Some(ServiceStatus::Unknown(_)) | None => ContractStatus::Unknown,
    }
}

fn payment_period(period: &PaymentType) -> PaymentPeriod {
    match period {
        PaymentType::OneTime => PaymentPeriod::OneTime,
        PaymentType::Weekly => PaymentPeriod::Weekly,
        PaymentType::Monthly => PaymentPeriod::Monthly,
        PaymentType::Yearly => PaymentPeriod::Yearly,
        PaymentType::Unknown(_) => PaymentPeriod::Unknown,
    }
}

/// The price of a period. One that is not there is absent, never 0.
fn price(totals: &Totals) -> Option<Price> {
    let value = totals.total_price.as_ref()?.value?;
    Some(Price::new(value.value(), Currency::from_backend(totals.currency.as_deref()?).ok()?))
}

fn address(wire: &WireAddress) -> Option<Address> {
    let street_name = wire.address_1.clone().unwrap_or_default();
    let city = wire.city.clone().unwrap_or_default();
    if street_name.is_empty() && city.is_empty() {
        return None;
    }
    Some(Address {
        first_name: text(wire.first_name.as_ref()),
        last_name: text(wire.last_name.as_ref()),
        company_name: text(wire.company.as_ref()),
        tax_id: None,
        country: wire.country_code.as_deref().unwrap_or_default().to_uppercase(),
        district: None,
        region: text(wire.province.as_ref()),
        street_name,
        street_number: text(wire.address_2.as_ref()),
        apartment: None,
        city,
        postal_code: wire.postal_code.clone().unwrap_or_default(),
        email: None,
        phone: text(wire.phone.as_ref()),
    })
}

fn timestamp(text: Option<&String>) -> Option<Timestamp> {
    text?.parse().ok()
}

/// A text that says something.
fn text(value: Option<&String>) -> Option<String> {
    value.filter(|text| !text.trim().is_empty()).cloned()
}

#[cfg(test)]
mod tests;
