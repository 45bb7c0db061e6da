//! Pages are as long as asked, and limits out of range are refused.

use super::Law;
use crate::{
    api::Location,
    case::Case,
    laws::{
        listing::Position,
        trial::{Outcome, Trial, fault},
    },
};

impl Law<'_, '_> {
    /// The shortest page is no longer than asked, and lengths that are not allowed are refused.
    pub(super) async fn limits(&self, trial: &mut Trial<'_>, question: &Case) -> Outcome {
        let Some((name, least, most)) = &self.listing.limit else {
            return Ok(());
        };
        let (sheet, _) = self
            .listing
            .sheet(self.world, trial, question, &Position::Start, Some(*least))
            .await?;
        let length = sheet.rows.len();
        if u64::try_from(length).is_ok_and(|length| length > *least) {
            return fault(
                "Limit not kept",
                format!("{} with {name}={least}", self.label()),
                format!("at most {least} rows"),
                format!("{length} rows"),
            );
        }
        let parameter = self.listing.operation.parameter(Location::Query, name);
        let says_least = parameter.is_some_and(|known| known.schema.value.get("minimum").is_some());
        let outside = [
            says_least.then(|| least.checked_sub(1)).flatten(),
            most.and_then(|most| most.checked_add(1)),
        ];
        for limit in outside.into_iter().flatten() {
            let case = self
                .listing
                .ask(self.world, question, &Position::Start, Some(limit));
            let received = trial.send(case, "a limit out of range").await?;
            if !(400..500).contains(&received.status) {
                return fault(
                    "Limit out of range accepted",
                    format!("{} with {name}={limit}", self.label()),
                    "a refusal (4xx)",
                    received.status.to_string(),
                );
            }
        }
        Ok(())
    }
}
