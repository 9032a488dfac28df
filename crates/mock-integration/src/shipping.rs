//! Ways to ship and to send back, with their prices before tax.

use o2s_framework_core::money::Currency;
use o2s_framework_core::orders::ShippingMethod;
use rust_decimal::Decimal;

use crate::catalogue::{Amounts, amounts};
use crate::language::{Language, Text, text};
use crate::regions::Region;

/// A shipping option.
#[derive(Debug)]
pub(crate) struct ShippingOption {
    pub(crate) id: &'static str,
    name: Text,
    description: Text,
    regions: &'static [&'static str],
    price: ShippingPrice,
}

/// How the price of an option comes about.
#[derive(Debug)]
enum ShippingPrice {
    Flat(Amounts),
    /// A base, and so much for each kilogram begun.
    ByWeight {
        base: Amounts,
        kilogram: Amounts,
    },
}

static OPTIONS: [ShippingOption; 5] = [
    ShippingOption {
        id: "so_standard",
        name: text("Standard parcel", "Standardpaket", "Paczka standardowa"),
        description: text("Three to five working days", "Drei bis fünf Werktage", "Trzy do pięciu dni roboczych"),
        regions: &["reg_eu", "reg_us", "reg_pl"],
        price: ShippingPrice::Flat(amounts(590, 795, 1990)),
    },
    ShippingOption {
        id: "so_express",
        name: text("Express", "Express", "Ekspres"),
        description: text("Next working day", "Nächster Werktag", "Następny dzień roboczy"),
        regions: &["reg_eu", "reg_us", "reg_pl"],
        price: ShippingPrice::Flat(amounts(1490, 1995, 3990)),
    },
    ShippingOption {
        id: "so_pickup",
        name: text("Pick up in the shop", "Abholung im Laden", "Odbiór w sklepie"),
        description: text("Ready in two hours", "In zwei Stunden bereit", "Gotowe za dwie godziny"),
        regions: &["reg_eu", "reg_pl"],
        price: ShippingPrice::Flat(amounts(0, 0, 0)),
    },
    ShippingOption {
        id: "so_locker",
        name: text("Parcel locker", "Paketstation", "Paczkomat"),
        description: text("One to two working days", "Ein bis zwei Werktage", "Jeden do dwóch dni roboczych"),
        regions: &["reg_pl"],
        price: ShippingPrice::Flat(amounts(390, 490, 1449)),
    },
    ShippingOption {
        id: "so_freight",
        name: text("Freight", "Spedition", "Spedycja"),
        description: text("By weight, to the kerb", "Nach Gewicht, bis Bordsteinkante", "Według wagi, pod adres"),
        regions: &["reg_eu", "reg_us", "reg_pl"],
        price: ShippingPrice::ByWeight { base: amounts(990, 1190, 4290), kilogram: amounts(45, 59, 195) },
    },
];

/// What a cart of nothing but virtual products has by itself, for nothing.
static DIGITAL_DELIVERY: ShippingOption = ShippingOption {
    id: "so_digital",
    name: text("By e-mail", "Per E-Mail", "E-mailem"),
    description: text("Nothing is shipped", "Es wird nichts versendet", "Nic nie jest wysyłane"),
    regions: &[],
    price: ShippingPrice::Flat(amounts(0, 0, 0)),
};

/// Ways in which goods come back.
static RETURN_OPTIONS: [ShippingOption; 3] = [
    ShippingOption {
        id: "so_return_parcel",
        name: text("Parcel with our label", "Paket mit unserem Etikett", "Paczka z naszą etykietą"),
        description: text("The label comes by e-mail", "Das Etikett kommt per E-Mail", "Etykieta przyjdzie e-mailem"),
        regions: &["reg_eu", "reg_us", "reg_pl"],
        price: ShippingPrice::Flat(amounts(490, 695, 1490)),
    },
    ShippingOption {
        id: "so_return_locker",
        name: text("Parcel locker", "Paketstation", "Paczkomat"),
        description: text("With a code, no label", "Mit einem Code, ohne Etikett", "Kod zamiast etykiety"),
        regions: &["reg_pl"],
        price: ShippingPrice::Flat(amounts(390, 490, 990)),
    },
    ShippingOption {
        id: "so_return_shop",
        name: text("Bring it to the shop", "Im Laden abgeben", "Zwrot w sklepie"),
        description: text("At any counter", "An jeder Kasse", "Przy dowolnej kasie"),
        regions: &["reg_eu", "reg_pl"],
        price: ShippingPrice::Flat(amounts(0, 0, 0)),
    },
];

impl ShippingOption {
    /// The price before tax for goods of this weight in grams.
    pub(crate) fn price(&self, currency: Currency, grams: u64) -> Option<Decimal> {
        match &self.price {
            ShippingPrice::Flat(price) => price.in_currency(currency),
            ShippingPrice::ByWeight { base, kilogram } => {
                let kilograms = Decimal::from(grams.div_ceil(1000));
                let by_weight = kilogram.in_currency(currency)?.checked_mul(kilograms)?;
                base.in_currency(currency)?.checked_add(by_weight)
            }
        }
    }

    pub(crate) fn name(&self, language: Language) -> String {
        self.name.get(language).to_owned()
    }

    /// The option as the contract shows it; whoever knows the prices fills them in.
    pub(crate) fn view(&self, language: Language) -> ShippingMethod {
        ShippingMethod {
            id: self.id.to_owned(),
            name: self.name(language),
            description: Some(self.description.get(language).to_owned()),
            total: None,
            subtotal: None,
        }
    }
}

/// What a cart of nothing but virtual products has by itself, for nothing.
pub(crate) fn digital_delivery() -> &'static ShippingOption {
    &DIGITAL_DELIVERY
}

/// The options for goods in a region.
pub(crate) fn options_of(region: &'static Region) -> impl Iterator<Item = &'static ShippingOption> {
    OPTIONS.iter().filter(|option| option.regions.contains(&region.id))
}

/// The options to send goods back from a region.
pub(crate) fn return_options_of(region: &'static Region) -> impl Iterator<Item = &'static ShippingOption> {
    RETURN_OPTIONS.iter().filter(|option| option.regions.contains(&region.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regions::regions;

    #[test]
    fn every_region_ships_and_sends_back() {
        for region in regions() {
            assert!(options_of(region).count() >= 3, "{}", region.id);
            assert!(return_options_of(region).count() >= 1, "{}", region.id);
            for option in options_of(region).chain(return_options_of(region)) {
                assert!(option.price(region.currency, 1).is_some(), "{} in {}", option.id, region.id);
            }
        }
    }

    #[test]
    fn freight_goes_by_the_kilogram_begun() {
        let eu = regions().next().expect("a region");
        let freight = options_of(eu).find(|option| option.id == "so_freight").expect("freight");
        let price = |grams| freight.price(Currency::EUR, grams).expect("a price").to_string();
        assert_eq!([price(0), price(1), price(1000), price(1001)], ["9.90", "10.35", "10.35", "10.80"]);
    }
}
