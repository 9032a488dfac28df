/** The token does not hold: 401. The message says nothing of why, but for what the customer can mend. */
class InvalidToken extends Error {
  constructor(message = "The token is invalid or has expired: sign in again") {
    super(message)
    this.name = "InvalidToken"
  }
}

/** The identity provider's keys are needed and cannot be had: 503. */
class KeysUnavailable extends Error {
  constructor() {
    super("The identity provider's keys cannot be had at the moment")
    this.name = "KeysUnavailable"
  }
}

module.exports = { InvalidToken, KeysUnavailable }
