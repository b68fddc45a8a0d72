//! Where and when something was measured: enough to judge the figures, nothing that names a person or a host.

use std::{fmt, fs, thread};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::process::{command, output};

/// More work than this waiting per core, before the run began, and times are of a busy machine.
const BUSY: f64 = 0.5;

#[derive(Debug)]
pub(super) struct Machine {
    cores: usize,
    cpu: String,
    /// Processes that ran or waited to, averaged over the last minute; `None` where the system does not say.
    load: Option<f64>,
    /// Programs whose version the figures depend on, as they name themselves.
    programs: Vec<String>,
    /// Day, UTC, as 2026-11-22.
    pub(super) date: String,
}

impl Machine {
    /// Asks this machine, before the run loads it.
    pub(super) fn observe(programs: Vec<String>) -> Result<Self> {
        let date = output(command("date").args(["-u", "+%Y-%m-%d"])).context("asking for the date")?.trim().to_owned();
        // Not an error where there is no such file: the figures stand without it.
        let cpu = fs::read_to_string("/proc/cpuinfo").ok().and_then(|info| cpu_name(&info));
        let load = fs::read_to_string("/proc/loadavg").ok().and_then(|text| first_number(&text));
        Ok(Self {
            cores: thread::available_parallelism().map_or(1, |n| n.get()),
            cpu: cpu.unwrap_or_else(|| std::env::consts::ARCH.to_owned()),
            load,
            programs,
            date,
        })
    }

    fn is_busy(&self) -> bool {
        self.load.is_some_and(|load| BUSY * self.cores as f64 <= load)
    }

    pub(super) fn to_json(&self) -> Value {
        json!({"cores": self.cores, "cpu": self.cpu, "load": self.load, "programs": self.programs})
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { cores, cpu, programs, date, .. } = self;
        write!(f, "{date}, {cores} cores of {cpu}")?;
        for program in programs {
            write!(f, ", {program}")?;
        }
        match self.load {
            Some(load) if self.is_busy() => write!(f, "; other programs were running (load {load:.1}), so compare ratios, not times"),
            _ => Ok(()),
        }
    }
}

fn cpu_name(info: &str) -> Option<String> {
    let line = info.lines().find(|line| line.starts_with("model name"))?;
    let (_, name) = line.split_once(':')?;
    Some(name.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn first_number(text: &str) -> Option<f64> {
    text.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn machine(load: Option<f64>) -> Machine {
        Machine { cores: 2, cpu: "Some CPU".into(), load, programs: vec!["Chromium 156".into()], date: "2026-11-22".into() }
    }

    #[test]
    fn says_when_others_were_running() {
        assert_eq!(machine(Some(0.2)).to_string(), "2026-11-22, 2 cores of Some CPU, Chromium 156");
        assert_eq!(machine(None).to_string(), machine(Some(0.2)).to_string());
        assert!(machine(Some(1.0)).to_string().contains("load 1.0"));
    }

    #[test]
    fn reads_the_name_of_the_processor() {
        let info = "processor\t: 0\nmodel name\t: AMD  EPYC 9B14\nmodel name\t: another\n";
        assert_eq!(cpu_name(info).as_deref(), Some("AMD EPYC 9B14"));
        assert_eq!(cpu_name("CPU part: 0xd0c"), None);
        assert_eq!(first_number("3.02 3.08 4.89 2/345 9"), Some(3.02));
    }
}
