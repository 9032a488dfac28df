//! The program `harmonizer`.

use std::process::ExitCode;

fn main() -> ExitCode {
    o2s_api_harmonizer::cli::main()
}
