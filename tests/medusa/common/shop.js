// What both shops have besides their catalogue, and what the tests call it.
const CUSTOMERS = [
  { email: "jane@example.com", password: "Jane-pass-1", first_name: "Jane", last_name: "Doe", phone: "+4930123456" },
  { email: "john@example.com", password: "John-pass-1", first_name: "John", last_name: "Roe", phone: "+4930654321" },
]
const ADMIN = { email: "admin@example.com", password: "Admin-pass-1", first_name: "Ada", last_name: "Min" }
const JANE_ADDRESS = {
  first_name: "Jane",
  last_name: "Doe",
  company: "Doe GmbH",
  address_1: "Unter den Linden",
  address_2: "1",
  city: "Berlin",
  postal_code: "10117",
  province: "BE",
  country_code: "de",
  phone: "+4930123456",
  metadata: { taxId: "DE123456789", apartment: "4" },
}
const EU = ["de", "fr", "pl", "nl", "it", "es"]

/** `parent` names one that stands before it. */
const RETURN_REASONS = [
  { value: "wrong_size", label: "Wrong size", description: "It does not fit" },
  { value: "too_small", label: "Too small", description: "It is too small", parent: "wrong_size" },
  { value: "too_large", label: "Too large", description: "It is too large", parent: "wrong_size" },
  { value: "damaged", label: "Damaged", description: "It arrived damaged" },
]

const PROMO_CODES = { percent10: "SAVE10", fixed5eur: "FIVEOFF", freeShipping: "FREESHIP" }

/** SKUs by the names that tests know them by. */
const VARIANTS = {
  plain: "CLAW-HAMMER-450G",
  other: "WORK-JACKET-S-BLACK",
  threeLeft: "SPIRIT-LEVEL-60CM",
  lastPieces: "TAPE-MEASURE-8M",
  outOfStock: "SPIRIT-LEVEL-100CM",
  backorder: "SAW-BLADE-24",
  service: "EXTENDED-WARRANTY-1-YEAR",
  drill: "CORDLESS-DRILL-18V-2AH",
}

module.exports = { ADMIN, CUSTOMERS, EU, JANE_ADDRESS, PROMO_CODES, RETURN_REASONS, VARIANTS }
