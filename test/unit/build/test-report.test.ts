import { describe, expect, it } from 'vitest';
import { add, closingLine, playwrightCounts, readCounts, vitestCounts } from '../../../build/test-report.ts';

describe('the closing line of npm test', () => {
  it("counts vitest's tests, and a file that broke before its first one as a failure", () => {
    const assertionResults = ['passed', 'passed', 'failed', 'pending', 'todo'].map((status) => ({ status }));
    expect(
      vitestCounts({
        testResults: [
          { status: 'failed', assertionResults },
          { status: 'failed', assertionResults: [] },
          { status: 'passed', assertionResults: [] },
        ],
      }),
    ).toEqual({ passed: 2, failed: 2, skipped: 2 });
  });

  it("counts Playwright's", () => {
    expect(playwrightCounts({ stats: { expected: 5, unexpected: 1, flaky: 0, skipped: 7 } })).toEqual({
      passed: 5,
      failed: 1,
      skipped: 7,
    });
  });

  it('is one plain line of their sums', () => {
    const sum = add({ passed: 2, failed: 0, skipped: 1 }, { passed: 5, failed: 1, skipped: 7 });
    expect(closingLine(sum)).toBe('7 passed, 1 failed, 8 skipped');
  });

  it('counts nothing for a tool that wrote no report', () => {
    expect(readCounts('/nonexistent/report.json')).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});
