use super::Attribute::Text as Words;
use super::Label::{Bestseller, New};
use super::{COLOUR, PLENTY, Product, SIZE, SOLD_OUT, Stock, WORKWEAR, amounts, only, product, variant};
use crate::language::text;

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "wt-3100",
        "work-trousers",
        &WORKWEAR,
        text("Work trousers", "Arbeitshose", "Spodnie robocze"),
        text(
            "Stretch at the knee, nine pockets, loops for a hammer and a rule.",
            "Stretch am Knie, neun Taschen, Schlaufen für Hammer und Zollstock.",
            "Elastyczne na kolanach, dziewięć kieszeni, uchwyty na młotek i miarkę.",
        ),
        690,
    )
    .labels(&[Bestseller])
    .attributes(&[("origin_country", Words("PT")), ("material", Words("Cotton, polyester, elastane"))])
    .choices(&[SIZE, COLOUR])
    .variants(&[
        variant("s-black", &["S", "Black"], amounts(6990, 7490, 30490), PLENTY),
        variant("s-grey", &["S", "Grey"], amounts(6990, 7490, 30490), PLENTY),
        variant("m-black", &["M", "Black"], amounts(6990, 7490, 30490), PLENTY),
        variant("m-grey", &["M", "Grey"], amounts(6990, 7490, 30490), Stock::Pieces(3)),
        variant("l-black", &["L", "Black"], amounts(6990, 7490, 30490), PLENTY),
        variant("l-grey", &["L", "Grey"], amounts(6990, 7490, 30490), SOLD_OUT),
        variant("xl-black", &["XL", "Black"], amounts(7490, 7990, 32690), Stock::Backorder),
        variant("xl-grey", &["XL", "Grey"], amounts(7490, 7990, 32690), PLENTY),
    ]),
    product(
        "sj-4200",
        "softshell-jacket",
        &WORKWEAR,
        text("Softshell jacket", "Softshelljacke", "Kurtka softshellowa"),
        text(
            "Keeps off wind and drizzle, lets the work's warmth out.",
            "Hält Wind und Nieselregen ab und lässt die Wärme der Arbeit hinaus.",
            "Chroni przed wiatrem i mżawką, a ciepło pracy wypuszcza na zewnątrz.",
        ),
        820,
    )
    .labels(&[New])
    .attributes(&[("origin_country", Words("PT")), ("material", Words("Polyester"))])
    .choices(&[SIZE, COLOUR])
    .variants(&[
        variant("m-navy", &["M", "Navy"], amounts(9490, 9990, 41390), PLENTY),
        variant("m-red", &["M", "Red"], amounts(9490, 9990, 41390), PLENTY),
        variant("l-navy", &["L", "Navy"], amounts(9490, 9990, 41390), PLENTY),
        variant("l-red", &["L", "Red"], amounts(9490, 9990, 41390), Stock::Pieces(7)),
    ]),
    product(
        "ps-1500",
        "polo-shirt",
        &WORKWEAR,
        text("Polo shirt", "Poloshirt", "Koszulka polo"),
        text(
            "Organic cotton, room for your logo, washes at 60 degrees.",
            "Biobaumwolle, Platz für Ihr Logo, bei 60 Grad waschbar.",
            "Bawełna organiczna, miejsce na logo, pranie w 60 stopniach.",
        ),
        240,
    )
    .attributes(&[("origin_country", Words("TR")), ("material", Words("Organic cotton"))])
    .choices(&[SIZE])
    .variants(&[
        variant("s", &["S"], amounts(2490, 2690, 10890), PLENTY),
        variant("m", &["M"], amounts(2490, 2690, 10890), PLENTY),
        variant("l", &["L"], amounts(2490, 2690, 10890), PLENTY),
        variant("xl", &["XL"], amounts(2490, 2690, 10890), PLENTY),
    ]),
    product(
        "ss-3900",
        "safety-shoes-s3",
        &WORKWEAR,
        text("Safety shoes S3", "Sicherheitsschuhe S3", "Buty ochronne S3"),
        text(
            "A cap that is not metal, a sole that nails do not pass, and laces that stay tied.",
            "Eine Kappe ohne Metall, eine durchtrittsichere Sohle und Schnürsenkel, die halten.",
            "Podnosek bez metalu, podeszwa odporna na gwoździe i sznurówki, które trzymają.",
        ),
        1280,
    )
    .attributes(&[("origin_country", Words("IT")), ("standard", Words("EN ISO 20345 S3"))])
    .choices(&[SIZE])
    .variants(&[
        variant("40", &["40"], amounts(8990, 9690, 39190), PLENTY),
        variant("41", &["41"], amounts(8990, 9690, 39190), PLENTY),
        variant("42", &["42"], amounts(8990, 9690, 39190), PLENTY),
        variant("43", &["43"], amounts(8990, 9690, 39190), SOLD_OUT),
        variant("44", &["44"], amounts(8990, 9690, 39190), PLENTY),
        variant("45", &["45"], amounts(8990, 9690, 39190), Stock::Backorder),
    ]),
    product(
        "kp-0200",
        "knee-pads",
        &WORKWEAR,
        text("Knee pads, pair", "Knieschoner, Paar", "Nakolanniki, para"),
        text(
            "Foam that remembers the knee; fits the pockets of our trousers.",
            "Schaum, der sich das Knie merkt; passt in die Taschen unserer Hosen.",
            "Pianka, która pamięta kolano; pasuje do kieszeni naszych spodni.",
        ),
        260,
    )
    .attributes(&[("origin_country", Words("SE")), ("standard", Words("EN 14404"))])
    .variants(&[only(amounts(1990, 2150, 8690), PLENTY)]),
    product(
        "be-0100",
        "merino-beanie",
        &WORKWEAR,
        text("Merino beanie", "Merinomütze", "Czapka z merynosa"),
        text(
            "Thin enough for under a helmet.",
            "Dünn genug für unter den Helm.",
            "Na tyle cienka, że mieści się pod kaskiem.",
        ),
        70,
    )
    .attributes(&[("origin_country", Words("NO")), ("material", Words("Merino wool"))])
    .variants(&[only(amounts(2290, 2490, 9990), PLENTY)]),
];
