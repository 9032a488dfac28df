const { defineLink } = require("@medusajs/framework/utils")
const AssetsAndServices = require("../modules/assets-and-services").default
const Product = require("@medusajs/medusa/product").default

// What a service is: `product_variant` of a service, `service_instances` of a variant.
exports.default = defineLink({ linkable: AssetsAndServices.linkable.serviceInstance, isList: true }, Product.linkable.productVariant)
