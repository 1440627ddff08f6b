// Plain JavaScript in old syntax: it must still run where Node is too old to start anything else.
var major = Number(process.versions.node.split('.')[0]);

if (major < 24) {
  console.error(
    'Cachedeck needs Node 24 or newer and this is Node ' +
      process.versions.node +
      ': install Node 24 (https://nodejs.org) and run the command again.',
  );
  process.exit(1);
}
