// An identity provider for tests: its keys, its tokens, and where it publishes its keys.
const { generateKeyPairSync } = require("node:crypto")
const jwt = require("jsonwebtoken")

const ISSUER = "https://idp.example"
const AUDIENCE = "shop"
const SECRET = "what the provider and we know"
const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 })
const ec = generateKeyPairSync("ec", { namedCurve: "P-256" })
const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 })
const weak = generateKeyPairSync("rsa", { modulusLength: 1024 })

const now = () => Math.floor(Date.now() / 1000)

/** Good claims with changes; undefined removes one. */
function claims(changes = {}) {
  const all = {
    iss: ISSUER,
    aud: AUDIENCE,
    sub: "person-1",
    email: "Ada@Example.com",
    email_verified: true,
    name: "Ada King Lovelace",
    exp: now() + 600,
    ...changes,
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined))
}

const signers = {
  HS256: (changes) => jwt.sign(claims(changes), SECRET, { algorithm: "HS256" }),
  RS256: (changes, keyid = "rsa-1", key = rsa.privateKey) =>
    jwt.sign(claims(changes), key, { algorithm: "RS256", keyid, allowInsecureKeySizes: true }),
  ES256: (changes, keyid = "ec-1") => jwt.sign(claims(changes), ec.privateKey, { algorithm: "ES256", keyid }),
}

const options = {
  HS256: { algorithm: "HS256", secret: SECRET, issuer: ISSUER, audience: AUDIENCE },
  RS256: { algorithm: "RS256", jwksUrl: `${ISSUER}/keys`, issuer: ISSUER, audience: AUDIENCE },
  ES256: { algorithm: "ES256", jwksUrl: `${ISSUER}/keys`, issuer: ISSUER, audience: AUDIENCE },
}

/** A stand-in for fetch that counts, and a clock to turn. */
function published() {
  const jwk = (pair, more) => ({ ...pair.publicKey.export({ format: "jwk" }), ...more })
  const keys = [
    { kty: "oct", kid: "oct-1", k: Buffer.from(SECRET).toString("base64url") },
    { kty: "unheard of" },
    null,
    jwk(stranger, { kid: "for-encryption", use: "enc" }),
    jwk(weak, { kid: "weak" }),
    jwk(rsa, { kid: "rsa-1", alg: "RS256", use: "sig" }),
    jwk(ec, { kid: "ec-1" }),
  ]
  const seams = {
    fetched: 0,
    broken: false,
    time: 1_000_000,
    now: () => seams.time,
    fetch: async () => {
      seams.fetched += 1
      if (seams.broken) throw new Error("no route")
      return new Response(JSON.stringify({ keys }))
    },
  }
  return seams
}

function unsigned(header, body = claims()) {
  const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${part(header)}.${part(body)}.`
}

module.exports = { ISSUER, SECRET, claims, now, options, published, rsa, signers, stranger, unsigned, weak }
