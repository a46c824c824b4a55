import { Failure } from '../failure.ts';
import type { KubeApi } from '../kubeApi.ts';
import type { KubeObject } from '../kubeObject.ts';
import { collectionPath, type ResourceType } from '../resourceType.ts';
import type { Usage } from './clusterSource.ts';

/** Under which key the usage of a pod or node is kept. */
export function usageKey(plural: string, namespace: string | undefined, name: string): string {
  return `${plural} ${namespace ?? ''}/${name}`;
}

/** What pods or nodes use now. Without an answer there is nothing to show: metrics are a help, not a need. */
export async function readUsage(
  api: Pick<KubeApi, 'list'>,
  type: ResourceType,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Usage>> {
  try {
    const { items } = await api.list(collectionPath(type, namespace), {}, signal);
    return new Map(
      items.map((item) => [usageKey(type.plural, item.metadata.namespace, item.metadata.name), usageOf(item)]),
    );
  } catch (error) {
    if (error instanceof Failure) return new Map();
    throw error;
  }
}

interface Metrics {
  readonly cpu?: string;
  readonly memory?: string;
}

function usageOf(item: KubeObject): Usage {
  const own = item['usage'] as Metrics | undefined;
  const containers = (item['containers'] as readonly { usage?: Metrics }[] | undefined) ?? [];
  const all = own ? [own] : containers.map(({ usage = {} }) => usage);
  return {
    cpu: cpuText(all.reduce((sum, { cpu = '0' }) => sum + cores(cpu), 0)),
    memory: memoryText(all.reduce((sum, { memory = '0' }) => sum + bytes(memory), 0)),
  };
}

const CPU_FACTORS: Readonly<Record<string, number>> = { n: 1e-9, u: 1e-6, m: 1e-3, '': 1 };
const MEMORY_FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  m: 1e-3,
};

function cores(quantity: string): number {
  return scaled(quantity, CPU_FACTORS);
}

function bytes(quantity: string): number {
  return scaled(quantity, MEMORY_FACTORS);
}

function scaled(quantity: string, factors: Readonly<Record<string, number>>): number {
  const match = /^([0-9.]+)([a-zA-Z]*)$/.exec(quantity);
  return match ? Number(match[1]) * (factors[match[2] ?? ''] ?? 1) : 0;
}

function cpuText(used: number): string {
  return used >= 10 ? used.toFixed(1) : `${Math.round(used * 1000)}m`;
}

function memoryText(used: number): string {
  return used >= 2 ** 30 ? `${(used / 2 ** 30).toFixed(1)} GiB` : `${Math.round(used / 2 ** 20)} MiB`;
}
