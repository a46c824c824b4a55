// Mocha's spec reporter that also writes its counts to the file named by TEST_COUNTS, for the closing line of a run
// made of several mocha processes, and how each test ended, for the index of patterns. Mocha loads reporters with require, hence plain CommonJS.
const { writeFileSync } = require('node:fs');
const { reporters, Runner } = require('mocha');

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } = Runner.constants;

module.exports = class CountingReporter extends reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    const skipped = [];
    runner.on(EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
    const tests = [];
    const keep = (state) => (test) => tests.push({ path: test.titlePath(), state });
    runner.on(EVENT_TEST_PASS, keep('passed'));
    runner.on(EVENT_TEST_FAIL, keep('failed'));
    runner.on(EVENT_TEST_PENDING, keep('skipped'));
    runner.once(EVENT_RUN_END, () => {
      const { passes = 0, failures = 0 } = this.stats;
      if (process.env.TEST_COUNTS) writeFileSync(process.env.TEST_COUNTS, JSON.stringify({ passes, failures, skipped, tests }));
    });
  }
};
