//! End-to-end tests, one binary a subject.
