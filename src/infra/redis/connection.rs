//! Connections to the three kinds of Redis: one server, a master that sentinels watch, a cluster.

use std::{fmt, time::Duration};

use redis::{
    Client, Cmd, ConnectionAddr, ConnectionInfo, IntoConnectionInfo, Pipeline, RedisConnectionInfo,
    RedisFuture, RedisResult, Value,
    aio::{ConnectionLike, ConnectionManager, ConnectionManagerConfig, PubSub},
    cluster::{ClusterClient, ClusterClientBuilder},
    cluster_async::ClusterConnection,
    sentinel::{SentinelClient, SentinelClientBuilder, SentinelServerType},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Mutex;

use super::{CONNECT_TIMEOUT, RedisError};
use crate::config::{RedisAddress, RedisNode};

/// Commands that wait to be sent; the library's 50 are few for a server.
const PIPELINE_BUFFER: usize = 1_024;

/// Makes connections.
pub(super) enum Connector {
    /// To one server.
    Single(Client, ConnectionManagerConfig),
    /// To the master that the sentinels name at that moment.
    Sentinel(Mutex<SentinelClient>, ConnectionManagerConfig),
    /// To a cluster; to receive messages, one node is enough, because each gets those of all.
    Cluster {
        client: Box<ClusterClient>,
        nodes: Vec<Client>,
    },
}

/// A connection that many calls share. Cheap to clone.
#[derive(Clone)]
pub(super) enum Connection {
    /// To one server.
    Single(ConnectionManager),
    /// To a cluster.
    Cluster(ClusterConnection),
}

impl Connector {
    pub(super) fn new(address: &RedisAddress, patience: Duration) -> RedisResult<Self> {
        let manager = ConnectionManagerConfig::new()
            // The probe is who tries again.
            .set_number_of_retries(0)
            .set_connection_timeout(Some(CONNECT_TIMEOUT))
            .set_response_timeout(Some(patience))
            .set_pipeline_buffer_size(PIPELINE_BUFFER);
        match address {
            RedisAddress::Single { url } => {
                Ok(Self::Single(Client::open(url.expose_secret())?, manager))
            }
            RedisAddress::Sentinel {
                nodes,
                service,
                credentials,
            } => {
                let sentinels = nodes.iter().map(RedisNode::address);
                let mut builder =
                    SentinelClientBuilder::new(sentinels, service, SentinelServerType::Master)?;
                if let Some((user, password)) = credentials {
                    builder = builder
                        .set_client_to_redis_username(user)
                        .set_client_to_redis_password(password.expose_secret());
                }
                Ok(Self::Sentinel(Mutex::new(builder.build()?), manager))
            }
            RedisAddress::Cluster { nodes, credentials } => {
                cluster(nodes, credentials.as_ref(), patience)
            }
        }
    }

    /// Makes a connection that reconnects by itself after a short break.
    pub(super) async fn connect(&self) -> Result<Connection, RedisError> {
        match self {
            Self::Single(client, config) => {
                let manager =
                    ConnectionManager::new_with_config(client.clone(), config.clone()).await?;
                Ok(Connection::Single(manager))
            }
            Self::Sentinel(sentinel, config) => {
                let master = sentinel.lock().await.async_get_client().await?;
                let manager = ConnectionManager::new_with_config(master, config.clone()).await?;
                Ok(Connection::Single(manager))
            }
            Self::Cluster { client, .. } => {
                Ok(Connection::Cluster(client.get_async_connection().await?))
            }
        }
    }

    /// Makes a connection for messages.
    pub(super) async fn receiver(&self) -> Result<PubSub, RedisError> {
        match self {
            Self::Single(client, _) => Ok(client.get_async_pubsub().await?),
            Self::Sentinel(sentinel, _) => {
                let master = sentinel.lock().await.async_get_client().await?;
                Ok(master.get_async_pubsub().await?)
            }
            Self::Cluster { nodes, .. } => {
                let mut last = RedisError::CircuitOpen;
                for node in nodes {
                    match node.get_async_pubsub().await {
                        Ok(receiver) => return Ok(receiver),
                        Err(error) => last = error.into(),
                    }
                }
                Err(last)
            }
        }
    }
}

fn cluster(
    nodes: &[RedisNode],
    credentials: Option<&(String, SecretString)>,
    patience: Duration,
) -> RedisResult<Connector> {
    let nodes = nodes
        .iter()
        .map(|node| node.with(credentials))
        .collect::<RedisResult<Vec<ConnectionInfo>>>()?;
    let client = ClusterClientBuilder::new(nodes.clone())
        .connection_timeout(CONNECT_TIMEOUT)
        .response_timeout(patience)
        // Enough to follow a slot that moved; a node that is gone is the circuit's matter.
        .retries(2)
        .min_retry_wait(1)
        .build()?;
    Ok(Connector::Cluster {
        client: Box::new(client),
        nodes: nodes
            .into_iter()
            .map(Client::open)
            .collect::<RedisResult<_>>()?,
    })
}

impl RedisNode {
    fn address(&self) -> ConnectionAddr {
        ConnectionAddr::Tcp(self.host.clone(), self.port)
    }

    fn with(&self, credentials: Option<&(String, SecretString)>) -> RedisResult<ConnectionInfo> {
        let mut login = RedisConnectionInfo::default();
        if let Some((user, password)) = credentials {
            login = login
                .set_username(user)
                .set_password(password.expose_secret());
        }
        let info = self.address().into_connection_info()?;
        Ok(info.set_redis_settings(login))
    }
}

/// Addresses may hold passwords, so the kind must do.
impl fmt::Debug for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Single(..) => "Single(…)",
            Self::Sentinel(..) => "Sentinel(…)",
            Self::Cluster { .. } => "Cluster(…)",
        })
    }
}

impl fmt::Debug for Connection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Single(_) => "Single(…)",
            Self::Cluster(_) => "Cluster(…)",
        })
    }
}

impl ConnectionLike for Connection {
    fn req_packed_command<'a>(&'a mut self, command: &'a Cmd) -> RedisFuture<'a, Value> {
        match self {
            Self::Single(connection) => connection.req_packed_command(command),
            Self::Cluster(connection) => connection.req_packed_command(command),
        }
    }

    fn req_packed_commands<'a>(
        &'a mut self,
        commands: &'a Pipeline,
        offset: usize,
        count: usize,
    ) -> RedisFuture<'a, Vec<Value>> {
        match self {
            Self::Single(connection) => connection.req_packed_commands(commands, offset, count),
            Self::Cluster(connection) => connection.req_packed_commands(commands, offset, count),
        }
    }

    fn get_db(&self) -> i64 {
        match self {
            Self::Single(connection) => connection.get_db(),
            Self::Cluster(connection) => connection.get_db(),
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::{io::AsyncReadExt as _, net::TcpListener};

    use super::*;

    /// The library panics when several providers of cryptography are linked and none is chosen.
    #[tokio::test]
    async fn an_encrypted_connection_is_attempted() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("rediss://{}", listener.local_addr().unwrap());
        let address = RedisAddress::Single { url: url.into() };
        let connector = Connector::new(&address, Duration::from_secs(1)).unwrap();
        let greeting = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut first = [0; 1];
            stream.read_exact(&mut first).await.unwrap();
            first
        };
        let (greeting, connected) = tokio::join!(greeting, connector.connect());
        assert_eq!(greeting, [22], "a TLS handshake");
        assert!(connected.is_err());
    }
}
