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

/** Writes a file again, in another format or with other tracks. */
export async function convertMedia(
  from: string,
  to: string,
  format: OutputFormat,
  tracks: { readonly audio?: ConversionAudioOptions; readonly video?: ConversionVideoOptions },
): Promise<void> {
  registerMediabunnyServer({ hardwareContext: null });
  const input = new Input({ formats: ALL_FORMATS, source: new FilePathSource(from) });
  const output = new Output({ format, target: new FilePathTarget(to) });
  const conversion = await Conversion.init({ input, output, ...tracks, showWarnings: false });
  await conversion.execute();
  input.dispose();
}
