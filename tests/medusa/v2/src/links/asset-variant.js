const { defineLink } = require("@medusajs/framework/utils")
const AssetsAndServices = require("../modules/assets-and-services").default
const Product = require("@medusajs/medusa/product").default

// What an asset is: `product_variant` of an asset, `assets` of a variant.
exports.default = defineLink({ linkable: AssetsAndServices.linkable.asset, isList: true }, Product.linkable.productVariant)
