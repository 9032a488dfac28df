const { records } = require("../../../../../../../lib/assets-and-services")

async function assetsOf(req) {
  const service = await records(req.scope).retrieveServiceInstance(req.params.id, { relations: ["assets"] })
  return service.assets.map((asset) => asset.id)
}

/** Anybody's asset is taken; one that is linked already is answered with 304 and nothing else. */
exports.POST = async function (req, res) {
  const assets = await assetsOf(req)
  if (assets.includes(req.params.asset_id)) return res.status(304).end()
  await records(req.scope).updateServiceInstances({ id: req.params.id, assets: [...assets, req.params.asset_id] })
  res.json({ message: "Asset linked to service instance" })
}

/** The last asset stays linked, whatever the answer says. */
exports.DELETE = async function (req, res) {
  const rest = (await assetsOf(req)).filter((id) => id !== req.params.asset_id)
  if (rest.length) await records(req.scope).updateServiceInstances({ id: req.params.id, assets: rest })
  res.json({ message: "Asset unlinked from service instance" })
}
