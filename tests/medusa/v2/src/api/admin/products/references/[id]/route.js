const { records } = require("../../../../../lib/assets-and-services")

exports.DELETE = async function (req, res) {
  await records(req.scope).deleteProductReferences(req.params.id)
  res.json({ message: "Product reference deleted" })
}
