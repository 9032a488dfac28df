use super::Attribute::{Number, Text as Words};
use super::Label::{Bestseller, Professional};
use super::{COLOUR, PLENTY, Product, SAFETY, SIZE, Stock, amounts, only, product, variant};
use crate::language::text;

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "sh-0397",
        "safety-helmet",
        &SAFETY,
        text("Safety helmet", "Schutzhelm", "Kask ochronny"),
        text(
            "Vented, with a wheel at the back and slots for ear and face protection.",
            "Belüftet, mit Drehrad im Nacken und Steckplätzen für Gehör- und Gesichtsschutz.",
            "Wentylowany, z pokrętłem z tyłu i gniazdami na ochronę słuchu i twarzy.",
        ),
        410,
    )
    .attributes(&[("origin_country", Words("DE")), ("standard", Words("EN 397"))])
    .choices(&[COLOUR])
    .variants(&[
        variant("white", &["White"], amounts(3290, 3490, 14290), PLENTY),
        variant("yellow", &["Yellow"], amounts(3290, 3490, 14290), PLENTY),
        variant("blue", &["Blue"], amounts(3290, 3490, 14290), Stock::Pieces(3)),
    ]),
    product(
        "sg-0166",
        "safety-glasses",
        &SAFETY,
        text("Safety glasses", "Schutzbrille", "Okulary ochronne"),
        text(
            "Clear, scratch-resistant, and free of fog for a whole shift.",
            "Klar, kratzfest und eine ganze Schicht lang beschlagfrei.",
            "Przezroczyste, odporne na zarysowania, nie parują przez całą zmianę.",
        ),
        60,
    )
    .labels(&[Bestseller])
    .attributes(&[("origin_country", Words("FR")), ("standard", Words("EN 166"))])
    .variants(&[only(amounts(1150, 1250, 4990), PLENTY)]),
    product(
        "ed-0352",
        "ear-defenders",
        &SAFETY,
        text("Ear defenders", "Kapselgehörschutz", "Nauszniki przeciwhałasowe"),
        text(
            "31 decibels less, voices still heard.",
            "31 Dezibel weniger, Stimmen bleiben hörbar.",
            "31 decybeli mniej, głosy nadal słychać.",
        ),
        290,
    )
    .attributes(&[("origin_country", Words("SE")), ("standard", Words("EN 352")), ("attenuation", Number(31, 0))])
    .variants(&[only(amounts(2690, 2890, 11690), PLENTY)]),
    product(
        "rm-0020",
        "dust-masks-20",
        &SAFETY,
        text("Dust masks FFP2, box of 20", "Staubmasken FFP2, 20 Stück", "Maski przeciwpyłowe FFP2, 20 sztuk"),
        text(
            "Folded flat, with a valve; one for each dusty day of the month.",
            "Flach gefaltet, mit Ventil; eine für jeden staubigen Tag des Monats.",
            "Składane na płasko, z zaworkiem; po jednej na każdy pylący dzień miesiąca.",
        ),
        380,
    )
    .attributes(&[("origin_country", Words("PL")), ("standard", Words("EN 149")), ("pieces", Number(20, 0))])
    .variants(&[only(amounts(2390, 2590, 10390), PLENTY)]),
    product(
        "wg-0388",
        "work-gloves",
        &SAFETY,
        text("Work gloves, pair", "Arbeitshandschuhe, Paar", "Rękawice robocze, para"),
        text(
            "Nitrile palm on a thin knit: you feel the screw.",
            "Nitril auf dünnem Strick: Man spürt die Schraube.",
            "Nitryl na cienkiej dzianinie: czuć każdą śrubkę.",
        ),
        80,
    )
    .attributes(&[("origin_country", Words("PT")), ("standard", Words("EN 388"))])
    .choices(&[SIZE])
    .variants(&[
        variant("8", &["8"], amounts(790, 890, 3490), PLENTY),
        variant("9", &["9"], amounts(790, 890, 3490), PLENTY),
        variant("10", &["10"], amounts(790, 890, 3490), PLENTY),
    ]),
    product(
        "fa-0030",
        "first-aid-kit",
        &SAFETY,
        text("First-aid kit", "Verbandkoffer", "Apteczka"),
        text(
            "Everything the regulations want for ten people, in a case for the wall.",
            "Alles, was die Vorschrift für zehn Personen verlangt, im Koffer für die Wand.",
            "Wszystko, czego wymagają przepisy dla dziesięciu osób, w walizce na ścianę.",
        ),
        2100,
    )
    .labels(&[Professional])
    .attributes(&[("origin_country", Words("DE")), ("standard", Words("DIN 13157"))])
    .variants(&[only(amounts(4590, 4950, 19990), PLENTY)]),
];
