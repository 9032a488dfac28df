const { AbstractFulfillmentProviderService, Modules, ModuleProvider } = require("@medusajs/framework/utils")

/** `courier_test`: a shipping price that is calculated for the cart; here always 7.5 before tax. */
class CourierProvider extends AbstractFulfillmentProviderService {
  static identifier = "courier"

  async getFulfillmentOptions() {
    return [{ id: "courier" }]
  }
  async validateOption() {
    return true
  }
  async validateFulfillmentData(_optionData, data) {
    return data
  }
  async canCalculate() {
    return true
  }
  async calculatePrice() {
    return { calculated_amount: 7.5, is_calculated_price_tax_inclusive: false }
  }
  async createFulfillment() {
    return { data: {}, labels: [] }
  }
  async cancelFulfillment() {
    return {}
  }
}

/** `broken_test`: a carrier whose price service is down. */
class BrokenProvider extends CourierProvider {
  static identifier = "broken"

  async calculatePrice() {
    throw new Error("the carrier's price service does not answer")
  }
}

exports.default = ModuleProvider(Modules.FULFILLMENT, { services: [CourierProvider, BrokenProvider] })
