use super::Attribute::{Number, Text as Words};
use super::Label::{Bestseller, LastPieces, New, Professional};
use super::{CAPACITY, LENGTH, PLENTY, Product, SOLD_OUT, Stock, WORKSHOP, amounts, only, product, variant};
use crate::language::text;

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "wb-1500",
        "workbench-beech",
        &WORKSHOP,
        text("Workbench in beech", "Werkbank aus Buche", "Stół warsztatowy z buku"),
        text(
            "A top of 40 mm on a steel frame that carries 400 kilograms.",
            "40-mm-Platte auf einem Stahlgestell, das 400 Kilogramm trägt.",
            "Blat 40 mm na stalowej ramie, która udźwignie 400 kilogramów.",
        ),
        48_500,
    )
    .labels(&[Professional])
    .attributes(&[("origin_country", Words("DE")), ("material", Words("Beech, steel")), ("load", Number(400, 0))])
    .variants(&[only(amounts(38900, 41900, 168_900), Stock::Backorder)]),
    product(
        "tc-0700",
        "tool-cabinet-7",
        &WORKSHOP,
        text("Tool cabinet, 7 drawers", "Werkzeugwagen, 7 Schubladen", "Szafka narzędziowa, 7 szuflad"),
        text(
            "Drawers on ball bearings that open one at a time, so that nothing tips over.",
            "Kugelgelagerte Schubladen, von denen immer nur eine öffnet: Da kippt nichts.",
            "Szuflady na łożyskach otwierają się pojedynczo, więc nic się nie przewróci.",
        ),
        56_000,
    )
    .attributes(&[("origin_country", Words("DE")), ("material", Words("Steel")), ("drawers", Number(7, 0))])
    .variants(&[only(amounts(44900, 48900, 194_900), Stock::Pieces(5))]),
    product(
        "bx-0330",
        "tool-case",
        &WORKSHOP,
        text("Stackable tool case", "Stapelbarer Werkzeugkoffer", "Skrzynka narzędziowa do zestawiania"),
        text(
            "Clicks onto the next one and rides on our trolley.",
            "Rastet auf dem nächsten ein und fährt auf unserem Rollwagen mit.",
            "Zatrzaskuje się na następnej i jeździ na naszym wózku.",
        ),
        2900,
    )
    .labels(&[Bestseller])
    .attributes(&[("origin_country", Words("PL")), ("material", Words("ABS"))])
    .choices(&[CAPACITY])
    .variants(&[
        variant("20-l", &["20 l"], amounts(3990, 4290, 17390), PLENTY),
        variant("35-l", &["35 l"], amounts(5290, 5690, 22990), PLENTY),
    ]),
    product(
        "er-2500",
        "extension-reel",
        &WORKSHOP,
        text("Extension reel", "Kabeltrommel", "Bęben przedłużający"),
        text(
            "Rubber cable for outdoors, with a switch that opens when it gets hot.",
            "Gummikabel für draußen, mit einem Schalter, der bei Hitze auslöst.",
            "Gumowy przewód na zewnątrz, z wyłącznikiem termicznym.",
        ),
        5200,
    )
    .attributes(&[("origin_country", Words("DE")), ("protection", Words("IP44"))])
    .choices(&[LENGTH])
    .variants(&[
        variant("25-m", &["25 m"], amounts(6490, 6990, 28290), PLENTY),
        variant("50-m", &["50 m"], amounts(9990, 10790, 43590), PLENTY),
    ]),
    product(
        "wl-5000",
        "led-work-light",
        &WORKSHOP,
        text("LED work light 5000 lm", "LED-Baustrahler 5000 lm", "Lampa robocza LED 5000 lm"),
        text(
            "Light for a whole room; runs off a socket or our batteries.",
            "Licht für einen ganzen Raum; läuft an der Steckdose oder mit unseren Akkus.",
            "Światło na całe pomieszczenie; z gniazdka albo z naszych akumulatorów.",
        ),
        1750,
    )
    .labels(&[New])
    .attributes(&[("origin_country", Words("DE")), ("power", Number(45, 0)), ("protection", Words("IP54"))])
    .variants(&[only(amounts(7990, 8590, 34890), PLENTY)]),
    product(
        "vc-3000",
        "wet-dry-vacuum-30",
        &WORKSHOP,
        text("Wet and dry vacuum 30 l", "Nass- und Trockensauger 30 l", "Odkurzacz na mokro i sucho 30 l"),
        text(
            "Starts with the tool and shakes its own filter clean.",
            "Startet mit dem Werkzeug und rüttelt seinen Filter selbst ab.",
            "Włącza się razem z narzędziem i sam otrzepuje filtr.",
        ),
        11_800,
    )
    .labels(&[LastPieces])
    .attributes(&[("origin_country", Words("DE")), ("power", Number(1200, 0)), ("dust_class", Words("L"))])
    .variants(&[only(amounts(24990, 26990, 108_990), SOLD_OUT)]),
];
