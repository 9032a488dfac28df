//! What each integration does with each operation: the support matrix.

use std::fmt::Write as _;

use o2s_framework_core::support::{Module, Support};

use crate::integrations;

/// A row for each operation, a column for each integration.
struct Matrix {
    names: Vec<&'static str>,
    rows: Vec<Row>,
    notes: Vec<&'static str>,
}

struct Row {
    module: Module,
    operation: &'static str,
    cells: Vec<Cell>,
}

/// A mark, and the number of the note that explains it.
struct Cell {
    mark: &'static str,
    note: Option<usize>,
}

const LEGEND: &str =
    "✓ the backend does it   ◐ done with other means of the backend   – not available, refused with the reason";

impl Matrix {
    fn new() -> Self {
        let (mut names, mut columns) = (Vec::new(), Vec::new());
        for (name, modules) in integrations::samples() {
            names.push(name);
            columns.push(modules.support());
        }
        let mut notes: Vec<&'static str> = Vec::new();
        let mut cell = |support: Support| {
            let (mark, text) = match support {
                Support::Native => ("✓", None),
                Support::Emulated(how) => ("◐", Some(how)),
                Support::Absent(why) => ("–", Some(why)),
            };
            let note = text.map(|text| {
                let known = notes.iter().position(|note| *note == text);
                known.unwrap_or_else(|| {
                    notes.push(text);
                    notes.len().saturating_sub(1)
                })
            });
            Cell { mark, note: note.map(|index| index.saturating_add(1)) }
        };
        let first = columns.first().cloned().unwrap_or_default();
        let rows = first.into_iter().enumerate().map(|(index, (module, operation, _))| Row {
            module,
            operation,
            cells: columns
                .iter()
                .filter_map(|column| column.get(index))
                .map(|(_, _, support)| cell(*support))
                .collect(),
        });
        let rows = rows.collect();
        Self { names, rows, notes }
    }
}

/// As a table in Markdown with footnotes below.
pub(crate) fn markdown() -> String {
    let Matrix { names, rows, notes } = Matrix::new();
    let mut text = format!("| Operation | {} |\n| --- |{}\n", names.join(" | "), " :---: |".repeat(names.len()));
    for Row { module, operation, cells } in rows {
        let cells: Vec<_> = cells
            .iter()
            .map(|cell| match cell.note {
                Some(note) => format!("{} <sup>{note}</sup>", cell.mark),
                None => cell.mark.to_owned(),
            })
            .collect();
        let _ = writeln!(text, "| `{module}.{operation}` | {} |", cells.join(" | "));
    }
    let _ = write!(text, "\n{LEGEND}\n\n");
    for (index, note) in notes.iter().enumerate() {
        let _ = writeln!(text, "{}. {note}", index.saturating_add(1));
    }
    text
}

/// As columns, for a terminal.
pub(crate) fn text() -> String {
    let Matrix { names, rows, notes } = Matrix::new();
    let mut text = format!("{:<38}", "");
    for name in &names {
        let _ = write!(text, "{name:<18}");
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    for Row { module, operation, cells } in rows {
        let _ = write!(text, "{:<38}", format!("{module}.{operation}"));
        for Cell { mark, note } in cells {
            let cell = note.map_or_else(|| mark.to_owned(), |note| format!("{mark} ({note})"));
            let _ = write!(text, "{cell:<18}");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    let _ = writeln!(text, "\n{LEGEND}");
    for (index, note) in notes.iter().enumerate() {
        let _ = writeln!(text, "{:>3}  {note}", format!("({})", index.saturating_add(1)));
    }
    text
}

#[cfg(test)]
#[cfg(all(feature = "mock-integration", feature = "resources-plugin"))]
mod tests {
    use super::*;

    #[test]
    fn every_operation_has_a_row_and_every_mark_its_reason() {
        let Matrix { names, rows, notes } = Matrix::new();
        assert_eq!(names, ["mock", "Medusa 2", "Medusa 2 + plugin", "Medusa 1"]);
        assert_eq!(rows.len(), 56);
        for Row { operation, cells, .. } in &rows {
            assert_eq!(cells.len(), names.len(), "{operation}");
            for Cell { mark, note } in cells {
                assert_eq!(note.is_none(), *mark == "✓", "{operation}");
                assert!(note.is_none_or(|note| note <= notes.len()), "{operation}");
            }
        }
    }

    #[test]
    fn the_table_is_the_same_every_time() {
        assert_eq!(markdown(), markdown());
        assert!(markdown().contains("| `carts.add_item` | ✓ | ✓ |"));
        assert!(text().lines().all(|line| line == line.trim_end()));
    }
}
