import type { SourceNode } from '../../../text/sourceNode.ts';
import { workloadOf } from '../../../workspace/kubernetes/workload.ts';
import type { Resource } from '../../../workspace/resource.ts';
import { ISTIO_ANNOTATIONS, type IstioAnnotation } from './istioAnnotations.ts';

/** An annotation that is addressed to Istio, and the kind of object that carries it. */
export interface WrittenAnnotation {
  readonly entry: SourceNode;
  readonly key: string;
  readonly kind: string;
  /** Undefined where Istio knows no such annotation. */
  readonly known: IstioAnnotation | undefined;
}

/** The kinds whose annotations Istio, or a reader who means Istio, looks at. */
export const ANNOTATED_TYPES = [
  'Pod',
  'Service',
  'Namespace',
  'ServiceAccount',
  'apps/Deployment',
  'apps/StatefulSet',
  'apps/DaemonSet',
  'apps/ReplicaSet',
  'ReplicationController',
  'argoproj.io/Rollout',
  'batch/Job',
  'batch/CronJob',
  'networking.k8s.io/Ingress',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
  'gateway.networking.k8s.io/HTTPRoute',
  ...['Gateway', 'VirtualService', 'DestinationRule', 'ServiceEntry', 'WorkloadEntry', 'Sidecar', 'EnvoyFilter'].map(
    (kind) => `networking.istio.io/${kind}`,
  ),
  ...['AuthorizationPolicy', 'PeerAuthentication', 'RequestAuthentication'].map((kind) => `security.istio.io/${kind}`),
  'telemetry.istio.io/Telemetry',
];

const OF_ISTIO = /(?:^|\.)istio\.io\//;

/** Every annotation for Istio on an object, and on the pods that it makes. */
export function* annotationsOf(resource: Resource): Iterable<WrittenAnnotation> {
  yield* read(resource.root.find('metadata', 'annotations'), resource.kind);
  const template = resource.type === 'Pod' ? undefined : workloadOf(resource)?.template;
  yield* read(template?.find('metadata', 'annotations'), 'Pod');
}

function* read(annotations: SourceNode | undefined, kind: string): Iterable<WrittenAnnotation> {
  for (const entry of annotations?.entries ?? []) {
    const { key } = entry;
    if (key === undefined || !OF_ISTIO.test(key)) continue;
    yield { entry, key, kind, known: ISTIO_ANNOTATIONS.get(key) };
  }
}
