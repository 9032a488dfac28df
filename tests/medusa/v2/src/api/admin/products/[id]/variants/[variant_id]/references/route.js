const { createReferences, listReferences } = require("../../../../../../../lib/assets-and-services")

exports.GET = listReferences

/** A reference that is there already ends the request with 304; those before it are made. */
exports.POST = async function (req, res) {
  const { referenceType, targetProducts } = req.validatedBody
  const productReferences = await createReferences(req.scope, req.params.variant_id, referenceType, targetProducts)
  if (!productReferences) return res.status(304).end()
  res.json({ productReferences })
}
