/** Something about a new document that a person has to see to. */
export interface ForPeople {
  /** Where it stands in the document, as a JSON Pointer. */
  pointer?: string;
  /** What it is, and what is to be done. */
  text: string;
  /** The file to edit, from the root of the repository. */
  file?: string;
}

/** In lines for a terminal. */
export function printForPeople(matters: readonly ForPeople[]): string {
  return matters
    .map(({ pointer, text, file }) =>
      [pointer, text, file && `Edit ${file}.`].filter(Boolean).join('\n'),
    )
    .join('\n\n');
}
