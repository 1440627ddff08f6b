import { describe, expect, it } from 'vitest';
import { ageText, spanText } from '../../../shared/model/age.ts';

const s = 1000;
const min = 60 * s;
const h = 60 * min;

describe('ageText', () => {
  it.each([
    [0, 'just now'],
    [1999, 'just now'],
    [2 * s, '2 s'],
    [99.9 * s, '99 s'],
    [100 * s, '1 min 40 s'],
    [10 * min - 1, '9 min 59 s'],
    [10 * min, '10 min'],
    [h - 1, '59 min'],
    [h, '1 h 00 min'],
    [3 * h + 4 * min, '3 h 04 min'],
    [24 * h - 1, '23 h 59 min'],
    [24 * h, '1 d 0 h'],
    [51 * h, '2 d 3 h'],
  ])('%d ms reads %s', (ms, text) => {
    expect(ageText(ms)).toBe(text);
  });

  it('says a span below 2 s in seconds, without "just now"', () => {
    expect(spanText(1500)).toBe('1 s');
  });
});
