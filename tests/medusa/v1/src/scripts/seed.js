// Fills an empty Medusa 1 with the demo shop, over its own API, and writes what the tests need to know of it (ids, keys,
// passwords) to $SEED_OUT.
const { writeFileSync } = require("fs")
const { start } = require("../../server")
const { CATEGORIES, COLLECTIONS, PRODUCTS, PUBLISHED, slug } = require("../../common/catalog")
const { ADMIN, CUSTOMERS, EU, JANE_ADDRESS, PROMO_CODES, RETURN_REASONS, VARIANTS } = require("../../common/shop")

const ADMIN_API_TOKEN = "an-admin-token-for-tests-only"
const PAYMENT_PROVIDERS = { plain: "manual", redirect: "redirect", failing: "failing" }
const FULFILLMENT_PROVIDERS = ["manual", "courier", "broken"]

/** All amounts here are in the smallest unit of their currency: yen have no decimals, dinars three. */
const REGIONS = {
  eu: { name: "Europe", currency: "eur", tax: 19, countries: EU, shipping: { standard: 499, express: 1250, return: 300 } },
  us: { name: "United States", currency: "usd", tax: 7.25, countries: ["us"], shipping: { standard: 699, express: 1675, return: 450 } },
  jp: { name: "Japan", currency: "jpy", tax: 10, countries: ["jp"], shipping: { standard: 800, express: 2000, return: 500 } },
  bh: { name: "Bahrain", currency: "bhd", tax: 10, countries: ["bh"], shipping: { standard: 2125, express: 5255, return: 1005 } },
}

/** What is sold in Japan and Bahrain, at the same price for each variant. */
const PRICES_ELSEWHERE = {
  "claw-hammer": { jpy: 3200, bhd: 8125 },
  "work-jacket": { jpy: 12800, bhd: 32455 },
  "extended-warranty": { jpy: 4800, bhd: 12205 },
}
const FEATURED = ["TOOL-CALIBRATION-ONCE", "FLEET-MAINTENANCE-MONTHLY", "PROTOTYPE-LASER-SOLO"]
const SALE = "EAR-DEFENDERS-BLACK"

const cents = (amount) => Math.round(amount * 100)

async function seed({ container, port }) {
  const out = process.env.SEED_OUT
  if (!out) throw new Error("SEED_OUT names the file to write")
  const call = async (method, path, body, headers) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
    return JSON.parse(text)
  }

  const users = container.resolve("userService")
  const { password: adminPassword, ...userData } = ADMIN
  const admin = await users.create(userData, adminPassword)
  await users.update(admin.id, { api_token: ADMIN_API_TOKEN })
  const byAdmin = { "x-medusa-access-token": ADMIN_API_TOKEN }
  const get = (path) => call("GET", `/admin${path}`, undefined, byAdmin)
  const post = (path, body) => call("POST", `/admin${path}`, body, byAdmin)
  const inOrder = async (rows, make) => {
    const made = []
    for (const row of rows) made.push(await make(row))
    return made
  }

  const currencies = Object.values(REGIONS).map(({ currency }) => currency)
  const { store } = await post("/store", { name: "Demo Store", currencies, default_currency_code: "eur" })
  const salesChannelIds = { storefront: store.default_sales_channel_id }
  await post(`/sales-channels/${salesChannelIds.storefront}`, { name: "Storefront" })
  salesChannelIds.wholesale = (await post("/sales-channels", { name: "Wholesale", description: "" })).sales_channel.id
  const publishableKey = async (title, channel) => {
    const { id } = (await post("/publishable-api-keys", { title })).publishable_api_key
    if (channel) await post(`/publishable-api-keys/${id}/sales-channels/batch`, { sales_channel_ids: [{ id: channel }] })
    return id
  }

  const { shipping_profiles: profiles } = await get("/shipping-profiles")
  const profile = (type) => profiles.find((profile) => profile.type === type).id
  const regionIds = {}
  const shippingOptionIds = {}
  const returnShippingOptionIds = {}
  for (const [key, { name, currency, tax, countries, shipping }] of Object.entries(REGIONS)) {
    const { region } = await post("/regions", {
      name,
      currency_code: currency,
      tax_rate: tax,
      payment_providers: Object.values(PAYMENT_PROVIDERS),
      fulfillment_providers: FULFILLMENT_PROVIDERS,
      countries,
    })
    regionIds[key] = region.id
    const option = async (name, more) => {
      const usual = { region_id: region.id, profile_id: profile("default"), provider_id: "manual", price_type: "flat_rate" }
      const data = { id: "manual-fulfillment" }
      return (await post("/shipping-options", { ...usual, name, data, ...more })).shipping_option.id
    }
    const calculated = (provider_id) => ({ provider_id, price_type: "calculated", data: { id: "courier" } })
    shippingOptionIds[key] = {
      standard: await option("Standard", { amount: shipping.standard }),
      express: await option("Express", { amount: shipping.express }),
      courier: await option("Courier", calculated("courier")),
      broken: await option("Broken Courier", calculated("broken")),
      giftCard: await option("By e-mail", { amount: 0, profile_id: profile("gift_card") }),
    }
    const data = { id: "manual-fulfillment-return" }
    returnShippingOptionIds[key] = await option("Return by post", { amount: shipping.return, is_return: true, data })
  }

  const categoryIds = {}
  const addCategory = async (name) => {
    const data = { name, handle: slug(name), is_active: true, is_internal: false }
    return (categoryIds[name] = (await post("/product-categories", data)).product_category.id)
  }
  await inOrder(CATEGORIES, addCategory)
  const collectionIds = {}
  for (const title of COLLECTIONS) {
    collectionIds[title] = (await post("/collections", { title, handle: slug(title) })).collection.id
  }

  const prices = (amounts) => Object.entries(amounts).map(([currency_code, amount]) => ({ currency_code, amount }))
  const addProduct = async (product) =>
    (await post("/products", { sales_channels: [{ id: salesChannelIds.storefront }], ...product })).product
  const products = await inOrder(PRODUCTS, ({ fields, images, type, tags, axes, ...product }) =>
    addProduct({
      ...fields,
      images,
      type: { value: type },
      tags: tags.map((value) => ({ value })),
      collection_id: product.collection ? collectionIds[product.collection] : undefined,
      categories: [{ id: categoryIds[product.category] }],
      options: Object.keys(axes).map((title) => ({ title })),
      variants: product.variants.map(({ fields: variant, options, eur, usd, stock }) => ({
        ...variant,
        options: Object.values(options).map((value) => ({ value })),
        inventory_quantity: stock,
        prices: prices({ eur: cents(eur), usd: cents(usd), ...PRICES_ELSEWHERE[fields.handle] }),
      })),
    })
  )
  const pallet = await addProduct({
    title: "Pallet of Hammers",
    handle: "pallet-of-hammers",
    status: "published",
    sales_channels: [{ id: salesChannelIds.wholesale }],
    options: [{ title: "Pieces" }],
    variants: [
      {
        title: "200",
        sku: "PALLET-OF-HAMMERS-200",
        inventory_quantity: 1000,
        options: [{ value: "200" }],
        prices: prices({ eur: 249900, usd: 269900 }),
      },
    ],
  })
  const giftCardProduct = await addProduct({
    title: "Gift Card",
    handle: "gift-card",
    status: "published",
    thumbnail: "https://shop.example/static/gift-card.png",
    is_giftcard: true,
    discountable: false,
    categories: [{ id: await addCategory("Gift cards") }],
    options: [{ title: "Denomination" }],
    variants: [2500, 5000, 10000].map((amount) => ({
      title: String(amount / 100),
      sku: `GIFT-CARD-${amount / 100}`,
      manage_inventory: false,
      options: [{ value: String(amount / 100) }],
      prices: prices({ eur: amount, usd: amount }),
    })),
  })
  const variants = Object.fromEntries(
    [...products, pallet, giftCardProduct].flatMap(({ id: productId, variants }) =>
      variants.map(({ id, sku }) => [sku, { id, productId, sku }])
    )
  )
  const featured = FEATURED.map((sku) => ({ id: variants[sku].productId }))
  const featuredId = await addCategory("Featured services")
  await post(`/product-categories/${featuredId}/products/batch`, { product_ids: featured })
  await post("/price-lists", {
    name: "Sale",
    description: "One article at a lower price",
    type: "sale",
    status: "active",
    prices: prices({ eur: 1780, usd: 1915 }).map((price) => ({ ...price, variant_id: variants[SALE].id })),
  })

  const allRegions = Object.values(regionIds)
  const discount = (code, rule, more) =>
    post("/discounts", {
      code,
      is_dynamic: false,
      is_disabled: false,
      regions: allRegions,
      rule: { description: code, allocation: "total", ...rule },
      ...more,
    })
  const percent = { type: "percentage", value: 10 }
  await discount(PROMO_CODES.percent10, percent)
  await discount(PROMO_CODES.fixed5eur, { type: "fixed", value: 500 }, { regions: [regionIds.eu] })
  await discount(PROMO_CODES.freeShipping, { type: "free_shipping", value: 0 })
  const oddCodes = { expired: "EXPIRED10", disabled: "DISABLED10", usOnly: "USONLY10" }
  await discount(oddCodes.expired, percent, { starts_at: "2020-01-01T00:00:00Z", ends_at: "2021-01-01T00:00:00Z" })
  await discount(oddCodes.disabled, percent, { is_disabled: true })
  await discount(oddCodes.usOnly, percent, { regions: [regionIds.us] })
  const giftCard = (await post("/gift-cards", { value: 5000, region_id: regionIds.eu })).gift_card

  const returnReasonIds = {}
  for (const { parent, ...reason } of RETURN_REASONS) {
    const data = { ...reason, parent_return_reason_id: returnReasonIds[parent] }
    returnReasonIds[reason.value] = (await post("/return-reasons", data)).return_reason.id
  }

  const customers = await inOrder(CUSTOMERS, async (customer) => ({
    id: (await call("POST", "/store/customers", customer)).customer.id,
    email: customer.email,
    password: customer.password,
  }))
  const { access_token: token } = await call("POST", "/store/auth/token", {
    email: customers[0].email,
    password: customers[0].password,
  })
  const byJane = { authorization: `Bearer ${token}` }
  const { customer: jane } = await call("POST", "/store/customers/me/addresses", { address: JANE_ADDRESS }, byJane)
  const janeAddressId = jane.shipping_addresses[0].id
  await call("POST", "/store/customers/me", { billing_address: janeAddressId }, byJane)

  const env = {
    publishableKey: await publishableKey("Storefront", salesChannelIds.storefront),
    publishableKeyWholesale: await publishableKey("Wholesale", salesChannelIds.wholesale),
    publishableKeyWithoutChannel: await publishableKey("No channel"),
    adminApiToken: ADMIN_API_TOKEN,
    regionIds,
    salesChannelIds,
    shippingOptionIds,
    returnShippingOptionIds,
    paymentProviderIds: PAYMENT_PROVIDERS,
    categoryIds,
    collectionIds,
    promoCodes: { ...PROMO_CODES, ...oddCodes },
    giftCardCode: giftCard.code,
    returnReasonIds,
    customers,
    janeAddressId,
    admin: { id: admin.id, email: ADMIN.email, password: adminPassword },
    variants: {
      ...Object.fromEntries(Object.entries(VARIANTS).map(([name, sku]) => [name, variants[sku]])),
      giftCard: variants["GIFT-CARD-25"],
      sale: variants[SALE],
      wholesale: variants["PALLET-OF-HAMMERS-200"],
    },
    counts: { publishedProducts: PUBLISHED + 1, giftCards: 1, variants: Object.keys(variants).length },
  }
  writeFileSync(out, JSON.stringify(env, null, 2) + "\n")
}

start(0)
  .then(seed)
  .then(() => process.exit())
