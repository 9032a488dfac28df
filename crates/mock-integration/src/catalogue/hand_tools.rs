use super::Attribute::{Number, Text as Words};
use super::Label::{Bestseller, LastPieces, Professional};
use super::{HAND_TOOLS, LENGTH, PLENTY, Product, SIZE, Stock, amounts, only, product, variant};
use crate::language::text;

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "ha-0500",
        "claw-hammer",
        &HAND_TOOLS,
        text("Claw hammer", "Klauenhammer", "Młotek ciesielski"),
        text(
            "Forged in one piece, with an ash handle and a claw that pulls bent nails.",
            "Aus einem Stück geschmiedet, mit Eschenstiel und einer Klaue für krumme Nägel.",
            "Kuty z jednego kawałka, z jesionowym trzonkiem i pazurem do krzywych gwoździ.",
        ),
        680,
    )
    .labels(&[Bestseller])
    .attributes(&[("origin_country", Words("DE")), ("material", Words("Steel, ash"))])
    .variants(&[only(amounts(2495, 2699, 10849), PLENTY)]),
    product(
        "sd-0012",
        "screwdriver-set-12",
        &HAND_TOOLS,
        text("Screwdriver set, 12 pieces", "Schraubendreher-Satz, 12-teilig", "Zestaw wkrętaków, 12 sztuk"),
        text(
            "Slotted, cross and star tips on handles that tell the size by colour.",
            "Schlitz, Kreuz und Stern auf Griffen, deren Farbe die Größe verrät.",
            "Płaskie, krzyżowe i gwiazdkowe; kolor rękojeści zdradza rozmiar.",
        ),
        1320,
    )
    .attributes(&[("origin_country", Words("DE")), ("pieces", Number(12, 0))])
    .variants(&[only(amounts(3990, 4290, 17350), PLENTY)]),
    product(
        "cw-0017",
        "combination-wrench",
        &HAND_TOOLS,
        text("Combination wrench", "Ring-Maulschlüssel", "Klucz płasko-oczkowy"),
        text(
            "Chrome vanadium, angled by 15 degrees, readable stamp.",
            "Chrom-Vanadium, um 15 Grad gekröpft, gut lesbare Prägung.",
            "Chrom-wanad, odgięty o 15 stopni, czytelne oznaczenie.",
        ),
        140,
    )
    .attributes(&[("origin_country", Words("DE")), ("material", Words("Chrome vanadium"))])
    .choices(&[SIZE])
    .variants(&[
        variant("10-mm", &["10 mm"], amounts(890, 990, 3890), PLENTY),
        variant("13-mm", &["13 mm"], amounts(990, 1090, 4290), PLENTY),
        variant("17-mm", &["17 mm"], amounts(1190, 1290, 5190), Stock::Pieces(3)),
        variant("19-mm", &["19 mm"], amounts(1290, 1390, 5590), PLENTY),
    ]),
    product(
        "pl-0180",
        "combination-pliers-180",
        &HAND_TOOLS,
        text("Combination pliers 180 mm", "Kombizange 180 mm", "Kombinerki 180 mm"),
        text(
            "Grips flat and round, cuts piano wire, insulated to 1,000 volts.",
            "Greift flach und rund, schneidet Federstahl, bis 1.000 Volt isoliert.",
            "Chwytają płaskie i okrągłe, tną drut sprężynowy, izolowane do 1000 V.",
        ),
        270,
    )
    .labels(&[Professional])
    .attributes(&[("origin_country", Words("DE")), ("insulation", Words("1000 V"))])
    .variants(&[only(amounts(2790, 2990, 12150), PLENTY)]),
    product(
        "hs-0550",
        "hand-saw-550",
        &HAND_TOOLS,
        text("Hand saw 550 mm", "Handsäge 550 mm", "Piła ręczna 550 mm"),
        text(
            "Hardened teeth for cuts along and across the grain.",
            "Gehärtete Zähne für Schnitte längs und quer zur Faser.",
            "Hartowane zęby do cięcia wzdłuż i w poprzek włókien.",
        ),
        430,
    )
    .attributes(&[("origin_country", Words("SE")), ("material", Words("Carbon steel"))])
    .variants(&[only(amounts(2190, 2390, 9490), PLENTY)]),
    product(
        "ch-0006",
        "chisel-set-6",
        &HAND_TOOLS,
        text("Wood chisel set, 6 pieces", "Stechbeitel-Satz, 6-teilig", "Zestaw dłut, 6 sztuk"),
        text(
            "6 to 32 mm in a beech box; ground flat on the back, ready to hone.",
            "6 bis 32 mm im Buchenkasten; Spiegelseite plan geschliffen, fertig zum Abziehen.",
            "Od 6 do 32 mm w bukowym pudełku; płasko szlifowane, gotowe do ostrzenia.",
        ),
        1650,
    )
    .labels(&[LastPieces])
    .attributes(&[("origin_country", Words("CZ")), ("pieces", Number(6, 0))])
    .variants(&[only(amounts(7450, 7990, 32450), Stock::Pieces(3))]),
    product(
        "cr-0900",
        "crowbar",
        &HAND_TOOLS,
        text("Crowbar", "Brechstange", "Łom"),
        text(
            "Hexagonal spring steel that gives a little and comes back.",
            "Sechskant-Federstahl, der etwas nachgibt und zurückkehrt.",
            "Sześciokątna stal sprężynowa: trochę się ugnie i wraca.",
        ),
        2400,
    )
    .attributes(&[("origin_country", Words("PL")), ("material", Words("Spring steel"))])
    .choices(&[LENGTH])
    .variants(&[
        variant("600", &["600 mm"], amounts(1890, 1990, 8190), PLENTY),
        variant("900", &["900 mm"], amounts(2690, 2890, 11690), PLENTY),
    ]),
];
