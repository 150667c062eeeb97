//! The rules' floats against the machine's, in both formats: what is not the same bits is the same overflow.

use std::cmp::Ordering;

use num_bigint::BigInt;
use proptest::prelude::*;
use stakesim_protocol::networks::RuleError;
use stakesim_protocol::networks::float::{Double, Float, Single};
use stakesim_protocol::networks::round::Rounding;

use crate::oracle::double;

/// A mantissa without its first bit, of 52 bits: any, the edges, few bits set, or a short one, whose products can end in a half.
fn fraction() -> impl Strategy<Value = u64> {
    let all = (1u64 << 52) - 1;
    prop_oneof![
        0..=all,
        prop::sample::select(vec![0, 1, 2, 3, all, all - 1, 1 << 51]),
        (0u32..52, 0u32..52).prop_map(|(one, other)| 1 << one | 1 << other),
        (0u64..1 << 27, 0u32..30).prop_map(move |(short, by)| short << by & all),
    ]
}

/// Two exponents of which one is `most` at the most: anywhere; next to each other's last bit; with a sum or a difference at an end.
fn exponents(most: i32) -> impl Strategy<Value = (i32, i32)> {
    let end = prop::sample::select(vec![-most, most]);
    prop_oneof![
        (-most - 60..=most, -most - 60..=most),
        (-most..=most, -60..=60).prop_map(|(one, by)| (one, one + by)),
        (-most..=most, end.clone(), -60..=60).prop_map(|(one, end, by)| (one, end - one + by)),
        (-most..=most, end, -60..=60).prop_map(|(one, end, by)| (one, end + one + by)),
    ]
}

macro_rules! of_format {
    ($format:ident, $ours:ty, $machine:ty, $bits:literal) => {
        mod $format {
            use super::*;

            const MOST: i32 = <$machine>::MAX_EXP - 1;
            const BIAS: i32 = MOST;

            /// The machine's number of these: denormal below the least exponent, infinite past the greatest.
            fn machine(fraction: u64, exponent: i32, is_negative: bool) -> $machine {
                let stored = fraction >> (53 - $bits);
                let (field, stored) = match exponent + BIAS {
                    below @ ..=0 => {
                        let whole = stored | 1 << ($bits - 1);
                        (0, whole.checked_shr((1 - below) as u32).unwrap_or(0))
                    }
                    field => (field.min(2 * BIAS) as u64, stored),
                };
                let size = <$machine>::from_bits((field << ($bits - 1) | stored) as _);
                if is_negative { -size } else { size }
            }

            pub fn number() -> impl Strategy<Value = $machine> {
                (-MOST - 60..=MOST, fraction(), any::<bool>())
                    .prop_map(|(exponent, fraction, sign)| machine(fraction, exponent, sign))
            }

            fn pair() -> impl Strategy<Value = ($machine, $machine)> {
                let signs = (any::<bool>(), any::<bool>());
                (exponents(MOST), fraction(), fraction(), signs).prop_map(|(e, a, b, signs)| {
                    (machine(a, e.0, signs.0), machine(b, e.1, signs.1))
                })
            }

            /// Numerator and denominator of a machine's number.
            pub fn ratio(number: $machine) -> (BigInt, BigInt) {
                let bits = u64::from(number.abs().to_bits());
                let stored = bits & ((1 << ($bits - 1)) - 1);
                let (whole, exponent) = match (bits >> ($bits - 1)) as i32 {
                    0 => (stored, 1 - BIAS - ($bits - 1)),
                    field => (stored | 1 << ($bits - 1), field - BIAS - ($bits - 1)),
                };
                let whole = if number < 0.0 {
                    -BigInt::from(whole)
                } else {
                    whole.into()
                };
                let one = BigInt::from(1);
                match exponent {
                    0.. => (whole << exponent, one),
                    _ => (whole, one << -exponent),
                }
            }

            /// Ours of the machine's, read exactly.
            pub fn ours(number: $machine) -> $ours {
                let (a, d) = ratio(number);
                let read = <$ours>::nearest(&a, &d).unwrap();
                let back = read.ratio();
                assert_eq!(back.0 * d, a * back.1, "{number:e}");
                read
            }

            fn is(got: Result<$ours, RuleError>, machine: $machine) -> Result<(), TestCaseError> {
                let expected = match machine.is_finite() {
                    true => Ok(ours(machine)),
                    false => Err(RuleError::Overflow),
                };
                prop_assert_eq!(got, expected, "{:e}", machine);
                Ok(())
            }

            fn four((a, b): ($machine, $machine)) -> Result<(), TestCaseError> {
                let (x, y) = (ours(a), ours(b));
                is(x.plus(y), a + b)?;
                is(x.minus(y), a - b)?;
                is(x.times(y), a * b)?;
                if b == 0.0 {
                    prop_assert_eq!(x.over(y), Err(RuleError::ZeroDivisor));
                } else {
                    is(x.over(y), a / b)?;
                }
                prop_assert_eq!(Some(x.cmp(&y)), a.partial_cmp(&b));
                prop_assert_eq!(x == y, a == b);
                Ok(())
            }

            fn decimal(text: &str) -> (BigInt, u32) {
                let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
                let digits = format!("{whole}{fraction}");
                (digits.parse().unwrap(), fraction.len() as u32)
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(4_000))]

                #[test]
                fn the_four_operations_and_the_order_are_the_machines(pair in pair()) {
                    four(pair)?;
                }

                #[test]
                fn integers_and_decimals_are_read_as_the_machine_reads_them(
                    mantissa in any::<i128>(),
                    shift in 0u32..127,
                    places in 0u32..400,
                ) {
                    let mantissa = mantissa >> shift;
                    is(<$ours>::of(mantissa), mantissa as $machine)?;
                    let text = format!("{mantissa}e-{places}");
                    let read = <$ours>::of_decimal(&mantissa.into(), places);
                    is(read, text.parse().unwrap())?;
                }

                #[test]
                fn whole_numbers_are_rounded_as_the_machine_rounds_them(
                    exponent in -4..60,
                    fraction in fraction(),
                    is_negative in any::<bool>(),
                ) {
                    let number = machine(fraction, exponent, is_negative);
                    for (rounding, machine) in [
                        (Rounding::Floor, number.floor()),
                        (Rounding::Ceil, number.ceil()),
                        (Rounding::TowardZero, number.trunc()),
                        (Rounding::HalfEven, number.round_ties_even()),
                    ] {
                        let whole = ours(number).whole(rounding).unwrap();
                        prop_assert_eq!(whole, BigInt::from(machine as i128));
                    }
                }
            }

            proptest! {
                #![proptest_config(ProptestConfig::with_cases(250))]

                /// The middle between two numbers has all its digits in decimals; it is read as the even one, a digit beyond as the next.
                #[test]
                fn decimals_in_the_middle_are_read_as_the_even_one(number in number()) {
                    let (low, high) = (number.abs(), number.abs().next_up());
                    prop_assume!(high.is_finite());
                    let ((a, d), (b, e)) = (ratio(low), ratio(high));
                    let (middle, twos) = (a * &e + b * &d, (d * e * 2u32).bits() - 1);
                    let places = u32::try_from(twos).unwrap();
                    let digits = middle * BigInt::from(5).pow(places);
                    let even = if low.to_bits() % 2 == 0 { low } else { high };
                    is(<$ours>::of_decimal(&digits, places), even)?;
                    is(<$ours>::of_decimal(&(&digits + 1), places), high)?;
                    is(<$ours>::of_decimal(&(digits - 1), places), low)?;
                }

                #[test]
                fn the_shortest_decimal_is_the_machines(number in number()) {
                    let (mantissa, places) = ours(number).shortest().unwrap();
                    is(<$ours>::of_decimal(&mantissa, places), number)?;
                    // Longer integers are printed by the machine with noughts at their ends.
                    if number.abs() < (1u64 << $bits) as $machine && number != 0.0 {
                        let (printed, printed_places) = decimal(&number.to_string());
                        prop_assert_eq!(places, printed_places);
                        // Of two that are as near, ours is the even one.
                        let (a, d) = ratio(number);
                        let exact = a * BigInt::from(10).pow(places);
                        let off = |mantissa: &BigInt| (mantissa * &d - &exact).magnitude().clone();
                        prop_assert_eq!(off(&mantissa), off(&printed));
                    }
                }
            }

            #[test]
            fn edges_and_ties_are_the_machines() {
                let (one, least, most) = (1.0, <$machine>::from_bits(1), <$machine>::MAX);
                let last = <$machine>::EPSILON;
                for pair in [
                    (one, last / 2.0),
                    (one + last, last / 2.0),
                    (one, last * 0.75),
                    (one + last * 0.5, one + last),
                    (most, most * last / 4.0),
                    (most, most * last / 4.1),
                    (most, one + last),
                    (most, least),
                    (least, least),
                    (least, 0.5),
                    (least * 3.0, 0.5),
                    (least, 0.75),
                    (least, 2.0),
                    (<$machine>::MIN_POSITIVE, one - last / 2.0),
                    (<$machine>::MIN_POSITIVE, one + last),
                    (0.0, -0.0),
                    (0.0, one),
                    (-one, one),
                ] {
                    for pair in [pair, (pair.1, pair.0), (-pair.0, pair.1)] {
                        four(pair).unwrap();
                    }
                }
                assert_eq!((ours(0.0), ours(1.0)), (<$ours>::ZERO, <$ours>::ONE));
                is(<$ours>::of(u128::MAX), u128::MAX as $machine).unwrap();
                assert_eq!(
                    <$ours>::of(BigInt::from(1) << 1024u32),
                    Err(RuleError::Overflow)
                );
                let nothing = <$ours>::nearest(&0.into(), &0.into());
                assert_eq!(nothing, Err(RuleError::ZeroDivisor));
            }
        }
    };
}

of_format!(single, Single, f32, 24);
of_format!(double_precision, Double, f64, 53);

fn ours(number: f64) -> Double {
    double_precision::ours(number)
}

/// Nearest as an infinity is an overflow.
fn expected(number: f64) -> Result<Double, RuleError> {
    match number.is_finite() {
        true => Ok(ours(number)),
        false => Err(RuleError::Overflow),
    }
}

/// By Python's mpmath 1.3 with 60 digits, rounded to a double: `float(mpmath.mpf(base) ** mpmath.mpf(exponent))`.
#[test]
fn powers_are_the_doubles_nearest_to_the_true_ones() {
    for (base, exponent, power) in [
        (0.85, 0.1, 0.983_879_456_540_526_3),
        (0.85, 0.5, 0.921_954_445_729_288_7),
        (0.85, 10.3, 0.187_505_898_794_897_35),
        (0.999, 1000.0, 0.367_695_424_770_963_73),
        (0.3, 617.5, 1.5e-323),
        (0.3, -588.25, 3.831_968_330_379_982_4e307),
        // (1 + 2^-52)^(2^52 + 2)
        (
            1.0 + f64::EPSILON,
            4_503_599_627_370_498.0,
            2.718_281_828_459_046,
        ),
        (5e-324, 0.5, 2.222_758_749_485_077_5e-162),
        (1.7e308, 0.25, 1.141_858_345_435_426_5e77),
        (123.456, -7.25, 6.863_356_189_846_384e-16),
        (2.0, -1074.0, 5e-324),
        (2.0, -1075.0, 0.0),
        (2.0, 1023.5, 1.271_161_006_153_646_4e308),
        (2.0, 1024.0, f64::INFINITY),
        (2.0, -3.0, 0.125),
        (2.0, 0.5, std::f64::consts::SQRT_2),
        (0.0, 0.3, 0.0),
        (0.0, 2.0, 0.0),
        (0.0, 0.0, 1.0),
        (1.0, -1e300, 1.0),
        (-3.0, 3.0, -27.0),
        (-2.0, -2.0, 0.25),
        (1.5, 5000.5, f64::INFINITY),
        (1.5, -5000.5, 0.0),
        (1.5, 1e300, f64::INFINITY),
        (1.5, -1e300, 0.0),
    ] {
        let got = ours(base).power(ours(exponent));
        assert_eq!(got, expected(power), "{base}^{exponent}");
    }
    for exponent in [-0.5, -2.0] {
        let got = Double::ZERO.power(ours(exponent));
        assert_eq!(got, Err(RuleError::ZeroDivisor));
    }
    assert!(matches!(
        ours(-2.0).power(ours(0.5)),
        Err(RuleError::Refused(_))
    ));
}

/// By Python's mpmath 1.3 with 60 digits, rounded to a double: `float(mpmath.e ** mpmath.mpf(x))`.
#[test]
fn exponentials_are_the_doubles_nearest_to_the_true_ones() {
    for (x, power) in [
        (0.0, 1.0),
        (1.0, std::f64::consts::E),
        (-1.0, 0.367_879_441_171_442_33),
        (0.5, 1.648_721_270_700_128_2),
        (0.1, 1.105_170_918_075_647_7),
        (-0.1, 0.904_837_418_035_959_5),
        (20.25, 622_964_442.198_445_4),
        (-20.25, 1.605_228_055_185_611_6e-9),
        (3.7e-9, 1.000_000_003_7),
        (1e-20, 1.0),
        (5e-324, 1.0),
        (709.78, 1.792_822_794_394_515_5e308),
        (709.79, f64::INFINITY),
        (1e300, f64::INFINITY),
        (-708.5, 2.006_132_305_331_306e-308),
        (-740.25, 3.26e-322),
        // Half the least number is e^-745.1332191…
        (-745.13, 5e-324),
        (-745.14, 0.0),
        (-1e300, 0.0),
    ] {
        assert_eq!(ours(x).exp(), expected(power), "e^{x}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// The oracle takes roots instead of logarithms.
    #[test]
    fn powers_are_those_of_repeated_roots(base in 0.01f64..100.0, exponent in 0.0f64..40.0) {
        let power = double::power(base, exponent);
        prop_assert_eq!(ours(base).power(ours(exponent)), Ok(ours(power)));
    }

    #[test]
    fn greater_doubles_have_no_smaller_exponentials(
        number in double_precision::number(),
        by in 1u64..1 << 40,
    ) {
        prop_assume!(number.abs() < 700.0);
        let (low, high) = (number, f64::from_bits(number.to_bits() ^ by));
        let order = ours(low).cmp(&ours(high));
        let [low, high] = [low, high].map(|x| ours(x).exp().unwrap());
        prop_assert!(low.cmp(&high) == order || low.cmp(&high) == Ordering::Equal);
    }
}

/// The same number in both formats is the same ratio.
#[test]
fn a_single_is_a_double() {
    for number in [0.1f32, -2.5, f32::MAX, f32::MIN_POSITIVE, f32::from_bits(1)] {
        let wide = ours(number.into());
        let (a, d) = single::ours(number).ratio();
        assert_eq!(Float::nearest(&a, &d), Ok(wide));
    }
}
