// Fills the assets-and-services module: what two customers own, every state of a service, references of every kind, and
// the odd things that a real shop has too. Answers what the tests need to know of it.
const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")
const flows = require("@medusajs/medusa/core-flows")
const { createAsset, createReferences, createService, records } = require("../lib/assets-and-services")
const { ASSETS_AND_SERVICES } = require("../modules/assets-and-services")

const ASSETS_OF_JANE = 30
const WARRANTY = "2027-03-31T00:00:00.000Z"
const START = "2026-01-01T00:00:00.000Z"
const END = "2026-12-31T23:59:59.999Z"
const STATUSES = ["ACTIVE", "INACTIVE", "EXPIRED"]
const PAYMENT_TYPES = ["ONE_TIME", "WEEKLY", "MONTHLY", "YEARLY"]
const SOURCE = "CORDLESS-DRILL-18V-2AH"
const REFERENCES = {
  SPARE_PART: ["DRILL-BATTERY-2AH", "DRILL-BATTERY-4AH", "SAW-BLADE-24"],
  REPLACEMENT: ["CORDLESS-DRILL-18V-4AH", "PROTOTYPE-LASER-SOLO"],
  ACCESSORY: ["WORK-GLOVES-M", SOURCE],
  TOOL: ["SCREWDRIVER-SET-6"],
  COMPATIBLE_SERVICE: ["EXTENDED-WARRANTY-1-YEAR", "EXTENDED-WARRANTY-2-YEARS", "TOOL-CALIBRATION-ONCE"],
}
const OWNED = [SOURCE, "ANGLE-GRINDER-125-115MM", "ROTARY-HAMMER-CASE", "CIRCULAR-SAW-190MM", "ORBITAL-SANDER-SOLO"]
const FEATURED = ["TOOL-CALIBRATION-ONCE", "FLEET-MAINTENANCE-MONTHLY"]
const DRAFT = "PROTOTYPE-LASER-SOLO"
const GONE = "variant_gone"
const ADDRESS = {
  address_1: "Unter den Linden",
  city: "Berlin",
  country_code: "de",
  postal_code: "10117",
  province: "BE",
  phone: "+4930123456",
}

/** `jane` and `john` are customers' ids, `regionId` a region in EUR, `variant` finds a variant by its SKU. */
exports.seedResources = async function seedResources({ container, jane, john, regionId, variant }) {
  const service = (key) => container.resolve(key)
  const run = async (workflow, input) => (await workflow(container).run({ input })).result
  const price = { currency_code: "eur", region_id: regionId }
  const number = (count) => String(count).padStart(3, "0")

  const asset = async (owner, serial_number, variantId, more = {}) => {
    const thumbnail = `https://shop.example/static/${serial_number}.png`
    const full = { name: serial_number, thumbnail, end_of_warranty_date: WARRANTY, address: ADDRESS, ...price, ...more }
    return (await createAsset(container, { ...full, serial_number, customer_id: owner, product_variant_id: variantId })).id
  }
  const contract = async (owner, name, sku, more = {}) => {
    const full = { name, payment_type: "MONTHLY", start_date: START, end_date: END, ...price, ...more }
    return (await createService(container, { ...full, customer_id: owner, product_variant_id: variant(sku).id })).id
  }
  const newCustomer = async (email) => (await run(flows.createCustomersWorkflow, { customersData: [{ email }] }))[0].id

  // Jane's usual assets come first, one by one: the order of the ids is that of their making.
  const owned = (index) => variant(OWNED[index % OWNED.length]).id
  const janes = []
  const usual = ASSETS_OF_JANE - 4
  for (let index = 0; index < usual; index += 1) {
    const day = String((index % 28) + 1).padStart(2, "0")
    janes.push(
      await asset(jane, `SN-J-${number(index + 1)}`, owned(index), {
        name: index === 0 ? "Drill of the workshop" : OWNED[index % OWNED.length],
        end_of_warranty_date: `2027-03-${day}T00:00:00.000Z`,
      })
    )
  }
  const plain = { thumbnail: undefined, end_of_warranty_date: undefined, address: { ...ADDRESS, province: "", phone: undefined } }
  const withoutWarranty = await asset(jane, "SN-J-900", owned(3), plain)
  const ofDraftProduct = await asset(jane, "SN-J-901", variant(DRAFT).id)
  const ofUnknownVariant = await asset(jane, "SN-J-902", GONE)
  const withoutName = await asset(jane, "SN-J-903", owned(1))
  await records(container).updateAssets({ id: withoutName, name: null, thumbnail: null, totals: null })
  janes.push(withoutWarranty, ofDraftProduct, ofUnknownVariant, withoutName)
  const johns = []
  for (let index = 0; index < 3; index += 1) johns.push(await asset(john, `SN-N-${number(index + 1)}`, owned(index)))

  const byState = {}
  for (const [index, payment_type] of PAYMENT_TYPES.entries()) {
    byState[payment_type] = {}
    for (const status of STATUSES) {
      const sku = index % 2 ? "TOOL-CALIBRATION-YEARLY" : "EXTENDED-WARRANTY-1-YEAR"
      // The services differ in when they start, and hold one or two assets.
      const start_date = `2026-0${index + 1}-0${STATUSES.indexOf(status) + 1}T00:00:00.000Z`
      const assets = janes.slice(index, index + 1 + (STATUSES.indexOf(status) % 2))
      const id = await contract(jane, `${payment_type} ${status}`, sku, { payment_type, start_date, assets })
      if (status !== "ACTIVE") await records(container).updateServiceInstances({ id, status })
      byState[payment_type][status] = id
    }
  }
  const bare = await contract(jane, "Bare service", "TOOL-CALIBRATION-ONCE", { payment_type: "ONE_TIME", end_date: undefined })
  const withForeignAsset = await contract(jane, "On an asset of John's", "TOOL-CALIBRATION-ONCE", { assets: [johns[0]] })
  const janesServices = [...Object.values(byState).flatMap((ids) => Object.values(ids)), bare, withForeignAsset]
  const johnsServices = [
    await contract(john, "Warranty of John's", "EXTENDED-WARRANTY-2-YEARS", { payment_type: "YEARLY", assets: [johns[1]] }),
    await contract(john, "Maintenance of John's", "FLEET-MAINTENANCE-MONTHLY"),
  ]

  // Rows that are gone, of which the links stay.
  const deletedAsset = await asset(jane, "SN-J-999", owned(0))
  await records(container).deleteAssets(deletedAsset)
  const deletedService = await contract(jane, "Gone", "TOOL-CALIBRATION-ONCE")
  await records(container).deleteServiceInstances(deletedService)

  // Rows of nobody, of somebody who is gone, and of two.
  const ofUnknownCustomer = await asset("cus_gone", "SN-X-001", owned(0))
  const serviceOfUnknownCustomer = await contract("cus_gone", "Of nobody", "TOOL-CALIBRATION-ONCE")
  const deletedCustomer = await newCustomer("gone@example.com")
  const ofDeletedCustomer = await asset(deletedCustomer, "SN-X-002", owned(0))
  const serviceOfDeletedCustomer = await contract(deletedCustomer, "Of somebody who is gone", "TOOL-CALIBRATION-ONCE")
  await run(flows.deleteCustomersWorkflow, { ids: [deletedCustomer] })
  const pair = [await newCustomer("pair-1@example.com"), await newCustomer("pair-2@example.com")]
  const ofTwoCustomers = await asset(pair[0], "SN-X-003", owned(0))
  await secondOwner(container, ofTwoCustomers, pair[1])
  await contract(pair[0], "On an asset of two", "TOOL-CALIBRATION-ONCE", { assets: [ofTwoCustomers] })

  const source = variant(SOURCE)
  const target = (sku) => variant(sku).id
  for (const [type, skus] of Object.entries(REFERENCES)) {
    await createReferences(container, source.id, type, skus.map(target))
  }
  await createReferences(container, source.id, "COMPATIBLE_SERVICE", [GONE])

  const [category] = await run(flows.createProductCategoriesWorkflow, {
    product_categories: [{ name: "Featured services", handle: "featured-services", is_active: true, is_internal: false }],
  })
  const productOf = (sku) => variant(sku).product_id
  await run(flows.batchLinkProductsToCategoryWorkflow, { id: category.id, add: [...FEATURED, DRAFT].map(productOf), remove: [] })

  const describe = (sku) => ({ id: variant(sku).id, productId: variant(sku).product_id, sku })
  return {
    assetIds: { jane: janes, john: johns },
    serviceIds: { jane: janesServices, john: johnsServices },
    servicesByState: byState,
    oddAssets: {
      withoutWarranty,
      ofDraftProduct,
      ofUnknownVariant,
      withoutName,
      ofUnknownCustomer,
      ofDeletedCustomer,
      ofTwoCustomers,
      deleted: deletedAsset,
    },
    oddServices: {
      bare,
      withForeignAsset,
      ofUnknownCustomer: serviceOfUnknownCustomer,
      ofDeletedCustomer: serviceOfDeletedCustomer,
      deleted: deletedService,
    },
    customerIds: { withoutAnything: await newCustomer("mary@example.com"), deleted: deletedCustomer, pair },
    references: { source: describe(SOURCE), targets: referenceTargets(describe), unknownTarget: GONE },
    featured: { categoryId: category.id, productIds: FEATURED.map(productOf), draftProductId: productOf(DRAFT) },
  }
}

function referenceTargets(describe) {
  return Object.fromEntries(Object.entries(REFERENCES).map(([type, skus]) => [type, skus.map(describe)]))
}

/** Medusa refuses a second owner; a table can have one all the same. */
async function secondOwner(container, asset, customer) {
  const links = container.resolve(ContainerRegistrationKeys.LINK)
  const table = links.getLinkModule(ASSETS_AND_SERVICES, "asset_id", Modules.CUSTOMER, "customer_id")
  await table.create([[asset, customer]])
}
