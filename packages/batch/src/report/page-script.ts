/**
 * The script of the report. Nothing in it comes from the ledger; the policy of the page names its hash,
 * so that no other runs.
 */
export const pageScript = `'use strict';

/* Hundreds of videos would take all memory, so only those in view have a file. */
const show = (video) => {
  if (video.hasAttribute('src')) return;
  video.preload = 'metadata';
  video.src = video.dataset.src;
};
const hide = (video) => {
  if (!video.hasAttribute('src')) return;
  video.pause();
  video.removeAttribute('src');
  video.load();
};
const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (isIntersecting) show(target);
    else hide(target);
  }
}, { rootMargin: '200px 0px' });

const isCalm = matchMedia('(prefers-reduced-motion: reduce)');
/* It fails when the pointer has left in the meantime, or the browser cannot play it. */
const play = (video) => void video.play().catch(() => {});
const begin = ({ currentTarget: video }) => {
  show(video);
  video.controls = true;
  if (!isCalm.matches) play(video);
};
const end = ({ currentTarget: video }) => {
  if (video.matches(':hover, :focus, :focus-within')) return;
  video.pause();
  video.controls = false;
};
const toggle = (event) => {
  const video = event.currentTarget;
  /* With the focus on a control within it, the key is for that. */
  if (event.key !== 'Enter' || !video.matches(':focus')) return;
  event.preventDefault();
  if (video.paused) play(video);
  else video.pause();
};

for (const video of document.querySelectorAll('video')) {
  watcher.observe(video);
  for (const type of ['pointerenter', 'focus']) video.addEventListener(type, begin);
  for (const type of ['pointerleave', 'blur']) video.addEventListener(type, end);
  video.addEventListener('keydown', toggle);
  video.addEventListener('error', () => video.parentElement.classList.add('unplayable'));
}

for (const button of document.querySelectorAll('[data-copies]')) {
  const text = document.getElementById(button.dataset.copies);
  const told = button.nextElementSibling;
  button.hidden = false;
  button.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      told.textContent = 'Copied.';
    } catch {
      getSelection().selectAllChildren(text);
      told.textContent = 'Selected, to be copied.';
    }
  });
}
`;
