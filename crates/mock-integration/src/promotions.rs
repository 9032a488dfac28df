//! Promotions: what a code is worth.

use chrono::{DateTime, NaiveDate, Utc};
use o2s_framework_core::carts::{Promotion as View, PromotionType};
use o2s_framework_core::error::{Error, Result};
use o2s_framework_core::ids::PromotionCode;
use o2s_framework_core::money::Currency;
use rust_decimal::Decimal;

use crate::catalogue::{Amounts, amounts};
use crate::known::known;
use crate::language::{Language, Text, text};
use crate::pricing::Reduction;

/// A promotion.
#[derive(Debug)]
pub(crate) struct Promotion {
    id: &'static str,
    pub(crate) code: &'static str,
    name: Text,
    description: Text,
    worth: Worth,
    /// The last day that it holds, in UTC.
    last_day: Option<NaiveDate>,
}

#[derive(Debug)]
enum Worth {
    Percent(u32),
    Amount(Amounts),
    FreeShipping,
}

static PROMOTIONS: [Promotion; 4] = [
    Promotion {
        id: "promo_save10",
        code: "SAVE10",
        name: text("10 % off", "10 % Rabatt", "10% rabatu"),
        description: text("10 % off all goods", "10 % auf alle Waren", "10% zniżki na wszystkie towary"),
        worth: Worth::Percent(10),
        last_day: None,
    },
    Promotion {
        id: "promo_fiveoff",
        code: "FIVEOFF",
        name: text("Five off", "Fünf weniger", "Piątka mniej"),
        description: text(
            "A fixed amount off the goods",
            "Ein fester Betrag auf die Waren",
            "Stała kwota mniej za towary",
        ),
        worth: Worth::Amount(amounts(500, 500, 2000)),
        last_day: None,
    },
    Promotion {
        id: "promo_freeship",
        code: "FREESHIP",
        name: text("Free shipping", "Versand frei", "Darmowa dostawa"),
        description: text("Any way of shipping, on us", "Jede Versandart, auf uns", "Każda dostawa na nasz koszt"),
        worth: Worth::FreeShipping,
        last_day: None,
    },
    Promotion {
        id: "promo_summer24",
        code: "SUMMER24",
        name: text("Summer 2024", "Sommer 2024", "Lato 2024"),
        description: text("A quarter off", "Ein Viertel weniger", "Ćwierć ceny mniej"),
        worth: Worth::Percent(25),
        last_day: NaiveDate::from_ymd_opt(2024, 9, 22),
    },
];

impl Promotion {
    /// Whether `code` is this promotion's, in any case.
    pub(crate) fn is(&self, code: &PromotionCode) -> bool {
        self.code.eq_ignore_ascii_case(code.as_str())
    }

    /// What it takes off in a currency.
    pub(crate) fn reduction(&self, currency: Currency) -> Reduction {
        match self.worth {
            Worth::Percent(percent) => Reduction::Percent(Decimal::from(percent)),
            Worth::Amount(amount) => Reduction::Amount(amount.in_currency(currency).unwrap_or_default()),
            Worth::FreeShipping => Reduction::FreeShipping,
        }
    }

    pub(crate) fn view(&self, currency: Currency, language: Language) -> View {
        let (kind, value) = match self.reduction(currency) {
            Reduction::Percent(percent) => (PromotionType::Percentage, Some(percent)),
            Reduction::Amount(amount) => (PromotionType::FixedAmount, Some(amount)),
            Reduction::FreeShipping => (PromotionType::FreeShipping, None),
        };
        View {
            id: self.id.to_owned(),
            code: known(self.code),
            name: Some(self.name.get(language).to_owned()),
            description: Some(self.description.get(language).to_owned()),
            kind: Some(kind),
            value: value.map(|value| value.normalize().to_string()),
        }
    }
}

/// The promotion that this code stands for now. 400 `promotion.invalid` for an unknown one and one that has ended.
pub(crate) fn promotion(code: &PromotionCode, now: DateTime<Utc>) -> Result<&'static Promotion> {
    PROMOTIONS
        .iter()
        .find(|promotion| promotion.is(code))
        .filter(|promotion| promotion.last_day.is_none_or(|last| now.date_naive() <= last))
        .ok_or_else(|| Error::invalid("promotion.invalid", format!("The code {code} is unknown or has expired")))
}
