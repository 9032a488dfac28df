const { AbstractPaymentProvider, Modules, ModuleProvider, PaymentActions, PaymentSessionStatus } = require("@medusajs/framework/utils")

/** What the two providers share: money never moves, so everything after authorization just succeeds. */
class TestProvider extends AbstractPaymentProvider {
  async updatePayment({ data }) {
    return { data }
  }
  async retrievePayment({ data }) {
    return data ?? {}
  }
  async capturePayment({ data }) {
    return { data }
  }
  async refundPayment({ data }) {
    return { data }
  }
  async cancelPayment({ data }) {
    return { data }
  }
  async deletePayment({ data }) {
    return { data }
  }
  async getWebhookActionAndData() {
    return { action: PaymentActions.NOT_SUPPORTED }
  }
}

const statusOf = (data) => (data.approved === true ? PaymentSessionStatus.AUTHORIZED : PaymentSessionStatus.REQUIRES_MORE)

/**
 * `pp_redirect_test`: sends the shopper to a payment page first. The session says where (`redirect_url`) and how to
 * confirm in the browser (`client_secret`). It stays "requires more" unless it was made with `approved: true` in its
 * data, which stands for a shopper who has come back from the payment page.
 */
class RedirectProvider extends TestProvider {
  static identifier = "redirect"

  async initiatePayment({ data = {}, amount, currency_code }) {
    const id = data.session_id
    const page = new URL(`https://pay.example/session/${id}`)
    if (data.return_url) page.searchParams.set("return_url", data.return_url)
    if (data.cancel_url) page.searchParams.set("cancel_url", data.cancel_url)
    return {
      id,
      status: PaymentSessionStatus.REQUIRES_MORE,
      data: { ...data, amount, currency_code, redirect_url: page.href, client_secret: `${id}_secret` },
    }
  }
  async authorizePayment({ data = {} }) {
    return { data, status: statusOf(data) }
  }
  async getPaymentStatus({ data = {} }) {
    return { data, status: statusOf(data) }
  }
}

/** `pp_failing_test`: a session can be made, but the payment is refused when the order is placed. */
class FailingProvider extends TestProvider {
  static identifier = "failing"

  async initiatePayment({ data = {} }) {
    return { id: data.session_id, status: PaymentSessionStatus.PENDING, data }
  }
  async authorizePayment({ data = {} }) {
    return { data: { ...data, decline_code: "card_declined" }, status: PaymentSessionStatus.ERROR }
  }
  async getPaymentStatus({ data = {} }) {
    return { data, status: PaymentSessionStatus.ERROR }
  }
}

exports.default = ModuleProvider(Modules.PAYMENT, { services: [RedirectProvider, FailingProvider] })
