//! The commerce modules over Medusa.
