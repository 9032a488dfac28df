//! The behaviour suite that every integration passes.
