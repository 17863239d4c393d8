export { keyRemover } from '../wire/redaction.js';
export { file } from './file.js';
export { type NodeListenerOptions, toNodeListener } from './node-listener.js';
export { type DownloadOptions, saveVideo } from './save-video.js';
