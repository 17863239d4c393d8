import { registerMediabunnyServer } from '@mediabunny/server';
import {
  ALL_FORMATS,
  Conversion,
  type ConversionAudioOptions,
  type ConversionVideoOptions,
  FilePathSource,
  FilePathTarget,
  Input,
  Output,
  type OutputFormat,
} from 'mediabunny';

/** Writes a file again, in another format, with other tracks or without its end. */
export async function convertMedia(
  from: string,
  to: string,
  format: OutputFormat,
  options: {
    readonly audio?: ConversionAudioOptions;
    readonly video?: ConversionVideoOptions;
    /** What of it is kept, in seconds. */
    readonly trim?: { readonly start: number; readonly end: number };
  },
): Promise<void> {
  registerMediabunnyServer({ hardwareContext: null });
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(from) });
  const output = new Output({ format, target: new FilePathTarget(to) });
  const conversion = await Conversion.init({ input, output, ...options, showWarnings: false });
  await conversion.execute();
  input.dispose();
}
