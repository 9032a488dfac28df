// What the shop would have mailed. A test reads here what its customer would read there; it is gone with the server.
const letters = new Map()

/** Keeps the newest token (or the promise of one) that was mailed about `subject`: an order's id, or an e-mail address. */
exports.post = (subject, token) => letters.set(subject, token)

/** `GET /test/mailbox?order_id=…` or `?email=…`: `{"token": "…"}`. */
exports.GET = async (req, res) => {
  const { order_id, email } = req.query
  const token = await letters.get(order_id ?? email)
  if (token) res.json({ token })
  else res.status(404).json({ message: "no such mail" })
}
