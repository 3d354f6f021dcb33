//! How what is stored stands in columns.

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, Type, ValueRef};
use rusqlite::{Error, Row};

/// A moment as it is stored: microseconds since 1970.
pub(super) fn moment(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The moment in a column.
pub(super) fn timestamp(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    Timestamp::from_microsecond(row.get(column)?).map_err(|error| unfit(column, Type::Integer, error))
}

/// Nanoseconds of a file's stamp: a whole number that may be larger than the columns for those.
#[derive(Clone, Copy, Debug)]
pub(super) struct Nanoseconds(pub(super) i128);

impl FromSql for Nanoseconds {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str()?.parse().map(Self).map_err(FromSqlError::other)
    }
}

/// A number of a file system, which may use all 64 bits.
pub(super) fn number(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<u64>> {
    Ok(row.get::<_, Option<i64>>(column)?.map(i64::cast_unsigned))
}

/// What stands in a column cannot be so.
pub(super) fn unfit(column: usize, kind: Type, error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::FromSqlConversionFailure(column, kind, Box::new(error))
}
