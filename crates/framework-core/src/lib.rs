//! The normalised commerce contract: traits, models, requests, operations, errors.
