use super::Attribute::{Number, Text as Words};
use super::Label::{Bestseller, New, Professional};
use super::{LENGTH, MEASURING, PLENTY, Product, Stock, amounts, only, product, variant};
use crate::language::text;

pub(super) static PRODUCTS: &[Product] = &[
    product(
        "ld-0050",
        "laser-distance-meter-50",
        &MEASURING,
        text("Laser distance meter 50 m", "Laser-Entfernungsmesser 50 m", "Dalmierz laserowy 50 m"),
        text(
            "Lengths, areas and volumes to the millimetre and a half, and a memory of twenty.",
            "Längen, Flächen und Volumen auf eineinhalb Millimeter, mit zwanzig Speicherplätzen.",
            "Długości, powierzchnie i objętości z dokładnością do półtora milimetra, pamięć dwudziestu pomiarów.",
        ),
        190,
    )
    .labels(&[Bestseller])
    .attributes(&[("origin_country", Words("AT")), ("range", Number(50, 0)), ("accuracy", Number(15, 1))])
    .variants(&[only(amounts(8450, 9150, 36800), PLENTY)]),
    product(
        "cl-0360",
        "cross-line-laser",
        &MEASURING,
        text("Cross-line laser 3 x 360", "Kreuzlinienlaser 3 x 360", "Laser krzyżowy 3 x 360"),
        text(
            "Three green planes around the room; levels itself on any floor.",
            "Drei grüne Ebenen rund um den Raum; nivelliert sich auf jedem Boden selbst.",
            "Trzy zielone płaszczyzny dookoła pomieszczenia; sam się poziomuje.",
        ),
        1180,
    )
    .labels(&[New, Professional])
    .attributes(&[("origin_country", Words("AT")), ("range", Number(30, 0)), ("accuracy", Number(3, 1))])
    .variants(&[only(amounts(29900, 32900, 129_900), Stock::Pieces(3))]),
    product(
        "sl-0400",
        "spirit-level",
        &MEASURING,
        text("Spirit level", "Wasserwaage", "Poziomica"),
        text(
            "Aluminium, two vials, milled measuring face with magnets.",
            "Aluminium, zwei Libellen, gefräste Messfläche mit Magneten.",
            "Aluminium, dwie libelle, frezowana powierzchnia pomiarowa z magnesami.",
        ),
        620,
    )
    .attributes(&[("origin_country", Words("DE")), ("material", Words("Aluminium"))])
    .choices(&[LENGTH])
    .variants(&[
        variant("400", &["40 cm"], amounts(2990, 3190, 12990), PLENTY),
        variant("600", &["60 cm"], amounts(3490, 3790, 15190), PLENTY),
        variant("1200", &["120 cm"], amounts(5290, 5690, 22990), Stock::Backorder),
    ]),
    product(
        "dc-0150",
        "digital-caliper-150",
        &MEASURING,
        text("Digital caliper 150 mm", "Digitaler Messschieber 150 mm", "Suwmiarka cyfrowa 150 mm"),
        text(
            "Stainless steel, a hundredth of a millimetre, switches itself off.",
            "Edelstahl, ein Hundertstel Millimeter, schaltet sich selbst ab.",
            "Stal nierdzewna, setna milimetra, sama się wyłącza.",
        ),
        310,
    )
    .attributes(&[("origin_country", Words("JP")), ("accuracy", Number(1, 2)), ("material", Words("Stainless steel"))])
    .variants(&[only(amounts(4990, 5490, 21790), PLENTY)]),
    product(
        "tm-0500",
        "tape-measure",
        &MEASURING,
        text("Tape measure", "Bandmaß", "Miara zwijana"),
        text(
            "Coated blade that stands two and a half metres without bending.",
            "Beschichtetes Band, das zweieinhalb Meter weit frei steht.",
            "Powlekana taśma, która wysuwa się na dwa i pół metra bez zginania.",
        ),
        330,
    )
    .attributes(&[("origin_country", Words("DE")), ("accuracy", Words("Class II"))])
    .choices(&[LENGTH])
    .variants(&[
        variant("5-m", &["5 m"], amounts(1290, 1399, 5590), PLENTY),
        variant("8-m", &["8 m"], amounts(1690, 1799, 7350), PLENTY),
    ]),
    product(
        "mt-0600",
        "digital-multimeter",
        &MEASURING,
        text("Digital multimeter", "Digitalmultimeter", "Multimetr cyfrowy"),
        text(
            "Voltage, current, resistance and temperature, safe to 600 volts.",
            "Spannung, Strom, Widerstand und Temperatur, sicher bis 600 Volt.",
            "Napięcie, prąd, rezystancja i temperatura, bezpieczny do 600 woltów.",
        ),
        360,
    )
    .attributes(&[("origin_country", Words("DE")), ("category_rating", Words("CAT III 600 V"))])
    .variants(&[only(amounts(6990, 7590, 30490), PLENTY)]),
];
