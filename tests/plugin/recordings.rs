//! Each recorded request once more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context;
use http::HeaderMap;
use libtest_mimic::Trial;
use serde::Deserialize;
use serde_json::Value;
use tokio::runtime::Runtime;

use crate::server::{Answer, Server, filled};
use crate::shape::differences;

/// The file whose requests build on each other.
const WRITES: &str = "writes";

/// One exchange with the plugin. Names in braces stand for what each shop has in their place.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Recorded {
    name: String,
    method: String,
    path: String,
    caller: Option<String>,
    /// JSON, or the text of a body that is none.
    body: Option<Value>,
    /// Names for parts of the answer, for later requests of the file.
    #[serde(default)]
    keeps: BTreeMap<String, String>,
    status: u16,
    #[serde(rename = "type")]
    content_type: Option<String>,
    /// The JSON, where it matters; of the rows of a list, one of each shape.
    answer: Option<Value>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("recordings/resources-plugin")
}

/// Each exchange as a test; the writes, in their order, as one.
pub(crate) fn trials(server: &Arc<Server>, runtime: &Arc<Runtime>) -> anyhow::Result<Vec<Trial>> {
    let mut trials = Vec::new();
    for entry in std::fs::read_dir(folder())? {
        let path = entry?.path();
        let file = path.file_stem().and_then(|name| name.to_str()).context("a file name")?.to_owned();
        let text = std::fs::read_to_string(&path)?;
        let exchanges: Vec<Recorded> = serde_json::from_str(&text).with_context(|| path.display().to_string())?;
        if file == WRITES {
            let (server, runtime) = (Arc::clone(server), Arc::clone(runtime));
            let name = format!("recorded::{file}");
            trials.push(Trial::test(name, move || Ok(runtime.block_on(replay_writes(&server, &exchanges))?)));
        } else {
            trials.extend(exchanges.into_iter().map(|exchange| {
                let (server, runtime) = (Arc::clone(server), Arc::clone(runtime));
                Trial::test(format!("recorded::{file}::{}", exchange.name), move || {
                    Ok(runtime.block_on(replay(&server, &exchange, &mut server.names(), false))?)
                })
            }));
        }
    }
    Ok(trials)
}

async fn replay_writes(server: &Server, exchanges: &[Recorded]) -> anyhow::Result<()> {
    let mut names = server.names_to_write_with().await?;
    let mut failures = Vec::new();
    for exchange in exchanges {
        if let Err(error) = replay(server, exchange, &mut names, true).await {
            failures.push(format!("{}: {error:#}", exchange.name));
        }
    }
    anyhow::ensure!(failures.is_empty(), "{}", failures.join("\n"));
    Ok(())
}

/// Asks again and compares. What was `counted` there is counted here.
async fn replay(
    server: &Server,
    exchange: &Recorded,
    names: &mut BTreeMap<String, String>,
    counted: bool,
) -> anyhow::Result<()> {
    let body = exchange.body.as_ref().map(|body| body.as_str().map_or_else(|| body.to_string(), str::to_owned));
    let (target, body) = (filled(&exchange.path, names), body.map(|body| filled(&body, names)));
    let answer = server.send(&exchange.method, &target, exchange.caller.as_deref(), body, &HeaderMap::new()).await?;
    for (name, pointer) in &exchange.keeps {
        let value = answer.body.pointer(pointer).and_then(Value::as_str);
        names.insert(name.clone(), value.with_context(|| format!("no {pointer} in {answer:?}"))?.to_owned());
    }
    let mut found = Vec::new();
    if answer.status != exchange.status {
        found.push(format!("status {} recorded, {} here", exchange.status, answer.status));
    }
    if answer.content_type != exchange.content_type {
        found.push(format!("{:?} recorded, {:?} here", exchange.content_type, answer.content_type));
    }
    if let Some(recorded) = &exchange.answer {
        found.extend(compare(recorded, &answer, names, counted)?);
    }
    anyhow::ensure!(found.is_empty(), "{} {target}\n{}", exchange.method, found.join("\n"));
    Ok(())
}

fn compare(
    recorded: &Value,
    answer: &Answer,
    names: &BTreeMap<String, String>,
    counted: bool,
) -> anyhow::Result<Vec<String>> {
    let ours = &answer.body;
    // A message is the same word for word.
    if recorded.get("message").is_some() {
        let recorded: Value = serde_json::from_str(&filled(&recorded.to_string(), names))?;
        let same = recorded == *ours;
        return Ok(if same { Vec::new() } else { vec![format!("{recorded} recorded, {ours} here")] });
    }
    let mut found = differences(recorded, ours);
    let number = |value: &Value, key: &str| value.get(key).and_then(Value::as_f64);
    for key in ["limit", "offset", "count"] {
        let (Some(recorded), ours) = (number(recorded, key), number(ours, key)) else { continue };
        let same = if key == "count" && !counted {
            ours.is_some_and(|ours| (ours == 0.0) == (recorded == 0.0))
        } else {
            ours == Some(recorded)
        };
        if !same {
            found.push(format!("{key} {recorded} recorded, {ours:?} here"));
        }
    }
    Ok(found)
}
