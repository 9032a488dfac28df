const jwt = require("jsonwebtoken")
const { InvalidToken } = require("./errors")
const { PublishedKeys } = require("./keys")
const { readOptions } = require("./options")

/** The longest token that is looked at, in characters. */
const LONGEST_TOKEN = 8192
/** How far the provider's clock may be from ours, in seconds. */
const LEEWAY = 30
/** OpenID Connect Core: a subject has at most 255 characters. RFC 5321: an address has at most 254. */
const LONGEST_SUBJECT = 255
const LONGEST_EMAIL = 254

/** Checks tokens of one identity provider. The algorithm is the options' to choose, never the token's. */
class Verifier {
  constructor(options, seams) {
    this.options = readOptions(options)
    this.published = this.options.jwksUrl ? new PublishedKeys(this.options, seams) : null
  }

  /** Whom the token is of: `{ subject, email, firstName, lastName }`. Throws InvalidToken or KeysUnavailable. */
  async verify(token) {
    const { algorithm, secret, issuer, audience } = this.options
    if (typeof token !== "string" || token.length > LONGEST_TOKEN) throw new InvalidToken()
    const header = headerOf(token)
    // Before a key is looked for: what the header names must not make us fetch anything.
    if (!header || header.alg !== algorithm || header.crit !== undefined) throw new InvalidToken()
    const key = this.published ? await this.published.find(header.kid) : secret
    if (!key) throw new InvalidToken()
    let claims
    try {
      claims = jwt.verify(token, key, { algorithms: [algorithm], issuer, audience, clockTolerance: LEEWAY })
    } catch {
      throw new InvalidToken()
    }
    // jsonwebtoken takes a token without an end for one that never ends.
    if (typeof claims !== "object" || claims === null || !Number.isFinite(claims.exp)) throw new InvalidToken()
    return this.person(claims)
  }

  person(claims) {
    const subject = text(claims.sub)
    if (!subject || subject.length > LONGEST_SUBJECT) throw new InvalidToken()
    const email = text(claims.email)
    if (!isEmail(email)) throw new InvalidToken("The account has no e-mail address: it cannot sign in here")
    const said = claims.email_verified
    const verified =
      said === true || said === "true" || (said === undefined && this.options.emailVerified === "assumed")
    if (!verified) {
      throw new InvalidToken(
        "The account has an e-mail address that its identity provider has not verified: it cannot sign in here"
      )
    }
    const [first, ...rest] = (text(claims.name) ?? "").split(/\s+/)
    const given = text(claims.given_name)
    const family = text(claims.family_name)
    const named = given || family
    return {
      // The issuer is part of who it is: the same subject of another provider is somebody else.
      subject: this.options.issuer ? `${this.options.issuer} ${subject}` : subject,
      email: email.toLowerCase(),
      firstName: (named ? given : first) || null,
      lastName: (named ? family : rest.join(" ")) || null,
    }
  }
}

function headerOf(token) {
  try {
    return jwt.decode(token, { complete: true })?.header ?? null
  } catch {
    return null
  }
}

function text(value) {
  return typeof value === "string" && value.trim() ? value.trim() : null
}

function isEmail(value) {
  return value !== null && value.length <= LONGEST_EMAIL && /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u.test(value)
}

module.exports = { Verifier }
