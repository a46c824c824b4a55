import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../client/src/cluster/clock.ts';
import type { ClusterModelParts } from '../../client/src/cluster/tree/clusterModel.ts';
import { ClusterModel } from '../../client/src/cluster/tree/clusterModel.ts';
import type { ClusterNode } from '../../client/src/cluster/tree/clusterNode.ts';
import { MemoryCluster } from '../delivery/memoryCluster.ts';

const PATIENCE_MILLISECONDS = 20_000;

const quickClock: Clock = {
  now: () => Date.now(),
  sleep: async (_milliseconds, signal) => {
    await delay(1, undefined, { signal }).catch(() => undefined);
  },
};

/** A cluster model over an API server in memory, and what it wants drawn again. */
export class ModelOnMemory {
  readonly cluster = new MemoryCluster('kind-shop');
  readonly redrawn: (readonly string[] | undefined)[] = [];
  readonly faults: unknown[] = [];
  readonly model: ClusterModel;

  constructor(more: Partial<ClusterModelParts> = {}) {
    this.model = new ClusterModel({
      clock: quickClock,
      connect: () => Object.assign(this.cluster, { dispose: () => undefined }),
      contexts: () => [
        { name: 'kind-shop', server: 'https://127.0.0.1:6443', namespace: 'default', current: true, loginAdvice: '' },
      ],
      typedNamespaces: () => [],
      target: () => undefined,
      isProtected: () => false,
      forwards: () => [],
      redraw: (ids) => this.redrawn.push(ids),
      fault: (error) => this.faults.push(error),
      ...more,
    });
  }

  /** Opens the nodes with these labels, one under the other, and gives what stands under the last. */
  async open(...labels: string[]): Promise<ClusterNode[]> {
    let nodes = this.model.roots();
    for (const label of labels) nodes = await this.model.open(findNode(nodes, label).id);
    return nodes;
  }

  /** Waits until nothing has been drawn again for a while: what was asked for at the opening has come. */
  async settled(): Promise<void> {
    for (let before = -1; before < this.redrawn.length; await delay(100)) before = this.redrawn.length;
  }

  /** Waits until the model wants something drawn again, and gives the ids. */
  async nextRedraw(after = this.redrawn.length): Promise<readonly string[] | undefined> {
    await until('something to be drawn again', () => this.redrawn.length > after);
    return this.redrawn[after];
  }

  requestsOf(word: string): string[] {
    return this.cluster.requests.filter((request) => request.startsWith(word));
  }
}

/** Waits until it is so, long enough for a busy machine. */
export async function until(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MILLISECONDS;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Waited ${PATIENCE_MILLISECONDS / 1000} s for ${what}.`);
    await delay(2);
  }
}

/** The node of that label; an error that names the others where there is none. */
export function findNode(nodes: readonly ClusterNode[], label: string): ClusterNode {
  const found = nodes.find((node) => node.label === label);
  if (found) return found;
  throw new Error(`No node ${label} among ${nodes.map((node) => node.label).join(', ')}.`);
}

/** `label: description` of each node. */
export function lines(nodes: readonly ClusterNode[]): string[] {
  return nodes.map(({ description, label }) => (description === '' ? label : `${label}: ${description}`));
}
