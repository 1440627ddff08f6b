import { registerHooks } from 'node:module';

/** Makes `electron` mean the stub for everything loaded from now on. */
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron') return next(specifier, context);
    return { url: new URL('./index.ts', import.meta.url).href, format: 'module', shortCircuit: true };
  },
});
