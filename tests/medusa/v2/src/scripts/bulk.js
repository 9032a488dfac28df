// Gives other customers $BULK_ASSETS more assets, to measure what a big shop costs those who own little of it.
const { ContainerRegistrationKeys, Modules } = require("@medusajs/framework/utils")
const { createCustomersWorkflow } = require("@medusajs/medusa/core-flows")
const { query, records } = require("../lib/assets-and-services")
const { ASSETS_AND_SERVICES } = require("../modules/assets-and-services")

const OWNERS = 10
const AT_ONCE = 500

exports.default = async function bulk({ container }) {
  const wanted = Number(process.env.BULK_ASSETS)
  if (!Number.isInteger(wanted) || wanted < 1) throw new Error("BULK_ASSETS says how many assets: a whole number above 0")
  // What was made before stays: the numbers go on.
  const [, before] = await records(container).listAndCountAssets({}, { take: 1 })
  const { data: variants } = await query(container).graph({ entity: "product_variant", fields: ["id"] })
  const { result: owners } = await createCustomersWorkflow(container).run({
    input: { customersData: Array.from({ length: OWNERS }, (_, index) => ({ email: `bulk-${before}-${index}@example.com` })) },
  })

  for (let made = 0; made < wanted; made += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, wanted - made) }, (_, index) => before + made + index)
    const addresses = await container.resolve(Modules.CART).createAddresses(
      numbers.map((number) => ({ address_1: "Lagerweg", address_2: String(number), city: "Bremen", country_code: "de" }))
    )
    const assets = await records(container).createAssets(
      numbers.map((number) => ({
        name: `Bulk ${number}`,
        serial_number: `BULK-${number}`,
        totals: { currency: "eur", total_price: { value: 10 } },
      }))
    )
    await container.resolve(ContainerRegistrationKeys.LINK).create(
      assets.flatMap(({ id }, index) => {
        const end = { [ASSETS_AND_SERVICES]: { asset_id: id } }
        const pick = (rows) => rows[numbers[index] % rows.length].id
        return [
          { ...end, [Modules.CUSTOMER]: { customer_id: pick(owners) } },
          { ...end, [Modules.PRODUCT]: { product_variant_id: pick(variants) } },
          { ...end, [Modules.CART]: { address_id: addresses[index].id } },
        ]
      })
    )
  }
}
