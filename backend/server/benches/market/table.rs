//! The table at the end: what was measured, beside what was aimed at.

/// One line.
pub struct Row {
    pub what: String,
    pub measured: String,
    pub ratio: Option<f64>,
    pub aim: String,
    pub holds: Option<bool>,
}

/// All lines so far.
#[derive(Default)]
pub struct Table(Vec<Row>);

impl Table {
    /// Adds a line and says it.
    pub fn add(&mut self, row: Row) {
        println!("{}: {}", row.what, row.measured);
        self.0.push(row);
    }

    /// The whole, in Markdown.
    pub fn show(&self) {
        println!("\n| what | measured | ratio | aim | |\n| --- | --- | --- | --- | --- |");
        for row in &self.0 {
            let ratio = row.ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default();
            let holds = match row.holds {
                Some(true) => "holds",
                Some(false) => "missed",
                None => "",
            };
            println!("| {} | {} | {ratio} | {} | {holds} |", row.what, row.measured, row.aim);
        }
    }
}
