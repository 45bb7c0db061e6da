//! The reference of `make bench`: a bare poem handler on poem's own server that answers fixed bytes.
//!
//! `bare PORT FILE…` serves each file's content at `/0`, `/1`, … as `application/json`. It checks nothing, logs nothing,
//! counts nothing: what any server built on poem costs before it does its work.

use std::{env, fs, io, sync::Arc};

use poem::{EndpointExt, Response, Route, Server, get, handler, listener::TcpListener, web::Data};

#[handler]
fn bytes(Data(body): Data<&Arc<[u8]>>) -> Response {
    Response::builder()
        .content_type("application/json")
        .body(body.to_vec())
}

#[tokio::main]
async fn main() -> io::Result<()> {
    let mut arguments = env::args().skip(1);
    let port = arguments.next().unwrap_or_else(|| "0".to_owned());
    let mut routes = Route::new();
    for (index, file) in arguments.enumerate() {
        let body: Arc<[u8]> = fs::read(file)?.into();
        routes = routes.at(format!("/{index}"), get(bytes).data(body));
    }
    Server::new(TcpListener::bind(format!("127.0.0.1:{port}")))
        .run(routes)
        .await
}
