const { transfer } = require("../../../../../lib/assets-and-services")

exports.POST = async function (req, res) {
  await transfer(req.scope, { asset_id: req.params.id }, req.validatedBody.new_owner_id)
  res.json({ message: "Asset ownership transferred" })
}
