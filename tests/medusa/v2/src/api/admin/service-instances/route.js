const { createService, paging, query } = require("../../../lib/assets-and-services")
const serviceCustomer = require("../../../links/service-customer").default

// Of customer, variant and assets hardly more than ids.
const FIELDS = [
  "*",
  "customer.id",
  "customer.email",
  "product_variant.id",
  "product_variant.product.id",
  "assets.id",
  "assets.product_variant.id",
  "assets.product_variant.product.id",
]

/** Services. `customerId` is looked up in the links as it comes, operators and lists with it; when it is empty, the list
 * is everybody's. */
exports.GET = async function (req, res) {
  const { take, skip } = paging(req.query)
  const { customerId, payment_type, q, status } = req.query
  const filters = {}
  if (customerId) {
    const { data } = await query(req.scope).graph({
      entity: serviceCustomer.entryPoint,
      fields: ["service_instance_id"],
      filters: { customer_id: customerId },
    })
    filters.id = data.map((link) => link.service_instance_id)
  }
  if (payment_type) filters.payment_type = payment_type
  if (q) filters.q = q
  if (status) filters.status = status
  const { data, metadata } = await query(req.scope).graph({
    entity: "service_instance",
    fields: FIELDS,
    filters,
    pagination: { take, skip },
  })
  res.json({ serviceInstances: data, count: metadata.count, limit: take, offset: skip })
}

exports.POST = async function (req, res) {
  res.json({ result: await createService(req.scope, req.validatedBody) })
}
