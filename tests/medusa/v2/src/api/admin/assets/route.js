const { createAsset, paging, query } = require("../../../lib/assets-and-services")

const FIELDS = ["*", "address.*", "product_variant.*", "product_variant.product.*", "customer.*"]

/** Everybody's assets: of what narrows a list, this route knows `id`, `name` and `q`, and no customer. */
exports.GET = async function (req, res) {
  const { take, skip } = paging(req.query)
  const { id, name, q } = req.query
  const filters = {}
  if (id) filters.id = id
  if (name) filters.name = { $ilike: `%${name}%` }
  if (q) filters.q = q
  const { data, metadata } = await query(req.scope).graph({
    entity: "asset",
    fields: FIELDS,
    filters,
    pagination: { take, skip },
  })
  res.json({ assets: data, count: metadata.count, limit: take, offset: skip })
}

exports.POST = async function (req, res) {
  res.json({ data: await createAsset(req.scope, req.validatedBody) })
}
