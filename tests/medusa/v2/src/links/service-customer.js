const { defineLink } = require("@medusajs/framework/utils")
const AssetsAndServices = require("../modules/assets-and-services").default
const Customer = require("@medusajs/medusa/customer").default

// Whose a service is: `customer` of a service, `service_instances` of a customer.
exports.default = defineLink({ linkable: AssetsAndServices.linkable.serviceInstance, isList: true }, Customer.linkable.customer)
