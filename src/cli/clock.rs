//! What day it is here.

use std::sync::OnceLock;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The time zone of this machine, as it was when it was first asked for.
pub(super) fn zone() -> TimeZone {
    static ZONE: OnceLock<TimeZone> = OnceLock::new();
    ZONE.get_or_init(|| plain().unwrap_or_else(TimeZone::system)).clone()
}

/// Today, in the time zone of this machine.
pub(super) fn today() -> Date {
    Timestamp::now().to_zoned(zone()).date()
}

/// The time zone where its rules lie in one file. `jiff` asks for its name and looks through all zones for it, which
/// takes as long as half an audit.
fn plain() -> Option<TimeZone> {
    if cfg!(not(unix)) || std::env::var_os("TZ").is_some() {
        return None;
    }
    TimeZone::tzif("local", &std::fs::read("/etc/localtime").ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_zone_is_that_of_the_system() {
        let (here, system) = (zone(), TimeZone::system());
        for seconds in [0, 700_000_000, 1_000_000_000, 1_710_000_000, 1_720_000_000, 2_000_000_000] {
            let at = Timestamp::from_second(seconds).unwrap();
            assert_eq!(here.to_offset(at), system.to_offset(at), "{at}");
        }
    }
}
