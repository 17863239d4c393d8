/**
 * The code of an item's error, as SQL; null when it has none. An error may hold what PostgreSQL takes as
 * JSON and cannot read: U+0000 and halves of surrogate pairs.
 */
export const errorCode = `(regexp_replace(
  item.error::text, '\\\\u(0000|d[89a-f][0-9a-f]{2})', '\\\\ufffd', 'gi'
)::json ->> 'code')`;
