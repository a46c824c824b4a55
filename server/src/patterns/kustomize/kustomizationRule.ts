import { defineRule, type Finding, type Profile, type Rule, type Severity } from '../../rules/contract.ts';
import type { KustomizationBuild } from '../../workspace/kustomize/buildKustomization.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** A kustomization and what its build found out; a base is built once for each overlay that includes it. */
export interface BuiltKustomization {
  readonly build: KustomizationBuild;
  readonly resource: Resource;
  readonly graph: ResourceGraph;
}

/** A rule of this group: it speaks of kustomizations that were built. Those within charts are files like any other. */
export function kustomizationRule(
  fault: string,
  severity: Severity,
  profile: Profile,
  check: (kustomization: BuiltKustomization) => Iterable<Finding>,
): Rule {
  return defineRule({
    id: `kustomize/${fault}`,
    severity,
    profile,
    types: ['kustomize/Kustomization'],
    *check(resource, graph) {
      const build = resource.model as KustomizationBuild | undefined;
      if (build) yield* check({ build, resource, graph });
    },
  });
}

/** The folder of a kustomization as people call it: its last segment. */
export function folderName(uri: string): string {
  return decodeURIComponent(uri.replace(/\/$/, '').split('/').at(-1) ?? uri);
}
