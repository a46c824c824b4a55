import { eventTime, type KubeEvent } from '../kubeEvent.ts';
import type { Condition, KubeObject } from '../kubeObject.ts';
import type { HelmReleaseSecret } from './slimObject.ts';
import { counted, type StateInWords } from './stateInWords.ts';

/** Any object, read without a promise of what is in it. */
interface Loose {
  readonly [field: string]: Loose | undefined;
}

type Teller = (object: KubeObject, spec: Loose, status: Loose) => StateInWords;

/** What is said of each kind, by kind and group; every other kind is told by its conditions. */
const TELLERS: Readonly<Record<string, Teller>> = {
  Service: (_object, spec) => {
    const ports = list(spec['ports']).map((port) => `${text(port['port'])}${protocolNote(text(port['protocol']))}`);
    const address = text(spec['clusterIP']) === 'None' ? 'headless' : text(spec['type']);
    return plain([address, ports.join(', ')]);
  },
  'Ingress.networking.k8s.io': (_object, spec) => plain(list(spec['rules']).map((rule) => text(rule['host']) || '*')),
  'HTTPRoute.gateway.networking.k8s.io': routeState,
  'GRPCRoute.gateway.networking.k8s.io': routeState,
  'TLSRoute.gateway.networking.k8s.io': routeState,
  'TCPRoute.gateway.networking.k8s.io': routeState,
  'VirtualService.networking.istio.io': (_object, spec) => plain(texts(spec['hosts'])),
  'DestinationRule.networking.istio.io': (_object, spec) => {
    const subsets = list(spec['subsets']).map(({ name }) => text(name));
    return plain([text(spec['host']), subsets.length > 0 ? `subsets ${subsets.join(', ')}` : '']);
  },
  'ServiceEntry.networking.istio.io': (_object, spec) => plain(texts(spec['hosts'])),
  'Gateway.networking.istio.io': (_object, spec) => plain(list(spec['servers']).flatMap(({ hosts }) => texts(hosts))),
  ConfigMap: (object) => plain([counted(keysOf(object, 'data') + keysOf(object, 'binaryData'), 'key')]),
  Secret: (object) => plain([text(object['type'] as Loose), counted(keysOf(object, 'data'), 'key')]),
  PersistentVolumeClaim: claimState,
  PersistentVolume: claimState,
  'StorageClass.storage.k8s.io': (object) => {
    const isDefault = object.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    return plain([text(object['provisioner'] as Loose), isDefault ? 'default' : '']);
  },
  'HorizontalPodAutoscaler.autoscaling': (_object, spec, status) =>
    plain([
      `${text(status['currentReplicas']) || '0'} of ${text(spec['minReplicas']) || '1'}–${text(spec['maxReplicas'])} replicas`,
    ]),
  'PodDisruptionBudget.policy': (_object, _spec, status) =>
    plain([`${counted(Number(text(status['disruptionsAllowed']) || 0), 'disruption')} allowed`]),
  Node: nodeState,
  Namespace: (_object, _spec, status) =>
    text(status['phase']) === 'Terminating' ? { words: 'terminating', tone: 'off' } : plain([]),
  'CustomResourceDefinition.apiextensions.k8s.io': (_object, spec) =>
    plain([
      text(spec['group']),
      list(spec['versions'])
        .map(({ name }) => text(name))
        .join(', '),
    ]),
  'Application.argoproj.io': applicationState,
  Event: eventState,
};

/** The state of an object that is neither a workload nor a pod. */
export function objectState(object: KubeObject): StateInWords {
  if (isHelmRelease(object)) return releaseState(object);
  const group = object.apiVersion.includes('/') ? object.apiVersion.slice(0, object.apiVersion.indexOf('/')) : '';
  const teller = TELLERS[group === '' ? object.kind : `${object.kind}.${group}`];
  const spec = (object['spec'] ?? {}) as Loose;
  const status = (object['status'] ?? {}) as Loose;
  if (object.metadata.deletionTimestamp) return { words: 'terminating', tone: 'off' };
  return teller ? teller(object, spec, status) : conditionState(status);
}

/** True for a Secret of Helm that was read as its release. */
export function isHelmRelease(object: KubeObject): object is HelmReleaseSecret {
  return object.kind === 'Secret' && typeof object['release'] === 'object' && object['release'] !== null;
}

function releaseState({ release }: HelmReleaseSecret): StateInWords {
  const { chart, revision, status } = release;
  const words = [status, `revision ${revision}`, chart].filter((part) => part !== '').join(', ');
  if (status === 'deployed') return { words, tone: 'good' };
  if (status === 'failed') return { words, tone: 'bad' };
  return { words, tone: status.startsWith('pending') || status === 'uninstalling' ? 'busy' : 'off' };
}

function routeState(_object: KubeObject, spec: Loose, status: Loose): StateInWords {
  const hosts = texts(spec['hostnames']);
  const refused = list(status['parents'])
    .flatMap(({ conditions }) => list(conditions))
    .find((condition) => text(condition['status']) === 'False');
  if (!refused) return plain(hosts);
  return { words: [...hosts, text(refused['reason'])].join(', '), tone: 'bad' };
}

function claimState(_object: KubeObject, spec: Loose, status: Loose): StateInWords {
  const phase = text(status['phase']).toLowerCase() || 'pending';
  const size =
    text(status['capacity']?.['storage']) ||
    text(spec['capacity']?.['storage']) ||
    text(spec['resources']?.['requests']?.['storage']);
  const words = [phase, size, text(spec['storageClassName'])].filter((part) => part !== '').join(', ');
  const tone = phase === 'lost' || phase === 'failed' ? 'bad' : phase === 'pending' ? 'busy' : 'good';
  return { words, tone };
}

function nodeState(_object: KubeObject, spec: Loose, status: Loose): StateInWords {
  const conditions = list(status['conditions']);
  const isReady = conditions.some(({ type, status: state }) => text(type) === 'Ready' && text(state) === 'True');
  const pressures = conditions
    .filter(({ type, status: state }) => text(type) !== 'Ready' && text(state) === 'True')
    .map(({ type }) => text(type));
  const isCordoned = text(spec['unschedulable']) === 'true';
  const words = [
    isReady ? 'ready' : 'not ready',
    isCordoned ? 'cordoned' : '',
    ...pressures,
    text(status['nodeInfo']?.['kubeletVersion']),
  ];
  const tone = !isReady || pressures.length > 0 ? 'bad' : isCordoned ? 'busy' : 'good';
  return { words: words.filter((part) => part !== '').join(', '), tone };
}

function applicationState(_object: KubeObject, _spec: Loose, status: Loose): StateInWords {
  const sync = text(status['sync']?.['status']) || 'Unknown';
  const health = text(status['health']?.['status']) || 'Unknown';
  const words = `${sync}, ${health}`;
  if (health === 'Degraded' || health === 'Missing') return { words, tone: 'bad' };
  return { words, tone: sync === 'Synced' && health === 'Healthy' ? 'good' : 'busy' };
}

function eventState(event: KubeObject): StateInWords {
  const { count = 1, message = '', type } = event as KubeEvent;
  const at = eventTime(event as KubeEvent);
  const time = at > 0 ? `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC` : '';
  const words = [message.trim(), count > 1 ? `${count} times` : '', time].filter((part) => part !== '').join(' · ');
  return { words, tone: type === 'Warning' ? 'bad' : 'plain' };
}

/** The condition by which most controllers say how their object is. */
function conditionState(status: Loose): StateInWords {
  const conditions = list(status['conditions']) as unknown as Condition[];
  const telling = conditions.find(({ type }) =>
    ['Ready', 'Available', 'Accepted', 'Programmed', 'Synced'].includes(type),
  );
  if (!telling) return { words: '', tone: 'plain' };
  const words = telling.status === 'True' ? telling.type.toLowerCase() : `not ${telling.type.toLowerCase()}`;
  const reason = telling.status === 'True' || !telling.reason ? '' : `: ${telling.reason}`;
  return {
    words: `${words}${reason}`,
    tone: telling.status === 'True' ? 'good' : telling.status === 'False' ? 'bad' : 'busy',
  };
}

function plain(parts: readonly string[]): StateInWords {
  return { words: parts.filter((part) => part !== '').join(', '), tone: 'plain' };
}

function protocolNote(protocol: string): string {
  return protocol === '' || protocol === 'TCP' ? '' : `/${protocol}`;
}

function keysOf(object: KubeObject, field: string): number {
  return Object.keys((object[field] as object | null | undefined) ?? {}).length;
}

function list(value: Loose | undefined): readonly Loose[] {
  return Array.isArray(value) ? (value as Loose[]).filter((item) => typeof item === 'object' && item !== null) : [];
}

function texts(value: Loose | undefined): readonly string[] {
  return Array.isArray(value) ? (value as unknown[]).map(String) : [];
}

function text(value: Loose | undefined): string {
  const written: unknown = value;
  return typeof written === 'string' || typeof written === 'number' || typeof written === 'boolean'
    ? String(written)
    : '';
}
