import { workspaceProject } from '../../../languages/terraform/workspaceProject.ts';
import type { Finding, Profile, Rule, Severity } from '../../../rules/contract.ts';
import { defineRule } from '../../../rules/contract.ts';
import type { ResourceGraph } from '../../../workspace/resourceGraph.ts';
import { blockOf, blocksOf, handedOn, reachedFrom, type TerraformBlock } from './terraformBlock.ts';

/** A resource that should be accompanied by another one, which refers to it. */
export interface Companion {
  readonly of: string;
  /** Types of resources that do it, the usual one first. */
  readonly by: readonly string[];
  /** Argument of the companion that names what it belongs to. */
  readonly key: string;
  /** Argument of the resource whose plain text the companion may repeat instead of a reference. */
  readonly name?: string;
  /** Arguments or blocks of the resource itself that do the same. */
  readonly inline?: readonly string[];
  /** Only resources for which this holds. */
  readonly where?: (block: TerraformBlock) => boolean;
  /** Predicate of the message: `keeps no earlier versions`. */
  readonly says: string;
  readonly ids: readonly string[];
}

/** A rule that is a table of companions; a test goes through every row. */
export interface CompanionRule extends Rule {
  readonly companions: readonly Companion[];
}

export interface CompanionTable {
  readonly id: `terraform/${string}`;
  readonly severity: Severity;
  readonly profile: Profile;
  readonly companions: readonly Companion[];
}

export function companionRule({ id, severity, profile, companions }: CompanionTable): CompanionRule {
  const rule = defineRule({
    id,
    severity,
    profile,
    types: [...new Set(companions.map((companion) => `terraform/${companion.of}`))],
    equivalents: [...new Set(companions.flatMap((companion) => companion.ids))],
    *check(resource, graph): Iterable<Finding> {
      const block = blockOf(resource, graph);
      if (!block) return;
      for (const companion of companions) {
        if (companion.of !== block.type || companion.where?.(block) === false) continue;
        if (!isAlone(block, companion, graph)) continue;
        yield {
          at: block.namePlace,
          message: `${block.address} ${companion.says}: no ${companion.by[0]} refers to it.`,
          equivalents: companion.ids,
        };
      }
    },
  });
  return Object.freeze({ ...rule, companions });
}

/** Certainly nothing in the workspace accompanies the block. */
export function isAlone(
  block: TerraformBlock,
  { by, key, name, inline = [] }: Companion,
  graph: ResourceGraph,
): boolean {
  const { module, address, node } = block;
  if (module.isPartial || module.files.some(({ problems }) => problems.length > 0)) return false;
  if (inline.some((path) => !node.lacks(path))) return false;
  for (const companion of blocksOf(module, graph, ...by)) {
    const reached = reachedFrom(module, companion.block, graph);
    if (reached.has(address)) return false;
    const value = companion.node.find(key);
    if (name !== undefined && value?.scalar !== undefined && value.scalar === node.find(name)?.scalar) return false;
    // It belongs to something that is not known, so perhaps to this one.
    const belongsElsewhere =
      value?.scalar !== undefined || [...reached].some((other) => other.startsWith(`${block.type}.`));
    if (!belongsElsewhere) return false;
  }
  const { toCall, toCaller } = handedOn(block, graph);
  if (toCall) return false;
  if (!toCaller) return true;
  const callers = workspaceProject(graph).callersOf(module);
  return callers.every((caller) => blocksOf(caller.module, graph, ...by).length === 0);
}
