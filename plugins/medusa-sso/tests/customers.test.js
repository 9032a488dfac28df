const assert = require("node:assert/strict")
const test = require("node:test")
const { Customers } = require("../src/lib/customers")
const { medusa } = require("./medusa")

const ada = { subject: "idp person-1", email: "ada@example.com", firstName: "Ada", lastName: "Lovelace" }

/** A process with nothing remembered. */
const process = (shop, seams) => new Customers({ createAccount: shop.createAccount, ...seams })

test("a newcomer gets a real account", async () => {
  const shop = medusa()
  const account = await process(shop).of(shop.scope, ada)
  assert.deepEqual(account, { customerId: "cus_1", authIdentityId: "authid_1" })
  assert.deepEqual(shop.customers, [
    { id: "cus_1", email: "ada@example.com", first_name: "Ada", last_name: "Lovelace", has_account: true },
  ])
})

test("a subject is found again whatever the address", async () => {
  const shop = medusa()
  await process(shop).of(shop.scope, ada)
  const account = await process(shop).of(shop.scope, { ...ada, email: "ada@married.example" })
  assert.equal(account.customerId, "cus_1")
  assert.equal(shop.customers.length, 1)
})

test("an earlier account is found by its address, and by its subject from then on", async () => {
  const shop = medusa()
  const earlier = shop.addCustomer("ada@example.com")
  assert.equal((await process(shop).of(shop.scope, ada)).customerId, earlier.id)
  const moved = { ...ada, email: "ada@married.example" }
  assert.equal((await process(shop).of(shop.scope, moved)).customerId, earlier.id)
})

test("an account that was made with somebody else's address is its owner's alone from then on", async () => {
  const shop = medusa()
  const account = shop.addCustomer("ada@example.com")
  const other = shop.addCustomer("eve@example.com")
  for (const customer of [account, other]) shop.addLogin(customer, "emailpass")
  shop.addLogin(account, "sso")
  assert.equal((await process(shop).of(shop.scope, ada)).customerId, account.id)
  const left = shop.identities.map(({ provider, app_metadata }) => [provider, app_metadata.customer_id])
  assert.deepEqual(left, [["emailpass", other.id], ["sso", account.id], ["sso", account.id]])
})

test("an address is the same in any case, and the same spelling comes first", async () => {
  const shop = medusa()
  const loud = shop.addCustomer("Ada_L@Example.com")
  shop.addCustomer("adaXl@example.com")
  const person = { ...ada, email: "ada_l@example.com" }
  assert.equal((await process(shop).of(shop.scope, person)).customerId, loud.id)
  const exact = shop.addCustomer("ada_l@example.com")
  const second = { ...person, subject: "idp person-2" }
  assert.equal((await process(shop).of(shop.scope, second)).customerId, exact.id)
})

test("a guest of the same address is not the account", async () => {
  const shop = medusa()
  const guest = shop.addCustomer("ada@example.com", false)
  const account = await process(shop).of(shop.scope, ada)
  assert.notEqual(account.customerId, guest.id)
})

test("the same subject of another provider is somebody else", async () => {
  const shop = medusa()
  const one = await process(shop).of(shop.scope, ada)
  const other = await process(shop).of(shop.scope, { ...ada, subject: "other person-1", email: "eve@example.com" })
  assert.notEqual(one.customerId, other.customerId)
})

for (const locks of [true, false]) {
  test(`one account is made however many ask, ${locks ? "with" : "without"} a lock`, async () => {
    const shop = medusa({ locks })
    const processes = [process(shop), process(shop), process(shop)]
    const asked = Array.from({ length: 30 }, (_, index) => processes[index % 3].of(shop.scope, ada))
    const accounts = await Promise.all(asked)
    assert.equal(new Set(accounts.map((account) => account.customerId)).size, 1)
    assert.equal(shop.customers.length, 1)
    assert.equal(shop.identities.length, 1)
  })
}

test("a customer who was deleted is made anew", async () => {
  const shop = medusa()
  let time = 0
  const customers = process(shop, { now: () => time })
  await customers.of(shop.scope, ada)
  shop.customers[0].has_account = null
  shop.customers[0].id = "gone"
  time += 61_000
  const account = await customers.of(shop.scope, ada)
  assert.equal(account.customerId, "cus_2")
  assert.equal(account.authIdentityId, "authid_1")
})

test("what fails is told, and not remembered", async () => {
  const shop = medusa()
  let broken = true
  const createAccount = async (...input) => {
    if (broken) throw new Error("the database is gone")
    return shop.createAccount(...input)
  }
  const customers = new Customers({ createAccount })
  await assert.rejects(customers.of(shop.scope, ada), /the database is gone/)
  broken = false
  assert.equal((await customers.of(shop.scope, ada)).customerId, "cus_1")
})
