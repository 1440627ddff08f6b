import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../core/clock.ts';
import { FailureLimit } from '../core/control/failure-limit.ts';
import type { KeyRing } from '../core/control/types.ts';
import { readForm } from './form-body.ts';
import { refuseMethod, send } from './http-replies.ts';
import type { Login, Session } from './login.ts';
import { sendPlainPage } from './plain-page.ts';
import { fromElsewhere } from './request-guard.ts';

const usedUp = 'This link is used up, too old or not ours. Press Enter in the terminal for a fresh link.';

/**
 * Answers `/login`: GET with the code of a link, POST with a key in a form (`key=`). Whether the request may come from
 * where it comes from was judged before. Wrong keys are counted by address.
 */
export function createSignIn(options: {
  readonly login: Pick<Login, 'redeem' | 'admit'>;
  readonly keys: Pick<KeyRing, 'size' | 'holderOf'>;
  readonly clock: Clock;
  readonly cookieName: () => string;
  readonly sessionOf: (request: IncomingMessage) => Session | null;
}): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  const { login, keys, clock, cookieName, sessionOf } = options;
  const limit = new FailureLimit(clock);

  function refuse(response: ServerResponse, status: number, text: string): void {
    sendPlainPage(response, status, text, { keyForm: keys.size > 0 });
  }

  function setSession(response: ServerResponse, token: string): void {
    response.setHeader('Set-Cookie', `${cookieName()}=${token}; HttpOnly; SameSite=Strict; Path=/`);
  }

  function goOn(response: ServerResponse): void {
    send(response, 303, 'text/plain; charset=utf-8', '', { Location: '/' });
  }

  function followLink(request: IncomingMessage, response: ServerResponse, code: string): void {
    const token = login.redeem(code);
    if (token === null && sessionOf(request) === null) return refuse(response, 401, usedUp);
    if (token !== null) setSession(response, token);
    // A redirect keeps the link's origin as initiator, and a strict cookie would not travel with it; a refresh is ours.
    if (fromElsewhere(request)) sendPlainPage(response, 200, 'Signed in.', { refreshTo: '/' });
    else goOn(response);
  }

  async function takeKey(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = await readForm(request);
    if (!form.ok) {
      response.setHeader('Connection', 'close'); // what is left of the body is not read
      return refuse(response, form.status, form.message);
    }
    const address = request.socket.remoteAddress ?? '';
    if (limit.reached(address)) {
      response.setHeader('Retry-After', '60');
      return refuse(response, 429, 'Too many wrong keys. Try again in a minute.');
    }
    const holder = keys.holderOf(form.fields.get('key')?.trim() ?? '');
    if (!holder) {
      limit.add(address);
      return refuse(response, 401, 'This key is not one of ours.');
    }
    setSession(response, login.admit(holder));
    goOn(response);
  }

  return async (request, response, url) => {
    if (request.method === 'GET') followLink(request, response, url.searchParams.get('code') ?? '');
    else if (request.method === 'HEAD')
      refuse(response, 401, usedUp); // a preview must not use the link up
    else if (request.method === 'POST') await takeKey(request, response);
    else refuseMethod(response, 'GET, POST');
  };
}
