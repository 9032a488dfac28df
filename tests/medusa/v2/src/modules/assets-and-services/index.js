const { MedusaService, Module } = require("@medusajs/framework/utils")
const models = require("./models/resources")

class AssetsAndServices extends MedusaService(models) {}

/** The key under which the container has the service. */
const ASSETS_AND_SERVICES = "assetsAndServices"

exports.ASSETS_AND_SERVICES = ASSETS_AND_SERVICES
exports.default = Module(ASSETS_AND_SERVICES, { service: AssetsAndServices })
