import { element, setText } from './elements.js';

/** @typedef {{ video?: string, audio?: string }} Inputs */
/** @typedef {{ status?: string, videoURL?: string, error?: { code: string, message: string } }} Result */

/**
 * The inputs of a job next to its results, to be played together.
 *
 * @param {Inputs} inputs
 * @param {Result[]} results
 */
export function renderMedia(inputs, results) {
  const input = element('figure', { class: 'input' });
  showVideo(input, 'Input', inputs.video, 'It cannot be played from here.');
  const output = element('figure', { class: 'output' });
  const both = element('button', { type: 'button', class: 'both' }, 'Play both');
  both.addEventListener('click', () => playBoth(input, output));
  for (const type of ['play', 'pause', 'ended']) {
    // These do not bubble.
    output.addEventListener(
      type,
      () => setText(both, isPlaying(output) ? 'Pause both' : 'Play both'),
      true,
    );
  }
  const select = element('select', { 'aria-label': 'Result to show' });
  select.addEventListener('change', () => showVideo(output, 'Result', select.value, ''));
  const actions = element('div', { class: 'actions' }, both);
  if (inputs.audio) {
    const audio = element('audio', { controls: true, preload: 'metadata', src: inputs.audio });
    audio.setAttribute('aria-label', 'Voice that was sent');
    actions.append(audio);
  }
  actions.append(select);
  const player = element('div', { class: 'media' }, actions, input, output);
  updateMedia(player, results);
  return player;
}

/**
 * Takes in what has become of the results. One that is shown stays: it may be playing.
 *
 * @param {HTMLElement} player
 * @param {Result[]} results
 */
export function updateMedia(player, results) {
  const output = player.querySelector('figure.output');
  const select = player.querySelector('select');
  const both = player.querySelector('button');
  if (!(output instanceof HTMLElement) || !select || !both) return;
  for (const [index, { videoURL }] of results.entries()) {
    const isListed = [...select.options].some(({ value }) => value === videoURL);
    if (!videoURL || isListed) continue;
    select.append(element('option', { value: videoURL }, `Result ${index + 1}`));
  }
  if (!output.querySelector('video')) {
    showVideo(output, 'Result', select.value || undefined, waitingText(results));
  }
  select.hidden = select.options.length < 2;
  both.disabled = player.querySelectorAll('video').length < 2;
}

/**
 * @param {HTMLElement} input
 * @param {HTMLElement} output
 */
function playBoth(input, output) {
  const wasPlaying = isPlaying(output) || isPlaying(input);
  for (const video of [input, output].flatMap((figure) => [...figure.querySelectorAll('video')])) {
    if (wasPlaying) {
      video.pause();
      continue;
    }
    video.currentTime = 0;
    // One voice at a time: that of the result.
    video.muted = input.contains(video);
    // What this browser cannot play shows in the player itself.
    video.play().catch(() => {});
  }
}

/** @param {HTMLElement} figure */
function isPlaying(figure) {
  return [...figure.querySelectorAll('video')].some((video) => !video.paused && !video.ended);
}

/**
 * @param {HTMLElement} figure
 * @param {string} name
 * @param {string | undefined} url
 * @param {string} instead is said when there is no URL
 */
function showVideo(figure, name, url, instead) {
  const caption = element('figcaption', {}, name);
  if (!url) {
    figure.replaceChildren(caption, element('p', { class: 'screen' }, instead));
    return;
  }
  const video = element('video', { class: 'screen', controls: true, preload: 'metadata' });
  video.setAttribute('aria-label', name);
  video.playsInline = true;
  video.src = url;
  const facts = element('span', { class: 'video-facts' });
  const link = element('a', { href: url, target: '_blank', rel: 'noreferrer' }, 'Open');
  caption.append(facts, link);
  video.addEventListener('error', () => {
    const text =
      'It cannot be played here: it is gone, on another host, or of a kind unknown here.';
    video.replaceWith(element('p', { class: 'screen' }, text));
  });
  video.addEventListener('loadedmetadata', () => {
    const { videoWidth, videoHeight, duration } = video;
    setText(facts, `${videoWidth} × ${videoHeight} · ${duration.toFixed(2)} s`);
  });
  figure.replaceChildren(caption, video);
}

/** @param {Result[]} results */
function waitingText(results) {
  const [failed] = results.filter(({ status }) => status === 'error');
  if (failed?.error) return `${failed.error.code}: ${failed.error.message}`;
  return 'Being made';
}
