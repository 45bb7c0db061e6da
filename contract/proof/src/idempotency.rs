//! A key makes a repetition harmless: what was done is answered again, and not done again.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, StatusCode};

use crate::{
    answer::{Answer, Content, Refusal, Violation},
    depot::State,
    faults::Fault,
    pipeline::{Request, Server},
};

/// An answer that was given, and to what.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    asked: Bytes,
    answer: Answer,
}

/// Between looking for a key and keeping its answer: where a server without a lock loses the race.
const RACE: Duration = Duration::from_millis(30);

impl Server {
    /// The key of a request, bare. None: the request is to run as often as it comes.
    pub(crate) fn idempotency_key(
        &self,
        takes_key: bool,
        headers: &HeaderMap,
    ) -> Result<Option<String>, Refusal> {
        if !takes_key {
            return Ok(None);
        }
        let Some(value) = headers.get("idempotency-key") else {
            let is_forgiven = self.has(Fault::MissingKeyAccepted);
            return if is_forgiven {
                Ok(None)
            } else {
                Err(Refusal::KeyMissing)
            };
        };
        let bytes = value.as_bytes();
        let is_visible = bytes.iter().all(u8::is_ascii_graphic);
        if bytes.is_empty() || bytes.len() > 255 || !is_visible {
            return Err(Refusal::Invalid(vec![Violation {
                part: "header",
                field: "Idempotency-Key".to_owned(),
                reason: "pattern_mismatch",
            }]));
        }
        let text = String::from_utf8_lossy(bytes);
        let quoted = text
            .strip_prefix('"')
            .and_then(|rest| rest.strip_suffix('"'));
        Ok(Some(quoted.unwrap_or(&text).to_owned()))
    }

    /// Runs a request, or answers what it was answered before. Looking, running and keeping happen under one lock.
    pub(crate) async fn once(
        &self,
        request: &Request<'_>,
        key: Option<String>,
        run: impl FnOnce(&mut State) -> Answer,
    ) -> Answer {
        let Some(key) = key else {
            return run(&mut self.state());
        };
        let caller = request.caller.map_or("", |caller| caller.name);
        let scope = if self.has(Fault::KeySharedByCallers) {
            ""
        } else {
            caller
        };
        let place = (scope.to_owned(), key);
        if self.has(Fault::ConcurrentRepeatsRun) && !self.state().answers.contains_key(&place) {
            tokio::time::sleep(RACE).await;
            let answer = self.keep(request, run(&mut self.state()));
            let stored = Stored {
                asked: request.fingerprint(),
                answer: answer.clone(),
            };
            self.state().answers.insert(place, stored);
            return answer;
        }
        let mut state = self.state();
        if let Some(stored) = state
            .answers
            .get(&place)
            .filter(|_| !self.has(Fault::RepeatRunsAgain))
        {
            if stored.asked != request.fingerprint() && !self.has(Fault::ReusedKeyAccepted) {
                return Refusal::KeyReused.into();
            }
            let mut answer = stored.answer.clone();
            if self.has(Fault::ReplayDiffers) {
                answer.status = StatusCode::OK;
            }
            return answer.with(HeaderName::from_static("idempotency-replayed"), "true");
        }
        let answer = self.keep(request, run(&mut state));
        let stored = Stored {
            asked: request.fingerprint(),
            answer: answer.clone(),
        };
        state.answers.insert(place, stored);
        answer
    }

    /// Writes the body now, so that a repetition gets it byte for byte.
    fn keep(&self, request: &Request<'_>, answer: Answer) -> Answer {
        let body = self.body(answer.content, &request.id);
        Answer {
            content: Content::Stored(body),
            ..answer
        }
    }
}
