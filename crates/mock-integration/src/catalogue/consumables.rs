use super::Attribute::{Number, Text as Words};
use super::Label::{Bestseller, Professional};
use super::{CAPACITY, CONSUMABLES, PLENTY, Product, SIZE, Stock, amounts, only, product, variant};
use crate::language::text;

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "ba-1800",
        "battery-18v",
        &CONSUMABLES,
        text("Battery 18 V", "Akku 18 V", "Akumulator 18 V"),
        text(
            "Fits every cordless tool we sell; shows its charge by four lights.",
            "Passt in jedes unserer Akkugeräte; vier Lichter zeigen den Ladestand.",
            "Pasuje do każdego naszego narzędzia; cztery diody pokazują poziom naładowania.",
        ),
        640,
    )
    .labels(&[Bestseller])
    .attributes(&[("origin_country", Words("HU")), ("voltage", Number(18, 0)), ("hs_code", Words("850760"))])
    .choices(&[CAPACITY])
    .variants(&[
        variant("2-ah", &["2.0 Ah"], amounts(4490, 4890, 19590), PLENTY),
        variant("5-ah", &["5.0 Ah"], amounts(8990, 9690, 39190), PLENTY),
        variant("8-ah", &["8.0 Ah"], amounts(13990, 14990, 60990), Stock::Backorder),
    ]),
    product(
        "ch-1801",
        "fast-charger-18v",
        &CONSUMABLES,
        text("Fast charger 18 V", "Schnellladegerät 18 V", "Szybka ładowarka 18 V"),
        text("From empty to full in 35 minutes.", "In 35 Minuten von leer auf voll.", "Od zera do pełna w 35 minut."),
        890,
    )
    .attributes(&[("origin_country", Words("HU")), ("power", Number(200, 0))])
    .variants(&[only(amounts(5990, 6490, 26190), PLENTY)]),
    product(
        "db-0025",
        "drill-bit-set-25",
        &CONSUMABLES,
        text("Metal drill bit set, 25 pieces", "Metallbohrer-Satz, 25-teilig", "Zestaw wierteł do metalu, 25 sztuk"),
        text(
            "1 to 13 mm in steps of a half, cobalt alloyed, in a steel box.",
            "1 bis 13 mm in halben Schritten, kobaltlegiert, in der Stahlkassette.",
            "Od 1 do 13 mm co pół, ze stopem kobaltu, w stalowej kasecie.",
        ),
        1050,
    )
    .labels(&[Professional])
    .attributes(&[("origin_country", Words("DE")), ("pieces", Number(25, 0)), ("material", Words("HSS-Co"))])
    .variants(&[only(amounts(5650, 5990, 24650), PLENTY)]),
    product(
        "cd-0125",
        "cutting-discs-10",
        &CONSUMABLES,
        text("Cutting discs 125 mm, 10 pieces", "Trennscheiben 125 mm, 10 Stück", "Tarcze tnące 125 mm, 10 sztuk"),
        text(
            "One millimetre thin, for steel and stainless steel.",
            "Ein Millimeter dünn, für Stahl und Edelstahl.",
            "Grubość jeden milimetr, do stali i stali nierdzewnej.",
        ),
        290,
    )
    .attributes(&[("origin_country", Words("AT")), ("pieces", Number(10, 0))])
    .variants(&[only(amounts(1490, 1590, 6490), PLENTY)]),
    product(
        "sp-0150",
        "sanding-discs-150",
        &CONSUMABLES,
        text("Sanding discs 150 mm, 50 pieces", "Schleifscheiben 150 mm, 50 Stück", "Krążki ścierne 150 mm, 50 sztuk"),
        text(
            "Nine holes, hook and loop, long-lived grain.",
            "Neun Löcher, Klett, langlebiges Korn.",
            "Dziewięć otworów, rzep, trwałe ziarno.",
        ),
        520,
    )
    .attributes(&[("origin_country", Words("DE")), ("pieces", Number(50, 0))])
    .choices(&[SIZE])
    .variants(&[
        variant("p80", &["P80"], amounts(2250, 2390, 9790), PLENTY),
        variant("p120", &["P120"], amounts(2250, 2390, 9790), PLENTY),
        variant("p240", &["P240"], amounts(2250, 2390, 9790), PLENTY),
    ]),
    product(
        "cb-0125",
        "carbon-brushes",
        &CONSUMABLES,
        text("Carbon brushes, pair", "Kohlebürsten, Paar", "Szczotki węglowe, para"),
        text(
            "For the angle grinder and the rotary hammer; changed in five minutes.",
            "Für Winkelschleifer und Bohrhammer; in fünf Minuten gewechselt.",
            "Do szlifierki kątowej i młotowiertarki; wymiana w pięć minut.",
        ),
        30,
    )
    .attributes(&[("origin_country", Words("DE")), ("hs_code", Words("854520"))])
    .variants(&[only(amounts(899, 979, 3929), PLENTY)]),
    product(
        "jb-0010",
        "jigsaw-blades-10",
        &CONSUMABLES,
        text("Jigsaw blades, 10 pieces", "Stichsägeblätter, 10 Stück", "Brzeszczoty do wyrzynarki, 10 sztuk"),
        text(
            "Five for wood, three for metal, two for curves.",
            "Fünf für Holz, drei für Metall, zwei für Kurven.",
            "Pięć do drewna, trzy do metalu, dwa do łuków.",
        ),
        110,
    )
    .attributes(&[("origin_country", Words("CH")), ("pieces", Number(10, 0))])
    .variants(&[only(amounts(1275, 1375, 5575), PLENTY)]),
];
