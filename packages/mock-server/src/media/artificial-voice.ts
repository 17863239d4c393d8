/** Sample rate of {@link artificialVoice}, in hertz. */
export const ARTIFICIAL_VOICE_SAMPLE_RATE = 16_000;

/** People read aloud at about this many characters a second. */
const CHARACTERS_PER_SECOND = 15;

const PITCH_HERTZ = 165;
const LOUDNESS = 0.25;

/**
 * A buzzing tone in the rhythm of a text, for machines without a speech program: one swell per
 * character, a pause per space or mark. Nobody can take it for a voice.
 *
 * @param text - the text; its length sets the length of the sound, about 15 characters a second
 * @returns mono samples from -1 to 1 at {@link ARTIFICIAL_VOICE_SAMPLE_RATE}
 */
export function artificialVoice(text: string): Float32Array {
  const characters = [...text];
  const framesEach = Math.round(ARTIFICIAL_VOICE_SAMPLE_RATE / CHARACTERS_PER_SECOND);
  const samples = new Float32Array(Math.max(1, characters.length) * framesEach);
  for (const [index, character] of characters.entries()) {
    if (!/[\p{Letter}\p{Number}]/u.test(character)) continue;
    for (let frame = 0; frame < framesEach; frame += 1) {
      const position = index * framesEach + frame;
      const swell = Math.sin((Math.PI * frame) / framesEach);
      samples[position] = LOUDNESS * swell * buzz(position / ARTIFICIAL_VOICE_SAMPLE_RATE);
    }
  }
  return samples;
}

/** A tone with four overtones, at a moment in seconds. */
function buzz(seconds: number): number {
  let sum = 0;
  for (let harmonic = 1; harmonic <= 5; harmonic += 1) {
    sum += Math.sin(2 * Math.PI * PITCH_HERTZ * harmonic * seconds) / harmonic;
  }
  return sum / 2;
}
