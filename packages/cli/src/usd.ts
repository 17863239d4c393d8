/** USD for people: at least cents, and what is finer where there is any. */
export function usd(amount: number): string {
  return `${amount.toFixed(6).replace(/(\.\d\d\d*?)0+$/, '$1')} USD`;
}
