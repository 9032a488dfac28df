const { compatibleServices, paging, query } = require("../../../../../lib/assets-and-services")

/** Fails with 500 for an asset whose variant is gone. */
exports.GET = async function (req, res) {
  const { data } = await query(req.scope).graph({
    entity: "asset",
    fields: ["id", "product_variant.id"],
    filters: { id: req.params.id },
  })
  if (!data[0]) return res.status(404).json({ message: "Asset not found" })
  const page = paging(req.query)
  const answer = await compatibleServices(req.scope, data[0].product_variant.id, page)
  res.json({ ...answer, limit: page.take, offset: page.skip })
}
