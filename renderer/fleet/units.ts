import { countText, dash } from '../ui/format.ts';

export const mebibyte = 1024 ** 2;

/**
 * A number of bytes in MiB, the one unit of its column: 0.78, 45.8, 1 204. What is not 0 never reads as 0.
 * @param bytes or bytes a second; null: not reported
 */
export function mebibytesText(bytes: number | null): string {
  if (bytes === null) return dash;
  const value = bytes / mebibyte;
  if (value === 0) return '0';
  if (value < 0.005) return '< 0.01';
  if (value < 9.995) return value.toFixed(2);
  return value < 99.95 ? value.toFixed(1) : countText(value);
}
