use o2s_framework_core::resources::PaymentPeriod::{self, Monthly, OneTime, Weekly, Yearly};

use super::Attribute::Number;
use super::Label::{Bestseller, New, Professional, Subscription};
use super::{Amounts, Product, SERVICES, Stock, TERM, Variant, amounts, product};
use crate::language::text;

/// A service that has but one form.
const fn plan(price: Amounts, period: PaymentPeriod) -> Variant {
    form("standard", &[], price, period)
}

const fn form(slug: &'static str, values: &'static [&'static str], price: Amounts, period: PaymentPeriod) -> Variant {
    Variant { slug, values, price, stock: Stock::Unlimited, period: Some(period) }
}

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "sv-0100",
        "tool-maintenance-plan",
        &SERVICES,
        text("Tool maintenance plan", "Wartungsplan für Werkzeuge", "Plan serwisowy narzędzi"),
        text(
            "Once a year we fetch a tool, clean it, change what is worn and bring it back.",
            "Einmal im Jahr holen wir ein Gerät ab, reinigen es, tauschen Verschlissenes und bringen es zurück.",
            "Raz w roku odbieramy narzędzie, czyścimy je, wymieniamy zużyte części i odwozimy.",
        ),
        0,
    )
    .labels(&[Bestseller, Subscription])
    .variants(&[plan(amounts(5900, 6400, 25900), Yearly)]),
    product(
        "sv-0200",
        "extended-warranty",
        &SERVICES,
        text("Extended warranty", "Garantieverlängerung", "Przedłużona gwarancja"),
        text(
            "Repair or replacement beyond the second year, wear excepted.",
            "Reparatur oder Ersatz über das zweite Jahr hinaus, Verschleiß ausgenommen.",
            "Naprawa lub wymiana po drugim roku, z wyłączeniem zużycia.",
        ),
        0,
    )
    .choices(&[TERM])
    .variants(&[
        form("3-years", &["3 years"], amounts(2990, 3290, 12990), OneTime),
        form("5-years", &["5 years"], amounts(4990, 5490, 21790), OneTime),
    ]),
    product(
        "sv-0300",
        "calibration-service",
        &SERVICES,
        text("Calibration with certificate", "Kalibrierung mit Zertifikat", "Wzorcowanie ze świadectwem"),
        text(
            "Your measuring tool against our standards, with a paper that an auditor accepts.",
            "Ihr Messgerät gegen unsere Normale, mit einem Papier, das jeder Prüfer annimmt.",
            "Twój przyrząd względem naszych wzorców, z dokumentem dla każdego audytora.",
        ),
        0,
    )
    .labels(&[Professional])
    .attributes(&[("duration_days", Number(5, 0))])
    .variants(&[plan(amounts(7900, 8500, 34500), OneTime)]),
    product(
        "sv-0400",
        "safety-training",
        &SERVICES,
        text("Safety training on site", "Sicherheitsschulung vor Ort", "Szkolenie BHP u klienta"),
        text(
            "Half a day for up to twelve people, with their own machines.",
            "Ein halber Tag für bis zu zwölf Personen, an den eigenen Maschinen.",
            "Pół dnia dla maksymalnie dwunastu osób, na ich własnych maszynach.",
        ),
        0,
    )
    .attributes(&[("participants", Number(12, 0))])
    .variants(&[plan(amounts(49000, 53000, 213_000), OneTime)]),
    product(
        "sv-0500",
        "tool-fleet-software",
        &SERVICES,
        text("Tool fleet software", "Software für den Werkzeugpark", "Oprogramowanie do floty narzędzi"),
        text(
            "Who has which tool, and when is it due: on the phone and in the office.",
            "Wer hat welches Gerät und wann ist es fällig: auf dem Telefon und im Büro.",
            "Kto ma które narzędzie i kiedy wypada przegląd: w telefonie i w biurze.",
        ),
        0,
    )
    .labels(&[New, Subscription])
    .choices(&[TERM])
    .variants(&[
        form("monthly", &["1 month"], amounts(1290, 1390, 5590), Monthly),
        form("yearly", &["1 year"], amounts(12900, 13900, 55900), Yearly),
    ]),
    product(
        "sv-0600",
        "tool-insurance",
        &SERVICES,
        text("Theft insurance for tools", "Diebstahlversicherung für Werkzeug", "Ubezpieczenie narzędzi od kradzieży"),
        text(
            "Covers tools in a locked van or site box, up to the price of new ones.",
            "Deckt Werkzeug im verschlossenen Wagen oder Baucontainer, bis zum Neupreis.",
            "Obejmuje narzędzia w zamkniętym aucie lub kontenerze, do ceny nowych.",
        ),
        0,
    )
    .labels(&[Subscription])
    .variants(&[plan(amounts(1490, 1590, 6490), Monthly)]),
    product(
        "sv-0700",
        "express-repair",
        &SERVICES,
        text("Express repair", "Expressreparatur", "Naprawa ekspresowa"),
        text(
            "Fixed within two working days, or we lend you another until it is.",
            "In zwei Werktagen repariert, sonst leihen wir Ihnen so lange ein anderes.",
            "Naprawa w dwa dni robocze, a jeśli nie, pożyczymy inne.",
        ),
        0,
    )
    .attributes(&[("duration_days", Number(2, 0))])
    .variants(&[plan(amounts(3950, 4250, 17250), OneTime)]),
    product(
        "sv-0800",
        "equipment-inspection",
        &SERVICES,
        text(
            "Electrical equipment inspection",
            "Prüfung elektrischer Betriebsmittel",
            "Przegląd urządzeń elektrycznych",
        ),
        text(
            "The yearly inspection that the law asks for, with labels and a report.",
            "Die gesetzlich verlangte Jahresprüfung, mit Plaketten und Bericht.",
            "Wymagany przepisami przegląd roczny, z etykietami i protokołem.",
        ),
        0,
    )
    .variants(&[plan(amounts(990, 1090, 4390), Weekly)]),
];
