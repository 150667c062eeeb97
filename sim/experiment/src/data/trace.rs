//! Traces of jobs: `submit_s,duration_s,num_gpus`, sorted by submission.

use units::Span;
use world::config::TraceJob;

use super::rows::{Parsed, RowFault, number, read};

/// Reads a whole trace; every row is checked, also those that the loop will drop.
pub fn parse(bytes: &[u8]) -> Parsed<TraceJob> {
    let mut latest = 0;
    let jobs = read(
        bytes,
        ["submit_s", "duration_s", "num_gpus"],
        |[submit, duration, gpus]| {
            let submit: u32 = number("submit_s", submit)?;
            let duration: u32 = number("duration_s", duration)?;
            let gpus: u32 = number("num_gpus", gpus)?;
            if submit < latest {
                return Err(format!(
                    "submit_s = {submit} is before the row above ({latest}): sort the trace by submission"
                ));
            }
            if duration == 0 || gpus == 0 {
                return Err("duration_s and num_gpus must be at least 1".to_owned());
            }
            latest = submit;
            Ok(TraceJob {
                submit: Span::from_secs(u64::from(submit)),
                duration: Span::from_secs(u64::from(duration)),
                gpus,
            })
        },
    )?;
    if jobs.is_empty() {
        let message = "the trace has no jobs".to_owned();
        return Err(vec![RowFault {
            line: 1,
            row: String::new(),
            message,
        }]);
    }
    Ok(jobs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_philly_trace_has_all_its_rows_and_gpu_hours() {
        let jobs = parse(crate::data::built_in::data("data/philly_jobs.csv").unwrap()).unwrap();
        assert_eq!(jobs.len(), 82_247);
        let gpu_s: u64 = jobs
            .iter()
            .map(|job| job.duration.as_secs_floor() * u64::from(job.gpus))
            .sum();
        assert_eq!(gpu_s / 3600, 978_078);
    }

    #[test]
    fn malformed_rows_are_all_named_with_their_lines() {
        let faults =
            parse(b"submit_s,duration_s,num_gpus\n5,60,1\n6,sixty,1\n4,60,1\n7,60\n8,0,1\n")
                .unwrap_err();
        let lines: Vec<_> = faults.iter().map(|fault| fault.line).collect();
        assert_eq!(lines, [3, 4, 5, 6]);
        assert!(faults[0].message.contains("sixty"));
    }

    #[test]
    fn a_header_without_a_column_is_refused() {
        let faults = parse(b"submit_s,num_gpus\n5,1\n").unwrap_err();
        assert_eq!(
            (faults[0].line, faults[0].message.as_str()),
            (1, "the header lacks duration_s")
        );
    }

    #[test]
    fn columns_may_stand_in_another_order_beside_others() {
        let jobs = parse(b"num_gpus,user,submit_s,duration_s\n8,x,5,60\n").unwrap();
        assert_eq!((jobs[0].gpus, jobs[0].submit), (8, Span::from_secs(5)));
    }
}
