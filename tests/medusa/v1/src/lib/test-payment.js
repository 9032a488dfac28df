const { PaymentService } = require("medusa-interfaces")

/** What the two providers share: money never moves, so everything after authorization just succeeds. */
exports.TestPaymentService = class extends PaymentService {
  async getPaymentData({ data }) {
    return data
  }
  async retrievePayment(data) {
    return data
  }
  async updatePayment(data) {
    return data
  }
  async updatePaymentData(data, update) {
    return { ...data, ...update }
  }
  async deletePayment() {}
  async capturePayment({ data }) {
    return data
  }
  async refundPayment({ data }) {
    return data
  }
  async cancelPayment({ data }) {
    return data
  }
}
