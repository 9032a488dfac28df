const { TestPaymentService } = require("../lib/test-payment")

/** `failing`: a session can be made, but the payment is refused when the order is placed. */
class FailingPaymentService extends TestPaymentService {
  static identifier = "failing"

  async createPayment({ resource_id: id }) {
    return { id }
  }
  async authorizePayment({ data }) {
    return { data: { ...data, decline_code: "card_declined" }, status: "error" }
  }
  async getStatus() {
    return "error"
  }
}

exports.default = FailingPaymentService
