/** GitHub refuses a longer body; in characters. */
const longest = 65_536;
const rest = '\n\nThe text was too long to show here; the changeset in this change has all of it.';

/**
 * Where GitHub would do something by itself: notify somebody, link or close an issue, load a picture,
 * take a text for HTML, follow a link.
 */
const active =
  /@(?=[\w-])|#(?=\d)|\bGH-(?=\d)|<(?=[a-z/!?])|!(?=\[)|\](?=[([:])|:(?=\/\/)|\bwww(?=\.)/gi;

/** Marks that hide text or change the order in which it is read. */
const hidden = /(?![\n\t])[\p{Cc}\p{Cf}]/gu;

/**
 * Markdown whose headings, lists and code look as meant, and which makes GitHub do nothing: behind
 * each sign that would, there is a space of no width.
 */
export function inertMarkdown(text: string): string {
  const inert = text.replace(hidden, '').replace(active, '$&\u200b');
  return inert.length <= longest ? inert : inert.slice(0, longest - rest.length) + rest;
}
