//! What the runners counted, and their sum.

use anyhow::{Context as _, Result};
use std::fmt;
use std::io::{BufRead as _, BufReader};
use std::ops::AddAssign;
use std::process::{Command, Stdio};

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
}

impl AddAssign for Totals {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
        self.skipped += more.skipped;
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed, {} skipped", self.passed, self.failed, self.skipped)
    }
}

impl Totals {
    /// Something that should have counted and could not.
    pub const FAILURE: Self = Self { passed: 0, failed: 1, skipped: 0 };

    /// What a line counts: the closing line of a Rust test binary (`test result: ok. 3 passed; 0 failed; 1 ignored; …`), that
    /// of our own suites (`3 passed, 0 failed, 1 skipped`), or one of Playwright's closing lines (`3 passed (1.2m)`). Nothing in
    /// any other line.
    fn of_line(line: &str) -> Option<Self> {
        let counts = match line.strip_prefix("test result: ") {
            Some(result) => result.split_once(". ")?.1,
            None => line,
        };
        let is_rust = counts.len() < line.len();
        let mut totals = Self::default();
        for part in counts.split([';', ',']) {
            let words: Vec<&str> = part.split_whitespace().collect();
            let place = match words.as_slice() {
                [_, "passed"] => &mut totals.passed,
                [_, "passed", time] if time.starts_with('(') => &mut totals.passed,
                [_, "failed"] => &mut totals.failed,
                [_, "ignored" | "skipped"] => &mut totals.skipped,
                _ if is_rust => continue,
                _ => return None,
            };
            *place = words[0].parse().ok()?;
        }
        Some(totals)
    }

    /// Runs a runner, shows what it says, and sums its closing lines. One that ends badly without having counted a failure
    /// (it did not build, it was killed) counts as one.
    ///
    /// # Errors
    /// When it does not start.
    pub fn of(runner: &mut Command) -> Result<Self> {
        let name = runner.get_program().to_string_lossy().into_owned();
        let arguments: Vec<_> = runner.get_args().map(|argument| argument.to_string_lossy().into_owned()).collect();
        eprintln!("── {name} {}", arguments.join(" "));
        let mut child = runner.stdout(Stdio::piped()).spawn().with_context(|| format!("{name} does not start"))?;
        let output = child.stdout.take().context("a runner has no output")?;
        let mut totals = Self::default();
        for line in BufReader::new(output).lines() {
            let line = line.with_context(|| format!("{name}'s output breaks off"))?;
            println!("{line}");
            totals += Self::of_line(&line).unwrap_or_default();
        }
        let is_success = child.wait()?.success();
        if !is_success && totals.failed == 0 {
            eprintln!("xtask: {name} ended badly");
            totals += Self::FAILURE;
        }
        Ok(totals)
    }

    /// Whether something ran and nothing failed.
    pub const fn are_good(self) -> bool {
        self.passed > 0 && self.failed == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_lines_are_counted_and_other_lines_are_not() {
        let of = |line| Totals::of_line(line).map(|totals| (totals.passed, totals.failed, totals.skipped));
        let ok = "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        assert_eq!(of(ok), Some((3, 0, 1)));
        assert_eq!(of("test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out"), Some((2, 1, 0)));
        assert_eq!(of("61 passed, 0 failed, 2 skipped"), Some((61, 0, 2)));
        assert_eq!(of("  12 passed (1.2m)"), Some((12, 0, 0)));
        assert_eq!(of("  2 failed"), Some((0, 2, 0)));
        for line in ["running 5 tests", "all passed", "  2 failed in Chinese", "graphql-http: 61 ok, 0 notices", "test a_b ... ok", ""] {
            assert_eq!(of(line), None, "{line}");
        }
    }

    #[test]
    fn a_runner_that_dies_without_a_word_counts_as_a_failure() {
        assert_eq!(Totals::of(Command::new("sh").args(["-c", "exit 3"])).unwrap(), Totals::FAILURE);
        let counted = Totals::of(Command::new("sh").args(["-c", "echo '2 passed, 1 failed, 0 skipped'; exit 1"])).unwrap();
        assert_eq!(counted, Totals { passed: 2, failed: 1, skipped: 0 });
        assert!(!counted.are_good() && !Totals::default().are_good());
    }
}
