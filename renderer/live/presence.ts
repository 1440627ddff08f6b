import type { Client } from '../../shared/rpc/client.ts';

/** ms between two words of a page that is looked at; main believes one for three times as long. */
const repeatMs = 5000;

/** Whether someone looks at this page: it is on the screen and what is typed goes to it. */
export function isAttentive(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus();
}

/** No UUID: browsers have those only on secure origins, and the host may be asked by another name. */
function randomName(): string {
  return [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');
}

/**
 * Tells main whether someone looks at this page, at every change and again while it is so: then alerts are told in the
 * page and not by the system. Returns the way to stop.
 */
export function followPresence(client: Client): () => void {
  const page = randomName();
  let said = false;
  let reachable = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function say(attentive: boolean): void {
    clearTimeout(timer);
    if (attentive) timer = setTimeout(update, repeatMs);
    if (!reachable || (!attentive && !said)) return;
    said = attentive;
    // A word that is lost needs no words: main forgets a page it has not heard of, and the banner tells why.
    client.call('app.presence', { page, attentive }).catch(() => {});
  }

  function update(): void {
    say(isAttentive());
  }

  function leave(): void {
    say(false);
  }

  window.addEventListener('focus', update);
  window.addEventListener('blur', update);
  window.addEventListener('pageshow', update);
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', update);
  const stopState = client.onState((state) => {
    reachable = state === 'open';
    if (reachable) update();
  });
  return () => {
    stopState();
    window.removeEventListener('focus', update);
    window.removeEventListener('blur', update);
    window.removeEventListener('pageshow', update);
    window.removeEventListener('pagehide', leave);
    document.removeEventListener('visibilitychange', update);
    leave();
    clearTimeout(timer);
  };
}
