export { file } from './file.js';
export { type DownloadOptions, saveVideo } from './save-video.js';
