//! The data files that a draft names, read into it.

use std::path::PathBuf;

use world::config::{Config, TraceJob};

use super::Fault;
use super::chain::Flat;
use super::document::Entry;
use crate::data::{Parsed, RowFault, Source, gpus, trace, workloads};
use crate::parameters::{Draft, GANGS, nearest};
use crate::results::DataFile;

/// A data file as read: how the effective scenario names it, and its record.
pub type Used = (&'static str, DataFile);

/// Reads all data files into the draft's configuration. Returns the trace and what was read.
pub fn load(draft: &mut Draft, flat: &Flat, faults: &mut Vec<Fault>) -> (Vec<TraceJob>, Vec<Used>) {
    let mut reader = Reader {
        flat,
        faults,
        used: Vec::new(),
    };
    if let Some(catalogue) = reader.read("data.gpus_file", &draft.gpus_file, gpus::parse) {
        reader.fill_gpus(&mut draft.config, &catalogue);
    }
    if let Some(shapes) = reader.read(
        "data.workloads_file",
        &draft.workloads_file,
        workloads::parse,
    ) {
        reader.fill_workloads(draft, &shapes);
    }
    let mut jobs = reader
        .read("jobs.trace_file", &draft.trace_file, trace::parse)
        .unwrap_or_default();
    let read = !jobs.is_empty();
    jobs.retain(|job| job.submit < draft.config.jobs.trace_loop);
    if read && jobs.is_empty() {
        reader.fault(
            "jobs.trace_loop",
            "no job of the trace is submitted before it",
        );
    }
    (jobs, reader.used)
}

struct Reader<'a> {
    flat: &'a Flat,
    faults: &'a mut Vec<Fault>,
    used: Vec<Used>,
}

impl Reader<'_> {
    fn fault(&mut self, path: &str, message: &str) {
        if let Some(entry) = self.flat.entries.get(path) {
            self.faults.push(
                entry
                    .place
                    .fault(message)
                    .at(path)
                    .value(entry.given.as_written()),
            );
        }
    }

    fn read<T>(
        &mut self,
        path: &'static str,
        name: &str,
        parse: fn(&[u8]) -> Parsed<T>,
    ) -> Option<Vec<T>> {
        let entry = self.flat.entries.get(path)?;
        let source = match open(entry, name) {
            Ok(source) => source,
            Err(message) => {
                let told = entry
                    .place
                    .fault(message)
                    .at(path)
                    .value(entry.given.as_written());
                self.faults
                    .push(told.hint("a path starts from the folder of the file that names it"));
                return None;
            }
        };
        match parse(&source.bytes) {
            Ok(rows) => {
                let file = DataFile {
                    file: source.name,
                    digest: source.digest,
                    rows: rows.len() as u64,
                };
                self.used.push((path, file));
                Some(rows)
            }
            Err(faults) => {
                self.faults.extend(
                    faults
                        .into_iter()
                        .map(|fault| row_fault(&source.name, path, fault)),
                );
                None
            }
        }
    }

    fn fill_gpus(&mut self, config: &mut Config, catalogue: &[gpus::Specification]) {
        for kind in &mut config.gpus {
            match catalogue.iter().find(|row| row.name == kind.name) {
                Some(row) => row.fill(kind),
                None => self.fault(
                    "data.gpus_file",
                    &format!("the file has no row {}", kind.name),
                ),
            }
        }
    }

    fn fill_workloads(&mut self, draft: &mut Draft, shapes: &[(String, training::Transformer)]) {
        let names = || shapes.iter().map(|(name, _)| name.as_str());
        for (at, wanted) in draft.gang_workloads.iter().enumerate() {
            let path = format!("jobs.gang.{}.workload", GANGS[at].0);
            match (
                shapes.iter().find(|(name, _)| name == wanted),
                self.flat.entries.get(&path),
            ) {
                (Some((_, shape)), _) => draft.config.jobs.gangs[at].workload = *shape,
                (None, Some(entry)) => {
                    let known = names().collect::<Vec<_>>().join(", ");
                    let fault = entry
                        .place
                        .fault("no such workload")
                        .at(&*path)
                        .value(entry.given.as_written());
                    let fault = fault.legal(Some(known));
                    self.faults.push(match nearest(wanted, names()) {
                        Some(near) => fault.hint(format!("did you mean \"{near}\"?")),
                        None => fault,
                    });
                }
                (None, None) => {}
            }
        }
    }
}

/// Finds the bytes: a file relative to the one that names it; or a built-in's, in a compiled-in text and where no such file
/// exists, so that an effective scenario runs from anywhere.
fn open(entry: &Entry, name: &str) -> Result<Source, String> {
    let path = entry.place.folder.as_ref().map(|folder| folder.join(name));
    let on_disk = path.as_ref().filter(|path| path.exists());
    if let (None, Some(source)) = (on_disk, Source::built_in(name)) {
        return Ok(source);
    }
    let path = path.unwrap_or_else(|| PathBuf::from(name));
    Source::open(&path)
        .map_err(|error| format!("the data file {} cannot be read: {error}", path.display()))
}

fn row_fault(file: &str, path: &str, fault: RowFault) -> Fault {
    let told = Fault::new(file, fault.line, fault.message);
    let row = if fault.row.is_empty() {
        String::new()
    } else {
        format!("; the row is \"{}\"", fault.row)
    };
    told.hint(format!("the file is named by {path}{row}"))
}
