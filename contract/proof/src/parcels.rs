//! What is done with parcels.

use std::fmt::Write as _;

use http::{StatusCode, header};
use serde_json::{Map, Value};

use crate::{
    access::Caller,
    answer::{Answer, Content, Refusal},
    depot::{Parcel, State, private_id, public_id},
    faults::Fault,
    machine::Actor,
    pipeline::{Request, Server},
};

impl Server {
    pub(crate) fn list_parcels(
        &self,
        caller: Caller,
        query: &Map<String, Value>,
    ) -> Result<Answer, Refusal> {
        let state = self.state();
        let wanted = |name: &str| query.get(name).and_then(Value::as_str);
        let fits = |id: &&u64| {
            state.parcels.get(*id).is_some_and(|parcel| {
                let reference = parcel.told.get("reference").and_then(Value::as_str);
                wanted("status").is_none_or(|status| status == parcel.status)
                    && wanted("reference").is_none_or(|text| Some(text) == reference)
            })
        };
        let own = state
            .parcels_of
            .get(caller.name)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let ids = own.iter().filter(fits).copied().collect();
        self.page(ids, query, |id| {
            state
                .parcels
                .get(&id)
                .map(|parcel| self.show_parcel(parcel))
        })
    }

    pub(crate) fn register_parcel(&self, caller: Caller, body: &Value) -> Result<Answer, Refusal> {
        let told = body.as_object().cloned().unwrap_or_default();
        let name = body.pointer("/recipient/name").and_then(Value::as_str);
        if self.has(Fault::NulCrashes) && name.is_some_and(|name| name.contains('\0')) {
            return Err(Refusal::Internal);
        }
        let mut state = self.state();
        let id = state.next_id();
        let parcel = state.keep_parcel(id, caller.name, told, &self.timestamp());
        if self.has(Fault::CreatedNotFound) {
            state.drop_parcel(id);
        }
        let created = if self.has(Fault::CreatedAnswers200) {
            StatusCode::OK
        } else {
            StatusCode::CREATED
        };
        let answer = self.parcel(created, &parcel);
        if self.has(Fault::LocationMissing) {
            return Ok(answer);
        }
        Ok(answer.with(header::LOCATION, format!("/v1/parcels/{}", public_id(id))))
    }

    pub(crate) fn read_parcel(
        &self,
        request: &Request<'_>,
        caller: Caller,
        id: &str,
    ) -> Result<Answer, Refusal> {
        let mut state = self.state();
        let found = self.find(&mut state, caller, id, Fault::ForeignParcelRead);
        let parcel = match found {
            Err(_) if self.has(Fault::MissingCrashes) => return Err(Refusal::Internal),
            found => found?,
        };
        let etag = self.etag(parcel);
        if self.is_known(request.headers, &etag) {
            let answer = Answer::of(StatusCode::NOT_MODIFIED, Content::Nothing);
            return Ok(answer.with(header::ETAG, etag));
        }
        Ok(self.parcel(StatusCode::OK, parcel))
    }

    pub(crate) fn change_parcel(
        &self,
        request: &Request<'_>,
        caller: Caller,
        id: &str,
        body: &Value,
    ) -> Result<Answer, Refusal> {
        let mut state = self.state();
        let parcel = self.find(&mut state, caller, id, Fault::ForeignParcelChanged)?;
        let etag = self.etag(parcel);
        self.must_match(request.headers, &etag)?;
        for (name, value) in body.as_object().into_iter().flatten() {
            parcel.told.insert(name.clone(), value.clone());
        }
        parcel.version += 1;
        Ok(self.parcel(StatusCode::OK, parcel))
    }

    pub(crate) fn drop_parcel(&self, caller: Caller, id: &str) -> Result<Answer, Refusal> {
        let mut state = self.state();
        let id = self
            .find(&mut state, caller, id, Fault::ForeignParcelDropped)?
            .id;
        if !self.has(Fault::DeletedStaysThere) {
            state.drop_parcel(id);
        }
        Ok(Answer::of(StatusCode::NO_CONTENT, Content::Nothing))
    }

    pub(crate) fn instruct_parcel(&self, caller: Caller, id: &str) -> Result<Answer, Refusal> {
        let mut state = self.state();
        // The courier reads them; nothing that this API answers depends on them.
        self.find(&mut state, caller, id, Fault::ForeignParcelChanged)?;
        Ok(Answer::of(StatusCode::NO_CONTENT, Content::Nothing))
    }

    pub(crate) fn print_label(&self, caller: Caller, id: &str) -> Result<Answer, Refusal> {
        let mut state = self.state();
        let parcel = self.find(&mut state, caller, id, Fault::ForeignParcelRead)?;
        let recipient = |name: &str| {
            let recipient = parcel.told.get("recipient");
            quoted(
                recipient
                    .and_then(|fields| fields.get(name))
                    .and_then(Value::as_str)
                    .unwrap_or_default(),
            )
        };
        let (name, postcode) = (recipient("name"), recipient("postcode"));
        let label = format!(
            "parcel: {}\nto: {name}\npostcode: {postcode}\n",
            public_id(parcel.id)
        );
        Ok(Answer::of(StatusCode::OK, Content::Yaml(label)))
    }

    /// Owners call back their own parcels only; staff has another way.
    pub(crate) fn cancel_parcel(&self, caller: Caller, id: &str) -> Result<Answer, Refusal> {
        let owner = caller.as_customer();
        let mut state = self.state();
        let parcel = self.find(&mut state, owner, id, Fault::ForeignParcelChanged)?;
        self.step(parcel, "CANCELLED", Actor::OwnerCancel)
    }

    pub(crate) fn move_parcel(
        &self,
        caller: Caller,
        id: &str,
        body: &Value,
    ) -> Result<Answer, Refusal> {
        let to = body
            .get("status")
            .and_then(Value::as_str)
            .unwrap_or_default();
        let mut state = self.state();
        let parcel = self.find(&mut state, caller, id, Fault::ForeignParcelChanged)?;
        self.step(parcel, to, Actor::StaffPatch)
    }

    fn step(&self, parcel: &mut Parcel, to: &str, actor: Actor) -> Result<Answer, Refusal> {
        if !self.may_step(&parcel.status, to, actor) {
            return Err(Refusal::StatusInvalid(self.steps(&parcel.status, actor)));
        }
        if !self.has(Fault::StepWithoutEffect) {
            to.clone_into(&mut parcel.status);
        }
        parcel.version += 1;
        Ok(self.parcel(StatusCode::OK, parcel))
    }

    /// The parcel, when the caller may see it. What is somebody else's is not there.
    fn find<'s>(
        &self,
        state: &'s mut State,
        caller: Caller,
        id: &str,
        leak: Fault,
    ) -> Result<&'s mut Parcel, Refusal> {
        private_id(id)
            .and_then(|id| state.parcels.get_mut(&id))
            .filter(|parcel| caller.sees(parcel.owner) || self.has(leak))
            .ok_or(Refusal::ParcelNotFound)
    }

    fn parcel(&self, status: StatusCode, parcel: &Parcel) -> Answer {
        let answer = Answer::of(status, Content::Data(self.show_parcel(parcel)));
        if self.has(Fault::EtagMissing) {
            return answer;
        }
        answer.with(header::ETAG, self.etag(parcel))
    }
}

/// A text in double quotes of YAML, with an escape for everything that readers may stumble over.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            ' '..='~' => out.push(character),
            // Writing to a string cannot fail.
            other => drop(write!(out, "\\U{:08X}", u32::from(other))),
        }
    }
    out.push('"');
    out
}
