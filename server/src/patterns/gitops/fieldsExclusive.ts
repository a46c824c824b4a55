import type { SourceNode } from '../../text/sourceNode.ts';
import { sourcesOf } from '../../workspace/edges/argoApplications.ts';
import { describe } from '../../workspace/resource.ts';
import { applicationRule } from './applicationRule.ts';

/** Fields that exclude each other: Argo CD rejects the Application. */
export const rule = applicationRule(
  'fields-exclusive',
  'error',
  'recommended',
  function* ({ resource, spec }) {
    const both = (map: SourceNode | undefined, one: string, other: string) => {
      const [first, second] = [map?.find(one), map?.find(other)];
      return first && second && first.text() !== '' && second.text() !== '' ? second : undefined;
    };
    const destination = spec.find('destination');
    const cluster = both(destination, 'server', 'name');
    if (cluster) {
      yield {
        at: cluster.keyPlace,
        message: `${describe(resource)} is rejected: its destination has a server and a name, which both say which cluster it is.`,
      };
    }
    if (destination?.kind === 'map' && destination.lacks('server') && destination.lacks('name')) {
      yield {
        at: destination.keyPlace,
        message: `${describe(resource)} is rejected: its destination names no cluster.`,
      };
    }
    const sources = both(spec, 'source', 'sources');
    if (sources) {
      yield {
        at: sources.keyPlace,
        message: `${describe(resource)} has a source and sources, and only sources counts.`,
        severity: 'warning',
      };
    }
    for (const source of sourcesOf(spec)) {
      const path = both(source, 'chart', 'path');
      if (!path) continue;
      yield {
        at: path.keyPlace,
        message: `${describe(resource)} is rejected: a source is either a chart of a Helm repository or a path in a Git repository.`,
      };
    }
  },
  ['kyverno:application-field-validation'],
);
