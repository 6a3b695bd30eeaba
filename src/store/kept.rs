//! What reviewers decided and corrected, kept in the store as entries of a file of decisions.

use rusqlite::TransactionBehavior;

use super::{Store, failed};
use crate::decision::{self, Correction, Decision, Kept};
use crate::error::Error;

impl Store {
    /// All entries, as the text of a file of decisions.
    pub fn decisions(&self) -> Result<String, Error> {
        let entries = || {
            let mut entries = self.connection.prepare("SELECT entry FROM decisions ORDER BY id")?;
            entries.query_map((), |row| row.get(0))?.collect::<Result<Vec<String>, _>>()
        };
        entries().map(|entries| entries.join("\n")).map_err(|error| failed(&self.path, error))
    }

    /// Keeps the entries of such a text in place of those that are there. Comments between them are not kept.
    pub fn decide(&mut self, text: &str) -> Result<(), Error> {
        let path = self.path.clone();
        let Kept { decisions, corrections } = decision::read(&path, text)?;
        let mut rows = Vec::new();
        for decision in &decisions {
            let Decision { finding, verdict, question, why, by, on, at, .. } = decision;
            let entry = alone(&decision::add(&path, "", decision)?);
            rows.push((at.line, (finding, verdict.as_str(), question, why, by, on.map(|day| day.to_string()), entry)));
        }
        for correction in &corrections {
            let Correction { claim, ground, why, by, on, at, .. } = correction;
            let entry = alone(&decision::add_correction(&path, "", correction)?);
            rows.push((at.line, (claim, "corrected", &ground.quote, why, by, on.map(|day| day.to_string()), entry)));
        }
        rows.sort_by_key(|(line, _)| *line);
        let mut write = || {
            let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            transaction.execute("DELETE FROM decisions", ())?;
            let mut insert = transaction.prepare(
                "INSERT INTO decisions (about, verdict, what, why, \"by\", \"on\", entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?;
            rows.iter().try_for_each(|(_, row)| insert.execute(row.clone()).map(drop))?;
            drop(insert);
            transaction.commit()
        };
        write().map_err(|error| failed(&path, error))
    }
}

/// The one entry of a file, without what stands above it.
fn alone(file: &str) -> String {
    file.find("[[").and_then(|start| file.get(start..)).unwrap_or_default().to_owned()
}
