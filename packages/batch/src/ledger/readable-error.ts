/**
 * An item's error, as SQL of type `json` whose fields can be read as text. An error may hold what
 * PostgreSQL takes as JSON and cannot read: U+0000 and halves of surrogate pairs.
 */
export const readableError = `regexp_replace(
  item.error::text, '\\\\u(0000|d[89a-f][0-9a-f]{2})', '\\\\ufffd', 'gi'
)::json`;

/** The code of an item's error, as SQL; null when it has none. */
export const errorCode = `(${readableError} ->> 'code')`;
