//! The boilerplate every quantity shares, written once. It holds no arithmetic but plain checked `+`, `-` and `× count`.

/// Declares a newtype over an integer with a `const` constructor and accessor, the usual derives and `Display`.
macro_rules! newtype {
    ($(#[$doc:meta])* $name:ident($int:ty), $(#[$new_doc:meta])* $new:ident, $(#[$get_doc:meta])* $get:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name($int);

        impl $name {
            /// Nothing of it.
            pub const ZERO: $name = $name(0);

            $(#[$new_doc])*
            #[must_use]
            pub const fn $new(value: $int) -> $name {
                $name(value)
            }

            $(#[$get_doc])*
            #[must_use]
            pub const fn $get(self) -> $int {
                self.0
            }

            /// Whether this is zero.
            #[must_use]
            pub const fn is_zero(self) -> bool {
                self.0 == 0
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(&crate::Quantity::print(*self))
            }
        }
    };
}

/// Addition, subtraction and sums of like quantities. The operators panic on overflow: a quantity that leaves its
/// integer is a bug, not an input.
macro_rules! additive {
    ($name:ident) => {
        impl $name {
            /// The sum, or `None` on overflow.
            #[must_use]
            pub const fn checked_add(self, other: $name) -> Option<$name> {
                match self.0.checked_add(other.0) {
                    Some(sum) => Some($name(sum)),
                    None => None,
                }
            }

            /// The difference, or `None` on overflow (for unsigned quantities: when `other` is larger).
            #[must_use]
            pub const fn checked_sub(self, other: $name) -> Option<$name> {
                match self.0.checked_sub(other.0) {
                    Some(difference) => Some($name(difference)),
                    None => None,
                }
            }

            /// The difference, held at the end of the range (for unsigned quantities: at zero).
            #[must_use]
            pub const fn saturating_sub(self, other: $name) -> $name {
                $name(self.0.saturating_sub(other.0))
            }
        }

        impl core::ops::Add for $name {
            type Output = $name;
            #[track_caller]
            fn add(self, other: $name) -> $name {
                self.checked_add(other)
                    .expect(concat!(stringify!($name), " overflow: a bug"))
            }
        }

        impl core::ops::Sub for $name {
            type Output = $name;
            #[track_caller]
            fn sub(self, other: $name) -> $name {
                self.checked_sub(other)
                    .expect(concat!(stringify!($name), " underflow: a bug"))
            }
        }

        impl core::ops::AddAssign for $name {
            #[track_caller]
            fn add_assign(&mut self, other: $name) {
                *self = *self + other;
            }
        }

        impl core::ops::SubAssign for $name {
            #[track_caller]
            fn sub_assign(&mut self, other: $name) {
                *self = *self - other;
            }
        }

        impl core::iter::Sum for $name {
            fn sum<I: Iterator<Item = $name>>(terms: I) -> $name {
                terms.fold($name::ZERO, |sum, term| sum + term)
            }
        }
    };
}

/// Multiplication by a whole count. Panics on overflow, as `+` does.
macro_rules! countable {
    ($name:ident($int:ty)) => {
        impl core::ops::Mul<u64> for $name {
            type Output = $name;
            #[track_caller]
            fn mul(self, count: u64) -> $name {
                $name(
                    self.0
                        .checked_mul(count as $int)
                        .expect(concat!(stringify!($name), " overflow: a bug")),
                )
            }
        }
    };
}
