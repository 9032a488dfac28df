const { FulfillmentService } = require("medusa-interfaces")

/** `courier`: a shipping price that is calculated for the cart; here always 750 of the currency's smallest unit, before tax. */
class CourierFulfillmentService extends FulfillmentService {
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
    return 750
  }
  async createFulfillment() {
    return {}
  }
  async cancelFulfillment() {
    return {}
  }
}

exports.default = CourierFulfillmentService
