/** Whether results that are not ready stand among the rows, when several were asked for. */
export type RunningResults = 'listed' | 'hidden';
