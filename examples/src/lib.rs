//! Small programs a user would copy.
