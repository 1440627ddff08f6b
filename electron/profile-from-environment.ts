import type { ProfileOptions } from './core/ports.ts';

/**
 * Which backend to connect: CACHEDECK_ORCHESTRATOR_URL (and CACHEDECK_ORCHESTRATOR_KEY) name one, otherwise it is the
 * demo. CACHEDECK_PROFILE (`demo` or `orchestrator`) decides where both would be possible.
 * @throws Error with a sentence for the person who set the variables; never with the key or the address in it.
 */
export function profileFromEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): ProfileOptions {
  const wanted = environment['CACHEDECK_PROFILE'] || null;
  const address = environment['CACHEDECK_ORCHESTRATOR_URL'] || null;
  if (wanted !== null && wanted !== 'demo' && wanted !== 'orchestrator') {
    throw new Error('CACHEDECK_PROFILE must be demo or orchestrator.');
  }
  if (wanted === 'demo' || (wanted === null && address === null)) return { kind: 'demo' };
  if (address === null) throw new Error('The orchestrator profile needs CACHEDECK_ORCHESTRATOR_URL.');
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new Error('CACHEDECK_ORCHESTRATOR_URL must be an http or https address.');
  }
  if (url.username || url.password) {
    throw new Error('CACHEDECK_ORCHESTRATOR_URL must not carry credentials: use CACHEDECK_ORCHESTRATOR_KEY.');
  }
  return {
    kind: 'orchestrator',
    name: url.host,
    url: address,
    apiKey: environment['CACHEDECK_ORCHESTRATOR_KEY'] || null,
  };
}
