//! A cost file read into a job. Everything is checked before anything is worked out, and all faults are told at once.

use std::path::Path;

use toml_edit::TableLike;

use super::Job;
use crate::scenario::Faults;
use crate::sweep::{Reader, Section, read};

/// Keys of a cost file.
const KEYS: [&str; 11] = [
    "schema",
    "name",
    "software",
    "workload",
    "training",
    "hardware",
    "islands",
    "local_sgd",
    "parallelism",
    "failures",
    "prices",
];

impl Job {
    /// Reads and checks a cost file.
    ///
    /// # Errors
    /// All faults of the file.
    pub fn load(path: &Path) -> Result<Self, Faults> {
        read(path, "cost", |reader, table| reader.job(table))
    }
}

impl Reader<'_> {
    fn job(&mut self, table: &dyn TableLike) -> Option<Job> {
        let top = &Section {
            table,
            name: "",
            line: 1,
        };
        let mut assumed = Vec::new();
        self.refuse_unknown(top, &KEYS);
        self.schema(top);
        let name = self.name(top);
        let workload = self.workload(top);
        let training = self.training(top);
        let software = self.software(top, &mut assumed);
        let islands = self.hardware(top, software.as_ref(), &mut assumed);
        let local_sgd = self.local_sgd(top, &mut assumed);
        let known = islands.as_deref().unwrap_or(&[]);
        let parallelism = self.parallelism(top, workload.as_ref(), training, known);
        let failures = self.failures(top, &mut assumed);
        let prices = self.prices(top, &mut assumed);
        Some(Job {
            name: name?,
            workload: workload?,
            training: training?,
            islands: islands?,
            local_sgd: local_sgd?,
            parallelism: parallelism?,
            failures: failures?,
            prices: prices?,
            assumed,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cost::testing::{ISLANDS, NODE, examples, load};

    #[test]
    fn every_example_is_read_and_fits() {
        let files = examples();
        assert!(files.len() >= 5, "{files:?}");
        for file in files {
            let job = Job::load(&file).unwrap_or_else(|faults| panic!("{faults}"));
            let answer = job.answer().unwrap();
            assert!(answer.fits && answer.days > 0.0, "{}", file.display());
            assert_eq!(answer.name, file.file_stem().unwrap().to_str().unwrap());
        }
    }

    #[test]
    fn all_faults_are_told_at_once_with_their_lines() {
        let text = NODE
            .replace("a100_sxm_80gb", "a100_smx_80gb")
            .replace("heads = 16", "heads = 15")
            .replace("batch = 24", "batch = 0")
            .replace("gpus = 8\n", "gpus = 8\nfabrik = \"1 Tbit/s\"\n")
            + "link = \"300 GB\"\n[prices]\npue = \"0.5\"\n";
        let faults = load(&text).unwrap_err().0;
        let told: Vec<(&str, usize)> = faults
            .iter()
            .map(|fault| (fault.path.as_str(), fault.line))
            .collect();
        let wanted = [
            ("workload.heads", 9),
            ("training.batch", 14),
            ("hardware.gpu", 18),
            ("hardware.fabrik", 20),
            ("hardware.link", 22),
            ("prices.pue", 24),
        ];
        assert_eq!(told, wanted);
        assert_eq!(
            faults[2].hint.as_deref(),
            Some("did you mean \"a100_sxm_80gb\"?")
        );
        assert_eq!(faults[5].legal.as_deref(), Some("1 to 3"));
    }

    #[test]
    fn an_empty_file_is_told_every_table_that_it_lacks() {
        let faults = load("").unwrap_err().0;
        let paths: Vec<&str> = faults.iter().map(|fault| fault.path.as_str()).collect();
        for path in [
            "schema",
            "name",
            "workload",
            "training",
            "hardware",
            "parallelism",
        ] {
            assert!(paths.contains(&path), "{path}: {paths:?}");
        }
    }

    #[test]
    fn a_layout_that_the_gpus_do_not_make_is_refused() {
        let table = |keys: &str| {
            let text = NODE.replace("parallelism = \"best\"\n", "");
            load(&format!("{text}[parallelism]\n{keys}"))
        };
        let message = |keys: &str| table(keys).unwrap_err().0[0].message.clone();
        assert!(message("tensor = 2\ndata = 2\n").contains("is 4, and there are 8 GPUs"));
        assert!(message("tensor = 3\n").contains("8 GPUs are no multiple"));
        assert!(message("pipeline = 8\n").contains("layers must be a multiple"));
        assert!(message("data = 8\nmicro_batch = 2\n").contains("batch must be"));
        assert!(table("tensor = 2\nmicro_batch = 2\n").is_ok());
    }

    #[test]
    fn islands_need_their_exchange_and_one_fabric_has_none() {
        let lonely =
            load(&ISLANDS.replace("[local_sgd]\ninner_steps = 50\nuneven = \"window\"\n", ""));
        assert_eq!(lonely.unwrap_err().0[0].path, "local_sgd");
        let idle = load(&format!("{NODE}[local_sgd]\ninner_steps = 5\n"));
        assert_eq!(idle.unwrap_err().0[0].message, "only [[islands]] exchange");
    }

    #[test]
    fn what_is_left_out_is_noted_and_what_is_written_is_not() {
        let noted = |text: &str| -> Vec<String> {
            let assumed = load(text).unwrap().assumed;
            assumed.into_iter().map(|it| it.key).collect()
        };
        assert!(noted(NODE).contains(&"hardware.rent".to_owned()));
        let written = format!("{NODE}rent = \"1.5 USD/h\"\n");
        assert!(!noted(&written).contains(&"hardware.rent".to_owned()));
        assert!(noted(ISLANDS).contains(&"islands.rent of rtx_4090".to_owned()));
    }
}
