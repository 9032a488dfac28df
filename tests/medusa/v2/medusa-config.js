const path = require("node:path")
const { defineConfig } = require("@medusajs/framework/utils")

const config = defineConfig({
  projectConfig: {
    databaseUrl: process.env.DATABASE_URL,
    databaseLogging: false,
    databaseDriverOptions: { connection: { ssl: false }, pool: { min: 1, max: 10 } },
    // Plain HTTP on loopback: without this, production mode marks the session cookie Secure.
    cookieOptions: { secure: false, sameSite: "lax" },
    http: {
      storeCors: "http://127.0.0.1:3000",
      adminCors: "http://127.0.0.1:3000",
      authCors: "http://127.0.0.1:3000",
      jwtSecret: process.env.JWT_SECRET,
      cookieSecret: process.env.COOKIE_SECRET,
      jwtExpiresIn: "1d",
    },
  },
  admin: { disable: true },
  modules: [
    { resolve: "./src/modules/assets-and-services" },
    {
      resolve: "@medusajs/medusa/payment",
      options: { providers: [{ resolve: "./src/modules/payment-test", id: "test" }] },
    },
    {
      resolve: "@medusajs/medusa/fulfillment",
      options: {
        providers: [
          // Naming providers replaces the default list, so the manual one is named too.
          { resolve: "@medusajs/medusa/fulfillment-manual", id: "manual" },
          { resolve: "./src/modules/fulfillment-test", id: "test" },
        ],
      },
    },
  ],
})

// defineConfig always adds the draft-order admin plugin; these tests do not need it.
config.plugins = [
  {
    resolve: path.join(__dirname, "plugins/medusa-sso"),
    options: {
      algorithm: "HS256",
      secret: process.env.SSO_SECRET,
      issuer: process.env.SSO_ISSUER,
      audience: process.env.SSO_AUDIENCE,
    },
  },
]

module.exports = config
