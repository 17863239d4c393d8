/** What is heard during a piece of the output. Times are seconds within the source. */
export type PieceSource =
  | { readonly kind: 'silence' }
  | { readonly kind: 'own'; readonly fromSeconds: number }
  | {
      readonly kind: 'voice';
      /** Which voice: 0, or the index of the segment. */
      readonly voice: number;
      readonly fromSeconds: number;
      readonly toSeconds: number;
      /** `stretched`: made longer or shorter to fill the piece, at the same pitch. */
      readonly motion: 'forward' | 'backward' | 'stretched';
    };

/** A piece of the output's sound, from `startSeconds` to `endSeconds` on its timeline. */
export interface AudioPiece {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly source: PieceSource;
}
