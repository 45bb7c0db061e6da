//! A cluster, and a master that a sentinel watches.

use std::time::Duration;

use ::redis::{Client, Cmd, FromRedisValue, cmd};
use serde_json::json;
use waybill::config::{RedisAddress, RedisConfig, RedisNode};

use super::{Pair, Tally, at, is_degraded, is_healthy, on_postgres, per_minute, remaining, within};
use crate::support::{
    Database, Server,
    factories::*,
    services::{PrivateRedis, Stop},
};

on_postgres!(
    instances_share_a_cluster,
    instances_follow_the_sentinel_to_another_master,
);

/// More than one caller may make.
const CALLS: usize = 150;

fn node(server: &PrivateRedis) -> RedisNode {
    RedisNode {
        host: "127.0.0.1".to_owned(),
        port: server.port(),
    }
}

async fn ask<T: FromRedisValue>(server: &PrivateRedis, command: &Cmd) -> T {
    let client = Client::open(server.url()).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    command.query_async(&mut connection).await.unwrap()
}

/// Three masters with a third of the slots each.
async fn cluster() -> Vec<PrivateRedis> {
    let mut nodes = Vec::new();
    for number in 0..3_u16 {
        let node = PrivateRedis::with(&["--cluster-enabled", "yes"]).await;
        let mut slots = cmd("CLUSTER");
        slots.arg("ADDSLOTS");
        for slot in (0..16_384_u16).filter(|slot| slot / 5_462 == number) {
            slots.arg(slot);
        }
        ask::<()>(&node, &slots).await;
        nodes.push(node);
    }
    let [first, others @ ..] = nodes.as_slice() else {
        unreachable!()
    };
    for other in others {
        let mut meet = cmd("CLUSTER");
        meet.arg("MEET").arg("127.0.0.1").arg(other.port());
        ask::<()>(first, &meet).await;
    }
    for node in &nodes {
        within("the cluster is formed", async || {
            let mut info = cmd("CLUSTER");
            let info: String = ask(node, info.arg("INFO")).await;
            info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:3")
        })
        .await;
    }
    nodes
}

async fn instances_share_a_cluster(database: Database) {
    let mut nodes = cluster().await;
    let pair = Pair::with(&database, |config| {
        config.redis = Some(RedisConfig {
            address: RedisAddress::Cluster {
                nodes: nodes.iter().map(node).collect(),
                credentials: None,
            },
            ..at("", &database)
        });
        config.limits = Server::contract_limits();
        config.limits.api_key = None;
    })
    .await;
    let catalogue = |server: &Server| server.anonymous().get("/api/v1/products");
    let spent = pair.all_at_once(CALLS, catalogue).await;
    assert_eq!(spent, Tally::from([(200, 100), (429, 50)]));
    for (turn, left) in [(0, 99), (1, 98)] {
        let answer = pair.at(turn).member().get("/api/v1/wallet").await.must(200);
        assert_eq!(remaining(&answer), left);
    }

    pair.one.advance(Duration::from_mins(2));
    let product = product(&pair.one, 5, 100).await;
    let path = format!("/api/v1/products/{}", id(&product));
    let price = async |server: &Server| {
        let read = server.anonymous().get(&path).await.must(200).data();
        read["price"].as_i64().unwrap()
    };
    assert_eq!(price(&pair.two).await, 100);
    let change = pair.one.admin().patch(&path).json(json!({ "price": 200 }));
    change.await.must(200);
    within("the change is seen", async || price(&pair.two).await == 200).await;

    // Without one of its masters a cluster answers nobody.
    for node in &mut nodes {
        node.stop(Stop::Kill).await;
    }
    for server in [&pair.one, &pair.two] {
        within("the cluster is away", async || is_degraded(server).await).await;
        server.admin().get("/api/v1/wallet").await.must(200);
    }
}

async fn instances_follow_the_sentinel_to_another_master(database: Database) {
    let mut master = PrivateRedis::start().await;
    let port = master.port().to_string();
    let replica = PrivateRedis::with(&["--replicaof", "127.0.0.1", &port]).await;
    within("the replica follows", async || {
        let info: String = ask(&replica, cmd("INFO").arg("replication")).await;
        info.contains("master_link_status:up")
    })
    .await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sentinel.conf");
    let settings = format!(
        "sentinel monitor shop 127.0.0.1 {port} 1\n\
         sentinel down-after-milliseconds shop 500\n\
         sentinel failover-timeout shop 2000\n"
    );
    std::fs::write(&file, settings).unwrap();
    let sentinel = PrivateRedis::with(&[file.to_str().unwrap(), "--sentinel"]).await;
    let pair = Pair::with(&database, |config| {
        config.redis = Some(RedisConfig {
            address: RedisAddress::Sentinel {
                nodes: vec![node(&sentinel)],
                service: "shop".to_owned(),
                credentials: None,
            },
            ..at("", &database)
        });
        config.limits.general = Some(per_minute(100));
    })
    .await;
    let catalogue = |server: &Server| server.anonymous().get("/api/v1/products");
    let spent = pair.all_at_once(CALLS, catalogue).await;
    assert_eq!(spent, Tally::from([(200, 100), (429, 50)]));
    within("the sentinel knows the replica", async || {
        let mut ask_for = cmd("SENTINEL");
        let known: Vec<::redis::Value> = ask(&sentinel, ask_for.arg("REPLICAS").arg("shop")).await;
        !known.is_empty()
    })
    .await;

    master.stop(Stop::Kill).await;
    for server in [&pair.one, &pair.two] {
        within("the master is away", async || is_degraded(server).await).await;
        server.member().get("/api/v1/wallet").await.must(200);
    }
    let elected = tokio::time::Instant::now() + Duration::from_mins(1);
    loop {
        let info: String = ask(&replica, cmd("INFO").arg("replication")).await;
        if info.contains("role:master") {
            break;
        }
        assert!(
            tokio::time::Instant::now() < elected,
            "no master was elected"
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    for server in [&pair.one, &pair.two] {
        within("the new master is used", async || is_healthy(server).await).await;
    }
    for (turn, left) in [(0, 99), (1, 98)] {
        let answer = pair.at(turn).other().get("/api/v1/wallet").await.must(200);
        assert_eq!(remaining(&answer), left);
    }
}
