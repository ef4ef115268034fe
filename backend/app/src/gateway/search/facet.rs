//! Counting values over all hits, by their ordinals in each segment.

use super::FacetCount;
use std::collections::HashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

/// Counts the values of some fields, all in one pass.
pub(super) struct Counter {
    pub(super) fields: Vec<String>,
}

impl Collector for Counter {
    type Fruit = Vec<Vec<FacetCount>>;
    type Child = SegmentCounter;

    fn for_segment(&self, _: SegmentOrdinal, segment: &SegmentReader) -> tantivy::Result<SegmentCounter> {
        let columns = self.fields.iter().map(|field| segment.fast_fields().str(field)).collect::<tantivy::Result<Vec<_>>>()?;
        let counts = columns.iter().map(|column| vec![0; column.as_ref().map_or(0, |column| column.num_terms())]).collect();
        Ok(SegmentCounter { columns, counts })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<HashMap<String, u64>>>) -> tantivy::Result<Self::Fruit> {
        let mut totals: Vec<HashMap<String, u64>> = vec![HashMap::new(); self.fields.len()];
        for segment in segments {
            for (total, counts) in totals.iter_mut().zip(segment) {
                for (value, count) in counts {
                    *total.entry(value).or_default() += count;
                }
            }
        }
        Ok(totals.into_iter().map(sorted).collect())
    }
}

/// The commonest first, equals by value, so that the order never wavers.
fn sorted(counts: HashMap<String, u64>) -> Vec<FacetCount> {
    let mut counts: Vec<FacetCount> = counts.into_iter().map(|(value, count)| FacetCount { value, count }).collect();
    counts.sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.value.cmp(&right.value)));
    counts
}

/// The counts of one segment.
pub(super) struct SegmentCounter {
    columns: Vec<Option<StrColumn>>,
    counts: Vec<Vec<u64>>,
}

impl SegmentCollector for SegmentCounter {
    type Fruit = Vec<HashMap<String, u64>>;

    fn collect(&mut self, document: DocId, _: Score) {
        for (column, counts) in self.columns.iter().zip(&mut self.counts) {
            for ordinal in column.iter().flat_map(|column| column.term_ords(document)) {
                if let Some(count) = usize::try_from(ordinal).ok().and_then(|ordinal| counts.get_mut(ordinal)) {
                    *count += 1;
                }
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let columns = self.columns.into_iter().zip(self.counts);
        columns
            .map(|(column, counts)| {
                let counted = (0_u64..).zip(counts).filter(|(_, count)| *count > 0);
                let named = counted.filter_map(|(ordinal, count)| {
                    let mut value = String::new();
                    let is_known = column.as_ref()?.ord_to_str(ordinal, &mut value).ok()?;
                    is_known.then_some((value, count))
                });
                named.collect()
            })
            .collect()
    }
}
