import type { ServerResponse } from 'node:http';
import type { Clock } from '../clock.ts';
import type { DemoReply, StreamPart } from './exchange.ts';

/** Sends a reply, its stream by the clock. Ends early when the client has gone. */
export function sendReply(reply: DemoReply, response: ServerResponse, clock: Clock): void {
  const { status, contentType, body, stream, breaksOff = false } = reply;
  if (stream === undefined) {
    response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
    response.end(body);
    return;
  }
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-cache' });
  response.write(body);
  sendFrom(0, stream);

  function sendFrom(nth: number, parts: readonly StreamPart[]): void {
    const part = parts[nth];
    if (part === undefined) {
      if (breaksOff) response.destroy();
      else response.end();
      return;
    }
    const cancel = clock.after(part.afterMs, () => {
      response.off('close', cancel);
      if (response.destroyed) return;
      if (part.text !== '') response.write(part.text);
      sendFrom(nth + 1, parts);
    });
    response.once('close', cancel);
  }
}
