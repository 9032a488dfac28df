const { query, records } = require("../../../../lib/assets-and-services")

const FIELDS = ["*", "service_instances.*", "address.*", "product_variant.*", "product_variant.product.*", "customer.*"]

exports.GET = async function (req, res) {
  const { data } = await query(req.scope).graph({ entity: "asset", fields: FIELDS, filters: { id: req.params.id } })
  if (!data[0]) return res.status(404).json({ message: "Asset not found" })
  res.json({ asset: data[0] })
}

exports.PATCH = async function (req, res) {
  res.json({ asset: await records(req.scope).updateAssets({ ...req.validatedBody, id: req.params.id }) })
}

/** The row goes; its links and its address stay. */
exports.DELETE = async function (req, res) {
  await records(req.scope).deleteAssets(req.params.id)
  res.json({ message: "Asset deleted" })
}
