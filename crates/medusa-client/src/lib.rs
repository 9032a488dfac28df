//! Medusa's HTTP APIs as typed values.
