//! The project's own tasks: test, medusa, record, tidy.

fn main() {}
