module.exports = {
  projectConfig: {
    database_type: "postgres",
    database_url: process.env.DATABASE_URL,
    // Medusa 1 locks a row of stock and then waits for itself on another connection when the cart of a customer's swap is
    // completed. With a limit this ends as a 500 and the connection is free again.
    database_extra: { lock_timeout: 5000 },
    jwt_secret: process.env.JWT_SECRET,
    cookie_secret: process.env.COOKIE_SECRET,
    store_cors: "http://127.0.0.1:3000",
    admin_cors: "http://127.0.0.1:3000",
    auth_cors: "http://127.0.0.1:3000",
  },
  modules: {
    eventBus: { resolve: "@medusajs/event-bus-local" },
    cacheService: { resolve: "@medusajs/cache-inmemory" },
  },
  // Off by default: /store/product-categories would be 404.
  featureFlags: { product_categories: true },
  plugins: ["medusa-payment-manual", "medusa-fulfillment-manual"],
}
