// Puts the sources where Medusa looks for those of a plugin. There is nothing to compile.
const fs = require("node:fs")
const path = require("node:path")

const plugin = path.join(__dirname, "..")
const target = path.join(plugin, ".medusa/server")
fs.rmSync(target, { recursive: true, force: true })
fs.cpSync(path.join(plugin, "src"), path.join(target, "src"), { recursive: true })
