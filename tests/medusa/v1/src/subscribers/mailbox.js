// Puts into the mailbox what this shop would mail.
const { post } = require("../../common/mailbox")

// Medusa 1 imports subscribers as its compiler would.
exports.__esModule = true

/** What is mailed about orders is a token to claim them with, else it is one to set a new password with. */
exports.default = async ({ data: { orders, email, token } }) => {
  for (const subject of orders ?? [email]) post(subject, token)
}

exports.config = { event: ["customer.password_reset", "order-update-token.created"] }
