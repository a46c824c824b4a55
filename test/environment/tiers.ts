import { checkControlPlane } from './controlPlane/checkControlPlane.ts';
import { checkEngine } from './engine/checkEngine.ts';
import { checkNode } from './node/checkNode.ts';
import {
  browserRequirements,
  controlPlaneRequirements,
  describeMissingPackages,
  engineRequirements,
  missingPackages,
  neovimRequirements,
  nodeRequirements,
  type SystemRequirement,
} from './tools/systemPackages.ts';
import {
  controlPlaneTools,
  engineTools,
  findTool,
  helmTools,
  missingForBuild,
  nodeTools,
  type ToolName,
} from './tools/tools.ts';

/** A part of the environment that a machine has or has not; see README.md. */
export type Tier = 'helm' | 'kubernetes' | 'engine' | 'node' | 'browser' | 'neovim';

/** What a tier is made of. */
export interface TierParts {
  readonly requirements: readonly SystemRequirement[];
  readonly tools: readonly ToolName[];
  /** Why it can't run here, or `undefined`. */
  readonly check: () => Promise<string | undefined> | string | undefined;
}

/** All tiers, the ones that others build on first. */
export const tiers: Readonly<Record<Tier, TierParts>> = {
  helm: { requirements: [], tools: helmTools, check: () => missingForBuild(helmTools) },
  kubernetes: { requirements: controlPlaneRequirements, tools: controlPlaneTools, check: checkControlPlane },
  engine: { requirements: engineRequirements, tools: engineTools, check: checkEngine },
  node: {
    requirements: [...controlPlaneRequirements, ...engineRequirements, ...nodeRequirements],
    tools: [...controlPlaneTools, ...engineTools, ...nodeTools],
    check: async () => checkControlPlane() ?? (await checkNode()),
  },
  browser: packagesOnly(browserRequirements),
  neovim: packagesOnly(neovimRequirements),
};

function packagesOnly(requirements: readonly SystemRequirement[]): TierParts {
  return {
    requirements,
    tools: [],
    check: () => {
      const missing = missingPackages(requirements);
      return missing.length === 0 ? undefined : describeMissingPackages(missing);
    },
  };
}

/** Whether a tier's tests can run now, and if not, why. */
export interface TierDescription {
  readonly available: boolean;
  readonly reason?: string;
}

/** Describes each tier. Takes about 0.2 s; builds and installs nothing. */
export async function describeTiers(): Promise<Record<Tier, TierDescription>> {
  const descriptions = Object.entries(tiers).map(async ([tier, parts]) => {
    const obstacle = await parts.check();
    const unbuilt = parts.tools.filter((tool) => findTool(tool) === undefined);
    return [tier, describeTier(obstacle, unbuilt)] as const;
  });
  return Object.fromEntries(await Promise.all(descriptions)) as Record<Tier, TierDescription>;
}

/** The decision: an obstacle that nobody can build away comes first, then what has only not been built. */
export function describeTier(obstacle: string | undefined, unbuiltTools: readonly string[]): TierDescription {
  if (obstacle !== undefined) return { available: false, reason: obstacle };
  if (unbuiltTools.length === 0) return { available: true };
  const reason = `not built yet: ${unbuiltTools.join(' ')} (run node --import tsx test/environment/prepare.ts)`;
  return { available: false, reason };
}

/**
 * What the unavailable tiers mean for a test run: nothing on a person's machine, except that they are told;
 * with `CI=true` a failure. Gives the lines to print and whether the run has failed.
 */
export function summarizeTiers(
  descriptions: Readonly<Record<Tier, TierDescription>>,
  environment: NodeJS.ProcessEnv = process.env,
): { readonly lines: readonly string[]; readonly failed: boolean } {
  const mustHaveAll = environment['CI'] === 'true';
  const lines = Object.entries(descriptions).map(([tier, { available, reason }]) => {
    if (available) return `${tier}: available`;
    return mustHaveAll ? `${tier}: MISSING, and CI needs it: ${reason}` : `${tier}: SKIPPED: ${reason}`;
  });
  return { lines, failed: mustHaveAll && Object.values(descriptions).some(({ available }) => !available) };
}
