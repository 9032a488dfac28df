// Serves the shop on loopback: `medusa start` would listen on every interface. $PORT says where.
const express = require("express")
const load = require("@medusajs/medusa/dist/loaders").default

/** Answers the container with Medusa's services, and the port. */
exports.start = async (port) => {
  const app = express()
  const { container } = await load({ directory: __dirname, expressApp: app })
  const server = await new Promise((resolve, reject) => {
    const server = app.listen(port, "127.0.0.1", () => resolve(server)).on("error", reject)
  })
  return { container, port: server.address().port }
}

if (require.main === module) exports.start(Number(process.env.PORT))
