//! The step of the editor in which an officer says what is reserved for smaller enterprises, beside what the law of the day
//! asks of it.

use super::draft_content::{LocalTextInput, TenderContentInput};
use super::draft_form::both_long;
use super::draft_reading::Reading;
use crate::prelude::*;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($variant:ident = $value:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(cynic::Enum, Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum $name { $($variant),* }

        impl $name {
            const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $value)),*];

            /// The posted value, which ends the key of its words.
            fn value(self) -> &'static str {
                Self::ALL.iter().find(|(one, _)| *one == self).map_or("", |(_, value)| value)
            }

            /// What was posted.
            fn posted(value: &str) -> Option<Self> {
                Self::ALL.iter().find(|(_, known)| *known == value).map(|(one, _)| *one)
            }
        }
    };
}
words! {
    /// How something is reserved.
    ReservationMeasure {
        Whole = "whole",
        Lots = "lots",
        Consortium = "consortium",
        Subcontract = "subcontract",
        Unreserved = "unreserved",
        Undecided = "undecided",
    }
}
words! {
    /// For whom.
    ReservedFor { SmallAndMedium = "small-and-medium", MicroAndSmall = "micro-and-small" }
}
words! {
    /// Why nothing is reserved.
    UnreservedGround {
        NotForEnterprises = "not-for-enterprises",
        OnlyOthersCan = "only-others-can",
        CompetitionTooLittle = "competition-too-little",
        Framework = "framework",
        ProvincialCase = "provincial-case",
    }
}

/// What is reserved, as the contract takes it.
#[derive(cynic::InputObject, Clone, Debug)]
pub(super) struct ReservationInput {
    measure: ReservationMeasure,
    reserved_for: Option<ReservedFor>,
    lots: Vec<i32>,
    share_least_percent: Option<i32>,
    ground: Option<UnreservedGround>,
    reason: Option<LocalTextInput>,
}

/// What is reserved, as the contract tells it.
#[derive(cynic::QueryFragment, Clone, Debug)]
pub(super) struct Reservation {
    measure: ReservationMeasure,
    reserved_for: Option<ReservedFor>,
    lots: Vec<i32>,
    share_least_percent: Option<i32>,
    ground: Option<UnreservedGround>,
    reason: Option<Words>,
}

impl From<Reservation> for ReservationInput {
    fn from(kept: Reservation) -> Self {
        Self {
            measure: kept.measure,
            reserved_for: kept.reserved_for,
            lots: kept.lots,
            share_least_percent: kept.share_least_percent,
            ground: kept.ground,
            reason: kept.reason.map(Into::into),
        }
    }
}

/// Whether the officer has said what is reserved.
pub(super) fn is_decided(reservation: &ReservationInput) -> bool {
    reservation.measure != ReservationMeasure::Undecided
}

fn undecided() -> ReservationInput {
    ReservationInput { measure: ReservationMeasure::Undecided, reserved_for: None, lots: Vec::new(), share_least_percent: None, ground: None, reason: None }
}

/// The step's form.
pub(super) fn form(content: &TenderContentInput) -> AnyView {
    let kept = content.reservation.clone().unwrap_or_else(undecided);
    let measures = ReservationMeasure::ALL.iter().map(|(_, value)| Pick::new(*value, say(&format!("reservation-{value}"))).help(say(&format!("reservation-{value}-what"))));
    let groups = ReservedFor::ALL.iter().map(|(_, value)| Pick::new(*value, say(&format!("reserved-for-{value}")))).collect();
    let grounds = UnreservedGround::ALL.iter().map(|(_, value)| Pick::new(*value, say(&format!("unreserved-{value}")))).collect();
    let reserved_for = kept.reserved_for.unwrap_or(ReservedFor::SmallAndMedium).value().to_owned();
    let lots = kept.lots.iter().map(i32::to_string).collect::<Vec<_>>().join(", ");
    let share = kept.share_least_percent.map(|percent| percent.to_string()).unwrap_or_default();
    let ground = kept.ground.map(UnreservedGround::value).unwrap_or_default();
    let reason = kept.reason.clone().unwrap_or_default();
    view! {
        <Choices name="reservation.measure" label=say("reservation-measure") help=say("reservation-measure-help") picks=measures.collect() values=vec![kept.measure.value().to_owned()]/>
        <Choices name="reservation.reservedFor" label=say("reservation-for") picks=groups values=vec![reserved_for]/>
        <Field name="reservation.lots" label=say("reservation-lot-numbers") help=say("reservation-lot-numbers-help") width="short" value=lots optional=true/>
        <Field name="reservation.shareLeastPercent" label=say("reservation-share") help=say("reservation-share-help") kind="number" inputmode="numeric" width="narrow" value=share optional=true/>
        <Select name="reservation.ground" label=say("reservation-ground") picks=grounds value=ground optional=true/>
        {both_long("reservation.reason", "reservation-reason", &reason)}
    }
    .into_any()
}

/// Reads the step. What the chosen measure does not have is left out.
pub(super) fn read(reading: &mut Reading<'_>, content: &mut TenderContentInput) {
    let measure = ReservationMeasure::posted(&reading.text("reservation.measure")).unwrap_or(ReservationMeasure::Undecided);
    let mut read = ReservationInput { measure, ..undecided() };
    if !matches!(measure, ReservationMeasure::Undecided | ReservationMeasure::Unreserved) {
        read.reserved_for = ReservedFor::posted(&reading.text("reservation.reservedFor"));
    }
    match measure {
        ReservationMeasure::Unreserved => {
            read.ground = UnreservedGround::posted(&reading.text("reservation.ground"));
            read.reason = Some(reading.both("reservation.reason"));
        }
        ReservationMeasure::Lots => read.lots = lots(reading),
        ReservationMeasure::Consortium | ReservationMeasure::Subcontract => {
            read.share_least_percent = Some(reading.number("reservation.shareLeastPercent"));
        }
        ReservationMeasure::Whole | ReservationMeasure::Undecided => {}
    }
    content.reservation = Some(read);
}

/// The numbers of lots, whichever comma stands between them.
fn lots(reading: &mut Reading<'_>) -> Vec<i32> {
    let typed = reading.text("reservation.lots");
    let parts = typed.split([',', '，', '、', ' ']).map(str::trim).filter(|part| !part.is_empty());
    let numbers: Option<Vec<i32>> = parts.map(|part| part.parse().ok().filter(|number| *number > 0)).collect();
    numbers.unwrap_or_else(|| {
        reading.refuse("reservation.lots", "reservation-lot-numbers-wrong");
        Vec::new()
    })
}
