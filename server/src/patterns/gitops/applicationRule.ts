import { defineRule, type Finding, type Profile, type Rule, type Severity } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { APPLICATION, APPLICATION_SET, applicationSpec } from '../../workspace/edges/argoApplications.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';

/** An Application, or an ApplicationSet with the `spec` that it gives its Applications. */
export interface ApplicationCheck {
  readonly resource: Resource;
  readonly spec: SourceNode;
  readonly graph: ResourceGraph;
}

/** A rule of this pattern that speaks of Applications and of the templates of ApplicationSets alike. */
export function applicationRule(
  fault: string,
  severity: Severity,
  profile: Profile,
  check: (application: ApplicationCheck) => Iterable<Finding>,
  equivalents: readonly string[] = [],
): Rule {
  return defineRule({
    id: `gitops/${fault}`,
    severity,
    profile,
    types: [APPLICATION, APPLICATION_SET],
    ...(equivalents.length > 0 ? { equivalents } : {}),
    *check(resource, graph) {
      const spec = applicationSpec(resource);
      if (spec?.kind === 'map') yield* check({ resource, spec, graph });
    },
  });
}
