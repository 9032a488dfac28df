const { transfer } = require("../../../../../lib/assets-and-services")

exports.POST = async function (req, res) {
  await transfer(req.scope, { service_instance_id: req.params.id }, req.validatedBody.new_owner_id)
  res.json({ message: "Service instance ownership transferred" })
}
