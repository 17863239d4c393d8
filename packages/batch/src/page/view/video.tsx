import { useEffect, useRef, useState } from 'preact/hooks';

/**
 * A video that has its file only while it is in view, as hundreds would take all memory; it plays under
 * the pointer and with the focus, and Enter starts and stops it.
 */
export function Video({ url, label }: { url: string; label: string }) {
  const node = useRef<HTMLVideoElement>(null);
  const [isUnplayable, setUnplayable] = useState(false);

  useEffect(() => {
    const video = node.current;
    if (!video) return;
    const show = () => {
      if (video.hasAttribute('src')) return;
      video.preload = 'metadata';
      // The first frame is often black.
      video.src = `${url}#t=0.1`;
    };
    const hide = () => {
      if (!video.hasAttribute('src')) return;
      video.pause();
      video.removeAttribute('src');
      video.load();
    };
    const watcher = new IntersectionObserver(
      (entries) => (entries.at(-1)?.isIntersecting ? show() : hide()),
      { rootMargin: '200px 0px' },
    );
    watcher.observe(video);
    return () => watcher.disconnect();
  }, [url]);

  const begin = () => {
    const video = node.current;
    if (!video) return;
    video.controls = true;
    if (!matchMedia('(prefers-reduced-motion: reduce)').matches) play(video);
  };
  const end = () => {
    const video = node.current;
    if (!video || video.matches(':hover, :focus, :focus-within')) return;
    video.pause();
    video.controls = false;
  };
  const toggle = (event: KeyboardEvent) => {
    const video = node.current;
    // With the focus on a control within it, the key is for that.
    if (event.key !== 'Enter' || !video?.matches(':focus')) return;
    event.preventDefault();
    if (video.paused) play(video);
    else video.pause();
  };
  return (
    <>
      <video
        ref={node}
        muted
        loop
        playsInline
        preload="none"
        tabIndex={0}
        aria-label={label}
        onPointerEnter={begin}
        onFocus={begin}
        onPointerLeave={end}
        onBlur={end}
        onKeyDown={toggle}
        onError={() => setUnplayable(true)}
      />
      {isUnplayable && <p class="warning">This browser cannot play it.</p>}
    </>
  );
}

/** It fails when the pointer has left in the meantime, or the browser cannot play it. */
function play(video: HTMLVideoElement): void {
  void video.play().catch(() => {});
}
