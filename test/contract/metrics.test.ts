import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { inProject } from '../../build/paths.ts';
import { startCoreOnDemo } from '../support/core-on-demo.ts';
import type { CoreOnDemo } from '../support/core-on-demo.ts';
import { samplesOf, sumOf } from '../support/exposition.ts';
import type { Sample } from '../support/exposition.ts';
import { checkMetrics, findPromtool } from '../support/promtool.ts';

/** The selectors of a metric in a query: what stands in its braces. */
function selectors(expr: string, name: string): string[] {
  return Array.from(expr.matchAll(new RegExp(`\\b${name}\\{([^}]*)\\}`, 'g')), (found) => found[1] ?? '');
}

/** Every label that a query uses of a metric, also the ones it groups by. */
function labelsIn(expr: string, name: string): string[] {
  const selected = selectors(expr, name).flatMap((inside) => inside.match(/\w+(?=(?:=~|!=|=)")/g) ?? []);
  const groups = Array.from(expr.matchAll(/by \(([^)]*)\)/g), (found) => found[1] ?? '');
  return [...selected, ...groups.flatMap((group) => group.split(', '))];
}

/** The label values that a query names. */
function equalities(expr: string, name: string): { label: string; value: string }[] {
  return selectors(expr, name).flatMap((inside) =>
    Array.from(inside.matchAll(/(\w+)!?="([^"]*)"/g), ([, label = '', value = '']) => ({ label, value })),
  );
}

// What Prometheus would scrape from a core on the demo, with everything in it that can be known.

let app: CoreOnDemo;
let text: string;
let samples: Sample[];
let users: readonly { readonly user: string }[] = [];

beforeAll(async () => {
  app = await startCoreOnDemo();
  const { client } = app;
  client.subscribe('portal.state', (state) => {
    users = state.users;
  });
  await vi.waitUntil(() => users.length > 0);
  await Promise.all(users.slice(0, 1).map(({ user }) => client.call('portal.context', { user })));
  await client.call('workstations.list', {});
  for (let n = 0; n < 40; n += 1) await client.call('vpn.status', {});
  await client.call('engines.totals', {});
  await client.call('orchestrator.status', {});
  text = await app.core.metrics.text();
  samples = samplesOf(text);
}, 30_000);

afterAll(() => app.core.stop());

test('everything that the demo reports is there', () => {
  for (const name of ['engines', 'streams', 'vpn_connected', 'vpn_nodes', 'sessions', 'workstations']) {
    expect(samples.map((one) => one.name)).toContain(`cachedeck_${name}`);
  }
  const zones = { resource: 'session:zones' };
  expect(sumOf(text, 'cachedeck_cache_loads_total', zones)).toBe(1);
  expect(sumOf(text, 'cachedeck_backend_calls_total', zones)).toBe(1);
  expect(sumOf(text, 'cachedeck_backend_calls_total', { resource: 'workstations_list' })).toBe(1);
  expect(sumOf(text, 'cachedeck_sessions')).toBe(1);
});

test('no user, address or secret of the demo is in it', () => {
  for (const { user } of users) expect(text).not.toContain(user);
  expect(text).not.toMatch(/@|127\.0\.0\.1|localhost|https?:|Demo|engineer|customer/);
});

test('promtool finds nothing to say', ({ skip }) => {
  const promtool = findPromtool();
  if (promtool === null) {
    skip('promtool is not on the PATH (on Debian: apt-get install --no-install-recommends prometheus)');
    return;
  }
  expect(checkMetrics(promtool, text)).toEqual({ status: 0, said: '' });
  expect(checkMetrics(promtool, 'bad name 1\n').status).not.toBe(0);
});

test('the README’s table names every metric, and no other', () => {
  const readme = readFileSync(inProject('README.md'), 'utf8');
  const [, section = ''] = /\n## Monitoring\n([\s\S]*?)\n## /.exec(readme) ?? [];
  const named = section.match(/`(?:cachedeck|process)_\w+`/g) ?? [];
  const there = text.match(/^# TYPE \S+/gm) ?? [];
  expect(new Set(named)).toEqual(new Set(there.map((line) => `\`${line.slice('# TYPE '.length)}\``)));
});

describe('the Grafana dashboard', () => {
  const target = z.object({ expr: z.string(), refId: z.string() });
  const panel = z.object({
    id: z.number(),
    title: z.string().min(1),
    description: z.string().min(1),
    datasource: z.object({ uid: z.string() }),
    gridPos: z.object({ h: z.number(), w: z.number(), x: z.number(), y: z.number() }),
    targets: z.array(target).min(1),
  });
  const dashboard = z
    .object({
      uid: z.literal('cachedeck'),
      templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string() })) }),
      panels: z.array(panel).min(10),
    })
    .parse(JSON.parse(readFileSync(inProject('build/grafana/cachedeck-dashboard.json'), 'utf8')));
  const targets = dashboard.panels.flatMap(({ title, targets: list }) =>
    list.map(({ expr, refId }) => ({ title, refId, expr })),
  );

  test('takes its data source from a variable', () => {
    expect(dashboard.templating.list).toContainEqual(
      expect.objectContaining({ name: 'datasource', type: 'datasource' }),
    );
    for (const { datasource } of dashboard.panels) expect(datasource.uid).toBe('${datasource}');
  });

  test('has panels side by side, none over another', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of dashboard.panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  test.each(targets)('$title, query $refId: every metric and label is in a real scrape', ({ expr }) => {
    const names = expr.match(/\b(?:cachedeck|process)_[a-z_]+/g) ?? [];
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) {
      const own = samples.filter((one) => one.name === name);
      expect([name, own.length > 0]).toEqual([name, true]);
      const labels = new Set([...own.flatMap((one) => Object.keys(one.labels)), 'instance']);
      expect(labelsIn(expr, name).filter((label) => !labels.has(label))).toEqual([]);
      const unknown = equalities(expr, name).filter(
        ({ label, value }) => !own.some((one) => one.labels[label] === value),
      );
      expect(unknown).toEqual([]);
    }
  });
});
