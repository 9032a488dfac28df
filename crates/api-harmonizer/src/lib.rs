//! The host: composes integrations and serves the O2S HTTP API.
