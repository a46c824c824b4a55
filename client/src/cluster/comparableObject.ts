import type { KubeObject } from './kubeObject.ts';
import { authored } from './objectDiff.ts';

/** Annotations that a cluster writes to say how it carried an object out. */
const OWN_ANNOTATIONS = /^(?:pv\.kubernetes\.io|volume(?:\.beta)?\.kubernetes\.io|deprecated\.daemonset\.template)/;

/** Labels by which the Job controller finds its pods. */
const JOB_LABELS = ['controller-uid', 'batch.kubernetes.io/controller-uid', 'job-name', 'batch.kubernetes.io/job-name'];

/**
 * An object as it can be held against its namesake in another cluster or namespace: without its namespace, and without
 * what a cluster assigns to each object of its own accord, such as addresses, ports of nodes and volumes.
 */
export function comparableObject(object: KubeObject): KubeObject {
  const { spec, ...rest } = authored(object);
  const { annotations, labels, namespace: _namespace, ownerReferences: _owners, ...metadata } = rest.metadata;
  const names = object.kind === 'Job' ? without(labels ?? {}, JOB_LABELS) : labels;
  const kept = Object.entries(annotations ?? {}).filter(([name]) => !OWN_ANNOTATIONS.test(name));
  return {
    ...rest,
    metadata: {
      ...metadata,
      ...(Object.keys(names ?? {}).length > 0 ? { labels: names } : {}),
      ...(kept.length > 0 ? { annotations: Object.fromEntries(kept) } : {}),
    },
    ...(spec === undefined ? {} : { spec: withoutAssigned(object.kind, spec) }),
  } as KubeObject;
}

function withoutAssigned(kind: string, spec: unknown): unknown {
  if (typeof spec !== 'object' || spec === null) return spec;
  const fields = spec as Readonly<Record<string, unknown>>;
  if (kind === 'Service') {
    const { clusterIP, clusterIPs: _ips, healthCheckNodePort: _port, ports, ...rest } = fields;
    return {
      ...rest,
      ...(clusterIP === 'None' ? { clusterIP } : {}),
      ...(Array.isArray(ports) ? { ports: ports.map((port) => without(port, ['nodePort'])) } : {}),
    };
  }
  if (kind === 'PersistentVolumeClaim') return without(fields, ['volumeName']);
  if (kind !== 'Job') return spec;
  const { selector: _selector, template, ...rest } = fields;
  const { metadata, ...pod } = (template ?? {}) as { metadata?: { labels?: object } };
  return {
    ...rest,
    template: { ...pod, metadata: { ...metadata, labels: without(metadata?.labels ?? {}, JOB_LABELS) } },
  };
}

function without(value: unknown, names: readonly string[]): object {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([name]) => !names.includes(name)));
}
