// Downloads a large file and then a small one with the built package, and prints how far the memory of
// the new process grew with the large one, its first download.
import { saveVideo } from '@sync3/sdk/node';
import { startMemoryGauge } from './memory-gauge.ts';

const [smallURL = '', small = '', largeURL = '', large = ''] = process.argv.slice(2);
const gauge = startMemoryGauge();
await saveVideo({ url: largeURL }, large, { onProgress: gauge.look });
const figures = gauge.figures();
await saveVideo({ url: smallURL }, small);
console.log(JSON.stringify(figures));
