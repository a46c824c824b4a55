import { parse } from 'yaml';
import { defineRule } from '../../../rules/contract.ts';
import { readQuantity } from '../../../rules/parts/quantity.ts';
import { describe } from '../../../workspace/resource.ts';
import { ANNOTATED_TYPES, annotationsOf } from './annotationsOf.ts';

const LOG_LEVELS = ['trace', 'debug', 'info', 'warning', 'warn', 'error', 'critical', 'off'];

/** Reads a value; the answer says what would be right, or nothing where the value is. */
type Check = (value: string) => string | undefined;

const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value) ? undefined : `one of ${values.join(', ')}`;
const isTruth = oneOf('true', 'false');
const isNumber: Check = (value) => (/^\d+$/.test(value.trim()) ? undefined : 'a whole number');
const isQuantity: Check = (value) =>
  readQuantity(value) === undefined ? 'a quantity such as 100m or 128Mi' : undefined;
const items = (value: string): readonly string[] => value.split(',').map((item) => item.trim());
const arePorts: Check = (value) =>
  value.trim() === '' || value.trim() === '*' || items(value).every((item) => isPort(item))
    ? undefined
    : 'port numbers, separated by commas';
const areRanges: Check = (value) =>
  value.trim() === '' || value.trim() === '*' || items(value).every((item) => isRange(item))
    ? undefined
    : 'CIDR ranges, separated by commas';

const CHECKS: Readonly<Record<string, Check>> = {
  'sidecar.istio.io/inject': (value) =>
    /^(?:y|yes|true|on|n|no|false|off)?$/i.test(value) ? undefined : 'true or false',
  'sidecar.istio.io/rewriteAppHTTPProbers': isTruth,
  'sidecar.istio.io/nativeSidecar': isTruth,
  'sidecar.istio.io/enableCoreDump': isTruth,
  'prometheus.istio.io/merge-metrics': isTruth,
  'ambient.istio.io/bypass-inbound-capture': isTruth,
  'istio.io/dry-run': isTruth,
  'sidecar.istio.io/interceptionMode': oneOf('REDIRECT', 'TPROXY', 'NONE'),
  'sidecar.istio.io/proxyImageType': oneOf('default', 'debug', 'distroless'),
  'sidecar.istio.io/logLevel': oneOf(...LOG_LEVELS),
  'sidecar.istio.io/proxyCPU': isQuantity,
  'sidecar.istio.io/proxyCPULimit': isQuantity,
  'sidecar.istio.io/proxyMemory': isQuantity,
  'sidecar.istio.io/proxyMemoryLimit': isQuantity,
  'status.sidecar.istio.io/port': isNumber,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': isNumber,
  'readiness.status.sidecar.istio.io/periodSeconds': isNumber,
  'readiness.status.sidecar.istio.io/failureThreshold': isNumber,
  'readiness.status.sidecar.istio.io/applicationPorts': arePorts,
  'traffic.sidecar.istio.io/includeInboundPorts': arePorts,
  'traffic.sidecar.istio.io/excludeInboundPorts': arePorts,
  'traffic.sidecar.istio.io/includeOutboundPorts': arePorts,
  'traffic.sidecar.istio.io/excludeOutboundPorts': arePorts,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': areRanges,
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': areRanges,
  'networking.istio.io/exportTo': (value) =>
    items(value).every((item) => /^(?:\*|\.|~|[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)$/.test(item))
      ? undefined
      : 'namespaces, . or *, separated by commas',
  'sidecar.istio.io/userVolume': (value) => (isJson(value) ? undefined : 'JSON'),
  'sidecar.istio.io/userVolumeMount': (value) => (isJson(value) ? undefined : 'JSON'),
  'proxy.istio.io/config': (value) => (isMap(value) ? undefined : 'a YAML map of proxy settings'),
};

/** The webhook refuses a pod whose annotation it cannot read, or leaves the setting at its default. */
export const rule = defineRule({
  id: 'service-mesh/annotation-invalid',
  severity: 'error',
  profile: 'recommended',
  types: ANNOTATED_TYPES,
  equivalents: ['istioctl:IST0125'],
  *check(resource) {
    for (const { entry, key } of annotationsOf(resource)) {
      const value = entry.text();
      const wanted = value === undefined ? undefined : CHECKS[key]?.(value);
      if (wanted === undefined) continue;
      yield { at: entry, message: `The annotation ${key} of ${describe(resource)} must be ${wanted}.` };
    }
  },
});

function isPort(item: string): boolean {
  return /^\d+$/.test(item) && Number(item) <= 65535;
}

function isRange(item: string): boolean {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(item);
  if (match) return match.slice(1, 5).every((part) => Number(part) <= 255) && Number(match[5]) <= 32;
  return /^[0-9a-fA-F:]+:[0-9a-fA-F:]*\/\d{1,3}$/.test(item) && Number(item.split('/')[1]) <= 128;
}

function isJson(value: string): boolean {
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

function isMap(value: string): boolean {
  try {
    const read: unknown = parse(value);
    return read === null || (typeof read === 'object' && !Array.isArray(read));
  } catch {
    return false;
  }
}
