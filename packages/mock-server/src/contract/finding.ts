/** One assertion of the document that a message breaks, as Prism reports it. */
export interface Finding {
  /** Where in the body, such as `['0', 'settings', 'syncMode']`. */
  path: string[];
  /** The keyword that failed, such as `required` or `enum`. */
  keyword: string;
  /** What Prism says about it. */
  message: string;
}
