// The demo catalogue as Medusa 2 takes it.
const { PRODUCTS } = require("../../common/catalog")

/** The ids of what the products refer to, by names. */
exports.buildProducts = ({ categories, collections, types, tags, salesChannelId, shippingProfileId }) =>
  PRODUCTS.map((product) => ({
    ...product.fields,
    images: product.images.map((url) => ({ url })),
    type_id: types[product.type],
    collection_id: product.collection ? collections[product.collection] : undefined,
    category_ids: [categories[product.category]],
    tag_ids: product.tags.map((name) => tags[name]),
    shipping_profile_id: shippingProfileId,
    sales_channels: [{ id: salesChannelId }],
    options: Object.entries(product.axes).map(([title, values]) => ({ title, values })),
    variants: product.variants.map(({ fields, options, eur, usd }, index) => ({
      ...fields,
      options,
      variant_rank: index,
      prices: [
        { currency_code: "eur", amount: eur },
        { currency_code: "usd", amount: usd },
      ],
    })),
  }))
