/** Exits with 0 when the address given answers a HEAD request, else with 1. The caller sets the time limit. */
const reached = await fetch(process.argv[2] ?? '', { method: 'HEAD' }).then(
  (response) => response.ok,
  () => false,
);
process.exit(reached ? 0 : 1);
