const { query, records } = require("../../../../lib/assets-and-services")

const FIELDS = ["*", "assets.*", "customer.*", "product_variant.*", "product_variant.product.*"]

exports.GET = async function (req, res) {
  const { data } = await query(req.scope).graph({
    entity: "service_instance",
    fields: FIELDS,
    filters: { id: req.params.id },
  })
  if (!data[0]) return res.status(404).json({ message: "Service instance not found" })
  res.json({ serviceInstance: data[0] })
}

/** Answers under `asset`, as the plugin does. */
exports.PATCH = async function (req, res) {
  res.json({ asset: await records(req.scope).updateServiceInstances({ ...req.validatedBody, id: req.params.id }) })
}

/** The row goes; its links stay. */
exports.DELETE = async function (req, res) {
  await records(req.scope).deleteServiceInstances(req.params.id)
  res.json({ message: "Service instance deleted" })
}
