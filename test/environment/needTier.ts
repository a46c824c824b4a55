import assert from 'node:assert/strict';
import { describeTiers, type Tier } from './tiers.ts';

/** Skips a suite aloud where its tier of the test environment is unavailable; with `CI=true` it fails instead. */
export async function needTier(suite: Mocha.Context, tier: Tier): Promise<void> {
  const { available, reason } = (await describeTiers())[tier];
  if (available) return;
  assert.notEqual(process.env['CI'], 'true', `the tier ${tier} is unavailable: ${reason}`);
  console.log(`      SKIPPED: the tier ${tier} is unavailable: ${reason}`);
  suite.skip();
}
