// Puts into the mailbox what this shop would mail.
const { ContainerRegistrationKeys } = require("@medusajs/framework/utils")
const { post } = require("../../common/mailbox")

/** The event names the change of the order; the token is in the change's action. */
async function transferToken(container, id) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({ entity: "order_change", fields: ["actions.details"], filters: { id } })
  return data[0].actions.find(({ details }) => details?.token).details.token
}

exports.default = async ({ event: { name, data }, container }) => {
  if (name === "auth.password_reset") post(data.entity_id, data.token)
  else post(data.id, transferToken(container, data.order_change_id))
}

exports.config = { event: ["auth.password_reset", "order.transfer_requested"] }
