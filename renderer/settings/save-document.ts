import type { SavedDocument } from '../../shared/contract/diagnostics.ts';

/** ms after which the browser has begun to read the text. */
const keptFor = 60_000;

/**
 * Hands a document to the operator where main has not already done so.
 * @returns where it went, as a sentence
 */
export function saveDocument({ name, text, savedTo }: SavedDocument): string {
  if (savedTo !== null) return `Saved to ${savedTo}.`;
  if (text === null) return 'Nothing was saved.';
  const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptFor);
  return `Handed to the browser as ${name}: look in its downloads.`;
}
