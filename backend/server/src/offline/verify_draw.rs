//! `zhaocai verify draw`: whether those who were invited to bid are those whom the promised seed draws.

use super::{Failure, coded, read_json};
use domain::ident::{ApplicationId, OrganizationId};
use domain::tendering::draw::{Candidate, commitment, draw};
use serde::Deserialize;
use serde_json::Value;
use std::path::PathBuf;

/// What is checked of a draw.
#[derive(clap::Args)]
pub struct VerifyDraw {
    /// What the API tells of it, as JSON: the answer to `prequalification { commitment draw { seed count applicationNumbers
    /// tickets { supplierNumber applicationNumber isDrawn } } }`.
    #[arg(long)]
    draw: PathBuf,
    /// The fingerprint of the seed that you noted from the notice, in hexadecimal.
    #[arg(long)]
    commitment: Option<String>,
}

#[derive(Deserialize)]
struct Told {
    commitment: String,
    draw: ToldDraw,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldDraw {
    seed: String,
    count: usize,
    application_numbers: Vec<ApplicationId>,
    tickets: Vec<ToldTicket>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ToldTicket {
    supplier_number: OrganizationId,
    application_number: ApplicationId,
    is_drawn: bool,
}

impl VerifyDraw {
    /// Draws again, and says who was drawn.
    ///
    /// # Errors
    /// `COMMITMENT_DOES_NOT_MATCH` when the seed is not the promised one, `DRAW_DOES_NOT_MATCH` when it draws others.
    pub fn run(&self) -> Result<(), Failure> {
        let mut file: Value = read_json(&self.draw)?;
        // The whole answer of the API, or the part that matters.
        let found = file.pointer_mut("/data/prequalification").map(Value::take).unwrap_or(file);
        let told: Told = serde_json::from_value(found).map_err(|error| format!("{}: {error}", self.draw.display()))?;
        let promised = self.commitment.as_deref().unwrap_or(&told.commitment).trim();
        let own = commitment(&told.draw.seed);
        if !own.eq_ignore_ascii_case(promised) {
            return Err(coded("COMMITMENT_DOES_NOT_MATCH", &format!("this seed has the fingerprint {own}")));
        }
        let candidate = |application: &ApplicationId| {
            let ticket = told.draw.tickets.iter().find(|ticket| ticket.application_number == *application)?;
            Some(Candidate { application: *application, supplier: ticket.supplier_number })
        };
        let candidates: Option<Vec<Candidate>> = told.draw.application_numbers.iter().map(candidate).collect();
        let candidates = candidates.filter(|all| all.len() == told.draw.tickets.len());
        let candidates = candidates.ok_or_else(|| coded("DRAW_DOES_NOT_MATCH", &"applications and suppliers are not the same"))?;
        let again = draw(&told.draw.seed, &candidates, told.draw.count);
        let is_same = again.tickets.iter().zip(&told.draw.tickets).all(|(own, told)| {
            own.candidate.supplier == told.supplier_number && own.is_drawn == told.is_drawn
        });
        if !is_same {
            return Err(coded("DRAW_DOES_NOT_MATCH", &"the seed draws others, or in another order"));
        }
        for ticket in again.tickets.iter().filter(|ticket| ticket.is_drawn) {
            println!("drawn: {}", ticket.candidate.supplier);
        }
        Ok(())
    }
}
