import { csvColumns } from '@sync3/batch/csv-columns';

/** A manifest of each kind; a test plans them. */
export const manifestExamples = {
  jsonl: [
    '{"inputs": {"video": "talk.mp4", "audio": "line.wav"}, "output": "en/talk"}',
    '{"inputs": {"video": "talk.mp4"}, "speech": {"text": "Good evening."}, "key": "evening"}',
  ],
  csv: [
    'key,output,inputs.video,inputs.audio,speech.text,outputFormat',
    'morning,en/morning.webm,talk.mp4,line.wav,,WEBM',
    'evening,,talk.mp4,,"Good evening, all.",',
  ],
};

/** What a manifest is, for `--help`. */
export const manifestInWords = [
  'A manifest is JSONL: each line is an object with the parameters of a request, and with key and output beside them, which name the item and its result.',
  `  ${manifestExamples.jsonl[0]}`,
  `Or a JSON array of them, or CSV with commas, semicolons or tabs: the first line names the columns, which may be ${Object.keys(csvColumns).join(', ')}.`,
  'A column "note:…" is kept with the item and sent nowhere. gzip and the UTF-16 of Excel are read, too.',
  'A video or a voice is a local file in the folder of the manifest or in a --media-root, a URL or a UUID.',
].join('\n');
