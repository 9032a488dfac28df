//! The command line of `harmonizer`.

use std::io::{self, Write as _};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};
use o2s_framework_core::ids::OrderId;

use crate::check::{self, Report};
use crate::composition::{self, Composition};
use crate::config::{Config, Environment};
use crate::{integrations, matrix, openapi, serve, telemetry};

/// How long a customer's token is good unless the user says otherwise.
const CUSTOMER_TTL: Duration = Duration::from_secs(8 * 60 * 60);

/// The same for a claim's.
const CLAIM_TTL: Duration = Duration::from_secs(24 * 60 * 60);

/// One normalised commerce API in front of a shop's backend.
///
/// Without a command it serves. Without any configuration every module is a shop in memory, good for trying.
#[derive(Parser)]
#[command(name = "harmonizer", version, max_term_width = 100, after_help = HELP)]
struct Cli {
    #[arg(long, short, global = true, value_name = "FILE", help = CONFIG_HELP)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

const CONFIG_HELP: &str = "The configuration file [default: $HARMONIZER_CONFIG, else harmonizer.toml if it is there]";

const HELP: &str = "\
Environment (stronger than the file; a .env file in the working directory is read too):
  PORT, API_PREFIX, FRONT_BASE_URLS           where to listen, under which path, for which pages
  DEFAULT_LOCALE, SUPPORTED_LOCALES           the languages of x-locale
  DEFAULT_CURRENCY, SUPPORTED_CURRENCIES      the currencies of x-currency
  DEFAULT_REGION_ID                           the region of requests in the default currency
  MEDUSAJS_BASE_URL, MEDUSAJS_PUBLISHABLE_API_KEY, MEDUSAJS_ADMIN_API_KEY
                                              a Medusa shop; without a file every module comes from it
  MEDUSAJS_API                                v1 for a Medusa 1, else v2
  AUTH_JWT_SECRET                             what tokens of the shop in memory are signed with
  LOG_LEVEL, LOG_FORMAT                       off, error, warn, info, debug, trace; text, json

Examples:
  harmonizer                                  the shop in memory on http://127.0.0.1:3001
  harmonizer --config shop.toml check         is the configuration sound, do the backends answer?
  harmonizer token --customer jane            a token of a demo customer of the shop in memory
  harmonizer token --claim ORDER --customer jane
                                              the token that the shop in memory would mail for the claim of an order";

#[derive(Subcommand)]
enum Command {
    /// Serve the API (the default)
    Serve {
        /// The address to listen on, such as 0.0.0.0:3001
        #[arg(long, value_name = "ADDRESS")]
        bind: Option<SocketAddr>,
    },
    /// Check the configuration and ask the backends: a line for each module, a line for each currency
    ///
    /// Ends with 1 where something is wrong: with the configuration, a backend that is down or refuses a key, a default
    /// region or currency that the shop does not have. Another currency that the shop does not sell in is told only.
    Check,
    /// Show what each integration does with each operation
    Modules {
        /// As a table in Markdown
        #[arg(long)]
        markdown: bool,
    },
    /// Print the description of the API: OpenAPI 3.1 as JSON
    Openapi,
    /// Print a token of a demo customer of the shop in memory
    Token {
        /// The customer: jane, john or lyon
        #[arg(long, default_value = "jane")]
        customer: String,
        /// Print a token to claim this order with instead
        ///
        /// The shop in memory sends no mail, so this stands for the mail to whoever asks for a guest's order (POST
        /// /orders/ORDER/claim). It goes into the body of POST /orders/ORDER/claim/confirm, once, signed in as the
        /// customer. It is no token to sign in with.
        #[arg(long, value_name = "ORDER")]
        claim: Option<OrderId>,
        /// How long the token is good, such as 30m or 8h [default: 8h; with --claim 24h]
        #[arg(long, value_parser = humantime::parse_duration)]
        ttl: Option<Duration>,
    },
    /// Show the configuration in effect and where each value came from; secrets are ***
    Config,
}

/// Runs the program: reads the command line, prints, and says how the process should end.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    match run(cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            // Nobody is left to tell where even this fails.
            let _ = writeln!(io::stderr(), "error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// What the user is told where a command fails.
type Outcome = Result<(), String>;

fn run(cli: Cli) -> Outcome {
    let start = |bind| start(cli.config.as_deref(), bind);
    match cli.command.unwrap_or(Command::Serve { bind: None }) {
        Command::Serve { bind } => {
            let (config, composition) = start(bind)?;
            telemetry::install(config.log);
            runtime()?.block_on(serve::serve(&config, composition))
        }
        Command::Check => {
            let (config, composition) = start(None)?;
            telemetry::install(config.log);
            runtime()?.block_on(check(&config, &composition))
        }
        Command::Modules { markdown: true } => print(&matrix::markdown()),
        Command::Modules { markdown: false } => print(&matrix::text()),
        Command::Openapi => print(&format!("{}\n", openapi::openapi(""))),
        Command::Token { customer, claim, ttl } => {
            let (config, _) = start(None)?;
            let token = match claim {
                Some(order) => integrations::mint_claim(&config, &order, &customer, ttl.unwrap_or(CLAIM_TTL))?,
                None => integrations::mint(&config, &customer, ttl.unwrap_or(CUSTOMER_TTL))?,
            };
            print(&format!("{token}\n"))
        }
        Command::Config => print(&start(None)?.0.shown()),
    }
}

/// The configuration and the shop that it asks for, or everything that stands against either.
fn start(path: Option<&std::path::Path>, bind: Option<SocketAddr>) -> Result<(Config, Composition), String> {
    let environment = Environment::of_process().map_err(|problems| problems.to_string())?;
    let (config, mut problems) = Config::read(path, &environment, bind);
    let composition = composition::compose_into(&config, &mut problems);
    let composition = problems.or(composition).map_err(|problems| problems.to_string())?;
    Ok((config, composition.ok_or("the shop could not be composed")?))
}

fn runtime() -> Result<tokio::runtime::Runtime, String> {
    tokio::runtime::Runtime::new().map_err(|error| format!("the runtime cannot be started: {error}"))
}

async fn check(config: &Config, composition: &Composition) -> Outcome {
    let Report { text, problems } = check::check(config, composition).await;
    print(&text)?;
    if problems.is_empty() { Ok(()) } else { Err(problems.join("\n  ")) }
}

/// Prints to standard output. A reader that has heard enough, such as `head`, is no error.
pub(crate) fn print(text: &str) -> Outcome {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(format!("cannot print: {error}")),
        _ => Ok(()),
    }
}
