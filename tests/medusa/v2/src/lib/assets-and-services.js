// What the routes of the assets-and-services module do, and the seed with them.
const { ContainerRegistrationKeys, Modules, QueryContext } = require("@medusajs/framework/utils")
const { updateLinksWorkflow } = require("@medusajs/medusa/core-flows")
const { ASSETS_AND_SERVICES } = require("../modules/assets-and-services")

/** The part of a variant that references and compatible services show: no handle, no type, no other detail. */
const VARIANT_IN_BRIEF = ["id", "title", "sku", "ean", "product_id", "product.id", "product.title", "product.thumbnail", "product.description"]

/** The module's service. */
const records = (scope) => scope.resolve(ASSETS_AND_SERVICES)
const query = (scope) => scope.resolve(ContainerRegistrationKeys.QUERY)

/** Limit and offset as the plugin reads them: what is no number, and 0, is as if it were not given; nothing is refused. */
function paging({ limit, offset }) {
  return { take: Number(limit) || 10, skip: Number(offset) || 0 }
}

/** The variant's price in a region or currency; null where there is none. */
async function totalsOf(scope, { product_variant_id, region_id, currency_code }) {
  const { data } = await query(scope).graph({
    entity: "product_variant",
    fields: ["id", "calculated_price.*"],
    filters: { id: product_variant_id },
    context: { calculated_price: QueryContext({ region_id, currency_code }) },
  })
  const value = data[0]?.calculated_price?.calculated_amount
  return value == null ? null : { currency: currency_code, total_price: { value } }
}

/** Makes an asset with its address and links. Neither customer nor variant need exist, as with the plugin. */
async function createAsset(scope, input) {
  const { name, serial_number, thumbnail, end_of_warranty_date, address, customer_id, product_variant_id } = input
  const place = await scope.resolve(Modules.CART).createAddresses(address)
  const totals = await totalsOf(scope, input)
  const asset = await records(scope).createAssets({ name, serial_number, thumbnail, end_of_warranty_date, totals })
  const end = { [ASSETS_AND_SERVICES]: { asset_id: asset.id } }
  await scope.resolve(ContainerRegistrationKeys.LINK).create([
    { ...end, [Modules.CUSTOMER]: { customer_id } },
    { ...end, [Modules.PRODUCT]: { product_variant_id } },
    { ...end, [Modules.CART]: { address_id: place.id } },
  ])
  return asset
}

/** Makes a service with its links. Its assets must exist, and may be anybody's. */
async function createService(scope, input) {
  const { name, start_date, end_date, payment_type, assets = [], customer_id, product_variant_id } = input
  const totals = await totalsOf(scope, input)
  const service = await records(scope).createServiceInstances({ name, start_date, end_date, payment_type, totals, assets })
  const end = { [ASSETS_AND_SERVICES]: { service_instance_id: service.id } }
  await scope.resolve(ContainerRegistrationKeys.LINK).create([
    { ...end, [Modules.CUSTOMER]: { customer_id } },
    { ...end, [Modules.PRODUCT]: { product_variant_id } },
  ])
  return service
}

/** Makes references one after the other; null when one is there already, which leaves those before it. */
async function createReferences(scope, source_product_variant_id, reference_type, targets) {
  const made = []
  for (const target_product_variant_id of targets) {
    const reference = { source_product_variant_id, target_product_variant_id, reference_type }
    const there = await records(scope).listProductReferences(reference, { take: 1 })
    if (there.length) return null
    made.push(await records(scope).createProductReferences(reference))
  }
  return made
}

/** Updates the link of an asset or a service with the new owner, of which there is none yet: only to the present owner can
 * anything be "transferred". `what` is `{ asset_id }` or `{ service_instance_id }`. */
async function transfer(scope, what, customer_id) {
  const input = [{ [ASSETS_AND_SERVICES]: what, [Modules.CUSTOMER]: { customer_id } }]
  await updateLinksWorkflow(scope).run({ input })
}

/** One page of references, and how many there are. */
async function referencesOf(scope, filters, { take, skip }) {
  const { data, metadata } = await query(scope).graph({
    entity: "product_reference",
    fields: ["id", "source_product_variant_id", "target_product_variant_id", "reference_type"],
    filters,
    pagination: { take, skip },
  })
  return { references: data, count: metadata.count }
}

/** Variants that exist, by id. */
async function variants(scope, ids, fields) {
  const { data } = await query(scope).graph({ entity: "product_variant", fields, filters: { id: ids } })
  return new Map(data.map((variant) => [variant.id, variant]))
}

/** The route of a variant's references, for the Admin and the Store API alike: neither looks at the product's id, nor at
 * whether the target is published; a target that is gone is an empty object. */
async function listReferences(req, res) {
  const { take, skip } = paging(req.query)
  const filters = { source_product_variant_id: req.params.variant_id }
  if (req.query.referenceType) filters.reference_type = req.query.referenceType
  const { references, count } = await referencesOf(req.scope, filters, { take, skip })
  const targets = await variants(req.scope, references.map((reference) => reference.target_product_variant_id), VARIANT_IN_BRIEF)
  const productReferences = references.map((reference) => ({
    ...reference,
    targetProduct: { ...targets.get(reference.target_product_variant_id) },
  }))
  res.json({ productReferences, count, limit: take, offset: skip })
}

/** A page of the services for a variant: those whose variant is gone are counted and not shown. */
async function compatibleServices(scope, variantId, page) {
  const filters = { source_product_variant_id: variantId, reference_type: "COMPATIBLE_SERVICE" }
  const { references, count } = await referencesOf(scope, filters, page)
  const targets = references.map((reference) => reference.target_product_variant_id)
  const found = await variants(scope, targets, [...VARIANT_IN_BRIEF, "prices.*"])
  return { compatibleServices: targets.map((id) => found.get(id)).filter(Boolean), count }
}

module.exports = {
  compatibleServices,
  createAsset,
  createReferences,
  createService,
  listReferences,
  paging,
  query,
  records,
  transfer,
}
