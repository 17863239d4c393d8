import { useRef, useState } from 'preact/hooks';

/** A command, with a button that copies it. */
export function CopyCommand({ label, command }: { label: string; command: string }) {
  const text = useRef<HTMLPreElement>(null);
  const [told, tell] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(command);
      tell('Copied.');
    } catch {
      if (text.current) getSelection()?.selectAllChildren(text.current);
      tell('Selected, to be copied.');
    }
  };
  return (
    <>
      <p>{label}</p>
      <div class="command">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long command is scrolled with the keys */}
        <pre ref={text} tabIndex={0}>
          <code>{command}</code>
        </pre>
        <button type="button" onClick={copy}>
          Copy
        </button>
        <output>{told}</output>
      </div>
    </>
  );
}
