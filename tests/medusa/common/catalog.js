// The demo catalogue of both shops: [title, category, collection, tags, eur, usd, option axes, extra]
const SIZES = { Size: ["S", "M", "L"] }
const COLORS = { Color: ["Black", "White"] }
const both = { ...SIZES, ...COLORS }

const ROWS = [
  ["Cordless Drill 18V", "Power Tools", "Workshop", ["new", "bestseller"], 129.99, 139.99, { Battery: ["2Ah", "4Ah"] }],
  ["Angle Grinder 125", "Power Tools", "Workshop", ["bestseller"], 89.5, 96.75, { Disc: ["115mm", "125mm"] }],
  ["Jigsaw Pro", "Power Tools", "Workshop", [], 109.0, 117.49, { Kit: ["Solo", "Case"] }],
  ["Rotary Hammer", "Power Tools", "Site", ["heavy"], 249.95, 269.95, { Kit: ["Solo", "Case"] }],
  ["Circular Saw", "Power Tools", "Site", ["heavy"], 179.9, 194.3, { Blade: ["165mm", "190mm"] }],
  ["Orbital Sander", "Power Tools", "Workshop", ["new"], 69.99, 74.99, { Kit: ["Solo", "Case"] }],
  ["Claw Hammer", "Hand Tools", "Workshop", ["bestseller"], 19.99, 21.99, { Weight: ["450g", "600g"] }],
  ["Screwdriver Set", "Hand Tools", "Workshop", [], 24.49, 26.49, { Pieces: ["6", "12"] }],
  ["Combination Pliers", "Hand Tools", "Workshop", [], 14.95, 15.95, { Length: ["160mm", "180mm"] }],
  ["Spirit Level", "Hand Tools", "Site", ["new"], 17.3, 18.7, { Length: ["40cm", "60cm", "100cm"] }],
  ["Tape Measure", "Hand Tools", "Site", [], 9.99, 10.99, { Length: ["5m", "8m"] }],
  ["Utility Knife", "Hand Tools", "Workshop", [], 7.49, 7.99, COLORS],
  ["Work Jacket", "Workwear", "Safety", ["new"], 79.99, 85.99, both],
  ["Work Trousers", "Workwear", "Safety", [], 59.95, 64.95, both],
  ["Safety T-Shirt", "Workwear", "Safety", ["bestseller"], 19.99, 19.99, both],
  ["Safety Boots", "Workwear", "Safety", ["heavy"], 99.9, 107.9, { Size: ["41", "42", "43", "44"] }],
  ["Work Gloves", "Workwear", "Safety", ["bestseller"], 5.49, 5.99, SIZES],
  ["Safety Helmet", "Protection", "Safety", ["new"], 34.99, 37.49, COLORS],
  ["Ear Defenders", "Protection", "Safety", [], 22.25, 23.95, COLORS],
  ["Safety Glasses", "Protection", "Safety", [], 12.33, 13.37, { Lens: ["Clear", "Tinted"] }],
  ["Drill Battery", "Accessories", "Workshop", ["bestseller"], 49.99, 53.99, { Capacity: ["2Ah", "4Ah"] }],
  ["Saw Blade", "Accessories", "Site", [], 15.75, 16.95, { Teeth: ["24", "48"] }],
  ["Extended Warranty", "Services", null, ["featured"], 29.99, 32.99, { Term: ["1 year", "2 years"] }, { service: true }],
  ["Tool Calibration", "Services", null, ["featured"], 45.0, 49.0, { Plan: ["Once", "Yearly"] }, { service: true }],
  ["Fleet Maintenance", "Services", null, [], 99.99, 109.99, { Plan: ["Monthly", "Yearly"] }, { service: true }],
  ["Prototype Laser", "Power Tools", null, [], 999.99, 1079.99, { Kit: ["Solo"] }, { draft: true }],
]

const slug = (text) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")

function combinations(axes) {
  return Object.entries(axes).reduce(
    (rows, [title, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [title]: value }))),
    [{}]
  )
}

/** Each later variant costs a little more, so that prices differ and keep cents. */
const step = (amount, index) => Math.round((amount + index * 1.11) * 100) / 100

/** Plenty, except one variant with 3 pieces, one with none, and one product that is made to order. */
function stock(sku) {
  if (sku === "SPIRIT-LEVEL-60CM") return 3
  return sku === "SPIRIT-LEVEL-100CM" || sku.startsWith("SAW-BLADE") ? 0 : 100000
}

/** `fields` are those that both versions of Medusa take as they are. Prices are in major units. */
function product([title, category, collection, tags, eur, usd, axes, extra = {}], number) {
  const handle = slug(title)
  const image = `https://shop.example/static/${handle}.png`
  return {
    category,
    collection,
    tags,
    type: extra.service ? "VIRTUAL" : "PHYSICAL",
    axes,
    images: [image, image.replace(".png", "-2.png")],
    fields: {
      title,
      subtitle: `${title} for daily work`,
      description: `${title}: a demo article of the category ${category}.`,
      handle,
      status: extra.draft ? "draft" : "published",
      thumbnail: image,
      weight: 250 + number * 10,
      material: extra.service ? null : "Steel",
      origin_country: extra.service ? null : "de",
      hs_code: extra.service ? null : "846721",
      metadata: { seed_number: number + 1 },
    },
    variants: combinations(axes).map((options, index) => {
      const sku = `${handle}-${Object.values(options).map(slug).join("-")}`.toUpperCase()
      return {
        options,
        eur: step(eur, index),
        usd: step(usd, index),
        stock: stock(sku),
        fields: {
          title: Object.values(options).join(" / "),
          sku,
          ean: `40${String(number + 1).padStart(5, "0")}${String(index + 1).padStart(5, "0")}0`.slice(0, 13),
          manage_inventory: !extra.service,
          allow_backorder: handle === "saw-blade",
          weight: 200 + index * 25,
          height: 10,
          width: 12,
          length: 30,
        },
      }
    }),
  }
}

const PRODUCTS = ROWS.map(product)
const unique = (values) => [...new Set(values.filter(Boolean))]

module.exports = {
  PRODUCTS,
  CATEGORIES: unique(PRODUCTS.map(({ category }) => category)),
  COLLECTIONS: unique(PRODUCTS.map(({ collection }) => collection)),
  TAGS: unique(PRODUCTS.flatMap(({ tags }) => tags)),
  PUBLISHED: PRODUCTS.filter(({ fields }) => fields.status === "published").length,
  slug,
}
