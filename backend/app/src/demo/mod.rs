//! The demonstration's data: invented, believable, bilingual, and the same at every start. In demo mode only.

pub mod organizations;
pub mod tenders;
