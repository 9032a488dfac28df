use o2s_framework_core::ids::ReturnReasonId;
use o2s_framework_core::returns::ReturnReason as View;

use crate::known::known;
use crate::language::{Language, Text, text};

/// Why something is sent back.
#[derive(Debug)]
pub(crate) struct Reason {
    /// The shop's own name for it; its id is `rr_` and this.
    value: &'static str,
    label: Text,
    description: Option<Text>,
    /// The name of the reason that this one is a kind of.
    parent: Option<&'static str>,
}

const fn reason(value: &'static str, label: Text) -> Reason {
    Reason { value, label, description: None, parent: None }
}

impl Reason {
    const fn in_other_words(mut self, description: Text) -> Self {
        self.description = Some(description);
        self
    }

    const fn kind_of(mut self, parent: &'static str) -> Self {
        self.parent = Some(parent);
        self
    }
}

static REASONS: [Reason; 8] = [
    reason("wrong_size", text("Does not fit", "Passt nicht", "Nie pasuje")),
    reason("too_small", text("Too small", "Zu klein", "Za małe")).kind_of("wrong_size"),
    reason("too_large", text("Too large", "Zu groß", "Za duże")).kind_of("wrong_size"),
    reason("faulty", text("Damaged or faulty", "Beschädigt oder defekt", "Uszkodzone lub wadliwe")),
    reason("damaged_in_transit", text("Came damaged", "Beschädigt angekommen", "Uszkodzone w transporcie"))
        .in_other_words(text(
            "Please keep the box until we have seen it",
            "Bitte heben Sie den Karton auf, bis wir ihn gesehen haben",
            "Proszę zachować karton, aż go obejrzymy",
        ))
        .kind_of("faulty"),
    reason("stopped_working", text("Stopped working", "Funktioniert nicht mehr", "Przestało działać"))
        .kind_of("faulty"),
    reason("wrong_item", text("Not what was ordered", "Nicht das Bestellte", "Inny towar niż zamówiony")),
    reason("no_longer_wanted", text("No longer wanted", "Nicht mehr gewünscht", "Już niepotrzebne")).in_other_words(
        text("Unused and in its packaging", "Unbenutzt und in der Verpackung", "Nieużywane i w opakowaniu"),
    ),
];

impl Reason {
    fn id(value: &str) -> ReturnReasonId {
        known(&format!("rr_{value}"))
    }

    pub(crate) fn view(&self, language: Language) -> View {
        View {
            id: Self::id(self.value),
            value: self.value.to_owned(),
            label: self.label.get(language).to_owned(),
            description: self.description.map(|description| description.get(language).to_owned()),
            parent_id: self.parent.map(Self::id),
        }
    }
}

/// Every reason, each after the one that it is a kind of.
pub(crate) fn reasons() -> impl Iterator<Item = &'static Reason> {
    REASONS.iter()
}

/// The reason with this id.
pub(crate) fn find_reason(id: &str) -> Option<&'static Reason> {
    reasons().find(|reason| id.strip_prefix("rr_") == Some(reason.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_comes_after_the_one_that_it_is_a_kind_of() {
        let mut known = Vec::new();
        for reason in reasons() {
            assert!(reason.parent.is_none_or(|parent| known.contains(&parent)), "{}", reason.value);
            assert!(!known.contains(&reason.value), "{} is there twice", reason.value);
            known.push(reason.value);
        }
    }
}
