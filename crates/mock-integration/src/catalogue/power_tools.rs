use super::Attribute::{Number, Text as Words};
use super::Label::{Bestseller, New, Professional};
use super::{PLENTY, POWER_TOOLS, Product, SCOPE, SOLD_OUT, Stock, amounts, only, product, variant};
use crate::language::text;

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "dr-1810",
        "cordless-drill-18v",
        &POWER_TOOLS,
        text("Cordless drill 18 V", "Akku-Bohrschrauber 18 V", "Wiertarko-wkrętarka akumulatorowa 18 V"),
        text(
            "Two gears, 60 Nm and a metal chuck: the drill that stays in the van.",
            "Zwei Gänge, 60 Nm und ein Metallfutter: der Bohrschrauber, der im Wagen bleibt.",
            "Dwa biegi, 60 Nm i metalowy uchwyt: wkrętarka, która zawsze jest w aucie.",
        ),
        1450,
    )
    .labels(&[Bestseller])
    .attributes(&[("origin_country", Words("DE")), ("voltage", Number(18, 0)), ("torque", Number(60, 0))])
    .choices(&[SCOPE])
    .variants(&[
        variant("solo", &["Tool only"], amounts(8990, 9900, 38900), PLENTY),
        variant("kit", &["With 2 batteries"], amounts(16990, 18900, 73900), PLENTY),
        variant("case", &["With 2 batteries in a case"], amounts(18950, 20950, 81999), SOLD_OUT),
    ]),
    product(
        "id-1820",
        "impact-driver-18v",
        &POWER_TOOLS,
        text("Impact driver 18 V", "Akku-Schlagschrauber 18 V", "Zakrętarka udarowa 18 V"),
        text(
            "180 Nm for long screws in hard wood, and a soft start that spares the heads.",
            "180 Nm für lange Schrauben in Hartholz, mit Sanftanlauf, der die Köpfe schont.",
            "180 Nm do długich wkrętów w twardym drewnie i łagodny start, który oszczędza łby.",
        ),
        1190,
    )
    .labels(&[New])
    .attributes(&[("origin_country", Words("DE")), ("voltage", Number(18, 0)), ("torque", Number(180, 0))])
    .choices(&[SCOPE])
    .variants(&[
        variant("solo", &["Tool only"], amounts(10990, 11900, 47500), PLENTY),
        variant("kit", &["With 2 batteries"], amounts(18990, 20900, 82500), Stock::Pieces(12)),
    ]),
    product(
        "ag-1250",
        "angle-grinder-125",
        &POWER_TOOLS,
        text("Angle grinder 125 mm", "Winkelschleifer 125 mm", "Szlifierka kątowa 125 mm"),
        text(
            "1,250 watts with a brake that stops the disc within two seconds.",
            "1.250 Watt mit einer Bremse, die die Scheibe in zwei Sekunden anhält.",
            "1250 watów i hamulec, który zatrzymuje tarczę w dwie sekundy.",
        ),
        2350,
    )
    .attributes(&[("origin_country", Words("DE")), ("power", Number(1250, 0)), ("disc", Words("125 mm"))])
    .variants(&[only(amounts(11490, 12900, 49900), PLENTY)]),
    product(
        "js-0700",
        "pendulum-jigsaw",
        &POWER_TOOLS,
        text("Pendulum jigsaw", "Pendelstichsäge", "Wyrzynarka z wahadłem"),
        text(
            "Cuts curves in 80 mm of wood; blades change without a tool.",
            "Schneidet Kurven in 80 mm Holz; Blattwechsel ohne Werkzeug.",
            "Tnie łuki w drewnie do 80 mm; brzeszczot wymienisz bez narzędzi.",
        ),
        2600,
    )
    .attributes(&[("origin_country", Words("CH")), ("power", Number(700, 0)), ("depth", Number(80, 0))])
    .variants(&[only(amounts(13950, 15450, 60900), PLENTY)]),
    product(
        "cs-1900",
        "circular-saw-190",
        &POWER_TOOLS,
        text("Circular saw 190 mm", "Handkreissäge 190 mm", "Pilarka tarczowa 190 mm"),
        text(
            "Straight cuts up to 66 mm on any guide rail of the usual kind.",
            "Gerade Schnitte bis 66 mm auf jeder gängigen Führungsschiene.",
            "Proste cięcia do 66 mm na każdej typowej szynie prowadzącej.",
        ),
        4100,
    )
    .labels(&[Professional])
    .attributes(&[("origin_country", Words("DE")), ("power", Number(1400, 0)), ("depth", Number(66, 0))])
    .variants(&[only(amounts(17900, 19900, 77900), Stock::Pieces(25))]),
    product(
        "rh-0260",
        "rotary-hammer-sds",
        &POWER_TOOLS,
        text("Rotary hammer SDS-plus", "Bohrhammer SDS-plus", "Młotowiertarka SDS-plus"),
        text(
            "2.6 joules against concrete, and a chisel mode for tiles.",
            "2,6 Joule gegen Beton, dazu ein Meißelgang für Fliesen.",
            "2,6 dżula na beton oraz tryb kucia do płytek.",
        ),
        2900,
    )
    .attributes(&[("origin_country", Words("DE")), ("impact_energy", Number(26, 1)), ("power", Number(800, 0))])
    .variants(&[only(amounts(15990, 17490, 69490), PLENTY)]),
    product(
        "os-0150",
        "random-orbit-sander",
        &POWER_TOOLS,
        text("Random orbit sander 150 mm", "Exzenterschleifer 150 mm", "Szlifierka mimośrodowa 150 mm"),
        text(
            "A quiet sander with extraction that keeps nine tenths of the dust.",
            "Ein leiser Schleifer, dessen Absaugung neun Zehntel des Staubs behält.",
            "Cicha szlifierka z odsysaniem, które zatrzymuje dziewięć dziesiątych pyłu.",
        ),
        2150,
    )
    .attributes(&[("origin_country", Words("CZ")), ("power", Number(350, 0)), ("disc", Words("150 mm"))])
    .variants(&[only(amounts(12490, 13790, 54290), PLENTY)]),
    product(
        "hg-2000",
        "heat-gun-2000",
        &POWER_TOOLS,
        text("Heat gun 2000 W", "Heißluftgebläse 2000 W", "Opalarka 2000 W"),
        text(
            "From 50 to 650 degrees in steps of ten, for shrinking, stripping and bending.",
            "Von 50 bis 650 Grad in Zehnerschritten: zum Schrumpfen, Abbeizen und Biegen.",
            "Od 50 do 650 stopni co dziesięć: do obkurczania, usuwania farby i gięcia.",
        ),
        980,
    )
    .attributes(&[("origin_country", Words("DE")), ("power", Number(2000, 0))])
    .variants(&[only(amounts(6490, 6990, 28190), SOLD_OUT)]),
];
