import { replaceValue } from '../../languages/yaml/yamlEdits.ts';
import { defineRule } from '../../rules/contract.ts';
import type { SourceNode } from '../../text/sourceNode.ts';
import { describeOther, type Resource } from '../../workspace/resource.ts';

const ROUTES = ['HTTPRoute', 'GRPCRoute', 'TCPRoute'].map((kind) => `gateway.networking.k8s.io/${kind}`);

/** A backend's port is a port of the Service; any other one leads nowhere. */
export const rule = defineRule({
  id: 'pipeline/backend-port-unknown',
  severity: 'error',
  profile: 'recommended',
  types: ['networking.k8s.io/Ingress', ...ROUTES],
  equivalents: [
    'popeye:1402',
    'kubevious:ingress-service-ref',
    'kube-linter:dangling-ingress',
    'kube-score:ingress-targets-service',
    'kubescape:dangling-ingress-backend',
  ],
  *check(resource, graph) {
    for (const { writtenAt, target } of graph.edgesFrom(resource, 'routes-to')) {
      if (target.status !== 'found') continue;
      const port = portBeside(writtenAt);
      const ports = target.resource.root.find('spec', 'ports');
      const wanted = port?.scalar;
      if (!port || !ports || ports.open || wanted === undefined || wanted === null) continue;
      // The AWS Load Balancer Controller takes such a backend from an annotation.
      if (wanted === 'use-annotation') continue;
      if (ports.items.some((item) => !item.known || item.number('port') === wanted || item.text('name') === wanted))
        continue;
      const offered = ports.items.map((item) => item.text('port')!);
      yield {
        at: port,
        message: `${describeOther(target.resource)} has no port ${wanted}, only ${offered.join(', ')}.`,
        related: [{ at: ports.keyPlace, message: `The ports of ${describeOther(target.resource)}.` }],
        fixes: fixFor(port, ports.items, target.resource),
      };
    }
  },
});

/** The port that stands beside the name of a backend, in either form of the Ingress API and in backendRefs. */
function portBeside(name: SourceNode): SourceNode | undefined {
  const backend = name.parent;
  return (
    backend?.find('port', 'number') ??
    backend?.find('port', 'name') ??
    backend?.find('servicePort') ??
    scalarOf(backend?.find('port'))
  );
}

function scalarOf(node: SourceNode | undefined): SourceNode | undefined {
  return node?.kind === 'scalar' ? node : undefined;
}

function fixFor(port: SourceNode, offered: readonly SourceNode[], service: Resource) {
  const [only] = offered;
  if (offered.length !== 1 || !only) return [];
  const replacement = typeof port.scalar === 'string' ? only.text('name') : only.text('port');
  if (replacement === undefined) return [];
  return [
    {
      title: `Use port ${replacement} of ${service.name ?? describeOther(service)}`,
      safe: true,
      edits: () => [replaceValue(port, replacement)],
    },
  ];
}
