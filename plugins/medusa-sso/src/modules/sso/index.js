const { Module } = require("@medusajs/framework/utils")
const { Verifier } = require("../../lib/verifier")

/** Holds the plugin's options: Medusa hands them to modules alone. */
class SsoService {
  constructor(_container, options) {
    this.verifier = new Verifier(options)
  }
}

module.exports = { default: Module("sso", { service: SsoService }) }
