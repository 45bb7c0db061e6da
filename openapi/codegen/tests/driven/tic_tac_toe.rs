//! Alternatives in `security`, roles and scopes, driven over HTTP.

use std::sync::Arc;

use openapi_runtime as rt;
use rt::poem::{Endpoint, Response};
use serde_json::json;

use crate::goldens::tic_tac_toe::{
    GameplayApi, GetBoardError, GetBoardOk, GetBoardRequest, GetSquareError, GetSquareOk,
    GetSquareRequest, Mark, MoveMark, PutSquareError, PutSquareOk, PutSquareRequest, Square,
    Status, routes,
};
use crate::host::{Everyone, Refused, Somebody, ask};

fn board(mark: Mark) -> Status {
    Status {
        winner: Mark::ALL[0],
        board: vec![vec![mark; 3]; 3],
    }
}

impl GameplayApi for Everyone {
    async fn get_board(
        &self,
        call: rt::Call<Somebody>,
        _request: GetBoardRequest,
    ) -> Result<GetBoardOk, GetBoardError> {
        assert!(!call.caller().name.is_empty());
        Ok(GetBoardOk::Ok {
            body: board(Mark::X),
        })
    }

    async fn get_square(
        &self,
        call: rt::PublicCall<Somebody>,
        request: GetSquareRequest,
    ) -> Result<GetSquareOk, GetSquareError> {
        let mark = if call.caller().is_some() {
            Mark::X
        } else {
            Mark::O
        };
        Ok(GetSquareOk::Ok {
            body: Square {
                row: request.row,
                column: request.column,
                mark,
            },
        })
    }

    async fn put_square(
        &self,
        _call: rt::Call<Somebody>,
        request: PutSquareRequest,
    ) -> Result<PutSquareOk, PutSquareError> {
        if request.row == 2 && request.column == 2 {
            Err(Refused("SQUARE_TAKEN"))?;
        }
        let mark = match request.body.mark {
            MoveMark::X => Mark::X,
            MoveMark::O => Mark::O,
        };
        Ok(PutSquareOk::Ok { body: board(mark) })
    }
}

fn game() -> impl Endpoint<Output = Response> {
    routes(Arc::new(Everyone))
}

#[tokio::test]
async fn without_a_credential_a_secured_operation_is_closed() {
    let answer = ask(&game(), "GET /board").send().await;
    assert_eq!((answer.status, answer.code()), (401, "NO_TOKEN"));
    assert!(answer.header("www-authenticate").is_some());
}

#[tokio::test]
async fn either_alternative_opens_it() {
    let by_key = ask(&game(), "GET /board")
        .header("x-player-key", "reader-key")
        .send()
        .await;
    assert_eq!(by_key.status, 200, "{by_key:?}");
    assert_eq!(by_key.body["board"][2], json!(["X", "X", "X"]));
    let by_token = ask(&game(), "GET /board")
        .bearer("plain-token")
        .send()
        .await;
    assert_eq!(by_token.status, 200, "{by_token:?}");
}

#[tokio::test]
async fn a_wrong_credential_is_refused_by_its_kind() {
    let key = ask(&game(), "GET /board")
        .header("x-player-key", "stolen")
        .send()
        .await;
    assert_eq!((key.status, key.code()), (401, "INVALID_API_KEY"));
    let token = ask(&game(), "GET /board").bearer("stolen").send().await;
    assert_eq!((token.status, token.code()), (401, "INVALID_TOKEN"));
}

#[tokio::test]
async fn all_scopes_are_needed_and_one_role_is_enough() {
    let mark = json!({"mark": "O"});
    let reader = ask(&game(), "PUT /board/1/1")
        .header("x-player-key", "reader-key")
        .json(&mark)
        .send()
        .await;
    assert_eq!((reader.status, reader.code()), (403, "INSUFFICIENT_SCOPE"));
    let writer = ask(&game(), "PUT /board/1/1")
        .header("x-player-key", "writer-key")
        .json(&mark)
        .send()
        .await;
    assert_eq!(writer.status, 200, "{writer:?}");
    let referee = ask(&game(), "PUT /board/1/1")
        .bearer("admin-token")
        .json(&mark)
        .send()
        .await;
    assert_eq!(referee.status, 200, "{referee:?}");
    let plain = ask(&game(), "PUT /board/1/1")
        .bearer("plain-token")
        .json(&mark)
        .send()
        .await;
    assert_eq!((plain.status, plain.code()), (403, "FORBIDDEN"));
}

#[tokio::test]
async fn an_optional_credential_is_looked_at_when_it_comes() {
    let anonymous = ask(&game(), "GET /board/1/3").send().await;
    assert_eq!(
        anonymous.body,
        json!({"row": 1, "column": 3, "mark": "O"}),
        "{anonymous:?}"
    );
    let known = ask(&game(), "GET /board/1/3")
        .bearer("plain-token")
        .send()
        .await;
    assert_eq!(known.body["mark"], "X");
    let wrong = ask(&game(), "GET /board/1/3").bearer("stolen").send().await;
    assert_eq!((wrong.status, wrong.code()), (401, "INVALID_TOKEN"));
}

#[tokio::test]
async fn path_and_body_violations_come_together() {
    let answer = ask(&game(), "PUT /board/0/x")
        .bearer("admin-token")
        .json(&json!({"mark": "."}))
        .send()
        .await;
    assert_eq!(
        answer.violations(),
        [
            "path row too_small",
            "path column invalid_type",
            "body mark not_in_enum"
        ],
        "{answer:?}"
    );
}

#[tokio::test]
async fn a_rule_refuses_by_its_code() {
    let answer = ask(&game(), "PUT /board/2/2")
        .bearer("admin-token")
        .json(&json!({"mark": "X"}))
        .send()
        .await;
    assert_eq!((answer.status, answer.code()), (409, "SQUARE_TAKEN"));
}
