const assert = require("node:assert/strict")
const test = require("node:test")
const jwt = require("jsonwebtoken")
const { Customers } = require("../src/lib/customers")
const { signIn } = require("../src/lib/middleware")
const { Verifier } = require("../src/lib/verifier")
const { JWT_SECRET, medusa } = require("./medusa")
const { options, published, signers } = require("./provider")

/** Sends a request with these authorization headers, and says what became of it. */
async function send(headers, { algorithm = "HS256", seams = published(), shop = medusa() } = {}) {
  const customers = new Customers({ createAccount: shop.createAccount })
  const verifier = new Verifier(options[algorithm], seams)
  const req = {
    scope: shop.scope,
    headers: headers.length > 0 ? { authorization: headers[0] } : {},
    rawHeaders: headers.flatMap((value) => ["Authorization", value]),
  }
  const answer = { req, status: null, body: null, passed: false, error: undefined, headers: {} }
  const res = {
    status: (status) => ((answer.status = status), res),
    set: (name, value) => ((answer.headers[name] = value), res),
    json: (body) => ((answer.body = body), res),
  }
  await signIn({ verifier: () => verifier, customers })(req, res, (error) => {
    answer.passed = error === undefined
    answer.error = error
  })
  return answer
}

test("a guest passes as a guest", async () => {
  const answer = await send([])
  assert.equal(answer.passed, true)
  assert.equal(answer.req.auth_context, undefined)
})

test("the provider's customer passes as Medusa's", async () => {
  const { passed, req } = await send([`Bearer ${signers.HS256()}`])
  assert.equal(passed, true)
  assert.deepEqual(req.auth_context, {
    actor_id: "cus_1",
    actor_type: "customer",
    auth_identity_id: "authid_1",
    app_metadata: { customer_id: "cus_1" },
    user_metadata: {},
  })
  const claims = jwt.verify(req.headers.authorization.replace("Bearer ", ""), JWT_SECRET)
  assert.equal(claims.actor_id, "cus_1")
  assert.equal(claims.exp - claims.iat, 300)
})

test("Medusa's own tokens are left to Medusa", async () => {
  for (const actor_id of ["cus_9", ""]) {
    const token = jwt.sign({ actor_id, actor_type: "customer", auth_identity_id: "authid_9" }, JWT_SECRET, { expiresIn: 60 })
    const { passed, req } = await send([`Bearer ${token}`])
    assert.equal(passed, true)
    assert.equal(req.headers.authorization, `Bearer ${token}`)
  }
})

test("what is no good token is 401, never a guest", async (t) => {
  const good = signers.HS256()
  const expired = jwt.sign({ actor_id: "cus_9", actor_type: "customer", exp: 1_700_000_000 }, JWT_SECRET)
  const headers = {
    "an empty header": [""],
    "no scheme": [good],
    "no token": ["Bearer "],
    "another scheme": ["Basic YTpi"],
    "two tokens": [`Bearer ${good} ${good}`],
    "two headers": [`Bearer ${good}`, `Bearer ${good}`],
    "a bad one behind a good one": [`Bearer ${good}`, "Bearer garbage"],
    "garbage": ["Bearer garbage"],
    "an expired token of the provider": [`Bearer ${signers.HS256({ exp: 1_700_000_000 })}`],
    "an expired token of Medusa": [`Bearer ${expired}`],
    "an address that is not verified": [`Bearer ${signers.HS256({ email_verified: false })}`],
  }
  for (const [what, values] of Object.entries(headers)) {
    await t.test(what, async () => {
      const shop = medusa()
      const answer = await send(values, { shop })
      assert.deepEqual([answer.status, answer.body?.type, answer.passed], [401, "unauthorized", false])
      assert.equal(answer.req.auth_context, undefined)
      assert.equal(shop.identities.length + shop.customers.length, 0)
    })
  }
})

test("keys that cannot be had are 503", async () => {
  const seams = published()
  seams.broken = true
  const answer = await send([`Bearer ${signers.RS256()}`], { algorithm: "RS256", seams })
  assert.deepEqual([answer.status, answer.headers["retry-after"]], [503, "60"])
})

test("a failure of Medusa is Medusa's to tell", async () => {
  const shop = medusa()
  shop.createAccount = async () => {
    throw new Error("the database is gone")
  }
  const answer = await send([`Bearer ${signers.HS256()}`], { shop })
  assert.equal(answer.error.message, "the database is gone")
  assert.equal(answer.status, null)
})
