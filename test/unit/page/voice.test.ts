import { describe, expect, it } from 'vitest';
import { createVoice, restMs } from '../../../renderer/live/voice.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function listening() {
  const clock = new FakeClock();
  const voice = createVoice(
    () => clock.mono(),
    (ms, task) => clock.after(ms, task),
  );
  const heard: { readonly at: number; readonly text: string }[] = [];
  const begun = clock.mono();
  voice.subscribe(() => heard.push({ at: clock.mono() - begun, text: voice.said }));
  return { clock, voice, heard, texts: () => heard.map(({ text }) => text) };
}

describe('the voice of the page', () => {
  it('tells together what happens together', async () => {
    const { clock, voice, texts } = listening();
    voice.announce('a', () => 'VPN status stale.');
    voice.announce('b', () => 'Engine totals stale.');
    await clock.advance(100);
    expect(texts()).toEqual(['VPN status stale. Engine totals stale.']);
  });

  it('speaks at most once per 10 s, and drops nothing for it', async () => {
    const { clock, voice, heard } = listening();
    const words = Array.from({ length: 25 }, (_, n) => `Fact ${n}.`);
    for (const each of words) {
      voice.announce(each, () => each);
      await clock.advance(1000);
    }
    await clock.advance(restMs);
    expect(heard.map(({ text }) => text).join(' ')).toBe(words.join(' '));
    const gaps = heard.slice(1).map(({ at }, index) => at - (heard[index]?.at ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(restMs);
    expect(heard.length).toBeLessThanOrEqual(4);
  });

  it('tells the last of several words about the same thing', async () => {
    const { clock, voice, texts } = listening();
    voice.announce('first', () => 'First.');
    await clock.advance(100);
    voice.announce('vpn', () => 'VPN status failing.');
    voice.announce('vpn', () => 'VPN status stale.');
    await clock.advance(restMs);
    expect(texts()).toEqual(['First.', 'VPN status stale.']);
  });

  it('does not say what has become untrue, nor rest after saying nothing', async () => {
    const { clock, voice, texts } = listening();
    voice.announce('vpn', () => null);
    await clock.advance(100);
    voice.announce('totals', () => 'Engine totals live.');
    await clock.advance(100);
    expect(texts()).toEqual(['Engine totals live.']);
  });

  it('answers the operator at once, with what waits, and rests from there', async () => {
    const { clock, voice, heard } = listening();
    voice.announce('a', () => 'A.');
    await clock.advance(1000);
    voice.announce('b', () => 'B.');
    voice.reply('Cleared 5 entries.');
    await clock.advance(1000);
    voice.announce('c', () => 'C.');
    await clock.advance(restMs);
    expect(heard.map(({ text }) => text)).toEqual(['A.', 'B. Cleared 5 entries.', 'C.']);
    expect((heard[2]?.at ?? 0) - (heard[1]?.at ?? 0)).toBeGreaterThanOrEqual(restMs);
  });

  it('says nothing more once its page is gone', async () => {
    const { clock, voice, texts } = listening();
    voice.announce('a', () => 'A.');
    voice.end();
    await clock.advance(restMs);
    expect([texts(), clock.pending]).toEqual([[], 0]);
  });
});
