use experiment::{results::*, run::*, scenario::*};
use stakesim_experiment as experiment;
use world::observe::Observer;
use world::rows::*;
#[derive(Default)]
struct C {
    e: Vec<EpochRow>,
    k: Vec<KindRow>,
    p: Vec<ProviderRow>,
    v: Vec<ViolationRow>,
    d: Vec<VerdictRow>,
    post: bool,
    np: usize,
    j: std::collections::BTreeMap<&'static str,[f64;5]>,
}
impl Observer for C {
 fn wants_jobs(&self)->bool{true} fn job(&mut self, r: JobRow){ let e=self.j.entry(r.source).or_default(); e[0]+=1.0; e[1]+=(r.finished_s-r.started_s) as f64/r.ideal_s.max(1) as f64; e[2]+=r.held_gpu_h/(f64::from(r.gpus)*r.ideal_s.max(1) as f64/3600.0); e[3]+=r.wait_s as f64/3600.0; e[4]+=r.interruptions as f64; }
    fn epoch(&mut self, r: EpochRow) {
        self.e.push(r)
    }
    fn kind(&mut self, r: KindRow) {
        self.k.push(r)
    }
    fn provider(&mut self, r: ProviderRow) {
        self.p.push(r)
    }
    fn violation(&mut self, r: ViolationRow) {
        self.v.push(r)
    }
    fn verdict(&mut self, r: VerdictRow) {
        self.d.push(r)
    }
    fn wants_postings(&self) -> bool {
        self.post
    }
    fn posting(&mut self, _: PostingRow) {
        self.np += 1
    }
}
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let file = std::path::PathBuf::from(&a[1]);
    let set = a[2..].iter().filter(|s| s.contains('=')).cloned().collect();
    let sc = Scenario::load(Start::File(&file), &Overrides { set, seed: None })
        .unwrap_or_else(|e| panic!("{e:?}"));
    let mut c = C {
        post: std::env::var("POST").is_ok(),
        ..C::default()
    };
    let t = std::time::Instant::now();
    let end = run(&sc.inputs, sc.seed, Audit::Epoch, &mut c).unwrap();
    let w = t.elapsed().as_secs_f64();
    eprintln!(
        "{end:#?} {w:.2}s {:.2} M ev/s postings {}",
        end.events as f64 / w / 1e6,
        c.np
    );
    eprintln!(
        "{}",
        std::fs::read_to_string("/proc/self/status")
            .unwrap()
            .lines()
            .filter(|l| l.starts_with("VmHWM"))
            .collect::<String>()
    );
    for e in c.e.iter().step_by((c.e.len() / 14).max(1)) {
        println!(
            "{:3} sup {:.2}M mint {:.0}k burn {:.0} stk {:.3} px {:.3} d{:.2} m{:.2} s{:.2} p{:.2} f/e {:.2} prov {}/{}/{} in {} out {} W{} P{} S{} sub {} fin {} ab {} int {} wait {} wm {:.2} good {:.3} held {:.0} fees${:.0} mint${:.0} slashH {}",
            e.epoch,
            e.supply_base_units as f64 / 1e15,
            e.minted_base_units as f64 / 1e12,
            e.burned_base_units as f64 / 1e9,
            e.staked_ratio,
            e.token_price_usd,
            e.factor_demand,
            e.factor_market,
            e.factor_staked,
            e.factor_product,
            e.fee_to_emission,
            e.providers_individual,
            e.providers_edge,
            e.providers_datacentre,
            e.entries,
            e.exits,
            e.warnings,
            e.penalties,
            e.severe,
            e.jobs_submitted,
            e.jobs_finished,
            e.jobs_abandoned,
            e.jobs_interrupted,
            e.jobs_waiting,
            e.wait_mean_h,
            e.goodput,
            e.held_gpu_h,
            e.fees_usd,
            e.minted_usd,
            e.slashed_honest_base_units / 1_000_000_000
        );
    }
    for (k,e) in &c.j { println!("{k} n {} run/ideal {:.2} held/ideal {:.2} wait h {:.2} int {:.2}", e[0], e[1]/e[0],e[2]/e[0],e[3]/e[0],e[4]/e[0]); }
  let nk = sc.inputs.config.gpus.len();
    for k in c.k.iter().skip(c.k.len() / 2 / nk * nk).take(nk) {
        println!(
            "{} up {:.0} util {:.3} mult {:.2} scarc {:.2} df {:.2}",
            k.kind,
            k.up_gpus,
            k.utilisation,
            k.price_multiplier,
            k.factor_scarcity,
            k.demand_factor
        );
    }
    let mut groups: std::collections::BTreeMap<(&str, &str), Vec<&ProviderRow>> =
        Default::default();
    for p in &c.p {
        groups.entry((p.class, p.kind)).or_default().push(p);
    }
    for (g, v) in groups {
        let mut r: Vec<f64> = v.iter().filter_map(|p| p.return_per_year).collect();
        if r.is_empty() {
            continue;
        }
        r.sort_by(f64::total_cmp);
        let n = r.len();
        println!(
            "{g:?} n {n} med {:.3} p5 {:.3} p95 {:.3} lose {:.2} util {:.2} avail {:.3} exits {}",
            r[n / 2],
            r[n / 20],
            r[n * 19 / 20],
            r.iter().filter(|x| **x < 0.0).count() as f64 / n as f64,
            v.iter().map(|p| p.utilisation).sum::<f64>() / v.len() as f64,
            v.iter().map(|p| p.availability).sum::<f64>() / v.len() as f64,
            v.iter().filter(|p| p.exited_epoch.is_some()).count()
        );
    }
    let _: Option<MetricValue> = None;
}
