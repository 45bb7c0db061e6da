//! An operation, as generated code describes it to the runtime.

use std::future::Future;

use crate::{FromCall, Host, Input, Refuse, Reply, Spec};

/// An operation, implemented by its request type for every host that serves its tag.
pub trait Operation<H: Host>: Sized + Send + 'static {
    /// [`crate::Call`] where a caller is known, [`crate::PublicCall`] where not.
    type Call: FromCall<H::Caller>;
    /// The answers below 400.
    type Ok: Reply;
    /// The answers from 400 on.
    type Error: Refuse;

    /// What the document says.
    fn spec() -> &'static Spec;

    /// Takes the request out of the input, noting everything that is wrong with it.
    fn parse(input: &mut Input<'_>) -> Option<Self>;

    /// Hands the request to the host's handler.
    fn run(
        self,
        host: &H,
        call: Self::Call,
    ) -> impl Future<Output = Result<Self::Ok, Self::Error>> + Send;
}
