const mailbox = require("../../../../common/mailbox")
const { config, default: subscriber } = require("../../../subscribers/mailbox")

exports.GET = async (req, res) => {
  // Medusa 1 hands events on every three seconds; those that still wait in its table are mailed here.
  const waiting = await req.scope.resolve("stagedJobService").list({ order: { id: "ASC" } })
  for (const { event_name, data } of waiting) if (config.event.includes(event_name)) await subscriber({ data })
  await mailbox.GET(req, res)
}
