const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")

/** The name under which subjects are kept among Medusa's logins. */
const PROVIDER = "sso"
/** How long a subject's customer is remembered: one that was deleted is taken for no longer. */
const REMEMBERED_MS = 60_000
const MOST_REMEMBERED = 10_000
/** How often we look again where another process makes the same account at the same time. */
const ROUNDS = 3
/** How long we wait for another process that makes an account of the same address, in seconds. */
const LOCK_SECONDS = 10

/** Maps people to customers with accounts: by subject, else by the verified address, else a new one. */
class Customers {
  constructor({ createAccount = createAccountInMedusa, now = Date.now } = {}) {
    this.createAccount = createAccount
    this.now = now
    this.known = new Map()
    this.running = new Map()
  }

  /** The person's `{ customerId, authIdentityId }`. However many ask at once, one account is made. */
  async of(scope, person) {
    const known = this.known.get(person.subject)
    if (known && this.now() < known.until) return known.account
    this.known.delete(person.subject)
    let running = this.running.get(person.subject)
    if (!running) {
      running = this.find(scope, person).finally(() => this.running.delete(person.subject))
      this.running.set(person.subject, running)
    }
    return running
  }

  async find(scope, person) {
    const locking = scope.resolve(Modules.LOCKING)
    let failure
    for (let round = 0; round < ROUNDS; round += 1) {
      try {
        const account = await locking.execute(`sso:${person.email}`, () => this.findOrMake(scope, person), {
          timeout: LOCK_SECONDS,
        })
        if (this.known.size >= MOST_REMEMBERED) this.known.delete(this.known.keys().next().value)
        this.known.set(person.subject, { account, until: this.now() + REMEMBERED_MS })
        return account
      } catch (error) {
        // Without a lock that all processes share, the database's unique keys decide who was first.
        failure = error
      }
    }
    throw failure
  }

  async findOrMake(scope, person) {
    const auth = scope.resolve(Modules.AUTH)
    const customers = scope.resolve(Modules.CUSTOMER)
    const identity = (await findIdentity(scope, person.subject)) ?? (await makeIdentity(auth, person))
    const linked = identity.app_metadata?.customer_id
    if (linked) {
      const [customer] = await customers.listCustomers({ id: linked, has_account: true }, { take: 1 })
      if (customer) return { customerId: customer.id, authIdentityId: identity.id }
      // The customer was deleted past Medusa's own workflow, which would have cut the link.
      await link(auth, identity, undefined)
    }
    const earlier = await findAccount(customers, person.email)
    if (earlier) {
      // Anybody can have made it, with an address that is not theirs: from now on it is the person's alone.
      await removeOtherLogins(scope, auth, earlier.id)
      await link(auth, identity, earlier.id)
      return { customerId: earlier.id, authIdentityId: identity.id }
    }
    const made = await this.createAccount(scope, {
      authIdentityId: identity.id,
      customerData: { email: person.email, first_name: person.firstName, last_name: person.lastName },
    })
    return { customerId: made.id, authIdentityId: identity.id }
  }
}

async function findIdentity(scope, subject) {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "provider_identity",
    fields: ["id", "auth_identity.id", "auth_identity.app_metadata"],
    filters: { provider: PROVIDER, entity_id: subject },
  })
  return data[0]?.auth_identity ?? null
}

/** The account under an address, however it is spelled: Medusa keeps addresses as they were typed. */
async function findAccount(customers, email) {
  const like = email.replace(/[\\%_]/g, "\\$&")
  const found = await customers.listCustomers({ email: { $ilike: like }, has_account: true }, { take: 100 })
  const same = found.filter((customer) => customer.email.toLowerCase() === email)
  return same.find((customer) => customer.email === email) ?? same[0]
}

/** Logins with passwords and the like. Those of a provider's subjects stay: the provider has verified the address. */
async function removeOtherLogins(scope, auth, customerId) {
  const { data } = await scope.resolve(ContainerRegistrationKeys.QUERY).graph({
    entity: "auth_identity",
    fields: ["id", "provider_identities.provider"],
    filters: { app_metadata: { customer_id: customerId } },
  })
  const others = data.filter(({ provider_identities }) => !provider_identities.some(({ provider }) => provider === PROVIDER))
  if (others.length > 0) await auth.deleteAuthIdentities(others.map(({ id }) => id))
}

function makeIdentity(auth, person) {
  return auth.createAuthIdentities({
    provider_identities: [{ provider: PROVIDER, entity_id: person.subject, user_metadata: { email: person.email } }],
  })
}

function link(auth, identity, customerId) {
  const { customer_id: _, ...rest } = identity.app_metadata ?? {}
  const app_metadata = customerId ? { ...rest, customer_id: customerId } : rest
  return auth.updateAuthIdentities({ id: identity.id, app_metadata })
}

/** A real account. A customer without one owns nothing: carts of guests are open to whoever knows their ids. */
async function createAccountInMedusa(scope, input) {
  const { createCustomerAccountWorkflow } = require("@medusajs/medusa/core-flows")
  const { result } = await createCustomerAccountWorkflow(scope).run({ input })
  return result
}

module.exports = { Customers, PROVIDER }
