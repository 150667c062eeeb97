//! What honest providers of one class earn on their hardware and bond, and how far apart they are. All classes together stand
//! in `providers`.

use super::providers::is_honest;
use super::statistics::{deviation, quantile};
use super::{Metric, Subject};
use crate::results::Better;

/// A metric over the returns of a class.
macro_rules! of_class {
    ($name:literal, $class:literal, $better:ident, $doc:expr, $measure:expr) => {
        Metric {
            name: concat!($name, ".", $class),
            unit: "1/y",
            better: Better::$better,
            doc: $doc,
            measure: |subject| ($measure)(returns(subject, $class)),
        }
    };
}

/// The four metrics of all classes, given in the order of the registry.
macro_rules! classes {
    ($($class:literal $name:literal),*) => {
        &[$(
            of_class!("return_median", $class, Higher,
                concat!("Median yearly return on hardware and bond of honest providers in business for 30 days or more, ", $name, "."),
                |of| quantile(of, 0.5)),
            of_class!("return_p05", $class, Higher,
                concat!("The same at the 5th percentile, ", $name, "."),
                |of| quantile(of, 0.05)),
            of_class!("return_p95", $class, Neither,
                concat!("The same at the 95th percentile, ", $name, "."),
                |of| quantile(of, 0.95)),
            of_class!("return_deviation", $class, Lower,
                concat!("Standard deviation of those returns over providers, the root of their variance, ", $name, "."),
                deviation),
        )*]
    };
}

pub(super) const METRICS: &[Metric] = classes!(
    "individual" "individuals",
    "edge" "edge providers",
    "datacentre" "data centres"
);

fn returns<'a>(subject: &Subject<'a>, class: &'static str) -> impl Iterator<Item = f64> + 'a {
    let rows = subject.run.providers.iter();
    let of_class = rows.filter(move |row| row.class == class && is_honest(row));
    of_class.filter_map(|row| row.return_per_year)
}
