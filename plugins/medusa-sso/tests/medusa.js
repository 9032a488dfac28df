// As much of Medusa as the plugin uses, with the unique keys of its database.
const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")

const JWT_SECRET = "what Medusa signs with"

/** A Medusa in memory. `locks: false` is that of several processes without a lock that they share. */
function medusa({ locks = true } = {}) {
  const identities = []
  const customers = []
  const tick = () => new Promise((done) => setImmediate(done))
  const queues = new Map()

  const auth = {
    createAuthIdentities: async ({ provider_identities: [{ entity_id }] }) => {
      await tick()
      if (identities.some((known) => known.entity_id === entity_id)) throw new Error("duplicate provider identity")
      const identity = { id: `authid_${identities.length + 1}`, provider: "sso", entity_id, app_metadata: null }
      identities.push(identity)
      return { ...identity }
    },
    updateAuthIdentities: async ({ id, app_metadata }) => {
      identities.find((known) => known.id === id).app_metadata = app_metadata
    },
  }
  auth.deleteAuthIdentities = async (ids) => {
    for (const id of ids) identities.splice(identities.findIndex((known) => known.id === id), 1)
  }
  const query = {
    graph: async ({ entity, filters }) => {
      await tick()
      if (entity === "auth_identity") {
        const found = identities.filter((known) => known.app_metadata?.customer_id === filters.app_metadata.customer_id)
        return { data: found.map(({ id, provider }) => ({ id, provider_identities: [{ provider }] })) }
      }
      const found = identities.filter((known) => known.entity_id === filters.entity_id)
      return { data: found.map((identity) => ({ auth_identity: { ...identity } })) }
    },
  }
  const customer = {
    listCustomers: async ({ id, email, has_account }) => {
      await tick()
      const like = email && new RegExp(`^${email.$ilike.replace(/[.+]/g, "\\$&").replace(/(?<!\\)_/g, ".")}$`, "i")
      const matches = (known) => (id ? known.id === id : like.test(known.email)) && known.has_account === has_account
      return customers.filter(matches)
    },
  }
  const locking = {
    execute: (key, job) => {
      if (!locks) return job()
      const turn = (queues.get(key) ?? Promise.resolve()).catch(() => {}).then(job)
      queues.set(key, turn)
      return turn
    },
  }
  const services = {
    [Modules.AUTH]: auth,
    [Modules.CUSTOMER]: customer,
    [Modules.LOCKING]: locking,
    [ContainerRegistrationKeys.QUERY]: query,
    [ContainerRegistrationKeys.CONFIG_MODULE]: { projectConfig: { http: { jwtSecret: JWT_SECRET } } },
  }
  return {
    identities,
    customers,
    scope: { resolve: (name) => services[name] },
    addCustomer(email, has_account = true) {
      const added = { id: `cus_${customers.length + 1}`, email, has_account }
      customers.push(added)
      return added
    },
    /** Another way to sign in as a customer. */
    addLogin(customer, provider) {
      const id = `authid_${identities.length + 1}`
      identities.push({ id, provider, entity_id: customer.email, app_metadata: { customer_id: customer.id } })
    },
    /** Stands for Medusa's workflow that makes an account. */
    createAccount: async (_scope, { authIdentityId, customerData }) => {
      await tick()
      if (customers.some((known) => known.email === customerData.email && known.has_account)) {
        throw new Error("Customer with this email already has an account")
      }
      const made = { id: `cus_${customers.length + 1}`, ...customerData, has_account: true }
      customers.push(made)
      await tick()
      auth.updateAuthIdentities({ id: authIdentityId, app_metadata: { customer_id: made.id } })
      return made
    },
  }
}

module.exports = { JWT_SECRET, medusa }
