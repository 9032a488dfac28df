// Assets, services and product references, with what the assets-and-services plugin keeps of them. Whose they are and of
// which variant lies in link tables (see src/links), as with the plugin: an owner is no column of these tables.
const { model } = require("@medusajs/framework/utils")

const REFERENCE_TYPES = ["SPARE_PART", "ACCESSORY", "REPLACEMENT", "TOOL", "COMPATIBLE_SERVICE"]
const STATUSES = ["ACTIVE", "INACTIVE", "EXPIRED"]
const PAYMENT_TYPES = ["ONE_TIME", "WEEKLY", "MONTHLY", "YEARLY"]

// Ids have no prefix: a bare ULID.
const Asset = model.define("asset", {
  id: model.id().primaryKey(),
  name: model.text().searchable().nullable(),
  thumbnail: model.text().nullable(),
  serial_number: model.text().searchable().unique(),
  end_of_warranty_date: model.dateTime().nullable(),
  totals: model.json().nullable(),
  service_instances: model.manyToMany(() => ServiceInstance, { mappedBy: "assets" }),
})

const ServiceInstance = model.define("service_instance", {
  id: model.id().primaryKey(),
  name: model.text().searchable(),
  start_date: model.dateTime(),
  end_date: model.dateTime().nullable(),
  purchase_date: model.dateTime().nullable(),
  payment_type: model.enum(PAYMENT_TYPES),
  status: model.enum(STATUSES).default("ACTIVE"),
  totals: model.json().nullable(),
  assets: model.manyToMany(() => Asset, { mappedBy: "service_instances", pivotTable: "service_instance_asset" }),
})

const ProductReference = model.define("product_reference", {
  id: model.id().primaryKey(),
  source_product_variant_id: model.text(),
  target_product_variant_id: model.text(),
  metadata: model.json().nullable(),
  reference_type: model.enum(REFERENCE_TYPES),
})

module.exports = { Asset, ServiceInstance, ProductReference }
