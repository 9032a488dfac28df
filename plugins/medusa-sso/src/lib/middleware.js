const jwt = require("jsonwebtoken")
const { ContainerRegistrationKeys } = require("@medusajs/framework/utils")
const { Customers } = require("./customers")
const { InvalidToken, KeysUnavailable } = require("./errors")

/** Seconds that the token lives which stands in for the provider's: it never leaves this process. */
const LIFETIME = 300

/**
 * A middleware of the Store API. A token of the identity provider becomes the customer's; one of Medusa's own is left
 * to Medusa; any other is 401, also on routes that are open to guests.
 */
function signIn({ verifier, customers = new Customers() }) {
  return async (req, res, next) => {
    try {
      const token = bearer(req)
      if (token === null || isMedusas(req.scope, token)) return next()
      const account = await customers.of(req.scope, await verifier(req.scope).verify(token))
      const context = {
        actor_id: account.customerId,
        actor_type: "customer",
        auth_identity_id: account.authIdentityId,
        app_metadata: { customer_id: account.customerId },
        user_metadata: {},
      }
      req.auth_context = context
      // Routes that demand a customer check the header once more: they find a token of Medusa's there.
      req.headers.authorization = `Bearer ${sign(req.scope, context)}`
      next()
    } catch (error) {
      if (error instanceof InvalidToken) return res.status(401).json({ type: "unauthorized", message: error.message })
      if (error instanceof KeysUnavailable) {
        return res.status(503).set("retry-after", "60").json({ type: "unexpected_state", message: error.message })
      }
      next(error)
    }
  }
}

/** The token of the request, null for a guest. */
function bearer(req) {
  // Node keeps the first of two headers and hides the other one.
  const names = req.rawHeaders.filter((_, index) => index % 2 === 0)
  if (names.filter((name) => name.toLowerCase() === "authorization").length > 1) throw new InvalidToken()
  const header = req.headers.authorization
  if (header === undefined) return null
  const match = /^bearer +([\x21-\x7e]+)$/i.exec(header)
  if (!match) throw new InvalidToken()
  return match[1]
}

function settings(scope) {
  return scope.resolve(ContainerRegistrationKeys.CONFIG_MODULE).projectConfig.http
}

/** Whether the token is one of Medusa's own, which may be that of a login without a customer yet. */
function isMedusas(scope, token) {
  const { jwtSecret, jwtPublicKey, jwtVerifyOptions, jwtOptions } = settings(scope)
  const { algorithm, ...options } = jwtVerifyOptions ?? jwtOptions ?? {}
  if (algorithm && !options.algorithms) options.algorithms = [algorithm]
  try {
    const claims = jwt.verify(token, jwtPublicKey ?? jwtSecret, options)
    return typeof claims === "object" && typeof claims.actor_type === "string"
  } catch {
    return false
  }
}

function sign(scope, claims) {
  const { jwtSecret, jwtOptions } = settings(scope)
  return jwt.sign(claims, jwtSecret, { ...jwtOptions, expiresIn: LIFETIME })
}

module.exports = { signIn }
