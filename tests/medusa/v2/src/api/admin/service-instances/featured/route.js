const { query } = require("../../../../lib/assets-and-services")

/** Every variant of the category's products, drafts too, without product or price; not paged. */
exports.GET = async function (req, res) {
  const { data } = await query(req.scope).graph({
    entity: "product_category",
    fields: ["id", "products.id", "products.variants.*"],
    filters: { handle: "featured-services" },
  })
  const products = data.flatMap((category) => category.products ?? [])
  const featuredServices = products.flatMap((product) => product.variants)
  res.json({ featuredServices, count: featuredServices.length })
}
