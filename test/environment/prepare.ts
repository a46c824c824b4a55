import { parseArgs } from 'node:util';
import { describeTiers, summarizeTiers, type Tier, tiers } from './tiers.ts';
import {
  describeMissingPackages,
  installPackages,
  mayInstallPackages,
  missingPackages,
} from './tools/systemPackages.ts';
import { ensureTools, reportOnStandardError } from './tools/tools.ts';

/*
 * Prepares the machine for the tests that need real programs: installs system packages (only when CI=true, or
 * --install-system-packages, or SLIPWAY_INSTALL_SYSTEM_PACKAGES=1) and builds what is missing.
 *
 *   node --import tsx test/environment/prepare.ts [--tier helm|kubernetes|engine|node|browser|neovim|all]… [--describe]
 *
 * Ends with 0 even when a tier is unavailable, because its tests then say so; with 1 when CI=true.
 */
const { values } = parseArgs({
  options: {
    tier: { type: 'string', multiple: true, default: ['all'] },
    'install-system-packages': { type: 'boolean', default: false },
    describe: { type: 'boolean', default: false },
  },
});

const known = Object.keys(tiers) as Tier[];
const unknown = values.tier.filter((name) => name !== 'all' && !known.some((tier) => tier === name));
if (unknown.length > 0) {
  console.error(`There is no tier ${unknown.join(', ')}. The tiers are ${known.join(', ')} and all.`);
  process.exit(2);
}
const wanted = known.filter((tier) => values.tier.includes('all') || values.tier.includes(tier));

if (!values.describe) await prepare(wanted);
const all = await describeTiers();
const descriptions = Object.fromEntries(wanted.map((tier) => [tier, all[tier]])) as typeof all;
const { lines, failed } = summarizeTiers(descriptions);
for (const line of lines) console.log(line);
process.exitCode = failed ? 1 : 0;

async function prepare(wantedTiers: readonly Tier[]): Promise<void> {
  const packages = missingPackages(wantedTiers.flatMap((tier) => tiers[tier].requirements));
  if (packages.length > 0 && (values['install-system-packages'] || mayInstallPackages())) {
    await installPackages(packages, reportOnStandardError);
  } else if (packages.length > 0) {
    reportOnStandardError(describeMissingPackages(packages));
  }
  for (const tier of wantedTiers) {
    const obstacle = await tiers[tier].check();
    // What can't run here need not be built.
    if (obstacle === undefined) await ensureTools(tiers[tier].tools);
  }
}
