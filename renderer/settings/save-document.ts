import type { SavedDocument } from '../../shared/contract/diagnostics.ts';
import { download } from '../ui/download.ts';

/**
 * Hands a document to the operator where main has not already done so.
 * @returns where it went, as a sentence
 */
export function saveDocument({ name, text, savedTo }: SavedDocument): string {
  if (savedTo !== null) return `Saved to ${savedTo}.`;
  if (text === null) return 'Nothing was saved.';
  return download(name, text, 'application/json');
}
