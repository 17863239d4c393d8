/** What a change means to those who use the packages, the weightiest first. */
export const groups = ['Breaking', 'Added', 'Fixed'] as const;
export type Group = (typeof groups)[number];

/** One change of the API, told to those who use it. */
export interface Change {
  group: Group;
  /** Plain name of the field: `settings.segments[].endTime`; empty when it is about the whole. */
  field: string;
  /** Where it stands in the document: the new one, or, of what is gone, the old one. */
  pointer: string;
  /** What changed and what to do, in Markdown. Text of the document stands in code spans only. */
  text: string;
}

/** The weightier of two groups. */
export function worse(one: Group, other: Group): Group {
  return groups.indexOf(one) <= groups.indexOf(other) ? one : other;
}
