use std::path::Path;
use stakesim_experiment::deep::*;
use stakesim_experiment::scenario::Overrides;
struct W;
impl Watch for W { fn begin(&self,_:usize){} fn finished(&self){} fn is_stopped(&self)->bool{false} }
fn show(m:&Moved)->String{ let i=m.interval.map_or(String::new(),|i|format!("{:.4e}..{:.4e}",i.low,i.high)); format!("{} {:?} was {:.4e} by {:+.4e} [{}] n={}",m.metric,m.is_to_rise,m.before,m.difference,i,m.seeds)}
fn main(){
    let a:Vec<String>=std::env::args().collect();
    let mut counts=std::collections::BTreeMap::new();
    for only in &a[2..] {
    let t=std::time::Instant::now();
    let r=probe(Path::new(&a[1]),&Overrides{set:vec![],seed:None},Options{seeds:4,is_full:false,confidence:0.95,only},&W).unwrap();
    for f in &r.findings { 
        let (k,x)=match &f.result { Verdict::Connected(m)=>("ok",show(m)), Verdict::Contrary(m)=>("CONTRARY",show(m)), Verdict::Explained{..}=>("explained",String::new()), Verdict::Unmoved{nearest,note}=>("UNMOVED",format!("{} {:?}",nearest.as_ref().map_or(String::new(),show),note)), Verdict::Dead=>("DEAD",String::new())};
        *counts.entry(k).or_insert(0)+=1;
        let on = if f.set.is_empty() {""} else {"+"};
        println!("{k:9} {} {} -> {} {on} | {x}",f.path,f.from,f.to.as_deref().unwrap_or("-"));
    }
    println!("# {only} {:.1} s", t.elapsed().as_secs_f64());
    }
    println!("{counts:?}");
}
