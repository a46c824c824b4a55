//! What a parcel costs to send.

/// The price in euro cents of a parcel of `grams` to `country` (ISO 3166, two letters).
/// `None` where we do not deliver or no parcel is so heavy.
pub fn rate_cents(country: &str, grams: u32) -> Option<u32> {
    let base = match country {
        "DE" => 490,
        "AT" | "BE" | "FR" | "NL" | "PL" => 890,
        _ => return None,
    };
    match grams {
        1..=2_000 => Some(base),
        2_001..=10_000 => Some(base + 400),
        10_001..=31_500 => Some(base + 1_100),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::rate_cents;

    #[test]
    fn weight_raises_the_rate() {
        assert_eq!(rate_cents("DE", 2_000), Some(490));
        assert_eq!(rate_cents("DE", 2_001), Some(890));
        assert_eq!(rate_cents("FR", 31_500), Some(1_990));
    }

    #[test]
    fn no_rate_where_nothing_is_delivered() {
        assert_eq!(rate_cents("AQ", 100), None);
        assert_eq!(rate_cents("DE", 0), None);
        assert_eq!(rate_cents("DE", 31_501), None);
    }
}
