// What the assets-and-services routes take in bodies. Queries are not checked at all: what a route does not know, it ignores.
const { defineMiddlewares, validateAndTransformBody } = require("@medusajs/framework/http")
const { z } = require("@medusajs/framework/zod")

const status = z.enum(["ACTIVE", "INACTIVE", "EXPIRED"])
const paymentType = z.enum(["ONE_TIME", "WEEKLY", "MONTHLY", "YEARLY"])
const referenceType = z.enum(["SPARE_PART", "ACCESSORY", "REPLACEMENT", "TOOL", "COMPATIBLE_SERVICE"])
// Only in UTC: an offset is refused.
const date = z.string().datetime()

// A cart's address has more fields; what is not named here is dropped.
const address = z.object({
  address_1: z.string(),
  city: z.string(),
  country_code: z.string(),
  postal_code: z.string(),
  province: z.string(),
  phone: z.string().optional(),
})

const newAsset = z.object({
  name: z.string(),
  product_variant_id: z.string(),
  customer_id: z.string(),
  serial_number: z.string(),
  currency_code: z.string(),
  region_id: z.string(),
  thumbnail: z.string().optional(),
  end_of_warranty_date: date.optional(),
  address,
  totals: z.any().optional(),
})

const assetChange = z.object({
  name: z.string().nullish(),
  serial_number: z.string().optional(),
  thumbnail: z.string().nullish(),
  end_of_warranty_date: date.nullish(),
  totals: z.any().optional(),
})

const newService = z.object({
  name: z.string(),
  payment_type: paymentType,
  customer_id: z.string(),
  product_variant_id: z.string(),
  start_date: date,
  end_date: date.optional(),
  currency_code: z.string(),
  region_id: z.string(),
  assets: z.array(z.string()).optional(),
})

const serviceChange = z.object({
  name: z.string().optional(),
  status: status.optional(),
  payment_type: paymentType.optional(),
  start_date: date.optional(),
  end_date: date.nullish(),
  purchase_date: date.nullish(),
  totals: z.any().optional(),
})

const newReferences = z.object({ referenceType, targetProducts: z.array(z.string()) })
const transfer = z.object({ new_owner_id: z.string() })

const body = (method, matcher, schema) => ({
  method: [method],
  matcher,
  middlewares: [validateAndTransformBody(schema)],
})

exports.default = defineMiddlewares({
  routes: [
    body("POST", "/admin/assets", newAsset),
    body("PATCH", "/admin/assets/:id", assetChange),
    body("POST", "/admin/assets/:id/transfer-ownership", transfer),
    body("POST", "/admin/service-instances", newService),
    body("PATCH", "/admin/service-instances/:id", serviceChange),
    body("POST", "/admin/service-instances/:id/transfer-ownership", transfer),
    body("POST", "/admin/products/:id/variants/:variant_id/references", newReferences),
  ],
})
