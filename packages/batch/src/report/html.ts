/** A piece of HTML. Whatever `html` is given and is no such piece is escaped. */
export class Html {
  readonly text: string;

  /** @param text markup that this program wrote; texts from elsewhere go through `html`. */
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a piece of HTML; `undefined` and `false` leave nothing. */
export type Content = Html | string | number | undefined | false | readonly Content[];

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/**
 * Puts HTML together, with everything escaped that is no `Html` itself. Values stand in texts and in
 * attributes within double quotes; an attribute that is a URL needs more than that, see `findResult`.
 */
export function html(markup: TemplateStringsArray, ...values: Content[]): Html {
  return new Html(markup.reduce((text, part, index) => text + textOf(values[index - 1]) + part));
}

function textOf(value: Content): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map(textOf).join('');
  return (
    `${value}`
      .replaceAll(/[&<>"']/g, (character) => entities[character] as string)
      // HTML has no place for them.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd')
  );
}

/**
 * A text of the ledger, shortened when it is long. Whatever direction it is written in, or pretends to
 * be, what stands around it keeps its place.
 */
export function quoted(text: string, longest = 300): Html {
  const characters = text.length > longest ? [...text] : [];
  const shown =
    characters.length > longest ? `${characters.slice(0, longest).join('')}\u2026` : text;
  return html`<bdi>${shown}</bdi>`;
}
