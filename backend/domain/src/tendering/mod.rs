//! From the plan to the award.
