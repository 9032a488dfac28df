use o2s_framework_core::ids::CategoryId;
use o2s_framework_core::products::Category as View;

use crate::known::known;
use crate::language::{Language, Text, text};

/// A category. One that others are a part of has no products of its own.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Category {
    /// Its name in URLs; its id is `cat_` and this.
    pub(crate) handle: &'static str,
    pub(crate) name: Text,
    /// What it says of itself: the second paragraph of the descriptions of its products.
    pub(super) note: Text,
    /// The category that it is a part of.
    parent: Option<&'static Category>,
}

impl Category {
    fn id(&self) -> CategoryId {
        known(&format!("cat_{}", self.handle))
    }

    pub(crate) fn view(&self, language: Language) -> View {
        View {
            id: self.id(),
            name: self.name.get(language).to_owned(),
            handle: self.handle.to_owned(),
            description: Some(self.note.get(language).to_owned()),
            parent_id: self.parent.map(Self::id),
        }
    }

    /// Whether a request that says `name` means this category: its id, handle, or name in any language, in any case.
    pub(crate) fn is(&self, name: &str) -> bool {
        let handle = name.strip_prefix("cat_").unwrap_or(name);
        handle.eq_ignore_ascii_case(self.handle) || self.name.is(name)
    }
}

static TOOLS: Category = Category {
    handle: "tools",
    name: text("Tools", "Werkzeuge", "Narzędzia"),
    note: text(
        "What drives, cuts, holds and measures.",
        "Was dreht, schneidet, hält und misst.",
        "Wszystko, co wierci, tnie, trzyma i mierzy.",
    ),
    parent: None,
};
pub(super) static POWER_TOOLS: Category = Category {
    handle: "power-tools",
    name: text("Power tools", "Elektrowerkzeuge", "Elektronarzędzia"),
    note: text(
        "All our cordless tools share one 18 V battery system. Two years of warranty, three when you register the tool.",
        "Alle unsere Akkugeräte teilen sich ein 18-V-Akkusystem. Zwei Jahre Garantie, drei nach der Registrierung.",
        "Wszystkie nasze narzędzia akumulatorowe korzystają z jednego systemu 18 V. Dwa lata gwarancji, trzy po rejestracji.",
    ),
    parent: Some(&TOOLS),
};
pub(super) static HAND_TOOLS: Category = Category {
    handle: "hand-tools",
    name: text("Hand tools", "Handwerkzeuge", "Narzędzia ręczne"),
    note: text(
        "Forged, hardened and checked by hand. If it breaks in ordinary use, we replace it.",
        "Geschmiedet, gehärtet und von Hand geprüft. Bricht es bei normalem Gebrauch, ersetzen wir es.",
        "Kute, hartowane i sprawdzane ręcznie. Jeśli pęknie podczas zwykłej pracy, wymienimy je.",
    ),
    parent: Some(&TOOLS),
};
pub(super) static MEASURING: Category = Category {
    handle: "measuring",
    name: text("Measuring", "Messtechnik", "Pomiary"),
    note: text(
        "Comes with a certificate of accuracy. Can be calibrated once a year by our workshop.",
        "Mit Genauigkeitszertifikat. Unsere Werkstatt kalibriert das Gerät auf Wunsch jährlich.",
        "Z certyfikatem dokładności. Nasz warsztat może co roku wzorcować przyrząd.",
    ),
    parent: Some(&TOOLS),
};
static CLOTHING: Category = Category {
    handle: "clothing-and-protection",
    name: text("Clothing and protection", "Kleidung und Schutz", "Odzież i ochrona"),
    note: text(
        "What you wear at work, from head to toe.",
        "Was man bei der Arbeit trägt, von Kopf bis Fuß.",
        "Wszystko, co nosi się w pracy, od stóp do głów.",
    ),
    parent: None,
};
pub(super) static WORKWEAR: Category = Category {
    handle: "workwear",
    name: text("Workwear", "Arbeitskleidung", "Odzież robocza"),
    note: text(
        "Cut for moving, sewn for years. Unworn pieces can be sent back within 30 days.",
        "Geschnitten für Bewegung, genäht für Jahre. Ungetragenes nehmen wir 30 Tage lang zurück.",
        "Krój do ruchu, szwy na lata. Nienoszone rzeczy można zwrócić w ciągu 30 dni.",
    ),
    parent: Some(&CLOTHING),
};
pub(super) static SAFETY: Category = Category {
    handle: "safety",
    name: text("Safety", "Arbeitsschutz", "Bezpieczeństwo"),
    note: text(
        "Personal protective equipment with CE marking. Mind the date of expiry printed inside.",
        "Persönliche Schutzausrüstung mit CE-Kennzeichnung. Bitte das eingeprägte Ablaufdatum beachten.",
        "Środki ochrony indywidualnej z oznaczeniem CE. Należy zwracać uwagę na datę ważności.",
    ),
    parent: Some(&CLOTHING),
};
pub(super) static WORKSHOP: Category = Category {
    handle: "workshop",
    name: text("Workshop equipment", "Werkstattausrüstung", "Wyposażenie warsztatu"),
    note: text(
        "Delivered flat or on a pallet; assembly takes two people and half an hour.",
        "Lieferung zerlegt oder auf Palette; der Aufbau dauert zu zweit eine halbe Stunde.",
        "Dostawa w częściach lub na palecie; montaż zajmuje dwóm osobom pół godziny.",
    ),
    parent: None,
};
pub(super) static CONSUMABLES: Category = Category {
    handle: "parts-and-consumables",
    name: text("Parts and consumables", "Ersatzteile und Verbrauchsmaterial", "Części i materiały eksploatacyjne"),
    note: text(
        "Original parts: they fit, and they keep the warranty of the tool.",
        "Originalteile: Sie passen und erhalten die Garantie des Geräts.",
        "Oryginalne części: pasują i zachowują gwarancję narzędzia.",
    ),
    parent: None,
};
pub(super) static SERVICES: Category = Category {
    handle: "services",
    name: text("Services", "Dienstleistungen", "Usługi"),
    note: text(
        "Nothing is shipped: you get a confirmation by e-mail and find the service in your account.",
        "Es wird nichts versendet: Sie erhalten eine Bestätigung per E-Mail und finden die Leistung in Ihrem Konto.",
        "Nic nie wysyłamy: potwierdzenie przyjdzie e-mailem, a usługa pojawi się na Twoim koncie.",
    ),
    parent: None,
};

/// Every category, each after the one that it is a part of.
pub(crate) fn categories() -> impl Iterator<Item = &'static Category> {
    [&TOOLS, &POWER_TOOLS, &HAND_TOOLS, &MEASURING, &CLOTHING, &WORKWEAR, &SAFETY, &WORKSHOP, &CONSUMABLES, &SERVICES]
        .into_iter()
}

#[cfg(test)]
mod tests {
    use super::super::products;
    use super::*;

    #[test]
    fn every_product_is_in_a_category_that_is_shown() {
        for product in products() {
            assert!(categories().any(|category| category.handle == product.category.handle), "{}", product.code);
        }
    }

    #[test]
    fn what_has_parts_has_no_products_of_its_own() {
        let parents: Vec<_> = categories().filter_map(|category| category.parent).collect();
        assert!(!parents.is_empty());
        for parent in parents {
            assert!(!products().any(|product| product.category.handle == parent.handle), "{}", parent.handle);
        }
    }
}
