// Uploads a large file and then a small one with the built package, and prints what the API said and
// how far the memory of the new process grew with the large one, its first upload.
import { Sync3 } from '@sync3/sdk';
import { file } from '@sync3/sdk/node';
import { startMemoryGauge } from './memory-gauge.ts';

const [baseUrl = '', small = '', large = ''] = process.argv.slice(2);
const sync3 = new Sync3({ apiKey: 'key', baseUrl });
const gauge = startMemoryGauge();
const { mediaURL: largeURL } = await sync3.media.upload(file(large), { onProgress: gauge.look });
const figures = gauge.figures();
const { mediaURL: smallURL } = await sync3.media.upload(file(small));
console.log(JSON.stringify({ smallURL, largeURL, ...figures }));
