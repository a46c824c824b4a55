import type { Place } from '../../../text/sourceNode.ts';
import { SERVING_TYPES, type Workload } from '../../kubernetes/workload.ts';
import type { Resource } from '../../resource.ts';
import type { ResourceGraph } from '../../resourceGraph.ts';
import type { EffectiveSetting } from '../setting.ts';
import { readSpringDuration } from './springDuration.ts';
import { type SpringSettings, springApplications } from './springSettings.ts';

/** What Resilience4j configures, as its keys name it. */
export type ResilienceKind =
  | 'circuitbreaker'
  | 'retry'
  | 'bulkhead'
  | 'thread-pool-bulkhead'
  | 'timelimiter'
  | 'ratelimiter';

/** One instance of Resilience4j in one container that runs it. */
export interface ResilienceInstance {
  readonly kind: ResilienceKind;
  /** `payments` of `resilience4j.retry.instances.payments`. */
  readonly name: string;
  readonly settings: SpringSettings;
  readonly workload: Workload;
  /** The value of a setting, of its own or of the configuration that it is based on. */
  get(setting: string): EffectiveSetting | undefined;
  /** A whole number, `fallback` where certainly nothing is set; undefined where it is not known. */
  number(setting: string, fallback?: number): number | undefined;
  /** The same for a time, in milliseconds. */
  milliseconds(setting: string, fallback?: number): number | undefined;
  /** Neither the instance nor its base sets it. */
  lacks(setting: string): boolean;
  /** Where a click leads: the first setting that is written. */
  readonly at: Place;
  readonly resource: Resource;
}

/** Every instance of a kind in the workloads that keep running. */
export function resilienceInstances(graph: ResourceGraph, kind: ResilienceKind): readonly ResilienceInstance[] {
  return graph.memo(`resilience4j ${kind}`, () =>
    springApplications(graph).flatMap((settings): ResilienceInstance[] => {
      const workload = settings.running?.workload;
      if (!workload || !SERVING_TYPES.includes(workload.resource.type)) return [];
      const prefix = `resilience4j.${kind}.instances`;
      const names = new Set(
        settings.keysBelow(prefix).map((key) => key.slice(prefix.length + 1).replace(/^([^.[]+).*$/s, '$1')),
      );
      return [...names].flatMap((name) => instance(settings, workload, kind, name) ?? []);
    }),
  );
}

function instance(
  settings: SpringSettings,
  workload: Workload,
  kind: ResilienceKind,
  name: string,
): ResilienceInstance | undefined {
  const own = `resilience4j.${kind}.instances.${name}`;
  const [first] = settings.keysBelow(own);
  const written = first === undefined ? undefined : settings.get(first);
  if (!written) return undefined;
  const chosen = settings.get(`${own}.base-config`);
  // A base that is not known may set anything.
  const isBaseKnown = chosen === undefined || chosen.value !== undefined;
  const shared = `resilience4j.${kind}.configs.${chosen?.value ?? 'default'}`;
  const ofBase = (setting: string) => (isBaseKnown ? settings.get(`${shared}.${setting}`) : undefined);
  const get = (setting: string) => settings.get(`${own}.${setting}`) ?? ofBase(setting);
  const lacks = (setting: string) =>
    isBaseKnown && settings.lacks(`${own}.${setting}`) && settings.lacks(`${shared}.${setting}`);
  const value = (setting: string, read: (text: string) => number | undefined, fallback: number | undefined) => {
    const found = get(setting);
    if (found) return found.value === undefined ? undefined : read(found.value);
    return lacks(setting) ? fallback : undefined;
  };
  return {
    kind,
    name,
    settings,
    workload,
    get,
    lacks,
    number: (setting, fallback) => value(setting, wholeNumber, fallback),
    milliseconds: (setting, fallback) => value(setting, readSpringDuration, fallback),
    at: written.at,
    resource: written.resource,
  };
}

function wholeNumber(text: string): number | undefined {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) ? number : undefined;
}
