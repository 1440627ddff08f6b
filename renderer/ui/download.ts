/** ms after which the browser has begun to read the content. */
const keptFor = 60_000;

/**
 * Hands a document to the browser, which puts it with its downloads.
 * @returns where it went, as a sentence
 */
export function download(name: string, content: BlobPart, type: string): string {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptFor);
  return `Handed to the browser as ${name}: look in its downloads.`;
}
