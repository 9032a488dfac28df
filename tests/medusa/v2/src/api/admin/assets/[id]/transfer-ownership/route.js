const { Modules } = require("@medusajs/framework/utils")
const { updateRemoteLinksWorkflow } = require("@medusajs/medusa/core-flows")
const { ASSETS_AND_SERVICES } = require("../../../../../modules/assets-and-services")

/** Updates the link to the new owner, which is none yet: only to the present owner can an asset be "transferred". */
exports.POST = async function (req, res) {
  const input = [
    {
      [ASSETS_AND_SERVICES]: { asset_id: req.params.id },
      [Modules.CUSTOMER]: { customer_id: req.validatedBody.new_owner_id },
    },
  ]
  await updateRemoteLinksWorkflow(req.scope).run({ input })
  res.json({ message: "Asset ownership transferred" })
}
