const { defineMiddlewares } = require("@medusajs/framework/http")
const { signIn } = require("../lib/middleware")

module.exports = {
  default: defineMiddlewares({
    routes: [{ matcher: "/store/*", middlewares: [signIn({ verifier: (scope) => scope.resolve("sso").verifier })] }],
  }),
}
