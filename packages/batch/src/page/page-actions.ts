/** What a person may do on the page. */
export type PageAction =
  | { action: 'pause' | 'resume' }
  | { action: 'retry'; items: { keys: string[] } | { code: string } }
  | { action: 'drop' | 'cancel'; items: { keys: string[] } }
  | { action: 'priority'; items: { keys: string[] }; priority: number };
