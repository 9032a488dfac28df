exports.GET = require("../../../../common/mailbox").GET
