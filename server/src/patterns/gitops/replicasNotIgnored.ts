import { addEntry, addItem } from '../../languages/yaml/yamlEdits.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { APPLICATION, deployedBy } from '../../workspace/edges/argoApplications.ts';
import { describe, type Resource } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

/** Argo CD puts the number of pods back that an autoscaler has just changed, for ever. */
export const rule = applicationRule(
  'replicas-not-ignored',
  'warning',
  'recommended',
  function* ({ resource, spec, graph }) {
    const selfHeal = spec.find('syncPolicy', 'automated', 'selfHeal');
    if (resource.type !== APPLICATION || selfHeal?.boolean() !== true) return;
    const ignored = spec.find('ignoreDifferences');
    if (ignored?.open) return;
    const deployed = new Set(deployedBy(resource, graph));
    for (const autoscaler of deployed) {
      if (autoscaler.type !== 'autoscaling/HorizontalPodAutoscaler' && autoscaler.type !== 'keda.sh/ScaledObject')
        continue;
      for (const { target } of graph.edgesFrom(autoscaler, 'scales')) {
        if (target.status !== 'found' || !deployed.has(target.resource)) continue;
        const workload = target.resource;
        const replicas = workload.root.find('spec', 'replicas');
        if (!replicas || ignores(ignored, workload)) continue;
        const group = workload.type.slice(0, workload.type.indexOf('/'));
        const entry = { group, kind: workload.kind, jsonPointers: ['/spec/replicas'] };
        yield {
          at: selfHeal,
          message: `${describe(resource)} puts the replicas of ${describe(workload)} back whenever ${describe(autoscaler)} changes them.`,
          related: [{ at: replicas, message: 'This number is put back.' }],
          fixes: [
            {
              title: `Ignore the replicas of ${workload.kind}s`,
              safe: true,
              edits: () => [
                ignored?.kind === 'list' ? addItem(ignored, entry) : addEntry(spec, 'ignoreDifferences', [entry]),
              ],
            },
          ],
        };
        return;
      }
    }
  },
);

function ignores(list: SourceNode | undefined, { kind, name, type }: Resource): boolean {
  return (list?.items ?? []).some((entry) => {
    if (!entry.known) return true;
    const group = entry.text('group') ?? '';
    if (entry.text('kind') !== kind && entry.text('kind') !== '*') return false;
    if (group !== '*' && !type.startsWith(`${group}/`)) return false;
    if (entry.text('name') !== undefined && entry.text('name') !== name) return false;
    const paths = ['jsonPointers', 'jqPathExpressions'].flatMap(
      (field) => entry.find(field)?.items.flatMap((item) => item.text() ?? []) ?? [],
    );
    return (
      paths.some((path) => /^[/.]spec[/.]replicas\b/.test(path)) || entry.find('managedFieldsManagers') !== undefined
    );
  });
}
