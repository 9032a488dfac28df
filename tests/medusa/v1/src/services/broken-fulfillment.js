const CourierFulfillmentService = require("./courier-fulfillment").default

/** `broken`: a carrier whose price service is down. */
class BrokenFulfillmentService extends CourierFulfillmentService {
  static identifier = "broken"

  async calculatePrice() {
    throw new Error("the carrier's price service does not answer")
  }
}

exports.default = BrokenFulfillmentService
