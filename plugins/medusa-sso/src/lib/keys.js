const { createPublicKey } = require("node:crypto")
const { KeysUnavailable } = require("./errors")

/** How long fetched keys are used: a key that the provider has withdrawn is taken for no longer. */
const FRESH_MS = 600_000
/** The least time between two fetches, so that invented key ids cannot make us flood the provider. */
const PAUSE_MS = 60_000
/** How long the provider may take to answer. */
const PATIENCE_MS = 5_000
/** The longest list of keys that is read, in characters. */
const LONGEST = 1_000_000

const KINDS = {
  RS256: (key) => key.kty === "RSA",
  ES256: (key) => key.kty === "EC" && key.crv === "P-256",
}

/** A provider's published signing keys of one algorithm, by key id. */
class PublishedKeys {
  constructor({ jwksUrl, algorithm }, { fetch = globalThis.fetch, now = Date.now } = {}) {
    this.address = jwksUrl
    this.algorithm = algorithm
    this.fetch = fetch
    this.now = now
    this.keys = new Map()
    this.since = null
    this.lastTry = null
    this.fetching = null
  }

  /** The key that a token names; null where the provider has none of that id. Throws KeysUnavailable. */
  async find(id) {
    const known = this.known(id)
    if (known) return known
    this.fetching ??= this.refresh().finally(() => (this.fetching = null))
    await this.fetching
    if (!this.isFresh()) throw new KeysUnavailable()
    return this.known(id)
  }

  isFresh() {
    return this.since !== null && this.now() - this.since < FRESH_MS
  }

  known(id) {
    if (!this.isFresh()) return null
    if (id !== undefined) return this.keys.get(id) ?? null
    // A token without a key id is taken where there is one key only.
    return this.keys.size === 1 ? this.keys.values().next().value : null
  }

  async refresh() {
    if (this.lastTry !== null && this.now() - this.lastTry < PAUSE_MS) return
    this.lastTry = this.now()
    try {
      const answer = await this.fetch(this.address, {
        headers: { accept: "application/json" },
        redirect: "error",
        signal: AbortSignal.timeout(PATIENCE_MS),
      })
      if (!answer.ok) return
      const text = await answer.text()
      if (text.length > LONGEST) return
      const keys = new Map(signingKeys(JSON.parse(text), this.algorithm))
      if (keys.size === 0) return
      this.keys = keys
      this.since = this.now()
    } catch {
      // Told by whoever needs the keys: KeysUnavailable.
    }
  }
}

/** Ids and keys that signatures of this algorithm are checked with. Secrets (`oct`) are never taken. */
function* signingKeys(document, algorithm) {
  for (const jwk of Array.isArray(document?.keys) ? document.keys : []) {
    if (jwk?.use !== undefined && jwk.use !== "sig") continue
    if (jwk?.alg !== undefined && jwk.alg !== algorithm) continue
    if (!jwk || !KINDS[algorithm](jwk)) continue
    try {
      const key = createPublicKey({ key: jwk, format: "jwk" })
      const bits = key.asymmetricKeyDetails?.modulusLength
      if (bits === undefined || bits >= 2048) yield [String(jwk.kid ?? ""), key]
    } catch {
      // Not a key after all; the others may be.
    }
  }
}

module.exports = { PublishedKeys }
