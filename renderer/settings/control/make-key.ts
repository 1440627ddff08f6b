const keyBytes = 32;

/** `cdk_` and 256 random bits as base64url: 47 characters. */
export function makeKey(fill: (bytes: Uint8Array<ArrayBuffer>) => void): string {
  const bytes = new Uint8Array(keyBytes);
  fill(bytes);
  const text = btoa(String.fromCharCode(...bytes));
  return `cdk_${text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
