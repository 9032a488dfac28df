//! The one HTTP request that the tasks need: is the server there, and does it answer?

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result};

/// Asks a server on this machine for `path` and answers the status; `headers` are `Name: value` lines.
pub(crate) fn status_of(port: u16, path: &str, headers: &[String], patience: Duration) -> Result<u16> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, patience)?;
    stream.set_read_timeout(Some(patience))?;
    stream.set_write_timeout(Some(patience))?;
    let mut request = format!("GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for header in headers {
        request.push_str(header);
        request.push_str("\r\n");
    }
    request.push_str("\r\n");
    stream.write_all(request.as_bytes())?;
    let mut head = [0; 64];
    let mut length = 0;
    while let Some(rest) = head.get_mut(length..).filter(|rest| !rest.is_empty()) {
        match stream.read(rest)? {
            0 => break,
            read => length += read,
        }
    }
    let head = String::from_utf8_lossy(head.get(..length).unwrap_or_default()).into_owned();
    parse_status(&head).with_context(|| format!("{address}{path} does not answer in HTTP"))
}

/// The status of an answer's first line.
fn parse_status(head: &str) -> Option<u16> {
    let mut words = head.lines().next()?.split(' ');
    words.next().filter(|version| version.starts_with("HTTP/1."))?;
    words.next()?.parse().ok()
}

/// A port of this machine that nobody uses at the moment. It is not held: who starts a server on it must be ready to
/// find it taken.
pub(crate) fn free_port() -> Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr().context("no free port on 127.0.0.1")?.port())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use std::thread;

    use super::*;

    #[test]
    fn reads_the_status_line() {
        assert_eq!(parse_status("HTTP/1.1 200 OK\r\nDate: x"), Some(200));
        assert_eq!(parse_status("HTTP/1.0 503\r\n"), Some(503));
        assert_eq!(parse_status("SSH-2.0-OpenSSH"), None);
        assert_eq!(parse_status(""), None);
    }

    #[test]
    fn asks_a_server() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut text = Vec::new();
            let mut byte = [0];
            while !text.ends_with(b"\r\n\r\n") {
                stream.read_exact(&mut byte).unwrap();
                text.extend(byte);
            }
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").unwrap();
            String::from_utf8(text).unwrap()
        });
        let status = status_of(port, "/health", &["X-Key: abc".to_owned()], Duration::from_secs(5)).unwrap();
        assert_eq!(status, 204);
        let request = server.join().unwrap();
        assert!(request.starts_with("GET /health HTTP/1.1\r\n"), "{request}");
        assert!(request.contains("\r\nX-Key: abc\r\n"), "{request}");
    }
}
