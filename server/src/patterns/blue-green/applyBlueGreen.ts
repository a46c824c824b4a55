import { setValue } from '../../languages/yaml/yamlEdits.ts';
import { besideOf, copyOf, documents } from '../../rules/parts/newDocument.ts';
import type { WorkspaceChange } from '../../rules/pattern.ts';
import { servicesOf } from '../../workspace/kubernetes/podSelection.ts';
import { workloadOf } from '../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../workspace/resource.ts';
import type { ResourceGraph } from '../../workspace/resourceGraph.ts';
import { colourPairs } from './colours.ts';

const LABEL = 'color';

/**
 * Makes a Deployment the blue colour: its pods and its Service get the label, and a green Deployment with a preview
 * Service is written beside it.
 */
export function applyBlueGreen(resource: Resource, graph: ResourceGraph): WorkspaceChange | undefined {
  const workload = workloadOf(resource);
  const service = workload && servicesOf(workload, graph)[0];
  const selector = service?.root.find('spec', 'selector');
  const { name } = resource;
  if (!workload?.podLabels || !service?.name || !selector || name === undefined || resource.type !== 'apps/Deployment')
    return undefined;
  if (workload.podLabels.child(LABEL) || selector.child(LABEL)) return undefined;
  if (colourPairs(graph).some(({ blue, green }) => blue === workload || green === workload)) return undefined;
  const green = copyOf(resource, (copy) => {
    copy.setIn(['metadata', 'name'], `${name}-green`);
    copy.setIn(['spec', 'selector', 'matchLabels', LABEL], 'green');
    copy.setIn(['spec', 'template', 'metadata', 'labels', LABEL], 'green');
  });
  const preview = copyOf(service, (copy) => {
    copy.setIn(['metadata', 'name'], `${service.name}-preview`);
    copy.setIn(['spec', 'selector', LABEL], 'green');
    // Ports of the node are given once; the preview gets its own.
    copy.deleteIn(['spec', 'clusterIP']);
    copy.setIn(['spec', 'type'], 'ClusterIP');
  });
  return {
    edits: [...setValue(workload.podLabels, [LABEL], 'blue'), ...setValue(selector, [LABEL], 'blue')],
    creates: [{ uri: besideOf(resource, `${name}-green.yaml`), text: documents(green, preview) }],
  };
}
