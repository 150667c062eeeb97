//! Against the machine's own doubles, bit for bit.

#![allow(clippy::float_arithmetic)]

use super::*;

fn double(number: f64) -> Double {
    Double {
        bits: number.to_bits(),
    }
}

/// Numbers of all sizes, from a fixed multiplicative generator.
fn numbers() -> impl Iterator<Item = f64> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let drawn = (0..400).map(move |_| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        // Exponents near one, so that sums have something to round.
        f64::from_bits(state >> 12 | ((1023 - 30 + (state & 63)) << 52))
    });
    drawn.chain([1.0, 0.5, -3.0, 0.1, 5e-324, 2.2e-308, 1.7e308])
}

#[test]
fn the_four_operations_are_the_machines() {
    let numbers: alloc::vec::Vec<f64> = numbers().collect();
    for (index, &a) in numbers.iter().enumerate() {
        let b = numbers[(index * 7 + 3) % numbers.len()];
        let (x, y) = (double(a), double(b));
        let check = |got: Result<Double, RuleError>, machine: f64| {
            if machine.is_finite() {
                assert_eq!(got, Ok(double(machine)), "{a} {b}");
            } else {
                assert_eq!(got, Err(RuleError::Overflow), "{a} {b}");
            }
        };
        check(x.plus(y), a + b);
        check(x.minus(y), a - b);
        check(x.times(y), a * b);
        check(x.over(y), a / b);
        assert_eq!(x.cmp(&y), a.total_cmp(&b));
    }
}

#[test]
fn sums_and_products_near_zero_lose_their_digits_as_the_format_says() {
    let least = double(5e-324);
    assert_eq!(
        least.times(double(0.5)),
        Ok(Double::ZERO),
        "a tie goes to the even one"
    );
    assert_eq!(least.times(double(0.75)), Ok(least));
    assert_eq!(least.minus(least), Ok(Double::ZERO));
    assert_eq!(Double::ONE.over(Double::ZERO), Err(RuleError::ZeroDivisor));
}

#[test]
fn powers_are_the_doubles_nearest_to_the_true_ones() {
    // By Python's mpmath with 60 digits: `mpmath.mpf(0.85) ** mpmath.mpf(y)`, rounded to a double.
    for (base, exponent, expected) in [
        (0.85, 0.1, 0.983_879_456_540_526_3),
        (0.85, 0.5, 0.921_954_445_729_288_7),
        (0.85, 10.3, 0.187_505_898_794_897_35),
        (0.999, 1000.0, 0.367_695_424_770_963_73),
        (2.0, -3.0, 0.125),
        (2.0, 0.5, core::f64::consts::SQRT_2),
        (0.0, 0.3, 0.0),
        (-3.0, 3.0, -27.0),
        (1.5, 5000.5, f64::INFINITY),
        (1.5, -5000.5, 0.0),
    ] {
        let got = double(base).power(double(exponent));
        if expected.is_finite() {
            assert_eq!(got, Ok(double(expected)), "{base}^{exponent}");
        } else {
            assert_eq!(got, Err(RuleError::Overflow));
        }
    }
    assert_eq!(
        Double::ZERO.power(double(-0.5)),
        Err(RuleError::ZeroDivisor)
    );
    assert!(double(-2.0).power(double(0.5)).is_err());
}
