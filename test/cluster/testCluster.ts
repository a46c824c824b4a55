import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { systemClock } from '../../client/src/adapters/clock.ts';
import { KubernetesApi } from '../../client/src/adapters/kubernetesApi.ts';
import { Failure } from '../../client/src/cluster/failure.ts';
import type { DeliveryEvent } from '../../client/src/delivery/deliveryEvent.ts';
import type { DeliveryState } from '../../client/src/delivery/deliveryState.ts';
import type { Engines } from '../../client/src/delivery/engines.ts';
import type { DeliveryIntent } from '../../client/src/delivery/intent.ts';
import { type ManifestDocument, manifestRange, parseManifest } from '../../client/src/delivery/manifest.ts';
import { ship } from '../../client/src/delivery/ship.ts';
import type { ControlPlane } from '../environment/controlPlane/controlPlane.ts';

/** The contexts of the test environment's kubeconfigs. */
export const adminContext = 'slipway-admin';
export const viewerContext = 'slipway-viewer';

/** What the tests on a real API server share: its contexts, manifests on disk, and deliveries. */
export class TestCluster {
  readonly controlPlane: ControlPlane;
  readonly admin: KubernetesApi;
  readonly viewer: KubernetesApi;
  readonly folder = mkdtempSync(join(tmpdir(), 'slipway-cluster-'));
  readonly signal = new AbortController().signal;
  #texts = new Map<string, string>();
  #serial = 0;

  constructor(controlPlane: ControlPlane) {
    this.controlPlane = controlPlane;
    const { admin, viewer } = controlPlane.kubeconfig;
    this.admin = new KubernetesApi({ context: adminContext, files: [admin], trusted: true });
    this.viewer = new KubernetesApi({ context: viewerContext, files: [viewer], trusted: false });
  }

  /** A namespace of its own for a test. Its service account is waited for: pods are refused before it is there. */
  async namespace(name: string): Promise<string> {
    await this.controlPlane.kubectl(['create', 'namespace', name]);
    const path = `/api/v1/namespaces/${name}/serviceaccounts/default`;
    await this.until(`the service account of namespace ${name}`, async () => {
      try {
        await this.admin.get(path, this.signal);
        return true;
      } catch (error) {
        if (!(error instanceof Failure) || error.kind !== 'not-found') throw error;
        return false;
      }
    });
    return name;
  }

  /** Asks again and again until the answer is yes, for a minute. */
  async until(what: string, ask: () => boolean | Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 600; attempt += 1) {
      if (await ask()) return;
      await systemClock.sleep(100, this.signal);
    }
    throw new Error(`Never came: ${what}.`);
  }

  /** Writes objects to a manifest file and reads it as Slipway does. */
  manifest(...objects: object[]): ManifestDocument[] {
    this.#serial += 1;
    return this.manifestText(objects.map((object) => stringify(object)).join('---\n'));
  }

  manifestText(text: string): ManifestDocument[] {
    this.#serial += 1;
    const file = join(this.folder, `manifest-${this.#serial}.yaml`);
    writeFileSync(file, text);
    this.#texts.set(file, text);
    return parseManifest(file, text);
  }

  /** The text of the line that a delivery's failure points to. */
  failedLine(state: DeliveryState): string {
    const place = state.failure?.places[0];
    const text = this.#texts.get(place?.file ?? '') ?? '';
    const range = manifestRange(text, place?.documentIndex ?? 0, place?.path ?? []);
    return text.split('\n')[range?.start.line ?? -1]?.trim() ?? '';
  }

  engines(more: Partial<Engines> = {}): Engines {
    return {
      imageEngine: () => Promise.reject(new Failure('unreachable', 'No engine is meant.')),
      cluster: (context) => {
        if (context === adminContext) return this.admin;
        if (context === viewerContext) return this.viewer;
        throw new Failure('not-found', `No context ${context}.`);
      },
      clock: systemClock,
      ...more,
    };
  }

  deliver(
    intent: DeliveryIntent,
    watch: (event: DeliveryEvent, state: DeliveryState) => void = () => {},
    more: Partial<Engines> = {},
    signal: AbortSignal = this.signal,
  ): Promise<DeliveryState> {
    return ship(intent, this.engines(more), watch, signal);
  }

  dispose(): void {
    this.admin.dispose();
    this.viewer.dispose();
    rmSync(this.folder, { recursive: true });
  }
}

/** A Deployment whose fake pods' fate is in the image's tag. */
export function deploymentOf(name: string, image: string, spec: object = {}, pod: object = {}): object {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 2,
      progressDeadlineSeconds: 60,
      selector: { matchLabels: { app: name } },
      ...spec,
      template: {
        metadata: { labels: { app: name } },
        ...pod,
        spec: {
          terminationGracePeriodSeconds: 1,
          containers: [{ name: 'web', image, readinessProbe: { httpGet: { path: '/', port: 8080 } } }],
        },
      },
    },
  };
}
