//! A complete shop in memory.
