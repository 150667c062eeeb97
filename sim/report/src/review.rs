//! A run seen by the charts: its tables with time in days, amounts in tokens, kinds and classes in a fixed order.

use experiment::gates::Verdicts;
use experiment::results::RunResult;
use units::Span;
use world::rows::{EpochRow, KindRow, ProviderRow};

use crate::settings::Settings;

/// Classes of providers in the order of tables and legends.
pub const CLASSES: [&str; 3] = ["individual", "edge", "datacentre"];

/// The behaviour of a provider that keeps to the rules.
pub const HONEST: &str = "honest";

/// Points of a line.
pub type Points = Vec<(f64, f64)>;

/// A run and what is derived from its manifest.
#[derive(Clone, Debug)]
pub struct Review<'a> {
    /// The run.
    pub run: &'a RunResult,
    /// What its gates say; empty without gates.
    pub verdicts: &'a Verdicts,
    /// Its effective scenario.
    pub settings: Settings,
    epoch_days: f64,
    token: f64,
}

impl<'a> Review<'a> {
    /// Looks at a run.
    #[must_use]
    pub fn new(run: &'a RunResult, verdicts: &'a Verdicts) -> Self {
        let settings = Settings::new(&run.manifest.scenario);
        let epoch: Option<Span> = settings.quantity("protocol.epoch");
        let epoch_days = epoch.map_or(1.0, |span| {
            span.ns() as f64 / Span::from_days(1).ns() as f64
        });
        let decimals: u32 = settings
            .text("protocol.supply.decimals")
            .and_then(|text| text.parse().ok())
            .unwrap_or(9);
        let token = (0..decimals).fold(1.0, |token, _| token * 10.0);
        Self {
            run,
            verdicts,
            settings,
            epoch_days,
            token,
        }
    }

    /// What the small print of every picture says.
    #[must_use]
    pub fn caption(&self) -> String {
        let manifest = &self.run.manifest;
        format!(
            "{} · seed {} · stakesim {}",
            manifest.name, manifest.seed, manifest.version
        )
    }

    /// Days from the start to the close of an epoch.
    #[must_use]
    pub fn day(&self, epoch: u32) -> f64 {
        f64::from(epoch + 1) * self.epoch_days
    }

    /// Simulated days.
    #[must_use]
    pub fn days(&self) -> f64 {
        self.run
            .epochs
            .last()
            .map_or(1.0, |row| self.day(row.epoch))
    }

    /// Epochs in `days`, at least one.
    #[must_use]
    pub fn epochs_in(&self, days: f64) -> usize {
        ((days / self.epoch_days).round() as usize).max(1)
    }

    /// Base units as tokens.
    #[must_use]
    pub fn tokens(&self, base_units: u64) -> f64 {
        base_units as f64 / self.token
    }

    /// Base units in a whole token.
    #[must_use]
    pub fn token(&self) -> f64 {
        self.token
    }

    /// Whether bonds, delegations and slashes are dollars.
    #[must_use]
    pub fn has_stable_bonds(&self) -> bool {
        self.settings.text("protocol.bond.asset").as_deref() == Some("stable")
    }

    /// What bonds, delegations and slashes are counted in.
    #[must_use]
    pub fn bond_unit(&self) -> &'static str {
        match self.has_stable_bonds() {
            true => "dollars",
            false => "tokens",
        }
    }

    /// So many epochs in days.
    #[must_use]
    pub fn epochs_as_days(&self, epochs: u32) -> f64 {
        f64::from(epochs) * self.epoch_days
    }

    /// One value an epoch, against days.
    #[must_use]
    pub fn series(&self, value: impl Fn(&EpochRow) -> f64) -> Points {
        self.run
            .epochs
            .iter()
            .map(|row| (self.day(row.epoch), value(row)))
            .collect()
    }

    /// One amount an epoch in tokens, against days.
    #[must_use]
    pub fn amounts(&self, amount: impl Fn(&EpochRow) -> u64) -> Points {
        self.series(|row| self.tokens(amount(row)))
    }

    /// Sum of an amount over the run, in tokens.
    #[must_use]
    pub fn total(&self, amount: impl Fn(&EpochRow) -> u64) -> f64 {
        self.tokens(self.run.epochs.iter().map(amount).sum())
    }

    /// The run in equal parts of about 30 days, for bars: first day, last day, epochs.
    #[must_use]
    pub fn months(&self) -> Vec<(f64, f64, &'a [EpochRow])> {
        let epochs = &self.run.epochs;
        let parts = ((self.days() / 30.0).round() as usize).clamp(1, epochs.len().max(1));
        let bounds = (0..=parts).map(|part| part * epochs.len() / parts);
        let bounds: Vec<usize> = bounds.collect();
        let month = |pair: &[usize]| {
            let rows = &epochs[pair[0]..pair[1]];
            (
                pair[0] as f64 * self.epoch_days,
                pair[1] as f64 * self.epoch_days,
                rows,
            )
        };
        bounds.windows(2).map(month).collect()
    }

    /// GPU kinds in the order of the table.
    #[must_use]
    pub fn kinds(&self) -> Vec<&'static str> {
        distinct(self.run.kinds.iter().map(|row| row.kind))
    }

    /// GPU kinds of a group.
    #[must_use]
    pub fn kinds_of(&self, group: &str) -> Vec<&'static str> {
        let rows = self.run.kinds.iter().filter(|row| row.group == group);
        distinct(rows.map(|row| row.kind))
    }

    /// Kind groups in the order of the table.
    #[must_use]
    pub fn groups(&self) -> Vec<&'static str> {
        distinct(self.run.kinds.iter().map(|row| row.group))
    }

    /// One value an epoch for a GPU kind, against days.
    #[must_use]
    pub fn kind_series(&self, kind: &str, value: impl Fn(&KindRow) -> f64) -> Points {
        let rows = self.run.kinds.iter().filter(|row| row.kind == kind);
        rows.map(|row| (self.day(row.epoch), value(row))).collect()
    }

    /// Utilisation of a kind group by epoch: GPU-hours held over GPU-hours up, all its kinds together.
    #[must_use]
    pub fn group_utilisation(&self, group: &str) -> Points {
        let mut points = Points::new();
        let (mut held, mut up) = (0.0, 0.0);
        let mut rows = self
            .run
            .kinds
            .iter()
            .filter(|row| row.group == group)
            .peekable();
        while let Some(row) = rows.next() {
            held += row.utilisation * row.up_gpus;
            up += row.up_gpus;
            if rows.peek().is_none_or(|next| next.epoch != row.epoch) {
                points.push((
                    self.day(row.epoch),
                    if up > 0.0 { held / up } else { f64::NAN },
                ));
                (held, up) = (0.0, 0.0);
            }
        }
        points
    }

    /// Price multiplier of a kind group by epoch: all its kinds share one controller.
    #[must_use]
    pub fn group_multiplier(&self, group: &str) -> Points {
        let first = self
            .run
            .kinds
            .iter()
            .find(|row| row.group == group)
            .map_or("", |row| row.kind);
        self.kind_series(first, |row| row.price_multiplier)
    }

    /// GPUs of a provider times its days in business.
    #[must_use]
    pub fn gpu_days(&self, provider: &ProviderRow) -> f64 {
        let last = provider.exited_epoch.unwrap_or(self.run.manifest.epochs);
        f64::from(provider.gpus)
            * f64::from(last.saturating_sub(provider.entered_epoch))
            * self.epoch_days
    }

    /// Providers that were not planted to cheat.
    pub fn honest(&self) -> impl Iterator<Item = &'a ProviderRow> {
        self.run
            .providers
            .iter()
            .filter(|row| row.behaviour == HONEST)
    }
}

/// The different names, in order of first appearance.
pub fn distinct(names: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut seen = Vec::new();
    for name in names {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen
}

/// The ordinates of points.
pub fn ordinates(points: &[(f64, f64)]) -> impl Iterator<Item = f64> + '_ {
    points.iter().map(|(_, y)| *y)
}
