const { TestPaymentService } = require("../lib/test-payment")

const statusOf = (data) => (data.approved === true ? "authorized" : "requires_more")

/** The address of the payment page; a cart that says where the shopper goes afterwards tells the page. */
function withPage(data, { context }) {
  const page = new URL(`https://pay.example/session/${data.id}`)
  if (context?.return_url) page.searchParams.set("return_url", context.return_url)
  if (context?.cancel_url) page.searchParams.set("cancel_url", context.cancel_url)
  return { ...data, redirect_url: page.href }
}

/**
 * `redirect`: sends the shopper to a payment page first. The session says where (`redirect_url`) and how to confirm in
 * the browser (`client_secret`). It stays "requires more" until its data gets `approved: true`, which stands for a
 * shopper who has come back from the payment page.
 */
class RedirectPaymentService extends TestPaymentService {
  static identifier = "redirect"

  async createPayment({ resource_id: id, amount, currency_code, cart }) {
    return withPage({ id, amount, currency_code, client_secret: `${id}_secret` }, cart)
  }
  async updatePayment(data, { amount, currency_code, cart }) {
    return withPage({ ...data, amount, currency_code }, cart)
  }
  async authorizePayment({ data }) {
    return { data, status: statusOf(data) }
  }
  async getStatus(data) {
    return statusOf(data)
  }
}

exports.default = RedirectPaymentService
