// Fills an empty Medusa with the demo shop and writes what the tests need to know of it (ids, keys, passwords) to $SEED_OUT.
const { writeFileSync } = require("fs")
const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")
const flows = require("@medusajs/medusa/core-flows")
const { CATEGORIES, COLLECTIONS, PRODUCTS, PUBLISHED, TAGS } = require("../../common/catalog")
const { ADMIN, CUSTOMERS, EU, JANE_ADDRESS, PROMO_CODES, RETURN_REASONS, VARIANTS } = require("../../common/shop")
const { buildProducts } = require("./catalog")
const { seedResources } = require("./resources")

const PAYMENT_PROVIDERS = ["pp_system_default", "pp_redirect_test", "pp_failing_test"]
const FULFILLMENT_PROVIDERS = ["manual_manual", "courier_test", "broken_test"]
const VAT = { de: 19, fr: 20, pl: 23, nl: 21, it: 22, es: 21 }

exports.default = async function seed({ container }) {
  const out = process.env.SEED_OUT
  if (!out) throw new Error("SEED_OUT names the file to write")
  const service = (key) => container.resolve(key)
  const link = service(ContainerRegistrationKeys.LINK)
  const query = service(ContainerRegistrationKeys.QUERY)
  const run = async (workflow, input) => (await workflow(container).run({ input })).result

  const [store] = await service(Modules.STORE).listStores({}, { take: 1 })
  if (store?.metadata?.seeded_for_tests) throw new Error("this database is seeded already")

  const [salesChannel] = await run(flows.createSalesChannelsWorkflow, {
    salesChannelsData: [{ name: "Storefront" }, { name: "Empty Channel" }],
  })
  const storeData = {
    name: "Demo Store",
    supported_currencies: [{ currency_code: "eur", is_default: true }, { currency_code: "usd" }],
    default_sales_channel_id: salesChannel.id,
    metadata: { seeded_for_tests: true },
  }
  if (store) await run(flows.updateStoresWorkflow, { selector: { id: store.id }, update: storeData })
  else await run(flows.createStoresWorkflow, { stores: [storeData] })

  const [eu, us] = await run(flows.createRegionsWorkflow, {
    regions: [
      { name: "Europe", currency_code: "eur", countries: EU, payment_providers: PAYMENT_PROVIDERS, automatic_taxes: true },
      { name: "United States", currency_code: "usd", countries: ["us"], payment_providers: PAYMENT_PROVIDERS, automatic_taxes: true },
    ],
  })
  await run(flows.createTaxRegionsWorkflow, [
    ...EU.map((code) => ({
      country_code: code,
      provider_id: "tp_system",
      default_tax_rate: { name: "VAT", code: `vat-${code}`, rate: VAT[code] },
    })),
    { country_code: "us", provider_id: "tp_system", default_tax_rate: { name: "Sales tax", code: "us", rate: 7.25 } },
  ])

  const [location] = await run(flows.createStockLocationsWorkflow, {
    locations: [
      { name: "Warehouse", address: { address_1: "Hafenstrasse 1", city: "Hamburg", postal_code: "20457", country_code: "DE" } },
    ],
  })
  await link.create(
    FULFILLMENT_PROVIDERS.map((fulfillment_provider_id) => ({
      [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
      [Modules.FULFILLMENT]: { fulfillment_provider_id },
    }))
  )
  await run(flows.linkSalesChannelsToStockLocationWorkflow, { id: location.id, add: [salesChannel.id] })

  const fulfillment = service(Modules.FULFILLMENT)
  const [profile] = await fulfillment.listShippingProfiles({ type: "default" })
  const shippingProfile =
    profile ??
    (await run(flows.createShippingProfilesWorkflow, { data: [{ name: "Default", type: "default" }] }))[0]
  const set = await fulfillment.createFulfillmentSets({
    name: "Delivery",
    type: "shipping",
    service_zones: [
      { name: "Europe", geo_zones: EU.map((country_code) => ({ type: "country", country_code })) },
      { name: "United States", geo_zones: [{ type: "country", country_code: "us" }] },
    ],
  })
  await link.create({
    [Modules.STOCK_LOCATION]: { stock_location_id: location.id },
    [Modules.FULFILLMENT]: { fulfillment_set_id: set.id },
  })
  const zone = (name) => set.service_zones.find((z) => z.name === name).id
  const option = (name, code, zoneName, isReturn = false) => ({
    name,
    service_zone_id: zone(zoneName),
    shipping_profile_id: shippingProfile.id,
    type: { label: name, code, description: `${name} delivery` },
    rules: [
      { attribute: "enabled_in_store", operator: "eq", value: "true" },
      { attribute: "is_return", operator: "eq", value: String(isReturn) },
    ],
  })
  const flat = (name, code, zoneName, eur, usd, isReturn) => ({
    ...option(name, code, zoneName, isReturn),
    price_type: "flat",
    provider_id: "manual_manual",
    prices: [
      { currency_code: "eur", amount: eur },
      { currency_code: "usd", amount: usd },
    ],
  })
  const calculated = (name, code, zoneName, provider_id) => ({
    ...option(name, code, zoneName),
    price_type: "calculated",
    provider_id,
    data: { id: "courier" },
  })
  const shippingOptions = await run(flows.createShippingOptionsWorkflow, [
    flat("Standard", "standard", "Europe", 4.99, 5.99),
    flat("Express", "express", "Europe", 12.5, 14.5),
    flat("Standard", "standard", "United States", 6.49, 6.99),
    flat("Express", "express", "United States", 15.75, 16.75),
    calculated("Courier", "courier", "Europe", "courier_test"),
    calculated("Broken Courier", "broken", "Europe", "broken_test"),
  ])
  const returnShippingOptions = await run(flows.createShippingOptionsWorkflow, [
    flat("Return by post", "return", "Europe", 3, 3.5, true),
    flat("Return by post", "return", "United States", 4.25, 4.5, true),
  ])

  const byName = (rows, key) => Object.fromEntries(rows.map((row) => [row[key], row.id]))
  const categories = byName(
    await run(flows.createProductCategoriesWorkflow, {
      product_categories: CATEGORIES.map((name) => ({ name, is_active: true, is_internal: false })),
    }),
    "name"
  )
  const collections = byName(
    await run(flows.createCollectionsWorkflow, {
      collections: COLLECTIONS.map((title) => ({ title })),
    }),
    "title"
  )
  const types = byName(
    await run(flows.createProductTypesWorkflow, { product_types: [{ value: "PHYSICAL" }, { value: "VIRTUAL" }] }),
    "value"
  )
  const tags = byName(
    await run(flows.createProductTagsWorkflow, {
      product_tags: TAGS.map((value) => ({ value })),
    }),
    "value"
  )
  const products = await run(flows.createProductsWorkflow, {
    products: buildProducts({
      categories,
      collections,
      types,
      tags,
      salesChannelId: salesChannel.id,
      shippingProfileId: shippingProfile.id,
    }),
  })
  const variants = Object.fromEntries(products.flatMap((p) => p.variants.map((v) => [v.sku, { ...v, product_id: p.id }])))

  const stock = Object.fromEntries(PRODUCTS.flatMap((p) => p.variants.map((v) => [v.fields.sku, v.stock])))
  const { data: items } = await query.graph({ entity: "inventory_item", fields: ["id", "sku"] })
  await run(flows.createInventoryLevelsWorkflow, {
    inventory_levels: items.map((item) => ({
      location_id: location.id,
      inventory_item_id: item.id,
      stocked_quantity: stock[item.sku],
    })),
  })

  await run(flows.createPromotionsWorkflow, {
    promotionsData: [
      {
        code: PROMO_CODES.percent10,
        type: "standard",
        status: "active",
        is_automatic: false,
        application_method: { type: "percentage", target_type: "items", allocation: "across", value: 10, currency_code: "eur" },
      },
      {
        code: PROMO_CODES.fixed5eur,
        type: "standard",
        status: "active",
        is_automatic: false,
        application_method: { type: "fixed", target_type: "order", value: 5, currency_code: "eur" },
      },
      {
        code: PROMO_CODES.freeShipping,
        type: "standard",
        status: "active",
        is_automatic: false,
        application_method: { type: "percentage", target_type: "shipping_methods", allocation: "across", value: 100, currency_code: "eur" },
      },
    ],
  })

  const returnReasonIds = {}
  for (const { parent, ...reason } of RETURN_REASONS) {
    const data = [{ ...reason, parent_return_reason_id: returnReasonIds[parent] }]
    const [{ id }] = await run(flows.createReturnReasonsWorkflow, { data })
    returnReasonIds[reason.value] = id
  }

  const auth = service(Modules.AUTH)
  const register = async (email, password) => {
    const { success, authIdentity, error } = await auth.register("emailpass", { body: { email, password } })
    if (!success) throw new Error(`cannot register ${email}: ${error}`)
    return authIdentity.id
  }
  const customers = []
  for (const { password, ...customerData } of CUSTOMERS) {
    const authIdentityId = await register(customerData.email, password)
    customers.push(await run(flows.createCustomerAccountWorkflow, { authIdentityId, customerData }))
  }
  const [jane] = customers
  const [janeAddress] = await run(flows.createCustomerAddressesWorkflow, {
    addresses: [
      { ...JANE_ADDRESS, customer_id: jane.id, address_name: "Office", is_default_shipping: true, is_default_billing: true },
    ],
  })

  const { password: adminPassword, ...userData } = ADMIN
  const admin = await run(flows.createUserAccountWorkflow, {
    authIdentityId: await register(ADMIN.email, adminPassword),
    userData,
  })
  const [publishable, publishableEmpty, secret] = await run(flows.createApiKeysWorkflow, {
    api_keys: [
      { title: "Storefront", type: "publishable", created_by: admin.id },
      { title: "No channel", type: "publishable", created_by: admin.id },
      { title: "Integration", type: "secret", created_by: admin.id },
    ],
  })
  await run(flows.linkSalesChannelsToApiKeyWorkflow, { id: publishable.id, add: [salesChannel.id] })

  const v = (sku) => {
    if (!variants[sku]) throw new Error(`no variant ${sku}`)
    return variants[sku].id
  }
  const variantInfo = (sku) => ({ id: v(sku), productId: variants[sku].product_id, sku })
  const optionIds = (zoneName) =>
    Object.fromEntries(
      shippingOptions.filter((o) => o.service_zone_id === zone(zoneName)).map((o) => [o.type?.code ?? o.name.toLowerCase(), o.id])
    )
  const returnOptionId = (zoneName) => returnShippingOptions.find((o) => o.service_zone_id === zone(zoneName)).id
  const env = {
    publishableKey: publishable.token,
    publishableKeyWithoutChannel: publishableEmpty.token,
    adminKey: secret.token,
    regionIds: { eu: eu.id, us: us.id },
    salesChannelId: salesChannel.id,
    stockLocationId: location.id,
    shippingOptionIds: { eu: optionIds("Europe"), us: optionIds("United States") },
    returnShippingOptionIds: { eu: returnOptionId("Europe"), us: returnOptionId("United States") },
    paymentProviderId: "pp_system_default",
    paymentProviderIds: { plain: "pp_system_default", redirect: "pp_redirect_test", failing: "pp_failing_test" },
    categoryIds: categories,
    collectionIds: collections,
    typeIds: types,
    promoCodes: PROMO_CODES,
    returnReasonIds,
    customers: CUSTOMERS.map(({ email, password }, index) => ({ id: customers[index].id, email, password })),
    janeAddressId: janeAddress.id,
    admin: { id: admin.id, email: ADMIN.email, password: adminPassword },
    variants: Object.fromEntries(Object.entries(VARIANTS).map(([name, sku]) => [name, variantInfo(sku)])),
    resources: await seedResources({
      container,
      jane: jane.id,
      john: customers[1].id,
      regionId: eu.id,
      variant: (sku) => ({ id: v(sku), product_id: variants[sku].product_id }),
    }),
    counts: { publishedProducts: PUBLISHED, variants: Object.keys(variants).length },
  }
  writeFileSync(out, JSON.stringify(env, null, 2) + "\n")
}
