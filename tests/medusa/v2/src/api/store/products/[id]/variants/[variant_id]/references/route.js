const { listReferences } = require("../../../../../../../lib/assets-and-services")

exports.GET = listReferences
