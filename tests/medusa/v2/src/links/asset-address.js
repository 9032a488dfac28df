const { defineLink } = require("@medusajs/framework/utils")
const AssetsAndServices = require("../modules/assets-and-services").default
const Cart = require("@medusajs/medusa/cart").default

// Where an asset is: `address` of an asset, a cart's address without a cart.
exports.default = defineLink(AssetsAndServices.linkable.asset, Cart.linkable.address)
