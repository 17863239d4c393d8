/**
 * Makes an element. Text comes from requests, so it only ever becomes a text node.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, string | number | boolean>} [attributes] `false` leaves one out.
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(attribute, value === true ? '' : String(value));
  }
  made.append(...children);
  return made;
}

/**
 * An element that the page has from the beginning.
 *
 * @template {Element} [Type=HTMLElement]
 * @param {string} id
 * @returns {Type}
 */
export function existing(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no #${id}.`);
  return /** @type {Type} */ (/** @type {unknown} */ (found));
}

/**
 * Sets the text of a node, where it differs: writing the same again would cost a layout.
 *
 * @param {Node} node
 * @param {string} text
 */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * A point in time as a person reads it: 14:07:31.
 *
 * @param {number} at ms since the epoch
 */
export function clockTime(at) {
  return new Date(at).toLocaleTimeString(undefined, { hour12: false });
}

/**
 * A length of time: 85 ms, 1.24 s, 2 min 5 s.
 *
 * @param {number} ms
 */
export function duration(ms) {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(2)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/**
 * @param {number} count
 * @param {string} noun
 */
export function counted(count, noun) {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
