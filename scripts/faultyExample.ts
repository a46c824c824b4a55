import { join } from 'node:path';
import { fingerprint } from './fingerprint.ts';
import { makeWhenStale } from './freshness.ts';
import { plantFaults } from './plantFaults.ts';

/**
 * Writes `examples/shop-with-faults` where it is missing or the shop or its faults have changed. What the person has
 * changed in it meanwhile stays otherwise, so that an experiment outlives the next start.
 */
export async function ensureFaultyExample(root: string): Promise<void> {
  await makeWhenStale(
    join(root, 'dist', 'shop-with-faults.stamp'),
    await fingerprint(root, ['examples/shop', 'examples/faults']),
    join(root, 'examples', 'shop-with-faults'),
    async () => plantFaults(),
  );
}
