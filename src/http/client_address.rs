//! Who is at the other end, when proxies stand in between.

use std::net::{IpAddr, SocketAddr};

use http::HeaderMap;
use ipnet::IpNet;

/// Returns the client's address: the nearest one that is not a trusted proxy.
///
/// `X-Forwarded-For` is read from its end, where our own proxies wrote; what stands before the first address that
/// is not trusted, or before what is no address, could have been written by anybody. `Forwarded` (RFC 7239) is not read:
/// a proxy that writes the one header passes the client's other one on as it is.
pub(super) fn client_address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let mut client = peer.to_canonical();
    if trusted.is_empty() {
        return client;
    }
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    let lines = headers.get_all("x-forwarded-for").iter().rev();
    // By bytes: a line that is no text as a whole must not hide what a proxy added to it.
    let hops = lines.flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
    for hop in hops.map(<[u8]>::trim_ascii).filter(|hop| !hop.is_empty()) {
        if !is_trusted(client) {
            break;
        }
        let Some(address) = hop_address(hop) else {
            break;
        };
        client = address.to_canonical();
    }
    client
}

/// Proxies write `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::1`, `[2001:db8::1]` or `[2001:db8::1]:4711`.
fn hop_address(hop: &[u8]) -> Option<IpAddr> {
    let hop = std::str::from_utf8(hop).ok()?;
    let bare = hop
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'))
        .unwrap_or(hop);
    let with_port = || hop.parse::<SocketAddr>().map(|socket| socket.ip());
    bare.parse().or_else(|_| with_port()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for line in forwarded {
            let line = http::HeaderValue::from_bytes(line.as_bytes()).unwrap();
            headers.append("x-forwarded-for", line);
        }
        let trusted: Vec<IpNet> = trusted
            .iter()
            .map(|network| network.parse().unwrap())
            .collect();
        client_address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn strangers_cannot_choose_their_address() {
        assert_eq!(client("203.0.113.9", &["10.0.0.1"], &[]), "203.0.113.9");
        assert_eq!(
            client("203.0.113.9", &["10.0.0.1"], &["10.0.0.0/8"]),
            "203.0.113.9"
        );
    }

    #[test]
    fn the_nearest_untrusted_address_is_the_client() {
        let trusted = &["10.0.0.0/8"];
        assert_eq!(
            client("10.0.0.1", &["198.51.100.7"], trusted),
            "198.51.100.7"
        );
        assert_eq!(
            client("10.0.0.1", &["1.2.3.4, 198.51.100.7, 10.0.0.2"], trusted),
            "198.51.100.7"
        );
        assert_eq!(
            client("10.0.0.1", &["1.2.3.4", "198.51.100.7:4711"], trusted),
            "198.51.100.7"
        );
        assert_eq!(
            client("10.0.0.1", &["198.51.100.7, nonsense"], trusted),
            "10.0.0.1"
        );
        assert_eq!(
            client("::ffff:10.0.0.1", &["[2001:db8::1]:80"], trusted),
            "2001:db8::1"
        );
    }

    #[test]
    fn what_stands_before_a_stranger_or_before_nonsense_is_not_believed() {
        let trusted = &["10.0.0.0/8", "2001:db8:1::/48"];
        for (forwarded, expected) in [
            // A stranger in the middle: whatever it was told by others.
            (&["10.0.0.9, 198.51.100.7, 10.0.0.2"][..], "198.51.100.7"),
            // A line that is no text does not hide what our proxy added to it, nor open the one before.
            (&["1.2.3.4", "\u{e4}, 198.51.100.7"], "198.51.100.7"),
            (&["1.2.3.4", "\u{e4}"], "10.0.0.1"),
            (&["1.2.3.4, unknown"], "10.0.0.1"),
            (&["1.2.3.4, _hidden, 10.0.0.2"], "10.0.0.2"),
            (&["1.2.3.4, fe80::1%eth0"], "10.0.0.1"),
            (&["1.2.3.4, 300.1.1.1"], "10.0.0.1"),
            (&["1.2.3.4, 10.0.0.2:99999"], "10.0.0.1"),
        ] {
            assert_eq!(
                client("10.0.0.1", forwarded, trusted),
                expected,
                "{forwarded:?}"
            );
        }
    }

    #[test]
    fn every_way_to_write_a_list_is_read() {
        let trusted = &["10.0.0.0/8", "2001:db8:1::/48"];
        for forwarded in [
            &["198.51.100.7,10.0.0.2"][..],
            &[" 198.51.100.7 ,, 10.0.0.2 , "],
            &["198.51.100.7", "", "10.0.0.2, 10.0.0.3"],
            &["198.51.100.7:1, [2001:db8:1::5]:2, 10.0.0.2:3"],
            &["::ffff:198.51.100.7, 2001:db8:1::5, ::ffff:10.0.0.2"],
        ] {
            assert_eq!(
                client("10.0.0.1", forwarded, trusted),
                "198.51.100.7",
                "{forwarded:?}"
            );
        }
        assert_eq!(
            client("10.0.0.1", &["[2001:db8::1]"], trusted),
            "2001:db8::1"
        );
        // Proxies all the way: the farthest of them.
        assert_eq!(
            client("10.0.0.1", &["10.0.0.3, 10.0.0.2"], trusted),
            "10.0.0.3"
        );
        assert_eq!(client("10.0.0.1", &[""], trusted), "10.0.0.1");
    }
}
