const ALGORITHMS = ["HS256", "RS256", "ES256"]

/**
 * Checks the plugin's options and fills in defaults. Throws with all that is wrong, so that a server with a hole in its
 * sign-in does not start. Medusa adds options of its own (`database`), so unknown ones are no error.
 */
function readOptions(options = {}) {
  const problems = []
  const { algorithm, secret, jwksUrl, issuer, audience, emailVerified = "claimed" } = options
  if (!ALGORITHMS.includes(algorithm)) problems.push(`algorithm must be one of ${ALGORITHMS.join(", ")}`)
  if (algorithm === "HS256") {
    if (!isText(secret)) problems.push("secret is required for HS256")
    if (jwksUrl !== undefined) problems.push("jwksUrl is not for HS256")
  } else {
    if (!isKeyAddress(jwksUrl)) problems.push("jwksUrl is required, and must begin with https:// unless it is on this machine")
    if (secret !== undefined) problems.push("secret is for HS256 only")
    // One provider signs for many: a token for somebody else must not open this shop.
    if (!isText(issuer)) problems.push("issuer is required with jwksUrl")
    if (!isText(audience)) problems.push("audience is required with jwksUrl")
  }
  for (const [name, value] of Object.entries({ issuer, audience })) {
    if (value !== undefined && !isText(value)) problems.push(`${name} must be a text`)
  }
  if (!["claimed", "assumed"].includes(emailVerified)) problems.push("emailVerified must be claimed or assumed")
  if (problems.length > 0) throw new Error(`medusa-sso: ${[...new Set(problems)].join("; ")}`)
  return { algorithm, secret, jwksUrl, issuer, audience, emailVerified }
}

function isText(value) {
  return typeof value === "string" && value.length > 0
}

function isKeyAddress(value) {
  if (!isText(value) || !URL.canParse(value)) return false
  const { protocol, hostname } = new URL(value)
  return protocol === "https:" || (protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(hostname))
}

module.exports = { readOptions }
