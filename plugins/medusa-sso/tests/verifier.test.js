const assert = require("node:assert/strict")
const test = require("node:test")
const jwt = require("jsonwebtoken")
const { InvalidToken, KeysUnavailable } = require("../src/lib/errors")
const { Verifier } = require("../src/lib/verifier")
const { ISSUER, SECRET, claims, now, options, published, rsa, signers, stranger, unsigned, weak } = require("./provider")

for (const algorithm of ["HS256", "RS256", "ES256"]) {
  const sign = signers[algorithm]

  test(`${algorithm}: a good token tells who it is`, async () => {
    const verifier = new Verifier(options[algorithm], published())
    const ada = { subject: `${ISSUER} person-1`, email: "ada@example.com", firstName: "Ada", lastName: "King Lovelace" }
    assert.deepEqual(await verifier.verify(sign()), ada)
    assert.deepEqual(await verifier.verify(sign({ aud: ["other", "shop"] })), ada)
    const named = await verifier.verify(sign({ given_name: "Augusta", name: "x" }))
    assert.deepEqual([named.firstName, named.lastName], ["Augusta", null])
    const nameless = await verifier.verify(sign({ name: undefined, email_verified: "true" }))
    assert.deepEqual([nameless.firstName, nameless.lastName], [null, null])
  })

  test(`${algorithm}: hostile tokens are refused`, async (t) => {
    const [header, body, signature] = sign().split(".")
    const forged = Buffer.from(JSON.stringify(claims({ sub: "person-2" }))).toString("base64url")
    const tokens = {
      "nothing": "",
      "no text": undefined,
      "no JWT": "garbage",
      "three empty parts": "..",
      "alg none": unsigned({ alg: "none", typ: "JWT" }),
      "alg NONE": unsigned({ alg: "NONE" }),
      "no alg": unsigned({ typ: "JWT" }),
      "a header that is no object": unsigned(7),
      "no signature": `${header}.${body}.`,
      "other claims under the signature": `${header}.${forged}.${signature}`,
      "a fourth part": `${sign()}.x`,
      "a header that must be understood": unsigned({ alg: algorithm, crit: ["b64"] }),
      "another issuer": sign({ iss: "https://evil.example" }),
      "no issuer": sign({ iss: undefined }),
      "another audience": sign({ aud: "other" }),
      "no audience": sign({ aud: undefined }),
      "expired": sign({ exp: now() - 120 }),
      "without an end": sign({ exp: undefined }),
      "not yet valid": sign({ nbf: now() + 120 }),
      "no subject": sign({ sub: undefined }),
      "an empty subject": sign({ sub: " " }),
      "a long subject": sign({ sub: "x".repeat(256) }),
      "no address": sign({ email: undefined }),
      "an address that is none": sign({ email: "ada" }),
      "an address in two lines": sign({ email: "ada@example.com\nx" }),
      "an address that is not verified": sign({ email_verified: false }),
      "an address of which nothing is said": sign({ email_verified: undefined }),
      "an address that is verified maybe": sign({ email_verified: 1 }),
      "more than 8 KiB": sign({ padding: "x".repeat(9000) }),
    }
    const verifier = new Verifier(options[algorithm], published())
    for (const [what, token] of Object.entries(tokens)) {
      await t.test(what, () => assert.rejects(verifier.verify(token), InvalidToken))
    }
  })
}

test("HS256: other secrets and algorithms are refused", async () => {
  const verifier = new Verifier(options.HS256)
  for (const token of [
    jwt.sign(claims(), "another secret"),
    jwt.sign(claims(), SECRET, { algorithm: "HS384" }),
    signers.RS256(),
  ]) {
    await assert.rejects(verifier.verify(token), InvalidToken)
  }
})

test("RS256: no other key than a published one of the provider is taken", async () => {
  const publicKey = rsa.publicKey.export({ type: "spki", format: "pem" })
  const body = unsigned({ alg: "HS256", kid: "rsa-1" }).slice(0, -1)
  const mac = require("node:crypto").createHmac("sha256", publicKey).update(body.replace(/\.$/, "")).digest("base64url")
  const verifier = new Verifier(options.RS256, published())
  const tokens = {
    "the public key as secret": `${body.replace(/\.$/, "")}.${mac}`,
    "a published secret": jwt.sign(claims(), SECRET, { keyid: "oct-1" }),
    "a stranger's key under a known id": signers.RS256({}, "rsa-1", stranger.privateKey),
    "an unknown id": signers.RS256({}, "rsa-2"),
    "an id of every object": signers.RS256({}, "__proto__"),
    "a key that is for encryption": signers.RS256({}, "for-encryption", stranger.privateKey),
    "a short key": signers.RS256({}, "weak", weak.privateKey),
    "the key of another algorithm": signers.ES256(),
  }
  for (const [what, token] of Object.entries(tokens)) {
    await assert.rejects(verifier.verify(token), InvalidToken, what)
  }
})

test("a token that says another algorithm makes us fetch nothing", async () => {
  const seams = published()
  await assert.rejects(new Verifier(options.RS256, seams).verify(signers.HS256()), InvalidToken)
  assert.equal(seams.fetched, 0)
})

test("keys are fetched once, once a minute for unknown ids, and anew after ten minutes", async () => {
  const seams = published()
  const verifier = new Verifier(options.RS256, seams)
  await Promise.all(Array.from({ length: 10 }, () => verifier.verify(signers.RS256())))
  assert.equal(seams.fetched, 1)
  const unknown = () => assert.rejects(verifier.verify(signers.RS256({}, "rsa-2")), InvalidToken)
  await unknown()
  assert.equal(seams.fetched, 1)
  seams.time += 61_000
  await unknown()
  await unknown()
  assert.equal(seams.fetched, 2)
  seams.time += 601_000
  await verifier.verify(signers.RS256())
  assert.equal(seams.fetched, 3)
})

test("without the provider's keys nobody is told to sign in again", async () => {
  const seams = published()
  seams.broken = true
  const verifier = new Verifier(options.RS256, seams)
  await assert.rejects(verifier.verify(signers.RS256()), KeysUnavailable)
  await assert.rejects(verifier.verify(signers.RS256()), KeysUnavailable)
  assert.equal(seams.fetched, 1)
  seams.broken = false
  seams.time += 61_000
  await verifier.verify(signers.RS256())
})

test("a provider that verifies every address need not say so", async () => {
  const verifier = new Verifier({ ...options.HS256, emailVerified: "assumed" })
  await verifier.verify(signers.HS256({ email_verified: undefined }))
  await assert.rejects(verifier.verify(signers.HS256({ email_verified: false })), InvalidToken)
})

test("options with a hole are refused with all that is wrong", () => {
  const refused = (changes, message) => assert.throws(() => new Verifier({ ...options.RS256, ...changes }), message)
  refused({ algorithm: "none" }, /algorithm must be one of HS256, RS256, ES256/)
  refused({ algorithm: "HS256" }, /secret is required for HS256; jwksUrl is not for HS256/)
  refused({ jwksUrl: "http://idp.example/keys" }, /https/)
  refused({ issuer: undefined, audience: "" }, /issuer is required.*audience is required/)
  refused({ emailVerified: true }, /emailVerified/)
  assert.throws(() => new Verifier(undefined), /algorithm/)
})
