const { defineLink } = require("@medusajs/framework/utils")
const AssetsAndServices = require("../modules/assets-and-services").default
const Customer = require("@medusajs/medusa/customer").default

// Whose an asset is: `customer` of an asset, `assets` of a customer.
exports.default = defineLink({ linkable: AssetsAndServices.linkable.asset, isList: true }, Customer.linkable.customer)
