import type { FullResult, TestCase, TestResult } from '@playwright/test/reporter';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { notHere } from '../../e2e/support/not-here.ts';
import SkipReporter from '../../e2e/support/skip-reporter.ts';

let said: string[];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'log').mockImplementation((line: unknown) => void said.push(String(line)));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** What becomes of a run that passed, but for one test of a project that was skipped. */
async function afterSkip(project: string, reason: string): Promise<FullResult['status']> {
  const reporter = new SkipReporter();
  const annotations = [{ type: 'skip', description: reason }];
  const skipped = { annotations: [], parent: { project: () => ({ name: project }) } } as unknown as TestCase;
  reporter.onTestEnd(skipped, { status: 'skipped', retry: 0, annotations } as unknown as TestResult);
  const { status } = await reporter.onEnd({ status: 'passed' } as FullResult);
  return status;
}

test('a skip is told with its reason, and is no failure unless that is asked for', async () => {
  expect(await afterSkip('desktop', 'no Electron runtime')).toBe('passed');
  expect(said).toContain('SKIPPED 1: no Electron runtime');
});

test.each([
  ['browser', 'REQUIRE_BROWSER'],
  ['watch', 'REQUIRE_BROWSER'],
  ['desktop', 'REQUIRE_ELECTRON'],
])('a skip in %s is a failure where %s asks for it', async (project, variable) => {
  vi.stubEnv(variable, '1');
  expect(await afterSkip(project, 'nothing to run it with')).toBe('failed');
  expect(await afterSkip('notifications', 'nothing to run it with')).toBe('passed');
});

test('what a system does not have is told, and never a failure', async () => {
  vi.stubEnv('REQUIRE_BROWSER', '1');
  expect(await afterSkip('browser', notHere('Windows makes no process stand still'))).toBe('passed');
  expect(said).toContain('SKIPPED 1: not on this system: Windows makes no process stand still');
});
