import type { FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { isNotHere } from './not-here.ts';

/** Makes the skips of a project count as failures, but for those of what the system does not have at all. */
const required: Readonly<Record<string, string>> = {
  browser: 'REQUIRE_BROWSER',
  watch: 'REQUIRE_BROWSER',
  desktop: 'REQUIRE_ELECTRON',
};

/**
 * Says as its last lines what did not run and why, so that a skipped test never passes for a passed one, and which
 * tests passed at their second try only.
 */
export default class SkipReporter implements Reporter {
  readonly #reasons = new Map<string, number>();
  #run = 0;
  #refused: string | null = null;
  #suite: Suite | null = null;

  onBegin(_config: unknown, suite: Suite): void {
    this.#suite = suite;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (result.status !== 'skipped') {
      if (result.retry === 0) this.#run += 1;
      return;
    }
    const note = test.annotations.concat(result.annotations).find(({ type }) => type === 'skip');
    const reason = note?.description ?? 'no reason given';
    this.#reasons.set(reason, (this.#reasons.get(reason) ?? 0) + 1);
    const variable = required[test.parent.project()?.name ?? ''];
    if (variable !== undefined && process.env[variable] === '1' && !isNotHere(reason)) {
      this.#refused ??= variable;
    }
  }

  async onEnd(result: FullResult): Promise<{ status: FullResult['status'] }> {
    const skipped = [...this.#reasons.values()].reduce((sum, count) => sum + count, 0);
    const missed = (this.#suite?.allTests().length ?? 0) - this.#run - skipped;
    console.log(`\nE2E: ${this.#run} run, ${skipped} SKIPPED${missed > 0 ? `, ${missed} not reached` : ''}`);
    for (const [reason, count] of this.#reasons) console.log(`SKIPPED ${count}: ${reason}`);
    for (const test of this.#suite?.allTests() ?? []) {
      if (test.outcome() === 'flaky')
        console.log(`SECOND TRY NEEDED: ${test.titlePath().filter(Boolean).join(' › ')}`);
    }
    if (this.#refused === null) return { status: result.status };
    console.log(`${this.#refused}=1: skipped tests are failures`);
    return { status: 'failed' };
  }

  printsToStdio(): boolean {
    return true;
  }
}
